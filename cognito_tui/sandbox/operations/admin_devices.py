"""The devices of a user, for administrators.

Only pools that track devices have any: that others answer InvalidUserPoolConfigurationException follows from
the model, which has it for operations on devices alone; its words are inferred.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from cognito_tui.sandbox.devices import Device, no_such_device
from cognito_tui.sandbox.operations.devices import device_type
from cognito_tui.sandbox.operations.users import one_user
from cognito_tui.sandbox.pages import page
from cognito_tui.sandbox.pool import User, UserPool
from cognito_tui.sandbox.refusal import Refusal
from cognito_tui.sandbox.state import State


def admin_list_devices(state: State, params: Mapping[str, Any]) -> dict[str, Any]:
    """AdminListDevices: the confirmed ones.

    Raises:
        Refusal: rows 48 and 45, though the model names the latter only for AdminForgetDevice;
            InvalidUserPoolConfigurationException.
    """
    _pool, user = _tracked(state, params)
    confirmed = [each for each in user.devices.values() if each.verifier]
    devices, token = page(confirmed, params.get("Limit"), params.get("PaginationToken"))
    return {
        "Devices": [device_type(each) for each in devices],
        **({"PaginationToken": token} if token else {}),
    }


def admin_get_device(state: State, params: Mapping[str, Any]) -> dict[str, Any]:
    """AdminGetDevice.

    Raises:
        Refusal: those of AdminListDevices; row 49.
    """
    _pool, user = _tracked(state, params)
    return {"Device": device_type(_confirmed(user, params["DeviceKey"]))}


def admin_forget_device(state: State, params: Mapping[str, Any]) -> dict[str, Any]:
    """AdminForgetDevice; it has no answer.

    Raises:
        Refusal: those of AdminListDevices; row 49.
    """
    pool, user = _tracked(state, params)
    forgotten = _confirmed(user, params["DeviceKey"])
    left = {key: each for key, each in user.devices.items() if key != forgotten.key}
    pool.put(replace(user, devices=left))
    return {}


def _tracked(state: State, params: Mapping[str, Any]) -> tuple[UserPool, User]:
    pool, user = one_user(state, params)
    if pool.devices is None:
        raise Refusal(
            "InvalidUserPoolConfigurationException", "The user pool is not configured to track devices."
        )
    return pool, user


def _confirmed(user: User, key: str) -> Device:
    device = user.devices.get(key)
    if device is None or device.verifier is None:
        raise no_such_device()
    return device
