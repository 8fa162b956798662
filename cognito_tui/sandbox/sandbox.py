"""The sandbox itself: user pools in memory that answer Cognito's operations."""

from __future__ import annotations

import secrets
import threading
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from cognito_tui.sandbox.identifiers import TokenBytes, new_uuid
from cognito_tui.sandbox.operations import OPERATIONS
from cognito_tui.sandbox.quotas import Quotas
from cognito_tui.sandbox.refusal import Refusal
from cognito_tui.sandbox.shapes import INPUTS, PUBLIC
from cognito_tui.sandbox.state import State
from cognito_tui.sandbox.validation import validated

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey


def _now() -> datetime:
    return datetime.now(UTC)


class Sandbox:
    """User pools in memory. One request at a time is answered, whatever thread it comes from.

    Args:
        clock: the time, aware and in UTC.
        token_bytes: where ids, secrets and opaque strings come from, as `secrets.token_bytes`.
        signing_key: what tokens are signed with; made when the first is minted, if none is given.
        empty_pages: how often a page of ListUsers is empty and carries a token: each second, third
            and so on; never with 0.
        quotas: how many requests a second it takes; any number if none are given.
    """

    def __init__(
        self,
        *,
        clock: Callable[[], datetime] = _now,
        token_bytes: TokenBytes = secrets.token_bytes,
        signing_key: RSAPrivateKey | None = None,
        empty_pages: int = 0,
        quotas: Quotas | None = None,
    ) -> None:
        self.state = State(clock, token_bytes, signing_key, empty_pages=empty_pages)
        self._quotas = quotas
        self._done: Counter[tuple[str, str]] = Counter()
        self._lock = threading.Lock()

    def answer(self, operation: str, params: object, *, authorized: bool = False) -> dict[str, Any]:
        """What Cognito answers to `operation` with `params`, both as AWS JSON has them.

        `authorized` tells whether the request is signed; whose signature it is makes no difference.

        Raises:
            Refusal: Cognito's error.
        """
        if operation not in OPERATIONS:
            raise Refusal("UnknownOperationException", f"The sandbox does not serve {operation!r}.")
        if operation not in PUBLIC and not authorized:
            raise Refusal("MissingAuthenticationTokenException", "Missing Authentication Token")
        try:
            with self._lock:
                if self._quotas:
                    self._quotas.check(operation, params, self.state.clock())
                return self._executed(operation, validated(INPUTS[operation], params))
        finally:
            self.state.outbox.deliver()

    def _executed(self, operation: str, params: Mapping[str, Any]) -> dict[str, Any]:
        username = self._about(params)
        answer = OPERATIONS[operation](self.state, params)
        if username:
            self._done[operation, username] += 1
        return answer

    def _about(self, params: Mapping[str, Any]) -> str:
        """The canonical username of whom a request is about, if there is one already; else what it has."""
        name = str(params.get("Username", ""))
        pool = self.state.pools.get(params.get("UserPoolId", ""))
        user = pool.find_for_admin(name) if pool and name else None
        return user.username if user else name

    @property
    def done(self) -> Mapping[tuple[str, str], int]:
        """How often each operation succeeded about whom, by the canonical username."""
        with self._lock:
            return dict(self._done)

    def document(self, path: str) -> dict[str, Any] | None:
        """A pool's JWKS or OpenID configuration, by the path of its URL; None where there is none."""
        pool_id, _, name = path.removeprefix("/").partition("/")
        with self._lock:
            pool = self.state.pools.get(pool_id)
            if pool is None:
                return None
            if name == ".well-known/jwks.json":
                return self.state.signer.jwks()
            if name == ".well-known/openid-configuration":
                return _openid_configuration(self.state.issuer(pool))
            return None

    def request_id(self) -> str:
        """An id for the next answer."""
        with self._lock:
            return new_uuid(self.state.token_bytes)


def _openid_configuration(issuer: str) -> dict[str, Any]:
    """OpenID Connect Discovery 1.0; no endpoint but the keys, for there is no managed login here."""
    return {
        "issuer": issuer,
        "jwks_uri": f"{issuer}/.well-known/jwks.json",
        "id_token_signing_alg_values_supported": ["RS256"],
        "response_types_supported": ["code", "token"],
        "subject_types_supported": ["public"],
        "scopes_supported": ["openid", "email", "phone", "profile"],
    }
