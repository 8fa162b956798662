"""Whether an access token is still good. Only Cognito knows: a token does not show that it was revoked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from cognito_tui.cognito import requests
from cognito_tui.cognito.errors import Refused
from cognito_tui.cognito.model import Secret
from cognito_tui.cognito.steps import Answer, Flow


class State(StrEnum):
    """What became of an access token."""

    GOOD = "good"
    EXPIRED = "expired"
    REVOKED = "revoked"
    NOT_ONE = "not an access token"
    NOT_TOLD = "not told"
    USER_OUT = "the user may not sign in"


@dataclass(frozen=True)
class Standing:
    """What GetUser said of the token: the state, what that means, and whom it is for when it is good."""

    state: State
    sentence: str
    username: str = ""


def standing(access_token: Secret) -> Flow[Standing]:
    """Ask GetUser.

    Raises:
        CognitoError: nothing came back that tells anything of the token.
    """
    try:
        answer: Answer = yield requests.get_user(access_token)
    except Refused as error:
        if (found := _read(error)) is None:
            raise
        return found
    username = str(answer.get("Username", ""))
    return Standing(State.GOOD, f"Cognito takes it: it is {username}'s, and nobody has revoked it.", username)


def _read(error: Refused) -> Standing | None:
    """What a refusal of GetUser says of the token: rows 7, 18 to 20, 45, 50 and 51 of the catalogue."""
    for code, message, state, sentence in _REFUSALS:
        if error.code == code and re.search(message, error.message, re.IGNORECASE):
            return Standing(state, sentence)
    return None


_REFUSALS: Final = (
    (
        "NotAuthorizedException",
        r"revoked",
        State.REVOKED,
        "It was revoked, by RevokeToken or a sign-out. Who does not ask Cognito takes it until it expires.",
    ),
    (
        "NotAuthorizedException",
        r"expired",
        State.EXPIRED,
        "It has expired: nobody takes it any more. A refresh gives a new one.",
    ),
    (
        "NotAuthorizedException",
        r"required scopes",
        State.NOT_TOLD,
        "It lacks the scope aws.cognito.signin.user.admin, so GetUser does not tell.",
    ),
    ("NotAuthorizedException", r"disabled", State.USER_OUT, "The user is disabled: no token is good."),
    (
        "NotAuthorizedException",
        r"invalid (access )?token",
        State.NOT_ONE,
        "Cognito does not know it for an access token: an ID token, or one of another endpoint.",
    ),
    ("UserNotFoundException", r"", State.USER_OUT, "The user is gone: no token is good."),
    ("UserNotConfirmedException", r"", State.USER_OUT, "The user is not confirmed."),
    ("PasswordResetRequiredException", r"", State.USER_OUT, "The user has to reset the password first."),
)
