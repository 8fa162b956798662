"""Remembering a device, so that it can stand for a second factor at the next sign-in.

After a sign-in Cognito may name a new device (`Tokens.new_device`). ConfirmDevice gives it a verifier of a
password that only this machine knows (Developer Guide, "Working with user devices").
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from cognito_tui.cognito import requests, srp
from cognito_tui.cognito.errors import BadRequest
from cognito_tui.cognito.means import Means
from cognito_tui.cognito.model import Device, Secret
from cognito_tui.cognito.srp import DeviceSecretVerifier, Ephemeral
from cognito_tui.cognito.steps import Answer, Flow


@dataclass(frozen=True)
class Confirmed:
    """A device with the password that is to be kept.

    Where `user_decides`, Cognito remembers it only after UpdateDeviceStatus (service model,
    `UserConfirmationNecessary`).
    """

    device: Device
    user_decides: bool


def confirm_device(
    access_token: Secret,
    device: Device,
    means: Means,
    *,
    device_name: str = "",
) -> Flow[Confirmed]:
    """Make a password for `device` and let Cognito remember its verifier.

    Args:
        access_token: of the sign-in that named the device.
        device: `Tokens.new_device`.
        means: where the password and the salt come from.
        device_name: what the user will see it called; empty: none.

    Raises:
        CognitoError: it was refused; `BadRequest` when the verifier does not fit, before anything is sent.
    """
    remembered = replace(device, password=srp.device_password(means.token_bytes(srp.DEVICE_PASSWORD_BYTES)))
    verifier = DeviceSecretVerifier.of(remembered, means.token_bytes(srp.DEVICE_SALT_BYTES))
    ephemeral = Ephemeral.of(means.token_bytes(srp.EPHEMERAL_BYTES))
    if not verifier.takes(remembered, ephemeral, means.token_bytes(srp.EPHEMERAL_BYTES)):
        raise BadRequest(
            "ConfirmDevice", "The verifier does not fit the device's password; nothing was sent."
        )
    answer: Answer = yield requests.confirm_device(access_token, device.key, verifier.config, device_name)
    return Confirmed(remembered, user_decides=bool(answer.get("UserConfirmationNecessary")))
