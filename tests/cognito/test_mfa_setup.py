from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

import pytest

from cognito_tui.cognito import challenges
from cognito_tui.cognito.errors import BadRequest, NotCognito, Refused
from cognito_tui.cognito.flows.sign_in import SignIn, sign_in
from cognito_tui.cognito.model import AppClient, AuthFlow, Secret, Tokens
from cognito_tui.cognito.steps import Flow
from tests.dialogue import (
    CLIENT,
    TOKENS,
    WITH_SECRET,
    calls,
    challenge,
    hashed,
    means,
    play,
    prompts,
    refuse,
)

KEY = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
ASSOCIATED = {"SecretCode": KEY, "Session": "session-of-associate"}
VERIFIED = {"Status": "SUCCESS", "Session": "session-of-the-verify"}
MISMATCH = refuse(
    "VerifySoftwareToken",
    "EnableSoftwareTokenMFAException",
    "Code mismatch and fail enable Software Token MFA",
)
CODE = {"UserCode": "123 456", "FriendlyDeviceName": ""}


def asked(*factors: str) -> dict[str, Any]:
    return challenge(
        "MFA_SETUP", "session-of-mfa-setup", MFAS_CAN_SETUP=json.dumps(factors), USER_ID_FOR_SRP="7d1f"
    )


def flow(client: AppClient = CLIENT, *, through_admin: bool = False) -> Flow[Tokens]:
    said = SignIn(client, "ana@example.com", auth_flow=AuthFlow.USER_AUTH, through_admin=through_admin)
    return sign_in(said, means())


@pytest.mark.parametrize("client", [CLIENT, WITH_SECRET], ids=["no secret", "secret"])
@pytest.mark.parametrize("through_admin", [False, True], ids=["public", "admin"])
def test_an_authenticator_app_is_set_up_within_the_sign_in(client: AppClient, through_admin: bool) -> None:
    outcomes = [asked("SOFTWARE_TOKEN_MFA"), ASSOCIATED, CODE, VERIFIED, TOKENS]
    steps, tokens = play(flow(client, through_admin=through_admin), outcomes)
    _, associate, verify, answer = calls(steps)
    assert (associate.operation, associate.params) == (
        "AssociateSoftwareToken",
        {"Session": Secret("session-of-mfa-setup")},
    )
    assert (verify.operation, verify.params) == (
        "VerifySoftwareToken",
        {"Session": Secret("session-of-associate"), "UserCode": Secret("123456")},
    )
    assert associate.hashed is verify.hashed is None
    assert answer.operation.removeprefix("Admin") == "RespondToAuthChallenge"
    assert answer.operation.startswith("Admin") is through_admin
    assert answer.params["ChallengeName"] == "MFA_SETUP"
    assert answer.params["Session"] == Secret("session-of-the-verify")
    assert answer.params["ChallengeResponses"] == {"USERNAME": "7d1f", **hashed(client, "7d1f")}
    assert tokens is not None


def test_the_prompt_carries_the_key_and_its_uri_and_asks_for_the_code() -> None:
    steps, _ = play(flow(), [asked("SOFTWARE_TOKEN_MFA"), ASSOCIATED])
    (prompt,) = prompts(steps)
    token = prompt.software_token
    assert token is not None
    assert token.secret_code == Secret(KEY)
    assert token.uri.reveal() == (
        f"otpauth://totp/{CLIENT.user_pool_id}:{quote('ana@example.com')}"
        f"?secret={KEY}&issuer={CLIENT.user_pool_id}"
    )
    form = challenges.form(prompt.challenge, software_token=token)
    code, name = form.fields
    assert (code.name, code.required, code.is_code) == ("UserCode", True, True)
    assert (name.name, name.required) == ("FriendlyDeviceName", False)
    assert KEY not in repr(steps)


def test_a_device_name_goes_along() -> None:
    answers = {"UserCode": "123456", "FriendlyDeviceName": "my phone"}
    steps, _ = play(flow(), [asked("SOFTWARE_TOKEN_MFA"), ASSOCIATED, answers, VERIFIED])
    assert calls(steps)[2].params["FriendlyDeviceName"] == "my phone"


