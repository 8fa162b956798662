"""The words of a dialogue with Cognito.

A conversation is a **flow**: a generator that yields what it needs from the world, a `Call` to Cognito or a
`Prompt` to a person, and is sent the outcome. A `CognitoError` is thrown in at the `yield`, so that "wrong
code, ask again" is an ordinary loop with `try` and `except`. `walk.walk` carries the steps out.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from cognito_tui.cognito.errors import CognitoError
from cognito_tui.cognito.model import Challenge, Secret, SoftwareToken
from cognito_tui.cognito.secret_hash import Subject

Answer = Mapping[str, Any]
"""The body of Cognito's answer to a call, sealed (`secrecy.sealed`)."""

Answers = Mapping[str, str | Secret]
"""What a person answered to a prompt: Cognito's own response names to values."""

T = TypeVar("T")
Flow = Generator["Call | Prompt", Any, T]


@dataclass(frozen=True)
class Call:
    """One request to Cognito, as plain data: shown before it is sent, recorded, printed as curl.

    `operation` is Cognito's name (`InitiateAuth`), `params` its members; secrets in it are `Secret`s.
    `hashed` is whose SECRET_HASH it carries, or None when it carries none.
    """

    operation: str
    params: Mapping[str, Any]
    hashed: Subject | None = None

    @property
    def about(self) -> str:
        """The auth flow or challenge it is about, as Cognito names it; empty for other operations."""
        return str(self.params.get("ChallengeName") or self.params.get("AuthFlow") or "")

    @property
    def signed(self) -> bool:
        """Whether it needs AWS credentials: every operation this app uses but the public ones."""
        return self.operation not in PUBLIC_OPERATIONS

    @property
    def reads_only(self) -> bool:
        """Whether it changes nothing, so that it may be repeated at will."""
        return reads_only(self.operation)


def reads_only(operation: str) -> bool:
    """Whether `operation` changes nothing."""
    return (
        operation.startswith(("Describe", "List", "Get", "AdminGet", "AdminList"))
        and operation not in _READS_NOTHING
    )


@dataclass(frozen=True)
class Prompt:
    """A challenge a person has to answer; again when `refused` says why the last answer was not taken.

    `software_token` is the key to put into an authenticator app, when MFA_SETUP waits for the first code.
    """

    challenge: Challenge
    subject: Subject
    refused: CognitoError | None = None
    software_token: SoftwareToken | None = None


_READS_NOTHING = frozenset({"GetTokensFromRefreshToken", "GetUserAttributeVerificationCode"})
"""A refresh token that rotates is used up: a second time is taken for theft. A code is sent each time."""

PUBLIC_OPERATIONS = frozenset(
    {
        "InitiateAuth",
        "RespondToAuthChallenge",
        "AssociateSoftwareToken",
        "VerifySoftwareToken",
        "GetTokensFromRefreshToken",
        "RevokeToken",
        "ConfirmDevice",
        "UpdateDeviceStatus",
        "GetUser",
        "GlobalSignOut",
    }
)
"""Operations of this app that go out unsigned (service model, `authtype: none`)."""
