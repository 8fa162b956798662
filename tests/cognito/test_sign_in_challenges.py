"""Every challenge: who answers it, with what, over which username, and what comes of a refusal."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cognito_tui.cognito import challenges
from cognito_tui.cognito.errors import NotCognito, NotDone, Refused
from cognito_tui.cognito.flows.sign_in import SignIn, sign_in
from cognito_tui.cognito.model import AppClient, AuthFlow, Challenge, Device, Secret
from cognito_tui.cognito.steps import Prompt
from tests.cognito.srp_server import Server
from tests.dialogue import (
    CLIENT,
    SESSION,
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
from tests.service_model import NEWER_CHALLENGE, model

PASSWORD = Secret("Correct-Horse7")
NO_PASSWORD = Secret("")
CODE = refuse("RespondToAuthChallenge", "CodeMismatchException", "Invalid code or auth state for the user.")
LOST = refuse("RespondToAuthChallenge", "ResourceNotFoundException", "Device does not exist.")
WRONG = refuse("RespondToAuthChallenge", "NotAuthorizedException", "Incorrect username or password.")

clients = pytest.mark.parametrize("client", [CLIENT, WITH_SECRET], ids=["no secret", "secret"])
admins = pytest.mark.parametrize("through_admin", [False, True], ids=["public", "admin"])

MFAS = json.dumps(["SMS_MFA", "SOFTWARE_TOKEN_MFA", "EMAIL_OTP"])

ASKED: list[tuple[dict[str, Any], dict[str, str | Secret], dict[str, str | Secret]]] = [
    # (the challenge, what a person answers, what is sent of it)
    (
        challenge("NEW_PASSWORD_REQUIRED"),
        {"NEW_PASSWORD": Secret("New-Pass-9"), "userAttributes.name": "Ana"},
        {"NEW_PASSWORD": Secret("New-Pass-9"), "userAttributes.name": "Ana"},
    ),
    (challenge("SMS_MFA"), {"SMS_MFA_CODE": " 123-456 "}, {"SMS_MFA_CODE": Secret("123456")}),
    (challenge("SMS_OTP"), {"SMS_OTP_CODE": "1234 5678"}, {"SMS_OTP_CODE": Secret("12345678")}),
    (challenge("EMAIL_OTP"), {"EMAIL_OTP_CODE": "1234–5678"}, {"EMAIL_OTP_CODE": Secret("12345678")}),
    (challenge("EMAIL_MFA"), {"EMAIL_MFA_CODE": Secret("12 34")}, {"EMAIL_MFA_CODE": Secret("1234")}),
    (
        challenge("SOFTWARE_TOKEN_MFA"),
        {"SOFTWARE_TOKEN_MFA_CODE": "123\u00a0456\n"},
        {"SOFTWARE_TOKEN_MFA_CODE": Secret("123456")},
    ),
    (
        challenge("SELECT_MFA_TYPE", MFAS_CAN_CHOOSE=MFAS),
        {"ANSWER": "EMAIL_OTP"},
        {"ANSWER": "EMAIL_OTP"},
    ),
    (challenge("CUSTOM_CHALLENGE"), {"ANSWER": "a - b c"}, {"ANSWER": Secret("a - b c")}),
    (challenge("WEB_AUTHN"), {"CREDENTIAL": Secret('{"id": "x"}')}, {"CREDENTIAL": Secret('{"id": "x"}')}),
    (challenge("ADMIN_NO_SRP_AUTH"), {"PASSWORD": PASSWORD}, {"PASSWORD": PASSWORD}),
    (challenge("PASSWORD"), {"PASSWORD": PASSWORD}, {"PASSWORD": PASSWORD}),
    (challenge(NEWER_CHALLENGE), {"ANSWER": "4"}, {"ANSWER": Secret("4")}),
]
ALWAYS_ASKED = [each for each in ASKED if each[0]["ChallengeName"] != "PASSWORD"]
asked = pytest.mark.parametrize(
    ("question", "answers", "sent"), ASKED, ids=lambda value: value.get("ChallengeName")
)


def user_auth(client: AppClient = CLIENT, username: str = "ana", **others: Any) -> SignIn:
    said = {"auth_flow": AuthFlow.USER_AUTH, **others}
    return SignIn(client, username, **said)


def asked_of_user(question: Mapping[str, Any], user_id: str) -> dict[str, Any]:
    parameters = {**question["ChallengeParameters"], **({"USER_ID_FOR_SRP": user_id} if user_id else {})}
    return {**question, "ChallengeParameters": parameters}


@asked
@clients
@admins
@pytest.mark.parametrize(
    "who",
    [("ana", ""), ("ana@example.com", ""), ("ana", "7d1f0c52"), ("ana@example.com", "7d1f0c52")],
    ids=str,
)
def test_what_is_asked_is_answered_over_the_right_user(
    question: dict[str, Any],
    answers: dict[str, str | Secret],
    sent: dict[str, str | Secret],
    client: AppClient,
    *,
    through_admin: bool,
    who: tuple[str, str],
) -> None:
    username, user_id = who
    said = user_auth(client, username, through_admin=through_admin)
    steps, tokens = play(sign_in(said, means()), [asked_of_user(question, user_id), answers, TOKENS])
    _, answer = calls(steps)
    (prompt,) = prompts(steps)
    subject = user_id or username
    assert prompt.challenge.name == question["ChallengeName"]
    assert prompt.subject.username == subject
    assert answer.operation == ("AdminRespondToAuthChallenge" if through_admin else "RespondToAuthChallenge")
    assert answer.params["Session"] == Secret(SESSION)
    assert answer.params["ChallengeResponses"] == {"USERNAME": subject, **sent, **hashed(client, subject)}
    assert tokens is not None


@asked
def test_the_form_asks_for_what_is_answered(
    question: dict[str, Any], answers: dict[str, str | Secret], sent: dict[str, str | Secret]
) -> None:
    found = Challenge.of(question)
    assert found is not None
    form = challenges.form(found)
    assert {field.name for field in form.fields} <= set(answers)
    assert form.intro
    assert all(field.label for field in form.fields)
    for field in form.fields:
        assert field.problem(challenges.plain(answers[field.name])) is None


@asked
@pytest.mark.parametrize("refusal", [CODE, NotDone("RespondToAuthChallenge", "x")], ids=["refused", "no way"])
def test_a_refused_answer_brings_the_same_question_back(
    question: dict[str, Any],
    answers: dict[str, str | Secret],
    sent: dict[str, str | Secret],
    refusal: Refused,
) -> None:
    outcomes = [question, answers, refusal, answers, refusal, answers, TOKENS]
    steps, tokens = play(sign_in(user_auth(), means()), outcomes)
    first, *again = prompts(steps)
    assert first.refused is None
    assert [prompt.refused for prompt in again] == [refusal, refusal]
    assert all(prompt.challenge == first.challenge for prompt in again)
    assert tokens is not None


def test_every_challenge_of_the_service_model_is_known() -> None:
    automatic = {"PASSWORD_VERIFIER", "DEVICE_PASSWORD_VERIFIER"}
    named = set(model()["shapes"]["ChallengeNameType"]["enum"]) | {"PASSWORD_SRP", "EMAIL_MFA"}
    for name in named - automatic:
        assert challenges.form(Challenge(name, {})).known, name


def test_a_custom_challenge_is_asked_as_often_as_it_comes() -> None:
    questions = [challenge("CUSTOM_CHALLENGE", f"session-number-{n}-of-three", step=str(n)) for n in range(3)]
    outcomes = [step for question in questions for step in (question, {"ANSWER": "x"})]
    steps, tokens = play(sign_in(user_auth(auth_flow=AuthFlow.CUSTOM_AUTH), means()), [*outcomes, TOKENS])
    assert [prompt.challenge.parameters["step"] for prompt in prompts(steps)] == ["0", "1", "2"]
    sessions = [call.params["Session"] for call in calls(steps)[1:]]
    assert sessions == [Secret(f"session-number-{n}-of-three") for n in range(3)]
    assert tokens is not None


def test_a_whole_day_of_challenges_ends_in_tokens() -> None:
    server = Server("AbCdEf123", "7d1f", PASSWORD.reveal(), 0xAB, 4242)
    outcomes = [
        challenge("PASSWORD_VERIFIER", None, **server.parameters(USER_ID_FOR_SRP="7d1f")),
        challenge("NEW_PASSWORD_REQUIRED", "session-after-the-proof", USER_ID_FOR_SRP="7d1f"),
        {"NEW_PASSWORD": Secret("New-Pass-9")},
        challenge("SELECT_MFA_TYPE", "session-after-password", MFAS_CAN_CHOOSE=MFAS),
        {"ANSWER": "SMS_MFA"},
        challenge("SMS_MFA", "session-after-the-choice"),
        {"SMS_MFA_CODE": "123456"},
        TOKENS,
    ]
    said = SignIn(WITH_SECRET, "ana@example.com", PASSWORD)
    steps, tokens = play(sign_in(said, means()), outcomes)
    assert [call.about for call in calls(steps)] == [
        "USER_SRP_AUTH",
        "PASSWORD_VERIFIER",
        "NEW_PASSWORD_REQUIRED",
        "SELECT_MFA_TYPE",
        "SMS_MFA",
    ]
    over = [call.hashed.username if call.hashed else "" for call in calls(steps)]
    assert over == ["ana@example.com", "7d1f", "7d1f", "7d1f", "7d1f"]
    assert tokens is not None


@given(
    st.lists(
        st.tuples(st.sampled_from(ALWAYS_ASKED), st.sampled_from(["", "7d1f", "9c02"]), st.booleans()),
        min_size=1,
        max_size=6,
    ),
    st.sampled_from([CLIENT, WITH_SECRET]),
)
def test_whatever_comes_in_whatever_order_each_answer_is_over_the_name_told_last(
    day: list[tuple[Any, str, bool]], client: AppClient
) -> None:
    outcomes: list[Any] = []
    over, subject = [], "ana@example.com"
    for n, ((question, answers, _), user_id, refused) in enumerate(day):
        subject = user_id or subject
        session = f"session-of-the-question-number-{n}"
        outcomes += [{**asked_of_user(question, user_id), "Session": session}, answers]
        outcomes += [CODE, answers] if refused else []
        over += [(session, subject)] * (2 if refused else 1)
    steps, tokens = play(sign_in(user_auth(client, "ana@example.com"), means()), [*outcomes, TOKENS])
    assert tokens is not None
    for call, (session, username) in zip(calls(steps)[1:], over, strict=True):
        sent = call.params["ChallengeResponses"]
        assert call.params["Session"] == Secret(session)
        assert sent.items() >= {"USERNAME": username, **hashed(client, username)}.items()


# Passwords that are asked for by USER_AUTH


@clients
def test_a_known_password_answers_password_without_asking(client: AppClient) -> None:
    said = user_auth(client, password=PASSWORD)
    steps, tokens = play(sign_in(said, means()), [challenge("PASSWORD"), TOKENS])
    assert prompts(steps) == []
    assert calls(steps)[1].params["ChallengeResponses"] == {
        "USERNAME": "ana",
        "PASSWORD": PASSWORD,
        **hashed(client, "ana"),
    }
    assert tokens is not None


def test_a_known_password_that_is_refused_is_asked_for() -> None:
    outcomes = [challenge("PASSWORD"), WRONG, {"PASSWORD": PASSWORD}, TOKENS]
    steps, tokens = play(sign_in(user_auth(password=Secret("wrong")), means()), outcomes)
    (prompt,) = prompts(steps)
    assert prompt.refused is WRONG
    assert [call.params["ChallengeResponses"]["PASSWORD"] for call in calls(steps)[1:]] == [
        Secret("wrong"),
        PASSWORD,
    ]
    assert tokens is not None


@pytest.mark.parametrize("password", [PASSWORD, NO_PASSWORD], ids=["known", "asked"])
@clients
@admins
def test_password_srp_begins_a_proof(password: Secret, client: AppClient, through_admin: bool) -> None:
    server = Server("AbCdEf123", "7d1f", PASSWORD.reveal(), 0x1, 77)
    outcomes: list[Any] = [
        challenge("PASSWORD_SRP"),
        *([] if password else [{"PASSWORD": PASSWORD}]),
        challenge("PASSWORD_VERIFIER", "session-of-the-proof", **server.parameters(USER_ID_FOR_SRP="7d1f")),
        TOKENS,
    ]
    said = user_auth(client, password=password, through_admin=through_admin)
    steps, tokens = play(sign_in(said, means()), outcomes)
    _, begun, proof = calls(steps)
    assert len(prompts(steps)) == (0 if password else 1)
    assert begun.params["ChallengeName"] == "PASSWORD_SRP"
    assert set(begun.params["ChallengeResponses"]) == {"USERNAME", "SRP_A", *hashed(client, "ana")}
    assert proof.params["Session"] == Secret("session-of-the-proof")
    srp_a = int(begun.params["ChallengeResponses"]["SRP_A"], 16)
    assert server.accepts(srp_a, proof.params["ChallengeResponses"])
    assert proof.params["ChallengeResponses"].items() >= hashed(client, "7d1f").items()
    assert tokens is not None


# Choosing


def select(*available: str) -> dict[str, Any]:
    return {**challenge("SELECT_CHALLENGE"), "AvailableChallenges": list(available)}


ALL = ("PASSWORD", "PASSWORD_SRP", "EMAIL_OTP", "SMS_OTP", "WEB_AUTHN")


@pytest.mark.parametrize("chosen", ["EMAIL_OTP", "SMS_OTP", "WEB_AUTHN"])
@clients
def test_a_choice_is_sent_as_it_is(chosen: str, client: AppClient) -> None:
    said = user_auth(client, password=PASSWORD)
    steps, tokens = play(sign_in(said, means()), [select(*ALL), {"ANSWER": chosen}, TOKENS])
    (prompt,) = prompts(steps)
    (field,) = challenges.form(prompt.challenge).fields
    assert [choice.value for choice in field.choices] == list(ALL)
    assert all(choice.label for choice in field.choices)
    sent = calls(steps)[1].params["ChallengeResponses"]
    assert sent == {"USERNAME": "ana", "ANSWER": chosen, **hashed(client, "ana")}
    assert tokens is not None


@pytest.mark.parametrize("password", [PASSWORD, NO_PASSWORD], ids=["known", "asked"])
@clients
def test_the_choice_of_a_password_brings_it_along(password: Secret, client: AppClient) -> None:
    outcomes: list[Any] = [
        select(*ALL),
        {"ANSWER": "PASSWORD"},
        *([] if password else [{"PASSWORD": PASSWORD}]),
        TOKENS,
    ]
    steps, tokens = play(sign_in(user_auth(client, password=password), means()), outcomes)
    assert len(calls(steps)) == 2
    assert calls(steps)[1].params["ChallengeName"] == "SELECT_CHALLENGE"
    assert calls(steps)[1].params["ChallengeResponses"] == {
        "USERNAME": "ana",
        "ANSWER": "PASSWORD",
        "PASSWORD": PASSWORD,
        **hashed(client, "ana"),
    }
    assert tokens is not None


@pytest.mark.parametrize("password", [PASSWORD, NO_PASSWORD], ids=["known", "asked"])
def test_the_choice_of_srp_brings_srp_a_along_and_the_proof_fits_it(password: Secret) -> None:
    server = Server("AbCdEf123", "7d1f", PASSWORD.reveal(), 0x2, 99)
    outcomes: list[Any] = [
        select(*ALL),
        {"ANSWER": "PASSWORD_SRP"},
        *([] if password else [{"PASSWORD": PASSWORD}]),
        challenge("PASSWORD_VERIFIER", **server.parameters(USER_ID_FOR_SRP="7d1f")),
        TOKENS,
    ]
    steps, tokens = play(sign_in(user_auth(password=password), means()), outcomes)
    _, chosen, proof = calls(steps)
    srp_a = int(chosen.params["ChallengeResponses"]["SRP_A"], 16)
    assert server.accepts(srp_a, proof.params["ChallengeResponses"])
    assert tokens is not None


def test_a_chosen_password_that_is_refused_may_be_chosen_again_and_is_asked_for() -> None:
    outcomes = [
        select(*ALL),
        {"ANSWER": "PASSWORD"},
        WRONG,
        {"ANSWER": "PASSWORD"},
        {"PASSWORD": PASSWORD},
        TOKENS,
    ]
    steps, tokens = play(sign_in(user_auth(password=Secret("wrong")), means()), outcomes)
    assert [prompt.challenge.name for prompt in prompts(steps)] == [
        "SELECT_CHALLENGE",
        "SELECT_CHALLENGE",
        "PASSWORD",
    ]
    assert prompts(steps)[1].refused is WRONG
    assert calls(steps)[-1].params["ChallengeResponses"]["PASSWORD"] == PASSWORD
    assert tokens is not None


def test_a_credential_may_come_along_with_the_choice() -> None:
    answers = {"ANSWER": "WEB_AUTHN", "CREDENTIAL": Secret("{}")}
    steps, _ = play(sign_in(user_auth(), means()), [select(*ALL), answers, TOKENS])
    assert calls(steps)[1].params["ChallengeResponses"] == {"USERNAME": "ana", **answers}


# Devices

DEVICE = Device("eu-west-1_6a1f", "-group", Secret("device-password"))
DEVICE_SERVER = Server(DEVICE.group_key, DEVICE.key, DEVICE.password.reveal(), 0xFF01, 31337)
DEVICE_VERIFIER = challenge(
    "DEVICE_PASSWORD_VERIFIER",
    "session-of-the-device-proof",
    **DEVICE_SERVER.parameters(USERNAME="7d1f", DEVICE_KEY=DEVICE.key),
)


@clients
@pytest.mark.parametrize("known", [True, False], ids=["kept", "key only"])
def test_a_device_proves_itself(client: AppClient, known: bool) -> None:
    device = DEVICE if known else Device(DEVICE.key)
    told = {"DEVICE_GROUP_KEY": DEVICE.group_key, "DEVICE_PASSWORD": DEVICE.password}
    outcomes: list[Any] = [
        challenge("SMS_MFA", USER_ID_FOR_SRP="7d1f"),
        {"SMS_MFA_CODE": "123456"},
        challenge("DEVICE_SRP_AUTH", "session-of-the-device"),
        *([] if known else [told]),
        DEVICE_VERIFIER,
        TOKENS,
    ]
    said = SignIn(client, "ana", PASSWORD, AuthFlow.USER_PASSWORD_AUTH, device=device)
    steps, tokens = play(sign_in(said, means()), outcomes)
    first, code, begun, proof = calls(steps)
    assert first.params["AuthParameters"]["DEVICE_KEY"] == DEVICE.key
    assert code.params["ChallengeResponses"]["DEVICE_KEY"] == DEVICE.key
    srp_a = begun.params["ChallengeResponses"]["SRP_A"]
    assert begun.params["ChallengeResponses"] == {
        "USERNAME": "7d1f",
        "SRP_A": srp_a,
        "DEVICE_KEY": DEVICE.key,
        **hashed(client, "7d1f"),
    }
    assert begun.params["Session"] == Secret("session-of-the-device")
    sent = proof.params["ChallengeResponses"]
    assert sent.items() >= {"USERNAME": "7d1f", "DEVICE_KEY": DEVICE.key, **hashed(client, "7d1f")}.items()
    assert proof.params["Session"] == Secret("session-of-the-device-proof")
    assert DEVICE_SERVER.accepts(int(srp_a, 16), sent)
    assert tokens is not None
    assert tokens.lost_device == ""


def test_a_device_that_only_cognito_knows_of_is_asked_for() -> None:
    outcomes = [
        challenge("DEVICE_SRP_AUTH", DEVICE_KEY=DEVICE.key),
        {"DEVICE_GROUP_KEY": DEVICE.group_key, "DEVICE_PASSWORD": DEVICE.password},
        DEVICE_VERIFIER,
        TOKENS,
    ]
    steps, tokens = play(sign_in(user_auth(), means()), outcomes)
    assert calls(steps)[-1].params["ChallengeResponses"]["DEVICE_KEY"] == DEVICE.key
    assert tokens is not None


@pytest.mark.parametrize("question", ["DEVICE_SRP_AUTH", "DEVICE_PASSWORD_VERIFIER"])
def test_a_question_about_no_device_at_all_is_not_cognitos(question: str) -> None:
    with pytest.raises(NotCognito, match="device"):
        play(sign_in(user_auth(), means()), [challenge(question)])


WITH_DEVICE = SignIn(CLIENT, "ana", PASSWORD, AuthFlow.USER_PASSWORD_AUTH, device=DEVICE)
CODE_ASKED = challenge("SMS_MFA", USER_ID_FOR_SRP="7d1f")
BEFORE_IT_IS_LOST: dict[str, list[Any]] = {
    "at the first request": [],
    "at a person's answer": [CODE_ASKED, {"SMS_MFA_CODE": "1"}],
    "at a choice": [select("EMAIL_OTP"), {"ANSWER": "EMAIL_OTP"}],
    "at a known password": [challenge("PASSWORD")],
    "when it begins to prove itself": [challenge("DEVICE_SRP_AUTH")],
    "at its proof": [challenge("DEVICE_SRP_AUTH"), DEVICE_VERIFIER],
}


@pytest.mark.parametrize("before", BEFORE_IT_IS_LOST.values(), ids=BEFORE_IT_IS_LOST)
def test_a_device_cognito_does_not_know_is_dropped_and_the_walk_begins_anew(before: list[Any]) -> None:
    steps, tokens = play(
        sign_in(WITH_DEVICE, means()), [*before, LOST, CODE_ASKED, {"SMS_MFA_CODE": "2"}, TOKENS]
    )
    *_, first, code = calls(steps)
    assert first.operation == "InitiateAuth"
    assert "DEVICE_KEY" not in first.params["AuthParameters"]
    assert "DEVICE_KEY" not in code.params["ChallengeResponses"]
    assert all(prompt.refused is None for prompt in prompts(steps))
    assert tokens is not None
    assert tokens.lost_device == DEVICE.key


def test_it_is_dropped_once_only_and_not_for_other_reasons() -> None:
    with pytest.raises(Refused, match="Device does not exist"):
        play(sign_in(WITH_DEVICE, means()), [LOST, LOST])
    with pytest.raises(Refused, match="Device does not exist"):
        play(sign_in(replace(WITH_DEVICE, device=None), means()), [LOST])
    gone = refuse("InitiateAuth", "ResourceNotFoundException", "User pool client x does not exist.")
    with pytest.raises(Refused, match="User pool client"):
        play(sign_in(WITH_DEVICE, means()), [gone])


def test_tokens_tell_of_a_new_device() -> None:
    named = {"DeviceKey": "eu-west-1_6a1f", "DeviceGroupKey": "-group"}
    result = {"AuthenticationResult": {**TOKENS["AuthenticationResult"], "NewDeviceMetadata": named}}
    _, tokens = play(sign_in(user_auth(), means()), [result])
    assert tokens is not None
    assert tokens.new_device == Device("eu-west-1_6a1f", "-group")
    _, tokens = play(sign_in(user_auth(), means()), [TOKENS])
    assert tokens is not None
    assert tokens.new_device is None


def test_a_prompt_shows_no_secret() -> None:
    outcomes = [challenge("CUSTOM_CHALLENGE"), {"ANSWER": "s3ntinel"}]
    steps, _ = play(sign_in(user_auth(WITH_SECRET, password=PASSWORD), means()), outcomes)
    assert isinstance(steps[1], Prompt)
    for secret in ("s3ntinel", PASSWORD.reveal(), SESSION):
        assert secret not in repr(steps)
