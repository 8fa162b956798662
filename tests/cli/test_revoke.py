"""`cognito-tui tokens revoke`: a refresh token on stdin, and nothing on stdout."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.aws.listener import Listener, answer, listening, nobody_at, refusal
from tests.cli.running import Ran, here
from tests.cli.served import Served

CLIENT = ("--user-pool-id", "local_Testing1", "--client-id", "someclient")
SECRET = "SentinelClientSecret" * 2


def revoke(listener: Listener, *options: str, stdin: str = "a.refresh-token\n") -> Ran:
    return here("tokens", "revoke", *CLIENT, *options, "--endpoint-url", listener.url, stdin=stdin)


@pytest.mark.parametrize("username", ["ana", "zoe"])
def test_it_ends_the_refresh_token(served: Served, username: str) -> None:
    password = served.stdin(username, json.dumps({"PASSWORD": served.password(username)}))
    tokens = here(*served.sign_in(username), stdin=password).json()
    stdin = served.stdin(username, tokens["RefreshToken"])
    ran = here("tokens", "revoke", *served.options(username), stdin=stdin)
    assert (ran.status, ran.out, ran.err) == (0, "", "")
    again = here("tokens", "refresh", *served.options(username), stdin=stdin)
    assert again.first.startswith("cognito-tui: GetTokensFromRefreshToken: NotAuthorizedException: ")


class TestTheRequest:
    def test_has_the_secret_itself_and_no_hash(self) -> None:
        with listening(answer({})) as listener:
            assert revoke(listener, "--secret-stdin", stdin=f"{SECRET}\nan.opaque-token").status == 0
        (request,) = listener.requests
        assert request.operation == "RevokeToken"
        assert request.params == {
            "Token": "an.opaque-token",
            "ClientId": "someclient",
            "ClientSecret": SECRET,
        }
        assert "authorization" not in request.headers

    def test_has_none_where_there_is_none(self, tmp_path: Path) -> None:
        file = tmp_path / "token"
        file.write_text("export COGNITO_REFRESH_TOKEN='an.opaque-token'\n", encoding="utf-8")
        with listening(answer({})) as listener:
            assert revoke(listener, "--no-secret", "--file", str(file)).status == 0
        assert listener.requests[0].params == {"Token": "an.opaque-token", "ClientId": "someclient"}

    def test_is_shown_without_secrets(self) -> None:
        with listening(answer({})) as listener:
            ran = revoke(
                listener, "--secret-stdin", "--show-conversation", stdin=f"{SECRET}\nan.opaque-token"
            )
        assert (ran.status, ran.out) == (0, "")
        assert ran.err.startswith("1 RevokeToken, no hash\n")
        assert SECRET not in ran.err
        assert "opaque" not in ran.err


class TestWrong:
    @pytest.mark.parametrize(
        ("code", "message", "likely"),
        [
            (
                "UnauthorizedException",
                "Invalid token",
                "likely: It was issued to another client (not to someclient)",
            ),
            (
                "UnsupportedTokenTypeException",
                "Unsupported token type",
                "likely: It is an ID or access token (those go with the refresh token of the same sign-in)",
            ),
            (
                "UnsupportedOperationException",
                "Not enabled",
                "likely: EnableTokenRevocation is off for it "
                "(tokens without the claim origin_jti show the same)",
            ),
        ],
    )
    def test_what_cognito_says_is_the_first_line(self, code: str, message: str, likely: str) -> None:
        with listening(refusal(code, message)) as listener:
            ran = revoke(listener, "--no-secret")
        assert (ran.status, ran.out) == (1, "")
        assert ran.first == f"cognito-tui: RevokeToken: {code}: {message}"
        assert likely in ran.err.splitlines()

    def test_nobody_there(self) -> None:
        ran = here("tokens", "revoke", *CLIENT, "--no-secret", "--endpoint-url", nobody_at(), stdin="t")
        assert (ran.status, ran.out) == (4, "")
        assert ran.first.startswith("cognito-tui: RevokeToken: The endpoint cannot be reached")

    @pytest.mark.parametrize(
        ("stdin", "sentence"),
        [
            ("", "There is no token here."),
            ("a.b.c\na.b.c", "There is more than one token here: give one at a time."),
        ],
    )
    def test_no_token(self, stdin: str, sentence: str) -> None:
        with listening(answer({})) as listener:
            revoke(listener, "--no-secret", stdin=stdin).failed(2, f"cognito-tui: {sentence}")
            assert listener.requests == []

    def test_a_token_among_the_arguments_is_not_repeated(self) -> None:
        ran = here("tokens", "revoke", *CLIENT, "--no-secret", "hunter2")
        assert ran.status == 2
        assert ran.err.endswith("A secret or a token is never an argument: it comes by stdin.\n")
        assert "hunter2" not in ran.err
