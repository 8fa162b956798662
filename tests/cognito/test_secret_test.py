from __future__ import annotations

import pytest

from cognito_tui.cognito.errors import NotDone, Refused
from cognito_tui.cognito.flows.secret_test import SecretTest, secret_test
from cognito_tui.cognito.model import AppClient, Secret
from cognito_tui.cognito.steps import Call
from tests.dialogue import play

CLIENT = AppClient("eu-west-1_A", "4f8k2mq0v7t1s9d3a6h5j8n1cp", Secret("s" * 51))
PUBLIC = AppClient("eu-west-1_A", "4f8k2mq0v7t1s9d3a6h5j8n1cp")
OFF = Refused(
    "InitiateAuth", "InvalidParameterException", "USER_PASSWORD_AUTH flow not enabled for this client"
)


def refusal(message: str, code: str = "NotAuthorizedException") -> Refused:
    return Refused("InitiateAuth", code, message)


@pytest.mark.parametrize(
    ("client", "answer", "outcome"),
    [
        (CLIENT, refusal("Incorrect username or password."), SecretTest.ACCEPTED),
        (CLIENT, refusal("User does not exist.", "UserNotFoundException"), SecretTest.ACCEPTED),
        (CLIENT, {"ChallengeName": "PASSWORD_VERIFIER"}, SecretTest.ACCEPTED),
        (CLIENT, refusal("Unable to verify secret hash for client x"), SecretTest.REFUSED),
        (CLIENT, refusal("SecretHash does not match for the client: x"), SecretTest.REFUSED),
        (
            CLIENT,
            refusal(
                "App client x is not configured for secret but secret hash was received",
                "InvalidParameterException",
            ),
            SecretTest.NOT_WANTED,
        ),
        (
            PUBLIC,
            refusal("Client x is configured with secret but SECRET_HASH was not received"),
            SecretTest.NEEDED,
        ),
        (PUBLIC, refusal("Unable to verify secret hash for client x"), SecretTest.NEEDED),
        (PUBLIC, refusal("Incorrect username or password."), SecretTest.ACCEPTED),
        (
            CLIENT,
            refusal("User pool client x does not exist.", "ResourceNotFoundException"),
            SecretTest.NO_SUCH_CLIENT,
        ),
    ],
)
def test_the_answer_tells(client: AppClient, answer: object, outcome: SecretTest) -> None:
    steps, verdict = play(secret_test(client, "nobody", "ab" * 32), [answer])
    assert verdict is not None
    assert verdict.outcome is outcome
    assert verdict.sentence
    (call,) = steps
    assert isinstance(call, Call)
    assert not call.signed
    assert (call.hashed is not None) is (client.secret is not None)


def test_a_flow_that_is_off_says_nothing_and_the_next_one_is_tried() -> None:
    accepted = refusal("Incorrect username or password.")
    steps, verdict = play(secret_test(CLIENT, "nobody", "ab" * 32), [OFF, accepted])
    assert [step.about for step in steps if isinstance(step, Call)] == ["USER_PASSWORD_AUTH", "USER_SRP_AUTH"]
    assert verdict is not None
    assert verdict.outcome is SecretTest.ACCEPTED


def test_when_all_are_off_it_admits_that_nothing_was_proved() -> None:
    _, verdict = play(secret_test(CLIENT, "nobody", "ab" * 32), [OFF, OFF, OFF])
    assert verdict is not None
    assert verdict.outcome is SecretTest.SAYS_NOTHING
    assert OFF.message in verdict.sentence


def test_no_answer_is_no_verdict() -> None:
    with pytest.raises(NotDone):
        play(secret_test(CLIENT, "nobody", "ab" * 32), [NotDone("InitiateAuth", "x")])
