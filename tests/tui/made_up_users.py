"""Users by the thousand, in every status, the same each time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final

from cognito_tui.cognito.model import UserStatus
from cognito_tui.cognito.users import User
from cognito_tui.tui.user_rows import UserRow, row_of

NOW: Final = datetime(2026, 10, 14, 20, 26, 40, tzinfo=UTC)

STATUSES: Final = (
    *(UserStatus.CONFIRMED,) * 5,
    UserStatus.FORCE_CHANGE_PASSWORD,
    UserStatus.UNCONFIRMED,
    UserStatus.EXTERNAL_PROVIDER,
    UserStatus.RESET_REQUIRED,
)


def made_up(first: int, last: int) -> list[UserRow]:
    """The users from number `first` up to `last`, which is not among them."""
    return [row_of(made_up_user(n)) for n in range(first, last)]


def made_up_user(n: int) -> User:
    """The user of a number."""
    return User(
        f"user{n:06}",
        {"email": f"user{n}@example.com", "sub": f"{n:08x}-3d0e-4b7c-9a51-{n:012x}", "name": f"User {n}"},
        enabled=n % 17 > 0,
        status=STATUSES[n % len(STATUSES)],
        created=NOW - timedelta(days=n * 7 % 400 + 2),
        modified=NOW - timedelta(days=n * 7 % 400 / 10),
    )
