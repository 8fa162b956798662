"""What keeps a call from its answer.

::

    CognitoError                the base: always about one operation
    ├── Refused                 Cognito answered, with an error
    ├── NotDone                 the request never reached Cognito: repeating it is safe
    ├── AnswerLost              it may have been carried out; nobody knows: never repeated by itself
    ├── NotCognito              something answered that is not Cognito
    ├── NoCredentials           AWS credentials are missing, unusable or expired; nothing was sent
    └── BadRequest              the request breaks the service model; nothing was sent
"""

from __future__ import annotations

from typing import ClassVar


class CognitoError(Exception):
    """Base of all. `operation` is Cognito's name; `str()` one sentence without any value of the request."""

    def __init__(self, operation: str, sentence: str) -> None:
        super().__init__(sentence)
        self.operation = operation

    @property
    def sentence(self) -> str:
        """What happened, for a person."""
        return str(self)

    @property
    def name(self) -> str:
        """A short name: Cognito's error code where there is one."""
        return self.SHORT

    SHORT: ClassVar[str] = "error"


class Refused(CognitoError):
    """Cognito's own answer: `code` (NotAuthorizedException ...), its message verbatim, status, request id."""

    def __init__(
        self, operation: str, code: str, message: str, status: int = 400, request_id: str = ""
    ) -> None:
        super().__init__(operation, message)
        self.code = code
        self.message = message
        self.status = status
        self.request_id = request_id

    @property
    def name(self) -> str:
        """Cognito's error code."""
        return self.code

    @property
    def throttled(self) -> bool:
        """Whether it was turned away for its rate and nothing was done."""
        return self.code in {"TooManyRequestsException", "ThrottlingException", "Throttling"}

    @property
    def denied(self) -> bool:
        """Whether AWS turned down the signature or the permission, not Cognito the request."""
        return self.code in _DENIED

    @property
    def expired(self) -> bool:
        """Whether the AWS credentials were good once."""
        return self.code in {"ExpiredTokenException", "ExpiredToken"}

    @property
    def session_used(self) -> bool:
        """Whether the Session was good for an answer that Cognito has taken before."""
        return self.code == "NotAuthorizedException" and "session can only be used once" in self.message

    @property
    def device_lost(self) -> bool:
        """Whether Cognito does not know the device of the request: forgotten, or another user's."""
        return self.code == "ResourceNotFoundException" and "device" in self.message.lower()


_DENIED = frozenset(
    {
        "AccessDenied",
        "AccessDeniedException",
        "ExpiredToken",
        "ExpiredTokenException",
        "IncompleteSignature",
        "IncompleteSignatureException",
        "InvalidClientTokenId",
        "InvalidSignatureException",
        "MissingAuthenticationToken",
        "MissingAuthenticationTokenException",
        "OptInRequired",
        "SignatureDoesNotMatch",
        "UnrecognizedClientException",
    }
)
"""Errors common to all AWS services (AWS API reference, "Common errors"), and as STS has them."""


class NotDone(CognitoError):
    """Nobody was reached: no name, no route, connection refused, no TLS. Nothing was done.

    `waited` is True when that was only known after a time-out, so that repeating would keep a person waiting.
    """

    SHORT = "not reached"

    def __init__(self, operation: str, sentence: str, *, waited: bool = False) -> None:
        super().__init__(operation, sentence)
        self.waited = waited


class AnswerLost(CognitoError):
    """The request went out and no answer came back: whether it was carried out is not known."""

    SHORT = "answer lost"


class NotAwaited(AnswerLost):
    """The person did not wait for the answer."""

    SHORT = "not waited for"


class NotCognito(CognitoError):
    """The endpoint answered, but not as Cognito does.

    `status` is HTTP's where no error of Cognito's stood beside it; 0 where the answer was unfit otherwise.
    """

    SHORT = "not Cognito"

    def __init__(self, operation: str, sentence: str, status: int = 0) -> None:
        super().__init__(operation, sentence)
        self.status = status


class NoCredentials(CognitoError):
    """A signed operation without usable AWS credentials. The sentence says what to do."""

    SHORT = "no AWS credentials"


class BadRequest(CognitoError):
    """Refused on this machine by the service model. The sentence names the member, never its value."""

    SHORT = "bad request"
