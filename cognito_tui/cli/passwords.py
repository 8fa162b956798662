"""Passwords for many users: one that is typed, or one each in a file that the person names."""

from __future__ import annotations

import argparse
import contextlib
import secrets
from collections.abc import Iterator
from pathlib import Path

from cognito_tui.bulk.orders import PasswordFor
from cognito_tui.cli.pool import checked
from cognito_tui.cli.status import Status, Stop
from cognito_tui.cli.streams import say, secret_from_stdin
from cognito_tui.cognito import checks
from cognito_tui.cognito.described import UserPoolDescription
from cognito_tui.cognito.model import Secret
from cognito_tui.cognito.new_password import new_password
from cognito_tui.cognito.password_policy import PasswordPolicy
from cognito_tui.store.errors import StoreError
from cognito_tui.store.password_file import PasswordFile
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
        with contextlib.closing(_file(path, policy, again=new is None)) as file:
            say(f"warning: {shown(path)} gets passwords that whoever reads it can use: delete it when done")
            yield file.password_for
    else:
        yield None


def _file(path: Path, policy: PasswordPolicy, *, again: bool) -> PasswordFile:
    try:
        return PasswordFile(path, lambda: new_password(policy, secrets.token_bytes), again=again)
    except StoreError as error:
        raise Stop(Status.USAGE, f"cognito-tui: --generate: {error.sentence.removesuffix('.')}") from None


async def _as_typed(password: Secret) -> Secret:
    return password
