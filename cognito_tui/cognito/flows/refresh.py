"""Refreshing: a refresh token for new ID and access tokens."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from cognito_tui.cognito import requests
from cognito_tui.cognito.errors import BadRequest, NotCognito
from cognito_tui.cognito.model import AppClient, AuthFlow, Secret, Tokens
from cognito_tui.cognito.secrecy import sealed
from cognito_tui.cognito.secret_hash import Subject
from cognito_tui.cognito.steps import Answer, Call, Flow
from cognito_tui.cognito.tokens import with_username


@dataclass(frozen=True)
class Refresh:
    """What there is to refresh with.

    Attributes:
        client: the app client that the refresh token was issued for.
        refresh_token: opaque, and another one after each use where the client rotates them.
        username: what the access token calls its owner; REFRESH_TOKEN_AUTH hashes it. Never an alias.
        device_key: of the device the user signed in with, where the pool remembers devices.
        client_metadata: `ClientMetadata`, for the pool's Lambda triggers.
    """

    client: AppClient
    refresh_token: Secret
    username: str = ""
    device_key: str = ""
    client_metadata: Mapping[str, str] = field(default_factory=dict)


def get_tokens_from_refresh_token(refresh: Refresh) -> Flow[Tokens]:
    """GetTokensFromRefreshToken: works with and without rotation, needs no username.

    Raises:
        CognitoError: it was refused; RefreshTokenReuseException says that the token was rotated out.
    """
    return (
        yield from _tokens(
            refresh,
            requests.get_tokens_from_refresh_token(
                refresh.client,
                refresh.refresh_token,
                device_key=refresh.device_key,
                client_metadata=refresh.client_metadata,
            ),
        )
    )


def refresh_token_auth(
    refresh: Refresh, auth_flow: AuthFlow = AuthFlow.REFRESH_TOKEN_AUTH, *, admin: bool = False
) -> Flow[Tokens]:
    """REFRESH_TOKEN_AUTH, or REFRESH_TOKEN, its older name; not where the client rotates refresh tokens.

    Raises:
        CognitoError: it was refused; `BadRequest` when there is no username to hash.
    """
    if refresh.client.secret and not refresh.username:
        raise BadRequest(
            "InitiateAuth",
            "The SECRET_HASH is over what the access token calls its owner, and that is not known.",
        )
    return (
        yield from _tokens(
            refresh,
            requests.refresh_token_auth(
                refresh.client,
                auth_flow,
                refresh.refresh_token,
                subject=Subject.canonical(refresh.username),
                device_key=refresh.device_key,
                admin=admin,
                client_metadata=refresh.client_metadata,
            ),
        )
    )


def _tokens(refresh: Refresh, call: Call) -> Flow[Tokens]:
    """The new tokens; the old refresh token is kept when no new one came."""
    answer: Answer = yield call
    result = answer.get("AuthenticationResult")
    if not isinstance(result, Mapping):
        raise NotCognito(call.operation, "The answer has no tokens.")
    return with_username(Tokens({"RefreshToken": refresh.refresh_token, **sealed(result)}, refresh.username))
