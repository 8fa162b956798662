"""Changing users: as whom, what became of it, and the line that is kept of it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, tzinfo
from typing import Final

from cognito_tui.bulk.setbacks import Setback, setback
from cognito_tui.cognito import requests
from cognito_tui.cognito.described import UserPoolDescription
from cognito_tui.cognito.errors import CognitoError, NotDone
from cognito_tui.cognito.means import Means
from cognito_tui.cognito.password_policy import PasswordPolicy
from cognito_tui.cognito.steps import Call
from cognito_tui.cognito.users import User, user_from
from cognito_tui.off_loop import off_loop
from cognito_tui.store.changes import Change, Changes, Place
from cognito_tui.store.errors import StoreError
from cognito_tui.tui.account import Account
from cognito_tui.tui.admin import AdminCalls, ReadOnly
from cognito_tui.walk import Reply

PATIENCE: Final = 12.0
"""Seconds to wait for STS, which says as whom a change would be made; without it nothing is held up."""


class UserAdmin:
    """Looks at users and changes them, for one profile, of whose pool `account` tells.

    `means` gives the time and the randomness of passwords; dates are shown in `zone`. `keeps_log` is False in
    the sandbox, of which nothing is written anywhere; `complain` is told when a line could not be written.
    """

    def __init__(
        self,
        admin: AdminCalls,
        account: Account,
        means: Means,
        zone: tzinfo | None,
        complain: Callable[[str], None],
        *,
        keeps_log: bool,
    ) -> None:
        self.in_use = admin.in_use
        self.means = means
        self.zone = zone
        self._admin = admin
        self._account = account
        self._complain = complain
        self._keeps_log = keeps_log
        self._identity: asyncio.Task[str] | None = None

    @property
    def pool(self) -> UserPoolDescription | None:
        """The pool as far as it is known: not yet, or never, where it may not be described."""
        return self._account.pool

    async def describe_pool(self) -> UserPoolDescription | None:
        """Wait until the pool is known; None where it may not be described."""
        return await self._account.describe_pool()

    @property
    def policy(self) -> PasswordPolicy:
        """The pool's password policy, or Cognito's own where that is not known."""
        return self.pool.password_policy if self.pool else PasswordPolicy()

    @property
    def user_pool_id(self) -> str:
        """The pool."""
        return self.in_use.profile.user_pool_id

    async def look(self, username: str) -> User:
        """The user as Cognito has it now.

        Raises:
            CognitoError: it could not be had.
        """
        return user_from((await self.send(requests.admin_get_user(self.user_pool_id, username))).body)

    async def send(self, call: Call) -> Reply:
        """Send a call that changes nothing, or one that is logged elsewhere.

        Raises:
            CognitoError: what came of it.
        """
        return await self._admin.send(call)

    async def change(self, call: Call) -> Reply:
        """Send a call that changes a user, and write down what became of it.

        Raises:
            CognitoError: what came of it.
        """
        identity = await self.identity()
        try:
            reply = await self._admin.send(call)
        except CognitoError as error:
            if not isinstance(error, ReadOnly | NotDone) and setback(error) is not Setback.END:
                outcome = "unknown" if setback(error) is Setback.DOUBT else "failed"
                await self._log(call, identity, outcome, error.name)
            raise
        except asyncio.CancelledError:
            await self._log(call, identity, "unknown")
            raise
        await self._log(call, identity, "done")
        return reply

    async def identity(self) -> str:
        """The ARN that signed calls go out as; empty where AWS is not asked, or does not tell."""
        if self.in_use.endpoint.url is not None:
            return ""
        if self._identity is None:
            self._identity = asyncio.create_task(self._ask_identity())
        return await asyncio.shield(self._identity)

    async def _ask_identity(self) -> str:
        from cognito_tui.aws.account import caller_identity  # noqa: PLC0415 botocore is not for the first paint

        where = self.in_use.where
        try:
            return (await off_loop(PATIENCE, caller_identity, where.region, where.aws_profile)).arn
        except (CognitoError, TimeoutError):
            return ""

    @property
    def place(self) -> Place:
        """Where changes are made, without as whom."""
        profile = self.in_use.profile
        return Place(profile.user_pool_id, profile.region, self.in_use.endpoint.url)

    async def _log(self, call: Call, identity: str, outcome: str, code: str = "") -> None:
        if not self._keeps_log:
            return
        place = replace(self.place, identity=identity)
        username = str(call.params.get("Username", ""))
        change = Change(self.means.now().astimezone(UTC), call.operation, username, outcome, code)
        try:
            await off_loop(None, _write, place, change)
        except StoreError as error:
            self._complain(f"{error.sentence} What was changed in the pool is not written down here.")


def _write(place: Place, change: Change) -> None:
    with Changes(place) as changes:
        changes.add([change])
        changes.sync()


def as_whom(identity: str) -> str:
    """An identity as a person reads it: the part of an ARN that names somebody."""
    return identity.rpartition(":")[2] or identity
