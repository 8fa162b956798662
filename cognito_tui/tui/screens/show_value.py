"""A value over the full width, without any frame, to be selected with the mouse."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static

from cognito_tui.tui.say import key, plain, say
from cognito_tui.tui.screens.dialog import Dialog


class ShowValue(Dialog[None]):
    """For terminals that take no clipboard from programs."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter,v,q", "cancel", "Back", show=False)]

    def __init__(self, what: str, value: str, *, sensitive: bool) -> None:
        super().__init__()
        self.sensitive = sensitive
        self._what = what
        self._value = value

    def compose(self) -> ComposeResult:
        """What it is and how to select it, then the value alone."""
        with VerticalScroll(id="show-value"):
            yield Static(
                say(
                    "[b]$what[/] [$foreground 72%]· shift (iTerm2: option) and the mouse select it ·[/] "
                    f"{key('esc')} [$foreground 72%]goes back[/]\n",
                    what=self._what,
                )
            )
            yield Static(plain(self._value), id="the-value")
