"""AWS credentials that are missing, damaged, expired or not enough: which ones, and what to do."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from cognito_tui.cognito.errors import CognitoError, NoCredentials, Refused
from tests.aws.calls import ANOTHER_NAME, DESCRIBE, Sender, initiate_auth
from tests.aws.listener import Listener, answer, listening, refusal

KEYS = "aws_access_key_id = {}\naws_secret_access_key = x\n"
ACCESS_DENIED = (
    b"<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>not authorized to perform: "
    b"sts:AssumeRole</Message></Error></ErrorResponse>"
)


@pytest.fixture
def listener() -> Iterator[Listener]:
    with listening(answer({}), host=ANOTHER_NAME) as found:
        yield found


def trouble(sender: Sender) -> str:
    """The sentence of a signed call that must not be sent."""
    with pytest.raises(CognitoError) as caught:
        sender.send(initiate_auth(admin=True))
    assert isinstance(caught.value, NoCredentials)
    assert caught.value.operation == "AdminInitiateAuth"
    return str(caught.value)


class TestNothingIsSent:
    @pytest.fixture(autouse=True)
    def nothing_sent(self, listener: Listener) -> Iterator[None]:
        yield
        assert listener.requests == []

    def test_none_at_all(self, listener: Listener) -> None:
        assert trouble(Sender(listener.url)) == (
            "No AWS credentials found (default chain): not in the environment, in ~/.aws, in an SSO session. "
            "To make some: aws configure"
        )

    def test_none_in_the_profile(self, listener: Listener, aws: Path) -> None:
        (aws / "config").write_text("[profile staging]\nregion = eu-west-1\n")
        assert trouble(Sender(listener.url, "staging")) == (
            "No AWS credentials found (AWS profile 'staging'): not in the environment, in ~/.aws, in an SSO "
            "session. To make some: aws configure --profile staging"
        )

    def test_no_such_profile(self, listener: Listener, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIAOFTHEPERSON")
        monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "x")
        assert trouble(Sender(listener.url, "nope")) == (
            "There is no AWS profile 'nope' in ~/.aws. There are: aws configure list-profiles"
        )

    def test_no_such_profile_as_the_variable_names(
        self, listener: Listener, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("AWS_PROFILE", "nope")
        assert trouble(Sender(listener.url)) == (
            "There is no AWS profile 'nope' in ~/.aws, which AWS_PROFILE names. "
            "There are: aws configure list-profiles"
        )

    def test_half_of_them(self, listener: Listener, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIAOFTHEPERSON")
        assert trouble(Sender(listener.url)) == (
            "The AWS credentials are incomplete (default chain): AWS_SECRET_ACCESS_KEY is missing. "
            "Complete them: aws configure"
        )

    @pytest.mark.parametrize("name", ["config", "credentials"])
    def test_a_damaged_file(self, listener: Listener, aws: Path, name: str) -> None:
        (aws / name).write_bytes(b"[default\nkey\xff = \x00")
        assert trouble(Sender(listener.url)) == (
            f"{aws / name} cannot be read: it is damaged. Correct it by hand."
        )

    def test_an_sso_session_that_was_never_begun(self, listener: Listener, aws: Path) -> None:
        (aws / "config").write_text(
            "[profile staging]\nsso_start_url = https://example.invalid/start\nsso_region = eu-west-1\n"
            "sso_account_id = 123456789012\nsso_role_name = admin\n"
        )
        assert trouble(Sender(listener.url, "staging")) == (
            "The SSO session has ended or was never begun (AWS profile 'staging'). "
            "Begin one: aws sso login --profile staging"
        )

    def test_a_helper_program_that_fails(self, listener: Listener, aws: Path) -> None:
        (aws / "config").write_text("[profile staging]\ncredential_process = false\n")
        assert trouble(Sender(listener.url, "staging")) == (
            "The AWS credentials could not be had (AWS profile 'staging'): CredentialRetrievalError. "
            "To see why: aws sts get-caller-identity --profile staging"
        )

    def test_a_role_that_may_not_be_taken(
        self, listener: Listener, aws: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """That is an answer of STS, and none of Cognito's."""
        (aws / "config").write_text(
            "[profile staging]\nrole_arn = arn:aws:iam::123456789012:role/admin\nsource_profile = me\n"
            "[profile me]\n" + KEYS.format("AKIAME")
        )
        with listening(answer(ACCESS_DENIED, 403)) as sts:
            monkeypatch.setenv("AWS_ENDPOINT_URL_STS", sts.url)
            assert trouble(Sender(listener.url, "staging")) == (
                "The AWS credentials could not be had (AWS profile 'staging'): AssumeRole: AccessDenied. "
                "To see why: aws sts get-caller-identity --profile staging"
            )

    def test_a_role_that_cannot_be_asked_for(
        self, listener: Listener, aws: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The way to STS is another than the way to Cognito: nothing may look as if a request was lost."""
        (aws / "config").write_text(
            "[profile staging]\nrole_arn = arn:aws:iam::123456789012:role/admin\nsource_profile = me\n"
            "[profile me]\n" + KEYS.format("AKIAME")
        )
        with listening(b"") as sts:
            monkeypatch.setenv("AWS_ENDPOINT_URL_STS", sts.url)
            assert "could not be had (AWS profile 'staging'): ConnectionClosedError" in trouble(
                Sender(listener.url, "staging")
            )

    def test_a_setting_that_is_no_number(self, listener: Listener, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("AWS_METADATA_SERVICE_TIMEOUT", "soon")
        assert trouble(Sender(listener.url)).startswith(
            "The AWS credentials could not be had (default chain): ValueError."
        )


class TestTurnedDown:
    @pytest.mark.parametrize(
        "code",
        [
            "AccessDeniedException",
            "ExpiredTokenException",
            "UnrecognizedClientException",
            "InvalidSignatureException",
            "MissingAuthenticationTokenException",
        ],
    )
    def test_it_is_told_from_a_refusal_of_cognitos(self, code: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIAOFTHEPERSON")
        monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "x")
        with listening(refusal(code, "The security token included in the request is expired")) as found:
            with pytest.raises(Refused) as caught:
                Sender(found.url).send(initiate_auth(admin=True))
            assert len(found.requests) == 1
        assert caught.value.denied
        assert caught.value.code == code

    def test_renewed_credentials_are_taken_at_the_next_call(self, aws: Path) -> None:
        """Who is told that they have expired, signs in to AWS again, and tries again in the same app."""
        (aws / "credentials").write_text("[staging]\n" + KEYS.format("AKIAOLD"))
        expired = refusal("ExpiredTokenException")
        with listening(expired, answer({})) as listener:
            sender = Sender(listener.url, "staging")
            with pytest.raises(Refused):
                sender.send(DESCRIBE)
            (aws / "credentials").write_text("[staging]\n" + KEYS.format("AKIANEW"))
            sender.send(DESCRIBE)
        keys = [request.headers["authorization"].split("=")[1].split("/")[0] for request in listener.requests]
        assert keys == ["AKIAOLD", "AKIANEW"]

    def test_credentials_made_meanwhile_are_found(self, listener: Listener, aws: Path) -> None:
        sender = Sender(listener.url)
        trouble(sender)
        (aws / "credentials").write_text("[default]\n" + KEYS.format("AKIANEW"))
        sender.send(DESCRIBE)
        assert "AKIANEW" in listener.requests[0].headers["authorization"]
