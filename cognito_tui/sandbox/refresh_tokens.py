"""Refresh tokens: whose they are, how long they live, and what became of them.

All that descend from one sign-in are a family and share its `origin_jti`, as their access tokens do; with
RefreshTokenRotation each is replaced by the next. What is revoked is a family.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final

from cognito_tui.sandbox.identifiers import TokenBytes, new_uuid, opaque
from cognito_tui.sandbox.refusal import Refusal, not_authorized

_LIFE: Final = timedelta(days=30)
"""RefreshTokenValidity by default."""


@dataclass(frozen=True)
class RefreshToken:
    """One: of which sign-in, of which user through which client, and with which device it came, if any."""

    client_id: str
    sub: str
    origin: str
    authenticated: datetime
    device_key: str = ""
    replaced: datetime | None = None


@dataclass(frozen=True)
class Family:
    """All tokens of one sign-in: through which client and when it was, and when they were last refreshed."""

    origin: str
    client_id: str
    created: datetime
    active: datetime


@dataclass
class RefreshTokens:
    """All that were handed out."""

    clock: Callable[[], datetime]
    token_bytes: TokenBytes
    _issued: dict[str, RefreshToken] = field(default_factory=dict)
    _revoked: set[str] = field(default_factory=set)
    _refreshed: dict[str, datetime] = field(default_factory=dict)

    def issue(self, client_id: str, sub: str, device_key: str) -> tuple[str, RefreshToken]:
        """The first of a family, as text and as what it stands for."""
        text = self._text()
        grant = RefreshToken(client_id, sub, new_uuid(self.token_bytes), self.clock(), device_key)
        self._issued[text] = grant
        return text, grant

    def check(self, text: str, client_id: str) -> RefreshToken:
        """What `text` stands for, when it is good for that client.

        Raises:
            Refusal: rows 15 to 17.
        """
        grant = self._issued.get(text)
        if grant is None or grant.client_id != client_id:
            raise invalid_refresh_token()
        if grant.origin in self._revoked:
            raise not_authorized("Refresh Token has been revoked")
        if self.clock() >= grant.authenticated + _LIFE:
            raise not_authorized("Refresh Token has expired")
        return grant

    def rotate(self, text: str, grace: int) -> str:
        """The next of the family, which ends when the first would; `text` is good for `grace` seconds yet.

        Raises:
            Refusal: RefreshTokenReuseException after those, and the family is revoked (Developer Guide,
                refresh token rotation); its words are inferred.
        """
        now, grant = self.clock(), self._issued[text]
        if grant.replaced is not None and now > grant.replaced + timedelta(seconds=grace):
            self._revoked.add(grant.origin)
            raise Refusal("RefreshTokenReuseException", "Refresh token has been used already.")
        self._issued[text] = replace(grant, replaced=grant.replaced or now)
        following = self._text()
        self._issued[following] = replace(grant, replaced=None)
        return following

    def note_use(self, grant: RefreshToken) -> None:
        """New tokens were minted for `grant`."""
        self._refreshed[grant.origin] = self.clock()

    def families(self, sub: str) -> list[Family]:
        """Those of a user that are still good, by age."""
        found = {
            grant.origin: Family(
                grant.origin,
                grant.client_id,
                grant.authenticated,
                self._refreshed.get(grant.origin, grant.authenticated),
            )
            for grant in self._issued.values()
            if grant.sub == sub and self.clock() < grant.authenticated + _LIFE
        }
        return [family for origin, family in found.items() if origin not in self._revoked]

    def revoke_family(self, origin: str) -> None:
        """End the family of that `origin_jti`."""
        self._revoked.add(origin)

    def revoke(self, text: str) -> None:
        """End the family of `text`."""
        self._revoked.add(self._issued[text].origin)

    def revoke_all(self, sub: str) -> None:
        """End every family of a user."""
        self._revoked.update(grant.origin for grant in self._issued.values() if grant.sub == sub)

    def is_revoked(self, origin: str) -> bool:
        """Whether the family of that `origin_jti` has ended."""
        return origin in self._revoked

    def client_of(self, text: str) -> str | None:
        """Which client `text` was issued to; None for no refresh token of ours."""
        grant = self._issued.get(text)
        return grant.client_id if grant else None

    def _text(self) -> str:
        """It looks like the encrypted JWT that Cognito's is."""
        return ".".join(opaque(self.token_bytes, size) for size in (60, 256, 12, 600, 16))


def invalid_refresh_token() -> Refusal:
    """Row 15."""
    return not_authorized("Invalid Refresh Token")
