from __future__ import annotations

from typing import Any

import pytest

from cognito_tui.cognito.errors import AnswerLost, BadRequest, CognitoError, NotCognito, Refused
from cognito_tui.cognito.flows.refresh import (
    GET_TOKENS,
    Refresh,
    get_tokens_from_refresh_token,
    refresh_token_auth,
    refreshed,
    way,
)
from cognito_tui.cognito.model import AppClient, AuthFlow, Secret
from tests.dialogue import CLIENT, TOKENS, WITH_SECRET, calls, hashed, play, refuse

TOKEN = Secret("the-refresh-token")
ROTATED = TOKENS
KEPT: dict[str, Any] = {
    "AuthenticationResult": {
        name: value for name, value in TOKENS["AuthenticationResult"].items() if name != "RefreshToken"
    }
}

clients = pytest.mark.parametrize("client", [CLIENT, WITH_SECRET], ids=["no secret", "secret"])


@clients
@pytest.mark.parametrize("flow", [AuthFlow.REFRESH_TOKEN_AUTH, AuthFlow.REFRESH_TOKEN])
@pytest.mark.parametrize("admin", [False, True], ids=["public", "admin"])
@pytest.mark.parametrize("device_key", ["", "eu-west-1_6a1f"])
def test_the_auth_flow_hashes_the_canonical_username_and_sends_none(
    client: AppClient, flow: AuthFlow, admin: bool, device_key: str
) -> None:
    refresh = Refresh(client, TOKEN, "7d1f", device_key, {"k": "v"})
    steps, tokens = play(refresh_token_auth(refresh, flow, admin=admin), [KEPT])
    (call,) = calls(steps)
    assert call.operation == ("AdminInitiateAuth" if admin else "InitiateAuth")
    assert call.params["AuthFlow"] == flow
    assert call.params["ClientMetadata"] == {"k": "v"}
    assert call.params["AuthParameters"] == {
        "REFRESH_TOKEN": TOKEN,
        **({"DEVICE_KEY": device_key} if device_key else {}),
        **hashed(client, "7d1f"),
    }
    assert (call.hashed is not None) is (client.secret is not None)
    if call.hashed is not None:
        assert call.hashed.username == "7d1f"
        assert not call.hashed.typed
    assert tokens is not None


@clients
def test_the_operation_of_its_own_sends_the_secret_itself_and_no_hash(client: AppClient) -> None:
    refresh = Refresh(client, TOKEN, device_key="eu-west-1_6a1f", client_metadata={"k": "v"})
    steps, tokens = play(get_tokens_from_refresh_token(refresh), [ROTATED])
    (call,) = calls(steps)
    assert call.params == {
        "ClientId": client.client_id,
        "RefreshToken": TOKEN,
        "DeviceKey": "eu-west-1_6a1f",
        "ClientMetadata": {"k": "v"},
        **({"ClientSecret": client.secret} if client.secret else {}),
    }
    assert call.hashed is None
    assert not call.signed
    assert tokens is not None


def test_it_is_never_repeated_by_itself() -> None:
    (call,) = calls(play(get_tokens_from_refresh_token(Refresh(CLIENT, TOKEN)), [])[0])
    assert not call.reads_only, "a second time would be taken for a stolen token"


@pytest.mark.parametrize("flow", [refresh_token_auth, get_tokens_from_refresh_token])
def test_the_old_refresh_token_is_kept_when_no_new_one_comes(flow: Any) -> None:
    _, kept = play(flow(Refresh(CLIENT, TOKEN, "7d1f")), [KEPT])
    assert kept is not None
    assert kept.token("RefreshToken") == TOKEN
    _, rotated = play(flow(Refresh(CLIENT, TOKEN, "7d1f")), [ROTATED])
    assert rotated is not None
    assert rotated.token("RefreshToken") == Secret("opaque")
    assert kept.username == rotated.username == "canonical"


def test_tokens_that_tell_no_username_keep_the_one_there_was() -> None:
    _, tokens = play(
        refresh_token_auth(Refresh(CLIENT, TOKEN, "7d1f")), [{"AuthenticationResult": {"AccessToken": "x"}}]
    )
    assert tokens is not None
    assert tokens.username == "7d1f"


def test_a_hash_over_nobody_is_not_sent() -> None:
    with pytest.raises(BadRequest, match="not known"):
        play(refresh_token_auth(Refresh(WITH_SECRET, TOKEN)), [])
    steps, _ = play(refresh_token_auth(Refresh(CLIENT, TOKEN)), [])
    assert len(calls(steps)) == 1, "a client without a secret hashes nothing"


def test_a_refusal_ends_the_flow() -> None:
    reused = refuse("GetTokensFromRefreshToken", "RefreshTokenReuseException", "reused")
    with pytest.raises(Refused, match="reused"):
        play(get_tokens_from_refresh_token(Refresh(CLIENT, TOKEN)), [reused])


