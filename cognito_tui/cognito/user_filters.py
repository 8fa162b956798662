"""Filters of ListUsers, and what a person means who types into a search field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

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


def meant(text: str) -> tuple[Search, ...]:
    """What a typed `text` most likely is, best guess first; empty when there is nothing to search for."""
    wanted = text.strip()
    return (Search("username", wanted),) if wanted else ()
