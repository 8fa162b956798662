"""The Filter of ListUsers: one attribute, `=` or `^=`, and a quoted value.

Which attributes, and that username and status go by case: service model, ListUsersRequest.Filter. It says of
cognito:user_status that case does not count; of the others the Developer Guide does ("Searching for users
using the ListUsers API").
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from operator import attrgetter
from typing import Final

from cognito_tui.sandbox.pool import User
from cognito_tui.sandbox.refusal import invalid_parameter

Matches = Callable[[User], bool]

_FILTER: Final = re.compile(
    r'\s*(?:"(?P<quoted>[\w:]+)"|(?P<name>[\w:]+))\s*(?P<how>\^?=)\s*"(?P<value>(?:[^"\\]|\\["\\])*)"\s*',
)


def _attribute(name: str) -> Callable[[User], str]:
    return lambda user: user.attributes.get(name, "")


_SEARCHED: Final[Mapping[str, Callable[[User], str]]] = {
    "username": attrgetter("username"),
    "status": lambda user: "Enabled" if user.enabled else "Disabled",
    "cognito:user_status": attrgetter("status"),
    "sub": attrgetter("sub"),
    **{
        name: _attribute(name)
        for name in ("email", "phone_number", "name", "given_name", "family_name", "preferred_username")
    },
}
"""What can be searched for, and where it stands."""

_BY_CASE: Final = {"username", "status"}


def matcher(text: str) -> Matches:
    r"""What tells whether a user is meant by the filter `text`; an empty one means everybody.

    In a value, `"` and `\` stand behind a `\`; that any other `\` breaks the filter is inferred. The name may
    be quoted too, as the Developer Guide has it.

    Raises:
        Refusal: row 43.
    """
    if not text:
        return lambda _user: True
    found = _FILTER.fullmatch(text)
    if found is None:
        raise invalid_parameter("Error while parsing filter.")
    name = found["quoted"] or found["name"]
    if name not in _SEARCHED:
        raise invalid_parameter(f"Invalid search attribute: {name}")
    value = re.sub(r"\\(.)", r"\1", found["value"])
    return _comparing(_SEARCHED[name], value, exact=found["how"] == "=", by_case=name in _BY_CASE)


def _comparing(of: Callable[[User], str], value: str, *, exact: bool, by_case: bool) -> Matches:
    """Nobody is found by what they do not have."""
    wanted = value if by_case else value.casefold()

    def matches(user: User) -> bool:
        has = of(user) if by_case else of(user).casefold()
        return bool(has) and (has == wanted if exact else has.startswith(wanted))

    return matches
