from __future__ import annotations

import json

import pytest

from cognito_tui.cognito.errors import AnswerLost, NotCognito, Refused
from cognito_tui.cognito.flows.sign_in import SignIn, sign_in
from cognito_tui.cognito.model import AppClient, AuthFlow, Secret, Tokens
from cognito_tui.cognito.secret_hash import secret_hash
from cognito_tui.cognito.steps import Call, Flow, Prompt
from tests.dialogue import SESSION, TOKENS, means, new_password_required, play, refuse

SECRET = Secret("s" * 51)
WITH_SECRET = AppClient("eu-west-1_AbCdEf123", "4f8k2mq0v7t1s9d3a6h5j8n1cp", SECRET)
WITHOUT = AppClient("eu-west-1_AbCdEf123", "4f8k2mq0v7t1s9d3a6h5j8n1cp")
PASSWORD = Secret("Correct-Horse7")


def hashed(username: str) -> Secret:
    return Secret(secret_hash(username, WITH_SECRET.client_id, SECRET))


def by_password(client: AppClient, username: str = "ana") -> Flow[Tokens]:
    return sign_in(SignIn(client, username, PASSWORD, AuthFlow.USER_PASSWORD_AUTH), means())


def test_a_new_password_is_answered_over_the_user_cognito_names() -> None:
    challenge = new_password_required(
        USER_ID_FOR_SRP="7d1f0c52",
        requiredAttributes=json.dumps(["userAttributes.given_name"]),
        userAttributes=json.dumps({"email": "ana@example.com", "email_verified": "true"}),
    )
    answers = {"NEW_PASSWORD": Secret("New-Pass-9"), "userAttributes.given_name": "Ana"}
    steps, tokens = play(by_password(WITH_SECRET, "ana@example.com"), [challenge, answers, TOKENS])
    first, prompt, second = steps
    assert isinstance(first, Call)
    assert first.params["AuthParameters"]["SECRET_HASH"] == hashed("ana@example.com")
    assert isinstance(prompt, Prompt)
    assert prompt.subject.username == "7d1f0c52"
    assert isinstance(second, Call)
    assert second.operation == "RespondToAuthChallenge"
    assert second.params["Session"] == Secret(SESSION)
    assert second.params["ChallengeResponses"] == {
        "USERNAME": "7d1f0c52",
        "NEW_PASSWORD": Secret("New-Pass-9"),
        "userAttributes.given_name": "Ana",
        "SECRET_HASH": hashed("7d1f0c52"),
    }
    assert second.hashed is not None
    assert second.hashed.source == "USER_ID_FOR_SRP"
    assert tokens is not None


def test_an_admin_flow_is_answered_by_the_admin_operation() -> None:
    start = SignIn(WITHOUT, "ana", PASSWORD, AuthFlow.ADMIN_USER_PASSWORD_AUTH)
    steps, _ = play(sign_in(start, means()), [new_password_required(), {"NEW_PASSWORD": Secret("x")}])
    last = steps[-1]
    assert isinstance(last, Call)
    assert last.operation == "AdminRespondToAuthChallenge"
    assert last.params["UserPoolId"] == WITHOUT.user_pool_id


@pytest.mark.parametrize(
    "refusal",
    [
        refuse("RespondToAuthChallenge", "InvalidPasswordException", "Password not long enough"),
        refuse("RespondToAuthChallenge", "NotAuthorizedException", "Invalid session for the user."),
        AnswerLost("RespondToAuthChallenge", "no answer"),
    ],
    ids=lambda error: type(error).__name__ + getattr(error, "code", ""),
)
def test_a_refused_answer_brings_the_same_prompt_back_with_the_reason(refusal: Refused) -> None:
    flow = by_password(WITH_SECRET)
    good = {"NEW_PASSWORD": Secret("New-Pass-9")}
    bad = {"NEW_PASSWORD": Secret("short")}
    steps, tokens = play(flow, [new_password_required(), bad, refusal, good, TOKENS])
    _, asked, _, asked_again, _ = steps
    assert isinstance(asked, Prompt)
    assert isinstance(asked_again, Prompt)
    assert asked.refused is None
    assert asked_again.refused is refusal
    assert asked_again.challenge == asked.challenge
    assert tokens is not None


def test_an_empty_attribute_is_not_sent() -> None:
    answers = {"NEW_PASSWORD": Secret("New-Pass-9"), "userAttributes.nickname": ""}
    steps, _ = play(by_password(WITHOUT), [new_password_required(), answers])
    last = steps[-1]
    assert isinstance(last, Call)
    assert "userAttributes.nickname" not in last.params["ChallengeResponses"]


def test_an_unknown_challenge_takes_an_answer_and_goes_on() -> None:
    unknown = {"ChallengeName": "NEVER_HEARD_OF_IT", "ChallengeParameters": {"question": "2+2?"}}
    steps, tokens = play(by_password(WITHOUT), [unknown, {"ANSWER": "4"}, TOKENS])
    last = steps[-1]
    assert isinstance(last, Call)
    assert last.params["ChallengeResponses"] == {"USERNAME": "ana", "ANSWER": Secret("4")}
    assert "Session" not in last.params
    assert tokens is not None


def test_client_metadata_goes_with_every_request() -> None:
    start = SignIn(WITHOUT, "ana", PASSWORD, AuthFlow.USER_PASSWORD_AUTH, client_metadata={"k": "v"})
    steps, _ = play(sign_in(start, means()), [new_password_required(), {"NEW_PASSWORD": Secret("x")}])
    for step in steps:
        if isinstance(step, Call):
            assert step.params["ClientMetadata"] == {"k": "v"}


def test_the_first_refusal_ends_the_flow() -> None:
    with pytest.raises(Refused, match="User is disabled"):
        play(
            by_password(WITHOUT),
            [refuse("InitiateAuth", "NotAuthorizedException", "User is disabled.")],
        )


def test_an_answer_of_neither_tokens_nor_challenge_is_not_cognitos() -> None:
    with pytest.raises(NotCognito):
        play(by_password(WITHOUT), [{}])
