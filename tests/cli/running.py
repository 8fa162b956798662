"""Running the command line: in this process where that tells enough, else in one of its own."""

from __future__ import annotations

import contextlib
import io
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from cognito_tui.cli.main import run

COMMAND: Final = (sys.executable, "-m", "cognito_tui")

PATIENCE: Final = 30.0
"""Seconds until the test itself is taken to be broken."""


@dataclass(frozen=True)
class Ran:
    """How a command ended, and what it wrote."""

    status: int
    out: str
    err: str

    @property
    def first(self) -> str:
        """The first line of stderr."""
        return self.err.partition("\n")[0]

    def json(self) -> Any:
        """The result, which nothing else may stand beside."""
        assert (self.status, self.err) == (0, "")
        return json.loads(self.out)

    def failed(self, status: int, sentence: str) -> None:
        """Check that it ended with `status`, `sentence` on stderr's last line, and no result."""
        assert (self.status, self.out) == (status, "")
        assert self.err.splitlines()[-1] == sentence


def here(*arguments: str, stdin: str | bytes = b"") -> Ran:
    """Run it in this process; there is no terminal."""
    out, err = io.StringIO(), io.StringIO()
    given = io.TextIOWrapper(io.BytesIO(_bytes(stdin)))
    was, handler = sys.stdin, signal.getsignal(signal.SIGTERM)
    sys.stdin = given
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            status = run(arguments)
    finally:
        sys.stdin = was
        signal.signal(signal.SIGTERM, handler)
    return Ran(status, out.getvalue(), err.getvalue())


def alone(*arguments: str, stdin: str | bytes = b"", **variables: str) -> Ran:
    """Run it in a process of its own, without a terminal; `variables` come to the environment's."""
    done = subprocess.run(
        [*COMMAND, *arguments],
        input=_bytes(stdin),
        capture_output=True,
        env={**os.environ, **variables},
        timeout=PATIENCE,
        check=False,
        start_new_session=True,
    )
    return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())


@contextmanager
def running(*arguments: str, stdin: int = subprocess.DEVNULL) -> Iterator[subprocess.Popen[bytes]]:
    """Start it in a process of its own, without a terminal; it is killed in the end."""
    with subprocess.Popen(
        [*COMMAND, *arguments],
        stdin=stdin,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def saved(name: str = "web", secret: str = "its client has no secret") -> str:
    """What `profiles add` says when it is done."""
    file = Path(os.environ["COGNITO_TUI_CONFIG_DIR"]) / "profiles.toml"
    return f"saved profile {name!r} in {file}; {secret}\n"


IN_THE_KEYRING: Final = "its client secret is in the keyring"


def _bytes(text: str | bytes) -> bytes:
    return text.encode() if isinstance(text, str) else text
