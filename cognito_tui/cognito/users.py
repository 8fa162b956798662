"""A user of a pool as Cognito tells of it, and who of them is stuck.

`UserStatus` and `Enabled` are two facts: a disabled user keeps its status.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from cognito_tui.cognito.model import UserStatus

DEFAULT_TEMPORARY_PASSWORD_DAYS: Final = 7
"""TemporaryPasswordValidityDays of a pool that sets none, or 0 (service model, PasswordPolicyType)."""


@dataclass(frozen=True, slots=True)
class User:
    """`UserType`, and what AdminGetUser adds to it.

    `username` is the canonical one: in a pool whose users sign in with an e-mail address it equals `sub`.
    `status` is UNKNOWN where Cognito tells none, or one that this app does not know. Times are in UTC.
    `preferred_mfa` and `mfa` are what AdminGetUser alone tells; `mfa` is None in a row of ListUsers.
    """

    username: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    enabled: bool = True
    status: UserStatus = UserStatus.UNKNOWN
    created: datetime | None = None
    modified: datetime | None = None
    preferred_mfa: str = ""
    mfa: tuple[str, ...] | None = None

    @property
    def sub(self) -> str:
        """The `sub`, which no other user of the pool has ever had; empty where it was not told."""
        return self.attributes.get("sub", "")

    @property
    def email(self) -> str:
        """The e-mail address; empty where there is none."""
        return self.attributes.get("email", "")

    @property
    def phone_number(self) -> str:
        """The phone number; empty where there is none."""
        return self.attributes.get("phone_number", "")

    @property
    def email_verified(self) -> bool:
        """Whether there is an e-mail address and Cognito counts it as verified."""
        return bool(self.email) and self.attributes.get("email_verified", "").lower() == "true"

    @property
    def phone_number_verified(self) -> bool:
        """Whether there is a phone number and Cognito counts it as verified."""
        return bool(self.phone_number) and self.attributes.get("phone_number_verified", "").lower() == "true"


def user_from(answer: Mapping[str, Any]) -> User:
    """The user in a row of ListUsers, an answer of AdminGetUser, or `User` of AdminCreateUser.

    What an emulator leaves out is empty; a user that is not told to be disabled counts as enabled.
    """
    told = answer.get("UserAttributes", answer.get("Attributes"))
    return User(
        username=str(answer.get("Username") or ""),
        attributes=_attributes(told),
        enabled=answer.get("Enabled") is not False,
        status=_status(answer.get("UserStatus")),
        created=_moment(answer.get("UserCreateDate")),
        modified=_moment(answer.get("UserLastModifiedDate")),
        preferred_mfa=str(answer.get("PreferredMfaSetting") or ""),
        mfa=_mfa(answer.get("UserMFASettingList")) if "UserAttributes" in answer else None,
    )


def _attributes(told: object) -> dict[str, str]:
    if not isinstance(told, list):
        return {}
    return {
        # one name in memory, not one a user: pools have a hundred thousand
        sys.intern(str(each["Name"])): str(each.get("Value") or "")
        for each in told
        if isinstance(each, Mapping) and each.get("Name")
    }


def _mfa(told: object) -> tuple[str, ...]:
    return tuple(str(each) for each in told) if isinstance(told, list) else ()


def _status(told: object) -> UserStatus:
    return _STATUSES.get(told, UserStatus.UNKNOWN) if isinstance(told, str) else UserStatus.UNKNOWN


_STATUSES: Final[Mapping[str, UserStatus]] = {str(each): each for each in UserStatus}


def _moment(told: object) -> datetime | None:
    """A time as botocore has it, or in seconds since 1970 as the wire has it; None where it is neither."""
    try:
        if isinstance(told, datetime):
            return told.astimezone(UTC)
        if isinstance(told, int | float) and not isinstance(told, bool):
            return datetime.fromtimestamp(told, UTC)
    except (OverflowError, OSError, ValueError):
        pass
    return None


def stuck(user: User) -> bool:
    """Whether the user waits in FORCE_CHANGE_PASSWORD, enabled or not."""
    return user.status is UserStatus.FORCE_CHANGE_PASSWORD


class Chip(StrEnum):
    """A kind of user that can be picked out; the value is what stands on the chip."""

    ALL = "All"
    STUCK = "Stuck"
    UNCONFIRMED = "Unconfirmed"
    RESET_REQUIRED = "Reset required"
    DISABLED = "Disabled"
    EXTERNAL = "External"

    def holds(self, user: User) -> bool:
        """Whether `user` is of this kind."""
        return _HOLDS[self](user)


_HOLDS: Final[Mapping[Chip, Callable[[User], bool]]] = {
    Chip.ALL: lambda _user: True,
    Chip.STUCK: stuck,
    Chip.UNCONFIRMED: lambda user: user.status is UserStatus.UNCONFIRMED,
    Chip.RESET_REQUIRED: lambda user: user.status is UserStatus.RESET_REQUIRED,
    Chip.DISABLED: lambda user: not user.enabled,
    Chip.EXTERNAL: lambda user: user.status is UserStatus.EXTERNAL_PROVIDER,
}


def temporary_password_expires(user: User, days: int = DEFAULT_TEMPORARY_PASSWORD_DAYS) -> datetime | None:
    """When the temporary password of `user` dies, in UTC, as well as it can be told; None if there is none.

    Cognito tells no user's expiry. The last-modified date is the best evidence there is: the password was
    set then or before, since any other change of the user moves that date too. So it dies at this time or
    earlier, never later.

    Args:
        user: as Cognito has it now.
        days: TemporaryPasswordValidityDays of the pool; 0 means the default of 7 (service model).
    """
    if not stuck(user) or user.modified is None:
        return None
    try:
        return user.modified + timedelta(days=days or DEFAULT_TEMPORARY_PASSWORD_DAYS)
    except OverflowError:
        return None
