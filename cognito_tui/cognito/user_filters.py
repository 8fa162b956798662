"""Filters of ListUsers, and what a person means who types into a search field."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from cognito_tui.cognito.model import UserStatus
from cognito_tui.cognito.users import User

LONGEST: Final = 256
"""Characters of a filter (service model, UserFilterType)."""

CASE_SENSITIVE: Final[Mapping[str, bool | None]] = {
    "username": True,
    "email": None,
    "phone_number": None,
    "name": None,
    "given_name": None,
    "family_name": None,
    "preferred_username": None,
    "cognito:user_status": False,
    "status": True,
    "sub": None,
}
"""What can be searched for, and whether letter case counts; None where the service model does not say.

`status` is `Enabled` or `Disabled`. Custom attributes cannot be searched for (service model, ListUsers).
"""


def list_users_filter(attribute: str, value: str, *, exact: bool = False) -> str:
    r"""The `Filter` of ListUsers for users whose `attribute` begins with `value`, or `exact`ly is it.

    `"` and `\` are escaped (Developer Guide, "Searching for users").

    Raises:
        ValueError: ListUsers cannot search for `attribute`, `value` is empty, or the filter is too long.
    """
    if attribute not in CASE_SENSITIVE:
        raise ValueError(
            f"ListUsers cannot search for {attribute!r}, only for one of {', '.join(CASE_SENSITIVE)}."
        )
    if not value:
        raise ValueError("What to search for is empty.")
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    made = f'{attribute} {"=" if exact else "^="} "{escaped}"'
    if len(made) > LONGEST:
        raise ValueError(f"The filter has {len(made)} characters, ListUsers takes {LONGEST}.")
    return made


@dataclass(frozen=True)
class Search:
    """Something to search for: users whose `attribute` begins with `value`, or `exact`ly is it."""

    attribute: str
    value: str
    exact: bool = False

    @property
    def filter(self) -> str:
        """As `Filter` of ListUsers.

        Raises:
            ValueError: as `list_users_filter`.
        """
        return list_users_filter(self.attribute, self.value, exact=self.exact)


_FIELDS: Final[Mapping[str, str]] = {
    **{name: name for name in CASE_SENSITIVE},
    "e-mail": "email",
    "mail": "email",
    "phone": "phone_number",
    "user": "username",
    "cognito:user_status": "status",
    "user_status": "status",
}
"""What may stand before a colon or an equals sign, and the attribute it means."""

_NAMED: Final = re.compile(
    r"(?P<field>cognito:user_status|[a-z_-]+)\s*(?P<sign>[:=])\s*(?P<value>.*)", re.IGNORECASE | re.DOTALL
)
_PHONE: Final = re.compile(r"\+[0-9][0-9 ()./-]*")
_UUID: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_UUID_BEGINNING: Final = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{0,27}", re.IGNORECASE)
_ENABLED: Final = ("Enabled", "Disabled")


def meant(text: str) -> tuple[Search, ...]:
    """What a typed `text` most likely is, best guess first; empty when there is nothing to search for.

    `email:ana` is a beginning and `email=ana@example.com` the whole, for every attribute ListUsers can
    search for; without a name the text's own form tells. `status` means both UserStatus and Enabled.
    """
    wanted = text.strip()
    named = _NAMED.fullmatch(wanted)
    if named and (attribute := _FIELDS.get(named["field"].lower())):
        return _named(attribute, named["value"], exact=named["sign"] == "=")
    return _guessed(wanted) if wanted else ()


def _named(attribute: str, value: str, *, exact: bool) -> tuple[Search, ...]:
    if not value:
        return ()
    if attribute == "status":
        return (
            _whether_enabled(value, whole=exact) or Search("cognito:user_status", _as_status(value), exact),
        )
    if attribute == "phone_number":
        value = _without_marks(value)
    return (Search(attribute, value, exact),)


def _guessed(wanted: str) -> tuple[Search, ...]:
    username = Search("username", wanted)
    if _PHONE.fullmatch(wanted):
        return (Search("phone_number", _without_marks(wanted)), username)
    if _UUID.fullmatch(wanted):
        return (Search("sub", wanted.lower(), exact=True), Search("username", wanted, exact=True))
    if _UUID_BEGINNING.fullmatch(wanted):
        return (Search("sub", wanted.lower()), username)
    if "@" in wanted[1:]:
        return (Search("email", wanted), username)
    if whether := _whether_enabled(wanted, whole=True):
        return (whether, username)
    if _as_status(wanted) in set(UserStatus):
        return (Search("cognito:user_status", _as_status(wanted), exact=True), username)
    if any(each.isspace() for each in wanted):
        return (Search("name", wanted),)
    return (username, Search("email", wanted), Search("name", wanted))


def _whether_enabled(value: str, *, whole: bool) -> Search | None:
    """`status` as ListUsers has it, which wants its own letter case and is Enabled or Disabled only."""
    for word in _ENABLED:
        if value.lower() == word.lower() or (not whole and word.lower().startswith(value.lower())):
            return Search("status", word, exact=True)
    return None


def _as_status(value: str) -> str:
    return re.sub(r"[\s-]+", "_", value.strip()).upper()


def _without_marks(value: str) -> str:
    """A phone number without what people write between its digits."""
    return re.sub(r"[ ()./-]", "", value)


def searchable(user: User) -> str:
    """All that a user is looked for by, in one text to search what is loaded: is `text.casefold()` in it."""
    values = (user.attributes.get(name, "") for name in CASE_SENSITIVE)
    return "\n".join((user.username, user.status, *filter(None, values))).casefold()
