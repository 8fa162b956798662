from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from cognito_tui.cognito.model import Secret
from cognito_tui.store.profile import Profile
from cognito_tui.store.profiles import MemoryProfiles, ProfileFile
from cognito_tui.store.trouble import Trouble, VaultError
from cognito_tui.tui.app import CognitoApp
from tests.tui.stage import Stage, on_stage
from tests.tui.worlds import (
    LOCKED,
    MADE_UP_SECRET,
    MOBILE,
    PRODUCTION,
    STAGING,
    KeyringStandIn,
    damaged,
    machine,
)


async def fill(stage: Stage, name: str, pool: str, client: str, secret: str = "") -> None:
    await stage.sees("New profile")
    await stage.type(f"{name}\t{pool}\t{client}\t\t{secret}")


async def test_a_profile_is_made_by_hand_and_its_secret_goes_to_the_keyring() -> None:
    world = machine()
    async with on_stage(CognitoApp(world)) as stage:
        await stage.sees("You have none yet")
        await stage.press("a")
        await fill(stage, "[/red]", STAGING.user_pool_id, STAGING.client_id, MADE_UP_SECRET.reveal())
        await stage.press("enter")
        await stage.sees("Selected profile", "[/red]", "51 characters", "secret: keyring")
    (made,) = world.profiles.load()
    assert made == Profile("[/red]", STAGING.user_pool_id, STAGING.client_id, has_secret=True)
    found = world.vault.find(made.item())
    assert found is not None
    assert found.secret == MADE_UP_SECRET


async def test_a_client_without_a_secret() -> None:
    world = machine()
    async with on_stage(CognitoApp(world)) as stage:
        await stage.sees("You have none yet")
        await stage.press("a")
        await fill(stage, "public", STAGING.user_pool_id, STAGING.client_id)
        await stage.press("enter")
        await stage.sees("no secret")
    (made,) = world.profiles.load()
    assert not made.has_secret


async def test_the_region_follows_the_pool_id_until_it_is_typed() -> None:
    world = machine()
    async with on_stage(CognitoApp(world)) as stage:
        await stage.sees("You have none yet")
        await stage.press("a")
        await stage.sees("New profile")
        await stage.type(f"x\tus-east-2_AbC\t{STAGING.client_id}\t")
        await stage.sees("us-east-2")
        await stage.press("ctrl+a", "ctrl+k")
        await stage.settles()
        await stage.type("eu-north-1")
        await stage.sees("the pool ID says us-east-2")
        await stage.press("enter")
        await stage.sees("Selected profile")
    (made,) = world.profiles.load()
    assert made.region == "eu-north-1"


async def test_what_is_refused_is_said_at_its_field_and_nothing_is_saved() -> None:
    world = machine()
    async with on_stage(CognitoApp(world)) as stage:
        await stage.sees("You have none yet")
        await stage.press("a")
        await fill(stage, "x", STAGING.user_pool_id, "has-a-dash")
        await stage.press("enter")
        await stage.sees("is not a client ID")
        assert world.profiles.load() == ()


async def test_a_name_that_is_taken_is_refused() -> None:
    world = machine(STAGING)
    async with on_stage(CognitoApp(world)) as stage:
        await stage.sees("staging")
        await stage.press("n")
        await fill(stage, "staging", STAGING.user_pool_id, MOBILE.client_id)
        await stage.press("enter")
        await stage.sees("already", "Nothing was saved")
    assert world.profiles.load() == (STAGING,)


async def test_a_locked_keyring_saves_nothing_and_offers_memory() -> None:
    vault = KeyringStandIn()
    world = machine(vault=vault)
    async with on_stage(CognitoApp(world)) as stage:
        await stage.sees("You have none yet")
        await stage.press("a")
        await fill(stage, "x", STAGING.user_pool_id, STAGING.client_id, "s" * 51)
        vault.trouble = LOCKED
        await stage.press("enter")
        await stage.sees("is locked", "Nothing was saved")
        assert world.profiles.load() == ()
        await stage.click("this run only")
        await stage.settles()
        await stage.click("Save  enter")
        await stage.sees("Selected profile")
    assert [profile.name for profile in world.profiles.load()] == ["x"]
    vault.trouble = None
    found = vault.find(world.profiles.load()[0].item())
    assert found is not None
    assert found.secret == Secret("s" * 51)


async def test_renaming_touches_no_secret_and_keeps_it() -> None:
    world = machine(STAGING)
    async with on_stage(CognitoApp(world)) as stage:
        await stage.sees("51 characters")
        await stage.press("e")
        await stage.sees("Profile staging", "kept already")
        await stage.type("-2\n")
        await stage.sees("staging-2", "51 characters")
    (renamed,) = world.profiles.load()
    assert renamed.name == "staging-2"
    assert world.vault.find(renamed.item()) is not None


