"""`Session`, the opaque string that ties the answer of a challenge to the request before it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from cognito_tui.sandbox.identifiers import TokenBytes, opaque
from cognito_tui.sandbox.refusal import not_authorized, wrong_session
from cognito_tui.sandbox.sign_in import Kept, SignIn


@dataclass(frozen=True)
class Session:
    """What a Session stands for: a sign-in that was asked `challenge`, and what is `kept` for the answer."""

    sign_in: SignIn
    challenge: str
    expires: datetime
    kept: Kept = None
    used: bool = False


@dataclass
class Sessions:
    """The Sessions handed out: each for one user, client and challenge, for minutes, for one success."""

    clock: Callable[[], datetime]
    token_bytes: TokenBytes
    _open: dict[str, Session] = field(default_factory=dict)

    def begin(self, sign_in: SignIn, challenge: str, kept: Kept = None) -> str:
        """A new session, good for the client's AuthSessionValidity."""
        text = opaque(self.token_bytes, 600)
        expires = self.clock() + timedelta(minutes=sign_in.client.auth_session_validity)
        self._open[text] = Session(sign_in, challenge, expires, kept)
        return text

    def rename(self, text: str, name: str) -> None:
        """Have the session go by `name`: the SECRET_BLOCK of a plain USER_SRP_AUTH, which has no other."""
        self._open[name] = self._open.pop(text)

    def keep(self, text: str, kept: Kept) -> str:
        """Use the session up for a new one of the same, as good as long, with something else kept."""
        self.spend(text)
        following = opaque(self.token_bytes, 600)
        self._open[following] = replace(self._open[text], kept=kept, used=False)
        return following

    def knows(self, text: str) -> bool:
        """Whether there was such a session."""
        return text in self._open

    def kept(self, text: str) -> Kept:
        """What is kept of a session there is."""
        return self._open[text].kept

    def check(
        self, text: str, challenge: str, client_id: str | None = None, username: str | None = None
    ) -> Session:
        """The session, when it is for this answer and still good, with the user as it now is.

        A refused answer leaves it so, unless the refusal ends it. AssociateSoftwareToken names neither
        client nor user.

        Raises:
            Refusal: NotAuthorizedException, rows 12 to 14.
        """
        session = self._open.get(text)
        if (
            session is None
            or session.challenge != challenge
            or client_id not in {None, session.sign_in.client.client_id}
            or (username is not None and not session.sign_in.means(username))
        ):
            raise wrong_session()
        if session.used:
            raise not_authorized("Invalid session for the user, session can only be used once.")
        if self.clock() >= session.expires:
            raise not_authorized("Invalid session for the user, session is expired.")
        user = session.sign_in.pool.users.get(session.sign_in.user.sub, session.sign_in.user)
        return replace(session, sign_in=session.sign_in.with_user(user))

    def spend(self, text: str) -> None:
        """The answer was taken: the session is used up."""
        self._open[text] = replace(self._open[text], used=True)
