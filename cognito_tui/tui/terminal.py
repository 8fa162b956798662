"""The terminal as Textual 8.2.8 drives it, but that the process outlives no terminal that is closed.

Closing a terminal sends SIGHUP and SIGCONT, and every write to it fails from then on. Textual takes any
SIGCONT for the end of a ctrl+z and starts its threads a second time; and its writing thread dies of the first
failure, so that whoever writes next waits for ever.
"""

from __future__ import annotations

import contextlib
from typing import IO, Any

from textual.drivers.linux_driver import LinuxDriver


class TerminalDriver(LinuxDriver):
    """Textual's driver for Linux and macOS."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._file: Any = _WhileItLasts(self._file)
        self._suspended = False

    def suspend_application_mode(self) -> None:
        """Give the terminal to the shell, or to another program."""
        super().suspend_application_mode()
        self._suspended = True

    def resume_application_mode(self) -> None:
        """Take the terminal again."""
        self._suspended = False
        super().resume_application_mode()

    def _sigcont_application(self, *_: object) -> None:
        if self._suspended:
            super()._sigcont_application()


class _WhileItLasts:
    """A file whose writing never fails: when nobody is there any more, nothing is written."""

    def __init__(self, file: IO[str]) -> None:
        self._inner = file

    def write(self, text: str) -> None:
        with contextlib.suppress(OSError):
            self._inner.write(text)

    def flush(self) -> None:
        with contextlib.suppress(OSError):
            self._inner.flush()

    def fileno(self) -> int:
        return self._inner.fileno()
