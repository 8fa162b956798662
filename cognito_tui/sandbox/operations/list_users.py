"""ListUsers: everybody, or whom a filter means, page by page."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Mapping
from typing import Any

from cognito_tui.sandbox.filters import matcher
from cognito_tui.sandbox.operations.users import user_type
from cognito_tui.sandbox.pages import MOST, numbers, page_token
from cognito_tui.sandbox.pool import User, UserPool
from cognito_tui.sandbox.refusal import invalid_parameter
from cognito_tui.sandbox.state import State


def list_users(state: State, params: Mapping[str, Any]) -> dict[str, Any]:
    """ListUsers, the longest here first. Nobody comes twice or is left out, whoever goes meanwhile.

    With `empty_pages` of the sandbox some pages are empty and carry a token, as the service model allows.
    That a token is for the filter it came with is inferred ("with the same parameters").

    Raises:
        Refusal: row 43; InvalidParameterException for a token of another list, or for AttributesToGet that
            somebody in the page has no value of (service model; the words are from public records).
    """
    pool, text = state.pool(params["UserPoolId"]), params.get("Filter", "")
    token = params.get("PaginationToken")
    matches, about = matcher(text), _about(pool, text)
    begin, number = numbers(token, about, 2) if token else (0, 1)
    if state.empty_pages and number % state.empty_pages == 0:
        return {"Users": [], "PaginationToken": page_token(about, begin, number + 1)}
    limit, wanted = params.get("Limit") or MOST, params.get("AttributesToGet")
    met = ((at, user) for at, user in pool.line(begin) if matches(user))
    users = [user for _at, user in itertools.islice(met, limit)]
    following = next(met, None)
    _check_told(users, wanted or [])
    return {
        "Users": [user_type(user, wanted) for user in users],
        **({"PaginationToken": page_token(about, following[0], number + 1)} if following else {}),
    }


def _check_told(users: list[User], wanted: list[str]) -> None:
    """See that every user has a value of all that is wanted."""
    for user in users:
        told = user.told()
        if not all(name in told for name in wanted):
            raise invalid_parameter("One or more requested attributes do not exist.")


def _about(pool: UserPool, text: str) -> str:
    """Tells one list from another."""
    return hashlib.sha256(f"{pool.pool_id} {text}".encode()).hexdigest()[:16]
