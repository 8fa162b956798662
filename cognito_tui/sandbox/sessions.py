"""`Session`, the opaque string that ties the answer of a challenge to the request before it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from cognito_tui.sandbox.identifiers import TokenBytes, opaque
from cognito_tui.sandbox.refusal import not_authorized, wrong_session


@dataclass(frozen=True)
class _Session:
    client_id: str
    sub: str
    challenge: str
    expires: datetime
    used: bool = False


@dataclass
class Sessions:
    """The Sessions handed out: each for one user, client and challenge, for minutes, for one success."""

    clock: Callable[[], datetime]
    token_bytes: TokenBytes
    _open: dict[str, _Session] = field(default_factory=dict)

    def begin(self, client_id: str, sub: str, challenge: str, minutes: int) -> str:
        """A new session, good for AuthSessionValidity `minutes`."""
        text = opaque(self.token_bytes, 600)
        self._open[text] = _Session(client_id, sub, challenge, self.clock() + timedelta(minutes=minutes))
        return text

    def check(self, text: str, client_id: str, sub: str, challenge: str) -> None:
        """See that the session is for this answer and still good. A refused answer leaves it so.

        Raises:
            Refusal: NotAuthorizedException, rows 12 to 14.
        """
        session = self._open.get(text)
        if session is None or (session.client_id, session.sub, session.challenge) != (
            client_id,
            sub,
            challenge,
        ):
            raise wrong_session()
        if session.used:
            raise not_authorized("Invalid session for the user, session can only be used once.")
        if self.clock() >= session.expires:
            raise not_authorized("Invalid session for the user, session is expired.")

    def spend(self, text: str) -> None:
        """The answer was taken: the session is used up."""
        self._open[text] = replace(self._open[text], used=True)
