"""Remembered devices in the vault: the keys and the password by which a device stands for a second factor.

These may block, as the vault does: call them through `cognito_tui.store.patience`.
"""

from __future__ import annotations

import json

from cognito_tui.cognito.model import Device, Secret
from cognito_tui.store.item import DeviceItem
from cognito_tui.store.safekeeping import Vault

_DEVICE, _GROUP, _PASSWORD = "DeviceKey", "DeviceGroupKey", "DevicePassword"


def find(vault: Vault, item: DeviceItem) -> Device | None:
    """The device that is kept as `item`; None where there is none, or what is there is no device.

    Raises:
        VaultError: the keyring could not be asked.
    """
    found = vault.find(item)
    return _read(found.secret) if found else None


def keep(vault: Vault, item: DeviceItem, device: Device) -> None:
    """Keep `device` for good.

    Raises:
        VaultError: it is not known to be kept.
    """
    vault.keep(item, _written(device))


def remember(vault: Vault, item: DeviceItem, device: Device) -> None:
    """Hold `device` in memory until this run ends. Never blocks."""
    vault.remember(item, _written(device))


def _written(device: Device) -> Secret:
    fields = {_DEVICE: device.key, _GROUP: device.group_key, _PASSWORD: device.password.reveal()}
    return Secret(json.dumps(fields))


def _read(secret: Secret) -> Device | None:
    try:
        found = json.loads(secret.reveal())
        key, group_key, password = (found[name] for name in (_DEVICE, _GROUP, _PASSWORD))
    except (ValueError, KeyError, TypeError):
        return None
    if not (isinstance(key, str) and isinstance(group_key, str) and isinstance(password, str)):
        return None
    return Device(key, group_key, Secret(password))
