"""Whatever goes wrong on the way is an error of its own, and is repeated only where that is safe."""

from __future__ import annotations

import contextlib
import socket
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from cognito_tui.aws.client import PAUSES
from cognito_tui.cognito import requests
from cognito_tui.cognito.errors import AnswerLost, BadRequest, CognitoError, NotCognito, NotDone, Refused
from cognito_tui.cognito.model import Challenge, Secret
from cognito_tui.cognito.secret_hash import Subject
from cognito_tui.cognito.steps import Call
from tests.aws.calls import APP_CLIENT, DESCRIBE, PASSWORD, Sender, initiate_auth
from tests.aws.listener import NEVER, answer, listening, make_certificate, nobody_at, refusal

THROTTLED = refusal("TooManyRequestsException", "Rate exceeded")
BROKEN = refusal("InternalErrorException", "We encountered an internal error", 500)
HALF = answer(b'{"AuthenticationResult": {"AccessTo', length=2000)
PAGE = b"<html><body>Nice try: " + PASSWORD.encode() + b"</body></html>"
CHALLENGE = Challenge("NEW_PASSWORD_REQUIRED", {}, Secret("S" * 40))
RESPOND = requests.respond_to_auth_challenge(
    APP_CLIENT, CHALLENGE, {"NEW_PASSWORD": Secret(PASSWORD)}, subject=Subject("ana")
)


def outcome(sender: Sender, call: Call | None = None) -> CognitoError:
    with pytest.raises(CognitoError) as caught:
        sender.send(call or initiate_auth())
    assert caught.value.operation == (call or initiate_auth()).operation
    return caught.value


