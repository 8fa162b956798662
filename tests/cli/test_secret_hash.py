"""`cognito-tui secret-hash` prints what Cognito computes, over the exact characters given."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from pycognito.aws_srp import AWSSRP

from tests.cli.running import Ran, alone, here

CLIENT_ID = "1example23456789"
SECRET = "9example87654321"
VECTOR = "3GKfK9s71s8jwQ2eEiv4CJU43W3AXXI55lGqw2yKfT0="
"""Of `jane@example.com` (protocol.md, computed there)."""

LONG = "S3cr3tOfTheUsualLength" * 2
POOL = ("--user-pool-id", "local_Testing1", "--client-id", "4f8k2mq0v7t1s9d3a6h5j8n1cp")


def hash_of(username: str, client_id: str = CLIENT_ID, stdin: str | bytes = f"{SECRET}\n") -> Ran:
    return here(
        "secret-hash", "--username", username, "--client-id", client_id, "--secret-stdin", stdin=stdin
    )


def theirs(username: str, client_id: str, secret: str) -> str:
    """By somebody else's code."""
    return f"{AWSSRP.get_secret_hash(username, client_id, secret)}\n"


class TestTheHash:
    def test_is_the_published_one_and_a_line_break(self) -> None:
        assert hash_of("jane@example.com").out == f"{VECTOR}\n"

    def test_is_the_same_from_the_installed_program(self) -> None:
        ran = alone(
            *("secret-hash", "--username", "ana", "--client-id", POOL[3], "--secret-stdin"), stdin=LONG
        )
        assert ran == Ran(0, theirs("ana", POOL[3], LONG), "")

    @pytest.mark.parametrize(
        "username",
        [
            " ana",
            "ana ",
            "Ana",
            "ana\t",
            "ana\n",
            "ána",
            unicodedata.normalize("NFD", "ána"),
            "a\u200bna",
            "日本",
            "𝒜na",
            "-ana",
            "'; drop",
        ],
    )
    def test_is_over_the_username_to_the_letter(self, username: str) -> None:
        ran = here(
            "secret-hash", f"--username={username}", "--client-id", POOL[3], "--secret-stdin", stdin=LONG
        )
        assert (ran.status, ran.out) == (0, theirs(username, POOL[3], LONG))

    @pytest.mark.parametrize("client_id", ["short", " padded ", "with\nbreak", "no-client id"])
    def test_is_over_the_client_id_to_the_letter(self, client_id: str) -> None:
        assert hash_of("ana", client_id).out == theirs("ana", client_id, SECRET)

    @pytest.mark.parametrize(
        ("stdin", "secret"),
        [
            (b"secret", "secret"),
            (b"secret\n", "secret"),
            (b"secret\r\n", "secret"),
            (b"secret\r", "secret\r"),
            (b"secret\r\r\n", "secret\r"),
            (b"secret\n\n", "secret"),
            (b"secret\nanother line\n", "secret"),
            (b" secret \n", " secret "),
            (b"\tsecret\x0b\n", "\tsecret\x0b"),
            ("sécrét 日本\n".encode(), "sécrét 日本"),
            ("\ufeffsecret\n".encode(), "\ufeffsecret"),
            ("sec\u2028ret\n".encode(), "sec\u2028ret"),
        ],
    )
    def test_is_keyed_by_the_first_line_of_stdin_and_nothing_else(self, stdin: bytes, secret: str) -> None:
        ran = hash_of("ana", stdin=stdin)
        assert (ran.status, ran.out) == (0, theirs("ana", CLIENT_ID, secret))


class TestWarnings:
    def test_there_are_none_for_usual_values(self) -> None:
        assert hash_of("ana", POOL[3], LONG).err == ""

    @pytest.mark.parametrize(
        ("username", "client_id", "secret", "warning"),
        [
            ("ana ", POOL[3], LONG, "username has a blank or line break at its end"),
            ("\nana", POOL[3], LONG, "username has a blank or line break at its beginning"),
            ("ana b", POOL[3], LONG, "a Cognito username has no blanks"),
            ("ana", f" {POOL[3]}", LONG, "client ID has a blank or line break at its beginning"),
            ("ana", POOL[3], f"{LONG} ", "client secret has a blank or line break at its end"),
            ("ana", POOL[3], POOL[3], "that is the client ID, not the client secret"),
            ("ana", POOL[3], "short", "5 characters, a client secret has 24 to 64"),
            ("ana", POOL[3], f"{LONG}-", "a client secret has only letters, digits, _ and +"),
            ("a\u200bna", POOL[3], LONG, "username has a character in it that cannot be seen"),
        ],
    )
    def test_are_on_stderr_and_no_failure(
        self, username: str, client_id: str, secret: str, warning: str
    ) -> None:
        ran = hash_of(username, client_id, secret)
        assert (ran.status, ran.out) == (0, theirs(username, client_id, secret))
        assert ran.err == f"warning: {warning}\n"


