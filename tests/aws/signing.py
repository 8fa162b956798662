"""Keys and what they sign: a pool's own, a stranger's, and what an attacker would try."""

from __future__ import annotations

import functools
import json
from typing import Any, Final

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from cognito_tui.cognito.model import Secret
from cognito_tui.cognito.tokens import Jwt, decode
from tests.sandbox.house import signing_key

KID: Final = "kQ7v0one="


@functools.cache
def stranger() -> rsa.RSAPrivateKey:
    """A key that the pool has never seen."""
    return rsa.generate_private_key(65537, 2048)


def jwk(key: rsa.RSAPrivateKey | None = None, kid: str = KID, **members: Any) -> dict[str, Any]:
    """The public half as a pool's JWKS has it; `...` leaves a member out."""
    public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk((key or signing_key()).public_key()))
    named = {name: public[name] for name in ("e", "n")}
    described = {**named, "kty": "RSA", "kid": kid, "alg": "RS256", "use": "sig", **members}
    return {name: value for name, value in described.items() if value is not ...}


def signed(claims: dict[str, Any], key: Any = None, algorithm: str = "RS256", **header: Any) -> Jwt:
    """A token signed by the pool, unless something else is said."""
    headers = {name: value for name, value in {"kid": KID, **header}.items() if value is not None}
    text = jwt.encode(claims, key or signing_key(), algorithm=algorithm, headers=headers)
    return decode(Secret(text))


def public_pem() -> bytes:
    """What everybody has: the key to check with."""
    form = serialization.PublicFormat.SubjectPublicKeyInfo
    return signing_key().public_key().public_bytes(serialization.Encoding.PEM, form)
