"""Looking at one user, and switching on, off and deleting."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from cognito_tui.sandbox.attributes import as_list
from cognito_tui.sandbox.pool import User, UserPool
from cognito_tui.sandbox.refusal import no_such_user, not_authorized, user_disabled
from cognito_tui.sandbox.state import State, epoch


def one_user(state: State, params: Mapping[str, Any]) -> tuple[UserPool, User]:
    """The pool and the user an admin operation is about.

    Raises:
        Refusal: rows 48 and 45.
    """
    pool = state.pool(params["UserPoolId"])
    user = pool.find_for_admin(params["Username"])
    if user is None:
        raise no_such_user()
    return pool, user


def holder(state: State, access_token: str) -> tuple[UserPool, User]:
    """The pool and the user an access token is for.

    Raises:
        Refusal: rows 7, 18, 19 and 45.
    """
    claims = state.signer.access_claims(access_token, state.clock())
    if state.refresh_tokens.is_revoked(claims["origin_jti"]):
        raise not_authorized("Access Token has been revoked")
    pool, _client = state.client(claims["client_id"])
    user = pool.users.get(claims["sub"])
    if user is None:
        raise no_such_user()
    if not user.enabled:
        raise user_disabled()
    return pool, user


def get_user(state: State, params: Mapping[str, Any]) -> dict[str, Any]:
    """GetUser: who holds the access token."""
    _pool, user = holder(state, params["AccessToken"])
    return {"Username": user.username, "UserAttributes": as_list(user.told()), **mfa_settings(user)}


def admin_get_user(state: State, params: Mapping[str, Any]) -> dict[str, Any]:
    """AdminGetUser."""
    _pool, user = one_user(state, params)
    return {
        "Username": user.username,
        "UserAttributes": as_list(user.told()),
        **_facts(user),
        **mfa_settings(user),
    }


def user_type(user: User, wanted: list[str] | None = None) -> dict[str, Any]:
    """`UserType`, with the `wanted` attributes or all."""
    told = {name: value for name, value in user.told().items() if wanted is None or name in wanted}
    return {"Username": user.username, "Attributes": as_list(told), **_facts(user)}


def mfa_settings(user: User) -> dict[str, Any]:
    """UserMFASettingList and PreferredMfaSetting, as far as there are any."""
    told = {"UserMFASettingList": list(user.mfa), "PreferredMfaSetting": user.preferred_mfa}
    return {name: value for name, value in told.items() if value}


def _facts(user: User) -> dict[str, Any]:
    return {
        "UserCreateDate": epoch(user.created),
        "UserLastModifiedDate": epoch(user.modified),
        "Enabled": user.enabled,
        "UserStatus": str(user.status),
    }


def admin_enable_user(state: State, params: Mapping[str, Any]) -> dict[str, Any]:
    """AdminEnableUser."""
    pool, user = one_user(state, params)
    pool.put(replace(user, enabled=True, modified=state.clock()))
    return {}


def admin_disable_user(state: State, params: Mapping[str, Any]) -> dict[str, Any]:
    """AdminDisableUser: access tokens are revoked (service model), refresh tokens too (public record)."""
    pool, user = one_user(state, params)
    state.refresh_tokens.revoke_all(user.sub)
    pool.put(replace(user, enabled=False, modified=state.clock()))
    return {}


def admin_delete_user(state: State, params: Mapping[str, Any]) -> dict[str, Any]:
    """AdminDeleteUser."""
    pool, user = one_user(state, params)
    pool.remove(user)
    return {}
