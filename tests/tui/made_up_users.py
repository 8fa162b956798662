"""Users by the thousand, in every status, the same each time."""

from __future__ import annotations

from typing import Final

from cognito_tui.tui.user_rows import DAY, UserRow, user_row

NOW: Final = 1_792_000_000.0
"""20:26:40 UTC on 14 October 2026."""

STATUSES: Final = (
    *("CONFIRMED",) * 5,
    *("FORCE_CHANGE_PASSWORD", "UNCONFIRMED", "EXTERNAL_PROVIDER", "RESET_REQUIRED"),
)


def made_up(first: int, last: int) -> list[UserRow]:
    """The users from number `first` up to `last`, which is not among them."""
    return [
        user_row(
            f"user{n:06}",
            {"email": f"user{n}@example.com", "sub": f"{n:08x}-3d0e-4b7c-9a51-{n:012x}", "name": f"User {n}"},
            STATUSES[n % len(STATUSES)],
            enabled=n % 17 > 0,
            created=NOW - (n * 7 % 400 + 2) * DAY,
            modified=NOW - n * 7 % 400 / 10 * DAY,
        )
        for n in range(first, last)
    ]
