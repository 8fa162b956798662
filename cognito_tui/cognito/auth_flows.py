"""The table of auth flows: what each does, who takes it, and what lets it in (service model, AuthFlow)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from cognito_tui.cognito.model import AuthFlow

DEFAULT: Final = AuthFlow.USER_SRP_AUTH
"""What a sign-in takes that names no flow: allowed by every client that was not told otherwise."""

_UNSET: Final = ("ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_SRP_AUTH", "ALLOW_CUSTOM_AUTH")
"""What a client allows whose ExplicitAuthFlows is unset (service model)."""


@dataclass(frozen=True)
class AboutFlow:
    """What is to be known of an auth flow.

    Attributes:
        does: one sentence without a full stop, as it stands beside the flow's name.
        public: whether InitiateAuth takes it.
        admin: whether AdminInitiateAuth takes it.
        switches: each of ExplicitAuthFlows that lets it in; the first is the one to switch on, the others
            are of the older kind, which cannot be mixed with `ALLOW_*`.
        password: whether its first request needs a password.
    """

    does: str
    public: bool
    admin: bool
    switches: tuple[str, ...]
    password: bool

    @property
    def operations(self) -> tuple[str, ...]:
        """The operations that take it."""
        return ("InitiateAuth",) * self.public + ("AdminInitiateAuth",) * self.admin

    @property
    def to_switch_on(self) -> str:
        """What has to be among ExplicitAuthFlows."""
        return self.switches[0]

    def allowed_by(self, explicit_auth_flows: Iterable[str]) -> bool:
        """Whether a client with these `ExplicitAuthFlows` lets it in."""
        flows = tuple(explicit_auth_flows) or _UNSET
        return any(switch in flows for switch in self.switches)


_ADMIN = AboutFlow(
    does="sends the password, signed with AWS credentials",
    public=False,
    admin=True,
    switches=("ALLOW_ADMIN_USER_PASSWORD_AUTH", "ADMIN_NO_SRP_AUTH"),
    password=True,
)

_REFRESH = AboutFlow(
    does="changes a refresh token for new ID and access tokens; not with refresh token rotation",
    public=True,
    admin=True,
    switches=("ALLOW_REFRESH_TOKEN_AUTH",),
    password=False,
)

ABOUT: Final[Mapping[AuthFlow, AboutFlow]] = {
    AuthFlow.USER_SRP_AUTH: AboutFlow(
        does="proves the password by SRP and never sends it",
        public=True,
        admin=True,
        switches=("ALLOW_USER_SRP_AUTH",),
        password=True,
    ),
    AuthFlow.USER_PASSWORD_AUTH: AboutFlow(
        does="sends the password over TLS",
        public=True,
        admin=False,
        switches=("ALLOW_USER_PASSWORD_AUTH", "USER_PASSWORD_AUTH"),
        password=True,
    ),
    AuthFlow.USER_AUTH: AboutFlow(
        does="lets the user choose: password, SRP, a code by e-mail or SMS, or a passkey",
        public=True,
        admin=True,
        switches=("ALLOW_USER_AUTH",),
        password=False,
    ),
    AuthFlow.CUSTOM_AUTH: AboutFlow(
        does="asks what the pool's Lambda triggers ask, after a proof by SRP if wanted",
        public=True,
        admin=True,
        switches=("ALLOW_CUSTOM_AUTH", "CUSTOM_AUTH_FLOW_ONLY"),
        password=False,
    ),
    AuthFlow.ADMIN_USER_PASSWORD_AUTH: _ADMIN,
    AuthFlow.ADMIN_NO_SRP_AUTH: _ADMIN,
    AuthFlow.REFRESH_TOKEN_AUTH: _REFRESH,
    AuthFlow.REFRESH_TOKEN: _REFRESH,
}

SIGN_IN: Final = tuple(flow for flow in AuthFlow if not flow.refreshes)
"""The flows by which a person signs in."""

PREFERRED_CHALLENGES: Final = ("PASSWORD", "PASSWORD_SRP", "EMAIL_OTP", "SMS_OTP", "WEB_AUTHN")
"""What PREFERRED_CHALLENGE of USER_AUTH may be. Both passwords work there even where the client does not
allow USER_PASSWORD_AUTH and USER_SRP_AUTH (service model, ALLOW_USER_AUTH)."""
