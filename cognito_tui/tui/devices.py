"""The devices of users on this machine: looked up before a sign-in, kept after one."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Final

from cognito_tui.cognito import requests
from cognito_tui.cognito.flows.devices import Confirmed, confirm_device
from cognito_tui.cognito.means import Means
from cognito_tui.cognito.model import Device, Secret
from cognito_tui.cognito.steps import Answers, Prompt
from cognito_tui.store import devices
from cognito_tui.store.item import DeviceItem
from cognito_tui.store.patience import awaited
from cognito_tui.store.safekeeping import Vault
from cognito_tui.store.trouble import VaultError
from cognito_tui.tui.account import Send
from cognito_tui.walk import Cancelled, walk

PATIENCE: Final = 3.0
"""Seconds that a sign-in waits for the keyring: without the device, Cognito asks for the second factor."""

DEVICE_NAME: Final = "cognito-tui"
"""What a device that was remembered here is called, for the user who looks at the list."""


class Devices:
    """Remembered devices by user. A keyring that has failed once is not asked for devices again in this run.

    What is typed may be an alias; once a sign-in has told the canonical username, it is looked up under that.
    """

    def __init__(self, vault: Vault) -> None:
        self._vault = vault
        self._canonical: dict[DeviceItem, DeviceItem] = {}
        self._known: dict[DeviceItem, Device | None] = {}
        self._keyring_failed = False

    def learn(self, typed: DeviceItem, canonical: DeviceItem) -> None:
        """Look for the device of `typed` under `canonical` from now on."""
        self._canonical[typed] = canonical

    def known(self, typed: DeviceItem) -> Device | None:
        """The device, if it was met in this run; asks nobody."""
        return self._known.get(self._canonical.get(typed, typed))

    async def find(self, typed: DeviceItem) -> Device | None:
        """The device, if one is kept. Never raises: without it a sign-in works as well."""
        item = self._canonical.get(typed, typed)
        if item not in self._known and not self._keyring_failed:
            try:
                self._known[item] = await awaited(devices.find, self._vault, item, patience=PATIENCE)
            except VaultError:
                self._keyring_failed = True
        return self._known.get(item)

    async def keep(self, item: DeviceItem, device: Device) -> str:
        """Keep `device`; return why it is kept for this run only, empty when it is kept for good."""
        self._known[item] = device
        try:
            await awaited(devices.keep, self._vault, item, device)
        except VaultError as error:
            devices.remember(self._vault, item, device)
            return error.sentence
        return ""

    async def drop(self, typed: DeviceItem) -> str:
        """Forget the device; return why the keyring may still have it, empty when it has not."""
        item = self._canonical.get(typed, typed)
        self._known[item] = None
        try:
            await awaited(self._vault.drop, item)
        except VaultError as error:
            return "" if self._keyring_failed else error.sentence
        return ""


async def confirm(
    device: Device,
    access_token: Secret,
    means: Means,
    send: Send,
    decide: Callable[[], Awaitable[bool | None]],
) -> tuple[Device, bool | None]:
    """Let Cognito remember `device`; return it with its password, and whether it is remembered now.

    `decide` is asked where the pool leaves it to the user; None from it leaves it undecided there. A `device`
    with a password was confirmed before and left undecided: only the decision is sent.

    Raises:
        CognitoError: it was refused.
    """
    confirmed = Confirmed(device, user_decides=True)
    if not device.password.reveal():
        flow = confirm_device(access_token, device, means, device_name=DEVICE_NAME)
        confirmed = await walk(flow, call=send, ask=_nobody)
    if not confirmed.user_decides:
        return confirmed.device, True
    answer = await decide()
    if answer is not None:
        await send(requests.update_device_status(access_token, device.key, remembered=answer))
    return confirmed.device, answer


async def _nobody(_prompt: Prompt) -> Answers:
    """The flow has no prompts."""
    raise Cancelled
