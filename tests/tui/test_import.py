"""Importing profiles from AWS."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from cognito_tui.cognito.errors import Refused
from cognito_tui.cognito.snippets import Where
from cognito_tui.cognito.steps import Call
from cognito_tui.sandbox.attributes import schema
from cognito_tui.sandbox.pool import UserPool
from cognito_tui.store.errors import StoreError
from cognito_tui.store.profile import Profile
from cognito_tui.store.profiles import MemoryProfiles
from cognito_tui.store.safekeeping import Where as KeptWhere
from cognito_tui.store.trouble import Trouble, VaultError
from cognito_tui.tui.app import CognitoApp
from cognito_tui.tui.calls import Calls
from cognito_tui.tui.world import World
from cognito_tui.walk import Reply
from tests.scripted_cognito import DENIED, Says, scripted_cognito
from tests.tui.crowds import HeldBack, house, with_calls
from tests.tui.stage import Stage, on_stage
from tests.tui.worlds import LOCKED, STAGING, Clock, KeyringStandIn, machine, sandbox

PRACTICE = "local_Practice1"
CLIENTS = 7
"""App clients of the sandbox's first pool."""


class Denying(Calls):
    """Calls of which those that `denies` says are turned down, as IAM does it."""

    def __init__(self, denies: Callable[[Call], bool]) -> None:
        super().__init__()
        self.denies = denies

    async def send(self, where: Where, call: Call) -> Reply:
        if self.denies(call):
            raise Refused(call.operation, "AccessDeniedException", "No permission.")
        return await super().send(where, call)


def after_one(operation: str) -> Callable[[Call], bool]:
    """Which calls are held back: all from the second of `operation` on."""
    seen = [0]

    def held(call: Call) -> bool:
        seen[0] += call.operation == operation
        return seen[0] > 1

    return held


def url_of(world: World) -> str:
    assert world.practice is not None
    return world.practice.endpoint_url


async def goes_there(stage: Stage, endpoint: str) -> None:
    """From the profiles to the pools at `endpoint`."""
    await stage.press("i")
    await stage.sees("Lists user pools and app clients")
    await stage.type(f"\tlocal\t{endpoint}\n")


async def sees_clients(stage: Stage, endpoint: str) -> None:
    """From the first run to the app clients of the sandbox's first pool."""
    await stage.sees("You have none yet")
    await goes_there(stage, endpoint)
    await stage.sees("Practice", "● all 3 loaded")
    await stage.press("enter")
    await stage.sees(f"● all {CLIENTS} loaded")


class TestFromTheFirstRun:
    async def test_clients_become_profiles_and_their_secrets_go_to_the_keyring(self) -> None:
        account, world = sandbox(), machine()
        theirs = {each.client_id: each for each in account.profiles.load() if each.user_pool_id == PRACTICE}
        async with on_stage(CognitoApp(world)) as stage:
            await sees_clients(stage, url_of(account))
            await stage.press("space", "j", "space", "enter")
            await stage.sees("2 profiles made", "Practice / Web app", "in the keyring", "51 characters")
            web, night = sorted(world.profiles.load(), key=lambda each: each.has_secret, reverse=True)
            assert night.name == "Practice / Night job"
            assert not night.has_secret
            assert web == Profile(
                "Practice / Web app", PRACTICE, web.client_id, endpoint_url=url_of(account), has_secret=True
            )
            kept, right = world.vault.find(web.item()), account.vault.find(theirs[web.client_id].item())
            assert kept is not None
            assert right is not None
            assert (kept.secret, kept.where) == (right.secret, KeptWhere.KEYRING)

            await stage.press("i")  # it begins where the selected profile is
            await stage.sees("Lists user pools", url_of(account))
            await stage.press("enter")
            await stage.sees("● all 3 loaded")
            await stage.press("enter")
            await stage.sees("○ Web app", "○ Night job", "□ Riddle app", "is about it already")
            await stage.press("enter", "space")
            assert "○ Web app" in stage.text, "what is there already cannot be picked"
            assert len(world.profiles.load()) == 2
            await stage.press("a", "enter")
            await stage.sees("5 profiles made")
        assert len(world.profiles.load()) == CLIENTS


