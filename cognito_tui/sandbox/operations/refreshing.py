"""REFRESH_TOKEN_AUTH, GetTokensFromRefreshToken, and putting an end to tokens."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cognito_tui.cognito.model import Secret
from cognito_tui.sandbox.client_secret import check_secret_hash
from cognito_tui.sandbox.devices import no_such_device
from cognito_tui.sandbox.operations.users import holder, one_user
from cognito_tui.sandbox.pool import AppClient, User, UserPool
from cognito_tui.sandbox.refresh_tokens import RefreshToken, invalid_refresh_token
from cognito_tui.sandbox.refusal import Refusal, no_such_user, not_authorized, user_disabled
from cognito_tui.sandbox.state import State


def refresh_token_auth(
    state: State, pool: UserPool, client: AppClient, parameters: Mapping[str, str]
) -> dict[str, Any]:
    """REFRESH_TOKEN_AUTH. SECRET_HASH is over the canonical username of whom the token is for.

    The request names no user, so the token is looked at first; the order is inferred. Where refresh tokens
    rotate, only GetTokensFromRefreshToken takes them (API reference, RefreshTokenRotationType); no words are
    documented for it, row 15 is known to come of rotation.

    Raises:
        Refusal: rows 1, 4, 7, 15 to 17, 45 and 49.
    """
    if client.rotation is not None:
        raise invalid_refresh_token()
    token = parameters["REFRESH_TOKEN"]
    grant = state.refresh_tokens.check(token, client.client_id)
    user = pool.users.get(grant.sub)
    if user is None:
        raise no_such_user()
    check_secret_hash(client, user.username, parameters.get("SECRET_HASH"))
    _check(pool, user, grant, parameters.get("DEVICE_KEY"))
    return {"ChallengeParameters": {}, "AuthenticationResult": _minted(state, pool, user, grant)}


def get_tokens_from_refresh_token(state: State, params: Mapping[str, Any]) -> dict[str, Any]:
    """GetTokensFromRefreshToken: the client secret as it is; with rotation, a new refresh token.

    Raises:
        Refusal: rows 3, 7, 15 to 17, 45, 49 and 61; for a wrong secret NotAuthorizedException, whose words
            are inferred.
    """
    pool, client = state.client(params["ClientId"])
    _check_secret(client, params.get("ClientSecret"))
    token = params["RefreshToken"]
    grant = state.refresh_tokens.check(token, client.client_id)
    user = pool.users.get(grant.sub)
    if user is None:
        raise no_such_user()
    _check(pool, user, grant, params.get("DeviceKey"))
    rotated = {}
    if client.rotation is not None:
        rotated = {"RefreshToken": state.refresh_tokens.rotate(token, client.rotation)}
    return {"AuthenticationResult": {**_minted(state, pool, user, grant), **rotated}}


def revoke_token(state: State, params: Mapping[str, Any]) -> dict[str, Any]:
    """RevokeToken: the refresh token and all that came of the same sign-in.

    A token nobody knows is as good as revoked (RFC 7009, section 2.2); that AWS sees it so is inferred, and
    so are the words of the refusals.

    Raises:
        Refusal: UnauthorizedException for a wrong client or secret; UnsupportedOperationException without
            EnableTokenRevocation; UnsupportedTokenTypeException for an ID or access token.
    """
    try:
        _pool, client = state.client(params["ClientId"])
        _check_secret(client, params.get("ClientSecret"))
    except Refusal as refusal:
        raise Refusal("UnauthorizedException", refusal.message) from None
    if not client.revocation:
        raise Refusal("UnsupportedOperationException", "Token revocation is not enabled for this client.")
    token = params["Token"]
    issued_to = state.refresh_tokens.client_of(token)
    if issued_to is None and token.count(".") == 2:
        raise Refusal("UnsupportedTokenTypeException", "Only refresh tokens can be revoked.")
    if issued_to not in {None, client.client_id}:
        raise Refusal("UnauthorizedException", "The token was issued to another client.")
    if issued_to:
        state.refresh_tokens.revoke(token)
    return {}


def global_sign_out(state: State, params: Mapping[str, Any]) -> dict[str, Any]:
    """GlobalSignOut: every token of whoever holds this one."""
    _pool, user = holder(state, params["AccessToken"])
    state.refresh_tokens.revoke_all(user.sub)
    return {}


def admin_user_global_sign_out(state: State, params: Mapping[str, Any]) -> dict[str, Any]:
    """AdminUserGlobalSignOut: every token of a user."""
    _pool, user = one_user(state, params)
    state.refresh_tokens.revoke_all(user.sub)
    return {}


def _check(pool: UserPool, user: User, grant: RefreshToken, device_key: str | None) -> None:
    """See that the user may still come in, with the device the token came with.

    A pool that tracks devices refuses a token that came without one (Developer Guide, on admin sign-in).
    """
    if not user.enabled:
        raise user_disabled()
    if pool.devices is None:
        return
    if not grant.device_key or device_key != grant.device_key:
        raise invalid_refresh_token()
    if grant.device_key not in user.devices:
        raise no_such_device()


def _minted(state: State, pool: UserPool, user: User, grant: RefreshToken) -> dict[str, Any]:
    state.refresh_tokens.note_use(grant)
    return state.signer.mint(
        user, grant, state.issuer(pool), now=state.clock(), token_bytes=state.token_bytes
    )


def _check_secret(client: AppClient, received: str | None) -> None:
    """See that the raw client secret is there and right; one that nobody asked for is passed over."""
    if not client.secrets:
        return
    if received is None:
        raise not_authorized(
            f"Client {client.client_id} is configured for secret but secret was not received"
        )
    if Secret(received) not in client.secrets:
        raise not_authorized(f"Unable to verify secret for client {client.client_id}")
