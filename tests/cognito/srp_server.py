"""The server's side of SRP, written from RFC 5054 and protocol facts without a line of the client's."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Mapping

from cognito_tui.cognito import srp
from cognito_tui.cognito.model import Secret


def revealed(value: str | Secret) -> str:
    return value.reveal() if isinstance(value, Secret) else value


class Server:
    """The other side of RFC 5054, written anew: it knows a verifier and no password."""

    def __init__(self, group: str, name: str, password: str, salt: int, b: int) -> None:
        self.group, self.name, self.salt, self.b = group, name, salt, b
        inner = hashlib.sha256(f"{group}{name}:{password}".encode()).hexdigest()
        self.verifier = pow(2, self.hashed(self.hex(salt) + inner), srp.N)
        k = self.hashed("00" + f"{srp.N:x}" + "02")
        self.public = (k * self.verifier + pow(2, b, srp.N)) % srp.N

    @staticmethod
    def hex(number: int) -> str:
        digits = f"{number:x}"
        digits = "0" * (len(digits) % 2) + digits
        return "00" + digits if digits[0] in "89abcdef" else digits

    @staticmethod
    def hashed(digits: str) -> int:
        return int(hashlib.sha256(bytes.fromhex(digits)).hexdigest(), 16)

    def parameters(self, **others: str) -> dict[str, str]:
        """ChallengeParameters of PASSWORD_VERIFIER or DEVICE_PASSWORD_VERIFIER."""
        return {
            "SALT": f"{self.salt:x}",
            "SRP_B": f"{self.public:x}",
            "SECRET_BLOCK": "c2VjcmV0IGJsb2Nr",
            **others,
        }

    def accepts(self, srp_a: int, proof: Mapping[str, str | Secret]) -> bool:
        u = self.hashed(self.hex(srp_a) + self.hex(self.public))
        shared = pow(srp_a * pow(self.verifier, u, srp.N), self.b, srp.N)
        extracted = hmac.new(bytes.fromhex(self.hex(u)), bytes.fromhex(self.hex(shared)), "sha256").digest()
        key = hmac.new(extracted, b"Caldera Derived Key\x01", "sha256").digest()[:16]
        block = base64.b64decode(revealed(proof["PASSWORD_CLAIM_SECRET_BLOCK"]))
        message = f"{self.group}{self.name}".encode() + block + revealed(proof["TIMESTAMP"]).encode()
        ours = base64.b64encode(hmac.new(key, message, "sha256").digest()).decode()
        return hmac.compare_digest(ours, revealed(proof["PASSWORD_CLAIM_SIGNATURE"]))
