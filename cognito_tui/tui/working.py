"""Work that goes on beside the app's own queue, and ends with the screen it is for.

It is given uncalled: what is put aside before it begins leaves no coroutine behind.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from textual.dom import DOMNode

Work = Callable[[], Awaitable[object]]


def begin(owner: DOMNode, work: Work, group: str, description: str) -> None:
    """Begin `work` as the only one of its group; another one is given up."""
    owner.run_worker(work, group=group, exclusive=True, description=description)


def begin_beside(owner: DOMNode, work: Work, group: str, description: str) -> None:
    """Begin `work` beside others of its group."""
    owner.run_worker(work, group=group, description=description)
