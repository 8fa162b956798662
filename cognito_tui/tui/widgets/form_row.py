"""A row of a form: a label, a field, and one line of help or of what is wrong, never both."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalGroup
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from cognito_tui.tui.say import quiet, say


class FormRow(Horizontal):
    """`label` | `field`, and a line under the field."""

    def __init__(
        self,
        label: str,
        field: Widget,
        *,
        help: str | Content = "",  # noqa: A002 the word for it
        required: bool = False,
        id: str | None = None,  # noqa: A002 Textual's name
    ) -> None:
        super().__init__(classes="row", id=id)
        self._label = say("$label [$foreground 72%]*[/]", label=label) if required else Content(label)
        self._field = field
        self._help = help if isinstance(help, Content) else quiet(help)
        self._line = Static(self._help, classes="row-line")
        self.set_class(bool(self._help.plain), "-said")

    def compose(self) -> ComposeResult:
        """Label, field, line."""
        yield Static(self._label, classes="row-label")
        with VerticalGroup(classes="row-slot"):
            yield self._field
            yield self._line

    def show_help(self, help: str | Content = "") -> None:  # noqa: A002 the word for it
        """Say what the field is for, or what is fine or odd about its value."""
        self._show(help if isinstance(help, Content) else quiet(help), wrong=False)
        self.set_class(isinstance(help, Content), "-remark")

    def explain(self, help: str) -> None:  # noqa: A002 the word for it
        """Say from now on what the field is for."""
        self._help = quiet(help)
        self.show_problem(None)

    def show_problem(self, problem: str | None) -> None:
        """Say what is wrong with the value; None: nothing is, and the help comes back."""
        self._show(
            say("[$text-error]× $problem[/]", problem=problem) if problem else self._help, wrong=bool(problem)
        )

    def _show(self, line: Content, *, wrong: bool) -> None:
        self.set_class(wrong, "-wrong")
        self.set_class(bool(line.plain), "-said")
        self._line.update(line)
