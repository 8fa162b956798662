"""A list to pick from while it comes in, and what becomes of what was picked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import ClassVar, Final

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from cognito_tui.cognito.listed import Named
from cognito_tui.cognito.visible import visible
from cognito_tui.tui.cells import cut
from cognito_tui.tui.say import quiet
from cognito_tui.tui.user_rows import GAP, Part, Role
from cognito_tui.tui.widgets.cursor_lines import CursorLines
from cognito_tui.tui.widgets.role_lines import SCROLLBAR

ID_WIDTH: Final = 26
"""Cells of an id: an app client's has as many characters; a user pool's has fewer."""

NOTE_WIDTH: Final = 20

SIGN_WIDTH: Final = 3


class State(Enum):
    """What can be done with a row, or what became of it: its sign, and the role of that."""

    FREE = "□", Role.QUIET
    MARKED = "■", Role.MARK
    TAKEN = "○", Role.QUIET
    NOW = "…", Role.MARK
    DONE = "●", Role.GOOD
    FAILED = "×", Role.BAD


CAN_BE_PICKED: Final = frozenset({State.FREE, State.MARKED, State.FAILED})


@dataclass(frozen=True)
class PickRow:
    """One line: `note` are a few words on it, `why` is all there is to say."""

    named: Named
    state: State = State.FREE
    note: str = ""
    why: str = ""


class PickList(CursorLines):
    """What was listed, one a line. With `marks` several can be picked; else the one under the cursor is."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", "Choose", show=False),
        Binding("space", "mark", "Mark", show=False),
        Binding("a", "mark_all", "Mark all", show=False),
    ]
    """
    | Key | Description |
    | :- | :- |
    | enter | Choose. |
    | space | Mark the line, or no longer, and go on to the next. |
    | a | Mark all, or none where all are marked. |
    """

    @dataclass
    class Moved(Message):
        """The cursor is on another line, or that says something else now."""

        row: PickRow | None

    @dataclass
    class Chosen(Message):
        """Enter, or a second click."""

        row: PickRow

    @dataclass
    class Marked(Message):
        """Other lines are marked."""

    def __init__(self, *, marks: bool, id: str | None = None) -> None:  # noqa: A002 Textual's name
        super().__init__(id=id)
        self._marks = marks
        self._rows: dict[str, PickRow] = {}
        self._ids: list[str] = []
        self._told: PickRow | None = None

    @property
    def count(self) -> int:
        """How many lines there are."""
        return len(self._ids)

    @property
    def rows(self) -> Sequence[PickRow]:
        """All of them, in their order."""
        return tuple(self._rows.values())

    @property
    def row(self) -> PickRow | None:
        """That under the cursor."""
        return self._rows[self._ids[self.cursor]] if self.cursor < len(self._ids) else None

    @property
    def marked(self) -> Sequence[PickRow]:
        """Those that are marked."""
        return tuple(row for row in self._rows.values() if row.state is State.MARKED)

    @property
    def marked_names(self) -> frozenset[Named]:
        """What those that are marked are about."""
        return frozenset(row.named for row in self.marked)

    def extend(self, rows: Iterable[PickRow]) -> None:
        """Take in a page; what is there already stays as it is."""
        for row in rows:
            if row.named.id not in self._rows:
                self._rows[row.named.id] = row
                self._ids.append(row.named.id)
        self.virtual_size = Size(self.room, len(self._ids))
        self.refresh()
        self.moved()

    def put(self, row: PickRow, *, go: bool = False) -> None:
        """Show what is known now of a row that is there, and `go` to it."""
        self._rows[row.named.id] = row
        position = self._ids.index(row.named.id)
        self.refresh_line(position)
        if go:
            self.go(position)
        self.moved()

    def moved(self) -> None:
        """Tell what is under the cursor, if it is something else."""
        if self.row != self._told:
            self._told = self.row
            self.post_message(self.Moved(self.row))

    def action_choose(self) -> None:
        """Choose the line under the cursor, or those marked."""
        if self.row is not None:
            self.post_message(self.Chosen(self.row))

    def action_mark(self) -> None:
        """Mark the line or no longer, and go on to the next."""
        if self._marks and self.row is not None:
            self._mark([self.row], State.FREE if self.row.state is State.MARKED else State.MARKED)
            self.go(self.cursor + 1)

    def action_mark_all(self) -> None:
        """Mark all that can be; none, where all are."""
        if self._marks:
            could = [row for row in self.rows if row.state in CAN_BE_PICKED]
            all_are = all(row.state is State.MARKED for row in could)
            self._mark(could, State.FREE if all_are else State.MARKED)

    def _mark(self, rows: Sequence[PickRow], state: State) -> None:
        for row in rows:
            if row.state in CAN_BE_PICKED:
                self._rows[row.named.id] = replace(row, state=state, note="", why="")
        self.refresh()
        self.moved()
        self.post_message(self.Marked())

    def on_click(self, event: events.Click) -> None:
        """A click goes there, on the sign marks, a second one chooses."""
        position = self.scroll_offset.y + event.y
        if position >= len(self._ids):
            return
        event.stop()
        self.go(position)
        if self._marks and event.x < SIGN_WIDTH:
            self.action_mark()
        elif event.chain == 2:
            self.action_choose()

    def render_line(self, y: int) -> Strip:
        """The line `y` of those in sight."""
        position = self.scroll_offset.y + y
        if position >= len(self._ids):
            return self.blank()
        row = self._rows[self._ids[position]]
        return self.painted(_parts(row, self.room, marks=self._marks), self.ground(position))


class PickHead(Widget):
    """The titles over the columns."""

    def __init__(self, titles: Sequence[str], *, marks: bool) -> None:
        super().__init__(classes="list-head")
        self._titles = titles
        self._marks = marks

    def render(self) -> Content:
        """Each over its column."""
        widths = _widths(self.size.width - SCROLLBAR, marks=self._marks)
        cells = [cut(title, width) for title, width in zip(self._titles, widths, strict=False)]
        return quiet(" " * _before(marks=self._marks) + (" " * GAP).join(cells))


def _before(*, marks: bool) -> int:
    return SIGN_WIDTH if marks else 1


def _widths(width: int, *, marks: bool) -> tuple[int, ...]:
    """Of name, id and note; where room is short the name keeps a quarter of it."""
    note = NOTE_WIDTH if marks else 0
    room = max(0, width - _before(marks=marks) - GAP * (2 if marks else 1))
    name = max(room // 4, room - ID_WIDTH - note)
    identifier = (room - name) * ID_WIDTH // (ID_WIDTH + note)
    return (name, identifier, room - name - identifier) if marks else (name, identifier)


def _parts(row: PickRow, width: int, *, marks: bool) -> list[Part]:
    name, identifier, *note = _widths(width, marks=marks)
    sign, role = row.state.value
    quiet_if_taken = Role.QUIET if row.state is State.TAKEN else Role.TEXT
    return [
        (f" {sign} ", role) if marks else (" ", Role.TEXT),
        (cut(visible(row.named.name or "…"), name) + " " * GAP, quiet_if_taken),
        (cut(visible(row.named.id), identifier) + " " * GAP, Role.QUIET),
        *((cut(visible(row.note), each), role) for each in note),
    ]
