"""An authenticator app for scripts: the codes of `TOTP_SECRET`, and the file of a key that was set up."""

from __future__ import annotations

import contextlib
import os
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cognito_tui.cli.status import Status, Stop
from cognito_tui.cognito import totp
from cognito_tui.cognito.model import Secret


@dataclass(frozen=True)
class Clock:
    """Seconds since 1970, and how to let some pass."""

    now: Callable[[], float]
    sleep: Callable[[float], None]


THIS_MACHINES: Final = Clock(time.time, time.sleep)

LONGEST_WAIT: Final = 5
"""Windows to wait for in a row: as many as a Session of three minutes has left."""


@dataclass
class Authenticator:
    """Gives each code once; `window` is that of the code it gave last.

    Cognito takes a code once, so that one of another run, or of a phone, may be used up already.
    """

    key: bytes
    clock: Clock
    window: int = -1
    waits: int = 0

    def code(self) -> Secret:
        """The code of now, or of the next window when that of now was given before."""
        if int(self.clock.now() // totp.STEP) <= self.window:
            self.waits += 1
            self.clock.sleep((self.window + 1) * totp.STEP - self.clock.now())
        # a sleep may end early: the window is counted, not read from the clock
        self.window = max(int(self.clock.now() // totp.STEP), self.window + 1)
        return Secret(totp.code(self.key, self.window * totp.STEP))

    @property
    def patient(self) -> bool:
        """Whether it may wait once more."""
        return self.waits < LONGEST_WAIT


def keep(secret_code: Secret, file: Path) -> None:
    """Write the key of an authenticator app into `file`, for its owner only and whole, or not at all.

    Raises:
        Stop: it cannot be written.
    """
    try:
        number, name = tempfile.mkstemp(prefix=".totp-secret-", dir=file.parent)  # for its owner only
        try:
            with os.fdopen(number, "w", encoding="ascii") as new:
                new.write(f"{secret_code.reveal()}\n")
                new.flush()
                os.fsync(number)
            Path(name).replace(file)
        except OSError:
            with contextlib.suppress(OSError):
                Path(name).unlink()
            raise
    except OSError as error:
        raise Stop(Status.USAGE, f"cognito-tui: --totp-secret-file: {error.strerror}") from None
