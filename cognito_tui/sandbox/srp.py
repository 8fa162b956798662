"""The server's half of SRP-6a, as Cognito speaks it; for users and for devices.

Written from RFC 5054, RFC 2945 and public records, and not with the client's code: the two prove each other.
A user's identity is pool name and canonical username, a device's is group key and key; below, `identity` is
these two in one. The group, N and g, is all that is shared with it.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from cognito_tui.cognito.srp import G, N

_WEEKDAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_TIMESTAMP: Final = re.compile(
    rf"({'|'.join(_WEEKDAYS)}) ({'|'.join(_MONTHS)}) ([1-9][0-9]?) "
    "([0-9]{2}):([0-9]{2}):([0-9]{2}) UTC ([0-9]{4})",
    re.ASCII,
)
_PUBLIC_VALUE: Final = re.compile("[0-9A-Fa-f]{1,770}", re.ASCII)


@dataclass(frozen=True, repr=False)
class Verifier:
    """What a server keeps instead of a password: `salt`, and `value`, which is g^x mod N."""

    salt: int
    value: int

    @classmethod
    def of(cls, identity: str, password: str, salt: int) -> Verifier:
        """The verifier of a password."""
        inner = hashlib.sha256(f"{identity}:{password}".encode()).digest()
        return cls(salt, pow(G, _hashed(_bytes(salt), inner), N))


@dataclass(frozen=True, repr=False)
class Exchange:
    """One proof that is being asked for: the client's public value, our private one, and over whom.

    `block` is the SECRET_BLOCK that goes out with it, `asked` when it went out.
    """

    identity: str
    verifier: Verifier
    client_public: int
    private: int
    block: bytes
    asked: datetime

    @property
    def public(self) -> int:
        """B, which is k*v + g^b mod N."""
        return (_K * self.verifier.value + pow(G, self.private, N)) % N

    def signature(self, timestamp: str) -> bytes:
        """What only somebody with the password can have signed, at the time `timestamp` tells."""
        scrambler = _hashed(_bytes(self.client_public), _bytes(self.public))
        shared = pow(self.client_public * pow(self.verifier.value, scrambler, N), self.private, N)
        extracted = hmac.digest(_bytes(scrambler), _bytes(shared), "sha256")
        key = hmac.digest(extracted, b"Caldera Derived Key\x01", "sha256")[:16]
        return hmac.digest(key, self.identity.encode() + self.block + timestamp.encode(), "sha256")


def public_value(text: str) -> int | None:
    """SRP_A as a number; None for what is no hexadecimal number or 0 mod N (RFC 5054, section 2.5.4)."""
    number = int(text, 16) if _PUBLIC_VALUE.fullmatch(text) else 0
    return number if number % N else None


def moment(timestamp: str) -> datetime | None:
    """When TIMESTAMP says it is; None when it is not written as Cognito wants it.

    English names whatever the locale, the day without a leading zero and on its right weekday: a public
    record has `Sep 05` and a wrong weekday refused with "Incorrect username or password."
    """
    if not (found := _TIMESTAMP.fullmatch(timestamp)):
        return None
    weekday, month, *numbers = found.groups()
    day, hour, minute, second, year = map(int, numbers)
    try:
        told = datetime(year, _MONTHS.index(month) + 1, day, hour, minute, second, tzinfo=UTC)
    except ValueError:
        return None
    return told if _WEEKDAYS[told.weekday()] == weekday else None


def _bytes(number: int) -> bytes:
    """A number as it is hashed: big endian, as short as it can be without looking negative."""
    return number.to_bytes(number.bit_length() // 8 + 1)


def _hashed(*parts: bytes) -> int:
    return int.from_bytes(hashlib.sha256(b"".join(parts)).digest())


_K: Final = _hashed(_bytes(N), _bytes(G))
