"""Wrong passwords lock a user out for a while.

After n failures, not counting those refused with "Password attempts exceeded", nobody gets in for 2^(n-5)
seconds, up to about 15 minutes. A successful sign-in, or 15 minutes without any attempt, forgets them
(Developer Guide, "Lockout behavior for failed sign-in attempts").
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

_FREE: Final = 5
_LONGEST: Final = timedelta(minutes=15)


@dataclass(frozen=True)
class Attempts:
    """The failed sign-ins of one user, when the last attempt was and until when the user is locked out."""

    failures: int = 0
    last: datetime | None = None
    locked_until: datetime | None = None

    def at(self, now: datetime) -> Attempts:
        """What is left of them when another attempt is made at `now`."""
        if self.last is not None and now - self.last >= _LONGEST:
            return Attempts(last=now)
        return replace(self, last=now)

    def locked(self, now: datetime) -> bool:
        """Whether an attempt at `now` is refused unseen."""
        return self.locked_until is not None and now < self.locked_until

    def failed(self, now: datetime) -> Attempts:
        """With one more failure."""
        failures = self.failures + 1
        if failures < _FREE:
            return Attempts(failures, now)
        # 2 ** 10 seconds are longer than the longest lock-out; without a bound the power grows for ever.
        seconds = 2 ** min(failures - _FREE, 10)
        return Attempts(failures, now, now + min(timedelta(seconds=seconds), _LONGEST))
