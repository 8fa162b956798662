"""The sandbox as `cognito-tui sandbox` serves it, in this process, with what is needed to use it."""

from __future__ import annotations

from dataclasses import dataclass

from cognito_tui.cognito.model import UserStatus
from cognito_tui.sandbox.pool import AppClient
from cognito_tui.sandbox.sandbox import Sandbox
from cognito_tui.sandbox.seed import Seed

NEW_PASSWORD = "Correct-Horse7"


@dataclass(frozen=True)
class Served:
    """A sandbox at `url`, and who lives there."""

    url: str
    sandbox: Sandbox
    seed: Seed

    def client(self, username: str) -> AppClient:
        """The app client that `username` signs in to."""
        inhabitant = next(each for each in self.seed.inhabitants if each.username == username)
        return self.sandbox.state.pools[inhabitant.user_pool_id].clients[inhabitant.client_id]

    def pool_id(self, username: str) -> str:
        return next(each.user_pool_id for each in self.seed.inhabitants if each.username == username)

    def password(self, username: str) -> str:
        return next(each.password.reveal() for each in self.seed.inhabitants if each.username == username)

    def secret(self, username: str) -> str:
        return self.client(username).secrets[0].reveal()

    def options(self, username: str) -> tuple[str, ...]:
        """The options that say which client; its secret comes by stdin when it has one."""
        client = self.client(username)
        return (
            *("--user-pool-id", self.pool_id(username), "--client-id", client.client_id),
            *("--endpoint-url", self.url, "--secret-stdin" if client.secrets else "--no-secret"),
        )

    def sign_in(self, username: str) -> tuple[str, ...]:
        """The whole command, by USER_PASSWORD_AUTH, answers by stdin; see `stdin`."""
        flow = ("--flow", "USER_PASSWORD_AUTH")
        return ("sign-in", "--username", username, *self.options(username), *flow, "--answers", "-")

    def stdin(self, username: str, answers: str) -> str:
        """The secret when there is one, then the answers."""
        secret = f"{self.secret(username)}\n" if self.client(username).secrets else ""
        return secret + answers

    def status(self, username: str) -> UserStatus:
        """Of the user as it is now."""
        user = self.sandbox.state.pools[self.pool_id(username)].find(username)
        assert user
        return user.status
