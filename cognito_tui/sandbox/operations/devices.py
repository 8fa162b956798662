"""ConfirmDevice, and what can be done with a device afterwards."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from cognito_tui.sandbox.attributes import as_list
from cognito_tui.sandbox.devices import Device, no_such_device
from cognito_tui.sandbox.operations.users import holder
from cognito_tui.sandbox.pages import page
from cognito_tui.sandbox.pool import User, UserPool
from cognito_tui.sandbox.refusal import Refusal, invalid_parameter
from cognito_tui.sandbox.srp import Verifier
from cognito_tui.sandbox.state import State, epoch


def confirm_device(state: State, params: Mapping[str, Any]) -> dict[str, Any]:
    """ConfirmDevice: keep the verifier, whatever it is; a wrong one shows at the next sign-in.

    Raises:
        Refusal: rows 18 and 49; DeviceKeyExistsException for one that is confirmed; row 34 without verifier
            or salt; InvalidParameterException for what is no base64. The words of all but 18 and 49 are
            inferred.
    """
    pool, user, device = _one_device(state, params, confirmed=False)
    if device.verifier is not None:
        raise Refusal("DeviceKeyExistsException", "Device key already exists.")
    config = params.get("DeviceSecretVerifierConfig", {})
    verifier = Verifier(_number(config, "Salt"), _number(config, "PasswordVerifier"))
    tracking = pool.devices
    asks_user = tracking is not None and tracking.user_decides
    name, now = params.get("DeviceName", ""), state.clock()
    confirmed = replace(device, name=name, verifier=verifier, remembered=not asks_user, modified=now)
    pool.put(user.with_device(confirmed))
    return {"UserConfirmationNecessary": asks_user}


def update_device_status(state: State, params: Mapping[str, Any]) -> dict[str, Any]:
    """UpdateDeviceStatus.

    Raises:
        Refusal: rows 18 and 49.
    """
    pool, user, device = _one_device(state, params)
    remembered = params.get("DeviceRememberedStatus") == "remembered"
    pool.put(user.with_device(replace(device, remembered=remembered, modified=state.clock())))
    return {}


def get_device(state: State, params: Mapping[str, Any]) -> dict[str, Any]:
    """GetDevice.

    Raises:
        Refusal: rows 18 and 49.
    """
    _pool, _user, device = _one_device(state, params)
    return {"Device": device_type(device)}


def list_devices(state: State, params: Mapping[str, Any]) -> dict[str, Any]:
    """ListDevices: the confirmed ones.

    Raises:
        Refusal: row 18.
    """
    _pool, user = holder(state, params["AccessToken"])
    confirmed = [each for each in user.devices.values() if each.verifier]
    devices, token = page(confirmed, params.get("Limit"), params.get("PaginationToken"))
    return {
        "Devices": [device_type(each) for each in devices],
        **({"PaginationToken": token} if token else {}),
    }


def forget_device(state: State, params: Mapping[str, Any]) -> dict[str, Any]:
    """ForgetDevice; it has no answer.

    Raises:
        Refusal: rows 18 and 49.
    """
    pool, user, device = _one_device(state, params)
    left = {key: each for key, each in user.devices.items() if key != device.key}
    pool.put(replace(user, devices=left))
    return {}


def _one_device(
    state: State, params: Mapping[str, Any], *, confirmed: bool = True
) -> tuple[UserPool, User, Device]:
    """The device a request is about, of the holder of its access token.

    The model does not insist on the token here and there; without it there is nobody (inferred).
    """
    pool, user = holder(state, params.get("AccessToken", ""))
    device = user.devices.get(params["DeviceKey"])
    if device is None or (confirmed and device.verifier is None):
        raise no_such_device()
    return pool, user, device


def device_type(device: Device) -> dict[str, Any]:
    """`DeviceType`."""
    attributes = {
        "device_status": "valid",
        "device_name": device.name,
        "dev:device_remembered_status": "remembered" if device.remembered else "not_remembered",
    }
    return {
        "DeviceKey": device.key,
        "DeviceAttributes": as_list(attributes),
        "DeviceCreateDate": epoch(device.created),
        "DeviceLastModifiedDate": epoch(device.modified),
        "DeviceLastAuthenticatedDate": epoch(device.last_used),
    }


def _number(config: Mapping[str, str], name: str) -> int:
    text = config.get(name)
    if not text:
        raise invalid_parameter(f"Missing required parameter {name}")
    try:
        return int.from_bytes(base64.b64decode(text, validate=True))
    except (binascii.Error, ValueError):
        raise invalid_parameter(f"{name} is not base64") from None
