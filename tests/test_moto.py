"""Against moto's server, somebody else's idea of Cognito, where it is right."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from cognito_tui.aws.jwks import Jwks
from cognito_tui.cognito import requests
from cognito_tui.cognito.errors import Refused
from cognito_tui.cognito.expected import Expected
from cognito_tui.cognito.flows.refresh import GET_TOKENS, Refresh, refresh_token_auth, refreshed
from cognito_tui.cognito.flows.sign_in import SignIn, sign_in
from cognito_tui.cognito.model import AppClient, AuthFlow, Secret, Tokens
from cognito_tui.cognito.steps import Answers, Call, Prompt
from cognito_tui.cognito.tokens import decode
from cognito_tui.cognito.trust import Verdict, verdict
from cognito_tui.walk import THIS_MACHINE, Conversation, Reply, walk
from tests import moto_server
from tests.aws.calls import Sender
from tests.aws.conftest import direct_way  # noqa: F401 a fixture
from tests.cli.running import alone

if TYPE_CHECKING:
    from tests.store.secret_service import SecretService

NEW_PASSWORD = "Correct-Horse7"
TEMPORARY = Secret("Ben-temporary-1")


@pytest.fixture(scope="session")
def moto() -> Iterator[str]:
    """Started once: it takes seconds."""
    with moto_server.running() as url:
        yield url


@pytest.fixture
def client(moto: str) -> AppClient:
    pool_id, client_id, secret = moto_server.pool_with_a_stuck_user(moto)
    return AppClient(pool_id, client_id, Secret(secret))


@pytest.mark.parametrize("flow", [AuthFlow.USER_PASSWORD_AUTH, AuthFlow.ADMIN_USER_PASSWORD_AUTH])
async def test_our_client_walks_through_new_password_required(
    moto: str, client: AppClient, flow: AuthFlow
) -> None:
    sender, conversation = Sender(moto), Conversation()

    async def send(call: Call) -> Reply:
        return sender.send(call)

    async def answer(prompt: Prompt) -> Answers:
        assert prompt.challenge.name == "NEW_PASSWORD_REQUIRED"
        assert prompt.refused is None
        return {"NEW_PASSWORD": Secret(NEW_PASSWORD)}

    start = SignIn(client, "ben", TEMPORARY, flow)
    tokens = await walk(sign_in(start, THIS_MACHINE), call=conversation.recording(send), ask=answer)
    assert isinstance(tokens, Tokens)
    assert all(tokens.token(name) for name in ("IdToken", "AccessToken", "RefreshToken"))
    assert tokens.username == "ben"
    wanted = Expected(client.user_pool_id, client.client_id, "eu-west-1", moto)
    for name in ("IdToken", "AccessToken"):
        jwt = decode(tokens.token(name) or Secret(""))
        assert verdict(Jwks().verify(jwt, wanted, time.time())) is Verdict.VALID
    assert [exchange.call.about for exchange in conversation.exchanges] == [
        flow,
        "NEW_PASSWORD_REQUIRED",
    ]
    user = sender.send(requests.admin_get_user(client.user_pool_id, "ben")).body
    assert user["UserStatus"] == "CONFIRMED"


def test_it_checks_the_hash_of_a_proof_by_srp(moto: str, client: AppClient) -> None:
    """Only the first request: moto's USER_ID_FOR_SRP is a name it does not find the user by afterwards."""
    flow = sign_in(SignIn(client, "ben", TEMPORARY, AuthFlow.USER_SRP_AUTH), THIS_MACHINE)
    first = next(flow)
    assert isinstance(first, Call)
    asked = Sender(moto).send(first)
    assert asked.body["ChallengeName"] == "PASSWORD_VERIFIER"
    proof = flow.send(asked.body)
    assert isinstance(proof, Call)
    assert proof.about == "PASSWORD_VERIFIER"
    wrong = replace(client, secret=Secret("w" * 51))
    with pytest.raises(Refused) as caught:
        Sender(moto).send(SignIn(wrong, "ben", TEMPORARY).first_call("ab"))
    assert caught.value.code == "NotAuthorizedException"


