"""Picking one of a few: the cursor is the choice, so that arrows alone are enough."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from cognito_tui.tui.say import say


@dataclass(frozen=True)
class Option:
    """One thing to choose: `value` is what it stands for, `note` a few words beside it."""

    value: str
    label: str
    note: str = ""
    warning: str = ""


class Choice(Widget, can_focus=True):
    """A list of options, ● the chosen and ○ the others."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1)", "Previous", show=False),
        Binding("down,j", "move(1)", "Next", show=False),
    ]
    """
    | Key | Description |
    | :- | :- |
    | up, k | The option above. |
    | down, j | The option below. |
    """

    chosen: reactive[int] = reactive(0)

    @dataclass
    class Changed(Message):
        """Another option is chosen."""

        choice: Choice
        value: str

        @property
        def control(self) -> Choice:
            """The widget it comes from."""
            return self.choice

    def __init__(self, options: Sequence[Option], *, id: str | None = None) -> None:  # noqa: A002 Textual's name
        super().__init__(id=id)
        self._options = tuple(options)

    @property
    def value(self) -> str:
        """What the chosen option stands for."""
        return self._options[self.chosen].value

    def choose(self, value: str) -> None:
        """Choose the option that stands for `value`; nothing when there is none."""
        self.chosen = next((n for n, each in enumerate(self._options) if each.value == value), self.chosen)

    def show(self, options: Sequence[Option]) -> None:
        """Show other options, as many as before or not; what was chosen stays so where it is among them."""
        value = self.value
        self._options = tuple(options)
        self.set_reactive(Choice.chosen, self.validate_chosen(self.chosen))
        self.choose(value)
        self.refresh(layout=True)

    def render(self) -> Content:
        """One line an option."""
        width = max(len(each.label) for each in self._options)
        return Content("\n").join(
            self._line(option, width, chosen=n == self.chosen) for n, option in enumerate(self._options)
        )

    def _line(self, option: Option, width: int, *, chosen: bool) -> Content:
        sign = "[$text-primary]●[/]" if chosen else "[$foreground 60%]○[/]"
        label = "[b]$label[/]" if chosen else "$label"
        note = "[$text-warning]! $warning[/]" if option.warning else "[$foreground 72%]$note[/]"
        line = say(
            f" {sign} {label} {note}",
            label=option.label.ljust(width),
            note=option.note,
            warning=option.warning,
        )
        if not (chosen and self.has_focus):
            return line
        return line.stylize("reverse" if self.app.native_ansi_color else "on $primary 28%")

    def validate_chosen(self, chosen: int) -> int:
        """Stay within the list."""
        return max(0, min(chosen, len(self._options) - 1))

    def watch_chosen(self) -> None:
        """Tell whoever listens."""
        self.post_message(self.Changed(self, self.value))

    def action_move(self, by: int) -> None:
        """Choose the option `by` lines further down."""
        self.chosen += by

    def on_click(self, event: events.Click) -> None:
        """Choose the line under the pointer."""
        self.chosen = event.y
