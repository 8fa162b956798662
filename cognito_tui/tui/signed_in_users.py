"""Who is signed in: tokens of several users of several profiles, in memory only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from cognito_tui.cognito.expected import Expected
from cognito_tui.cognito.flows.refresh import Refresh, Way
from cognito_tui.cognito.model import Secret, Tokens
from cognito_tui.cognito.tokens import Jwt, NotAJwt, claims, decode
from cognito_tui.tui.in_use import InUse

TOKENS: Final = ("IdToken", "AccessToken", "RefreshToken")
"""Members of AuthenticationResult, in the order of the keys 1, 2 and 3."""

USES: Final = {"IdToken": "id", "AccessToken": "access"}
"""`token_use` of those that are JWTs."""


@dataclass(frozen=True)
class SignedInUser:
    """One sign-in and what became of its tokens.

    Attributes:
        number: tells it apart from every other of this run.
        in_use: the profile it was made with, and its secret.
        tokens: those of now.
        before: those that the last refresh has replaced.
        way: how the last refresh went.
        ended: why this app knows the tokens to be over: `revoked` or `signed out`; else empty.
        automatic: whether they are refreshed before they expire.
    """

    number: int
    in_use: InUse
    tokens: Tokens
    before: Tokens | None = None
    way: Way | None = None
    ended: str = ""
    automatic: bool = False

    @property
    def name(self) -> str:
        """What Cognito calls the user."""
        return self.tokens.username

    def is_the_same_user(self, other: SignedInUser) -> bool:
        """Whether both are of one user of one pool, whatever the client."""
        return (self.name, *_pool(self.in_use)) == (other.name, *_pool(other.in_use))

    def jwt(self, member: str) -> Jwt | None:
        """The token of that name, read; None when there is none, or it is none that can be read."""
        return read(self.tokens.token(member))

    def jwt_before(self, member: str) -> Jwt | None:
        """The same of before the last refresh."""
        return read(self.before.token(member)) if self.before else None

    def expires(self) -> float | None:
        """When the first of the ID and access token expires, in seconds since 1970."""
        ends = [jwt.expires for member in USES if (jwt := self.jwt(member)) and jwt.expires is not None]
        return min(ends, default=None)

    def expected(self, member: str = "") -> Expected:
        """Whose tokens they have to be."""
        return expected_of(self.in_use, USES.get(member, ""))

    def refresh(self) -> Refresh | None:
        """What there is to refresh with; None without a refresh token."""
        refresh_token = self.tokens.token("RefreshToken")
        if refresh_token is None:
            return None
        told = claims(self.tokens.token("AccessToken")).get("device_key")
        device_key = told if isinstance(told, str) else ""
        return Refresh(self.in_use.client, refresh_token, self.name, device_key)


def read(token: Secret | None) -> Jwt | None:
    """`token` as a JWT; None for what is none."""
    try:
        return decode(token) if token else None
    except NotAJwt:
        return None


def expected_of(in_use: InUse, token_use: str = "") -> Expected:
    """Whose tokens the client of `in_use` takes."""
    profile = in_use.profile
    return Expected(profile.user_pool_id, profile.client_id, profile.region, in_use.endpoint.url, token_use)


def _pool(in_use: InUse) -> tuple[str, str | None]:
    return in_use.profile.user_pool_id, in_use.endpoint.url
