"""A token that is given to a command: on stdin, in a file, or typed; never an argument."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from cognito_tui.cli.status import Status, Stop
from cognito_tui.cli.streams import ask, has_terminal, rest_of_stdin
from cognito_tui.cognito.model import Secret
from cognito_tui.cognito.pasted import LONGEST, NotAToken, token_in


def add_file(parser: argparse.ArgumentParser) -> None:
    """`--file`."""
    parser.add_argument("--file", type=Path, metavar="FILE", help="where the token is; default: stdin")


def given_token(file: Path | None, what: str, otherwise: Status) -> Secret:
    """The token in `file`, else on stdin, else typed unseen by whoever is at the terminal.

    Args:
        file: of `--file`.
        what: names the token in the question.
        otherwise: the status to end with when there is none in what was given.

    Raises:
        Stop: there is none, or the file cannot be read.
    """
    try:
        return token_in(_given(file, what))
    except NotAToken as error:
        raise Stop(otherwise, f"cognito-tui: {error}") from None


def _given(file: Path | None, what: str) -> str | bytes:
    if file is not None:
        try:
            with file.open("rb") as opened:
                return opened.read(LONGEST + 1)
        except OSError as error:
            raise Stop(Status.USAGE, f"cognito-tui: --file: {error.strerror}") from None
        except ValueError:  # a NUL in the name
            raise Stop(Status.USAGE, "cognito-tui: --file: there is no file of such a name") from None
    if sys.stdin is not None and sys.stdin.isatty() and has_terminal():
        return ask(what, hidden=True, required=True)
    return rest_of_stdin(LONGEST + 1)