async def test_deleting_asks_and_removes_the_secret_nobody_else_uses() -> None:
    world = machine(STAGING, PRODUCTION)
    async with on_stage(CognitoApp(world)) as stage:
        await stage.sees("production", "keyring")
        await stage.press("d")
        await stage.sees("production is deleted", "is removed from the keyring")
        await stage.press("enter")
        await stage.sees_no_more("is deleted from this machine")
        assert world.profiles.load() == (PRODUCTION, STAGING), "the safe choice has the focus"
        await stage.press("d")
        await stage.sees("is deleted from this machine")
        await stage.press("y")
        await stage.sees("Its secret was removed")
    assert world.profiles.load() == (STAGING,)
    assert world.vault.find(PRODUCTION.item()) is None
    assert world.vault.find(STAGING.item()) is not None


async def test_a_secret_that_another_profile_uses_stays() -> None:
    twin = Profile("twin", STAGING.user_pool_id, STAGING.client_id, has_secret=True)
    world = machine(STAGING, twin)
    async with on_stage(CognitoApp(world)) as stage:
        await stage.sees("twin", "keyring")
        await stage.press("d")
        await stage.sees("the secret stays in the keyring")
        await stage.press("y")
        await stage.sees_no_more("is deleted from this machine")
        await stage.sees("Deleted")
    assert world.vault.find(twin.item()) is not None


async def test_another_programs_change_is_seen_on_coming_back(tmp_path: Path) -> None:
    file = ProfileFile(tmp_path / "profiles.toml")
    file.put(MOBILE)
    async with on_stage(CognitoApp(machine(store=file))) as stage:
        await stage.sees("mobile app")
        await stage.press("f6")
        await stage.sees("Make a SECRET_HASH")
        ProfileFile(tmp_path / "profiles.toml").put(Profile("theirs", "eu-west-1_A", "c"))
        await stage.press("f2")
        await stage.sees("theirs", "mobile app")


async def test_a_form_changes_only_what_was_changed_in_it(tmp_path: Path) -> None:
    file, theirs = ProfileFile(tmp_path / "profiles.toml"), ProfileFile(tmp_path / "profiles.toml")
    file.put(STAGING)
    app = CognitoApp(machine(STAGING, store=file), first=STAGING)
    async with on_stage(app) as stage:
        await stage.sees("secret: keyring")
        await stage.press("f2")
        await stage.sees("Selected profile")
        await stage.press("e")
        await stage.sees("Profile staging", "kept already")
        theirs.put(replace(STAGING, read_only=True, aws_profile="acme"), replacing="staging")
        await stage.type("-2\n")
        await stage.sees("staging-2", "AWS profile acme", "read only")
        (kept,) = file.load()
        assert kept == replace(STAGING, name="staging-2", read_only=True, aws_profile="acme")
        assert app.in_use is not None
        assert app.in_use.profile == kept


async def test_a_form_keeps_a_flow_that_it_does_not_know() -> None:
    world = machine(replace(MOBILE, auth_flow="[/red] NEWER"))
    async with on_stage(CognitoApp(world)) as stage:
        await stage.sees("mobile app")
        await stage.press("e")
        await stage.sees("Profile mobile app", "[/red] NEWER")
        await stage.type("-2\n")
        await stage.sees("Saved")
    assert world.profiles.load() == (replace(MOBILE, name="mobile app-2", auth_flow="[/red] NEWER"),)


async def test_a_form_does_not_change_a_client_that_became_another_one(tmp_path: Path) -> None:
    file, theirs = ProfileFile(tmp_path / "profiles.toml"), ProfileFile(tmp_path / "profiles.toml")
    file.put(MOBILE)
    async with on_stage(CognitoApp(machine(store=file))) as stage:
        await stage.sees("mobile app")
        await stage.press("e")
        await stage.sees("Profile mobile app")
        theirs.put(replace(MOBILE, client_id="theirs"), replacing="mobile app")
        await stage.press("tab", "tab")
        await stage.type("x\n")
        await stage.sees("about another client now", "Nothing was saved")
        await stage.press("escape", "escape")
        await stage.sees("Selected profile", "client theirs")
    assert file.load() == (replace(MOBILE, client_id="theirs"),)


async def test_a_damaged_file_is_kept_and_read_again_when_it_is_mended() -> None:
    world = damaged()
    path = Path.home() / ".config" / "cognito-tui" / "profiles.toml"
    before = path.read_bytes()
    async with on_stage(CognitoApp(world)) as stage:
        await stage.sees("cannot be read", "line 2")
        await stage.press("n")
        await stage.settles()
        assert path.read_bytes() == before
        path.write_text(
            '[profiles.staging]\nuser_pool_id = "eu-west-1_A"\nclient_id = "c"\n', encoding="utf-8"
        )
        await stage.press("r")
        await stage.sees("Selected profile", "eu-west-1_A")


async def test_a_keyring_that_is_gone_is_asked_again() -> None:
    vault = KeyringStandIn(VaultError(Trouble.GONE, "The keyring no longer answers."))
    world = machine(STAGING, vault=vault)
    async with on_stage(CognitoApp(world)) as stage:
        await stage.sees("unavailable", "no longer answers")
        vault.trouble = None
        vault.keep(STAGING.item(), MADE_UP_SECRET)
        await stage.press("r")
        await stage.sees("51 characters")


