"""A run: one action on many users, paced, paused and stopped at will, and gone on with from its journal."""

from __future__ import annotations

import asyncio
import math
from collections import Counter, deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from cognito_tui.bulk.gate import THIS_MACHINES, Clock, Gate
from cognito_tui.bulk.look import Send, Waiting
from cognito_tui.bulk.records import Journal, Record, State
from cognito_tui.bulk.setbacks import why_it_ended
from cognito_tui.bulk.work import Candidate, EndOfRun, Order, Outside, Work
from cognito_tui.cognito.errors import CognitoError

MOST_LANES: Final = 8
"""Users that are worked on at a time; a botocore client has ten connections."""

SETTLING: Final = 10.0
"""Seconds in which a request whose answer was lost may still take effect."""


@dataclass(frozen=True)
class Ending:
    """How a run ended: how many users ended how in it, and how many of them are still planned.

    `why` says what ended it before its time; empty where nothing did, or a person has stopped it. `error` is
    Cognito's, where that was it.
    """

    counts: Counter[State]
    left: int
    why: str = ""
    error: CognitoError | None = None


class Run:
    """A run over `records`, the last of each user: of a journal just begun, or of one left halfway.

    Planned users are sent; those that were sent, or are unknown, are looked at and decided; who has another
    outcome is left alone. `tell` is called with the record of each outcome, and with each waiting. `gate`
    pauses, goes on and stops.
    """

    def __init__(
        self,
        order: Order,
        records: Iterable[Record],
        *,
        call: Send,
        journal: Journal,
        tell: Callable[[Record | Waiting], None] = lambda _told: None,
        clock: Clock = THIS_MACHINES,
        settling: float = SETTLING,
    ) -> None:
        self.gate = Gate(order.rate, clock)
        records = tuple(records)
        outside = Outside(call, journal, tell, clock)
        self._work = Work(order, outside, self.gate, settling, (each.username for each in records))
        self._lanes = min(MOST_LANES, math.ceil(order.rate) or MOST_LANES)
        self._todo: deque[Candidate] = deque()
        self._end: EndOfRun | None = None
        self._flaw: Exception | None = None
        for record in records:
            self._take(record)

    async def go(self) -> Ending:
        """Carry it out until everybody has an outcome, or it is stopped.

        Raises:
            Exception: what the journal or `Order.request` raised; nothing was sent after it.
        """
        users = len(self._todo)
        while self._todo and not self.gate.stopped:
            async with asyncio.TaskGroup() as lanes:
                for _ in range(min(self._lanes, len(self._todo))):
                    lanes.create_task(self._lane())
            self._todo.extend(self._work.doubtful)
            self._work.doubtful.clear()
        if self._flaw is not None:
            raise self._flaw
        for user in self._todo:
            if user.in_doubt:
                await self._work.end(user, State.UNKNOWN, why="The run ended before it could be looked into.")
        counts = self._work.counts
        error = self._end.error if self._end else None
        return Ending(counts, users - counts.total(), why_it_ended(error) if error else "", error)

    def _take(self, record: Record) -> None:
        """Whom there is something to do for, and whose canonical username is taken."""
        if record.state is State.PLANNED:
            self._todo.append(Candidate(record.username))
        elif record.before is not None:
            self._work.claim(record.before.username, record.username)
            if record.state in {State.SENT, State.UNKNOWN}:
                self._todo.append(Candidate(record.username, record.before, record.sent, in_doubt=True))

    async def _lane(self) -> None:
        """Work on one user after the other."""
        while self._todo and await self.gate.flowing():
            if not self._todo:  # taken by another lane while it was paused
                return
            user = self._todo.popleft()
            try:
                await self._work.do(user)
            except EndOfRun as end:
                self._end = self._end or end
                self.gate.stop()
            except Exception as flaw:
                self._flaw = self._flaw or flaw
                self.gate.stop()
