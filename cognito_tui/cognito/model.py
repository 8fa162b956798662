"""The nouns of Amazon Cognito user pools, as frozen values."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final, NoReturn, Self

from cognito_tui.cognito import json_text

MASK: Final = "••••••••"
"""What stands for a secret, whatever its length."""


class Secret:
    """A string that is never shown by accident: a client secret, a password, a token, a Session.

    `repr`, `str`, rich and f-strings give `MASK`; it refuses to be pickled. `.reveal()` is the one way in,
    and easy to search for. Comparing takes the same time wherever two secrets differ.
    """

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def reveal(self) -> str:
        """The string itself. Only for a request, a computation, or an eye that asked for it."""
        return self._value

    def fingerprint(self) -> str:
        """Four hexadecimal digits that tell two long random secrets apart and give nothing away."""
        return hashlib.sha256(self._value.encode("utf-8", "surrogatepass")).hexdigest()[:4]

    def __repr__(self) -> str:
        return f"Secret({MASK})"

    def __str__(self) -> str:
        return MASK

    def __rich__(self) -> str:
        return MASK

    def __len__(self) -> int:
        return len(self._value)

    def __bool__(self) -> bool:
        return bool(self._value)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Secret):
            return NotImplemented
        ours, theirs = (each.reveal().encode("utf-8", "surrogatepass") for each in (self, other))
        return hmac.compare_digest(ours, theirs)

    def __hash__(self) -> int:
        return hash(self._value)

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, _memo: dict[int, Any]) -> Self:
        return self

    def __reduce__(self) -> NoReturn:
        raise TypeError("a Secret is not pickled")


class AuthFlow(StrEnum):
    """`AuthFlow` of InitiateAuth and AdminInitiateAuth; `auth_flows` tells what each does."""

    USER_SRP_AUTH = "USER_SRP_AUTH"
    USER_PASSWORD_AUTH = "USER_PASSWORD_AUTH"  # noqa: S105 the flow's name
    USER_AUTH = "USER_AUTH"
    CUSTOM_AUTH = "CUSTOM_AUTH"
    ADMIN_USER_PASSWORD_AUTH = "ADMIN_USER_PASSWORD_AUTH"  # noqa: S105 the flow's name
    ADMIN_NO_SRP_AUTH = "ADMIN_NO_SRP_AUTH"
    REFRESH_TOKEN_AUTH = "REFRESH_TOKEN_AUTH"  # noqa: S105 the flow's name
    REFRESH_TOKEN = "REFRESH_TOKEN"  # noqa: S105 the flow's name

    @property
    def is_admin(self) -> bool:
        """Whether the flow exists for AdminInitiateAuth only."""
        return self.startswith("ADMIN_")

    @property
    def refreshes(self) -> bool:
        """Whether the flow is for a refresh token, not for a person."""
        return self.startswith("REFRESH_")


class UserStatus(StrEnum):
    """`UserStatus` of a user; `Enabled` is a separate fact (service model, UserStatusType)."""

    UNCONFIRMED = "UNCONFIRMED"
    CONFIRMED = "CONFIRMED"
    ARCHIVED = "ARCHIVED"
    COMPROMISED = "COMPROMISED"
    UNKNOWN = "UNKNOWN"
    RESET_REQUIRED = "RESET_REQUIRED"
    FORCE_CHANGE_PASSWORD = "FORCE_CHANGE_PASSWORD"  # noqa: S105 the status' name
    EXTERNAL_PROVIDER = "EXTERNAL_PROVIDER"


@dataclass(frozen=True)
class AppClient:
    """An app client of a user pool, and its secret when it has one and we know it."""

    user_pool_id: str
    client_id: str
    secret: Secret | None = None


def region_of(user_pool_id: str) -> str:
    """The region a user pool id begins with: all up to its `_`, whatever that is."""
    return user_pool_id.partition("_")[0]


@dataclass(frozen=True)
class Challenge:
    """What Cognito wants to know before it gives tokens.

    `parameters` is `ChallengeParameters`; a missing, empty or odd one is taken as empty, since emulators
    leave it out. `session` is Cognito's opaque `Session`, good for AuthSessionValidity minutes and once.
    `available` is `AvailableChallenges`, which SELECT_CHALLENGE lets choose from.
    """

    name: str
    parameters: Mapping[str, str]
    session: Secret | None = None
    available: tuple[str, ...] = ()

    @classmethod
    def of(cls, response: Mapping[str, Any]) -> Challenge | None:
        """The challenge in an answer of (Admin)InitiateAuth or (Admin)RespondToAuthChallenge, if any."""
        name = response.get("ChallengeName")
        if not isinstance(name, str) or not name:
            return None
        parameters = response.get("ChallengeParameters")
        session = response.get("Session")
        available = response.get("AvailableChallenges")
        return cls(
            name=name,
            parameters={str(key): _text(value) for key, value in parameters.items()}
            if isinstance(parameters, Mapping)
            else {},
            session=session if isinstance(session, Secret) else None,
            available=tuple(str(each) for each in available) if isinstance(available, list) else (),
        )

    def listed(self, parameter: str) -> tuple[str, ...]:
        """A parameter that is a JSON array of strings, as `requiredAttributes` is; odd ones are empty."""
        found = self._json(parameter)
        return tuple(item for item in found if isinstance(item, str)) if isinstance(found, list) else ()

    def mapped(self, parameter: str) -> dict[str, str]:
        """A parameter that is a JSON object, as `userAttributes` is; odd ones are empty."""
        found = self._json(parameter)
        return {key: _text(value) for key, value in found.items()} if isinstance(found, dict) else {}

    def _json(self, parameter: str) -> object:
        try:
            return json_text.opened(self.parameters.get(parameter, ""))
        except ValueError:
            return None


def _text(value: object) -> str:
    """`value` as Cognito writes values in a map of strings."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)