class TestRefused:
    def test_an_empty_username(self) -> None:
        hash_of("").failed(2, "cognito-tui: --username must not be empty")

    @pytest.mark.parametrize("stdin", [b"", b"\n", b"\r\n", b"\nsecret\n"])
    def test_an_empty_first_line(self, stdin: bytes) -> None:
        hash_of("ana", stdin=stdin).failed(
            2, "cognito-tui: the first line of stdin is empty: it has to be the client secret"
        )

    def test_a_first_line_that_is_no_text(self) -> None:
        ran = hash_of("ana", stdin=b"hunter2\xff\n")
        ran.failed(2, "cognito-tui: the first line of stdin is not text in UTF-8")
        assert "hunter2" not in ran.err

    def test_what_follows_may_be_anything(self) -> None:
        assert hash_of("ana", stdin=b"secret\n\xff\xfe").status == 0

    def test_a_username_that_is_no_text(self) -> None:
        hash_of("ana\udcff", POOL[3], LONG).failed(2, "cognito-tui: --username is not text in UTF-8")

    @pytest.mark.parametrize(
        "options", [(), ("--client-id", CLIENT_ID), ("--secret-stdin",), ("--user-pool-id", "local_Testing1")]
    )
    def test_without_a_client(self, options: tuple[str, ...]) -> None:
        here("secret-hash", "--username", "ana", *options, stdin=LONG).failed(
            2, "cognito-tui: say which client: --profile, or --client-id and --secret-stdin"
        )

    def test_a_client_without_a_secret(self) -> None:
        here("secret-hash", "--username", "ana", *POOL, "--no-secret").failed(
            2, "cognito-tui: a client without a secret has no SECRET_HASH"
        )


class TestWithAProfile:
    """The vault itself is looked at in test_keyring.py."""

    def test_options_come_before_it(self) -> None:
        here("profiles", "add", "web", *POOL, "--no-secret")
        ran = here(
            *("secret-hash", "--username", "ana", "--profile", "web", "--client-id", CLIENT_ID),
            *("--region", "eu-west-1", "--aws-profile", "x", "--endpoint-url", "http://127.0.0.1:1"),
            *("--user-pool-id", "eu-west-1_X", "--secret-stdin"),
            stdin=LONG,
        )
        assert (ran.status, ran.out) == (0, theirs("ana", CLIENT_ID, LONG))

    def test_its_client_with_a_secret_from_stdin(self, monkeypatch: pytest.MonkeyPatch) -> None:
        here("profiles", "add", "web", *POOL, "--no-secret")
        monkeypatch.setenv("COGNITO_TUI_PROFILE", "web")
        ran = here("secret-hash", "--username", "ana", "--secret-stdin", stdin=LONG)
        assert (ran.status, ran.out) == (0, theirs("ana", POOL[3], LONG))

    def test_whose_client_has_no_secret(self) -> None:
        here("profiles", "add", "web", *POOL, "--no-secret")
        here("secret-hash", "--username", "ana", "--profile", "web").failed(
            2, "cognito-tui: a client without a secret has no SECRET_HASH"
        )

    def test_that_is_not_there(self) -> None:
        here("secret-hash", "--username", "ana", "--profile", "web").failed(
            2, "cognito-tui: there is no profile 'web'. See: cognito-tui profiles list"
        )

    def test_without_a_keyring_the_ways_round_are_told(self, tmp_path: Path) -> None:
        file = tmp_path / "config" / "profiles.toml"
        file.parent.mkdir()
        ids = f'user_pool_id = "{POOL[1]}"\nclient_id = "{POOL[3]}"\nhas_secret = true\n'
        file.write_text(f"[profiles.web]\n{ids}")
        here("secret-hash", "--username", "ana", "--profile", "web").failed(
            6,
            "Ways round: give the secret to this command by --secret-stdin, or to the app, which keeps it "
            "for a run.",
        )
        ran = here("secret-hash", "--username", "ana", "--profile", "web", "--secret-stdin", stdin=LONG)
        assert (ran.status, ran.out) == (0, theirs("ana", POOL[3], LONG))

    def test_of_the_variable_is_not_looked_for_when_the_options_suffice(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("COGNITO_TUI_PROFILE", "not there")
        assert hash_of("ana").status == 0
