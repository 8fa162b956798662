from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest
from textual import events
from textual.widgets import Input

from cognito_tui.cognito.model import Secret
from cognito_tui.cognito.secret_hash import secret_hash
from cognito_tui.tui.app import CognitoApp
from cognito_tui.tui.in_use import Admin
from cognito_tui.tui.screens.sign_in import SignInPlace
from cognito_tui.tui.widgets.hash_pane import HashPane
from cognito_tui.tui.widgets.inputs import LineInput
from tests.dialogue import SESSION, TOKENS
from tests.scripted_cognito import Says, scripted_cognito
from tests.tui.stage import LARGE, SMALL, Stage, on_stage
from tests.tui.worlds import INHABITANTS, MADE_UP_SECRET, MOBILE, PRODUCTION, STAGING, Clock, machine, sandbox

REFUSED = Says({"__type": "NotAuthorizedException", "message": "Incorrect username or password."}, 400)
NEW_PASSWORD = Says({"ChallengeName": "NEW_PASSWORD_REQUIRED", "Session": SESSION, "ChallengeParameters": {}})


async def staging_is_used(stage: Stage) -> None:
    await stage.sees("staging")
    await stage.press("enter")
    await stage.sees("Type a username")


async def choose(stage: Stage, downs: int = 1) -> None:
    """Choose an inhabitant; ben unless said otherwise."""
    await stage.sees("Who would you like to be?")
    await stage.press(*["down"] * downs, "enter")
    await stage.sees("SECRET_HASH", "over what you typed")


async def ben_is_asked(stage: Stage) -> None:
    await choose(stage)
    await stage.press("enter")
    await stage.sees("NEW_PASSWORD_REQUIRED")


@pytest.mark.parametrize("size", [LARGE, SMALL], ids=str)
async def test_the_hash_follows_every_key(size: tuple[int, int]) -> None:
    async with on_stage(CognitoApp(machine(STAGING)), size) as stage:
        await staging_is_used(stage)
        typed = ""
        for letter in "aña@":
            typed += letter
            await stage.type(letter)
            assert secret_hash(typed, STAGING.client_id, MADE_UP_SECRET) in stage.text


async def test_the_hash_is_painted_in_the_keys_own_message() -> None:
    """Not by Textual's Changed, which is a message of its own and comes one or two frames later."""
    async with on_stage(CognitoApp(machine(STAGING))) as stage:
        await staging_is_used(stage)
        field = stage.app.screen.query_one("#username", LineInput)
        field.value = "ana"
        # no message has been handled since
        assert stage.app.screen.query_one(HashPane).value == secret_hash(
            "ana", STAGING.client_id, MADE_UP_SECRET
        )


async def test_a_name_and_a_password_in_one_burst() -> None:
    name = "somebody-with-a-very-long-name-indeed@mail.example.com"
    with scripted_cognito([REFUSED]) as server:
        profile = replace(STAGING, endpoint_url=server.endpoint_url, auth_flow="USER_PASSWORD_AUTH")
        async with on_stage(CognitoApp(machine(profile))) as stage:
            await staging_is_used(stage)
            await stage.type(f"{name}\tpa55word\n")
            await stage.sees("Incorrect username or password")
    operation, params = server.asked[0]
    assert operation == "InitiateAuth"
    assert params["AuthParameters"] == {
        "USERNAME": name,
        "PASSWORD": "pa55word",
        "SECRET_HASH": secret_hash(name, profile.client_id, MADE_UP_SECRET),
    }


async def test_nothing_typed_is_lost_by_an_error() -> None:
    async with on_stage(CognitoApp(sandbox())) as stage:
        await choose(stage, 0)
        await stage.type("x")
        await stage.press("enter")
        await stage.sees("Incorrect username or password")
        await stage.press("e")
        await stage.sees("What Cognito asks now")
        assert [field.value for field in stage.app.screen.query(Input)][:2] == ["ana", "Ana-made-up-1x"]
        await stage.press("backspace", "enter")
        await stage.sees("Signed in as ana")


