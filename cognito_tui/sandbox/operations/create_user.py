"""AdminCreateUser: inviting a user, and inviting once more."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from cognito_tui.cognito.model import Secret, UserStatus
from cognito_tui.sandbox import mail
from cognito_tui.sandbox.attributes import conforming, from_list, is_email
from cognito_tui.sandbox.identifiers import new_uuid
from cognito_tui.sandbox.operations.users import one_user, user_type
from cognito_tui.sandbox.outbox import Message
from cognito_tui.sandbox.pool import User, UserPool
from cognito_tui.sandbox.refusal import Refusal, invalid_parameter, no_such_user, user_disabled
from cognito_tui.sandbox.state import State

_MEDIUMS: Final[Mapping[str, str]] = {"SMS": "phone_number", "EMAIL": "email"}
"""DesiredDeliveryMediums, and where each finds the user."""

_WITHOUT_PASSWORD: Final[Mapping[str, str]] = {"EMAIL_OTP": "email", "SMS_OTP": "phone_number"}
"""First factors that need no password, and what the user must have for them, verified."""


def admin_create_user(state: State, params: Mapping[str, Any]) -> dict[str, Any]:
    """AdminCreateUser: a user in FORCE_CHANGE_PASSWORD, invited by a message unless that is suppressed.

    Without DesiredDeliveryMediums the message goes wherever the user can be reached (inferred: the model
    has SMS as the default, yet users with only an e-mail address are invited too). Where the message cannot
    be sent, nothing is done (inferred).

    Raises:
        Refusal: row 60 for RESEND; rows 36, 37, 56 and 59 for a new user; row 58.
    """
    now, action = state.clock(), params.get("MessageAction")
    pool = state.pool(params["UserPoolId"])
    user = _invited_before(state, params) if action == "RESEND" else _new_user(state, pool, params)
    password = params.get("TemporaryPassword")
    if action == "SUPPRESS" and not password and _needs_no_password(pool, user):
        return {"User": user_type(pool.put(user.confirmed(now)))}
    password = password or pool.password_policy.temporary_password(state.token_bytes)
    pool.password_policy.check(password)
    if action != "SUPPRESS":
        mail.send(state, *_invitations(state, pool, user, params, Secret(password)))
    user = pool.put(user.with_password(Secret(password), UserStatus.FORCE_CHANGE_PASSWORD, now))
    return {"User": user_type(user)}


def _invitations(
    state: State, pool: UserPool, user: User, params: Mapping[str, Any], password: Secret
) -> list[Message]:
    return [
        Message(pool.pool_id, user.username, medium, destination, state.clock(), password)
        for medium in params.get("DesiredDeliveryMediums") or _MEDIUMS
        if (destination := user.attributes.get(_MEDIUMS[medium]))
    ]


def _needs_no_password(pool: UserPool, user: User) -> bool:
    """Whether a user who is given no password can sign in with a code, and so is confirmed (public record).

    That an invitation makes a temporary password all the same is inferred.
    """
    return any(
        factor in pool.first_factors and user.verified(address)
        for factor, address in _WITHOUT_PASSWORD.items()
    )


def _invited_before(state: State, params: Mapping[str, Any]) -> User:
    """Whom RESEND is for: by no alias, as AdminCreateUser's Username is the username itself (inferred)."""
    pool, user = one_user(state, params)
    if not pool.username_attributes and pool.find_canonical(params["Username"]) != user:
        raise no_such_user()
    if not user.enabled:
        raise user_disabled()
    if user.status is not UserStatus.FORCE_CHANGE_PASSWORD:
        raise Refusal(
            "UnsupportedUserStateException",
            f"Resend not possible. {params['Username']} status is not FORCE_CHANGE_PASSWORD",
        )
    return user


def _new_user(state: State, pool: UserPool, params: Mapping[str, Any]) -> User:
    if params.get("ForceAliasCreation"):
        raise invalid_parameter("The sandbox does not serve ForceAliasCreation yet.")
    sub, username = new_uuid(state.token_bytes), params["Username"]
    given = conforming(pool.schema, from_list(params.get("UserAttributes", [])))
    attributes = {name: value for name, value in given.items() if value}
    if "sub" in attributes:
        raise invalid_parameter("Cannot modify the non-mutable attribute sub")
    if "email" in pool.username_attributes:
        if not is_email(username):
            raise invalid_parameter("Username should be an email.")
        attributes, username = {**attributes, "email": username}, sub
    elif "email" in pool.alias_attributes and is_email(username):
        raise invalid_parameter(
            "Username cannot be of email format, since user pool is configured for email alias."
        )
    now = state.clock()
    user = User(username, sub, UserStatus.FORCE_CHANGE_PASSWORD, now, now, attributes)
    if taken := pool.taken(user):
        username_is = "User account already exists"
        alias_is = f"An account with the given {taken} already exists."
        raise Refusal("UsernameExistsException", username_is if taken == "username" else alias_is)
    return user
