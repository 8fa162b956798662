"""The list of users: smooth with a hundred thousand of them, and while they come in.

Only the lines in sight are ever made, each when it is painted; a line that changes is painted alone.
"""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from cognito_tui.tui.roll import AS_TOLD, Keep, Order, Roll
from cognito_tui.tui.say import say
from cognito_tui.tui.user_rows import GAP, MARK_WIDTH, Column, Moment, UserRow, columns_at, parts
from cognito_tui.tui.widgets.cursor_lines import CursorLines
from cognito_tui.tui.widgets.role_lines import SCROLLBAR


class UserList(CursorLines):
    """Users, one a line: a cursor, selected ones, a filter and an order."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "mark", "Select", tooltip="Select this user for an action on many", id="users.mark"),
        Binding("enter", "open", "Card", show=False, tooltip="All there is to know of this user"),
    ]
    """
    | Key | Description |
    | :- | :- |
    | up, k, down, j | The user above, below. |
    | pageup, pagedown | A screenful up, down. |
    | home, g, end, G | The first, the last. |
    | space | Select the user, or no longer. |
    | enter | Open the user. |
    """

    @dataclass
    class Moved(Message):
        """The cursor is on another user, or on none."""

        row: UserRow | None

    @dataclass
    class Opened(Message):
        """Enter, or a second click, on a user."""

        row: UserRow

    @dataclass
    class Marked(Message):
        """Users were selected, or are no longer."""

        usernames: frozenset[str]

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 Textual's name
        super().__init__(id=id)
        self.roll = Roll()
        self.marked: set[str] = set()
        self.moment = Moment(0.0)
        self._told: UserRow | None = None

    # What is in it

    @property
    def row(self) -> UserRow | None:
        """The user under the cursor."""
        shown = self.roll.shown
        return shown[self.cursor] if self.cursor < len(shown) else None

    @property
    def count(self) -> int:
        """How many users are shown."""
        return len(self.roll.shown)

    def use(self, roll: Roll) -> None:
        """Show the users of another roll; who is selected stays so."""
        self.roll = roll
        self.cursor = 0
        self._changed()

    def extend(self, page: Sequence[UserRow]) -> None:
        """Take in a page. The user under the cursor stays under it, on the same line of the screen."""
        before, top = len(self.roll.shown), self.scroll_offset.y
        at = self.roll.add(page, self.cursor)
        shift, self.cursor = at - self.cursor, at
        self._grow()
        if shift:
            self.scroll_to(y=top + shift, animate=False)
        if self.roll.order != AS_TOLD or before < top + self.size.height:
            self.refresh()
        self.moved()

    def look(self, *, keep: Keep | None, needle: str, order: Order) -> None:
        """Show some of the users, in some order; the cursor stays on its user where that one is shown."""
        row = self.row
        self.roll.look(keep=keep, needle=needle, order=order)
        self.cursor = 0
        if row is not None:
            with contextlib.suppress(ValueError):
                self.cursor = self.roll.shown.index(row)
        self._changed()

    def put(self, row: UserRow) -> None:
        """Show what is known now of a user; one who is not there is taken in."""
        at = self.row
        self.roll.put(row)
        self._stay(at)

    def drop(self, username: str) -> None:
        """Show a user no longer."""
        at = self.row
        self.roll.drop(username)
        self.marked.discard(username)
        self._stay(at)

    def go_to(self, username: str) -> None:
        """Put the cursor on a user, if that one is shown."""
        position = self.roll.position(username)
        if position is not None:
            self.go(position)

    def tick(self, moment: Moment) -> None:
        """Time has passed, or more is known of the pool: what depends on it is painted anew."""
        self.moment = moment
        self.refresh()

    def unmark(self) -> None:
        """Select nobody."""
        self.marked.clear()
        self._marks_changed()

    def mark_only(self, usernames: Sequence[str]) -> None:
        """Select these and nobody else."""
        self.marked = set(usernames)
        self._marks_changed()

    def _marks_changed(self) -> None:
        self.refresh()
        self.post_message(self.Marked(frozenset(self.marked)))

    def _stay(self, row: UserRow | None) -> None:
        position = self.roll.position(row.username) if row else None
        self.cursor = min(self.cursor, max(0, len(self.roll.shown) - 1)) if position is None else position
        self._changed()

    def _changed(self) -> None:
        self.virtual_size = Size(self.room, len(self.roll.shown))
        self.keep_cursor_in_sight()
        self.refresh()
        self.moved()

    def _grow(self) -> None:
        # As `virtual_size` it would have the whole screen laid out anew for each page; only the scrollbar
        # has to know, and how far one can scroll.
        size = Size(self.room, len(self.roll.shown))
        self.set_reactive(UserList.virtual_size, size)
        self.vertical_scrollbar.window_virtual_size = size.height

    def moved(self) -> None:
        """Tell who is under the cursor now, if it is somebody else."""
        row = self.row
        if row is not self._told:
            self._told = row
            self.post_message(self.Moved(row))

    # The cursor

    def action_mark(self) -> None:
        """Select the user, or no longer, and go on to the next."""
        if self._mark(self.cursor):
            self.go(self.cursor + 1)

    def action_open(self) -> None:
        """Open the user."""
        if self.row is not None:
            self.post_message(self.Opened(self.row))

    def _mark(self, position: int) -> bool:
        if position >= len(self.roll.shown):
            return False
        self.marked ^= {self.roll.shown[position].username}
        self.refresh_line(position)
        self.post_message(self.Marked(frozenset(self.marked)))
        return True

    # The mouse

    def on_click(self, event: events.Click) -> None:
        """A click goes there, on the sign selects, a second one opens."""
        position = self.scroll_offset.y + event.y
        if position >= len(self.roll.shown):
            return
        event.stop()
        self.go(position)
        if event.x < MARK_WIDTH:
            self._mark(position)
        elif event.chain == 2:
            self.action_open()

    # Painting

    def render_line(self, y: int) -> Strip:
        """The line `y` of those in sight."""
        position = self.scroll_offset.y + y
        if position >= len(self.roll.shown):
            return self.blank()
        row = self.roll.shown[position]
        marked = row.username in self.marked
        return self.painted(
            parts(row, columns_at(self.room), self.moment, marked=marked), self.ground(position)
        )


class UserListHead(Widget):
    """The titles of the columns; a click sorts by one."""

    ALLOW_SELECT: ClassVar[bool] = False

    @dataclass
    class Clicked(Message):
        """A title was clicked."""

        key: str

    def __init__(self) -> None:
        super().__init__(classes="list-head")
        self._order = AS_TOLD

    def show(self, order: Order) -> None:
        """Say by which column the list is sorted."""
        self._order = order
        self.refresh()

    def render(self) -> Content:
        """The titles over their columns."""
        titles = [self._title(column) for column in columns_at(self.size.width - SCROLLBAR)]
        return Content(" " * MARK_WIDTH) + Content(" " * GAP).join(titles)

    def _title(self, column: Column) -> Content:
        if column.key != self._order.key:
            return say("[$foreground 72%]$title[/]", title=column.title[: column.width].ljust(column.width))
        sign = "▼" if self._order.backwards else "▲"
        title = column.title[: max(0, column.width - 2)].rstrip()
        return say("[b]$title[/]", title=f"{title} {sign}".ljust(column.width))

    def on_click(self, event: events.Click) -> None:
        """Sort by the column under the pointer."""
        event.stop()
        left = MARK_WIDTH
        for column in columns_at(self.size.width - SCROLLBAR):
            if left <= event.x < left + column.width + GAP:
                self.post_message(self.Clicked(column.key))
            left += column.width + GAP
