"""The devices of users, as an administrator sees them from outside."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cognito_tui.sandbox.devices import Device, DeviceTracking
from cognito_tui.sandbox.srp import Verifier
from tests.sandbox.house import House
from tests.sandbox.outside import Outside

KEY = "local_11111111-2222-3333-4444-555555555555"
GONE = ("ResourceNotFoundException", "Device does not exist.")


@pytest.fixture
def house() -> House:
    """Ana has a device, and one that was never confirmed."""
    house = House()
    house.pool.devices = DeviceTracking()
    now = house.clock()
    device = Device(KEY, "-group", now, now, now, "Phone", Verifier(1, 2), remembered=True)
    unconfirmed = replace(device, key=KEY.replace("5", "6"), verifier=None)
    house.change(devices={each.key: each for each in (device, unconfirmed)})
    house.clock.forward(hours=1)
    return house


def test_a_device_is_listed_and_shown(aws: Outside) -> None:
    (listed,) = aws("AdminListDevices", Username="ana")["Devices"]
    assert aws("AdminGetDevice", Username="ana", DeviceKey=KEY)["Device"] == listed
    assert listed["DeviceKey"] == KEY
    told = {each["Name"]: each["Value"] for each in listed["DeviceAttributes"]}
    assert (told["device_name"], told["dev:device_remembered_status"]) == ("Phone", "remembered")


def test_it_can_be_forgotten_once_which_is_no_change_of_the_user(aws: Outside) -> None:
    before = aws("AdminGetUser", Username="ana")["UserLastModifiedDate"]
    assert aws("AdminForgetDevice", Username="ana", DeviceKey=KEY) == {}
    assert aws("AdminListDevices", Username="ana") == {"Devices": []}
    assert aws.refused("AdminForgetDevice", Username="ana", DeviceKey=KEY) == GONE
    assert aws.refused("AdminGetDevice", Username="ana", DeviceKey=KEY) == GONE
    assert aws("AdminGetUser", Username="ana")["UserLastModifiedDate"] == before


def test_one_that_was_not_confirmed_does_not_count(aws: Outside) -> None:
    assert aws.refused("AdminGetDevice", Username="ana", DeviceKey=KEY.replace("5", "6")) == GONE


def test_many_come_in_pages(aws: Outside) -> None:
    device = aws.house.now("ana").devices[KEY]
    keys = [f"local_{number:032x}" for number in range(5)]
    aws.house.change(devices={key: replace(device, key=key) for key in keys})
    first = aws("AdminListDevices", Username="ana", Limit=3)
    second = aws("AdminListDevices", Username="ana", PaginationToken=first["PaginationToken"])
    assert [each["DeviceKey"] for each in first["Devices"] + second["Devices"]] == keys
    assert "PaginationToken" not in second


@pytest.mark.parametrize("operation", ["AdminListDevices", "AdminGetDevice", "AdminForgetDevice"])
def test_a_pool_that_does_not_track_has_none(aws: Outside, operation: str) -> None:
    params = {} if operation == "AdminListDevices" else {"DeviceKey": KEY}
    assert aws.refused(operation, Username="nobody", **params) == (
        "UserNotFoundException",
        "User does not exist.",
    )
    aws.house.pool.devices = None
    assert aws.refused(operation, Username="ana", **params)[0] == "InvalidUserPoolConfigurationException"
