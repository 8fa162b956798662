"""Ids, secrets and opaque strings, all from the randomness the sandbox was given."""

from __future__ import annotations

import base64
import hashlib
import string
import uuid
from collections.abc import Callable

TokenBytes = Callable[[int], bytes]
"""`secrets.token_bytes`, or something a test can foresee."""

_ALPHABET = string.digits + string.ascii_lowercase


def new_uuid(token_bytes: TokenBytes) -> str:
    """A `sub`, a `jti`, a request id."""
    return str(uuid.UUID(bytes=token_bytes(16), version=4))


def uuid_of(*about: str) -> str:
    """A UUID that is always the same for the same, and for nothing else."""
    return str(uuid.UUID(bytes=hashlib.sha256("\0".join(about).encode()).digest()[:16], version=4))


def letters(token_bytes: TokenBytes, length: int) -> str:
    """`length` lower-case letters and digits: 26 for a client id, 51 for a client secret."""
    number = int.from_bytes(token_bytes(length))
    picked = []
    for _ in range(length):
        number, digit = divmod(number, len(_ALPHABET))
        picked.append(_ALPHABET[digit])
    return "".join(picked)


def opaque(token_bytes: TokenBytes, size: int) -> str:
    """`size` bytes nobody can read, as base64url without padding."""
    return base64.urlsafe_b64encode(token_bytes(size)).decode().rstrip("=")
