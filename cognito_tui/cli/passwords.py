"""Passwords for many users: one that is typed, or one each in a file that the person names."""

from __future__ import annotations

import argparse
import contextlib
import os
import secrets
from collections.abc import Iterator
from pathlib import Path

from cognito_tui.bulk.orders import PasswordFor
from cognito_tui.bulk.table import csv_line
from cognito_tui.cli.pool import checked
from cognito_tui.cli.status import Status, Stop
from cognito_tui.cli.streams import say, secret_from_stdin
from cognito_tui.cognito import checks
from cognito_tui.cognito.described import UserPoolDescription
from cognito_tui.cognito.model import Secret
from cognito_tui.cognito.new_password import new_password
from cognito_tui.cognito.password_policy import PasswordPolicy
from cognito_tui.store.paths import shown


def typed_password(args: argparse.Namespace) -> Secret | None:
    """The first line of stdin with `--password-stdin`; None without.

    Raises:
        Stop: it is no password.
    """
    if not args.password_stdin:
        return None
    password = secret_from_stdin("the password")
    checked("the password", password.reveal(), checks.line_problem(password.reveal()))
    return password


@contextlib.contextmanager
def passwords(
    typed: Secret | None, new: Path | None, before: str, pool: UserPoolDescription | None
) -> Iterator[PasswordFor | None]:
    """Where the passwords of a run come from: the one that was typed, or one each, kept in a file.

    `new` is the file to make, `before` that of the run that is gone on with. Without the pool's policy, that
    of a pool without one of its own is met.

    Raises:
        Stop: the policy does not take what was typed, or there is no file.
    """
    policy = pool.password_policy if pool else PasswordPolicy()
    if typed is not None:
        missing = [rule.word for rule in policy.rules(typed.reveal()) if not rule.met] if pool else []
        if missing:
            raise Stop(
                Status.USAGE, f"cognito-tui: the pool's policy wants of a password: {', '.join(missing)}"
            )
        yield lambda _username: _as_typed(typed)
    elif path := new or (Path(before) if before else None):
        with contextlib.closing(PasswordFile(path, policy, again=new is None)) as file:
            say(f"warning: {shown(path)} gets passwords that whoever reads it can use: delete it when done")
            yield file.password_for
    else:
        yield None


async def _as_typed(password: Secret) -> Secret:
    return password


class PasswordFile:
    """Generated passwords as CSV, `username,password`, for its owner alone. The last line of a user counts.

    Usernames are guarded; passwords need not be, which begin with a letter (see `new_password`).

    It is made where nothing was before, unless `again`: then it goes on with the file of the run before.

    Raises:
        Stop: it cannot be made, or is there already.
    """

    def __init__(self, path: Path, policy: PasswordPolicy, *, again: bool = False) -> None:
        self._policy = policy
        self.path = path
        flags = os.O_RDWR | os.O_APPEND | (0 if again else os.O_CREAT | os.O_EXCL)
        try:
            self._file = os.open(path, flags, 0o600)
            if again:
                self._begin_line()
            else:
                self._keep("username", "password")
        except FileExistsError:
            raise Stop(
                Status.USAGE, f"cognito-tui: --generate: {shown(path)} is there already, and is left as it is"
            ) from None
        except OSError as error:
            raise Stop(Status.USAGE, f"cognito-tui: --generate: {shown(path)}: {error.strerror}") from None

    async def password_for(self, username: str) -> Secret:
        """A new password, which is in the file, on the disk, when this returns.

        Raises:
            OSError: it is not.
        """
        password = new_password(self._policy, secrets.token_bytes)
        self._keep(username, password.reveal())
        return password

    def close(self) -> None:
        """Let go of the file."""
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