@pytest.mark.parametrize(
    "answer",
    [
        {},
        {"AuthenticationResult": {}},
        {"AuthenticationResult": "tokens"},
        {"AuthenticationResult": {"AccessToken": 5}},
        {"AuthenticationResult": {"AccessToken": "a\ud800"}},
    ],
    ids=str,
)
def test_an_answer_without_tokens_is_not_cognitos(answer: dict[str, Any]) -> None:
    with pytest.raises(NotCognito):
        play(get_tokens_from_refresh_token(Refresh(CLIENT, TOKEN)), [answer])


UNKNOWN = Refused("GetTokensFromRefreshToken", "UnknownOperationException", "")


class TestTheWay:
    @clients
    @pytest.mark.parametrize("rotates", [None, False, True])
    def test_is_the_operation_of_its_own(self, client: AppClient, rotates: bool | None) -> None:
        steps, done = play(refreshed(Refresh(client, TOKEN, "7d1f"), rotates=rotates), [KEPT])
        assert [call.operation for call in calls(steps)] == [GET_TOKENS]
        assert done is not None
        assert done.way == way(Refresh(client, TOKEN, "7d1f"), rotates=rotates)
        about_rotation, about_secret = done.way.why
        assert about_rotation.startswith("The client rotates" if rotates else "It works whether")
        assert ("no SECRET_HASH" in about_secret) is (client.secret is not None)

    @clients
    def test_is_the_flow_where_that_is_asked_for(self, client: AppClient) -> None:
        refresh = Refresh(client, TOKEN, "7d1f")
        steps, done = play(refreshed(refresh, asked="REFRESH_TOKEN_AUTH", rotates=True), [KEPT])
        (call,) = calls(steps)
        assert call.params["AuthFlow"] == "REFRESH_TOKEN_AUTH"
        assert done is not None
        assert done.way.why[0] == "It was asked for."
        assert ("is over 7d1f" in done.way.why[1]) is (client.secret is not None)
        assert done.way.why[2] == "The client rotates refresh tokens: Cognito refuses this flow."

    @clients
    @pytest.mark.parametrize(
        "error",
        [
            NotCognito(GET_TOKENS, "a page", 404),
            NotCognito(GET_TOKENS, "a page, as moto gives", 500),
            NotCognito(GET_TOKENS, "a page", 501),
            UNKNOWN,
            Refused(GET_TOKENS, "InternalFailure", "not yet emulated by LocalStack", 501),
            Refused(GET_TOKENS, "Unsupported", "cognito-local does not have it", 500),
        ],
        ids=lambda error: f"{error.name} {error.status}",
    )
    def test_is_the_flow_where_the_endpoint_knows_no_other(
        self, client: AppClient, error: CognitoError
    ) -> None:
        steps, done = play(refreshed(Refresh(client, TOKEN, "7d1f")), [error, KEPT])
        assert [call.operation for call in calls(steps)] == [GET_TOKENS, "InitiateAuth"]
        assert done is not None
        assert done.way.operation == "REFRESH_TOKEN_AUTH"
        assert done.way.why[0] == "The endpoint does not know GetTokensFromRefreshToken."

    def test_does_not_change_when_there_is_nobody_to_hash(self) -> None:
        with pytest.raises(Refused):
            play(refreshed(Refresh(WITH_SECRET, TOKEN)), [UNKNOWN])

    @pytest.mark.parametrize(
        "error",
        [
            AnswerLost(GET_TOKENS, "no answer"),
            NotCognito(GET_TOKENS, "half an answer"),
            NotCognito(GET_TOKENS, "a gateway's page", 502),
            NotCognito(GET_TOKENS, "a gateway's page", 503),
            NotCognito(GET_TOKENS, "a gateway's page", 504),
            Refused(GET_TOKENS, "InternalErrorException", "internal", 500),
        ],
        ids=str,
    )
    def test_does_not_change_when_the_refresh_may_have_been_done(self, error: CognitoError) -> None:
        with pytest.raises(CognitoError) as caught:
            play(refreshed(Refresh(CLIENT, TOKEN)), [error])
        assert caught.value is error

    def test_does_not_change_when_an_answer_has_no_tokens(self) -> None:
        with pytest.raises(NotCognito) as caught:
            play(refreshed(Refresh(CLIENT, TOKEN)), [{}])
        assert caught.value.operation == GET_TOKENS

    def test_does_not_change_when_cognito_refuses(self) -> None:
        with pytest.raises(Refused):
            play(refreshed(Refresh(CLIENT, TOKEN)), [Refused("G", "RefreshTokenReuseException", "again")])

    @pytest.mark.parametrize("asked", ["", "REFRESH_TOKEN_AUTH"])
    def test_tells_of_the_device_that_goes_along(self, asked: str) -> None:
        found = way(Refresh(CLIENT, TOKEN, device_key="eu-west-1_6a1f"), asked=asked)
        assert found.why[-1] == (
            "The key of the user's device goes along, eu-west-1_6a1f: the pool tracks devices."
        )
