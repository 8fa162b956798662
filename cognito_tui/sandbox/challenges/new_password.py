"""NEW_PASSWORD_REQUIRED: what a user with a temporary password is asked, and whether the answer will do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from cognito_tui.cognito.model import Secret, UserStatus
from cognito_tui.sandbox.attributes import conforming, merged
from cognito_tui.sandbox.pool import AppClient, User, UserPool
from cognito_tui.sandbox.refusal import invalid_parameter, needed, not_authorized, wrong_session
from cognito_tui.sandbox.sign_in import Answer, Kept, SignIn, as_json, challenge
from cognito_tui.sandbox.state import State

NAME: Final = "NEW_PASSWORD_REQUIRED"
_PREFIX: Final = "userAttributes."


def ask(state: State, sign_in: SignIn) -> Answer:
    """The challenge. `userAttributes` has what is required and missing with blank values, as AWS does.

    Raises:
        Refusal: row 8.
    """
    user, pool = sign_in.user, sign_in.pool
    if pool.password_policy.expired(user.password_set, state.clock()):
        raise not_authorized("Temporary password has expired and must be reset by an administrator.")
    missing = pool.required_and_missing(user)
    parameters = {
        "USER_ID_FOR_SRP": user.username,
        "requiredAttributes": as_json([_PREFIX + name for name in missing]),
        "userAttributes": as_json({**user.attributes, **dict.fromkeys(missing, "")}),
    }
    return challenge(state, sign_in, NAME, parameters)


def answered(state: State, sign_in: SignIn, _kept: Kept, responses: Mapping[str, str]) -> SignIn:
    """The user is confirmed, with the password and the attributes of the answer.

    Which of several flaws is named first is inferred.

    Raises:
        Refusal: rows 34, 35, 36, 21, 11, 56, 59; row 14 when the user left that status meanwhile.
    """
    user, pool = sign_in.user, sign_in.pool
    if user.status is not UserStatus.FORCE_CHANGE_PASSWORD:
        raise wrong_session()
    password = needed(responses, "NEW_PASSWORD")
    given = _attributes(pool, sign_in.client, user, responses)
    pool.password_policy.check(password)
    pool.password_policy.check_history(Secret(password), user.passwords)
    confirmed = user.with_password(Secret(password), UserStatus.CONFIRMED, state.clock())
    confirmed = replace(confirmed, attributes=merged(user.attributes, given))
    pool.check_aliases(confirmed)
    return sign_in.with_user(pool.put(confirmed))


def _attributes(
    pool: UserPool, client: AppClient, user: User, responses: Mapping[str, str]
) -> dict[str, str]:
    """The attributes of an answer: the missing ones, perhaps more, never one that has a value."""
    given = {
        name.removeprefix(_PREFIX): value for name, value in responses.items() if name.startswith(_PREFIX)
    }
    for name in pool.required_and_missing(user):
        if not given.get(name):
            raise invalid_parameter(f"Invalid attributes given, {name} is missing")
    given = conforming(pool.schema, given)
    for name in given:
        if not client.may_write(name):
            raise not_authorized("A client attempted to write unauthorized attribute")
        if user.attributes.get(name):
            raise not_authorized(f"Cannot modify an already provided {name}")
    return given
