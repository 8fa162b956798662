"""Devices: offered, remembered, used, forgotten, and lost."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from cognito_tui.cognito.model import Device, Secret
from cognito_tui.cognito.snippets import Where
from cognito_tui.cognito.steps import Call
from cognito_tui.store.item import AnyItem, DeviceItem
from cognito_tui.store.profile import Profile
from cognito_tui.store.safekeeping import MemoryVault
from cognito_tui.store.trouble import VaultError
from cognito_tui.tui.app import CognitoApp
from cognito_tui.tui.devices import Devices
from cognito_tui.tui.world import World
from cognito_tui.walk import Reply
from tests.tui.crowds import HeldBack, with_calls
from tests.tui.stage import PATIENCE, Stage, on_stage
from tests.tui.walks import FILLED_IN, begin
from tests.tui.worlds import LOCKED, Clock, sandbox

TYPED, CANONICAL = (DeviceItem("aws", "r", "r_P", name) for name in ("ana@example.com", "0b5f"))
DEVICE = Device("r_key", "-group", Secret("password"))


async def sol_signs_in(stage: Stage) -> None:
    await begin(stage, "sol")
    await stage.sees("SOFTWARE_TOKEN_MFA", "6 figures")
    await stage.press(*FILLED_IN.split())
    await stage.sees("Signed in as sol", "remember this device")


async def sol_is_remembered(stage: Stage) -> None:
    await sol_signs_in(stage)
    await stage.press("r")
    await stage.sees("The pool leaves it to the user")
    await stage.press("r")
    await stage.sees("The device is remembered")


async def again(stage: Stage, clock: Clock) -> None:
    clock.forward(minutes=1)  # each code is good once
    await stage.press("s")
    await stage.sees("Sign in to the pool")
    await stage.press("enter")


async def test_a_remembered_device_stands_for_the_code() -> None:
    clock = Clock()
    async with on_stage(CognitoApp(sandbox(clock))) as stage:
        await sol_is_remembered(stage)
        await again(stage, clock)
        await stage.sees(
            "Signed in as sol", "DEVICE_PASSWORD_VERIFIER", "remembered device", "forget the device"
        )


async def test_the_preview_has_its_key() -> None:
    async with on_stage(CognitoApp(sandbox())) as stage:
        await sol_is_remembered(stage)
        await stage.press("s")
        await stage.sees("nothing sent", '"DEVICE_KEY":', '"local_')


async def test_one_that_is_left_undecided_is_not_called_remembered_and_can_be_decided() -> None:
    clock = Clock()
    async with on_stage(CognitoApp(sandbox(clock))) as stage:
        await sol_signs_in(stage)
        await stage.press("r")
        await stage.sees("The pool leaves it to the user")
        await stage.press("escape")
        await stage.sees("Not remembered yet", "remember this device", "forget the device")
        await again(stage, clock)
        await stage.sees("SOFTWARE_TOKEN_MFA", "6 figures")
        await stage.press(*FILLED_IN.split())
        await stage.sees("Signed in as sol")


async def test_what_was_left_undecided_is_decided_without_another_device() -> None:
    calls = HeldBack(lambda _call: False)
    async with on_stage(CognitoApp(with_calls(sandbox(), calls))) as stage:
        await sol_signs_in(stage)
        await stage.press("r")
        await stage.sees("The pool leaves it to the user")
        await stage.press("escape")
        await stage.sees("Not remembered yet", "remember this device")
        await stage.press("r")
        await stage.sees("The pool leaves it to the user")
        await stage.press("r")
        await stage.sees("The device is remembered")
        await stage.sees_no_more("remember this device")
    assert [call.operation for call in calls.asked].count("ConfirmDevice") == 1


ELSEWHERE = Profile("zz", "local_Other", "otherclient", endpoint_url="http://127.0.0.1:9")


class Overheard(HeldBack):
    """Calls that hold back ConfirmDevice, and remember which endpoint each was for."""

    def __init__(self) -> None:
        super().__init__(lambda call: call.operation == "ConfirmDevice")
        self.endpoints: list[tuple[str, str | None]] = []

    async def send(self, where: Where, call: Call) -> Reply:
        self.endpoints.append((call.operation, where.endpoint_url))
        return await super().send(where, call)


async def test_what_is_asked_late_goes_where_the_sign_in_was() -> None:
    calls = Overheard()
    world = with_calls(sandbox(), calls)
    world.profiles.put(ELSEWHERE)
    assert world.practice
    async with on_stage(CognitoApp(world)) as stage:
        await sol_signs_in(stage)
        await stage.press("r", "f2")
        await stage.sees("Selected profile")
        await stage.press(*["down"] * len(world.profiles.load()), "enter")
        await stage.sees("cognito-tui › zz", "Sign in to the pool")
        calls.go.set()
        await stage.sees("The pool leaves it to the user")
        await stage.press("r")
        async with asyncio.timeout(PATIENCE):
            while "UpdateDeviceStatus" not in dict(calls.endpoints):
                await asyncio.sleep(0.03)
    assert dict(calls.endpoints)["UpdateDeviceStatus"] == world.practice.endpoint_url


async def test_one_that_is_forgotten_here_is_not_used() -> None:
    clock = Clock()
    async with on_stage(CognitoApp(sandbox(clock))) as stage:
        await sol_is_remembered(stage)
        await stage.press("f")
        await stage.sees("This machine has forgotten the device")
        await again(stage, clock)
        await stage.sees("SOFTWARE_TOKEN_MFA", "6 figures")


async def test_one_that_the_user_does_not_want_remembered_is_not_kept() -> None:
    clock = Clock()
    async with on_stage(CognitoApp(sandbox(clock))) as stage:
        await sol_signs_in(stage)
        await stage.press("r")
        await stage.sees("The pool leaves it to the user")
        await stage.press("n")
        await stage.sees("Not remembered", "UpdateDeviceStatus")
        await again(stage, clock)
        await stage.sees("SOFTWARE_TOKEN_MFA", "6 figures")


async def test_one_that_cognito_has_lost_is_dropped_and_the_pane_says_so() -> None:
    clock = Clock()
    world = sandbox(clock)
    async with on_stage(CognitoApp(world)) as stage:
        await sol_is_remembered(stage)
        forget_devices(world)
        await again(stage, clock)
        await stage.sees("SOFTWARE_TOKEN_MFA", "6 figures", "ResourceNotFoundException")
        await stage.press(*FILLED_IN.split())
        await stage.sees("does not know the remembered device", "dropped here", "remember this device")


def forget_devices(world: World) -> None:
    """As if an administrator had made the pool forget every device."""
    assert world.practice is not None
    for pool in world.practice.inbox._state.pools.values():
        for user in list(pool.users.values()):
            pool.put(replace(user, devices={}))


class Locked(MemoryVault):
    """A vault that keeps nothing for good."""

    def keep(self, item: AnyItem, secret: Secret) -> None:
        raise LOCKED


async def test_one_that_the_keyring_does_not_keep_is_kept_for_the_run() -> None:
    clock = Clock()
    world = sandbox(clock)
    vault = Locked()
    vault._secrets = world.vault._secrets  # type: ignore[attr-defined] # the sandbox's client secrets
    async with on_stage(CognitoApp(replace(world, vault=vault))) as stage:
        await sol_signs_in(stage)
        await stage.press("r")
        await stage.sees("The pool leaves it to the user")
        await stage.press("r")
        await stage.sees("for this run only", "keyring is locked")
        await again(stage, clock)
        await stage.sees("Signed in as sol", "DEVICE_PASSWORD_VERIFIER")


async def test_what_was_typed_is_learned_to_mean_the_user() -> None:
    vault = MemoryVault()
    assert await Devices(vault).keep(CANONICAL, DEVICE) == ""
    devices = Devices(vault)
    assert await devices.find(TYPED) is None
    devices.learn(TYPED, CANONICAL)
    assert await devices.find(TYPED) == DEVICE
    assert devices.known(TYPED) == DEVICE
    assert vault.find(TYPED) is None
    assert await devices.drop(TYPED) == ""
    assert vault.find(CANONICAL) is None


async def test_a_keyring_that_fails_is_asked_once() -> None:
    asked: list[AnyItem] = []

    class Failing(MemoryVault):
        def find(self, item: AnyItem) -> None:
            asked.append(item)
            raise VaultError(LOCKED.trouble, LOCKED.sentence)

    devices = Devices(Failing())
    assert await devices.find(TYPED) is None
    assert await devices.find(CANONICAL) is None
    assert asked == [TYPED]
