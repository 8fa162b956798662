"""The users beside the inhabitants: every cell of what an administrator may do to whom can be tried."""

from __future__ import annotations

import random
from datetime import timedelta
from typing import Any

import pytest

from cognito_tui.cognito.model import UserStatus
from cognito_tui.sandbox.cases import settle
from cognito_tui.sandbox.refusal import Refusal
from cognito_tui.sandbox.sandbox import Sandbox
from cognito_tui.sandbox.seed import Seed, seed
from tests.sandbox.house import Clock, signing_key

PRACTICE, SECURE = "local_Practice1", "local_SecurePool"
STATUSES = sorted(
    {
        UserStatus.CONFIRMED,
        UserStatus.EXTERNAL_PROVIDER,
        UserStatus.FORCE_CHANGE_PASSWORD,
        UserStatus.RESET_REQUIRED,
        UserStatus.UNCONFIRMED,
    }
)
"""All but those that are no longer used."""


class World:
    def __init__(self) -> None:
        self.clock = Clock()
        self.random = random.Random(3)
        self.sandbox = Sandbox(clock=self.clock, token_bytes=self.random.randbytes, signing_key=signing_key())
        self.sown: Seed = seed(self.sandbox)

    def ask(self, operation: str, **params: Any) -> Any:
        return self.sandbox.answer(operation, {"UserPoolId": PRACTICE, **params}, authorized=True)

    def tried(self, operation: str, **params: Any) -> str:
        """What comes of it: nothing, or the refusal's words."""
        try:
            self.ask(operation, **params)
        except Refusal as refusal:
            return refusal.message
        return ""


@pytest.fixture
def world() -> World:
    world = World()
    settle(world.sandbox)
    return world


def test_every_status_is_there_enabled_and_disabled(world: World) -> None:
    pool = world.sandbox.state.pools[PRACTICE]
    there = {(user.status, user.enabled) for user in pool.users.values()}
    assert there == {(status, enabled) for status in STATUSES for enabled in (True, False)}


def test_the_inhabitants_stay_first_and_as_they_are(world: World) -> None:
    alone = World()
    assert world.sown.inhabitants == alone.sown.inhabitants
    names = [user["Username"] for user in world.ask("ListUsers")["Users"]]
    seeded = [each.username for each in alone.sown.inhabitants if each.user_pool_id == PRACTICE]
    assert names[: len(seeded)] == seeded
    assert len(names) > len(seeded)


def test_they_take_nothing_of_the_randomness(world: World) -> None:
    assert world.random.getstate() == World().random.getstate()


def test_temporary_passwords_are_fresh_dying_and_dead(world: World) -> None:
    now, pool = world.clock(), world.sandbox.state.pools[PRACTICE]
    left = sorted(
        user.modified + timedelta(days=7) - now
        for user in pool.users.values()
        if user.status is UserStatus.FORCE_CHANGE_PASSWORD and user.enabled
    )
    assert left[0] < timedelta()
    assert any(timedelta() < each < timedelta(days=1) for each in left)
    assert left[-1] > timedelta(days=6)


@pytest.mark.parametrize(
    ("username", "operation", "params", "words"),
    [
        ("nils", "AdminCreateUser", {"MessageAction": "RESEND"}, ""),
        ("paul", "AdminCreateUser", {"MessageAction": "RESEND"}, ""),
        ("nils", "AdminResetUserPassword", {}, "User password cannot be reset in the current state."),
        ("rosa", "AdminCreateUser", {"MessageAction": "RESEND"}, "User is disabled."),
        ("tara", "AdminResetUserPassword", {}, ""),
        (
            "udo",
            "AdminResetUserPassword",
            {},
            "Cannot reset password for the user as there is no registered/verified email or phone_number",
        ),
        ("vera", "AdminEnableUser", {}, ""),
        ("xena", "AdminConfirmSignUp", {}, ""),
        ("will", "AdminConfirmSignUp", {}, "User cannot be confirmed. Current status is RESET_REQUIRED"),
        ("tara", "AdminDeleteSoftwareToken", {}, ""),
        ("tara", "AdminRemoveUserFromGroup", {"GroupName": "beta"}, ""),
        ("Google_114093847561230987654", "AdminSetUserPassword", {"Password": "Brand-new-1"}, ""),
    ],
)
def test_what_is_tried_on_them_works_or_is_refused(
    world: World, username: str, operation: str, params: dict[str, str], words: str
) -> None:
    assert world.tried(operation, Username=username, **params) == words


def test_a_card_has_something_to_show(world: World) -> None:
    groups = world.ask("AdminListGroupsForUser", Username="tara")["Groups"]
    assert [each["GroupName"] for each in groups] == ["staff", "beta"]
    events = world.ask("AdminListUserAuthEvents", Username="tara")["AuthEvents"]
    assert [each["EventResponse"] for each in events] == ["Pass", "Fail", "Pass"]
    assert world.ask("AdminListUserSessions", Username="tara") == {"Sessions": []}
    devices = world.ask("AdminListDevices", UserPoolId=SECURE, Username="kay")["Devices"]
    assert len(devices) == 1
    attributes = world.ask("AdminGetUser", Username="Google_114093847561230987654")["UserAttributes"]
    assert "identities" in {each["Name"] for each in attributes}


def test_the_pools_differ_in_what_they_have(world: World) -> None:
    """So that each can be seen missing too."""
    assert "add-ons" in world.tried("AdminListUserAuthEvents", UserPoolId=SECURE, Username="sol")
    assert "tracking" in world.tried("AdminListUserSessions", UserPoolId=SECURE, Username="sol")
    assert "track devices" in world.tried("AdminListDevices", Username="tara")
    senders = {
        pool.pool_id: world.ask("DescribeUserPool", UserPoolId=pool.pool_id)["UserPool"][
            "EmailConfiguration"
        ]["EmailSendingAccount"]
        for pool in world.sown.pools
    }
    assert senders[PRACTICE] == "DEVELOPER"
    assert senders["local_EmailPool"] == "COGNITO_DEFAULT"