@dataclass(frozen=True)
class SoftwareToken:
    """A TOTP key that AssociateSoftwareToken has made: `SecretCode` in Base32, and the URI of its QR code."""

    secret_code: Secret
    uri: Secret


@dataclass(frozen=True)
class Device:
    """A device that Cognito tracks, and the password it proves itself with; `password` is made by this app.

    Of a device that is known by its key only, the rest is empty.
    """

    key: str
    group_key: str = ""
    password: Secret = Secret("")  # noqa: RUF009 it is immutable


@dataclass(frozen=True)
class Tokens:
    """`AuthenticationResult`: what a sign-in ends with. Lives in memory only.

    `username` is the canonical username the tokens are for, as far as Cognito told it; it is what a later
    REFRESH_TOKEN_AUTH has to hash. `lost_device` is the key of a device that Cognito did not know any more,
    so that the sign-in went on without it.
    """

    result: Mapping[str, Any]
    username: str
    lost_device: str = ""

    @property
    def new_device(self) -> Device | None:
        """`NewDeviceMetadata`: the device that may be remembered now; it has no password yet."""
        told = self.result.get("NewDeviceMetadata")
        if not isinstance(told, Mapping) or not told.get("DeviceKey"):
            return None
        return Device(str(told["DeviceKey"]), str(told.get("DeviceGroupKey", "")))

    def token(self, name: str) -> Secret | None:
        """`IdToken`, `AccessToken` or `RefreshToken`; None when the answer has none."""
        found = self.result.get(name)
        return found if isinstance(found, Secret) else None


CLIENT_ID: Final = re.compile(r"[\w+]{1,128}", re.ASCII)
"""Service model, ClientIdType."""

USER_POOL_ID: Final = re.compile(r"(?=.{1,55}\Z)[\w-]+_[0-9a-zA-Z]+", re.ASCII)
"""Service model, UserPoolIdType."""
