"""SRP-6a as Cognito speaks it, for users and for devices.

The password never crosses the network: the client sends `SRP_A`, gets `SRP_B`, a salt and a secret block, and
proves with a signature that it knows the password. The group is the 3072-bit one of RFC 5054 with g = 2 and
SHA-256; how numbers become bytes and what is signed are Cognito's own, known from what Amazon's
amazon-cognito-identity-js does (`tests/vectors/` has its results). A device does the same with its group key
for the pool's name and its own key for the username (Developer Guide, "Signing in with a device").

Randomness and the time are arguments.
"""

from __future__ import annotations

import binascii
import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Final, Self

from cognito_tui.cognito.errors import NotCognito
from cognito_tui.cognito.model import AppClient, Device, Secret

N: Final = int(
    "FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A08798E3404DD"
    "EF9519B3CD3A431B302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7ED"
    "EE386BFB5A899FA5AE9F24117C4B1FE649286651ECE45B3DC2007CB8A163BF0598DA48361C55D39A69163FA8FD24CF5F"
    "83655D23DCA3AD961C62F356208552BB9ED529077096966D670C354E4ABC9804F1746C08CA18217C32905E462E36CE3B"
    "E39E772C180E86039B2783A2EC07A28FB5C55DF06F4C52C9DE2BCBF6955817183995497CEA956AE515D2261898FA0510"
    "15728E5A8AAAC42DAD33170D04507A33A85521ABDF1CBA64ECFB850458DBEF0A8AEA71575D060C7DB3970F85A6E1E4C7"
    "ABF5AE8CDB0933D71E8C94E04A25619DCEE3D2261AD2EE6BF12FFA06D98A0864D87602733EC86A64521F2B18177B200C"
    "BBE117577A615D6C770988C0BAD946E208E24FA074E5AB3143DB5BFCE0FD108E4B82D120A93AD2CAFFFFFFFFFFFFFFFF",
    16,
)
"""The 3072-bit prime of RFC 5054, appendix A (RFC 3526, group 15)."""

G: Final = 2

EPHEMERAL_BYTES: Final = 32
"""Size of the random `a`: RFC 5054 wants 256 bits at least, and more only costs time."""

DEVICE_PASSWORD_BYTES: Final = 40
DEVICE_SALT_BYTES: Final = 16

_KEY_BYTES: Final = 16
_INFO: Final = b"Caldera Derived Key\x01"

_HEX: Final = re.compile(r"[0-9a-fA-F]+")
_DAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True)
class Prover:
    """Who proves a password: a user of a pool, or a device of a device group.

    `group` is the pool's name (its id after the `_`) or the device group key; `name` what Cognito calls the
    user (USER_ID_FOR_SRP), or the device key.
    """

    group: str
    name: str
    password: Secret

    @classmethod
    def user(cls, client: AppClient, user_id_for_srp: str, password: Secret) -> Self:
        """The user whom Cognito calls `user_id_for_srp`."""
        return cls(client.user_pool_id.partition("_")[2], user_id_for_srp, password)

    @classmethod
    def device(cls, device: Device) -> Self:
        """A remembered device."""
        return cls(device.group_key, device.key, device.password)


@dataclass(frozen=True)
class Ephemeral:
    """The client's numbers for one proof: `a`, which stays here, and `A = g^a`, which is sent as `SRP_A`."""

    secret: Secret
    public: int

    @classmethod
    def of(cls, random: bytes) -> Self:
        """From `EPHEMERAL_BYTES` random bytes."""
        return cls(Secret(random.hex()), pow(G, int.from_bytes(random), N))

    @property
    def srp_a(self) -> str:
        """`SRP_A`: hexadecimal, lower case, not padded."""
        return f"{self.public:x}"


def proof(
    prover: Prover, ephemeral: Ephemeral, parameters: Mapping[str, str], now: datetime
) -> dict[str, str | Secret]:
    """What answers PASSWORD_VERIFIER or DEVICE_PASSWORD_VERIFIER, without USERNAME and DEVICE_KEY.

    Args:
        prover: who proves to know the password.
        ephemeral: the one whose `SRP_A` was sent.
        parameters: ChallengeParameters with SALT, SRP_B and SECRET_BLOCK.
        now: the time, with its zone; Cognito accepts the proof for some seconds.

    Raises:
        NotCognito: the parameters are not such as a Cognito sends.
    """
    secret_block = parameters.get("SECRET_BLOCK", "")
    key = session_key(prover, ephemeral, _number(parameters, "SALT"), _number(parameters, "SRP_B"))
    time = timestamp(now)
    return {
        "PASSWORD_CLAIM_SIGNATURE": Secret(signature(prover, key, secret_block, time)),
        "PASSWORD_CLAIM_SECRET_BLOCK": secret_block,
        "TIMESTAMP": time,
    }


