"""A user pool and an app client as DescribeUserPool and DescribeUserPoolClient tell of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from cognito_tui.cognito.attributes import SchemaAttribute
from cognito_tui.cognito.auth_flows import ABOUT
from cognito_tui.cognito.model import AuthFlow, Secret
from cognito_tui.cognito.password_policy import PasswordPolicy
from cognito_tui.cognito.spans import DAY, HOUR, MINUTE


@dataclass(frozen=True)
class UserPoolDescription:
    """What this app needs of `UserPoolType`.

    `mails_by_cognito` is false where EmailSendingAccount is DEVELOPER: Amazon SES, without the daily limit.
    `estimated_users` is EstimatedNumberOfUsers, which lags behind; None where it is not told.
    `first_factors` are AllowedFirstAuthFactors.
    """

    user_pool_id: str
    name: str = ""
    password_policy: PasswordPolicy = field(default_factory=PasswordPolicy)
    schema: tuple[SchemaAttribute, ...] = ()
    username_attributes: tuple[str, ...] = ()
    alias_attributes: tuple[str, ...] = ()
    mails_by_cognito: bool = True
    estimated_users: int | None = None
    first_factors: tuple[str, ...] = ()

    @classmethod
    def of(cls, answer: Mapping[str, Any]) -> UserPoolDescription:
        """From the answer to DescribeUserPool. What an emulator leaves out is taken as unset."""
        pool = answer.get("UserPool") or {}
        policies = pool.get("Policies") or {}
        policy, sign_in = policies.get("PasswordPolicy"), policies.get("SignInPolicy") or {}
        return cls(
            user_pool_id=str(pool.get("Id", "")),
            name=str(pool.get("Name", "")),
            password_policy=PasswordPolicy.of(policy) if policy else PasswordPolicy(),
            schema=tuple(SchemaAttribute.of(each) for each in pool.get("SchemaAttributes") or ()),
            username_attributes=tuple(pool.get("UsernameAttributes") or ()),
            alias_attributes=tuple(pool.get("AliasAttributes") or ()),
            mails_by_cognito=(pool.get("EmailConfiguration") or {}).get("EmailSendingAccount") != "DEVELOPER",
            estimated_users=_count(pool.get("EstimatedNumberOfUsers")),
            first_factors=tuple(sign_in.get("AllowedFirstAuthFactors") or ()),
        )

    @property
    def signs_in_by_code(self) -> bool:
        """Whether users may be created without a password (service model, AdminCreateUser)."""
        return not _CODES.isdisjoint(self.first_factors)

    def attribute(self, name: str) -> SchemaAttribute | None:
        """The attribute `name` as the pool defines it."""
        return next((each for each in self.schema if each.name == name), None)


_CODES = frozenset({"EMAIL_OTP", "SMS_OTP"})


def _count(told: object) -> int | None:
    return told if isinstance(told, int) and told >= 0 else None


@dataclass(frozen=True)
class AppClientDescription:
    """What this app needs of `UserPoolClientType`."""

    client_id: str
    name: str = ""
    secret: Secret | None = None
    explicit_auth_flows: tuple[str, ...] = ()
    auth_session_minutes: int = 3
    write_attributes: tuple[str, ...] = ()
    rotates: bool = False
    refresh_token_seconds: int = 30 * DAY

    @classmethod
    def of(cls, answer: Mapping[str, Any]) -> AppClientDescription:
        """From the answer to DescribeUserPoolClient."""
        client = answer.get("UserPoolClient") or {}
        secret = client.get("ClientSecret")
        return cls(
            client_id=str(client.get("ClientId", "")),
            name=str(client.get("ClientName", "")),
            secret=secret if isinstance(secret, Secret) and secret else None,
            explicit_auth_flows=tuple(client.get("ExplicitAuthFlows") or ()),
            auth_session_minutes=int(client.get("AuthSessionValidity") or 3),
            write_attributes=tuple(client.get("WriteAttributes") or ()),
            rotates=(client.get("RefreshTokenRotation") or {}).get("Feature") == "ENABLED",
            refresh_token_seconds=_refresh_token_seconds(client),
        )

    def allows(self, auth_flow: str) -> bool:
        """Whether the client lets `auth_flow` in; one this app does not know is not."""
        return auth_flow in ABOUT and ABOUT[AuthFlow(auth_flow)].allowed_by(self.explicit_auth_flows)


_UNITS = {"seconds": 1, "minutes": MINUTE, "hours": HOUR, "days": DAY}
"""Service model, TimeUnitsType."""


def _refresh_token_seconds(client: Mapping[str, Any]) -> int:
    """RefreshTokenValidity; 30 days, and days for a unit, unless set otherwise."""
    unit = (client.get("TokenValidityUnits") or {}).get("RefreshToken")
    return int(client.get("RefreshTokenValidity") or 30) * _UNITS.get(str(unit), DAY)