async def test_a_wrong_secret_is_put_right_by_one_key() -> None:
    world = sandbox()
    web = next(profile for profile in world.profiles.load() if profile.name == "Web app")
    right = world.vault.find(web.item())
    assert right is not None
    world.vault.keep(web.item(), MADE_UP_SECRET)
    async with on_stage(CognitoApp(world)) as stage:
        await choose(stage, 0)
        await stage.press("enter")
        await stage.sees("Unable to verify secret hash", "differs", "use the pool's secret", "× refused")
        await stage.press("u")
        await stage.sees("Signed in as ana")
    assert world.vault.find(web.item()) == right


async def test_a_wrong_secret_is_put_right_by_pasting_another() -> None:
    world = sandbox()
    web = next(profile for profile in world.profiles.load() if profile.name == "Web app")
    right = world.vault.find(web.item())
    assert right is not None
    world.vault.keep(web.item(), MADE_UP_SECRET)
    async with on_stage(CognitoApp(world)) as stage:
        await choose(stage, 0)
        await stage.press("enter")
        await stage.sees("Unable to verify secret hash")
        await stage.press("p")
        await stage.sees("Another client secret takes the place")
        await stage.paste(f"\n {right.secret.reveal()} \r\n")
        await stage.press("enter")
        await stage.sees("Signed in as ana")


async def test_a_client_without_a_secret_that_gets_one() -> None:
    world = sandbox()
    web = next(profile for profile in world.profiles.load() if profile.name == "Web app")
    world.profiles.put(replace(web, has_secret=False), replacing="Web app")
    async with on_stage(CognitoApp(world)) as stage:
        await stage.sees("Who would you like to be?")
        await stage.press("enter")
        await stage.sees("no SECRET_HASH")
        await stage.press("enter")
        await stage.sees("SECRET_HASH was not received", "use the pool's secret")
        await stage.press("u")
        await stage.sees("Signed in as ana")
    assert next(each for each in world.profiles.load() if each.name == "Web app").has_secret


async def test_a_secret_nobody_wants_is_dropped_by_one_key() -> None:
    world = sandbox()
    mobile = next(profile for profile in world.profiles.load() if profile.name == "Mobile app")
    world.profiles.put(replace(mobile, has_secret=True), replacing="Mobile app")
    world.vault.keep(mobile.item(), MADE_UP_SECRET)
    async with on_stage(CognitoApp(world)) as stage:
        await choose(stage, 7)
        await stage.press("enter")
        await stage.sees("carried a SECRET_HASH", "send no hash")
        await stage.press("u")
        await stage.sees("Signed in as zoe")


async def test_a_dropped_secret_changes_nothing_else_of_the_profile() -> None:
    world = sandbox()
    mobile = next(profile for profile in world.profiles.load() if profile.name == "Mobile app")
    mobile = replace(mobile, has_secret=True)
    world.profiles.put(mobile, replacing="Mobile app")
    world.vault.keep(mobile.item(), MADE_UP_SECRET)
    app = CognitoApp(world)
    async with on_stage(app) as stage:
        await choose(stage, 7)
        await stage.press("enter")
        await stage.sees("carried a SECRET_HASH", "send no hash")
        signed: list[tuple[str | None, Admin]] = []
        app.watch(app, "in_use", lambda now: signed.append((now.profile.aws_profile, now.admin)))
        theirs = replace(mobile, read_only=True, aws_profile="acme")
        world.profiles.put(theirs, replacing="Mobile app")
        await stage.press("u")
        await stage.sees("Signed in as zoe")
        kept = next(each for each in world.profiles.load() if each.name == "Mobile app")
        assert kept == replace(theirs, has_secret=False)
        assert app.in_use is not None
        assert app.in_use.profile == kept
    assert (None, Admin.WORKS) in signed
    assert ("acme", Admin.WORKS) not in signed, "another AWS profile signs now"


async def test_another_flow_is_taken_by_one_key() -> None:
    async with on_stage(CognitoApp(sandbox())) as stage:
        await choose(stage, 9)
        await stage.press("tab", "down")
        await stage.sees("● USER_AUTH", "switch on ALLOW_USER_AUTH")
        await stage.press("enter")
        await stage.sees("does not allow USER_AUTH", "f  USER_PASSWORD_AUTH")
        await stage.press("f")
        await stage.sees("Signed in as [/red]")