def session_key(prover: Prover, ephemeral: Ephemeral, salt: int, srp_b: int) -> bytes:
    """The 16 bytes that client and server arrive at when the password is right.

    Raises:
        NotCognito: `srp_b` is a multiple of N, or u is 0, which would give the key away (RFC 5054, 2.5.4).
    """
    if srp_b % N == 0:
        raise _unfit("SRP_B is a multiple of N")
    u = _scrambler(ephemeral.public, srp_b)
    if u == 0:
        raise _unfit("SRP_A and SRP_B give u = 0")
    x = _private_key(prover, salt)
    a = int(ephemeral.secret.reveal(), 16)
    return _derived(pow((srp_b - _K * pow(G, x, N)) % N, a + u * x, N), u)


def signature(prover: Prover, key: bytes, secret_block: str, time: str) -> str:
    """PASSWORD_CLAIM_SIGNATURE in Base64.

    Raises:
        NotCognito: `secret_block` is not Base64.
    """
    try:
        block = binascii.a2b_base64(secret_block)
    except ValueError:
        raise _unfit("SECRET_BLOCK is not Base64") from None
    message = _bytes(prover.group + prover.name) + block + _bytes(time)
    return binascii.b2a_base64(hmac.digest(key, message, "sha256"), newline=False).decode()


def timestamp(now: datetime) -> str:
    """TIMESTAMP: `Sat Sep 5 08:03:01 UTC 2026`, English whatever the locale, the day without a zero.

    Any other form is answered with "Incorrect username or password."
    """
    utc = now.astimezone(UTC)
    return (
        f"{_DAYS[utc.weekday()]} {_MONTHS[utc.month - 1]} {utc.day} "
        f"{utc.hour:02}:{utc.minute:02}:{utc.second:02} UTC {utc.year}"
    )


@dataclass(frozen=True)
class DeviceSecretVerifier:
    """`DeviceSecretVerifierConfig` of ConfirmDevice: what Cognito keeps of a device's password."""

    salt: int
    verifier: int

    @classmethod
    def of(cls, device: Device, salt: bytes) -> Self:
        """The verifier of `device` with `DEVICE_SALT_BYTES` random bytes."""
        number = int.from_bytes(salt)
        return cls(number, pow(G, _private_key(Prover.device(device), number), N))

    @property
    def config(self) -> dict[str, str | Secret]:
        """The members as they are sent, in Base64."""
        return {
            "PasswordVerifier": Secret(_base64(pad_hex(self.verifier))),
            "Salt": _base64(pad_hex(self.salt)),
        }

    def takes(self, device: Device, ephemeral: Ephemeral, random: bytes) -> bool:
        """Whether a proof of `device` would be accepted by who has this verifier, computed as a server does.

        ConfirmDevice takes a wrong verifier without a word, and the device never signs in again.
        """
        b = int.from_bytes(random)
        srp_b = (_K * self.verifier + pow(G, b, N)) % N
        u = _scrambler(ephemeral.public, srp_b)
        theirs = _derived(pow(ephemeral.public * pow(self.verifier, u, N), b, N), u)
        ours = session_key(Prover.device(device), ephemeral, self.salt, srp_b)
        return hmac.compare_digest(ours, theirs)


def device_password(random: bytes) -> Secret:
    """The password of a device, from `DEVICE_PASSWORD_BYTES` random bytes."""
    return Secret(_base64(random))


def pad_hex(number: int) -> bytes:
    """A natural number as Java's `BigInteger.toByteArray` has it: shortest, its first bit a zero."""
    return number.to_bytes(number.bit_length() // 8 + 1)


def _private_key(prover: Prover, salt: int) -> int:
    """The `x` of RFC 5054. The salt was read as a number before: its leading zeros do not count."""
    identity = sha256(_bytes(f"{prover.group}{prover.name}:{prover.password.reveal()}")).digest()
    return int.from_bytes(sha256(pad_hex(salt) + identity).digest())


def _scrambler(srp_a: int, srp_b: int) -> int:
    """The `u` of RFC 5054."""
    return int.from_bytes(sha256(pad_hex(srp_a) + pad_hex(srp_b)).digest())


def _derived(shared: int, u: int) -> bytes:
    """HKDF with one block (RFC 5869), salted with u."""
    return hmac.digest(hmac.digest(pad_hex(u), pad_hex(shared), "sha256"), _INFO, "sha256")[:_KEY_BYTES]


def _number(parameters: Mapping[str, str], name: str) -> int:
    value = parameters.get(name, "")
    if not _HEX.fullmatch(value):
        raise _unfit(f"{name} is not a hexadecimal number")
    return int(value, 16)


def _bytes(text: str) -> bytes:
    """`text` in UTF-8. No password of Cognito's has half a character, so one that has is just wrong."""
    return text.encode("utf-8", "surrogatepass")


def _base64(value: bytes) -> str:
    return binascii.b2a_base64(value, newline=False).decode()


def _unfit(what: str) -> NotCognito:
    return NotCognito("RespondToAuthChallenge", f"No password can be proved: {what}. Nothing was sent.")


_K: Final = int.from_bytes(sha256(pad_hex(N) + pad_hex(G)).digest())
"""k of RFC 5054, 2.5.3, with Cognito's way of writing numbers."""