class TestPages:
    async def test_they_stream_in_stop_go_on_and_hold_up_no_key(self) -> None:
        clock = Clock()
        place = house(clock=clock)
        account = sandbox(clock, place=place)
        for n in range(130):
            made = UserPool(f"local_Shop{n}", f"Shop [/red] \x1b {n}", clock(), schema())
            place.state.pools[made.pool_id] = made
        pages = [0]

        def third_page(call: Call) -> bool:
            pages[0] += call.operation == "ListUserPools"
            return call.operation == "ListUserPools" and pages[0] > 2

        calls = HeldBack(third_page)
        async with on_stage(CognitoApp(with_calls(machine(), calls))) as stage:
            await stage.sees("You have none yet")
            await goes_there(stage, url_of(account))
            await stage.sees("120 loaded", "esc stops")
            await stage.press("G")
            await stage.sees("Shop [/red] \\x1b 116")
            await stage.press("escape")
            await stage.sees("stopped at 120", "l loads on")
            await stage.press("l")
            await stage.sees("120 loaded")
            calls.go.set()
            await stage.sees("● all 133 loaded", "Shop [/red] \\x1b 116")
            await stage.press("enter")
            await stage.sees("has no app client")
            await stage.press("escape")
            await stage.sees("● all 133 loaded")
            await stage.press("escape")
            await stage.sees("List the user pools")
            await stage.press("escape")
            await stage.sees("You have none yet")

    async def test_an_import_stops_after_the_client_it_is_at(self) -> None:
        account, calls, world = sandbox(), HeldBack(after_one("DescribeUserPoolClient")), machine()
        async with on_stage(CognitoApp(with_calls(world, calls))) as stage:
            await sees_clients(stage, url_of(account))
            await stage.press("a", "enter")
            await stage.sees("Importing …", "1 imported · ! 5 to do")
            await stage.press("escape")
            calls.go.set()
            await stage.sees("2 imported · ! 5 to do", "Import 5")
            assert len(world.profiles.load()) == 2
            await stage.press("escape")
            await stage.sees("2 profiles made", "Practice / Web app")

    async def test_what_is_no_longer_marked_is_not_imported_and_the_end_waits_for_the_palette(self) -> None:
        account, calls, world = sandbox(), HeldBack(after_one("DescribeUserPoolClient")), machine()
        async with on_stage(CognitoApp(with_calls(world, calls))) as stage:
            await sees_clients(stage, url_of(account))
            await stage.press("a", "enter")
            await stage.sees("Importing …", "1 imported · ! 5 to do")
            await stage.press("a")
            await stage.sees("1 imported", "□ Riddle app")
            await stage.press("ctrl+p")
            await stage.sees("Search for commands")
            calls.go.set()
            while len(world.profiles.load()) < 2:
                await stage.pilot.pause(0.02)
            await stage.settles()
            await stage.sees("Search for commands")
            await stage.press("escape")
            await stage.sees("2 profiles made", "Selected profile")
            await stage.press("i")
            await stage.sees("Lists user pools")
        assert len(world.profiles.load()) == 2