async def test_the_flow_of_the_profile_is_chosen() -> None:
    profile = replace(STAGING, auth_flow="ADMIN_NO_SRP_AUTH")
    async with on_stage(CognitoApp(machine(MOBILE, profile))) as stage:
        await stage.sees("staging")
        await stage.press("down", "enter")
        await stage.sees("● ADMIN_NO_SRP_AUTH", "AdminInitiateAuth")


async def test_without_one_it_is_srp() -> None:
    async with on_stage(CognitoApp(machine(MOBILE))) as stage:
        await stage.sees("mobile app")
        await stage.press("enter")
        await stage.sees("● USER_SRP_AUTH", "PASSWORD_VERIFIER")


async def test_what_is_missing_is_said_before_it_is_sent_and_sent_when_asked_again() -> None:
    async with on_stage(CognitoApp(sandbox())) as stage:
        await ben_is_asked(stage)
        await stage.type("Correct-Horse7\t\t351")
        await stage.press("enter")
        await stage.sees("× required", "begin with +", "enter again sends it")
        await stage.press("enter")
        await stage.sees("InvalidParameterException")


async def test_an_attribute_can_be_added() -> None:
    async with on_stage(CognitoApp(sandbox())) as stage:
        await ben_is_asked(stage)
        await stage.sees("DescribeUserPool")
        await stage.type("Correct-Horse7\tBen\t+351912345678\t")
        await stage.press("enter")
        await stage.sees("family_name")
        await stage.type("nickn")
        await stage.press("enter")
        await stage.sees("nickname")
        await stage.settles()
        await stage.type("benny\n")
        await stage.sees("Signed in as ben")


async def test_enter_and_escape_in_one_burst_leave_a_form_that_still_signs_in() -> None:
    async with on_stage(CognitoApp(sandbox())) as stage:
        await stage.sees("Who would you like to be?")
        await stage.press("enter")
        await stage.sees("● admin: stand-in")
        await stage.settles()
        for rounds in (1, 0, 2):  # of the loop, between the two keys
            stage.app.post_message(events.Key("enter", "\r"))
            for _ in range(rounds):
                await asyncio.sleep(0)
            stage.app.post_message(events.Key("escape", None))
            await stage.settles()
        await stage.press("escape")
        await stage.sees("Sign in to the pool")
        await stage.press("enter")
        await stage.sees("Signed in as ana")


async def test_start_again_keeps_the_first_form_and_leaves_the_walk() -> None:
    async with on_stage(CognitoApp(sandbox())) as stage:
        await ben_is_asked(stage)
        await stage.press("escape")
        await stage.sees("Sign in to the pool of this profile")
        assert [field.value for field in stage.app.screen.query(Input)][:2] == ["ben", "Ben-temporary-1"]
        await stage.press("enter")
        await stage.sees("NEW_PASSWORD_REQUIRED")


async def test_an_expired_session_is_walked_again_to_the_same_form_with_what_was_typed() -> None:
    clock = Clock()
    async with on_stage(CognitoApp(sandbox(clock))) as stage:
        await ben_is_asked(stage)
        clock.forward(minutes=4)
        await stage.type("Correct-Horse7\tBen\t+351912345678\n")
        await stage.sees("session is expired", "start again")
        await stage.press("s")
        await stage.sees("NEW_PASSWORD_REQUIRED", "+351912345678")
        await stage.press("enter")
        await stage.sees("Signed in as ben", "CONFIRMED")


