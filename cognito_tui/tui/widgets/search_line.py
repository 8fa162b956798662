"""The search above the list: every letter narrows what is loaded, enter asks Cognito."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Static

from cognito_tui.tui.say import key, say
from cognito_tui.tui.widgets.inputs import LineInput


class SearchField(LineInput):
    """The field; down and escape lead back to the list."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "leave", "List", show=False),
        Binding("escape", "give_up", "Clear", key_display="esc"),
    ]

    class Left(Message):
        """The person goes back to the list."""

    def action_leave(self) -> None:
        """Back to the list; what was typed stays."""
        self.post_message(self.Left())

    def action_give_up(self) -> None:
        """Back to the list, and everybody is shown."""
        self.value = ""
        self.post_message(self.Left())


class SearchLine(Horizontal):
    """A key, the field, and what enter does."""

    def __init__(self, on_value: Callable[[str], None]) -> None:
        super().__init__(classes="search-line")
        self._listener = on_value
        self.field = SearchField(
            placeholder="any part of a name …  or  email:  phone:  sub:  status:",
            on_value=self._typed,
            id="user-search",
        )
        self._enter = Static(say(f" {key('enter')} [$foreground 72%]asks Cognito[/] "), classes="right")

    def compose(self) -> ComposeResult:
        """`/`, field, enter."""
        yield Static(say(f" {key('/')}"), classes="search-key")
        yield self.field
        yield self._enter

    def on_mount(self) -> None:
        """There is nothing to ask for yet."""
        self._enter.display = False

    def _typed(self, value: str) -> None:
        # within the key's own message: the list is painted together with the letter
        if self.is_mounted:
            self._enter.display = bool(value.strip())
            self._listener(value)
