"""stdin, stdout, stderr and the terminal, each for what it is for.

stdout carries the result only. A secret comes by the first line of stdin, or is asked for on the terminal
itself, so that stdin and stdout may be pipes.
"""

from __future__ import annotations

import getpass
import os
import sys
from typing import Final

from cognito_tui.cli.status import Status, Stop
from cognito_tui.cognito.model import Secret

TERMINAL: Final = "/dev/tty"


def say(text: str) -> None:
    """A line for the person, on stderr; control characters of data cannot reach the terminal."""
    print(clean(text), file=sys.stderr)


def clean(text: str) -> str:
    """`text` with control characters made visible; line breaks stay."""
    return "".join(each if each.isprintable() or each == "\n" else f"\\x{ord(each):02x}" for each in text)


def secret_from_stdin() -> Secret:
    """Exactly the first line of stdin, without its one line break; the rest stays for the command.

    Raises:
        Stop: it is empty, or not UTF-8.
    """
    line = sys.stdin.buffer.readline()
    for ending in (b"\r\n", b"\n"):
        if line.endswith(ending):
            line = line[: -len(ending)]
            break
    if not line:
        raise Stop(Status.USAGE, "The first line of stdin is empty: it has to be the client secret.")
    try:
        return Secret(line.decode())
    except UnicodeDecodeError:
        raise Stop(Status.USAGE, "The first line of stdin is not text in UTF-8.") from None


def has_terminal() -> bool:
    """Whether there is a terminal to ask on, whatever stdin and stdout are."""
    if os.name != "posix":
        return sys.stdin.isatty()
    try:
        os.close(os.open(TERMINAL, os.O_RDWR | os.O_NOCTTY))
    except OSError:
        return False
    return True


def ask(prompt: str, *, hidden: bool) -> str:
    """Ask on the terminal itself; `hidden` does not show what is typed.

    Raises:
        Stop: there is no terminal, or the person has ended the input.
    """
    if not has_terminal():
        raise Stop(Status.ANSWER_MISSING, f"{clean(prompt)}: there is no terminal to ask on.")
    try:
        if hidden:
            return getpass.getpass(f"{clean(prompt)}: ")
        return _asked_openly(f"{clean(prompt)}: ")
    except EOFError:
        raise Stop(Status.ANSWER_MISSING, f"{clean(prompt)}: not given.") from None


def _asked_openly(prompt: str) -> str:
    if os.name != "posix":
        say(prompt)
        return input()
    with open(TERMINAL, "r+", buffering=1, encoding="utf-8", errors="surrogateescape") as terminal:  # noqa: PTH123 not a path of ours
        terminal.write(prompt)
        terminal.flush()
        line = terminal.readline()
    if not line:
        raise EOFError
    return line.rstrip("\n")