async def test_a_network_that_dies_in_mid_walk_leaves_one_where_one_was() -> None:
    tokens = Says(TOKENS)
    with scripted_cognito([NEW_PASSWORD, Says({}, 503), NEW_PASSWORD, Says({}, 503), tokens]) as server:
        world = machine(replace(STAGING, endpoint_url=server.endpoint_url))
        send = world.calls.send

        async def no_checks(where: object, call: object) -> object:
            if getattr(call, "signed", False):
                raise asyncio.CancelledError
            return await send(where, call)  # type: ignore[arg-type] # handed on

        world.calls.send = no_checks  # type: ignore[method-assign, assignment] # only the flow's calls are scripted
        async with on_stage(CognitoApp(world)) as stage:
            await staging_is_used(stage)
            await stage.type("ana\tx\n")
            await stage.sees("NEW_PASSWORD_REQUIRED")
            await stage.type("Correct-Horse7\n")
            await stage.sees("What went wrong", "try again")
            await stage.press("e")
            await stage.sees("NEW_PASSWORD_REQUIRED")
            assert Secret("Correct-Horse7") == Secret(stage.app.screen.query(Input).last().value)


async def test_stopping_to_wait_says_that_it_may_have_happened() -> None:
    with scripted_cognito([Says(TOKENS, held=True)]) as server:
        profile = replace(STAGING, endpoint_url=server.endpoint_url)
        async with on_stage(CognitoApp(machine(profile))) as stage:
            await staging_is_used(stage)
            await stage.type("ana\tx\n")
            await stage.sees("asking Cognito", "Stop waiting")
            await stage.press("escape")
            await stage.sees("may have been carried out", "Sign in to the pool")
            server.release.set()


async def test_an_answer_that_is_not_waited_for_stays_in_its_form_and_counts_when_it_was_taken() -> None:
    used = "Invalid session for the user, session can only be used once."
    refused = Says({"__type": "NotAuthorizedException", "message": used}, 400)
    tokens = Says(TOKENS)
    with scripted_cognito([NEW_PASSWORD, Says(TOKENS, held=True), refused, tokens]) as server:
        profile = replace(STAGING, endpoint_url=server.endpoint_url)
        async with on_stage(CognitoApp(machine(profile))) as stage:
            await staging_is_used(stage)
            await stage.type("ana\tx\n")
            await stage.sees("NEW_PASSWORD_REQUIRED", "required")
            await stage.type("Correct-Horse7\n")
            await stage.sees("asking Cognito", "Stop waiting")
            await stage.press("escape")
            await stage.sees("not waited for", "You did not wait for the answer", "edit the form")
            await stage.press("e")
            await stage.sees("NEW_PASSWORD_REQUIRED")
            assert Secret("Correct-Horse7") == Secret(stage.app.screen.query(Input).last().value)
            server.release.set()
            await stage.press("enter")
            await stage.sees("carried out, most", "with the new password")
            await stage.press("s")
            await stage.sees("Signed in as")
            assert [field.value for field in stage.app.screen.query(Input)][:2] == ["ana", "Correct-Horse7"]


async def test_every_inhabitant_ends_where_its_story_says_one_after_the_other() -> None:
    async with on_stage(CognitoApp(sandbox())) as stage:
        for name in INHABITANTS:
            await stage.sees("Who would you like to be?")
            await stage.press("enter")
            await stage.sees("Sign in to the pool of this profile", f" {name} ")
            await stage.press("enter")
            await stage.sees(ENDS[name])
            await stage.press("f12", "down")


ENDS = {
    "ana": "Signed in as ana",
    "ben": "NEW_PASSWORD_REQUIRED",
    "eva": "NEW_PASSWORD_REQUIRED",
    "tom": "Temporary password has expired",
    "lea": "User is disabled",
    "kim": "User is not confirmed",
    "max": "PasswordResetRequiredException",
    "zoe": "Signed in as zoe",
    "ivo": "not enabled for this",
    "[/red]": "Signed in as [/red]",
    "mia@example.com": "Signed in as",
    "jon@example.com": "NEW_PASSWORD_REQUIRED",
    "jay": "Signed in as jay",
    "ida": "SMS_MFA",
    "eli": "EMAIL_OTP",
    "pia": "SOFTWARE_TOKEN_MFA",
    "uma": "SELECT_MFA_TYPE",
    "rio": "CUSTOM_CHALLENGE",
    "ada": "SELECT_CHALLENGE",
    "ray": "Signed in as ray",
    "ola@example.com": "SELECT_CHALLENGE",
    "noa": "MFA_SETUP",
    "sol": "SOFTWARE_TOKEN_MFA",
}


