"""When the next change may go: the pace, slowed where Cognito throttles; pausing and stopping."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final


@dataclass(frozen=True)
class Clock:
    """Seconds that only ever grow, a way to let some pass, and the time of day in UTC."""

    seconds: Callable[[], float]
    sleep: Callable[[float], Awaitable[object]]
    today: Callable[[], datetime]


THIS_MACHINES: Final = Clock(time.monotonic, asyncio.sleep, lambda: datetime.now(UTC))

LOOKS_A_SECOND: Final = 20.0
"""Of the 120 reads of users a second that an account has (Developer Guide, "Quotas", UserRead)."""

SLOWEST: Final = 10.0
"""Seconds between two changes at most, however often Cognito throttles."""

_FIRST_SLOWING: Final = 0.2
_RECOVERY: Final = 0.95


class Gate:
    """Lets changes through at `rate` a second (0: as they come), none while it is paused.

    Cognito's throttling doubles the time between two, which shrinks again with every change that goes well.
    Looks have turns of their own, `LOOKS_A_SECOND` or as many as changes, for a look may be all that comes of
    a user; they slow down together.
    """

    def __init__(self, rate: float, clock: Clock) -> None:
        self._shortest = 1 / rate if rate else 0.0
        self._interval = self._shortest
        self._clock = clock
        self._next = self._next_look = clock.seconds()
        self._flowing = asyncio.Event()
        self._flowing.set()
        self._stopped = asyncio.Event()

    @property
    def rate(self) -> float:
        """Changes a second that it lets through now; 0 for as they come."""
        return 1 / self._interval if self._interval else 0.0

    @property
    def paused(self) -> bool:
        """Whether it waits for `go_on`."""
        return not self._flowing.is_set()

    @property
    def stopped(self) -> bool:
        """Whether nothing goes any more."""
        return self._stopped.is_set()

    def pause(self) -> None:
        """Let nothing go until `go_on`."""
        self._flowing.clear()

    def go_on(self) -> None:
        """After `pause`."""
        self._flowing.set()

    def stop(self) -> None:
        """Let nothing go any more, and let go of all who wait."""
        self._stopped.set()
        self._flowing.set()

    async def turn(self) -> bool:
        """Wait until the next change may go; False when it has stopped instead."""
        begin = max(self._clock.seconds(), self._next)
        self._next = begin + self._interval
        return await self._comes(begin)

    async def look(self) -> bool:
        """Wait until the next user may be looked at; False when it has stopped instead."""
        begin = max(self._clock.seconds(), self._next_look)
        slowed = self._interval - self._shortest
        self._next_look = begin + min(self._shortest, 1 / LOOKS_A_SECOND) + slowed
        return await self._comes(begin)

    async def _comes(self, moment: float) -> bool:
        await self.wait(moment - self._clock.seconds())
        return await self.flowing()

    async def flowing(self) -> bool:
        """Wait as long as it is paused; False when it has stopped."""
        await self._flowing.wait()
        return not self.stopped

    async def wait(self, seconds: float) -> bool:
        """Let `seconds` pass, but not for ever: stopping ends it, and gives False."""
        if seconds > 0 and not self.stopped:
            sleep = asyncio.ensure_future(self._clock.sleep(seconds))
            stop = asyncio.ensure_future(self._stopped.wait())
            try:
                await asyncio.wait((sleep, stop), return_when=asyncio.FIRST_COMPLETED)
            finally:
                sleep.cancel()
                stop.cancel()
        return not self.stopped

    def throttled(self, seconds: float) -> None:
        """Let nothing go for `seconds`, and less often afterwards."""
        slower = min(max(2 * self._interval, _FIRST_SLOWING), SLOWEST)
        self._interval = max(slower, self._shortest)
        until = self._clock.seconds() + seconds
        self._next, self._next_look = max(self._next, until), max(self._next_look, until)

    def went_well(self) -> None:
        """Go a little faster again, up to the rate that was chosen."""
        faster = self._interval * _RECOVERY
        self._interval = faster if faster > max(self._shortest, _FIRST_SLOWING / 10) else self._shortest