class TestPermissions:
    async def test_a_pool_can_be_named_that_may_not_be_listed(self) -> None:
        clients = Says({"UserPoolClients": [{"ClientId": "one", "ClientName": "One"}, {"ClientId": "two"}]})
        with scripted_cognito([DENIED, clients]) as server:
            world = machine()
            async with on_stage(CognitoApp(world)) as stage:
                await stage.sees("You have none yet")
                await goes_there(stage, server.endpoint_url)
                await stage.sees("Grant the IAM action cognito-idp:ListUserPools on *.", "No permission.")
                await stage.press("c")
                await stage.sees("Sent to your terminal")
                await stage.press("l")
                assert len(server.asked) == 1, "only r tries again, and takes away what went wrong"
                await stage.press("t")
                await stage.type("nonsense\n")
                await stage.sees("is not a user pool id")
                await stage.press("ctrl+u")
                await stage.type(f"{PRACTICE}\n")
                await stage.sees(
                    "□ One", "● all 2 loaded", "name could not be had", "cognito-idp:DescribeUserPool on"
                )
                await stage.press("a", "enter")
                await stage.sees("× One", "× …", "0 imported · × 2 not", "c copies the IAM policy")
                await stage.sees(
                    "Grant the IAM action cognito-idp:DescribeUserPoolClient on",
                    f"arn:aws:cognito-idp:local:*:userpool/{PRACTICE}. DescribeUserPoolClient:",
                    "AccessDeniedException: No permission.",
                )
                await stage.press("escape", "escape", "escape")
                await stage.sees("You have none yet")
        assert world.profiles.load() == ()

    async def test_what_was_saved_stays_and_what_was_refused_is_tried_again(self) -> None:
        denied = [True]
        calls = Denying(lambda call: denied[0] and call.params.get("ClientId") == night)
        account, world = sandbox(), machine()
        (night,) = (each.client_id for each in account.profiles.load() if each.name == "Night job")
        async with on_stage(CognitoApp(with_calls(world, calls))) as stage:
            await sees_clients(stage, url_of(account))
            await stage.press("a", "enter")
            await stage.sees("6 imported · × 1 not", "● Web app", "× Night job", "Done  esc")
            assert len(world.profiles.load()) == CLIENTS - 1
            denied[0] = False
            await stage.press("a", "enter")
            await stage.sees("7 profiles made")
        assert len(world.profiles.load()) == CLIENTS

    async def test_without_credentials_it_says_what_to_do(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        config = tmp_path / "aws"
        config.write_text(
            "[default]\nregion = eu-west-2\n[profile acme]\nregion = eu-west-3\n"
            "[profile b]\n[profile c]\n[profile d]\n[profile e]\n[profile f]\n",
            encoding="utf-8",
        )
        monkeypatch.setenv("AWS_CONFIG_FILE", str(config))
        async with on_stage(CognitoApp(machine())) as stage:
            await stage.sees("You have none yet")
            await stage.press("i", "tab")
            await stage.sees("Found here: default, acme, b,", "c, d and 2 more", "eu-west-2")
            await stage.press("shift+tab")
            await stage.type("acme\t")
            await stage.sees("eu-west-3")
            await stage.press("ctrl+u")
            await stage.type("eu west\n")
            await stage.sees("has a blank inside")
            await stage.press("ctrl+u")
            await stage.type("eu-west-1\tnonsense\n")
            await stage.sees("is not a URL")
            await stage.press("ctrl+u", "enter")
            await stage.sees(
                "Listing user pools is an admin call", "Look again", "the 4 actions of an import"
            )
            await stage.press("r")
            await stage.sees("Listing user pools is an admin call")
            await stage.press("p")
            await stage.sees("List the user pools", "acme", "eu-west-1")


class TestVault:
    async def test_a_secret_that_is_not_kept_makes_no_profile_and_is_tried_again(self) -> None:
        vault = KeyringStandIn(LOCKED)
        account = sandbox()
        world = machine(vault=vault, environment={"AWS_ENDPOINT_URL": url_of(account)})
        async with on_stage(CognitoApp(world)) as stage:
            await stage.sees("You have none yet")
            await stage.press("i")
            await stage.sees("as AWS_ENDPOINT_URL says")
            await stage.type("\tlocal\n")
            await stage.sees("● all 3 loaded")
            await stage.press("enter")
            await stage.sees(f"● all {CLIENTS} loaded")
            await stage.press("a", "enter")
            await stage.sees("The keyring is locked", "Nothing was saved of it", "not kept", "Import 7")
            assert world.profiles.load() == ()
            await stage.press("m", "space", "j", "j", "j", "j", "j", "enter")
            await stage.sees("6 profiles made")
            assert {each.endpoint_url for each in world.profiles.load()} == {url_of(account)}

            vault.trouble = None
            await stage.press("i")
            await stage.sees("List the user pools")
            await stage.press("enter")
            await stage.sees("● all 3 loaded")
            await stage.press("enter")
            await stage.sees("□ Web app")
            await stage.press("enter")
            await stage.sees("1 profile made", "Practice / Web app", "51 characters")

    async def test_without_a_keyring_it_is_for_this_run_only(self) -> None:
        none = VaultError(Trouble.NO_KEYRING, "There is no keyring here.")
        account, world = sandbox(), machine(vault=KeyringStandIn(none))
        async with on_stage(CognitoApp(world)) as stage:
            await sees_clients(stage, url_of(account))
            await stage.sees("■  m secrets for this run only")
            await stage.press("enter")
            await stage.sees("1 profile made")
        assert [each.name for each in world.profiles.load()] == ["Practice / Web app"]

    async def test_a_file_that_cannot_be_written_is_a_reason(self) -> None:
        class Full(MemoryProfiles):
            def put(
                self, profile: Profile, *, replacing: str | None = None, read: Profile | None = None
            ) -> Profile:
                raise StoreError("There is no room left on the device.")

        account, world = sandbox(), machine(store=Full(STAGING))
        async with on_stage(CognitoApp(world)) as stage:
            await stage.sees("staging")
            await goes_there(stage, url_of(account))
            await stage.sees("● all 3 loaded")
            await stage.press("enter")
            await stage.sees("□ Web app")
            await stage.press("enter")
            await stage.sees("× Web app", "not saved", "There is no room left")
