"""The profile in use, and what is known of its secret and of the right to make admin calls."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum

from cognito_tui.aws.endpoint import Endpoint
from cognito_tui.cognito.model import AppClient, Secret
from cognito_tui.cognito.snippets import Where
from cognito_tui.store.profile import Profile


class Kept(StrEnum):
    """Where the client secret is; the words of the badge in the top bar."""

    LOOKING = "looking"
    KEYRING = "keyring"
    MEMORY = "this run only"
    NO_SECRET = "no secret"  # noqa: S105 a place, no secret
    MISSING = "missing"
    UNAVAILABLE = "keyring unavailable"


@dataclass(frozen=True)
class KeptSecret:
    """The secret, when it could be had, and where it is. `sentence` says why not, when it could not."""

    kept: Kept
    secret: Secret | None = None
    sentence: str = ""


class Admin(StrEnum):
    """What is known of signed calls: nothing yet, one succeeded, or there are no credentials."""

    UNTRIED = "untried"
    WORKS = "works"
    NO_CREDENTIALS = "no credentials"


@dataclass(frozen=True)
class InUse:
    """The profile whose pool is spoken to."""

    profile: Profile
    endpoint: Endpoint
    kept: KeptSecret = field(default_factory=lambda: KeptSecret(Kept.LOOKING))
    admin: Admin = Admin.UNTRIED

    @property
    def client(self) -> AppClient:
        """The app client, with the secret when it is known."""
        return AppClient(self.profile.user_pool_id, self.profile.client_id, self.kept.secret)

    @property
    def where(self) -> Where:
        """Where its calls go."""
        return Where(self.profile.region, self.endpoint.url, self.profile.aws_profile)

    @property
    def client_in_use(self) -> tuple[str, str, str, str | None]:
        """What makes it another one: the profile's name, pool and client, and where they are."""
        profile = self.profile
        return profile.name, profile.user_pool_id, profile.client_id, self.endpoint.url or profile.region

    @property
    def signer(self) -> tuple[str | None, ...]:
        """For which client, and with whose AWS credentials, admin calls are signed."""
        return *self.client_in_use, self.profile.aws_profile

    @property
    def secret_is_awaited(self) -> bool:
        """Whether the client has a secret that is not at hand, so that no right request can be made yet."""
        return self.profile.has_secret and self.kept.secret is None

    def with_secret(self, kept: KeptSecret) -> InUse:
        """The same with another state of the secret."""
        return replace(self, kept=kept)
