"""Refreshing: a refresh token for new ID and access tokens."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from cognito_tui.cognito import requests
from cognito_tui.cognito.errors import BadRequest, CognitoError, NotCognito, Refused
from cognito_tui.cognito.model import AppClient, AuthFlow, Secret, Tokens
from cognito_tui.cognito.secret_hash import Subject
from cognito_tui.cognito.steps import Answer, Call, Flow
from cognito_tui.cognito.tokens import tokens_in

GET_TOKENS: Final = "GetTokensFromRefreshToken"


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
    tokens = tokens_in(answer, call.operation, refresh.username)
    return replace(tokens, result={"RefreshToken": refresh.refresh_token, **tokens.result})


# Which of the two, and why


@dataclass(frozen=True)
class Way:
    """How a refresh goes: by GetTokensFromRefreshToken or by REFRESH_TOKEN_AUTH, and why, in sentences."""

    operation: str
    why: tuple[str, ...]


@dataclass(frozen=True)
class Refreshed:
    """The new tokens, and the way they came."""

    tokens: Tokens
    way: Way


def way(refresh: Refresh, *, asked: str = "", rotates: bool | None = None) -> Way:
    """The way `refresh` goes: GetTokensFromRefreshToken, unless the other is `asked` for.

    Args:
        refresh: what there is to refresh with.
        asked: the operation that somebody wants.
        rotates: whether the client rotates refresh tokens; None: not known.
    """
    if asked == AuthFlow.REFRESH_TOKEN_AUTH:
        return _by_flow(refresh, "It was asked for.", rotates=rotates)
    about_rotation = (
        "The client rotates refresh tokens, and REFRESH_TOKEN_AUTH does not: each refresh token is good once."
        if rotates
        else "It works whether the client rotates refresh tokens or not."
    )
    about_secret = (
        "The client secret goes along as it is: no SECRET_HASH, and no username that could be the wrong one."
        if refresh.client.secret
        else "The client has no secret: nothing is hashed."
    )
    return Way(GET_TOKENS, (about_rotation, about_secret, *_about_device(refresh)))


def refreshed(refresh: Refresh, *, asked: str = "", rotates: bool | None = None) -> Flow[Refreshed]:
    """Refresh by the way that fits; by REFRESH_TOKEN_AUTH where the endpoint knows no other.

    Some emulators do not know GetTokensFromRefreshToken.

    Raises:
        CognitoError: it was refused.
    """
    chosen = way(refresh, asked=asked, rotates=rotates)
    if chosen.operation != GET_TOKENS:
        return Refreshed((yield from refresh_token_auth(refresh)), chosen)
    try:
        return Refreshed((yield from get_tokens_from_refresh_token(refresh)), chosen)
    except CognitoError as error:
        if not _is_unknown(error) or (refresh.client.secret and not refresh.username):
            raise
    other = _by_flow(refresh, f"The endpoint does not know {GET_TOKENS}.", rotates=rotates)
    return Refreshed((yield from refresh_token_auth(refresh)), other)


def _by_flow(refresh: Refresh, why: str, *, rotates: bool | None) -> Way:
    about_secret = (
        f"The SECRET_HASH is over {refresh.username}, which the access token calls its owner; never an alias."
        if refresh.client.secret
        else "The client has no secret: nothing is hashed."
    )
    about_rotation = ("The client rotates refresh tokens: Cognito refuses this flow.",) if rotates else ()
    return Way(AuthFlow.REFRESH_TOKEN_AUTH, (why, about_secret, *about_rotation, *_about_device(refresh)))


def _about_device(refresh: Refresh) -> tuple[str, ...]:
    if not refresh.device_key:
        return ()
    return (f"The key of the user's device goes along, {refresh.device_key}: the pool tracks devices.",)


_UNKNOWN: Final = frozenset({"UnknownOperationException", "Unsupported"})
"""What AWS, and cognito-local, call an operation that they do not have."""

_NOT_IMPLEMENTED: Final = 501
"""HTTP's word for it; LocalStack's, under the code InternalFailure."""

_BY_STATUS: Final = frozenset({404, 500, _NOT_IMPLEMENTED})
"""The same without an error of Cognito's: 500 is moto's, and that of older releases of cognito-local."""


def _is_unknown(error: CognitoError) -> bool:
    """Whether the endpoint has no such operation.

    An answer that is lost or cut, or that a gateway gives in place of Cognito's (502, 503, 504), is none of
    that: the refresh may have been done.
    """
    if isinstance(error, Refused):
        return error.code in _UNKNOWN or error.status == _NOT_IMPLEMENTED
    return isinstance(error, NotCognito) and error.status in _BY_STATUS
