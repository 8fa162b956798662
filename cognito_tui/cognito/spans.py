"""Times and spans of time in words, the same in every time zone and language."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

MINUTE: Final = 60
HOUR: Final = 60 * MINUTE
DAY: Final = 24 * HOUR

_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def moment(seconds: float) -> str:
    """Seconds since 1970 as `20 Nov 2026 20:31:07 UTC`."""
    try:
        at = datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError, OSError):
        return f"{seconds:.0f} seconds since 1970"
    return f"{at.day} {_MONTHS[at.month - 1]} {at.year} {at:%H:%M:%S} UTC"


def span(seconds: float) -> str:
    """A span in its greatest unit, rounded down: `42 min`, `29 days`."""
    whole = int(abs(seconds))
    if whole < MINUTE:
        return f"{whole} s"
    if whole < 2 * HOUR:
        return f"{whole // MINUTE} min"
    if whole < 2 * DAY:
        return f"{whole // HOUR} h"
    return f"{whole // DAY} days"


def from_now(seconds: float) -> str:
    """A moment that many seconds ahead, or behind: `in 42 min`, `18 min ago`."""
    return f"in {span(seconds)}" if seconds > 0 else f"{span(seconds)} ago"


def countdown(seconds: float) -> str:
    """What is left, to the second where that matters: `42:17`, `5:42:17`, `29 days`."""
    left = max(0, int(seconds))
    if left >= 2 * DAY:
        return f"{left // DAY} days"
    hours, rest = divmod(left, HOUR)
    minutes, last = divmod(rest, MINUTE)
    return f"{hours}:{minutes:02}:{last:02}" if hours else f"{minutes}:{last:02}"
