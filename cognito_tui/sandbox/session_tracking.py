"""Token sessions as a tracking pool lists them: each is one sign-in, with all tokens that came of it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from cognito_tui.sandbox.identifiers import letters


@dataclass(frozen=True)
class SessionTracking:
    """That a pool tracks the sessions of users, and how many each may have at most."""

    most: int = 20


def session_id(origin: str) -> str:
    """The id of the session of that `origin_jti` (service model, SessionIdType)."""
    return "tkn" + letters(lambda size: hashlib.sha256(origin.encode()).digest()[:size], 25)
