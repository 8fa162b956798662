"""The client's half of SRP, by somebody else's code."""

from __future__ import annotations

import base64
import hmac
from datetime import datetime
from typing import Any

from pycognito.aws_srp import AWSSRP, generate_hash_device, hex_to_long, long_to_hex

from tests.sandbox.house import POOL


class Prover:
    """Somebody who knows a password, or the password of a device; by a clock of their own."""

    def __init__(self, password: str, pool_id: str = POOL) -> None:
        self.srp = AWSSRP("", password, pool_id, "", client=object())
        self.password = password
        self.srp_a = long_to_hex(self.srp.large_a_value)

    def proof(self, parameters: dict[str, str], moment: datetime) -> dict[str, str]:
        """What PASSWORD_VERIFIER wants to hear at that moment."""
        return self.proof_at(parameters, AWSSRP.get_cognito_formatted_timestamp(moment))

    def proof_at(self, parameters: dict[str, str], timestamp: str) -> dict[str, str]:
        """The same with any TIMESTAMP."""
        user = parameters["USER_ID_FOR_SRP"]
        key = self.srp.get_password_authentication_key(
            user, self.password, hex_to_long(parameters["SRP_B"]), parameters["SALT"]
        )
        return signed(key, self.srp.pool_id.partition("_")[2] + user, parameters, timestamp)

    def device_proof(
        self, parameters: dict[str, str], group_key: str, device_key: str, moment: datetime
    ) -> dict[str, str]:
        """What DEVICE_PASSWORD_VERIFIER wants to hear."""
        key = self.srp.get_device_authentication_key(
            group_key, device_key, self.password, hex_to_long(parameters["SRP_B"]), parameters["SALT"]
        )
        timestamp = AWSSRP.get_cognito_formatted_timestamp(moment)
        return {
            "DEVICE_KEY": device_key,
            **signed(key, group_key + device_key, parameters, timestamp),
        }


def signed(key: bytes, identity: str, parameters: dict[str, str], timestamp: str) -> dict[str, str]:
    block = parameters["SECRET_BLOCK"]
    message = identity.encode() + base64.b64decode(block) + timestamp.encode()
    return {
        "PASSWORD_CLAIM_SECRET_BLOCK": block,
        "PASSWORD_CLAIM_SIGNATURE": base64.b64encode(hmac.digest(key, message, "sha256")).decode(),
        "TIMESTAMP": timestamp,
    }


def device_secret(metadata: dict[str, str]) -> tuple[str, dict[str, Any]]:
    """A password for a device, and the DeviceSecretVerifierConfig that goes with it."""
    password, config = generate_hash_device(metadata["DeviceGroupKey"], metadata["DeviceKey"])
    return password, config
