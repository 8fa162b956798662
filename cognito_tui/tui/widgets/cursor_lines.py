"""Lists of lines with a cursor: keys and mouse move it, and it stays in sight."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType

from cognito_tui.tui.widgets.role_lines import RoleLines


class CursorLines(RoleLines, can_focus=True):
    """Lines of which one is under the cursor. A subclass says how many there are, and paints them."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1)", "Up", show=False),
        Binding("down,j", "move(1)", "Down", show=False),
        Binding("pageup", "page(-1)", "Page up", show=False),
        Binding("pagedown", "page(1)", "Page down", show=False),
        Binding("home,g", "end(0)", "First", show=False),
        Binding("end,G", "end(1)", "Last", show=False),
    ]

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 Textual's name
        super().__init__(id=id)
        self.cursor = 0
        self._pointed: int | None = None

    @property
    def count(self) -> int:
        """How many lines there are."""
        return 0

    def moved(self) -> None:
        """The cursor may be on something else now."""

    def ground(self, position: int) -> str:
        """What a line is painted on: that of the cursor, of the pointer, or of neither."""
        return "cursor" if position == self.cursor else "hover" if position == self._pointed else ""

    def go(self, position: int) -> None:
        """Put the cursor there, or as near as there are lines."""
        old, self.cursor = self.cursor, max(0, min(position, self.count - 1))
        if old != self.cursor:
            self.refresh_line(old)
            self.refresh_line(self.cursor)
        self.keep_cursor_in_sight()
        self.moved()

    def keep_cursor_in_sight(self) -> None:
        """Scroll to where the cursor is seen."""
        top, height = self.scroll_offset.y, self.size.height
        if self.cursor < top:
            self.scroll_to(y=self.cursor, animate=False)
        elif self.cursor >= top + height:
            self.scroll_to(y=self.cursor - height + 1, animate=False)

    def action_move(self, by: int) -> None:
        """Go `by` lines down."""
        self.go(self.cursor + by)

    def action_page(self, by: int) -> None:
        """Go `by` screenfuls down."""
        height = max(1, self.size.height - 1)
        self.scroll_to(y=self.scroll_offset.y + by * height, animate=False)
        self.go(self.cursor + by * height)

    def action_end(self, last: int) -> None:
        """Go to the first or the last."""
        self.go(self.count - 1 if last else 0)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """The line under the pointer."""
        self._point_at(self.scroll_offset.y + event.y)

    def on_leave(self) -> None:
        """The pointer is elsewhere."""
        self._point_at(None)

    def _point_at(self, position: int | None) -> None:
        if position == self._pointed:
            return
        for each in (self._pointed, position):
            if each is not None:
                self.refresh_line(each)
        self._pointed = position

    def on_resize(self) -> None:
        """The cursor stays in sight."""
        self.keep_cursor_in_sight()
