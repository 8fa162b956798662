"""The signed-in user's device, as the signed-in pane tells it: kept, lost, remembered, forgotten."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from cognito_tui.cognito.errors import CognitoError
from cognito_tui.cognito.means import Means
from cognito_tui.cognito.model import Device, Tokens
from cognito_tui.store.profile import Profile
from cognito_tui.tui.account import Send
from cognito_tui.tui.devices import Devices, confirm
from cognito_tui.tui.say import DONE, OPEN, quiet, say
from cognito_tui.tui.widgets.signed_in import SignedIn


class DeviceDesk:
    """What becomes of a device after a sign-in; `kept` are the devices of this machine.

    `decide` asks the person whether Cognito shall remember the device, where the pool leaves it to the user.
    """

    def __init__(self, kept: Devices, means: Means, decide: Callable[[], Awaitable[bool | None]]) -> None:
        self.kept = kept
        self._means = means
        self._decide = decide

    async def tell(self, pane: SignedIn, profile: Profile, typed: str, tokens: Tokens) -> None:
        """Drop a device that is lost, and say what is kept; `typed` is learned to mean this user."""
        item = profile.device_item(tokens.username)
        self.kept.learn(profile.device_item(typed), item)
        if tokens.lost_device:
            trouble = await self.kept.drop(item)
            pane.tell_device(
                say(
                    "[$text-warning]! Cognito does not know the remembered device any more: "
                    "it was dropped here.[/] $trouble",
                    trouble=trouble,
                )
            )
        elif device := await self.kept.find(item):
            words = say(f"{DONE} [$foreground 72%]remembered device[/] $key", key=device.key)
            pane.tell_device(words, device)

    async def remember(self, pane: SignedIn, profile: Profile, device: Device, send: Send) -> None:
        """Let Cognito remember the `device` it has named, and keep its password on this machine."""
        item = profile.device_item(pane.username)
        known = await self.kept.find(item)
        undecided = known if known is not None and known.key == device.key else device
        try:
            kept, remembered = await confirm(undecided, pane.access_token, self._means, send, self._decide)
        except CognitoError as error:
            pane.tell_device(say("[$text-error]× $name[/] $why", name=error.name, why=error.sentence))
            return
        if remembered is False:
            await self.kept.drop(item)
            pane.tell_device(quiet("○ Not remembered: nothing of the device is kept."))
            return
        why = await self.kept.keep(item, kept)
        for_now = f", for this run only: {why}" if why else "."
        if remembered is None:
            words = say(f"{OPEN} Not remembered yet: codes are asked as before$how", how=for_now)
            pane.tell_device(words, kept, undecided=True)
        else:
            pane.tell_device(say(f"{DONE} The device is remembered$how", how=for_now), kept)

    async def forget(self, pane: SignedIn, profile: Profile) -> None:
        """Forget the device on this machine; Cognito is not told."""
        trouble = await self.kept.drop(profile.device_item(pane.username))
        pane.tell_device(
            say("[$foreground 72%]○ This machine has forgotten the device.[/] $trouble", trouble=trouble)
        )
