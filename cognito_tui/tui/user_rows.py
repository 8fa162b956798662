"""Users as the rows of a list: what is kept of each, its columns at a width, what a cell says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from enum import StrEnum
from functools import lru_cache
from typing import Final, NamedTuple

from cognito_tui.cognito.model import UserStatus
from cognito_tui.tui.cells import cut, visible

FIELDS: Final = ("username", "email", "phone_number", "sub", "name")
"""What a search looks into, by the names ListUsers has for them."""

_TAG: Final = {field: chr(n) for n, field in enumerate(FIELDS, 1)}
_END: Final = chr(len(FIELDS) + 1)


class UserRow(NamedTuple):
    """What a list keeps of a user: strings and numbers, for a hundred thousand of them are in memory.

    `contact` is the e-mail address or else the phone number, `created` and `modified` are seconds since
    1970, 0 where Cognito did not tell. `searched` holds the fields of a search in small letters, each behind
    a character of its own, so that "the e-mail begins with" is one look for a substring.
    """

    username: str
    contact: str
    status: str
    enabled: bool
    created: float
    modified: float
    searched: str


def user_row(
    username: str,
    attributes: Mapping[str, str],
    status: str,
    *,
    enabled: bool,
    created: float,
    modified: float,
) -> UserRow:
    """The row of a user as ListUsers or AdminGetUser tells of one."""
    searched = "".join(
        _TAG[field] + (username if field == "username" else attributes.get(field, "")).lower()
        for field in FIELDS
    )
    contact = attributes.get("email") or attributes.get("phone_number", "")
    return UserRow(
        username,
        username if contact == username else contact,  # one string in memory, not two
        STATUSES.get(status, status),
        enabled,
        created,
        created if modified == created else modified,
        searched + _END,
    )


STATUSES: Final = {str(status): str(status) for status in UserStatus}


def needle(text: str, field: str = "", *, exact: bool = False) -> str:
    """What to look for in `searched`: `text` in any field, or `field` beginning with it, or being it."""
    folded = "".join(each for each in text.lower() if each >= " ")
    if not field:
        return folded
    following = chr(ord(_TAG[field]) + 1)
    return _TAG[field] + folded + (following if exact else "")


class Role(StrEnum):
    """What a word in a cell is, which gives it its colour."""

    TEXT = "text"
    QUIET = "quiet"
    GOOD = "good"
    ACT = "act"
    BAD = "bad"
    MARK = "mark"


Part = tuple[str, Role]


@dataclass(frozen=True)
class Column:
    """A column of the list: `key` is what it is sorted by, `width` is in cells."""

    key: str
    title: str
    width: int


@dataclass(frozen=True)
class Moment:
    """What a cell needs to know besides the user: the time, and how long a temporary password lives.

    `now` is in seconds since 1970; `temporary_days` is None while the pool's policy is not known. Dates are
    shown in `zone`, which is this machine's when None.
    """

    now: float
    temporary_days: int | None = None
    zone: tzinfo | None = UTC


MARK_WIDTH: Final = 3
"""Cells before the first column: whether the user is selected."""

GAP: Final = 2

_FIXED: Final = {
    "status": Column("status", "Status", 16),
    "enabled": Column("enabled", "On", 3),
    "created": Column("created", "Created", 7),
    "modified": Column("modified", "Changed", 7),
    "dies": Column("dies", "Dies in", 7),
}
_SETS: Final = (
    (100, ("username", "contact", "status", "enabled", "created", "modified", "dies")),
    (78, ("username", "contact", "status", "enabled", "modified", "dies")),
    (50, ("username", "contact", "status", "dies")),
    (38, ("username", "status", "dies")),
    (28, ("username", "status")),
    (0, ("username",)),
)
"""The columns for a list at least so wide."""

_LONGEST: Final = {"username": 36, "contact": 44}
"""A username may be a UUID; no address needs more."""


@lru_cache(maxsize=8)
def columns_at(width: int) -> tuple[Column, ...]:
    """The columns of a list of `width` cells. Username and address share what the others leave."""
    keys = next(keys for least, keys in _SETS if width >= least)
    fixed = sum(_FIXED[key].width for key in keys if key in _FIXED)
    room = max(0, width - MARK_WIDTH - fixed - GAP * (len(keys) - 1))
    username = min(_LONGEST["username"], room * 3 // 7 if "contact" in keys else room)
    shared = {
        "username": Column("username", "Username", username),
        "contact": Column("contact", "E-mail or phone", min(_LONGEST["contact"], room - username)),
    }
    return tuple(_FIXED.get(key) or shared[key] for key in keys)


def parts(row: UserRow, columns: tuple[Column, ...], moment: Moment, *, marked: bool) -> list[Part]:
    """The line of a user: words in their roles, which together are as wide as the columns."""
    line: list[Part] = [(" ■ " if marked else "   ", Role.MARK)]
    for n, column in enumerate(columns):
        if n:
            line.append((" " * GAP, Role.TEXT))
        line += _CELLS[column.key](row, column.width, moment)
    return line


def _username(row: UserRow, width: int, _moment: Moment) -> list[Part]:
    return [(cut(visible(row.username), width), Role.TEXT)]


def _contact(row: UserRow, width: int, _moment: Moment) -> list[Part]:
    return [(cut(visible(row.contact), width), Role.QUIET)]


_STATUS: Final[Mapping[str, tuple[str, Role, str, Role]]] = {
    UserStatus.CONFIRMED: ("●", Role.GOOD, "CONFIRMED", Role.QUIET),
    UserStatus.FORCE_CHANGE_PASSWORD: ("!", Role.ACT, "FORCE_CHANGE", Role.ACT),
    UserStatus.UNCONFIRMED: ("○", Role.ACT, "UNCONFIRMED", Role.ACT),
    UserStatus.RESET_REQUIRED: ("!", Role.ACT, "RESET_REQUIRED", Role.ACT),
    UserStatus.EXTERNAL_PROVIDER: ("●", Role.QUIET, "EXTERNAL", Role.QUIET),
}


def _status(row: UserRow, width: int, _moment: Moment) -> list[Part]:
    unknown = ("○", Role.QUIET, visible(row.status), Role.QUIET)
    sign, sign_role, word, role = _STATUS.get(row.status, unknown)
    return [(f"{sign} ", sign_role), (cut(word, width - 2), role)]


def _enabled(row: UserRow, width: int, _moment: Moment) -> list[Part]:
    return [("yes".ljust(width), Role.QUIET) if row.enabled else ("no".ljust(width), Role.BAD)]


def _created(row: UserRow, width: int, moment: Moment) -> list[Part]:
    return [(day(row.created, moment).ljust(width), Role.QUIET)]


def _modified(row: UserRow, width: int, moment: Moment) -> list[Part]:
    return [(day(row.modified, moment).ljust(width), Role.QUIET)]


HOUR: Final = 3600
DAY: Final = 24 * HOUR


def _dies(row: UserRow, width: int, moment: Moment) -> list[Part]:
    seconds = lives(row, moment)
    if seconds is None:
        return [(" " * width, Role.TEXT)]
    role = Role.BAD if seconds <= 0 else Role.ACT if seconds < DAY else Role.TEXT
    return [(span(seconds).ljust(width), role)]


_CELLS: Final[dict[str, Callable[[UserRow, int, Moment], list[Part]]]] = {
    "username": _username,
    "contact": _contact,
    "status": _status,
    "enabled": _enabled,
    "created": _created,
    "modified": _modified,
    "dies": _dies,
}


def lives(row: UserRow, moment: Moment) -> float | None:
    """Seconds the temporary password has left; None when there is none, or its life is not known.

    The clock is taken to have begun when the user was changed last: Cognito tells nothing nearer to it.
    """
    if row.status != UserStatus.FORCE_CHANGE_PASSWORD or moment.temporary_days is None or not row.modified:
        return None
    return row.modified + moment.temporary_days * DAY - moment.now


def span(seconds: float) -> str:
    """How long something still lives, in the two units that matter."""
    if seconds <= 0:
        return "expired"
    if seconds < HOUR:
        return f"{int(seconds // 60)}m"
    if seconds < DAY:
        return f"{int(seconds // HOUR)}h"
    return f"{int(seconds // DAY)}d {int(seconds % DAY // HOUR)}h"


_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def day(seconds: float, moment: Moment) -> str:
    """A date in six characters: day and month within half a year, else month and year."""
    if not seconds:
        return ""
    date = datetime.fromtimestamp(seconds, moment.zone)
    month = _MONTHS[date.month - 1]
    return f"{date.day} {month}" if abs(moment.now - seconds) < 183 * DAY else f"{month} {date.year % 100:02}"
