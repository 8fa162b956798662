"""What a command does not need, it does not load. Each look is in a process of its own."""

from __future__ import annotations

import subprocess
import sys
from typing import Final

import pytest

HEAVY: Final = frozenset(
    {"boto3", "botocore", "textual", "rich", "keyring", "tomlkit", "jwt", "cryptography"}
)

COMMANDS: Final = {
    "--help": ([], HEAVY),
    "--version": ([], HEAVY),
    "locate": ([], HEAVY),
    "sign-in": (["--help"], HEAVY),
    "tokens": (["refresh", "--help"], HEAVY),
    "users": (["resend", "--help"], HEAVY),
    "secret-hash": (["--username", "ana", "--client-id", "someclient", "--secret-stdin"], HEAVY),
    "profiles": (["list"], HEAVY - {"tomlkit"}),
    "sandbox": (["--port", "-1"], HEAVY - {"jwt", "cryptography"}),
    "demo": ([], HEAVY - {"jwt", "cryptography"}),
}
"""Commands, their arguments, and what none of them may load."""

ANSWERED: Final = [
    "--username",
    "ana",
    "--user-pool-id",
    "local_X",
    "--client-id",
    "someclient",
    "--answers",
    "-",
]


def loaded(arguments: list[str], stdin: str = "a secret\n", beforehand: str = "") -> set[str]:
    """The packages that a fresh Python, which ran `beforehand`, has loaded when the command is over."""
    program = (
        f"{beforehand}\nimport sys\nfrom cognito_tui.cli.main import run\n"
        "run(sys.argv[1:])\nprint('\\n', *{name.split('.')[0] for name in sys.modules}, file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments],
        input=stdin,
        capture_output=True,
        text=True,
        check=True,
        start_new_session=True,
    )
    return set(done.stderr.splitlines()[-1].split())


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_loads_only_what_it_needs(command: str) -> None:
    arguments, forbidden = COMMANDS[command]
    assert loaded([command, *arguments]) & forbidden == set()


def test_sign_in_loads_botocore_and_nothing_of_the_app() -> None:
    seen = loaded(["sign-in", *ANSWERED, "--endpoint-url", "http://127.0.0.1:9"], '{"PASSWORD": "x"}')
    assert seen & HEAVY == {"botocore"}


def test_sign_in_does_not_even_load_botocore_when_an_answer_is_missing() -> None:
    assert loaded(["sign-in", *ANSWERED], "{}") & HEAVY == set()


@pytest.mark.parametrize("command", COMMANDS)
def test_the_look_notices_an_import_that_was_added(command: str) -> None:
    """Each package in turn would cost a process; the packages are told apart by name alone."""
    arguments, forbidden = COMMANDS[command]
    added = "\n".join(f"import {package}" for package in sorted(forbidden))
    assert loaded([command, *arguments], beforehand=added) & forbidden == forbidden
