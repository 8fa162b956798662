"""What becomes of each user of a run, the newest first."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from typing import Final

from textual.content import Content
from textual.geometry import Size
from textual.strip import Strip
from textual.widget import Widget

from cognito_tui.bulk.look import TRIES, Waiting
from cognito_tui.bulk.records import Record, State
from cognito_tui.cognito.visible import visible
from cognito_tui.tui.cells import cut
from cognito_tui.tui.say import quiet
from cognito_tui.tui.user_rows import GAP, Part, Role
from cognito_tui.tui.widgets.role_lines import SCROLLBAR, RoleLines

WORDS: Final = {
    State.PLANNED: ("○", "planned", Role.QUIET),
    State.SENT: ("!", "sent", Role.ACT),
    State.DONE: ("●", "done", Role.GOOD),
    State.SKIPPED: ("○", "skipped", Role.QUIET),
    State.FAILED: ("×", "failed", Role.BAD),
    State.UNKNOWN: ("!", "not known", Role.ACT),
}
"""Sign, word and role of each state."""

RESULT: Final = 13


class ResultList(RoleLines, can_focus=True):
    """User, result, what Cognito said."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 Textual's name
        super().__init__(id=id)
        self._rows: deque[Record | Waiting] = deque()
        self._waiting: dict[str, Waiting] = {}

    @property
    def waiting(self) -> int:
        """How many users are tried again later."""
        return len(self._waiting)

    def add(self, told: Record | Waiting) -> None:
        """Show one more, in place of the waiting of the same user before it."""
        if waited := self._waiting.pop(told.username, None):
            self._rows.remove(waited)
        if isinstance(told, Waiting):
            self._waiting[told.username] = told
        self._rows.appendleft(told)
        self.virtual_size = Size(self.room, len(self._rows))
        self.refresh()

    def show(self, records: Sequence[Record]) -> None:
        """Show these and no others, the first on top."""
        self._waiting.clear()
        self._rows = deque(records)
        self.virtual_size = Size(self.room, len(self._rows))
        self.scroll_home(animate=False)
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """The line `y` of those in sight."""
        position = self.scroll_offset.y + y
        if position >= len(self._rows):
            return self.blank()
        return self.painted(_parts(self._rows[position], self.room))


class ResultHead(Widget):
    """The titles over the columns; `said` that of the last."""

    def __init__(self, said: str = "What Cognito said") -> None:
        super().__init__(classes="list-head")
        self._said = said

    def render(self) -> Content:
        """User, result, what was said."""
        name, said = _widths(self.size.width - SCROLLBAR)
        titles = ((name, "User"), (RESULT, "Result"), (said, self._said))
        return quiet(" " + (" " * GAP).join(cut(title, cells) for cells, title in titles))


def _widths(width: int) -> tuple[int, int]:
    """Of the name, and of what Cognito said."""
    room = max(0, width - 1 - RESULT - 2 * GAP)
    name = room * 2 // 5
    return name, room - name


def _parts(told: Record | Waiting, width: int) -> list[Part]:
    name, said = _widths(width)
    if isinstance(told, Waiting):
        sign, word, role = "!", f"waits {told.seconds:g} s", Role.ACT
        words = f"{told.error.name}, try {told.number} of {TRIES}"
    else:
        sign, word, role = WORDS[told.state]
        words = ": ".join(filter(None, (told.code, told.message)))
    return [
        (" " + cut(visible(told.username), name) + " " * GAP, Role.TEXT),
        (cut(f"{sign} {word}", RESULT) + " " * GAP, role),
        (cut(visible(words), said), Role.QUIET),
    ]
