"""Every auth flow: its first request, and the way to tokens when the person is asked nothing more."""

from __future__ import annotations

import base64
from dataclasses import replace
from typing import Any

import pytest

from cognito_tui.cognito import auth_flows, srp
from cognito_tui.cognito.auth_flows import ABOUT
from cognito_tui.cognito.errors import NotCognito
from cognito_tui.cognito.flows.sign_in import SRP_A_TO_COME, SignIn, sign_in
from cognito_tui.cognito.model import AppClient, AuthFlow, Device, Secret, Tokens
from cognito_tui.cognito.steps import Call
from tests.cognito.srp_server import Server
from tests.dialogue import (
    CLIENT,
    NOW,
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
from tests.service_model import problems

PASSWORD = "Correct-Horse7"
DEVICE = Device("eu-west-1_6a1f", "-group", Secret("device-password"))
SERVER = Server("AbCdEf123", "7d1f0c52", PASSWORD, 0x8F11, 987654321)
VERIFIER = SERVER.parameters(USER_ID_FOR_SRP="7d1f0c52", USERNAME="7d1f0c52")

clients = pytest.mark.parametrize("client", [CLIENT, WITH_SECRET], ids=["no secret", "secret"])
names = pytest.mark.parametrize("username", ["ana", "ana@example.com", "+351912345678"])


def start(auth_flow: AuthFlow, client: AppClient = CLIENT, username: str = "ana", **others: Any) -> SignIn:
    return SignIn(client, username, Secret(PASSWORD), auth_flow, **others)


def parameters(call: Call) -> dict[str, Any]:
    return dict(call.params["AuthParameters"])


def responses(call: Call) -> dict[str, Any]:
    return dict(call.params["ChallengeResponses"])


WAYS = [
    # (what is said, what the first request carries beside USERNAME and SECRET_HASH)
    (start(AuthFlow.USER_SRP_AUTH), {"SRP_A"}),
    (start(AuthFlow.USER_PASSWORD_AUTH), {"PASSWORD"}),
    (start(AuthFlow.ADMIN_USER_PASSWORD_AUTH), {"PASSWORD"}),
    (start(AuthFlow.ADMIN_NO_SRP_AUTH), {"PASSWORD"}),
    (start(AuthFlow.CUSTOM_AUTH), set[str]()),
    (start(AuthFlow.CUSTOM_AUTH, with_srp=True), {"CHALLENGE_NAME", "SRP_A"}),
    (start(AuthFlow.USER_AUTH), set[str]()),
    (start(AuthFlow.USER_AUTH, preferred_challenge="PASSWORD"), {"PREFERRED_CHALLENGE", "PASSWORD"}),
    (start(AuthFlow.USER_AUTH, preferred_challenge="PASSWORD_SRP"), {"PREFERRED_CHALLENGE", "SRP_A"}),
    (start(AuthFlow.USER_AUTH, preferred_challenge="EMAIL_OTP"), {"PREFERRED_CHALLENGE"}),
    (start(AuthFlow.USER_AUTH, preferred_challenge="SMS_OTP"), {"PREFERRED_CHALLENGE"}),
    (start(AuthFlow.USER_AUTH, preferred_challenge="WEB_AUTHN"), {"PREFERRED_CHALLENGE"}),
]
ways = pytest.mark.parametrize(
    ("said", "carried"),
    WAYS,
    ids=[
        f"{said.auth_flow} {said.preferred_challenge}{'SRP_A' if said.with_srp else ''}".strip()
        for said, _ in WAYS
    ],
)


def test_every_flow_a_person_signs_in_by_is_among_the_ways() -> None:
    assert {said.auth_flow for said, _ in WAYS} == set(auth_flows.SIGN_IN)
    assert {said.preferred_challenge for said, _ in WAYS} == {"", *auth_flows.PREFERRED_CHALLENGES}


@ways
@clients
@names
@pytest.mark.parametrize("through_admin", [False, True], ids=["public", "admin"])
def test_the_first_request_carries_what_the_flow_wants_over_the_name_as_typed(
    said: SignIn, carried: set[str], client: AppClient, username: str, through_admin: bool
) -> None:
    said = replace(said, client=client, username=username, through_admin=through_admin)
    steps, tokens = play(sign_in(said, means()), [TOKENS])
    (call,) = calls(steps)
    assert call.operation == ("AdminInitiateAuth" if said.admin else "InitiateAuth")
    assert said.admin is (through_admin or not ABOUT[said.auth_flow].public)
    assert call.signed is said.admin
    assert call.params.get("UserPoolId") == (client.user_pool_id if said.admin else None)
    assert call.params["AuthFlow"] == said.auth_flow
    sent = parameters(call)
    assert set(sent) == {"USERNAME", *carried, *hashed(client, username)}
    assert sent.items() >= {"USERNAME": username, **hashed(client, username)}.items()
    assert sent.get("PASSWORD", Secret(PASSWORD)) == Secret(PASSWORD)
    assert sent.get("CHALLENGE_NAME", "SRP_A") == "SRP_A"
    assert sent.get("PREFERRED_CHALLENGE", "") == said.preferred_challenge
    assert isinstance(tokens, Tokens)
    assert tokens.username == "canonical", "what a refresh has to hash, not what was typed"
    assert tokens.token("RefreshToken") == Secret("opaque")


@ways
def test_metadata_and_device_key_go_with_every_request(said: SignIn, carried: set[str]) -> None:
    said = replace(said, client_metadata={"k": "v"}, device=DEVICE)
    steps, _ = play(sign_in(said, means()), [challenge("CUSTOM_CHALLENGE"), {"ANSWER": "x"}, TOKENS])
    first, second = calls(steps)
    assert first.params["ClientMetadata"] == second.params["ClientMetadata"] == {"k": "v"}
    assert parameters(first)["DEVICE_KEY"] == responses(second)["DEVICE_KEY"] == DEVICE.key


@ways
def test_a_password_that_is_not_known_is_not_sent_empty_where_it_may_be_asked(
    said: SignIn, carried: set[str]
) -> None:
    steps, _ = play(sign_in(replace(said, password=Secret("")), means()), [TOKENS])
    sent = parameters(calls(steps)[0])
    if said.auth_flow is AuthFlow.USER_AUTH:
        assert not {"PASSWORD", "SRP_A"} & set(sent)
    assert said.needs_password is bool(carried & {"PASSWORD", "SRP_A"})


@ways
def test_a_request_shown_beforehand_is_one_the_service_model_allows(said: SignIn, carried: set[str]) -> None:
    shown = said.first_call()
    assert problems(shown) == []
    if "SRP_A" in carried:
        assert parameters(shown)["SRP_A"] == SRP_A_TO_COME


SRP_WAYS = [said for said, carried in WAYS if "SRP_A" in carried]


@pytest.mark.parametrize("said", SRP_WAYS, ids=[str(said.auth_flow) for said in SRP_WAYS])
@clients
@names
@pytest.mark.parametrize("through_admin", [False, True], ids=["public", "admin"])
@pytest.mark.parametrize("session", [None, SESSION], ids=["no session", "session"])
def test_the_proof_is_given_at_once_over_what_cognito_calls_the_user(
    said: SignIn, client: AppClient, username: str, through_admin: bool, session: str | None
) -> None:
    said = replace(said, client=client, username=username, through_admin=through_admin)
    asked = challenge("PASSWORD_VERIFIER", session, **VERIFIER)
    steps, tokens = play(sign_in(said, means()), [asked, TOKENS])
    first, proof = calls(steps)
    assert prompts(steps) == []
    assert proof.operation == ("AdminRespondToAuthChallenge" if through_admin else "RespondToAuthChallenge")
    assert proof.params.get("Session") == (Secret(session) if session else None)
    sent = responses(proof)
    assert sent.items() >= {"USERNAME": "7d1f0c52", **hashed(client, "7d1f0c52")}.items()
    assert sent["TIMESTAMP"] == srp.timestamp(NOW)
    assert SERVER.accepts(int(parameters(first)["SRP_A"], 16), sent)
    assert (proof.hashed.source if proof.hashed else None) == ("USER_ID_FOR_SRP" if client.secret else None)
    assert tokens is not None


def test_a_wrong_password_gives_a_proof_the_server_refuses_and_ends_the_walk() -> None:
    said = replace(start(AuthFlow.USER_SRP_AUTH), password=Secret("wrong"))
    steps, _ = play(sign_in(said, means()), [challenge("PASSWORD_VERIFIER", None, **VERIFIER)])
    first, proof = calls(steps)
    assert not SERVER.accepts(int(parameters(first)["SRP_A"], 16), responses(proof))
    refused = refuse("RespondToAuthChallenge", "NotAuthorizedException", "Incorrect username or password.")
    with pytest.raises(type(refused), match="Incorrect"):
        play(sign_in(said, means()), [challenge("PASSWORD_VERIFIER", None, **VERIFIER), refused])


def test_another_walk_has_another_ephemeral() -> None:
    shared = means()
    sent = [
        parameters(calls(play(sign_in(start(AuthFlow.USER_SRP_AUTH), shared), [TOKENS])[0])[0])["SRP_A"]
        for _ in range(3)
    ]
    assert len(set(sent)) == 3


def test_numbers_that_no_cognito_sends_end_the_walk_with_a_sentence() -> None:
    asked = challenge("PASSWORD_VERIFIER", None, **{**VERIFIER, "SRP_B": "0"})
    with pytest.raises(NotCognito, match="SRP_B is a multiple of N"):
        play(sign_in(start(AuthFlow.USER_SRP_AUTH), means()), [asked])


def test_a_proof_that_was_not_begun_is_not_given() -> None:
    asked = challenge("PASSWORD_VERIFIER", None, **VERIFIER)
    with pytest.raises(NotCognito, match="not begun"):
        play(sign_in(start(AuthFlow.USER_PASSWORD_AUTH), means()), [asked])


def test_custom_auth_goes_on_from_the_proof_to_the_triggers_questions() -> None:
    said = start(AuthFlow.CUSTOM_AUTH, WITH_SECRET, with_srp=True)
    question = challenge("CUSTOM_CHALLENGE", "second-session-of-20", question="2+2?")
    outcomes = [challenge("PASSWORD_VERIFIER", **VERIFIER), question, {"ANSWER": "4"}, TOKENS]
    steps, tokens = play(sign_in(said, means()), outcomes)
    answer = calls(steps)[-1]
    assert responses(answer) == {
        "USERNAME": "7d1f0c52",
        "ANSWER": Secret("4"),
        **hashed(WITH_SECRET, "7d1f0c52"),
    }
    assert answer.params["Session"] == Secret("second-session-of-20")
    assert tokens is not None


def test_the_id_token_names_the_user_where_the_access_token_does_not() -> None:
    result = {**TOKENS["AuthenticationResult"], "AccessToken": "opaque"}
    claims = base64.urlsafe_b64encode(b'{"cognito:username": "told"}').decode().rstrip("=")
    result["IdToken"] = f"e30.{claims}.c2ln"
    said = start(AuthFlow.USER_PASSWORD_AUTH)
    _, tokens = play(sign_in(said, means()), [{"AuthenticationResult": result}])
    assert tokens is not None
    assert tokens.username == "told"
