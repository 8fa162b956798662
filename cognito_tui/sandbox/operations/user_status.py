"""What an administrator can do about a user's password and status.

A disabled user has to be enabled first.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from cognito_tui.cognito.model import Secret, UserStatus
from cognito_tui.sandbox import mail
from cognito_tui.sandbox.operations.users import one_user
from cognito_tui.sandbox.outbox import Message
from cognito_tui.sandbox.pool import User, UserPool
from cognito_tui.sandbox.refusal import invalid_parameter, not_authorized, user_disabled
from cognito_tui.sandbox.state import State


def _enabled_user(state: State, params: Mapping[str, Any]) -> tuple[UserPool, User]:
    pool, user = one_user(state, params)
    if not user.enabled:
        raise user_disabled()
    return pool, user


def admin_set_user_password(state: State, params: Mapping[str, Any]) -> dict[str, Any]:
    """AdminSetUserPassword: permanent makes any user CONFIRMED, temporary FORCE_CHANGE_PASSWORD.

    It sends no message and starts the life of a temporary password anew.
    """
    pool, user = _enabled_user(state, params)
    password = Secret(params["Password"])
    pool.password_policy.check(params["Password"])
    pool.password_policy.check_history(password, user.passwords)
    permanent = params.get("Permanent", False)
    status = UserStatus.CONFIRMED if permanent else UserStatus.FORCE_CHANGE_PASSWORD
    pool.put(user.with_password(password, status, state.clock()))
    return {}


def admin_reset_user_password(state: State, params: Mapping[str, Any]) -> dict[str, Any]:
    """AdminResetUserPassword: a code is sent, and only with that the user gets in again.

    The code can be read in the outbox and is good for nothing yet: ConfirmForgotPassword is not served.

    Raises:
        Refusal: row 10 unless the user is CONFIRMED, or to be reset already; row 25 in a pool where only
            administrators recover accounts; row 39 when there is nowhere to send a code; row 58. The order of
            the first three is inferred.
    """
    pool, user = _enabled_user(state, params)
    if user.status not in {UserStatus.CONFIRMED, UserStatus.RESET_REQUIRED}:
        raise not_authorized("User password cannot be reset in the current state.")
    if "admin_only" in pool.account_recovery:
        raise not_authorized("Contact administrator to reset password.")
    address, now = _recovery_address(pool, user), state.clock()
    code = Secret(f"{int.from_bytes(state.token_bytes(8)) % 1_000_000:06}")
    medium = "EMAIL" if address == "email" else "SMS"
    destination = user.attributes[address]
    mail.send(state, Message(pool.pool_id, user.username, medium, destination, now, code=code))
    pool.put(replace(user, status=UserStatus.RESET_REQUIRED, modified=now))
    return {}


def _recovery_address(pool: UserPool, user: User) -> str:
    """The attribute a code goes to: the first of the pool's mechanisms that is verified.

    Where AccountRecoverySetting is unset SMS is preferred; where it is set, SMS is not for whom has SMS_MFA
    (service model, UserPoolType.AccountRecoverySetting).
    """
    mechanisms = pool.account_recovery or ("verified_phone_number", "verified_email")
    for address in (name.removeprefix("verified_") for name in mechanisms):
        is_second_factor = bool(pool.account_recovery) and address == "phone_number" and "SMS_MFA" in user.mfa
        if user.verified(address) and not is_second_factor:
            return address
    raise invalid_parameter(
        "Cannot reset password for the user as there is no registered/verified email or phone_number"
    )


def admin_confirm_sign_up(state: State, params: Mapping[str, Any]) -> dict[str, Any]:
    """AdminConfirmSignUp.

    Raises:
        Refusal: row 23 unless the user is UNCONFIRMED.
    """
    pool, user = _enabled_user(state, params)
    if user.status is not UserStatus.UNCONFIRMED:
        raise not_authorized(f"User cannot be confirmed. Current status is {user.status}")
    pool.put(user.confirmed(state.clock()))
    return {}