async def test_by_e_mail_the_second_hash_is_over_the_uuid() -> None:
    async with on_stage(CognitoApp(sandbox())) as stage:
        await choose(stage, 11)
        await stage.press("enter")
        await stage.sees("NEW_PASSWORD_REQUIRED", "over USER_ID_FOR_SRP", "hash over jon@example.com")
        await stage.type("Correct-Horse7\n")
        await stage.sees("Signed in as", "CONFIRMED")


async def test_secrets_are_shown_when_asked_and_masked_again_on_leaving() -> None:
    async with on_stage(CognitoApp(sandbox())) as stage:
        await choose(stage, 0)
        await stage.sees("InitiateAuth · preview")
        assert "Ana-made-up-1" not in stage.text
        await stage.press("f8")
        await stage.sees('"PASSWORD": "Ana-made-up-1"', "F8 masks")
        await stage.press("f6")
        await stage.sees("Make a SECRET_HASH")
        await stage.press("f3")
        await stage.sees("What Cognito asks now", "F8 shows")
        assert "Ana-made-up-1" not in stage.text


async def test_the_request_is_previewed_as_it_is_typed() -> None:
    async with on_stage(CognitoApp(machine(STAGING))) as stage:
        await stage.sees("staging")
        await stage.press("enter")
        await stage.sees("nothing sent")
        await stage.type("ana")
        await stage.sees('"USERNAME": "ana"')


async def test_f3_flips_a_narrow_screen() -> None:
    async with on_stage(CognitoApp(sandbox()), SMALL) as stage:
        await choose(stage, 0)
        await stage.press("enter")
        await stage.sees("Signed in as ana")
        await stage.press("f3")
        await stage.sees("The conversation", "F3 Form")
        await stage.press("f3")
        await stage.sees("Signed in as ana")
        await stage.click("F3 conversation")
        await stage.sees("The conversation")
        await stage.press("f12", "down", "enter")
        await stage.sees("Sign in to the pool of this profile", "ben")
        await stage.press("f3")
        await stage.sees("The conversation", "F3 Form")
        await stage.press("f3", "enter")
        await stage.sees("NEW_PASSWORD_REQUIRED", "Answer  enter")


async def test_an_empty_username_is_not_sent() -> None:
    async with on_stage(CognitoApp(machine(STAGING))) as stage:
        await staging_is_used(stage)
        await stage.press("tab")
        await stage.type("x\n")
        await stage.sees("type a username first")


async def test_a_blank_at_the_end_of_a_username_is_a_warning() -> None:
    async with on_stage(CognitoApp(machine(STAGING))) as stage:
        await staging_is_used(stage)
        await stage.type("ana ")
        await stage.sees("username has a blank or line break at its end")


async def test_who_was_set_free_is_shown_so_in_the_list() -> None:
    async with on_stage(CognitoApp(sandbox())) as stage:
        await choose(stage, 2)
        await stage.press("enter")
        await stage.sees("NEW_PASSWORD_REQUIRED")
        await stage.type("Correct-Horse7\n")
        await stage.sees("Signed in as")
        await stage.press("f12")
        await stage.sees("Correct-Horse7", "is CONFIRMED now")
        await stage.press("enter")
        await stage.sees("Sign in to the pool of this profile")
        await stage.press("enter")
        await stage.sees("Signed in as eva")


async def test_what_was_typed_for_one_pool_is_not_there_for_another() -> None:
    async with on_stage(CognitoApp(machine(STAGING, PRODUCTION))) as stage:
        await stage.sees("staging")
        await stage.press("down", "enter")
        await stage.sees("Type a username")
        await stage.type("ana\tx")
        await stage.press("f2", "up", "enter")
        await stage.sees("production", "Type a username")
        assert {field.value for field in stage.app.screen.query(Input)} == {""}


