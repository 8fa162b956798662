"""The SECRET_HASH, and the rule of WHICH username it is over.

`SECRET_HASH = Base64(HMAC_SHA256(key = client secret, message = username + client ID))`
(Developer Guide, "Computing secret hash values"). The username is the very string that the same request
carries as USERNAME or Username: what was typed in the first request, alias or not, and Cognito's own
USER_ID_FOR_SRP in every later one, as soon as it was told ("you must use the username and not an alias in
the ChallengeResponses", service model, AdminInitiateAuth). Libraries that go on hashing the typed alias
fail at the second call.
"""

from __future__ import annotations

import binascii
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Self

from cognito_tui.cognito.model import Challenge, Secret


def secret_hash(username: str, client_id: str, client_secret: Secret) -> str:
    """The 44 characters of Base64 that Cognito compares with its own.

    Over the exact characters given: nothing is trimmed, folded or normalised.

    Raises:
        UnicodeEncodeError: a lone surrogate, which no UTF-8 has; `checks.refusal` says so beforehand.
    """
    key, message = client_secret.reveal().encode(), (username + client_id).encode()
    return binascii.b2a_base64(hmac.digest(key, message, "sha256"), newline=False).decode()


@dataclass(frozen=True)
class Subject:
    """The username of a request, which its SECRET_HASH is over too, and where it came from.

    `source` is `USERNAME` for what the person typed, else what told it: a challenge parameter or a token.
    """

    username: str
    source: str = "USERNAME"

    @property
    def typed(self) -> bool:
        """Whether it is what the person typed, not what Cognito told."""
        return self.source == "USERNAME"

    @classmethod
    def canonical(cls, username: str) -> Self:
        """The subject of a refresh, which has no USERNAME: what the access token calls its owner.

        An alias is refused there, and the refresh token itself is opaque.
        """
        return cls(username, "access token")

    def after(self, challenge: Challenge) -> Subject:
        """The subject of the answer to `challenge`: what Cognito calls the user, else as it was."""
        for parameter, source in _TOLD.items():
            if told := challenge.parameters.get(parameter):
                return self if told == self.username else Subject(told, source)
        return self


_TOLD: Final[Mapping[str, str]] = {
    "USER_ID_FOR_SRP": "USER_ID_FOR_SRP",
    "USERNAME": "ChallengeParameters.USERNAME",
}
"""Challenge parameters that tell what Cognito calls the user, best first, and how each is named."""