class TestNobodyWasReached:
    def test_connection_refused(self) -> None:
        sender = Sender(nobody_at())
        error = outcome(sender)
        assert isinstance(error, NotDone)
        assert str(error) == "The endpoint cannot be reached: the connection was refused."
        assert sender.pauses == list(PAUSES)

    def test_no_such_name(self) -> None:
        sender = Sender("http://nobody.invalid")
        error = outcome(sender)
        assert isinstance(error, NotDone)
        assert str(error) == "The endpoint cannot be reached: there is no such name."
        assert sender.pauses == list(PAUSES)

    def test_a_region_without_cognito_is_no_such_name(self) -> None:
        assert isinstance(outcome(Sender(None, region="nowhere.invalid-1x")), BadRequest)

    @pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse where Linux is silent")
    def test_a_connection_that_is_not_accepted_is_not_tried_again(self) -> None:
        """A person has waited for the time-out once."""
        with silent() as url:
            sender = Sender(url, connect_timeout=0.1)
            error = outcome(sender)
        assert isinstance(error, NotDone)
        assert error.waited
        assert str(error) == "Nobody answered within the time-out."
        assert sender.pauses == []

    def test_what_does_not_speak_tls(self) -> None:
        with listening(answer({})) as listener:
            error = outcome(Sender(listener.url.replace("http:", "https:")))
        assert isinstance(error, NotDone)
        assert str(error) == "What listens there does not speak TLS: is the endpoint http, not https?"
        assert listener.requests == []

    def test_a_file_of_certificates_that_has_none(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("AWS_CA_BUNDLE", __file__)
        with listening(answer({})) as listener:
            error = outcome(Sender(listener.url.replace("http:", "https:")))
        assert isinstance(error, NotDone)
        assert str(error) == "AWS_CA_BUNDLE or REQUESTS_CA_BUNDLE names a file without certificates."

    @pytest.mark.parametrize("variable", ["HTTP_PROXY", "http_proxy"])
    def test_a_proxy_that_is_not_there(self, monkeypatch: pytest.MonkeyPatch, variable: str) -> None:
        monkeypatch.setenv(variable, nobody_at())
        error = outcome(Sender("http://elsewhere.invalid"))
        assert isinstance(error, NotDone)
        assert str(error) == "The proxy could not be reached, or did not let the request through."

    @pytest.mark.parametrize("proxy", ["http://", "::::", "http://user:hunter2@host:port", "☃"])
    def test_a_proxy_that_is_no_url(self, monkeypatch: pytest.MonkeyPatch, proxy: str) -> None:
        monkeypatch.setenv("HTTP_PROXY", proxy)
        error = outcome(Sender("http://elsewhere.invalid"))
        assert isinstance(error, NotDone)
        assert str(error) == "The URL of the proxy cannot be read: see HTTPS_PROXY and HTTP_PROXY."

    def test_done_at_the_third_attempt_is_done(self) -> None:
        with listening(THROTTLED, THROTTLED, answer({})) as listener:
            assert Sender(listener.url).send(initiate_auth()).status == 200
        assert len(listener.requests) == 3


class TestNobodyKnowsWhetherItWasDone:
    @pytest.mark.parametrize("call", [initiate_auth(), RESPOND])
    @pytest.mark.parametrize(
        ("said", "name"),
        [
            (NEVER, "ReadTimeoutError"),
            (HALF, "IncompleteReadError"),
            (answer({"Session": "S" * 40}, length=2000), "IncompleteReadError"),
            (b"", "ConnectionClosedError"),
            (b"HTTP/1.1 200 OK\r\nContent-Le", "IncompleteReadError"),
            (b"HTTP/1.1", "ConnectionClosedError"),
            (b"nonsense\r\n\r\n", "ConnectionClosedError"),
            (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{", "ConnectionClosedError"),
        ],
        ids=[
            "silence",
            "half",
            "half, and JSON",
            "not a word",
            "half a header",
            "no status",
            "no HTTP",
            "half a chunk",
        ],
    )
    def test_exactly_one_request_goes_out(self, call: Call, said: bytes, name: str) -> None:
        with listening(said) as listener:
            sender = Sender(listener.url, read_timeout=0.1)
            error = outcome(sender, call)
        assert isinstance(error, AnswerLost)
        assert str(error) == f"No answer came back ({name})."
        assert (len(listener.requests), sender.pauses) == (1, [])

    @pytest.mark.parametrize("said", [HALF, BROKEN])
    def test_a_read_is_repeated(self, said: bytes) -> None:
        with listening(said, said, answer({"UserPool": {"Id": "x"}})) as listener:
            sender = Sender(listener.url)
            assert sender.send(DESCRIBE).body["UserPool"]["Id"] == "x"
        assert (len(listener.requests), sender.pauses) == (3, list(PAUSES))

    def test_a_read_is_not_repeated_for_ever(self) -> None:
        with listening(HALF) as listener:
            assert isinstance(outcome(Sender(listener.url), DESCRIBE), AnswerLost)
        assert len(listener.requests) == 3


class TestCognitoHasAnswered:
    @pytest.mark.parametrize(
        ("call", "code"),
        [
            (initiate_auth(), "TooManyRequestsException"),
            (RESPOND, "TooManyRequestsException"),
            (initiate_auth(admin=True), "ThrottlingException"),
            (DESCRIBE, "Throttling"),
        ],
    )
    def test_throttling_is_repeated_twice_and_then_told(self, call: Call, code: str) -> None:
        with listening(refusal(code, "Rate exceeded")) as listener:
            sender = Sender(listener.url)
            error = outcome(sender, call)
        assert isinstance(error, Refused)
        assert (error.code, error.message) == (code, "Rate exceeded")
        assert (len(listener.requests), sender.pauses) == (3, list(PAUSES))

    @pytest.mark.parametrize("said", [BROKEN, HALF, refusal("TooManyRequestsException", "Rate exceeded")])
    def test_without_pauses_nothing_is_repeated(self, said: bytes) -> None:
        with listening(said) as listener:
            sender = Sender(listener.url, pauses=())
            outcome(sender, DESCRIBE)
        assert (len(listener.requests), sender.pauses) == (1, [])

    @pytest.mark.parametrize("call", [initiate_auth(admin=True), RESPOND])
    @pytest.mark.parametrize(
        "said",
        [
            BROKEN,
            refusal("ServiceUnavailable", "Service is unavailable", 503),
            refusal("NotAuthorizedException", "Incorrect username or password."),
            refusal("LimitExceededException", "Attempt limit exceeded, please try after some time."),
        ],
    )
    def test_any_other_refusal_is_final(self, call: Call, said: bytes) -> None:
        with listening(said) as listener:
            sender = Sender(listener.url)
            assert isinstance(outcome(sender, call), Refused)
        assert (len(listener.requests), sender.pauses) == (1, [])

    def test_its_words_come_through_to_the_letter(self) -> None:
        words = "PreSignUp failed with error 日本: 50%\u00a0{x}.\n"
        with listening(refusal("UserLambdaValidationException", words)) as listener:
            error = outcome(Sender(listener.url))
        assert isinstance(error, Refused)
        assert (error.name, error.message) == ("UserLambdaValidationException", words)


class TestSomethingElseHasAnswered:
    @pytest.mark.parametrize(
        ("said", "sentence"),
        [
            (answer(PAGE, 404), "The endpoint answered HTTP 404 without an error of Cognito's."),
            (answer(PAGE, 500), "The endpoint answered HTTP 500 without an error of Cognito's."),
            (
                answer(b"", 302, [("Location", "http://127.0.0.1:1/portal")]),
                "The endpoint answered HTTP 302 without an error of Cognito's.",
            ),
            (
                answer({"message": "Forbidden"}, 403),
                "The endpoint answered HTTP 403 without an error of Cognito's.",
            ),
            (answer(PAGE), "The answer could not be read (JSONDecodeError)."),
            (answer(b'{"AuthenticationResult": {'), "The answer could not be read (JSONDecodeError)."),
            (answer(b"\xff\xfe\x00"), "The answer could not be read (UnicodeDecodeError)."),
            (answer(b'{"a":' + b"[" * 100_000), "The answer could not be read (RecursionError)."),
        ],
        ids=["404", "500", "redirect", "403", "a page", "half JSON", "no text", "deep JSON"],
    )
    def test_it_is_not_cognito(self, said: bytes, sentence: str) -> None:
        with listening(said) as listener:
            error = outcome(Sender(listener.url))
        assert isinstance(error, NotCognito)
        assert str(error) == sentence
        assert (f"HTTP {error.status}" in sentence) is (error.status > 0)
        assert len(listener.requests) == 1

    @pytest.mark.parametrize(
        "body",
        [
            None,
            [],
            "text",
            {"ChallengeName": "X", "ChallengeParameters": ["a list"]},
            {"AuthenticationResult": "text"},
        ],
    )
    def test_json_of_another_shape(self, body: object) -> None:
        with listening(answer(body)) as listener:
            assert isinstance(outcome(Sender(listener.url)), NotCognito)

    @pytest.mark.parametrize("code", [5, None, {"a": 1}, [], ""])
    def test_an_error_of_another_shape(self, code: object) -> None:
        with listening(answer({"__type": code, "message": "m"}, 400)) as listener:
            assert isinstance(outcome(Sender(listener.url)), NotCognito)

    @pytest.mark.parametrize("told", [b"Content-Length: two", b"X-Other: 2"])
    def test_a_length_that_is_none_keeps_nobody_from_reading(self, told: bytes) -> None:
        with listening(answer({}).replace(b"Content-Length: 2", told)) as listener:
            reply = Sender(listener.url).send(initiate_auth())
        assert (reply.body, reply.size) == ({}, 0)

    def test_an_answer_that_says_nothing_is_one(self) -> None:
        with listening(answer(b" {} ")) as listener:
            assert Sender(listener.url).send(initiate_auth()).body == {}


class TestWhatIsNotSent:
    @pytest.mark.parametrize("region", ["eu_west", "-", "eu west", "a" * 64])
    def test_a_region_that_is_no_part_of_a_host_name(self, region: str) -> None:
        error = outcome(Sender(None, region=region))
        assert isinstance(error, BadRequest)
        assert str(error) == "The region is not one that can stand in a host name."

    def test_an_endpoint_whose_host_is_no_host_name(self) -> None:
        error = outcome(Sender("http://cognito_local:9229"))
        assert isinstance(error, BadRequest)
        assert str(error) == "The host of the endpoint has characters that no host name has."

    @pytest.mark.parametrize(
        ("params", "members"),
        [
            ({"ClientId": ""}, "ClientId, AuthFlow"),
            ({"AuthFlow": "X"}, "ClientId"),
            (
                {
                    "AuthFlow": "X",
                    "ClientId": "c",
                    "AuthParameters": Secret(f"for parameter {PASSWORD}, value:"),
                },
                "AuthParameters",
            ),
            (
                {"AuthFlow": "X", "ClientId": "c", "AuthParameters": {"PASSWORD": [Secret(PASSWORD)]}},
                "AuthParameters.PASSWORD",
            ),
            ({"AuthFlow": "X", "ClientId": "c", PASSWORD: "x"}, "a member"),
        ],
        ids=["empty", "missing", "no map", "a list", "unknown"],
    )
    def test_what_the_model_does_not_take_is_named_and_not_quoted(
        self, params: dict[str, object], members: str
    ) -> None:
        with listening(answer({})) as listener:
            error = outcome(Sender(listener.url), Call("InitiateAuth", params))
        assert isinstance(error, BadRequest)
        assert str(error) == f"The service model does not take the value of {members}."
        assert listener.requests == []


class TestCertificates:
    def test_one_that_nobody_vouches_for_is_not_accepted(self, tmp_path: Path) -> None:
        certificate = make_certificate(tmp_path / "certificate.pem")
        with listening(answer({}), certificate=certificate) as listener:
            error = outcome(Sender(listener.url))
        assert isinstance(error, NotDone)
        assert str(error) == "The TLS certificate was not accepted."
        assert listener.requests == []

    @pytest.mark.parametrize("variable", ["AWS_CA_BUNDLE", "REQUESTS_CA_BUNDLE"])
    def test_a_variable_may_name_whom_to_trust(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, variable: str
    ) -> None:
        certificate = make_certificate(tmp_path / "certificate.pem")
        monkeypatch.setenv(variable, str(certificate))
        with listening(answer({}), certificate=certificate) as listener:
            assert Sender(listener.url).send(initiate_auth()).status == 200

    @pytest.mark.parametrize("name", ["", " ", "/nowhere/at/all", "."])
    def test_a_variable_that_names_no_file_is_not_worth_failing_for(
        self, monkeypatch: pytest.MonkeyPatch, name: str
    ) -> None:
        monkeypatch.setenv("AWS_CA_BUNDLE", name)
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", name)
        with listening(answer({})) as listener:
            assert Sender(listener.url).send(initiate_auth()).status == 200


@contextlib.contextmanager
def silent() -> Iterator[str]:
    """A port whose queue is full: further connections are neither accepted nor refused."""
    with contextlib.ExitStack() as stack:
        listener = stack.enter_context(socket.socket())
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        address = listener.getsockname()
        for _ in range(4):
            waiting = stack.enter_context(socket.socket())
            waiting.setblocking(False)
            waiting.connect_ex(address)
        yield f"http://127.0.0.1:{address[1]}"