async def test_a_refresh_is_over_the_username_of_the_tokens(moto: str, client: AppClient) -> None:
    """Moto compares the hash with the one over the username the refresh token was made for."""
    sender = Sender(moto)

    async def send(call: Call) -> Reply:
        return sender.send(call)

    async def answer(_prompt: Prompt) -> Answers:
        return {"NEW_PASSWORD": Secret(NEW_PASSWORD)}

    start = SignIn(client, "ben", TEMPORARY, AuthFlow.USER_PASSWORD_AUTH)
    tokens = await walk(sign_in(start, THIS_MACHINE), call=send, ask=answer)
    refresh_token = tokens.token("RefreshToken")
    assert refresh_token
    refresh = Refresh(client, refresh_token, tokens.username)
    fresh = await walk(refresh_token_auth(refresh), call=send, ask=answer)
    assert fresh.token("AccessToken") != tokens.token("AccessToken")
    assert fresh.token("RefreshToken") == refresh_token
    with pytest.raises(Refused):
        await walk(refresh_token_auth(replace(refresh, username="an-alias")), call=send, ask=answer)


async def test_a_refresh_goes_by_the_flow_where_it_has_no_operation_for_it(
    moto: str, client: AppClient
) -> None:
    sender, conversation = Sender(moto), Conversation()

    async def send(call: Call) -> Reply:
        return sender.send(call)

    async def answer(_prompt: Prompt) -> Answers:
        return {"NEW_PASSWORD": Secret(NEW_PASSWORD)}

    start = SignIn(client, "ben", TEMPORARY, AuthFlow.USER_PASSWORD_AUTH)
    tokens = await walk(sign_in(start, THIS_MACHINE), call=send, ask=answer)
    refresh = Refresh(client, tokens.token("RefreshToken") or Secret(""), tokens.username)
    done = await walk(refreshed(refresh), call=conversation.recording(send), ask=answer)
    assert [each.call.operation for each in conversation.exchanges] == [GET_TOKENS, "InitiateAuth"]
    assert done.way.operation == "REFRESH_TOKEN_AUTH"


def test_what_it_describes_comes_back_sealed(moto: str, client: AppClient) -> None:
    sender = Sender(moto)
    assert sender.send(requests.describe_user_pool(client.user_pool_id)).body["UserPool"]["Name"] == "moto"
    told = sender.send(requests.describe_user_pool_client(client.user_pool_id, client.client_id)).body
    assert told["UserPoolClient"]["ClientSecret"] == client.secret


def test_what_it_refuses_is_told(moto: str, client: AppClient) -> None:
    start = SignIn(client, "nobody", TEMPORARY, AuthFlow.ADMIN_USER_PASSWORD_AUTH)
    with pytest.raises(Refused) as caught:
        Sender(moto).send(start.first_call())
    assert caught.value.status == 400
    assert caught.value.code.endswith("Exception")


def test_the_command_line_walks_there_in_processes_of_its_own(
    moto: str,
    client: AppClient,
    secret_service: SecretService,
) -> None:
    assert client.secret
    options = ("--user-pool-id", client.user_pool_id, "--client-id", client.client_id, "--endpoint-url", moto)
    added = alone("profiles", "add", "moto", *options, "--secret-stdin", stdin=client.secret.reveal())
    assert (added.status, added.out) == (0, "")  # moto's secrets look odd, which is a warning
    answers = {"PASSWORD": TEMPORARY.reveal(), "NEW_PASSWORD": NEW_PASSWORD}
    ran = alone(
        *("sign-in", "--profile", "moto", "--username", "ben", "--answers", "-"),
        *("--flow", "USER_PASSWORD_AUTH"),
        stdin=json.dumps(answers),
    )
    assert set(ran.json()) >= {"IdToken", "AccessToken", "RefreshToken"}
    again = alone(
        *("sign-in", "--profile", "moto", "--username", "ben", "--answers", "-"),
        *("--flow", "ADMIN_USER_PASSWORD_AUTH"),
        stdin=json.dumps({"PASSWORD": NEW_PASSWORD}),
    )
    assert again.status == 0
