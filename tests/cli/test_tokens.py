"""`cognito-tui tokens refresh`: a refresh token on stdin for new tokens on stdout."""

from __future__ import annotations

import json
from typing import Any

import pytest

from cognito_tui.cognito.model import Secret
from cognito_tui.cognito.tokens import claims
from tests.aws.listener import Listener, answer, listening, nobody_at, refusal
from tests.cli.at_terminal import at_terminal
from tests.cli.running import Ran, here
from tests.cli.served import Served
from tests.sandbox.house import secret_hash

CLIENT = ("--user-pool-id", "local_Testing1", "--client-id", "someclient")
NO_SECRET = (*CLIENT, "--no-secret")
RESULT = {"AccessToken": "a", "ExpiresIn": 3600, "IdToken": "i", "TokenType": "Bearer"}
TOKENS = answer({"AuthenticationResult": RESULT})
SECRET = "SentinelClientSecret" * 2
BY_AUTH = ("--flow", "REFRESH_TOKEN_AUTH")


def refresh(listener: Listener, *options: str, stdin: str = "a.refresh-token\n") -> Ran:
    return here("tokens", "refresh", *options, "--endpoint-url", listener.url, stdin=stdin)


def signed_in(served: Served, username: str, password: str) -> dict[str, Any]:
    result: dict[str, Any] = here(
        *served.sign_in(username), stdin=served.stdin(username, json.dumps({"PASSWORD": password}))
    ).json()
    return result


class TestToTokens:
    @pytest.mark.parametrize("username", ["ana", "zoe", "mia@example.com"])
    @pytest.mark.parametrize("flow", [(), BY_AUTH])
    def test_of_clients_with_and_without_a_secret(
        self, served: Served, username: str, flow: tuple[str, ...]
    ) -> None:
        tokens = signed_in(served, username, served.password(username))
        canonical = claims(Secret(tokens["AccessToken"]))["username"]
        ran = here(
            *("tokens", "refresh", *served.options(username), *flow, "--username", canonical),
            stdin=served.stdin(username, tokens["RefreshToken"]),
        )
        assert set(ran.json()) == {"AccessToken", "ExpiresIn", "IdToken", "TokenType"}
        assert claims(Secret(ran.json()["AccessToken"]))["username"] == canonical

    def test_where_they_rotate(self, served: Served) -> None:
        tokens = signed_in(served, "ray", "Ray-made-up-1")
        command = ("tokens", "refresh", *served.options("ray"))
        result = here(*command, stdin=served.stdin("ray", tokens["RefreshToken"])).json()
        assert result["RefreshToken"] != tokens["RefreshToken"]
        assert here(*command, stdin=served.stdin("ray", result["RefreshToken"])).status == 0

    def test_by_the_other_flow_rotation_is_refused(self, served: Served) -> None:
        tokens = signed_in(served, "ray", "Ray-made-up-1")
        ran = here(
            *("tokens", "refresh", *served.options("ray"), *BY_AUTH, "--username", "ray"),
            stdin=served.stdin("ray", tokens["RefreshToken"]),
        )
        assert (ran.status, ran.out) == (1, "")
        assert ran.first.startswith("cognito-tui: InitiateAuth: ")

    def test_over_an_alias_the_hash_is_refused(self, served: Served) -> None:
        username = "mia@example.com"
        tokens = signed_in(served, username, served.password(username))
        ran = here(
            *("tokens", "refresh", *served.options(username), *BY_AUTH, "--username", username),
            stdin=served.stdin(username, tokens["RefreshToken"]),
        )
        assert (ran.status, ran.out) == (1, "")
        assert ran.first.startswith("cognito-tui: InitiateAuth: NotAuthorizedException: ")


class TestTheRequest:
    def test_is_get_tokens_from_refresh_token_unless_something_else_is_said(self) -> None:
        with listening(TOKENS) as listener:
            ran = refresh(listener, *CLIENT, "--secret-stdin", stdin=f"{SECRET}\na.refresh-token\n")
        assert ran.json() == RESULT
        (request,) = listener.requests
        assert request.operation == "GetTokensFromRefreshToken"
        assert request.params == {
            "ClientId": "someclient",
            "ClientSecret": SECRET,
            "RefreshToken": "a.refresh-token",
        }

    def test_by_the_flow_is_hashed_over_the_canonical_username(self) -> None:
        options = (*CLIENT, "--secret-stdin", *BY_AUTH, "--username", "a-uuid", "--device-key", "local_1-2")
        with listening(TOKENS) as listener:
            assert refresh(listener, *options, stdin="a secret\r\na.refresh-token").status == 0
        assert listener.requests[0].operation == "InitiateAuth"
        assert listener.requests[0].params == {
            "ClientId": "someclient",
            "AuthFlow": "REFRESH_TOKEN_AUTH",
            "AuthParameters": {
                "REFRESH_TOKEN": "a.refresh-token",
                "DEVICE_KEY": "local_1-2",
                "SECRET_HASH": secret_hash("a-uuid", "someclient", "a secret"),
            },
        }

    def test_without_a_secret_needs_no_username(self) -> None:
        with listening(TOKENS) as listener:
            assert refresh(listener, *NO_SECRET, *BY_AUTH).status == 0
        assert listener.requests[0].params["AuthParameters"] == {"REFRESH_TOKEN": "a.refresh-token"}

    def test_a_device_key(self) -> None:
        with listening(TOKENS) as listener:
            assert refresh(listener, *NO_SECRET, "--device-key", "local_1-2").status == 0
        assert listener.requests[0].params["DeviceKey"] == "local_1-2"


