"""Signed calls for the profile in use."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import ClassVar

from cognito_tui.cognito.errors import CognitoError, NoCredentials
from cognito_tui.cognito.read_only import allowed_when_read_only, refusal_when_read_only
from cognito_tui.cognito.snippets import Where
from cognito_tui.cognito.steps import Call
from cognito_tui.tui.calls import Calls
from cognito_tui.tui.in_use import Admin, InUse
from cognito_tui.walk import Reply


class ReadOnly(CognitoError):
    """A change that a read-only profile does not let out; nothing was sent."""

    SHORT: ClassVar[str] = "read only"


class AdminCalls:
    """The calls of one profile; `tell` hears whether they go through."""

    def __init__(self, in_use: InUse, calls: Calls, tell: Callable[[Admin], None]) -> None:
        self.in_use = in_use
        self._calls = calls
        self._tell = tell

    async def send(self, call: Call) -> Reply:
        """Send `call`.

        Raises:
            CognitoError: see `cognito.errors`; `ReadOnly` for a change that the profile does not allow.
        """
        return await self._sent(self._calls.send, call)

    async def send_for_good(self, call: Call) -> Reply:
        """Send `call`, and wait for it as long as it takes.

        Raises:
            CognitoError: as `send`.
        """
        return await self._sent(self._calls.send_for_good, call)

    async def _sent(self, send: Callable[[Where, Call], Awaitable[Reply]], call: Call) -> Reply:
        if self.in_use.profile.read_only and not allowed_when_read_only(call):
            raise ReadOnly(call.operation, refusal_when_read_only(call))
        try:
            reply = await send(self.in_use.where, call)
        except NoCredentials:
            self._tell(Admin.NO_CREDENTIALS)
            raise
        self._tell(Admin.WORKS)
        return reply