async def test_an_unset_endpoint_may_come_from_the_environment_and_is_shown() -> None:
    world = machine(STAGING, environment={"AWS_ENDPOINT_URL": "http://127.0.0.1:9229"})
    async with on_stage(CognitoApp(world)) as stage:
        await stage.sees("staging")
        await stage.press("enter")
        await stage.sees("127.0.0.1:9229 by AWS_ENDPOINT_URL")


async def test_an_environment_that_names_no_url_is_refused_in_a_sentence() -> None:
    world = machine(STAGING, environment={"AWS_ENDPOINT_URL": "garbage"})
    async with on_stage(CognitoApp(world)) as stage:
        await stage.sees("staging")
        await stage.press("enter")
        await stage.sees("AWS_ENDPOINT_URL is set, but")


async def test_the_sandbox_is_entered_from_the_first_run() -> None:
    async with on_stage(CognitoApp(machine())) as stage:
        await stage.sees("You have none yet")
        await stage.press("t")
        await stage.sees("Who would you like to be?")
        await stage.press("enter")
        await stage.sees("over what you typed")
        await stage.press("enter")
        await stage.sees("Signed in as ana")


async def test_a_profile_can_be_the_first_place() -> None:
    async with on_stage(CognitoApp(machine(STAGING), first=STAGING)) as stage:
        await stage.sees("What Cognito asks now", "staging", "secret: keyring")


async def test_nothing_of_a_profile_is_markup() -> None:
    hostile = Profile("[b]x[/] $name [/foo]", "eu-west-1_A", "c", aws_profile="[red]p", has_secret=False)
    async with on_stage(CognitoApp(machine(store=MemoryProfiles(hostile)))) as stage:
        await stage.sees("[b]x[/] $nam", "[red]p")
        await stage.press("enter")
        await stage.sees("[b]x[/] $name [/foo]")


async def test_a_profile_is_called_what_it_is_called_wherever_it_stands() -> None:
    profile = replace(STAGING, name="my [/red] pool")
    async with on_stage(CognitoApp(machine(profile))) as stage:
        await stage.sees("my [/red] pool")
        await stage.press("enter")
        await stage.sees("Type a username")
        await stage.press("f6")
        await stage.sees("Make a SECRET_HASH", "keyring · my [/red] pool")


async def test_what_was_typed_is_not_left_by_one_key() -> None:
    async with on_stage(CognitoApp(machine())) as stage:
        await stage.sees("You have none yet")
        await stage.press("a")
        await stage.sees("New profile")
        await stage.press("escape")
        await stage.sees_no_more("New profile")
        await stage.press("a")
        await stage.sees("New profile")
        await stage.type("staging")
        await stage.press("escape")
        await stage.sees("Nothing is saved yet", "New profile")
        await stage.press("escape")
        await stage.sees_no_more("New profile")


async def test_leaving_while_the_first_place_is_made_is_no_crash() -> None:
    class InAHurry(CognitoApp):
        async def switch_mode(self, mode: str) -> None:  # type: ignore[override] # the same, then the end
            await super().switch_mode(mode)
            self.exit()

    app = InAHurry(machine(STAGING))
    async with app.run_test() as pilot:
        await pilot.pause()
    assert app.return_code in (0, None)


async def test_a_profile_whose_name_looks_like_markup_is_edited() -> None:
    async with on_stage(CognitoApp(machine(replace(STAGING, name="[/red]")))) as stage:
        await stage.sees("[/red]")
        await stage.press("e")
        await stage.sees("Profile [/red]")


async def test_a_secret_goes_along_when_a_profile_moves_to_another_endpoint() -> None:
    world = machine(STAGING)
    async with on_stage(CognitoApp(world)) as stage:
        await stage.sees("staging")
        await stage.press("e")
        await stage.sees("kept already")
        await stage.press(*["tab"] * 9)
        await stage.type("http://127.0.0.1:9")
        await stage.press("enter")
        await stage.sees("Saved", "51 characters")
    (moved,) = world.profiles.load()
    assert moved.endpoint_url == "http://127.0.0.1:9"
    found = world.vault.find(moved.item())
    assert found is not None
    assert found.secret == MADE_UP_SECRET


async def test_what_becomes_of_a_secret_is_what_was_said() -> None:
    other = replace(STAGING, name="without", has_secret=False)
    world = machine(STAGING, other)
    async with on_stage(CognitoApp(world)) as stage:
        await stage.sees("staging", "keyring")
        await stage.press("d")
        await stage.sees("is removed from the keyring")
        await stage.press("y")
        await stage.sees("removed from the vault")
    assert world.vault.find(STAGING.item()) is None


async def test_the_cursor_goes_to_the_ends_of_a_list() -> None:
    async with on_stage(CognitoApp(machine(STAGING, PRODUCTION, MOBILE))) as stage:
        await stage.sees("Selected profile")
        for key, name in (("end", "staging"), ("home", "mobile app")):
            await stage.press(key)
            await stage.sees(f"│ {name} ")
