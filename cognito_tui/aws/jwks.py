"""The keys of a pool, and whether one of them has signed a token."""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from typing import Any, Final

import jwt as pyjwt

from cognito_tui.aws.fetching import fetch
from cognito_tui.cognito.checks import is_loopback
from cognito_tui.cognito.errors import CognitoError, NotCognito
from cognito_tui.cognito.expected import Expected
from cognito_tui.cognito.explain.values import Check
from cognito_tui.cognito.tokens import Jwt
from cognito_tui.cognito.trust import ALGORITHM, algorithm_problem, checks_of_claims
from cognito_tui.cognito.visible import one_line

SIGNATURE: Final = "signature"

_DOCUMENT: Final = "jwks.json"

_SMALLEST: Final = 2048
"""Bits of an RSA key (RFC 7518, section 3.3)."""

_Keys = Mapping[str, pyjwt.PyJWK]


class Jwks:
    """Verifies tokens. Keys are fetched at first use and kept; once anew for a key id that is not among them.

    Blocking, and safe for threads. `timeouts` are the seconds to connect and between two pieces of an answer,
    `patience` those for a whole one.
    """

    def __init__(self, *, timeouts: tuple[float, float] = (5.0, 10.0), patience: float = 20.0) -> None:
        self._timeouts = timeouts
        self._patience = patience
        self._kept: dict[str, _Keys] = {}
        self._lock = threading.Lock()

    def verify(self, jwt: Jwt, expected: Expected, now: float) -> tuple[Check, ...]:
        """Signature, issuer, client, use and time; `trust.verdict` says what they come to.

        Of the token's header only the key id counts: the algorithm has to be RS256, and the keys are those
        of the pool that is expected. The signature is neither good nor bad while there are no keys, or where
        they came over http from another machine.
        """
        return (self.signature(jwt, expected), *checks_of_claims(jwt, expected, now))

    def signature(self, jwt: Jwt, expected: Expected) -> Check:
        """Whether one of the pool's keys has signed the token; the rest of `verify` needs no network."""
        if problem := algorithm_problem(jwt):
            return Check(SIGNATURE, good=False, result=problem)
        kid = jwt.header.get("kid")
        if not isinstance(kid, str):
            return Check(SIGNATURE, good=False, result="names no key: kid is missing")
        url = expected.jwks_url(jwt.claims.get("iss"))
        try:
            key = self._key(url, kid)
        except CognitoError as error:
            return Check(SIGNATURE, good=None, result=f"not verified, there are no keys: {error.sentence}")
        name = _short(kid)
        if key is None:
            return Check(
                SIGNATURE, good=False, result=f"is by the key {name}, which is none of the pool's keys"
            )
        if not _has_signed(key, jwt):
            return Check(
                SIGNATURE,
                good=False,
                result=f"does not fit: the token was changed, or key {name} has not signed it",
            )
        if url.lower().startswith("http:") and not is_loopback(url):
            return Check(
                SIGNATURE,
                good=None,
                result=f"not verified: key {name} has signed it, but came over http from another machine, "
                "which anybody on the way could change",
            )
        return Check(SIGNATURE, good=True, result=f"{ALGORITHM} by the pool's key {name}")

    def _key(self, url: str, kid: str) -> pyjwt.PyJWK | None:
        """The key of that id; None when the pool, asked just now, has none.

        Raises:
            CognitoError: the pool's keys could not be had.
        """
        with self._lock:
            if kid not in self._kept.get(url, {}):
                self._kept[url] = self._fetched(url)
            return self._kept[url].get(kid)

    def _fetched(self, url: str) -> _Keys:
        content = fetch(url, _DOCUMENT, timeouts=self._timeouts, patience=self._patience)
        try:
            found = json.loads(content)
        except (ValueError, RecursionError):
            found = None
        listed = found.get("keys") if isinstance(found, dict) else None
        if not isinstance(listed, list):
            raise NotCognito(_DOCUMENT, "What the endpoint has there is no JSON Web Key Set.")
        keys = {each["kid"]: key for each in listed if (key := _usable(each)) is not None}
        if not keys:
            raise NotCognito(_DOCUMENT, f"The key set has no key for {ALGORITHM}.")
        return keys


def _usable(described: Any) -> pyjwt.PyJWK | None:
    """A key that signs by RS256, of a size that may be; None for any other."""
    if not isinstance(described, dict) or not isinstance(described.get("kid"), str):
        return None
    if described.get("kty") != "RSA" or described.get("alg", ALGORITHM) != ALGORITHM:
        return None
    if described.get("use", "sig") != "sig" or "d" in described:
        return None
    try:
        key = pyjwt.PyJWK(described, algorithm=ALGORITHM)
    except (pyjwt.PyJWTError, ValueError, TypeError, KeyError):
        return None
    return key if key.key.key_size >= _SMALLEST else None


def _has_signed(key: pyjwt.PyJWK, jwt: Jwt) -> bool:
    try:
        pyjwt.PyJWS().decode(jwt.text.reveal(), key, algorithms=[ALGORITHM])
    except pyjwt.PyJWTError:
        return False
    return True


def _short(kid: str) -> str:
    """A key id as it can stand in a sentence."""
    shown = one_line(kid)
    return shown if len(shown) <= 12 else f"{shown[:6]}…"
