"""No secret of a request or an answer is in an error, in a traceback, or in a log."""

from __future__ import annotations

import io
import logging
import traceback
from collections.abc import Iterator

import pytest
from botocore import UNSIGNED
from botocore.config import Config
from botocore.session import Session
from rich.console import Console
from rich.traceback import Traceback

from cognito_tui.aws.client import Client
from cognito_tui.cognito import requests
from cognito_tui.cognito.errors import CognitoError
from cognito_tui.cognito.model import Challenge, Secret
from cognito_tui.cognito.secrecy import revealed
from cognito_tui.cognito.secret_hash import Subject, secret_hash
from cognito_tui.cognito.steps import Call
from tests.aws.calls import APP_CLIENT, CLIENT_SECRET, PASSWORD, Sender, initiate_auth
from tests.aws.listener import NEVER, answer, listening, nobody_at, refusal

SESSION = "SentinelSession" * 3
TOKEN = "SentinelToken" * 3
HASH = secret_hash("ana", APP_CLIENT.client_id, Secret(CLIENT_SECRET))
SENTINELS = (PASSWORD, CLIENT_SECRET, SESSION, TOKEN, HASH)
RESPOND = requests.respond_to_auth_challenge(
    APP_CLIENT,
    Challenge("NEW_PASSWORD_REQUIRED", {}, Secret(SESSION)),
    {"NEW_PASSWORD": Secret(PASSWORD)},
    subject=Subject("ana"),
)
HALF_SECRET = answer(
    b'{"Session": "' + SESSION.encode() + b'", "AuthenticationResult": {"AccessToken": "' + TOKEN.encode(),
    length=999,
)


def found_in(text: str) -> set[str]:
    """The sentinels in `text`; lines are joined, since a traceback is broken where the screen ends."""
    joined = "".join(line.strip(" │\n") for line in text.splitlines())
    return {sentinel for sentinel in SENTINELS if sentinel in text or sentinel in joined}


def seen_in(error: BaseException) -> set[str]:
    """The sentinels that a crash report of `error` could show."""
    return {sentinel for text in everything_of(error) for sentinel in found_in(text)}


def error_of(sender: Sender, call: Call) -> CognitoError:
    """What `call` ends with; the frame of the test, which knows everything, is not part of its traceback."""
    try:
        sender.send(call)
    except CognitoError as error:
        return error
    raise AssertionError


def everything_of(error: BaseException) -> Iterator[str]:
    """All that a crash report could show of `error` and of what it came from."""
    for each in chain(error):
        yield from (str(each), repr(each), repr(each.args), repr(vars(each)))
        yield "".join(
            traceback.TracebackException.from_exception(each, capture_locals=True).format(chain=True)
        )
        out = io.StringIO()
        shown = Traceback.from_exception(
            type(each),
            each,
            each.__traceback__,
            show_locals=True,
            locals_max_length=10_000,
            locals_max_string=10_000,
        )
        Console(file=out, width=2000).print(shown)
        yield out.getvalue()


def chain(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


class TestErrors:
    @pytest.mark.parametrize("call", [initiate_auth(admin=True), RESPOND])
    @pytest.mark.parametrize(
        "said",
        [
            NEVER,
            b"",
            HALF_SECRET,
            answer(f"<html>{PASSWORD}{HASH}</html>".encode()),
            answer(f"<html>{PASSWORD}{HASH}</html>".encode(), 500),
            answer({"AuthenticationResult": TOKEN}),
            answer(f'{{"Session": "{SESSION}"'.encode()),
            refusal("NotAuthorizedException", "Incorrect username or password."),
            refusal("TooManyRequestsException"),
        ],
        ids=["silence", "hung up", "half", "page", "page 500", "other", "cut", "refused", "throttled"],
    )
    def test_nothing_of_a_request_or_an_answer_is_in_them(self, call: Call, said: bytes) -> None:
        with listening(said) as listener:
            error = error_of(Sender(listener.url, read_timeout=0.05), call)
        assert seen_in(error) == set()

    @pytest.mark.parametrize("url", ["", "http://nobody.invalid", "http://no_host", "http://127.1:9"])
    def test_nothing_is_in_them_when_nothing_was_sent(self, url: str) -> None:
        assert seen_in(error_of(Sender(url or nobody_at()), initiate_auth(admin=True))) == set()

    def test_nothing_is_in_them_when_the_model_does_not_take_it(self) -> None:
        call = Call("InitiateAuth", {"ClientId": Secret(CLIENT_SECRET), "AuthParameters": Secret(PASSWORD)})
        assert seen_in(error_of(Sender(nobody_at()), call)) == set()

    def test_they_hold_nothing_of_botocores(self) -> None:
        """What a crash report shows of an exception's context depends on who writes it."""
        error = error_of(Sender(nobody_at()), initiate_auth())
        assert list(chain(error)) == [error]

    def test_the_same_look_finds_them_in_an_exception_of_botocores(self) -> None:
        with pytest.raises(Exception, match="Could not connect") as caught:
            plainly(nobody_at(), initiate_auth())
        assert {PASSWORD, HASH} <= seen_in(caught.value)


class TestLogs:
    def test_nothing_is_logged_though_the_root_logger_says_debug(
        self, caplog: pytest.LogCaptureFixture
    ) -> None:
        caplog.set_level(logging.DEBUG)
        logging.getLogger("of the test").debug("logging works")
        body = {"Session": SESSION, "AuthenticationResult": {"AccessToken": TOKEN}}
        with listening(answer(body)) as listener:
            client = Client("local", listener.url)
            client.send(initiate_auth())
            client.send(RESPOND)
            client.send(initiate_auth(admin=True))
        with listening(b"") as listener, pytest.raises(CognitoError):
            Client("local", listener.url).send(initiate_auth())
        assert "logging works" in caplog.text
        assert found_in(caplog.text) == set()

    def test_the_same_look_finds_what_botocore_would_log(self, caplog: pytest.LogCaptureFixture) -> None:
        caplog.set_level(logging.DEBUG, "botocore")
        with listening(answer({"Session": SESSION})) as listener:
            Client("local", listener.url).send(initiate_auth())
        assert found_in(caplog.text) == {PASSWORD, HASH, SESSION}

    def test_nothing_is_written_on_stderr_by_itself(self, capfd: pytest.CaptureFixture[str]) -> None:
        for said in (b"HTTP/1.1 200 OK\r\nContent-Le", b"nonsense", answer(b"<html>", 500)):
            with listening(said) as listener, pytest.raises(CognitoError):
                Client("local", listener.url).send(initiate_auth())
        assert capfd.readouterr() == ("", "")


def plainly(url: str, call: Call) -> None:
    """Send `call` as anybody would."""
    settings = Config(signature_version=UNSIGNED, retries={"total_max_attempts": 1})
    client = Session().create_client("cognito-idp", region_name="local", endpoint_url=url, config=settings)
    client.initiate_auth(**revealed(call.params))
