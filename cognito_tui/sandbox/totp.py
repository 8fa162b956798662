"""One-time codes of an authenticator app: RFC 6238 with SHA-1, six digits and steps of 30 seconds."""

from __future__ import annotations

import base64
import hmac
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from cognito_tui.cognito.model import Secret

_SECONDS: Final = 30
_SKEW: Final = 1
"""How many steps a clock may be off, before or behind (RFC 6238, section 5.2)."""


@dataclass(frozen=True)
class SoftwareToken:
    """An authenticator app of a user: its secret in base32, and the step of the last code it was used for."""

    secret: Secret
    used: int = -1

    def code(self, moment: datetime) -> str:
        """The code that the app shows at `moment`."""
        return self._code(_step(moment))

    def step_of(self, code: str, moment: datetime) -> int | None:
        """The step around `moment` that `code` is of; None when it is of none."""
        now = _step(moment)
        around = range(now - _SKEW, now + _SKEW + 1)
        return next((step for step in around if hmac.compare_digest(self._code(step), code)), None)

    def _code(self, step: int) -> str:
        key = base64.b32decode(self.secret.reveal())
        digest = hmac.digest(key, step.to_bytes(8), "sha1")
        offset = digest[-1] & 15
        number = int.from_bytes(digest[offset : offset + 4]) & 0x7FFFFFFF
        return f"{number % 1_000_000:06}"


def _step(moment: datetime) -> int:
    return int(moment.timestamp()) // _SECONDS
