"""A list with a cursor that goes up and down by letters too, and to its ends."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import ListView


class CursorList(ListView):
    """What all lists of the app have."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("k", "cursor_up", "Up", show=False),
        Binding("j", "cursor_down", "Down", show=False),
        Binding("home", "first", "First", show=False),
        Binding("end", "last", "Last", show=False),
    ]

    def action_first(self) -> None:
        """To the first row."""
        self.index = 0

    def action_last(self) -> None:
        """To the last row."""
        self.index = len(self) - 1
