"""Work of a screen that goes on beside it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from textual.screen import Screen


def begin(screen: Screen[Any], work: Callable[[], Awaitable[None]], group: str, description: str) -> None:
    """Begin `work` as the only one of its group.

    It is not called yet: one that is put aside before it begins leaves no coroutine behind.
    """
    screen.run_worker(work, group=group, exclusive=True, description=description)
