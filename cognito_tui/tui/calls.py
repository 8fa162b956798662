"""The calls of the app: off the event loop, with one set of botocore clients for each place they go to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cognito_tui.cognito.errors import AnswerLost
from cognito_tui.cognito.snippets import Where
from cognito_tui.cognito.steps import Call
from cognito_tui.off_loop import off_loop
from cognito_tui.walk import Reply

if TYPE_CHECKING:
    from cognito_tui.aws.client import Client

PATIENCE: Final = 90.0
"""Seconds for a call with all it needs: an AWS profile may ask a helper program or a metadata service."""


class Calls:
    """Sends calls. botocore is imported at the first one, in its thread: that takes longer than a paint."""

    def __init__(self) -> None:
        self._clients: dict[tuple[Where, bool], Client] = {}

    async def send(self, where: Where, call: Call) -> Reply:
        """Send `call` to `where`.

        Raises:
            CognitoError: see `cognito.errors`.
        """
        try:
            return await off_loop(PATIENCE, self._send, where, call)
        except TimeoutError:
            raise AnswerLost(call.operation, f"No answer came within {PATIENCE:.0f} seconds.") from None

    async def send_for_good(self, where: Where, call: Call) -> Reply:
        """Send `call` once, and wait as long as it takes: who gave up on it could not say it will not go out.

        Throttling is told at the first time, so that whoever sends many can slow down.

        Raises:
            CognitoError: see `cognito.errors`.
        """
        return await off_loop(None, self._send, where, call, repeats=False)

    def prepare(self, where: Where) -> None:
        """Build what the first public call to `where` needs. Blocking; without effect when it fails."""
        self._client(where).prepare()

    def _send(self, where: Where, call: Call, *, repeats: bool = True) -> Reply:
        return self._client(where, repeats=repeats).send(call)

    def _client(self, where: Where, *, repeats: bool = True) -> Client:
        from cognito_tui.aws.client import PAUSES, Client  # noqa: PLC0415 after the first paint

        pauses = PAUSES if repeats else ()
        made = Client(where.region, where.endpoint_url, where.aws_profile, pauses=pauses)
        return self._clients.setdefault((where, repeats), made)
