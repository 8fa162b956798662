"""What an administrator can do about a user's password and status.

A disabled user has to be enabled first.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from cognito_tui.cognito.model import Secret, UserStatus
from cognito_tui.sandbox.attributes import VERIFIED_BY
from cognito_tui.sandbox.operations.users import one_user
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
    """AdminResetUserPassword: only ForgotPassword's code lets the user in again.

    Raises:
        Refusal: row 10 unless the user is CONFIRMED, or to be reset already; row 39 when there is nowhere
            to send a code.
    """
    pool, user = _enabled_user(state, params)
    if user.status not in {UserStatus.CONFIRMED, UserStatus.RESET_REQUIRED}:
        raise not_authorized("User password cannot be reset in the current state.")
    if not any(user.verified(address) for address in VERIFIED_BY):
        raise invalid_parameter(
            "Cannot reset password for the user as there is no registered/verified email or phone_number"
        )
    pool.put(replace(user, status=UserStatus.RESET_REQUIRED, modified=state.clock()))
    return {}


def admin_confirm_sign_up(state: State, params: Mapping[str, Any]) -> dict[str, Any]:
    """AdminConfirmSignUp.

    Raises:
        Refusal: row 23 unless the user is UNCONFIRMED.
    """
    pool, user = _enabled_user(state, params)
    if user.status is not UserStatus.UNCONFIRMED:
        raise not_authorized(f"User cannot be confirmed. Current status is {user.status}")
    pool.put(replace(user, status=UserStatus.CONFIRMED, modified=state.clock()))
    return {}
