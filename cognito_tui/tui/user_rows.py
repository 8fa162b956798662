"""Users as the rows of a list: what is kept of each, its columns at a width, what a cell says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from enum import StrEnum
from functools import lru_cache
from typing import Final, NamedTuple

from cognito_tui.cognito.model import UserStatus
from cognito_tui.cognito.user_filters import CASE_SENSITIVE, meant
from cognito_tui.cognito.users import User, temporary_password_expires
from cognito_tui.cognito.visible import visible
from cognito_tui.tui.cells import cut

_TAGS: Final = {
    field: chr(n) for n, field in enumerate((each for each in CASE_SENSITIVE if each != "status"), 1)
}
"""A character for each field that ListUsers can search for; no value holds one, for Cognito takes none."""

_END: Final = "\0"


class UserRow(NamedTuple):
    """What a list keeps of a user: strings and numbers, for a hundred thousand of them are in memory.

    `contact` is the e-mail address or else the phone number, `created` and `modified` are seconds since
    1970, 0 where Cognito did not tell. `searched` holds what a search looks into without letter case, each
    field after a character of its own, so that "the e-mail begins with" is one look for a substring.
    """

    username: str
    contact: str
    status: UserStatus
    enabled: bool
    created: float
    modified: float
    searched: str


def row_of(user: User) -> UserRow:
    """The row of `user`."""
    contact = user.email or user.phone_number
    fields = {**user.attributes, "username": user.username, "cognito:user_status": user.status}
    created, modified = _seconds(user.created), _seconds(user.modified)
    return UserRow(
        user.username,
        user.username if contact == user.username else contact,  # one string in memory, not two
        user.status,
        user.enabled,
        created,
        created if modified == created else modified,
        "".join(f"{tag}{fields[field]}{_END}" for field, tag in _TAGS.items() if field in fields).casefold(),
    )


def _seconds(moment: datetime | None) -> float:
    return moment.timestamp() if moment else 0.0


@dataclass(frozen=True)
class Looking:
    """What of the loaded users a typed search shows: those with `needle` in `searched`.

    `enabled` is set where the search is for that.
    """

    needle: str = ""
    enabled: bool | None = None


def looking_for(text: str) -> Looking:
    """What `text` shows of the loaded users: those with it in any field; with a field named, in that one.

    A field is named as `cognito.user_filters.meant` takes it, and is looked at from its beginning.
    """
    wanted = text.strip()
    searches = meant(wanted)
    if not searches:
        return Looking()
    search = searches[0]
    if search.attribute == "status":
        return Looking(enabled=search.value == "Enabled")
    names_a_field = search.value != wanted and (":" in wanted or "=" in wanted)
    if not names_a_field:
        return Looking(_folded(wanted))
    return Looking(_TAGS[search.attribute] + _folded(search.value) + (_END if search.exact else ""))


def _folded(text: str) -> str:
    return "".join(each for each in text.casefold() if each >= " ")


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
    "created": Column("created", "Created", 8),
    "modified": Column("modified", "Changed", 8),
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
    username = min(_LONGEST["username"], -(-room * 3 // 7) if "contact" in keys else room)
    shared = {
        "username": Column("username", "Username", username),
        "contact": Column("contact", "E-mail or phone", min(_LONGEST["contact"], room - username)),
    }
    return tuple(_FIXED.get(key) or shared[key] for key in keys)


def parts(row: UserRow, columns: tuple[Column, ...], moment: Moment, *, marked: bool) -> list[Part]:
    """The line of a user: words in their roles, which together are as wide as the columns."""
    line: list[Part] = [(" ■ " if marked else "   ", Role.MARK)]
    cells = _CELLS if row.enabled or _says_enabled(columns) else _CELLS_OF_DISABLED
    for n, column in enumerate(columns):
        if n:
            line.append((" " * GAP, Role.TEXT))
        line += cells[column.key](row, column.width, moment)
    return line


def _says_enabled(columns: tuple[Column, ...]) -> bool:
    return any(column.key == "enabled" for column in columns)


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


def _disabled(_row: UserRow, width: int, _moment: Moment) -> list[Part]:
    return [("× ", Role.BAD), (cut("disabled", width - 2), Role.BAD)]


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
_CELLS_OF_DISABLED: Final = {**_CELLS, "status": _disabled}
"""For a list without the column that says so: no status lets the user in."""


def lives(row: UserRow, moment: Moment) -> float | None:
    """Seconds the temporary password has left at most; None when there is none, or that is not known."""
    if not row.modified or moment.temporary_days is None:
        return None
    modified = datetime.fromtimestamp(row.modified, UTC)
    user = User(row.username, status=row.status, modified=modified)
    expires = temporary_password_expires(user, moment.temporary_days)
    return expires.timestamp() - moment.now if expires else None


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
    """A date in eight characters: day and month within half a year, else month and year."""
    if not seconds:
        return ""
    date = datetime.fromtimestamp(seconds, moment.zone)
    month = _MONTHS[date.month - 1]
    return f"{date.day} {month}" if abs(moment.now - seconds) < 183 * DAY else f"{month} {date.year}"


def date_words(moment: datetime) -> str:
    """A date and the time of day, in its own time zone."""
    return f"{moment.day} {_MONTHS[moment.month - 1]} {moment.year} {moment:%H:%M}"
