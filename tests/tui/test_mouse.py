"""Every kind of control does by a click what it does by its key."""

from __future__ import annotations

from textual.widgets import Input

from cognito_tui.tui.app import CognitoApp
from cognito_tui.tui.widgets.choice import Choice
from tests.tui.stage import SMALL, Stage, on_stage
from tests.tui.worlds import LOCKED, MADE_UP_SECRET, MOBILE, STAGING, KeyringStandIn, machine, sandbox


async def ana_is_chosen(stage: Stage) -> None:
    await stage.sees("Who would you like to be?")
    await stage.click("ana ")
    await stage.sees("over what you typed", "InitiateAuth · preview")


async def test_the_tabs_of_the_places_and_the_keys_of_the_footer() -> None:
    async with on_stage(CognitoApp(sandbox())) as stage:
        await ana_is_chosen(stage)
        await stage.click("F8 Show")
        await stage.sees("Ana-made-up-1", "F8 masks")
        await stage.click("F9 Copy")
        await stage.sees("Sent to your terminal")
        await stage.click("F6 Secret")
        await stage.sees("Make a SECRET_HASH")
        await stage.click("F12")
        await stage.sees("Who would you like to be?")
        await stage.click("F1 Help")
        await stage.sees("A user pool inside this program")
        await stage.press("escape")
        await stage.sees_no_more("A user pool inside this program")
        await stage.click("^p palette")
        await stage.sees("Search for commands")


async def test_the_offers_of_the_first_run_and_the_buttons_of_the_form() -> None:
    world = machine()
    async with on_stage(CognitoApp(world)) as stage:
        await stage.sees("You have none yet")
        await stage.click("Add by hand")
        await stage.sees("New profile")
        await stage.click("Cancel  esc")
        await stage.sees_no_more("New profile")
        await stage.click("Add by hand")
        await stage.sees("New profile")
        await stage.type(f"{STAGING.name}\t{STAGING.user_pool_id}\t{STAGING.client_id}")
        await stage.click("read only")
        await stage.sees("■  read only")
        await stage.click("no preference")
        await stage.sees("ADMIN_NO_SRP_AUTH")
        await stage.click("ADMIN_USER_PASSWORD_AUTH")
        await stage.sees_no_more("ADMIN_NO_SRP_AUTH")
        await stage.click("Save  enter")
        await stage.sees("Selected profile")
    (made,) = world.profiles.load()
    assert (made.read_only, made.auth_flow) == (True, "ADMIN_USER_PASSWORD_AUTH")


async def test_the_sandbox_is_entered_by_a_click() -> None:
    async with on_stage(CognitoApp(machine())) as stage:
        await stage.sees("You have none yet")
        await stage.click("Try the sandbox")
        await stage.sees("Who would you like to be?")


async def test_the_rows_of_the_profiles_and_the_buttons_of_a_question() -> None:
    world = machine(MOBILE, STAGING)
    async with on_stage(CognitoApp(world)) as stage:
        await stage.sees("Selected profile")
        await stage.click("d Delete")
        await stage.sees("is deleted from this machine")
        await stage.click("Cancel  esc")
        await stage.sees_no_more("is deleted from this machine")
        assert len(world.profiles.load()) == 2
        await stage.click("d Delete")
        await stage.sees("is deleted from this machine")
        await stage.click("Delete  y")
        await stage.sees_no_more("is deleted from this machine")
        await stage.sees("Deleted")
        (left,) = world.profiles.load()
        await stage.click(left.user_pool_id)
        await stage.sees("What Cognito asks now", left.name)


async def test_the_choice_of_a_flow() -> None:
    async with on_stage(CognitoApp(sandbox())) as stage:
        await ana_is_chosen(stage)
        for label in ("ADMIN_NO_SRP_AUTH", "ADMIN_USER_PASSWORD_AUTH", "USER_PASSWORD_AUTH"):
            await stage.click(f"○ {label}")
            assert stage.app.screen.query_one(Choice).value == label
            assert stage.app.screen.query_one(Choice).has_focus


async def test_the_hash_is_copied_by_a_click_on_it() -> None:
    async with on_stage(CognitoApp(sandbox())) as stage:
        await ana_is_chosen(stage)
        await stage.click("= Base64")
        await stage.sees("Sent to your terminal")


async def test_the_ways_out_of_an_error() -> None:
    async with on_stage(CognitoApp(sandbox())) as stage:
        await ana_is_chosen(stage)
        await stage.type("x\n")
        await stage.sees("Incorrect username or password", "Fix it with one key")
        await stage.click("edit")
        await stage.sees("What Cognito asks now")
        await stage.click("Username")
        assert [field.value for field in stage.app.screen.query(Input)][:2] == ["ana", "Ana-made-up-1x"]


async def test_the_offers_after_a_sign_in() -> None:
    async with on_stage(CognitoApp(sandbox())) as stage:
        await ana_is_chosen(stage)
        await stage.click("Sign in  enter")
        await stage.sees("Signed in as ana", "as AdminGetUser has it now")
        await stage.click("copy the refresh token")
        await stage.sees("refresh token", "Sent to your terminal")
        await stage.click("v View")
        await stage.sees("refresh token ·", "goes back")
        await stage.press("escape")
        await stage.click("sign in again")
        await stage.sees("Sign in to the pool")


async def test_the_buttons_of_a_challenge_and_the_strip_of_a_narrow_screen() -> None:
    async with on_stage(CognitoApp(sandbox()), SMALL) as stage:
        await stage.sees("Who would you like to be?")
        await stage.click("ben")
        await stage.sees("over what you typed")
        await stage.click("Sign in  enter")
        await stage.sees("NEW_PASSWORD_REQUIRED")
        await stage.click("F3 conversation")
        await stage.sees("The conversation", "AWS CLI")
        await stage.click("AWS CLI")
        await stage.sees("aws cognito-idp")
        await stage.click("F3 Form")
        await stage.sees("NEW_PASSWORD_REQUIRED", "given_name")
        await stage.press(*["tab"] * 5)
        await stage.settles()
        await stage.click("Start again")
        await stage.sees("Sign in to the pool")


async def test_the_buttons_of_the_secrets_dialog() -> None:
    vault = KeyringStandIn(LOCKED)
    async with on_stage(CognitoApp(machine(STAGING, vault=vault))) as stage:
        await stage.sees("Selected profile", "unavailable")
        await stage.click(STAGING.user_pool_id)
        await stage.sees("What Cognito asks now")
        await stage.type("ana\tx\n")
        await stage.sees("Ask the keyring again")
        await stage.click("Cancel  esc")
        await stage.sees_no_more("Ask the keyring again")
        await stage.click("Sign in  enter")
        await stage.sees("Ask the keyring again")
        await stage.paste(MADE_UP_SECRET.reveal())
        await stage.click("this run only, do not keep")
        await stage.click("Keep  enter")
        await stage.sees("secret: this run only")
