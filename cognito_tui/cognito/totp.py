"""Time-based one-time passwords (RFC 6238) as Cognito's SOFTWARE_TOKEN_MFA has them."""

from __future__ import annotations

import base64
import binascii
import hmac
import re
from typing import Final
from urllib.parse import quote

from cognito_tui.cognito.model import Secret

STEP: Final = 30
"""Seconds for which a code is good; Cognito takes each code once."""

DIGITS: Final = 6


def code(key: bytes, seconds: float, *, digits: int = DIGITS) -> str:
    """The code at `seconds` since 1970, by HMAC-SHA-1 (RFC 4226, 5.3)."""
    digest = hmac.digest(key, int(seconds // STEP).to_bytes(8), "sha1")
    offset = digest[-1] & 0xF
    number = int.from_bytes(digest[offset : offset + 4]) & 0x7FFFFFFF
    return f"{number % 10**digits:0{digits}}"


def key(secret_code: Secret) -> bytes:
    """The bytes of a `SecretCode`: Base32, in either case, with or without blanks, dashes and padding.

    Raises:
        ValueError: it is empty or not Base32. The sentence does not quote it.
    """
    letters = re.sub(r"[\s-]", "", secret_code.reveal()).rstrip("=")
    if not letters:
        raise ValueError("the TOTP secret is empty")
    try:
        return base64.b32decode(letters + "=" * (-len(letters) % 8), casefold=True)
    except (binascii.Error, ValueError):
        raise ValueError("the TOTP secret is not Base32: letters A to Z and digits 2 to 7") from None


def otpauth_uri(secret_code: Secret, issuer: str, username: str) -> Secret:
    """The URI that authenticator apps read as a QR code (Key Uri Format)."""
    label = f"{quote(issuer, safe='')}:{quote(username, safe='')}"
    return Secret(f"otpauth://totp/{label}?secret={secret_code.reveal()}&issuer={quote(issuer, safe='')}")
