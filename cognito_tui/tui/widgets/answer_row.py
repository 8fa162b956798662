"""The row of one field of a challenge: something to type, or something to choose."""

from __future__ import annotations

from collections.abc import Callable

from textual.app import ComposeResult

from cognito_tui.cognito.challenges import Field
from cognito_tui.cognito.model import Secret
from cognito_tui.tui.widgets.choice import Choice, Option
from cognito_tui.tui.widgets.form_row import FormRow
from cognito_tui.tui.widgets.inputs import CodeInput, JsonInput, LineInput, SecretInput
from cognito_tui.tui.widgets.pane import Section


class AnswerRow(FormRow):
    """Asks for `asked`; `on_value` follows every key."""

    def __init__(self, asked: Field, on_value: Callable[[str], None] | None = None) -> None:
        self.asked = asked
        self.entry = _entry(asked, on_value)
        help = "" if asked.choices else asked.help  # noqa: A001 the word for it
        super().__init__(asked.label, self.entry, help=help, required=asked.required)
        self.set_class(bool(asked.choices), "-choice")

    def compose(self) -> ComposeResult:
        """What is chosen from has the whole width, below its label."""
        if self.asked.choices:
            yield Section(self.asked.label)
        yield from super().compose()

    @property
    def text(self) -> str:
        """What stands there."""
        return self.entry.value

    @property
    def answer(self) -> str | Secret:
        """The same, as an answer to the prompt."""
        return self.entry.secret if isinstance(self.entry, SecretInput) else self.entry.value

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed; a choice always has one."""
        return not self.text

    def fill(self, value: str | Secret) -> None:
        """Put `value` there."""
        text = value.reveal() if isinstance(value, Secret) else value
        if isinstance(self.entry, Choice):
            self.entry.choose(text)
        else:
            self.entry.value = text

    def show_secrets(self, *, show: bool) -> None:
        """Show or mask what is typed, where it is a secret."""
        if isinstance(self.entry, SecretInput):
            self.entry.password = not show


def _entry(asked: Field, on_value: Callable[[str], None] | None) -> Choice | LineInput:
    if asked.choices:
        return Choice([Option(each.value, each.value, each.label) for each in asked.choices])
    if asked.name == "CREDENTIAL":
        return JsonInput(on_value=on_value)
    if asked.is_code:
        return CodeInput(on_value=on_value)
    return SecretInput(on_value=on_value) if asked.secret else LineInput(on_value=on_value)
