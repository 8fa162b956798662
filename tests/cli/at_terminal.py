"""Somebody at a terminal of their own, while stdin and stdout of the command are pipes."""

from __future__ import annotations

import codecs
import contextlib
import os
import pty
import select
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from tests.cli.running import PATIENCE, Ran

CONTROL_C: Final = "\x03"
CONTROL_D: Final = "\x04"

_BEGIN: Final = """
import fcntl, os, sys, termios
terminal = os.open(sys.argv[1], os.O_RDWR)
fcntl.ioctl(terminal, termios.TIOCSCTTY, 0)
os.close(terminal)
os.execv(sys.executable, [sys.executable, "-m", "cognito_tui", *sys.argv[2:]])
"""
"""Makes the terminal that of the new session, then becomes the command."""


class Terminal:
    """What is on its screen, and what is typed; `process` is the command."""

    def __init__(self, keyboard: int, process: subprocess.Popen[bytes]) -> None:
        self._keyboard = keyboard
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._looked_at = 0
        self.process = process
        self.screen = ""

    def until(self, text: str) -> None:
        """Wait until `text` is on the screen, after all that was waited for before."""
        until = time.monotonic() + PATIENCE
        while (found := self.screen.find(text, self._looked_at)) < 0:
            shown = self._read(until - time.monotonic())
            assert shown, f"{text!r} is not on the screen: {self.screen!r}"
        self._looked_at = found + len(text)

    def _read(self, patience: float) -> bool:
        ready, _, _ = select.select([self._keyboard], [], [], max(0.0, patience))
        if ready:
            self.screen += self._decoder.decode(os.read(self._keyboard, 4096))
        return bool(ready)

    def type(self, text: str) -> None:
        os.write(self._keyboard, text.encode("utf-8", "surrogateescape"))

    def answer(self, prompt: str, text: str) -> None:
        self.until(prompt)
        self.type(f"{text}\n")

    def shows_what_is_typed(self) -> bool:
        return bool(termios.tcgetattr(self._keyboard)[3] & termios.ECHO)

    def interrupt(self) -> Ran:
        """Type ctrl+c, and again while the command does not end.

        A signal that comes between Python's last look for one and its `read` is seen only at the next.
        Nobody's finger is that fast after a prompt, but a test is.
        """
        for _ in range(4):
            self.type(CONTROL_C)
            with contextlib.suppress(subprocess.TimeoutExpired):
                return self.end(PATIENCE / 4)
        raise AssertionError(f"ctrl+c does not end it: {self.screen!r}")

    def end(self, patience: float = PATIENCE) -> Ran:
        """Wait until the command has ended; what it left on the screen is read as well."""
        out, err = self.process.communicate(timeout=patience)
        while self._read(0):
            """Not all yet."""
        return Ran(self.process.returncode, (out or b"").decode(), err.decode())


@contextmanager
def at_terminal(
    *arguments: str, stdin: bytes | None = b"", result_on_screen: bool = False, **variables: str
) -> Iterator[Terminal]:
    """The command on a terminal, which is its stdin where that is None, and its stdout if `result_on_screen`.

    It is killed in the end.
    """
    keyboard, screen = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-c", _BEGIN, os.ttyname(screen), *arguments],
        stdin=screen if stdin is None else subprocess.PIPE,
        stdout=screen if result_on_screen else subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, **variables},
        start_new_session=True,
    ) as process:
        if process.stdin is not None and stdin is not None:
            process.stdin.write(stdin)
            process.stdin.close()
            process.stdin = None
        try:
            yield Terminal(keyboard, process)
        finally:
            process.kill()
            os.close(screen)
            os.close(keyboard)
