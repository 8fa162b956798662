from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cognito_tui.cognito.model import Device, Secret
from cognito_tui.store import devices
from cognito_tui.store.item import DeviceItem
from cognito_tui.store.profile import Profile
from cognito_tui.store.safekeeping import MemoryVault

PROFILE = Profile("staging", "eu-west-1_Kq3TzV9aB", "4f8k2mq0v7t1s9d3a6h5j8n1cp", has_secret=True)
ITEM = PROFILE.device_item("ana")
DEVICE = Device("eu-west-1_0b5f", "-aBcD", Secret("only this machine knows it"))


def test_a_device_is_found_as_it_was_kept() -> None:
    vault = MemoryVault()
    devices.keep(vault, ITEM, DEVICE)
    assert devices.find(vault, ITEM) == DEVICE
    assert devices.find(vault, PROFILE.device_item("ben")) is None


def test_it_is_the_users_in_this_pool_whatever_the_client() -> None:
    assert str(ITEM) == "aws/eu-west-1/eu-west-1_Kq3TzV9aB/~device/ana"
    assert DeviceItem("aws", "eu-west-1", "eu-west-1_Kq3TzV9aB", "ana") == ITEM
    assert str(ITEM) != str(PROFILE.item())


def test_the_line_that_is_kept_is_one_line_of_json() -> None:
    vault = MemoryVault()
    devices.remember(vault, ITEM, DEVICE)
    found = vault.find(ITEM)
    assert found is not None
    assert found.secret.reveal() == (
        '{"DeviceKey": "eu-west-1_0b5f", "DeviceGroupKey": "-aBcD",'
        ' "DevicePassword": "only this machine knows it"}'
    )


@pytest.mark.parametrize("text", ["not JSON", "[]", "1", "{}", '{"DeviceKey": "k", "DeviceGroupKey": "g"}'])
def test_what_is_no_device_is_none(text: str) -> None:
    vault = MemoryVault()
    vault.keep(ITEM, Secret(text))
    assert devices.find(vault, ITEM) is None


@given(*[st.text(max_size=30)] * 3)  # a keyring takes 1280 characters; escaped, one becomes up to twelve
def test_any_device_comes_back(key: str, group_key: str, password: str) -> None:
    vault, device = MemoryVault(), Device(key, group_key, Secret(password))
    devices.remember(vault, ITEM, device)
    assert devices.find(vault, ITEM) == device
