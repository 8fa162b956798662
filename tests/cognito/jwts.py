"""Tokens as they come, whoever made them; none of them is signed."""

from __future__ import annotations

import base64
import json
from typing import Any, Final

from cognito_tui.cognito.expected import Expected
from cognito_tui.cognito.model import Secret
from cognito_tui.cognito.tokens import Jwt, decode

NOW: Final = 1_772_366_400
"""1 Mar 2026 12:00:00 UTC."""

POOL, CLIENT = "eu-west-1_Kq3TzV9aB", "4f8k2mq0v7t1s9d3a6h5j8n1cp"
ISSUER: Final = f"https://cognito-idp.eu-west-1.amazonaws.com/{POOL}"
EXPECTED: Final = Expected(POOL, CLIENT, "eu-west-1")
HEADER: Final = {"kid": "one=", "alg": "RS256"}

SHARED: Final = {
    "sub": "7d1f0c52-6a1e-4c0f-8a51-b2f09b21c2d4",
    "iss": ISSUER,
    "origin_jti": "2e94d0b8",
    "event_id": "0c11",
    "auth_time": NOW - 1080,
    "iat": NOW - 1080,
    "exp": NOW + 2520,
    "jti": "b7a1c6de",
}
ID: Final[dict[str, Any]] = {
    **SHARED,
    "token_use": "id",
    "aud": CLIENT,
    "cognito:username": "ana.silva",
    "email": "ana@example.com",
    "email_verified": True,
    "cognito:groups": ["admins", "beta"],
    "given_name": "Ana",
}
ACCESS: Final[dict[str, Any]] = {
    **SHARED,
    "token_use": "access",
    "client_id": CLIENT,
    "username": "ana.silva",
    "scope": "aws.cognito.signin.user.admin",
}


def part(value: object) -> str:
    """One part of a token: an object as JSON, text and bytes as they are."""
    text = value if isinstance(value, str | bytes) else json.dumps(value)
    data = text if isinstance(text, bytes) else text.encode()
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def token(claims: object = ID, header: object = HEADER, signature: str = "c2lnbmF0dXJl") -> str:
    """A token that says what it is told."""
    return f"{part(header)}.{part(claims)}.{signature}"


def jwt(claims: object = ID, header: object = HEADER) -> Jwt:
    """The same, read."""
    return decode(Secret(token(claims, header)))


def altered(claims: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """`claims` with some of them changed; `...` takes one away. A `__` in a name stands for its colon."""
    changed = {**claims, **{name.replace("__", ":"): value for name, value in changes.items()}}
    return {name: value for name, value in changed.items() if value is not ...}
