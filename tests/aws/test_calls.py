"""Calls go out as they should, and their answers come back sealed."""

from __future__ import annotations

from pathlib import Path

import pytest

from cognito_tui.aws.wire import STAND_IN
from cognito_tui.cognito import requests
from cognito_tui.cognito.errors import Refused
from cognito_tui.cognito.model import AppClient, Challenge, Secret, UserStatus
from cognito_tui.cognito.secrecy import revealed
from cognito_tui.cognito.secret_hash import Subject
from cognito_tui.cognito.tokens import claims
from tests.aws.calls import ANOTHER_NAME, DESCRIBE, Sender, initiate_auth
from tests.aws.listener import answer, listening
from tests.sandbox.house import PASSWORD, POOL, SECRET, House

CLIENT = AppClient(POOL, "secretclient", Secret(SECRET))
IDENTITY = {
    "AWS_ACCESS_KEY_ID": "AKIAOFTHEPERSON",
    "AWS_SECRET_ACCESS_KEY": "secret-key-of-the-person",
    "AWS_SESSION_TOKEN": "session-token-of-the-person",
}


@pytest.fixture
def identity(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody's real credentials, in the environment."""
    for name, value in IDENTITY.items():
        monkeypatch.setenv(name, value)


class TestAgainstTheSandbox:
    def test_tokens_come_back_sealed(self, endpoint: str) -> None:
        reply = Sender(endpoint).send(initiate_auth(CLIENT, password=PASSWORD))
        result = reply.body["AuthenticationResult"]
        assert {name for name, value in result.items() if isinstance(value, Secret)} == {
            "IdToken",
            "AccessToken",
            "RefreshToken",
        }
        assert claims(result["AccessToken"])["username"] == "ana"
        assert set(reply.body) <= {"AuthenticationResult", "ChallengeParameters"}

    def test_a_reply_tells_how_it_came(self, endpoint: str) -> None:
        reply = Sender(endpoint).send(initiate_auth(CLIENT, password=PASSWORD))
        assert reply.status == 200
        assert len(reply.request_id) == len("00000000-0000-0000-0000-000000000000")
        assert reply.size > 1000

    def test_a_challenge_is_answered_with_its_sealed_session(self, endpoint: str, house: House) -> None:
        house.user("ben", UserStatus.FORCE_CHANGE_PASSWORD)
        sender = Sender(endpoint)
        first = sender.send(initiate_auth(CLIENT, username="ben", password=PASSWORD))
        challenge = Challenge.of(first.body)
        assert challenge
        assert isinstance(challenge.session, Secret)
        last = sender.send(
            requests.respond_to_auth_challenge(
                CLIENT, challenge, {"NEW_PASSWORD": Secret("Correct-Horse7")}, subject=Subject("ben")
            )
        )
        assert isinstance(last.body["AuthenticationResult"]["AccessToken"], Secret)
        assert house.now("ben").status is UserStatus.CONFIRMED

    def test_a_refusal_has_cognitos_own_words(self, endpoint: str) -> None:
        with pytest.raises(Refused) as caught:
            Sender(endpoint).send(initiate_auth(CLIENT, password="Wrong-made-up-1"))
        refused = caught.value
        assert (refused.operation, refused.code) == ("InitiateAuth", "NotAuthorizedException")
        assert refused.message == "Incorrect username or password."
        assert refused.status == 400
        assert refused.request_id

    def test_signed_calls_are_taken_for_signed(self, endpoint: str) -> None:
        sender = Sender(endpoint)
        pool = sender.send(DESCRIBE).body["UserPool"]
        assert pool["Id"] == POOL
        reply = sender.send(initiate_auth(CLIENT, admin=True, password=PASSWORD))
        assert "AuthenticationResult" in reply.body

    def test_the_secret_of_a_described_client_is_sealed(self, endpoint: str) -> None:
        reply = Sender(endpoint).send(requests.describe_user_pool_client(POOL, "secretclient"))
        assert isinstance(reply.body["UserPoolClient"]["ClientSecret"], Secret)

    def test_a_client_that_was_prepared_sends_as_any_other(self, endpoint: str) -> None:
        sender = Sender(endpoint)
        sender.prepare()
        assert sender.send(initiate_auth(CLIENT, password=PASSWORD)).status == 200

    def test_preparing_what_cannot_be_built_says_nothing(self) -> None:
        Sender("http://no_host_name").prepare()


class TestTheRequest:
    def test_it_says_what_the_call_says(self) -> None:
        call = initiate_auth(tier="gold")
        with listening(answer({})) as listener:
            Sender(listener.url).send(call)
        (request,) = listener.requests
        assert request.params == revealed(call.params)
        assert request.params["ClientMetadata"] == {"tier": "gold"}
        assert request.headers["x-amz-target"] == "AWSCognitoIdentityProviderService.InitiateAuth"
        assert request.headers["content-type"] == "application/x-amz-json-1.1"
        assert " cognito-tui/" in request.headers["user-agent"]

    @pytest.mark.usefixtures("identity")
    @pytest.mark.parametrize("operation", ["InitiateAuth", "RespondToAuthChallenge"])
    @pytest.mark.parametrize("aws_profile", [None, "staging"])
    def test_public_calls_carry_no_signature(self, aws_profile: str | None, operation: str) -> None:
        call = initiate_auth()
        if operation == "RespondToAuthChallenge":
            challenge = Challenge("NEW_PASSWORD_REQUIRED", {}, Secret("S" * 40))
            call = requests.respond_to_auth_challenge(CLIENT, challenge, {}, subject=Subject("ana"))
        with listening(answer({}), host=ANOTHER_NAME) as listener:
            Sender(listener.url, aws_profile).send(call)
        (request,) = listener.requests
        assert request.operation == operation
        assert not {"authorization", "x-amz-security-token", "x-amz-date"} & set(request.headers)
        assert not [value for value in IDENTITY.values() if value in str(request)]

    @pytest.mark.usefixtures("identity")
    def test_admin_calls_to_this_machine_are_signed_with_a_stand_in(self) -> None:
        with listening(answer({})) as listener:
            Sender(listener.url).send(initiate_auth(admin=True))
        (request,) = listener.requests
        assert f"Credential={STAND_IN}/" in request.headers["authorization"]
        assert "x-amz-security-token" not in request.headers
        assert not [value for value in IDENTITY.values() if value in str(request)]

    @pytest.mark.usefixtures("identity")
    def test_admin_calls_to_others_are_signed_with_the_default_chain(self) -> None:
        with listening(answer({}), host=ANOTHER_NAME) as listener:
            Sender(listener.url).send(initiate_auth(admin=True))
        (request,) = listener.requests
        assert request.headers["authorization"].startswith("AWS4-HMAC-SHA256 Credential=AKIAOFTHEPERSON/")
        assert request.headers["x-amz-security-token"] == "session-token-of-the-person"
        assert "secret-key-of-the-person" not in str(request)

    @pytest.mark.usefixtures("identity")
    @pytest.mark.parametrize("host", ["127.0.0.1", ANOTHER_NAME])
    def test_an_aws_profile_signs_wherever_it_goes(self, aws: Path, host: str) -> None:
        (aws / "credentials").write_text(
            "[staging]\naws_access_key_id = AKIASTAGING\naws_secret_access_key = x\n"
        )
        with listening(answer({}), host=host) as listener:
            Sender(listener.url, "staging").send(initiate_auth(admin=True))
        (request,) = listener.requests
        assert "Credential=AKIASTAGING/" in request.headers["authorization"]
        assert "x-amz-security-token" not in request.headers

    def test_the_signature_is_for_the_profiles_region(
        self, aws: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("AWS_REGION", "us-west-2")
        monkeypatch.setenv("AWS_DEFAULT_REGION", "us-west-2")
        (aws / "config").write_text(
            "[profile staging]\nregion = us-west-1\naws_access_key_id = A\naws_secret_access_key = x\n"
        )
        with listening(answer({})) as listener:
            Sender(listener.url, "staging", region="eu-west-3").send(DESCRIBE)
        assert "/eu-west-3/cognito-idp/aws4_request" in listener.requests[0].headers["authorization"]

    def test_an_endpoint_in_the_aws_profile_is_not_followed(self, aws: Path) -> None:
        """A profile of ours says where calls go, or a variable that is shown; nothing else."""
        with listening(answer({})) as listener, listening(answer({})) as decoy:
            (aws / "config").write_text(
                "[profile staging]\naws_access_key_id = A\naws_secret_access_key = x\n"
                f"endpoint_url = {decoy.url}\n"
            )
            Sender(listener.url, "staging").send(DESCRIBE)
        assert [request.operation for request in listener.requests] == ["DescribeUserPool"]
        assert decoy.requests == []

    def test_proxies_are_passed_by_on_the_way_to_this_machine(
        self, endpoint: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
            for variable in (name, name.lower()):
                monkeypatch.setenv(variable, "http://nowhere.invalid:1")
        assert Sender(endpoint).send(initiate_auth(CLIENT, password=PASSWORD)).status == 200
        assert Sender(endpoint).send(DESCRIBE).status == 200
