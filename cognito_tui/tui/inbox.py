"""What reaches the inhabitants of the sandbox, and what their phones and passkeys would answer."""

from __future__ import annotations

from collections.abc import Callable

from cognito_tui.cognito import challenges, totp
from cognito_tui.cognito.model import Secret
from cognito_tui.cognito.steps import Prompt
from cognito_tui.sandbox.challenges.web_authn import pretended
from cognito_tui.sandbox.outbox import Message
from cognito_tui.sandbox.pool import User
from cognito_tui.sandbox.sandbox import Sandbox


class Inbox:
    """The messages of a sandbox's users, and the answers that only they would have."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._state = sandbox.state

    def listen(self, heard: Callable[[Message], None]) -> Callable[[], None]:
        """Have `heard` called with each new message, in another thread; what this returns ends it."""
        return self._state.outbox.listen(heard)

    def answer(self, prompt: Prompt, user_pool_id: str) -> Secret | None:
        """The code or the credential that `prompt` asks for; None where there is none to have."""
        challenge, now = prompt.challenge, self._state.clock()
        if prompt.software_token is not None:
            return Secret(totp.code(totp.key(prompt.software_token.secret_code), now.timestamp()))
        if challenge.name == "WEB_AUTHN":
            return Secret(pretended(challenge.parameters.get("CREDENTIAL_REQUEST_OPTIONS", "")))
        user = self._user(user_pool_id, prompt.subject.username)
        if user is None:
            return None
        if challenge.name == challenges.TOTP:
            return Secret(user.token.code(now)) if user.token else None
        sent = any(field.is_code for field in challenges.form(challenge).fields)
        return self._newest_code(user_pool_id, user) if sent else None

    def _user(self, user_pool_id: str, username: str) -> User | None:
        pool = self._state.pools.get(user_pool_id)
        return pool.find(username) if pool else None

    def _newest_code(self, user_pool_id: str, user: User) -> Secret | None:
        return next(
            (
                message.code
                for message in reversed(self._state.outbox.messages)
                if message.code and (message.user_pool_id, message.username) == (user_pool_id, user.username)
            ),
            None,
        )
