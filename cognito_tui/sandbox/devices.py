"""Devices: what a user pool remembers of the machines its users sign in with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from cognito_tui.sandbox.identifiers import TokenBytes, letters, new_uuid
from cognito_tui.sandbox.refusal import Refusal
from cognito_tui.sandbox.srp import Verifier


@dataclass(frozen=True)
class DeviceTracking:
    """`DeviceConfigurationType`: that a pool tracks devices, and how.

    With `challenge_on_new_device` a remembered device takes the place of MFA; with `user_decides` a device is
    remembered only when UpdateDeviceStatus says so.
    """

    challenge_on_new_device: bool = True
    user_decides: bool = False

    def described(self) -> dict[str, bool]:
        """As DescribeUserPool tells it."""
        return {
            "ChallengeRequiredOnNewDevice": self.challenge_on_new_device,
            "DeviceOnlyRememberedOnUserPrompt": self.user_decides,
        }


@dataclass(frozen=True)
class Device:
    """A device whose keys came with tokens; until ConfirmDevice it has no `verifier` and does not count."""

    key: str
    group_key: str
    created: datetime
    modified: datetime
    last_used: datetime
    name: str = ""
    verifier: Verifier | None = None
    remembered: bool = False


def new_device(user_pool_id: str, token_bytes: TokenBytes, now: datetime) -> Device:
    """A device nobody has confirmed yet; its key begins with the region (service model, DeviceKeyType)."""
    region = user_pool_id.partition("_")[0]
    return Device(f"{region}_{new_uuid(token_bytes)}", f"-{letters(token_bytes, 8)}", now, now, now)


def no_such_device() -> Refusal:
    """Row 49."""
    return Refusal("ResourceNotFoundException", "Device does not exist.")
