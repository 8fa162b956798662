"""Generated passwords in a file that a person names, for its owner alone."""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Callable
from pathlib import Path

from cognito_tui.bulk.table import csv_line
from cognito_tui.cognito.model import Secret
from cognito_tui.off_loop import off_loop
from cognito_tui.store.errors import StoreError
from cognito_tui.store.paths import shown


class PasswordFile:
    """CSV, `username,password`; the last line of a user counts. It is made where nothing was before.

    Usernames are guarded; passwords need not be, which begin with a letter (see `new_password`). With `again`
    it goes on with the file of the run before. `make` gives a new password.

    Raises:
        StoreError: it cannot be made, or is there already.
    """

    def __init__(self, path: Path, make: Callable[[], Secret], *, again: bool = False) -> None:
        self.path = path
        self._make = make
        self._lock = threading.Lock()
        flags = os.O_RDWR | os.O_APPEND | (0 if again else os.O_CREAT | os.O_EXCL)
        try:
            self._file = os.open(path, flags, 0o600)
        except FileExistsError:
            raise StoreError(f"{shown(path)} is there already, and is left as it is.") from None
        except OSError as error:
            raise StoreError(f"{shown(path)} cannot be made: {error.strerror}.") from None
        if again:
            self._begin_line()
        else:
            self._keep("username", "password")

    async def password_for(self, username: str) -> Secret:
        """A new password, which is on the disk when this returns.

        Raises:
            StoreError: it is not.
        """
        password = self._make()
        await off_loop(None, self._keep, username, password.reveal())
        return password

    def close(self) -> None:
        """Let go of the file."""
        with contextlib.suppress(OSError):
            os.close(self._file)

    def _keep(self, username: str, password: str) -> None:
        self._append(f"{csv_line((username, password))}\n".encode())

    def _begin_line(self) -> None:
        """End a last line that its writer did not, lest the next be glued to it."""
        end = os.lseek(self._file, 0, os.SEEK_END)
        if end:
            os.lseek(self._file, end - 1, os.SEEK_SET)
            if os.read(self._file, 1) != b"\n":
                self._append(b"\n")

    def _append(self, content: bytes) -> None:
        """Write `content` through to the disk: all of it, or none."""
        with self._lock:
            try:
                end = os.lseek(self._file, 0, os.SEEK_END)
                try:
                    left = memoryview(content)
                    while left:
                        left = left[os.write(self._file, left) :]
                    os.fsync(self._file)
                except OSError:
                    with contextlib.suppress(OSError):
                        os.ftruncate(self._file, end)
                    raise
            except OSError as error:
                raise StoreError(f"{shown(self.path)} cannot be written: {error.strerror}.") from None
