"""What a user may prove to be themselves by."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cognito_tui.sandbox.operations.users import mfa_settings, one_user
from cognito_tui.sandbox.pool import User, UserPool
from cognito_tui.sandbox.state import State


def admin_get_user_auth_factors(state: State, params: Mapping[str, Any]) -> dict[str, Any]:
    """AdminGetUserAuthFactors: second factors as AdminGetUser tells them, and what the user has at all."""
    pool, user = one_user(state, params)
    return {
        "Username": user.username,
        **mfa_settings(user),
        "ConfiguredUserAuthFactors": _configured(pool, user),
    }


def _configured(pool: UserPool, user: User) -> list[str]:
    """What the user has, and the pool lets be a first or a second factor (which of them is inferred)."""
    allowed = {*pool.first_factors, *(each.replace("SMS_MFA", "SMS_OTP") for each in pool.mfa_factors)}
    has = {
        "PASSWORD": bool(user.passwords),
        "EMAIL_OTP": user.verified("email"),
        "SMS_OTP": user.verified("phone_number"),
        "WEB_AUTHN": bool(user.passkeys),
    }
    app = ["SOFTWARE_TOKEN"] if user.token else []
    return [name for name, there in has.items() if there and name in allowed] + app