async def test_the_flow_that_was_chosen_for_one_client_is_not_that_of_the_next() -> None:
    async with on_stage(CognitoApp(sandbox())) as stage:
        await stage.sees("Who would you like to be?")
        await stage.press(*["down"] * 8, "enter")
        await stage.sees("no SECRET_HASH")
        await stage.press("enter")
        await stage.sees("What went wrong")
        await stage.press("e")
        await stage.sees("Sign in to the pool")
        await stage.press("tab", *["down"] * 3)
        await stage.sees("● ADMIN_USER_PASSWORD_AUTH")
        await stage.press("f12")
        await stage.sees("Who would you like to be?")
        await stage.press("home", "up", "up", "up", "up", "up", "up", "up", "up", "enter")
        await stage.sees("● USER_PASSWORD_AUTH")


async def test_no_flow_is_offered_that_the_client_is_known_not_to_allow() -> None:
    async with on_stage(CognitoApp(sandbox())) as stage:
        await stage.sees("Who would you like to be?")
        await stage.press(*["down"] * 8, "enter")
        await stage.sees("no SECRET_HASH")
        await stage.press("enter")
        await stage.sees("What went wrong")
        await stage.sees_no_more("f  ADMIN_USER_PASSWORD_AUTH")


async def test_without_a_keyring_the_pools_secret_is_used_for_this_run() -> None:
    async with on_stage(CognitoApp(sandbox())) as stage:
        await choose(stage, 0)
        await stage.press("f2", "e")
        await stage.sees("Client secret")
        await stage.press("tab", "tab", "tab", "tab")
        await stage.type("1m9v0q3k7c2z8x4b6n5l0j9h8g7f6d5s4a3p2o1i0u9y8t7r6e5")
        await stage.press("enter")
        await stage.sees("Saved")
        await stage.press("f3")
        await stage.sees("Sign in to the pool")
        await stage.press("enter")
        await stage.sees("use the pool's secret")
        await stage.press("u")
        await stage.sees("Signed in as ana")


async def test_an_empty_password_is_not_sent() -> None:
    async with on_stage(CognitoApp(machine(STAGING))) as stage:
        await staging_is_used(stage)
        await stage.type("ana\t\n")
        await stage.sees("type a password first")


async def test_what_is_mended_is_no_longer_called_wrong() -> None:
    async with on_stage(CognitoApp(sandbox())) as stage:
        await choose(stage, 1)
        await stage.press("enter")
        await stage.sees("NEW_PASSWORD_REQUIRED")
        await stage.type("Correct-Horse7\tBen\t0171\n")
        await stage.sees("begin with +", "enter again")
        await stage.press("end", *["backspace"] * 4)
        await stage.type("+49")
        await stage.sees_no_more("begin with +", "enter again")


async def test_a_sign_in_is_not_sent_again_after_the_secret_was_not_given() -> None:
    world = sandbox()
    web = next(profile for profile in world.profiles.load() if profile.name == "Web app")
    world.vault.keep(web.item(), MADE_UP_SECRET)
    async with on_stage(CognitoApp(world)) as stage:
        await choose(stage, 0)
        await stage.press("enter")
        await stage.sees("Unable to verify secret hash")
        await stage.press("p")
        await stage.sees("Another client secret takes the place")
        await stage.press("escape")
        await stage.sees("What went wrong")
        await stage.press("f2")
        await stage.sees("Import from AWS")
        await stage.press("enter")
        await stage.sees("Unable to verify secret hash")
        await stage.settles()
        place = stage.app.screen
        assert isinstance(place, SignInPlace)
        assert [each.call.operation for each in place._conversation.exchanges].count("InitiateAuth") == 1


async def test_only_what_goes_to_the_sandbox_is_called_sandbox() -> None:
    world = sandbox()
    world.profiles.put(replace(STAGING, has_secret=False))
    async with on_stage(CognitoApp(world)) as stage:
        await stage.sees("Who would you like to be?")
        await stage.press("f2")
        await stage.sees("staging")
        await stage.sees("Selected profile")
        row = next(line for line in stage.text.splitlines() if "staging" in line)
        assert "AWS" in row
        assert "sandbox" not in row