class TestOutput:
    def test_is_as_after_a_sign_in(self) -> None:
        with listening(TOKENS, TOKENS) as listener:
            env, text = (refresh(listener, *NO_SECRET, "--output", each).out for each in ("env", "text"))
        assert env == "export COGNITO_ID_TOKEN='i'\nexport COGNITO_ACCESS_TOKEN='a'\n"
        assert text.splitlines()[0] == "AccessToken\ta"

    @pytest.mark.parametrize("output", ["env", "json", "text"])
    @pytest.mark.parametrize("result", [{}, {"AccessToken": 5}, {"AccessToken": "\ud800"}], ids=str)
    def test_what_is_no_tokens_is_not_cognitos(self, output: str, result: dict[str, object]) -> None:
        with listening(answer({"AuthenticationResult": result})) as listener:
            ran = refresh(listener, *NO_SECRET, "--output", output)
        assert (ran.status, ran.out) == (4, "")
        assert ran.first.startswith("cognito-tui: GetTokensFromRefreshToken: The answer")

    def test_the_conversation_is_on_stderr_without_secrets(self) -> None:
        with listening(TOKENS) as listener:
            ran = refresh(
                listener, *CLIENT, "--secret-stdin", "--show-conversation", stdin=f"{SECRET}\nan.opaque-token"
            )
        assert json.loads(ran.out) == RESULT
        assert ran.err.startswith("1 GetTokensFromRefreshToken, no hash\n")
        assert SECRET not in ran.err
        assert "opaque" not in ran.err


class TestWrong:
    def test_a_hash_without_a_username_is_told_why_before_anything_is_read(self) -> None:
        ran = here("tokens", "refresh", *CLIENT, "--secret-stdin", *BY_AUTH, stdin="s\nr\n")
        assert (ran.status, ran.out) == (2, "")
        assert ran.first == (
            "cognito-tui: REFRESH_TOKEN_AUTH of someclient, a client with a secret, needs --username: the "
            "SECRET_HASH is over the canonical username, and a refresh token is opaque"
        )

    @pytest.mark.parametrize("stdin", ["", "\n", "a token\n", "one\nother\n", "é\n"])
    def test_no_token(self, stdin: str) -> None:
        here("tokens", "refresh", *NO_SECRET, "--endpoint-url", nobody_at(), stdin=stdin).failed(
            2, "cognito-tui: the refresh token has to come by stdin, alone on its line"
        )

    def test_a_token_among_the_arguments_is_not_repeated(self) -> None:
        for arguments in (("hunter2",), ("--refresh-token", "hunter2"), ("--token=hunter2",)):
            ran = here("tokens", "refresh", *NO_SECRET, *arguments)
            assert ran.status == 2
            assert ran.err.endswith("A secret or a token is never an argument: it comes by stdin.\n")
            assert "hunter2" not in ran.err

    @pytest.mark.parametrize(
        ("options", "sentence"),
        [
            (("--username", ""), "--username must not be empty"),
            (
                ("--flow", "REFRESH"),
                "argument --flow: takes one of GetTokensFromRefreshToken, REFRESH_TOKEN_AUTH",
            ),
            (("--device-key", ""), "argument --device-key: must not be empty"),
        ],
    )
    def test_options(self, options: tuple[str, ...], sentence: str) -> None:
        here("tokens", "refresh", *NO_SECRET, *options, stdin="t").failed(2, f"cognito-tui: {sentence}")

    @pytest.mark.parametrize(
        ("said", "status", "first"),
        [
            (
                refusal("RefreshTokenReuseException", "Refresh token reused"),
                1,
                "RefreshTokenReuseException: R",
            ),
            (
                refusal("NotAuthorizedException", "Refresh Token has been revoked"),
                1,
                "NotAuthorizedException: R",
            ),
            (b"", 4, "No answer came back"),
            (answer({}), 4, "The answer has no tokens."),
        ],
    )
    def test_what_cognito_says_is_the_first_line(self, said: bytes, status: int, first: str) -> None:
        with listening(said) as listener:
            ran = refresh(listener, *NO_SECRET)
        assert (ran.status, ran.out) == (status, "")
        assert ran.first.startswith(f"cognito-tui: GetTokensFromRefreshToken: {first}")


def test_a_terminal_is_asked_for_it_where_stdin_is_one() -> None:
    with listening(TOKENS) as listener:
        command = ("tokens", "refresh", *NO_SECRET, "--endpoint-url", listener.url)
        with at_terminal(*command, stdin=None) as terminal:
            terminal.answer("Refresh token: ", "a.refresh-token")
            assert terminal.end().status == 0
    assert "a.refresh-token" not in terminal.screen
    assert listener.requests[0].params["RefreshToken"] == "a.refresh-token"
