"""Listing and revoking token sessions; SSO sessions come with managed login, which there is none of here.

In a pool that does not track them all four refuse with OperationNotEnabledException, which the model has for
"the current user pool configuration"; that they do, and the words of every refusal, is inferred.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cognito_tui.sandbox.operations.users import holder, one_user
from cognito_tui.sandbox.pool import User, UserPool
from cognito_tui.sandbox.refresh_tokens import Family
from cognito_tui.sandbox.refusal import Refusal, invalid_parameter
from cognito_tui.sandbox.session_tracking import SessionTracking, session_id
from cognito_tui.sandbox.state import State, epoch


def get_user_pool_session_configuration(state: State, params: Mapping[str, Any]) -> dict[str, Any]:
    """GetUserPoolSessionConfiguration."""
    pool = state.pool(params["UserPoolId"])
    return {
        "UserPoolId": pool.pool_id,
        "UserSessionTracking": "ENABLED" if pool.sessions else "DISABLED",
        "TokenSession": {"MaxPerUser": (pool.sessions or SessionTracking()).most},
    }


def admin_list_user_sessions(state: State, params: Mapping[str, Any]) -> dict[str, Any]:
    """AdminListUserSessions, all in one page as the model says.

    Raises:
        Refusal: rows 48 and 45; OperationNotEnabledException.
    """
    pool, user = one_user(state, params)
    return {"Sessions": [_described(each, current=False) for each in _active(state, pool, user)]}


def list_user_sessions(state: State, params: Mapping[str, Any]) -> dict[str, Any]:
    """ListUserSessions.

    Raises:
        Refusal: rows 7, 18, 19 and 45; OperationNotEnabledException.
    """
    pool, user = holder(state, params["AccessToken"])
    current = _origin(state, params)
    return {
        "Sessions": [_described(each, current=each.origin == current) for each in _active(state, pool, user)]
    }


def admin_revoke_user_session(state: State, params: Mapping[str, Any]) -> dict[str, Any]:
    """AdminRevokeUserSession: its refresh and access tokens are revoked, and it is listed no more.

    Raises:
        Refusal: rows 48 and 45; OperationNotEnabledException; ResourceNotFoundException for a session the
            user does not have.
    """
    pool, user = one_user(state, params)
    state.refresh_tokens.revoke_family(_session(state, pool, user, params["SessionId"]).origin)
    return {}


def revoke_user_session(state: State, params: Mapping[str, Any]) -> dict[str, Any]:
    """RevokeUserSession: any but the one the access token is of.

    Raises:
        Refusal: rows 7, 18, 19 and 45; OperationNotEnabledException; InvalidParameterException for one's own
            session; ResourceNotFoundException for one the user does not have.
    """
    pool, user = holder(state, params["AccessToken"])
    origin = _session(state, pool, user, params["SessionId"]).origin
    if origin == _origin(state, params):
        raise invalid_parameter("The current session cannot be revoked.")
    state.refresh_tokens.revoke_family(origin)
    return {}


def _active(state: State, pool: UserPool, user: User) -> list[Family]:
    if pool.sessions is None:
        raise Refusal(
            "OperationNotEnabledException", "User session tracking is not enabled for this user pool."
        )
    return state.refresh_tokens.families(user.sub)


def _session(state: State, pool: UserPool, user: User, wanted: str) -> Family:
    for each in _active(state, pool, user):
        if session_id(each.origin) == wanted:
            return each
    raise Refusal("ResourceNotFoundException", "Session does not exist.")


def _origin(state: State, params: Mapping[str, Any]) -> str:
    """The `origin_jti` of the access token of a request."""
    origin: str = state.signer.access_claims(params["AccessToken"], state.clock())["origin_jti"]
    return origin


def _described(family: Family, *, current: bool) -> dict[str, Any]:
    return {
        "SessionId": session_id(family.origin),
        "SessionType": "TOKEN",
        "ClientId": family.client_id,
        "CreateDate": epoch(family.created),
        "LastActiveDate": epoch(family.active),
        "DeviceType": "unknown",
        "LastIPAddress": "127.0.0.1",
        "LastLocation": {"Country": "unknown"},
        "IsCurrentSession": current,
    }
