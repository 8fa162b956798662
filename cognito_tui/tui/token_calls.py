"""What can be done with somebody's tokens: each call, and what it leaves behind."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from cognito_tui.cognito.errors import BadRequest
from cognito_tui.cognito.flows import ending
from cognito_tui.cognito.flows.refresh import refreshed
from cognito_tui.cognito.flows.standing import Standing, standing
from cognito_tui.cognito.model import Secret
from cognito_tui.cognito.steps import Answers, Flow, Prompt
from cognito_tui.tui.account import Send
from cognito_tui.tui.signed_in_users import SignedInUser
from cognito_tui.walk import Cancelled, walk

T = TypeVar("T")


async def refresh(user: SignedInUser, send: Send, *, asked: str, rotates: bool | None) -> SignedInUser:
    """`user` with fresh tokens; `asked` is the operation that the person wants, if any.

    Raises:
        CognitoError: it was refused, or there is no refresh token.
    """
    start = user.refresh()
    if start is None:
        raise BadRequest("GetTokensFromRefreshToken", "No refresh token came with this sign-in.")
    done = await _walked(refreshed(start, asked=asked, rotates=rotates), send)
    return replace(user, tokens=done.tokens, before=user.tokens, way=done.way, ended="")


async def revoke(user: SignedInUser, send: Send) -> SignedInUser:
    """`user` without the refresh token's rights.

    Raises:
        CognitoError: it was refused, or there is no refresh token.
    """
    refresh_token = user.tokens.token("RefreshToken")
    if refresh_token is None:
        raise BadRequest("RevokeToken", "No refresh token came with this sign-in.")
    await _walked(ending.revoke_token(user.in_use.client, refresh_token), send)
    return replace(user, ended="revoked", automatic=False)


async def sign_out(user: SignedInUser, send: Send) -> SignedInUser:
    """`user`, signed out everywhere.

    Raises:
        CognitoError: it was refused.
    """
    access_token = user.tokens.token("AccessToken") or Secret("")
    await _walked(ending.global_sign_out(access_token), send)
    return replace(user, ended="signed out", automatic=False)


async def still_good(access_token: Secret, send: Send) -> Standing:
    """What Cognito says of an access token.

    Raises:
        CognitoError: nothing came back that tells anything of it.
    """
    return await _walked(standing(access_token), send)


async def _walked(flow: Flow[T], send: Send) -> T:
    return await walk(flow, call=send, ask=_nobody)


async def _nobody(_prompt: Prompt) -> Answers:
    """These flows ask nothing."""
    raise Cancelled
