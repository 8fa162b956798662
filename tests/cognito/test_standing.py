from __future__ import annotations

import pytest

from cognito_tui.cognito.errors import CognitoError, NotDone, Refused
from cognito_tui.cognito.flows.standing import Standing, State, standing
from cognito_tui.cognito.model import Secret
from tests.dialogue import calls, play, refuse

TOKEN = Secret("an.access.token")


def test_get_user_is_asked_without_aws_credentials() -> None:
    steps, found = play(standing(TOKEN), [{"Username": "ana", "UserAttributes": []}])
    (call,) = calls(steps)
    assert (call.operation, call.params) == ("GetUser", {"AccessToken": TOKEN})
    assert not call.signed
    assert call.reads_only
    assert found == Standing(State.GOOD, "Cognito takes it: it is ana's, and nobody has revoked it.", "ana")


@pytest.mark.parametrize(
    ("code", "message", "state"),
    [
        ("NotAuthorizedException", "Access Token has been revoked", State.REVOKED),
        ("NotAuthorizedException", "Access Token has expired", State.EXPIRED),
        ("NotAuthorizedException", "Access Token does not have required scopes", State.NOT_TOLD),
        ("NotAuthorizedException", "Invalid Access Token", State.NOT_ONE),
        ("NotAuthorizedException", "Invalid token", State.NOT_ONE),
        ("NotAuthorizedException", "User is disabled.", State.USER_OUT),
        ("PasswordResetRequiredException", "Password reset required for the user", State.USER_OUT),
        ("UserNotConfirmedException", "User is not confirmed.", State.USER_OUT),
        ("UserNotFoundException", "User does not exist.", State.USER_OUT),
    ],
)
def test_each_refusal_tells_something_else(code: str, message: str, state: State) -> None:
    _, found = play(standing(TOKEN), [refuse("GetUser", code, message)])
    assert found is not None
    assert (found.state, found.username) == (state, "")
    assert found.sentence


@pytest.mark.parametrize(
    "error",
    [
        NotDone("GetUser", "Nobody there."),
        Refused("GetUser", "NotAuthorizedException", "Something new"),
        Refused("GetUser", "TooManyRequestsException", "Too many requests"),
    ],
)
def test_what_tells_nothing_of_the_token_is_an_error(error: CognitoError) -> None:
    with pytest.raises(type(error)):
        play(standing(TOKEN), [error])
