"""As whom calls are signed, asked of an STS on this machine."""

from __future__ import annotations

from pathlib import Path

import pytest

from cognito_tui.aws.account import Identity, aws_profiles, caller_identity, usual_region
from cognito_tui.cognito.errors import AnswerLost, NoCredentials, NotDone, Refused
from tests.aws.listener import answer, listening

ARN = "arn:aws:sts::123456789012:assumed-role/admin/ana"
ANSWER = answer(
    b"<GetCallerIdentityResponse xmlns='https://sts.amazonaws.com/doc/2011-06-15/'><GetCallerIdentityResult>"
    b"<Arn>" + ARN.encode() + b"</Arn><UserId>X:ana</UserId><Account>123456789012</Account>"
    b"</GetCallerIdentityResult></GetCallerIdentityResponse>"
)
EXPIRED = answer(
    b"<ErrorResponse><Error><Type>Sender</Type><Code>ExpiredToken</Code><Message>The security token included "
    b"in the request is expired</Message></Error></ErrorResponse>",
    403,
)


@pytest.fixture
def keys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIAOFTHEPERSON")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "x")


@pytest.mark.usefixtures("keys")
class TestIdentity:
    def test_is_what_sts_says(self, monkeypatch: pytest.MonkeyPatch) -> None:
        with listening(ANSWER) as sts:
            monkeypatch.setenv("AWS_ENDPOINT_URL_STS", sts.url)
            assert caller_identity("eu-west-1", None) == Identity(ARN, "123456789012")
        (request,) = sts.requests
        assert b"Action=GetCallerIdentity" in request.body
        assert "Credential=AKIAOFTHEPERSON/" in request.headers["authorization"]
        assert "/eu-west-1/sts/" in request.headers["authorization"]

    def test_of_another_aws_profile(self, aws: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        (aws / "credentials").write_text(
            "[staging]\naws_access_key_id = AKIASTAGING\naws_secret_access_key = x\n"
        )
        with listening(ANSWER) as sts:
            monkeypatch.setenv("AWS_ENDPOINT_URL_STS", sts.url)
            caller_identity("eu-west-1", "staging")
        assert "Credential=AKIASTAGING/" in sts.requests[0].headers["authorization"]

    def test_is_never_what_an_endpoint_of_every_service_says(
        self, aws: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Of AWS itself it is asked, which a proxy on this machine keeps it from."""
        monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
        monkeypatch.setenv("NO_PROXY", "127.0.0.1")
        with listening(ANSWER) as elsewhere:
            monkeypatch.setenv("AWS_ENDPOINT_URL", elsewhere.url)
            (aws / "config").write_text(f"[default]\nendpoint_url = {elsewhere.url}\n")
            with pytest.raises(NotDone):
                caller_identity("eu-west-1", None)
        assert elsewhere.requests == []

    def test_credentials_that_have_expired(self, monkeypatch: pytest.MonkeyPatch) -> None:
        with listening(EXPIRED) as sts:
            monkeypatch.setenv("AWS_ENDPOINT_URL_STS", sts.url)
            with pytest.raises(
                Refused, match="The security token included in the request is expired"
            ) as caught:
                caller_identity("eu-west-1", None)
        assert (caught.value.operation, caught.value.code) == ("GetCallerIdentity", "ExpiredToken")
        assert caught.value.denied

    def test_an_sts_that_does_not_answer(self, monkeypatch: pytest.MonkeyPatch) -> None:
        with listening(b"") as sts:
            monkeypatch.setenv("AWS_ENDPOINT_URL_STS", sts.url)
            with pytest.raises(AnswerLost):
                caller_identity("eu-west-1", None)


def test_nobody_is_nobody_and_nothing_is_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    with listening(ANSWER) as sts:
        monkeypatch.setenv("AWS_ENDPOINT_URL_STS", sts.url)
        with pytest.raises(NoCredentials, match=r"No AWS credentials found \(default chain\)"):
            caller_identity("eu-west-1", None)
        with pytest.raises(NoCredentials, match="There is no AWS profile 'nope'"):
            caller_identity("eu-west-1", "nope")
    assert sts.requests == []


class TestRegion:
    def test_is_the_variables_before_the_profiles(self, aws: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        (aws / "config").write_text("[profile staging]\nregion = eu-west-3\n[default]\nregion = eu-west-2\n")
        assert usual_region(None) == "eu-west-2"
        assert usual_region("staging") == "eu-west-3"
        monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
        assert usual_region("staging") == "us-east-1"
        monkeypatch.setenv("AWS_REGION", "us-east-2")
        assert usual_region("staging") == "us-east-2"

    def test_may_be_said_nowhere(self) -> None:
        assert usual_region(None) is None
        assert usual_region("nope") is None


def test_the_aws_profiles_of_this_machine(aws: Path) -> None:
    assert aws_profiles() == ()
    (aws / "config").write_text("[profile staging]\nregion = eu-west-3\n")
    (aws / "credentials").write_text("[old]\naws_access_key_id = x\naws_secret_access_key = y\n")
    assert aws_profiles() == ("staging", "old")
    (aws / "config").write_text("nonsense")
    assert aws_profiles() == ()