def test_a_wrong_code_is_asked_again_with_the_same_key() -> None:
    outcomes = [
        asked("SOFTWARE_TOKEN_MFA"),
        ASSOCIATED,
        CODE,
        MISMATCH,
        CODE,
        MISMATCH,
        CODE,
        VERIFIED,
        TOKENS,
    ]
    steps, tokens = play(flow(), outcomes)
    assert [prompt.refused for prompt in prompts(steps)] == [None, MISMATCH, MISMATCH]
    assert len({prompt.software_token for prompt in prompts(steps)}) == 1
    assert [call.operation for call in calls(steps)].count("AssociateSoftwareToken") == 1
    verifies = [call for call in calls(steps) if call.operation == "VerifySoftwareToken"]
    assert {call.params["Session"] for call in verifies} == {Secret("session-of-associate")}
    assert tokens is not None


def test_the_newest_session_is_kept_when_a_code_is_refused_with_one() -> None:
    failed = {"Status": "ERROR", "Session": "session-after-the-error"}
    outcomes = [asked("SOFTWARE_TOKEN_MFA"), ASSOCIATED, CODE, failed, CODE, VERIFIED, TOKENS]
    steps, tokens = play(flow(), outcomes)
    verifies = [call for call in calls(steps) if call.operation == "VerifySoftwareToken"]
    assert [call.params["Session"].reveal() for call in verifies] == [
        "session-of-associate",
        "session-after-the-error",
    ]
    again = prompts(steps)[1]
    assert again.refused is not None
    assert "ERROR" in again.refused.sentence
    assert tokens is not None


def test_emulators_that_give_no_new_session_are_answered_with_the_one_there_is() -> None:
    outcomes = [asked(), {"SecretCode": KEY}, CODE, {"Status": "SUCCESS"}, TOKENS]
    steps, tokens = play(flow(), outcomes)
    assert {call.params["Session"].reveal() for call in calls(steps)[1:]} == {"session-of-mfa-setup"}
    assert tokens is not None


def test_where_there_is_a_choice_it_is_asked_and_explained_what_no_answer_sets_up() -> None:
    factors = ("EMAIL_OTP", "SMS_MFA", "SOFTWARE_TOKEN_MFA")
    outcomes = [asked(*factors), {"ANSWER": "EMAIL_OTP"}, {"ANSWER": "SOFTWARE_TOKEN_MFA"}, ASSOCIATED]
    steps, _ = play(flow(), outcomes)
    first, again, code = prompts(steps)
    form = challenges.form(first.challenge)
    (field,) = form.fields
    assert [choice.value for choice in field.choices] == list(factors)
    assert field.problem("SOFTWARE_TOKEN_MFA") is None
    assert "email" in (field.problem("EMAIL_OTP") or "")
    assert "phone_number" in form.intro
    assert isinstance(again.refused, BadRequest)
    assert "email" in again.refused.sentence
    assert code.software_token is not None
    assert [call.operation for call in calls(steps)] == ["InitiateAuth", "AssociateSoftwareToken"]


def test_what_can_only_be_set_up_elsewhere_is_said() -> None:
    steps, _ = play(flow(), [asked("EMAIL_OTP")])
    (prompt,) = prompts(steps)
    assert "give the user an email, then start again" in challenges.form(prompt.challenge).intro


def test_without_a_key_there_is_nothing_to_set_up() -> None:
    with pytest.raises(NotCognito, match="SecretCode"):
        play(flow(), [asked("SOFTWARE_TOKEN_MFA"), {}])


def test_a_refused_key_ends_the_walk() -> None:
    refused = refuse("AssociateSoftwareToken", "NotAuthorizedException", "Invalid session for the user.")
    with pytest.raises(Refused, match="Invalid session"):
        play(flow(), [asked("SOFTWARE_TOKEN_MFA"), refused])
