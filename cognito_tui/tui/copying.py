"""Copying from the app: what was copied, what became of it, and when it is cleared."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from cognito_tui.off_loop import off_loop
from cognito_tui.tui import clipboard
from cognito_tui.tui.clipboard import Copied, Tool

CLEARED_AFTER: Final = 60.0
"""Seconds that a secret, a password or a token stays on the clipboard, where it can be cleared."""

CLEARED: Final = "cleared if possible"
"""What is said of that beforehand: a terminal that was sent something gives nothing back."""

SHOWN_WITHIN: Final = 6.0
"""Seconds in which copying the same thing once more shows it instead."""


@dataclass(frozen=True)
class _Ours:
    tool: Tool
    text: str = field(repr=False)


class Copying:
    """Remembers what it has put on the clipboard last, to take it away again if it is still there."""

    def __init__(self, environment: Mapping[str, str], now: Callable[[], float]) -> None:
        self._environment = environment
        self._now = now
        self._ours: _Ours | None = None
        self._one_at_a_time = threading.Lock()
        self._last: tuple[str, float] | None = None

    def again(self, text: str) -> bool:
        """Whether the same text was copied a moment ago."""
        last, self._last = self._last, (text, self._now())
        if last is None or last[0] != text or self._now() - last[1] > SHOWN_WITHIN:
            return False
        self._last = None
        return True

    async def copy(self, text: str, write: Callable[[str], None], *, sensitive: bool) -> Copied:
        """Copy, off the event loop; `write` sends a control sequence to the terminal."""
        return await off_loop(None, self._copy_now, text, write, sensitive)

    def _copy_now(self, text: str, write: Callable[[str], None], sensitive: bool) -> Copied:
        with self._one_at_a_time:
            copied = clipboard.copy(text, write, self._environment)
            if copied.tool is not None:
                self._ours = _Ours(copied.tool, text) if sensitive else None
        return copied

    async def clear(self) -> bool:
        """Empty the clipboard where it still holds something sensitive of ours; whether it did."""
        return await off_loop(None, self.clear_now)

    def clear_now(self) -> bool:
        """The same, blocking: for the end of the app, which waits for a copy under way."""
        with self._one_at_a_time:
            ours, self._ours = self._ours, None
            return ours is not None and clipboard.clear_if_ours(ours.tool, ours.text)
