"""stdin, stdout, stderr and the terminal, each for what it is for.

stdout carries the result only. A secret comes by the first line of stdin, or is asked for on the terminal
itself, so that stdin and stdout may be pipes. Any of them may be closed.
"""

from __future__ import annotations

import contextlib
import getpass
import os
import sys
from pathlib import Path
from typing import Final

from cognito_tui.cli.status import Status, Stop
from cognito_tui.cognito.model import Secret
from cognito_tui.cognito.visible import visible

TERMINAL: Final = Path("/dev/tty")

_BLANKS: Final = "\n\u00a0\u202f\u3000"
"""What Python does not count as printable, and is harmless: line breaks, blanks of French and Japanese."""


def say(text: str) -> None:
    """A line for the person, on stderr; control characters of data cannot reach the terminal."""
    if sys.stderr is not None:  # print() would take stdout then
        with contextlib.suppress(OSError):  # nobody listens
            print(clean(text), file=sys.stderr, flush=True)


def clean(text: str) -> str:
    """`text` with control characters made visible; line breaks stay."""
    return visible(text, keep=_BLANKS)


def secret_from_stdin(what: str = "the client secret") -> Secret:
    """Exactly the first line of stdin, without its one line break; the rest stays for the command.

    `what` it has to be is said where it is empty.

    Raises:
        Stop: it is empty, or not UTF-8.
    """
    line = sys.stdin.buffer.readline() if sys.stdin is not None else b""
    line = line.removesuffix(b"\n").removesuffix(b"\r") if line.endswith(b"\n") else line
    if not line:
        raise Stop(Status.USAGE, f"cognito-tui: the first line of stdin is empty: it has to be {what}")
    try:
        return Secret(line.decode())
    except UnicodeDecodeError:
        raise Stop(Status.USAGE, "cognito-tui: the first line of stdin is not text in UTF-8") from None


def rest_of_stdin(most: int = -1) -> bytes:
    """What of stdin has not been read, `most` bytes of it where that is not negative."""
    return sys.stdin.buffer.read(most) if sys.stdin is not None else b""


def has_terminal() -> bool:
    """Whether there is a terminal to ask on, whatever stdin and stdout are."""
    if os.name != "posix":
        return sys.stdin is not None and sys.stdin.isatty()
    try:
        os.close(os.open(TERMINAL, os.O_RDWR | os.O_NOCTTY))
    except OSError:
        return False
    return True


def tell(text: str, *, end: str = "\n") -> None:
    """A line on the terminal itself, to go with a question."""
    if os.name != "posix":
        say(text)
        return
    with TERMINAL.open("w", encoding="utf-8", errors="backslashreplace") as terminal:
        terminal.write(clean(text) + end)


def ask(prompt: str, *, hidden: bool, required: bool = False) -> str:
    """Ask on the terminal itself; again while nothing is typed that is `required`. `hidden` does not show it.

    Raises:
        Stop: there is no terminal, the person has ended the input, or what was typed is no text.
    """
    if not has_terminal():
        raise Stop(Status.ANSWER_MISSING, f"cognito-tui: {prompt}: there is no terminal to ask on")
    try:
        while True:
            typed = getpass.getpass(f"{clean(prompt)}: ") if hidden else _asked_openly(f"{prompt}: ")
            if typed or not required:
                return typed
    except EOFError:
        raise Stop(Status.ANSWER_MISSING, f"cognito-tui: {prompt}: not given") from None
    except UnicodeDecodeError:
        raise Stop(Status.USAGE, f"cognito-tui: {prompt}: not text in UTF-8") from None


def _asked_openly(prompt: str) -> str:
    tell(prompt, end="")
    if os.name != "posix":
        return input()
    with TERMINAL.open(encoding="utf-8") as terminal:
        line = terminal.readline()
    if not line:
        raise EOFError
    return line.removesuffix("\n")
