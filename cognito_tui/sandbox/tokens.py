"""ID and access tokens as Cognito mints them: RS256 JWTs, and the JWKS they can be verified with.

Imported at the first token or look at the keys: it costs an import of cryptography, and making the key some
100 ms. Claims: Developer Guide, "Understanding the identity token" and "Understanding the access token".
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

from cognito_tui.sandbox.attributes import VERIFIED_BY
from cognito_tui.sandbox.identifiers import TokenBytes, new_uuid
from cognito_tui.sandbox.pool import User
from cognito_tui.sandbox.refresh_tokens import RefreshToken
from cognito_tui.sandbox.refusal import not_authorized

SECONDS: Final = 3600
"""How long ID and access tokens live: AccessTokenValidity and IdTokenValidity by default."""

_SCOPE: Final = "aws.cognito.signin.user.admin"

_BY_OUR_CLOCK: Final[Any] = {"verify_exp": False, "verify_iat": False, "verify_aud": False}


class Signer:
    """Signs tokens and knows its own again. One key serves all pools; Cognito has two for each."""

    def __init__(self, key: rsa.RSAPrivateKey | None = None) -> None:
        self._key = key or rsa.generate_private_key(public_exponent=65537, key_size=2048)
        public: dict[str, Any] = jwt.algorithms.RSAAlgorithm.to_jwk(self._key.public_key(), as_dict=True)
        named = {name: public[name] for name in ("e", "kty", "n")}
        thumbprint = hashlib.sha256(json.dumps(named, separators=(",", ":")).encode()).digest()
        self._jwk = {**named, "alg": "RS256", "use": "sig", "kid": base64.b64encode(thumbprint).decode()}

    def jwks(self) -> dict[str, Any]:
        """The body of `/.well-known/jwks.json`; the key id is a thumbprint (RFC 7638)."""
        return {"keys": [self._jwk]}

    def mint(
        self, user: User, grant: RefreshToken, issuer: str, *, now: datetime, token_bytes: TokenBytes
    ) -> dict[str, Any]:
        """`AuthenticationResult`, without the refresh token; `issuer` is the URL of the user's pool.

        `grant` is the refresh token they go along with: it tells of which sign-in they are.
        """
        client_id, seconds = grant.client_id, int(now.timestamp())
        shared = {
            "sub": user.sub,
            "iss": issuer,
            "origin_jti": grant.origin,
            "event_id": new_uuid(token_bytes),
            "auth_time": int(grant.authenticated.timestamp()),
            "iat": seconds,
            "exp": seconds + SECONDS,
            **({"cognito:groups": list(user.groups)} if user.groups else {}),
        }
        identity = {
            **_as_claims(user.attributes),
            **shared,
            "cognito:username": user.username,
            "aud": client_id,
            "token_use": "id",
            "jti": new_uuid(token_bytes),
        }
        access = {
            **shared,
            "username": user.username,
            "client_id": client_id,
            "token_use": "access",
            "scope": _SCOPE,
            **({"device_key": grant.device_key} if grant.device_key else {}),
            "jti": new_uuid(token_bytes),
        }
        return {
            "AccessToken": self._signed(access),
            "ExpiresIn": SECONDS,
            "TokenType": "Bearer",
            "IdToken": self._signed(identity),
        }

    def access_claims(self, token: str, now: datetime) -> dict[str, Any]:
        """The claims of an access token of ours that is still good.

        Raises:
            Refusal: NotAuthorizedException, row 18.
        """
        try:
            claims = jwt.decode(token, self._key.public_key(), algorithms=["RS256"], options=_BY_OUR_CLOCK)
        except jwt.InvalidTokenError:
            claims = {}
        if claims.get("token_use") != "access":
            raise not_authorized("Invalid Access Token")
        if claims["exp"] <= now.timestamp():
            raise not_authorized("Access Token has expired")
        return claims

    def _signed(self, claims: Mapping[str, Any]) -> str:
        return jwt.encode(dict(claims), self._key, algorithm="RS256", headers={"kid": self._jwk["kid"]})


def _as_claims(attributes: Mapping[str, str]) -> dict[str, Any]:
    """Attributes in an ID token: all of them strings, but whether something is verified."""
    return {
        name: value == "true" if name in VERIFIED_BY.values() else value for name, value in attributes.items()
    }
