"""What a sandbox remembers, and how the operations look things up in it."""

from __future__ import annotations

import hmac
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from cognito_tui.cognito.model import Secret
from cognito_tui.sandbox.auth_events import AuthEvents
from cognito_tui.sandbox.identifiers import TokenBytes
from cognito_tui.sandbox.outbox import Outbox
from cognito_tui.sandbox.pool import AppClient, UserPool
from cognito_tui.sandbox.refresh_tokens import RefreshTokens
from cognito_tui.sandbox.refusal import Refusal
from cognito_tui.sandbox.sessions import Sessions

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

    from cognito_tui.sandbox.tokens import Signer


@dataclass
class State:
    """Everything there is.

    `base_url` is where the sandbox is served: issuers of tokens begin with it. `associated` are the secrets
    of AssociateSoftwareToken by `sub`, as long as no code of theirs was seen. Of ListUsers, every
    `empty_pages`-th page is empty, unless it is 0.
    """

    clock: Callable[[], datetime]
    token_bytes: TokenBytes
    signing_key: RSAPrivateKey | None = None
    base_url: str = "http://127.0.0.1"
    empty_pages: int = 0
    pools: dict[str, UserPool] = field(default_factory=dict)
    associated: dict[str, Secret] = field(default_factory=dict)
    outbox: Outbox = field(default_factory=Outbox)
    auth_events: AuthEvents = field(default_factory=AuthEvents)

    @cached_property
    def sessions(self) -> Sessions:
        """The Sessions handed out."""
        return Sessions(self.clock, self.token_bytes)

    @cached_property
    def refresh_tokens(self) -> RefreshTokens:
        """The refresh tokens handed out."""
        return RefreshTokens(self.clock, self.token_bytes)

    def constant(self, *about: str, size: int) -> bytes:
        """`size` random bytes, 32 at most, that are the same whenever they are asked for about the same."""
        return hmac.digest(self._seed, "\0".join(about).encode(), "sha256")[:size]

    @cached_property
    def _seed(self) -> bytes:
        return self.token_bytes(32)

    @cached_property
    def signer(self) -> Signer:
        """Who mints and verifies tokens; the first use makes the key."""
        from cognito_tui.sandbox.tokens import Signer  # noqa: PLC0415 starting must not wait for cryptography

        return Signer(self.signing_key)

    def pool(self, user_pool_id: str) -> UserPool:
        """The pool of that id.

        Raises:
            Refusal: ResourceNotFoundException, row 48.
        """
        if user_pool_id not in self.pools:
            raise Refusal("ResourceNotFoundException", f"User pool {user_pool_id} does not exist.")
        return self.pools[user_pool_id]

    def client(self, client_id: str, user_pool_id: str | None = None) -> tuple[UserPool, AppClient]:
        """The client of that id and its pool; with `user_pool_id` only there.

        Raises:
            Refusal: ResourceNotFoundException, rows 47 and 48.
        """
        for pool in [self.pool(user_pool_id)] if user_pool_id else self.pools.values():
            if client_id in pool.clients:
                return pool, pool.clients[client_id]
        raise Refusal("ResourceNotFoundException", f"User pool client {client_id} does not exist.")

    def issuer(self, pool: UserPool) -> str:
        """`iss` of the pool's tokens; below it stands `/.well-known/jwks.json`."""
        return f"{self.base_url}/{pool.pool_id}"


def epoch(moment: datetime) -> float:
    """A timestamp as AWS JSON 1.1 has it: seconds since 1970, to the millisecond."""
    return round(moment.timestamp(), 3)
