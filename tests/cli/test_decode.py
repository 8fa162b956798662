"""`cognito-tui tokens decode`: what a token says, and with --verify whether it is true."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from tests.aws.listener import Listener, answer, listening, nobody_at
from tests.aws.signing import jwk, signed, stranger
from tests.cli.at_terminal import at_terminal
from tests.cli.running import Ran, here
from tests.cli.served import Served
from tests.cognito.jwts import ACCESS, CLIENT, ID, POOL, altered, part, token

WHICH = ("--user-pool-id", POOL, "--client-id", CLIENT)
UNVERIFIED = "not verified: anybody can write such a token. --verify checks it against a pool and client.\n"
NOW = int(time.time())
FRESH = altered(ID, auth_time=NOW, iat=NOW, exp=NOW + 3600)


def decode(*options: str, stdin: str | bytes = b"") -> Ran:
    return here("tokens", "decode", *options, stdin=stdin)


@pytest.fixture
def pool() -> Iterator[Listener]:
    """A pool that has the key of the tests."""
    with listening(answer({"keys": [jwk()]})) as listener:
        yield listener


def verify(listener: Listener, claims: dict[str, Any], *options: str, **signing: Any) -> Ran:
    text = signed(claims, **signing).text.reveal()
    return decode("--verify", *WHICH, "--endpoint-url", listener.url, *options, stdin=text)


class TestReading:
    def test_each_claim_stands_with_what_it_means(self) -> None:
        ran = decode(stdin=f"Bearer {token(FRESH)}\n")
        assert (ran.status, ran.err) == (0, UNVERIFIED)
        lines = ran.out.splitlines()
        assert lines[:3] == ["kid               one=", "alg               RS256", ""]
        assert "cognito:username  ana.silva  (the real username: what a refresh must hash)" in lines
        assert "cognito:groups    admins, beta  (the user's groups in this pool)" in lines
        assert not any("!" in line for line in lines)

    def test_what_is_odd_stands_below(self) -> None:
        text = token(altered(FRESH, exp=1, sub=7), {"alg": "none"}, signature="")
        lines = decode(stdin=text).out.splitlines()
        below = {
            above.split()[0]: line.split("!  ")[1]
            for above, line in pairwise(lines)
            if "!  " in line and "!" not in above
        }
        assert below["sub"] == "a number, where text belongs"
        assert below["exp"].startswith("is over: it expired ")
        assert below["alg"] == "alg is none: nobody has signed it, anybody can have written it"

    @pytest.mark.parametrize("options", [(), WHICH])
    def test_another_pool_is_odd_only_where_one_is_said(self, options: tuple[str, ...]) -> None:
        text = token(altered(FRESH, iss="https://elsewhere", aud="other"))
        assert ("is another client's" in decode(*options, stdin=text).out) is bool(options)

    def test_as_json(self) -> None:
        found = decode("--json", stdin=token(altered(FRESH, iat=...))).json()
        assert found == {
            "header": {"kid": "one=", "alg": "RS256"},
            "claims": altered(FRESH, iat=...),
            "oddities": [{"claim": "iat", "oddity": "missing: every token of Cognito's has it"}],
            "verdict": "not verified",
            "checks": [],
        }

    def test_nothing_in_it_reaches_the_terminal_as_it_is(self) -> None:
        evil = "\x1b]52;c;aGk=\x07\x9b\u202e\n[/red]"
        text = token({**FRESH, "email": evil, evil: evil}, {"alg": "RS256", "kid": evil, evil: 1})
        for options in ((), ("--json",)):
            out = decode(*options, stdin=text).out
            assert set(out) & set("\x1b\x07\x9b\u202e") == set()
            assert "[/red]" in out

    def test_a_lone_surrogate(self) -> None:
        text = token(json.dumps({**FRESH, "email": "\ud800"}))
        assert "\\ud800" in decode(stdin=text).out
        assert decode("--json", stdin=text).json()["claims"]["email"] == "\ud800"

    def test_from_a_file(self, tmp_path: Path) -> None:
        file = tmp_path / "token"
        file.write_text(f"export COGNITO_ID_TOKEN='{token(FRESH)}'\n", encoding="utf-8")
        assert decode("--json", "--file", str(file)).json()["claims"] == FRESH

    def test_the_client_secret_may_come_before_it(self) -> None:
        found = decode("--json", *WHICH, "--secret-stdin", stdin=f"a secret\n{token(FRESH)}")
        assert found.json()["claims"] == FRESH


class TestNotAToken:
    @pytest.mark.parametrize(
        ("stdin", "sentence"),
        [
            (b"", "There is no token here."),
            (b"hunter2", "not a JWT: This has one part, not several, between dots; a JWT has three."),
            (
                b"a.b.c.d.e",
                "not a JWT: This has five parts: it is encrypted (JWE), as Cognito's refresh "
                "tokens are. Only Cognito can read it.",
            ),
            (b"\xff.\xff.\xff", "This is not text in UTF-8."),
            (b"a" * 200_000, "This is longer than 100,000 characters: no token is."),
            (
                f"{part({})}.!!.c".encode(),
                "not a JWT: The payload has a character that Base64URL does not have: !",
            ),
            (token("[1]").encode(), "not a JWT: The payload is JSON, but no object."),
        ],
    )
    @pytest.mark.parametrize("options", [(), ("--json",), ("--verify", *WHICH)])
    def test_is_said_and_nothing_else(self, options: tuple[str, ...], stdin: bytes, sentence: str) -> None:
        decode(*options, stdin=stdin).failed(1, f"cognito-tui: {sentence}")

    def test_is_not_repeated(self) -> None:
        for ran in (decode(stdin="hunter2.hunter2"), decode("hunter2"), decode("--token=hunter2")):
            assert "hunter2" not in ran.err + ran.out

    def test_among_the_arguments_is_refused_with_advice(self) -> None:
        ran = decode(token(FRESH))
        assert (ran.status, ran.out) == (2, "")
        assert ran.err.endswith("A secret or a token is never an argument: it comes by stdin.\n")

    def test_a_file_that_is_not_there(self, tmp_path: Path) -> None:
        decode("--file", str(tmp_path / "none")).failed(2, "cognito-tui: --file: No such file or directory")
        decode("--file", str(tmp_path)).failed(2, "cognito-tui: --file: Is a directory")


class TestVerifying:
    @pytest.mark.parametrize("claims", [FRESH, altered(ACCESS, auth_time=NOW, iat=NOW, exp=NOW + 40_000)])
    def test_a_good_one_is_valid(self, pool: Listener, claims: dict[str, Any]) -> None:
        ran = verify(pool, claims)
        assert (ran.status, ran.err) == (0, "")
        words = [line.split() for line in ran.out.splitlines()]
        assert ["signature", *["RS256", "by", "the", "pool's", "key", "kQ7v0one="]] in words
        found = verify(pool, claims, "--json").json()
        assert found["verdict"] == "valid"
        assert {each["good"] for each in found["checks"]} == {True}

    def test_of_the_sandbox(self, served: Served) -> None:
        password = json.dumps({"PASSWORD": served.password("ana")})
        tokens = here(*served.sign_in("ana"), stdin=served.stdin("ana", password)).json()
        for name in ("IdToken", "AccessToken"):
            options = ("--verify", "--json", *served.options("ana"))
            assert decode(*options, stdin=served.stdin("ana", tokens[name])).json()["verdict"] == "valid"
        assert decode(stdin=tokens["RefreshToken"]).status == 1

    @pytest.mark.parametrize(
        ("claims", "first"),
        [
            (altered(FRESH, exp=NOW - 4 * 86_400), "exp is over: it expired 4 days ago"),
            (altered(FRESH, aud="other"), f"aud is another client's: not {CLIENT}"),
            (
                altered(FRESH, iss="https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Other"),
                f"iss is another pool's: not {POOL}",
            ),
            (altered(FRESH, token_use=...), "token_use is missing: it is not known what the token is for"),
            (altered(FRESH, nbf=NOW + 4 * 86_400 + 40_000), "nbf is 4 days ahead: the token is not good yet"),
        ],
    )
    def test_which_check_failed_is_the_first_line(
        self, pool: Listener, claims: dict[str, Any], first: str
    ) -> None:
        ran = verify(pool, claims)
        assert (ran.status, ran.out) == (1, "")
        assert ran.first == f"cognito-tui: not valid: {first}"
        assert "good: signature RS256 by the pool's key kQ7v0one=" in ran.err.splitlines()

    def test_a_strangers_signature(self, pool: Listener) -> None:
        ran = verify(pool, FRESH, key=stranger())
        assert (ran.status, ran.out) == (1, "")
        assert ran.first.startswith("cognito-tui: not valid: signature does not fit: the token was changed")

    @pytest.mark.parametrize("json_too", [(), ("--json",)])
    def test_without_keys_it_is_neither(self, json_too: tuple[str, ...]) -> None:
        ran = decode(
            "--verify", *WHICH, *json_too, "--endpoint-url", nobody_at(), stdin=signed(FRESH).text.reveal()
        )
        assert (ran.status, ran.out) == (7, "")
        assert ran.first == (
            "cognito-tui: could not be verified: signature not verified, there are no keys: "
            "The endpoint cannot be reached: the connection was refused."
        )

    def test_garbage_for_keys(self) -> None:
        with listening(answer(b"<html>")) as listener:
            ran = verify(listener, FRESH)
        assert (ran.status, ran.out) == (7, "")
        assert ran.first.endswith("What the endpoint has there is no JSON Web Key Set.")

    def test_against_whom_has_to_be_said(self) -> None:
        decode("--verify", stdin=token()).failed(
            2, "cognito-tui: say which client: --profile, or --user-pool-id and --client-id"
        )

    def test_where_the_keys_came_from_is_told_when_no_profile_says_it(
        self, pool: Listener, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("AWS_ENDPOINT_URL", pool.url)
        ran = decode("--verify", *WHICH, stdin=signed(FRESH).text.reveal())
        assert (ran.status, ran.err) == (0, f"calls go to {pool.url}, as AWS_ENDPOINT_URL says\n")


def test_a_terminal_is_asked_for_it_where_stdin_is_one() -> None:
    text = token({"sub": "ana"})
    with at_terminal("tokens", "decode", stdin=None) as terminal:
        terminal.answer("Token: ", text)
        assert terminal.end().status == 0
    assert text not in terminal.screen
