"""What is done about one user: by which key, what is asked before, and what is shown and kept afterwards."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Final

from textual import events

from cognito_tui.cognito.errors import Refused
from cognito_tui.cognito.model import UserStatus
from cognito_tui.cognito.snippets import Where
from cognito_tui.cognito.steps import Call
from cognito_tui.sandbox.faults import Attempt, Fault, Faults
from cognito_tui.sandbox.pool import User
from cognito_tui.sandbox.sandbox import Sandbox
from cognito_tui.sandbox.seed import seed
from cognito_tui.sandbox.server import SandboxServer
from cognito_tui.store.profile import Profile
from cognito_tui.tui.app import CognitoApp
from cognito_tui.tui.calls import Calls
from cognito_tui.tui.widgets.user_card import UserCard
from cognito_tui.tui.widgets.user_list import UserList
from cognito_tui.walk import Reply
from tests.tui.crowds import POOL, HeldBack, crowded, house, with_calls
from tests.tui.stage import LARGE, PATIENCE, SMALL, Stage, on_stage
from tests.tui.worlds import INHABITANTS, machine, sandbox


@asynccontextmanager
async def at(name: str, size: tuple[int, int] = LARGE) -> AsyncIterator[tuple[Stage, Sandbox]]:
    """The users place of the sandbox, the cursor on an inhabitant, and the sandbox."""
    place = house()
    async with on_stage(CognitoApp(sandbox(place=place)), size) as stage:
        await goes_to(stage, name)
        yield stage, place


async def goes_to(stage: Stage, name: str) -> None:
    """To the users place of the pool of whom is named, the cursor on that one."""
    await stage.sees("Who would you like to be?")
    await stage.press(*["down"] * (INHABITANTS.index(name) if "@" in name else 0), "enter")
    await stage.sees("Sign in to the pool")
    await stage.press("f5")
    await stage.sees("● all ", "loaded ·")
    await looks_at(stage, name)


async def looks_at(stage: Stage, name: str) -> None:
    """Put the cursor on somebody, by a search."""
    await stage.press("slash", "ctrl+u")
    await stage.type(name)
    await stage.press("down")
    await stage.sees(f"│ {name} " if stage.app.size.width > 100 and "@" not in name else name)


async def asked(stage: Stage, place: Sandbox, name: str) -> None:
    """Wait until Cognito was asked for a user."""
    async with asyncio.timeout(PATIENCE):
        while ("AdminGetUser", name) not in place.done:
            await stage.pilot.pause(0.02)


def user(place: Sandbox, name: str, pool: str = POOL) -> User:
    """The user as the sandbox has it."""
    found = place.state.pools[pool].find(name)
    assert found is not None
    return found


ACTIONS: Final[tuple[tuple[str, str, str, Callable[[User], bool]], ...]] = (
    ("eva", "r", "AdminCreateUser", lambda user: user.status is UserStatus.FORCE_CHANGE_PASSWORD),
    ("kim", "c", "AdminConfirmSignUp", lambda user: user.status is UserStatus.CONFIRMED),
    ("zoe", "w", "AdminResetUserPassword", lambda user: user.status is UserStatus.RESET_REQUIRED),
    ("lea", "e", "AdminEnableUser", lambda user: user.enabled),
    ("ivo", "x", "AdminDisableUser", lambda user: not user.enabled),
    ("jay", "V", "AdminUpdateUserAttributes", lambda user: user.verified("phone_number")),
    ("pia", "t", "AdminDeleteSoftwareToken", lambda user: user.token is None),
    ("ray", "q", "AdminUserGlobalSignOut", lambda user: user.status is UserStatus.CONFIRMED),
)


async def test_an_action_asks_does_it_once_and_shows_the_user() -> None:
    async with at("ana") as (stage, place):
        for name, key, operation, is_now in ACTIONS:
            await looks_at(stage, name)
            await stage.press(key)
            await stage.sees(f" · {name} ", operation, f"in the pool {POOL}", "Cancel  esc")
            assert (operation, name) not in place.done, "nothing is sent before it is asked"
            assert not stage.app.screen.query_one(".dialog").max_scroll_y, "all of it is in sight"
            await stage.press("y")
            await stage.sees(f"● {operation}", "The user as Cognito has it now", "Close  esc")
            assert place.done[operation, name] == 1
            assert is_now(user(place, name))
            await stage.press("escape")
            await stage.sees_no_more("Close  esc")


async def test_leaving_sends_nothing() -> None:
    async with at("eva") as (stage, place):
        for keys in (["escape"], ["n"], ["tab", "shift+tab", "shift+tab", "enter"]):
            await stage.press("r")
            await stage.sees("Cancel  esc")
            await stage.press(*keys)
            await stage.sees_no_more("Cancel  esc")
        assert not [done for done in place.done if done[0] == "AdminCreateUser"]


async def test_a_temporary_password_signing_in_with_it_and_a_new_one_is_one_walk() -> None:
    async with at("tom") as (stage, place):
        await stage.press("p")
        await stage.sees("generate", "permanent")
        await stage.press("y")
        await stage.sees("temporary password  ", "shown this once", "good until 8 Mar 2026 12:00")
        password = user(place, "tom").passwords[0].reveal()
        assert password in stage.text
        await stage.press("Y")
        await stage.sees("Message for the user", "Sent to your terminal")
        await stage.press("y")
        await stage.settles()
        await stage.press("s")
        await stage.sees("Sign in to the pool", "tom")
        assert password not in stage.text
        await stage.press("enter")
        await stage.sees("│ NEW_PASSWORD_REQUIRED ")
        await stage.type("Correct-Horse7\n")
        await stage.sees("as AdminGetUser has it now")
        await stage.press("f5")
        await stage.sees("2 Stuck 6", "● CONFIRMED", "signs in")
        assert "! FORCE_CHANGE" not in stage.text


async def test_the_card_never_contradicts_the_list() -> None:
    async with held("AdminGetUser", "ben") as (stage, place, calls):
        await stage.sees("2 Stuck 7", "! FORCE_CHANGE_PASSWORD", "Not now")
        pool = place.state.pools[POOL]
        pool.put(user(place, "ben").confirmed(place.state.clock()))
        calls.go.set()
        await stage.sees("2 Stuck 6", "● CONFIRMED", "signs in")
        assert "! FORCE_CHANGE" not in stage.text
        asked = [call for call in calls.asked if call.operation == "AdminGetUser"]
        assert len(asked) == 1, "each user looked at is billed"


async def test_a_permanent_password_is_typed_and_the_policy_ticked_off() -> None:
    async with at("eva") as (stage, place):
        await stage.press("p")
        await stage.sees("generate")
        await stage.press("down", "tab", "down")
        await stage.sees("AdminSetUserPassword  CONFIRMED at once", "○ 8+ long")
        await stage.press("tab")
        await stage.type("Correct-Horse7")
        await stage.sees("● 8+ long", "● symbol")
        assert "Correct-Horse7" not in stage.text
        await stage.press("enter")
        await stage.sees("FORCE_CHANGE_PASSWORD › CONFIRMED", "as typed")
        assert user(place, "eva").passwords[0].reveal() == "Correct-Horse7"


async def test_attributes_are_changed_emptied_and_verified() -> None:
    async with at("ana") as (stage, place):
        await stage.press("m")
        await stage.sees("add an attribute", "ana@example.com")
        await stage.press("enter")
        await stage.sees("Nothing is changed yet.")
        await stage.press("ctrl+u")
        await stage.type("new@example.org\t")
        await stage.press("space", "tab", "ctrl+u", "enter")
        await stage.sees("email      ana@example.com › new@example.org", "phone_number +351210000000 › none")
        told = user(place, "ana").attributes
        assert (told["email"], told["email_verified"]) == ("new@example.org", "false")
        assert "phone_number" not in told
        await stage.press("escape")
        await stage.sees("new@example.org")


async def test_an_attribute_that_cannot_be_right_is_not_sent() -> None:
    async with at("ana") as (stage, place):
        await stage.press("m")
        await stage.sees("add an attribute")
        await stage.press("tab", "tab", "ctrl+u")
        await stage.type("351\n")
        await stage.sees("begin with +")
        assert not [done for done in place.done if done[0] == "AdminUpdateUserAttributes"]


async def test_groups_are_ticked() -> None:
    place = house()
    async with on_stage(CognitoApp(sandbox(place=place))) as stage:
        place.answer("CreateGroup", {"UserPoolId": POOL, "GroupName": "[/red]"}, authorized=True)
        joins = {"UserPoolId": POOL, "Username": "ana", "GroupName": "admins"}
        place.answer("AdminAddUserToGroup", joins, authorized=True)
        await goes_to(stage, "ana")
        await stage.press("a")
        await stage.sees("□  [/red]", "■  admins", "□  beta", "□  staff")
        await stage.press("space", "tab", "space", "y")
        await stage.sees("● AdminAddUserToGroup  [/red]", "● AdminRemoveUserFromGroup  admins")
        told = place.answer(
            "AdminListGroupsForUser", {"UserPoolId": POOL, "Username": "ana"}, authorized=True
        )
        assert [group["GroupName"] for group in told["Groups"]] == ["[/red]"]


async def test_second_factors_are_switched_and_one_is_preferred() -> None:
    async with at("pia") as (stage, place):
        await stage.press("f")
        await stage.sees("■  SOFTWARE_TOKEN_MFA", "Preferred")
        await stage.press("tab", "tab", "tab", "down", "y")
        await stage.sees("SMS_MFA cannot be preferred: it is not on.")
        await stage.press("down", "y")
        await stage.sees(
            "● AdminSetUserMFAPreference  SOFTWARE_TOKEN_MFA on", "SOFTWARE_TOKEN_MFA (preferred)"
        )
        assert user(place, "pia").preferred_mfa == "SOFTWARE_TOKEN_MFA"


async def test_what_a_pool_does_not_have_is_said_and_the_rest_is_there() -> None:
    async with at("ana") as (stage, _):
        await stage.press("i")
        await stage.sees("Forget device · ana", "not in this pool: The user pool is not")
        await stage.press("y")
        await stage.settles()
        assert "Cancel  esc" in stage.text


async def test_deleting_asks_for_the_name() -> None:
    async with at("ana") as (stage, place):
        await stage.press("enter", "d")
        await stage.sees("Delete · ana", "type it to delete the user")
        await stage.press("enter")
        await stage.sees_no_more("Delete · ana")
        assert stage.app.screen.query_one(UserCard).has_focus
        await stage.press("d")
        await stage.sees("Delete · ana")
        await stage.type("anna\n")
        await stage.sees("that is not the username")
        assert user(place, "ana")
        await stage.press("ctrl+u")
        await stage.type("ana\n")
        await stage.sees("● AdminDeleteUser", "The user is gone.")
        await stage.press("escape")
        await stage.sees("1 All 30", "all 30 loaded")
        assert stage.app.screen.query_one(UserList).has_focus
        assert place.state.pools[POOL].find("ana") is None


async def test_a_user_is_created_with_and_without_an_invitation() -> None:
    async with at("ana") as (stage, place):
        await stage.press("escape", "n")
        await stage.sees("New user", "perhaps without a password")
        await stage.press("enter")
        await stage.sees("must not be empty")
        await stage.type("nina\t")
        await stage.press("space", "tab")
        await stage.sees("sends nothing")
        await stage.type("nina@example.com\t\t+351210000001\t\tNina\tNina-temporary-1")
        await stage.sees("FORCE_CHANGE_PASSWORD, with this password;")
        await stage.press("enter")
        await stage.sees(
            "● AdminCreateUser", "Nothing was sent", "nina  nina@example.com", "good until 8 Mar"
        )
        await stage.press("Y")
        await stage.sees("Message for the user")
        made = user(place, "nina")
        assert (made.status, made.attributes["email_verified"]) == (UserStatus.FORCE_CHANGE_PASSWORD, "true")
        await stage.press("escape")
        await stage.sees("1 All 32", "nina")
        await stage.press("n")
        await stage.sees("send the invitation")
        await stage.type("olli\t")
        await stage.press("space", "tab")
        await stage.type("olli@example.com\t\t+351210000002\t\tOlli\n")
        await stage.sees("● AdminCreateUser", "● CONFIRMED", "Nothing was sent", "No password was set")
        await stage.press("p")
        await stage.sees("Set password · olli", "generate")


async def test_a_password_that_cognito_makes_and_nobody_is_told_is_said() -> None:
    place = house()
    world = sandbox(place=place)
    place.state.pools[POOL].first_factors = ("PASSWORD",)
    async with on_stage(CognitoApp(world)) as stage:
        await goes_to(stage, "ana")
        await stage.press("escape", "n")
        await stage.sees("with a password Cognito makes;")
        await stage.type("olli\t")
        await stage.press("space", "tab")
        await stage.sees("with a password Cognito makes,", "nobody is told")
        await stage.type("olli@example.com\t\t+351210000002\t\tOlli\n")
        await stage.sees("● AdminCreateUser", "Nobody knows the password", "p  set a password")


async def test_in_an_email_pool_the_username_is_a_uuid_and_the_address_is_seen() -> None:
    async with at("jon@example.com") as (stage, place):
        await stage.press("r", "y")
        await stage.sees("● AdminCreateUser", "jon@example.com")
        (name,) = [about for operation, about in place.done if operation == "AdminCreateUser"]
        assert name == user(place, "jon@example.com", "local_EmailPool").sub


async def test_what_cognito_refuses_is_not_offered_but_can_be_sent_to_see_its_answer() -> None:
    async with at("eva") as (stage, place):
        await stage.sees("Not now", "Reset password: A temporary")
        await stage.press("w")
        await stage.settles()
        assert "Cancel  esc" not in stage.text
        await stage.press("ctrl+p")
        await stage.type("reset password all")
        await stage.sees("Reset password all the same  eva")
        await stage.press("enter")
        await stage.sees("Cognito is known to refuse it", "Cancel  esc")
        await stage.press("y")
        await stage.sees("× NotAuthorizedException User password cannot be reset", "Set temporary password")
        await stage.press("i")
        await stage.sees("Resend invitation · eva")
        await stage.press("y")
        await stage.sees("● AdminCreateUser")
        assert place.done["AdminCreateUser", "eva"] == 1


async def test_a_password_for_an_external_user_warns() -> None:
    async with on_stage(CognitoApp(crowded(9))) as stage:
        await goes_to(stage, "ana")
        await stage.press("escape", "6")
        await stage.sees("signs in with another identity")
        await stage.press("p")
        await stage.sees("! This user signs in with another identity provider.")


async def test_rows_that_are_flown_over_are_not_asked_for() -> None:
    calls, place = HeldBack(lambda _call: False), house()
    async with on_stage(CognitoApp(with_calls(sandbox(place=place), calls))) as stage:
        await goes_to(stage, "ana")
        await asked(stage, place, "ana")
        await stage.press("escape")
        calls.asked.clear()
        await stage.press(*["down"] * 5)
        await asked(stage, place, "kim")
        assert {call.params.get("Username") for call in calls.asked} == {"kim"}


class Denied(Calls):
    """An identity that may not do some operations."""

    def __init__(self, *operations: str) -> None:
        super().__init__()
        self.operations = operations
        self.asked: list[tuple[str, object]] = []

    async def send(self, where: Where, call: Call) -> Reply:
        self.asked.append((call.operation, call.params.get("Username")))
        if call.operation in self.operations:
            raise Refused(call.operation, "AccessDeniedException", "You may not.")
        return await super().send(where, call)


async def test_each_part_of_the_card_fails_alone_with_what_to_grant_and_is_asked_for_once() -> None:
    calls = Denied("AdminListDevices", "AdminListGroupsForUser")
    async with on_stage(CognitoApp(with_calls(crowded(0), calls))) as stage:
        await goes_to(stage, "ana")
        await stage.press("enter", "end")
        await stage.sees("cognito-idp:AdminListDevices", "PASSWORD")
        await stage.press("escape")
        await looks_at(stage, "ray")
        await stage.press("enter", "end")
        await stage.sees("PASSWORD", "cognito-idp:AdminListDevices")
        assert [operation for operation, _ in calls.asked].count("AdminListDevices") == 1
        assert calls.asked.count(("AdminGetUserAuthFactors", "ray")) == 1


async def test_the_end_of_the_card_stays_in_sight_while_more_comes() -> None:
    calls = HeldBack(lambda call: call.operation == "AdminListGroupsForUser")
    async with on_stage(CognitoApp(with_calls(crowded(0), calls))) as stage:
        await goes_to(stage, "ana")
        await stage.press("enter", "end")
        await stage.sees("PASSWORD", "Last sign-ins")
        calls.go.set()
        await stage.settles()
        assert "Last sign-ins" in stage.text
        await stage.press("home")
        await stage.sees("What you can do now")


async def test_keys_that_come_in_one_burst_are_for_whom_they_lead_to() -> None:
    async with at("ana") as (stage, place):
        await stage.press("escape", "home")
        await stage.type("jxy")
        await stage.sees("Disable · ben", "● AdminDisableUser", "enabled    yes › no")
        assert (user(place, "ben").enabled, user(place, "ana").enabled) == (False, True)


async def test_a_search_that_is_typed_in_one_burst_is_no_row_of_keys() -> None:
    async with at("ana") as (stage, _):
        await stage.press("escape", "home")
        stage.app.post_message(events.Key("slash", "/"))
        await stage.type("dex")
        await stage.sees("dex")
        await stage.settles()
        assert "Cancel  esc" not in stage.text


@asynccontextmanager
async def held(operation: str, name: str = "ana") -> AsyncIterator[tuple[Stage, Sandbox, HeldBack]]:
    """The cursor on an inhabitant, while no answer to `operation` comes back."""
    calls, place = HeldBack(lambda call: call.operation == operation), house()
    async with on_stage(CognitoApp(with_calls(sandbox(place=place), calls))) as stage:
        await goes_to(stage, name)
        yield stage, place, calls


async def test_what_is_agreed_to_before_the_user_was_looked_at_waits_for_that() -> None:
    async with held("AdminGetUser", "jay") as (stage, place, calls):
        await stage.press("V", "y")
        await stage.sees("Mark phone as verified · jay", "asking Cognito first")
        assert ("AdminUpdateUserAttributes", "jay") not in place.done
        calls.go.set()
        await stage.sees("● AdminUpdateUserAttributes")
        assert user(place, "jay").verified("phone_number")


async def test_what_would_change_nothing_is_said_when_the_user_is_looked_at() -> None:
    async with held("AdminGetUser", "ana") as (stage, _, calls):
        await stage.press("v")
        await stage.sees(" · ana", "Cancel  esc")
        calls.go.set()
        await stage.sees("It changes nothing: e-mail address verified already.")


async def test_sessions_that_are_not_listed_yet_are_waited_for() -> None:
    async with held("AdminListUserSessions", "ray") as (stage, place, calls):
        await stage.press("q")
        await stage.sees("AdminUserGlobalSignOut", "asking Cognito …", "Revoke  y")
        await stage.press("y")
        assert ("AdminUserGlobalSignOut", "ray") not in place.done
        calls.go.set()
        await stage.sees("● AdminUserGlobalSignOut")


async def test_one_session_is_revoked_and_the_others_stay() -> None:
    place = house()
    async with on_stage(CognitoApp(sandbox(place=place))) as stage:
        await stage.sees("Who would you like to be?")
        await stage.press("enter")
        await stage.sees("Sign in to the pool")
        await stage.press("enter")
        await stage.sees("as AdminGetUser has it now")
        await stage.press("f5")
        await stage.sees("● all ", "loaded ·")
        await stage.press("q")
        await stage.sees("Revoke sessions · ana", "AdminUserGlobalSignOut", "○ TOKEN ·")
        await stage.press("down")
        await stage.sees("Revoke sessions · ana", "AdminRevokeUserSession", "Revoke  y")
        await stage.press("y")
        await stage.sees("● AdminRevokeUserSession")
        assert ("AdminUserGlobalSignOut", "ana") not in place.done


async def test_a_new_user_waits_for_what_the_pool_requires() -> None:
    async with held("DescribeUserPool") as (stage, place, calls):
        await stage.press("n")
        await stage.sees("New user", "asking Cognito what the pool requires")
        await stage.type("nina\n")
        await stage.sees("asking Cognito first")
        calls.go.set()
        await stage.sees("given_name", "required by the pool")
        await stage.sees_no_more("asking Cognito")
        assert not [done for done in place.done if done[0] == "AdminCreateUser"]


async def test_a_generated_password_waits_for_the_policy() -> None:
    async with held("DescribeUserPool") as (stage, place, calls):
        await stage.press("p", "y")
        await stage.sees("to Cognito's policy", "asking Cognito first")
        calls.go.set()
        await stage.sees("shown this once")
        assert "by Cognito's default" not in stage.text
        assert place.done["AdminSetUserPassword", "ana"] == 1


async def test_letters_before_the_form_is_there_are_no_keys() -> None:
    async with held("AdminGetUser") as (stage, _, calls):
        await stage.press("m")
        await stage.sees("Change attributes · ana")
        await stage.type("ny")
        calls.go.set()
        await stage.sees("add an attribute", "ana@example.com")
        assert "Nothing is changed yet" not in stage.text


async def test_the_key_of_what_cannot_be_done_says_why() -> None:
    async with at("eva") as (stage, _):
        for key, why in (
            ("w", "A temporary password waits"),
            ("e", "It would change nothing: enabled already."),
        ):
            await stage.press(key)
            await stage.sees("not now", why)
            assert "Cancel  esc" not in stage.text


@asynccontextmanager
async def on_a_machine(
    faults: Faults | None = None, *, read_only: bool = False
) -> AsyncIterator[tuple[Stage, Sandbox]]:
    """A profile of this machine whose endpoint is a sandbox; what is changed there is written down."""
    place = house()
    sown = seed(place)
    with SandboxServer(place, faults=faults) as server:
        pool = sown.pools[0]
        client = next(iter(pool.clients.values()))
        profile = Profile(
            "here", pool.pool_id, client.client_id, endpoint_url=server.endpoint_url, read_only=read_only
        )
        async with on_stage(CognitoApp(machine(profile), first=profile)) as stage:
            await stage.sees("here")
            await stage.press("f5")
            await stage.sees("● all 18 loaded")
            yield stage, place


def written(tmp_path: Path) -> list[dict[str, object]]:
    file = tmp_path / "state" / "changes.jsonl"
    return (
        [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()] if file.exists() else []
    )


async def test_every_change_is_written_down_without_secrets(tmp_path: Path) -> None:
    async with on_a_machine() as (stage, place):
        await stage.press("2", "p")
        await stage.sees("generate")
        await stage.press("y")
        await stage.sees("shown this once")
        password = user(place, "ben").passwords[0].reveal()
        await stage.press("escape")
        await stage.sees_no_more("shown this once")
        await stage.press("ctrl+p")
        await stage.type("reset password all")
        await stage.sees("Reset password all the same")
        await stage.press("enter", "y")
        await stage.sees("NotAuthorizedException")
    told = [
        (line["operation"], line["user"], line["outcome"], line.get("code")) for line in written(tmp_path)
    ]
    assert told == [
        ("AdminSetUserPassword", "ben", "done", None),
        ("AdminResetUserPassword", "ben", "failed", "NotAuthorizedException"),
    ]
    assert password not in (tmp_path / "state" / "changes.jsonl").read_text(encoding="utf-8")


async def test_of_the_sandbox_nothing_is_written(tmp_path: Path) -> None:
    async with at("ana") as (stage, _):
        await stage.press("x", "y")
        await stage.sees("● AdminDisableUser")
    assert written(tmp_path) == []


async def test_an_answer_that_is_lost_is_told_as_not_known_with_the_user_as_it_is(tmp_path: Path) -> None:
    def lost(attempt: Attempt) -> Fault | None:
        return Fault.DROP_AFTER if attempt.operation == "AdminDisableUser" else None

    async with on_a_machine(Faults(lost)) as (stage, place):
        await stage.press("x", "y")
        await stage.sees("× answer lost", "not repeated by itself", "enabled    yes › no")
        assert place.done["AdminDisableUser", "ana"] == 1
    assert [line["outcome"] for line in written(tmp_path)] == ["unknown"]


async def test_a_read_only_profile_refuses_with_the_reason(tmp_path: Path) -> None:
    async with on_a_machine(read_only=True) as (stage, place):
        await stage.sees("The profile is read only")
        for key in ("x", "n", "p", "d"):
            await stage.press(key)
            await stage.sees("was not sent: the profile is read")
            stage.app.clear_notifications()
            await stage.settles()
            assert "Cancel  esc" not in stage.text
        await stage.press("s")
        await stage.sees("Sign in to the pool", "ana")
        assert all(Call(operation, {}).reads_only for operation, _ in place.done)
    assert written(tmp_path) == []


async def test_a_profile_that_becomes_writable_is_so_at_once() -> None:
    async with on_a_machine(read_only=True) as (stage, _):
        profile = stage.app.in_use
        assert profile is not None
        stage.app._use(replace(profile.profile, read_only=False))
        await stage.sees_no_more("The profile is read only")
        await stage.press("x")
        await stage.sees("Cancel  esc")


async def test_the_card_on_a_small_screen() -> None:
    async with at("eva", SMALL) as (stage, _):
        await stage.sees("r resend invitation", "temporary password dies in 5d 0h")
        for title in ("Username ▲", "E-mail or phone ▲", "Status ▲", "Dies ▲"):
            await stage.press("o")
            await stage.sees(title)
        await stage.press("o")
        await stage.sees_no_more("▲")
        await stage.press("enter")
        await stage.sees("Selected user", "AdminCreateUser  sends a new", "Reset password: A temporary")
        await stage.click("Resend invitation")
        await stage.sees("Cancel  esc")
        await stage.press("escape")
        await stage.sees_no_more("Cancel  esc")
        await stage.press("escape")
        await stage.sees("enter card")


async def test_the_mouse_does_what_the_keys_do() -> None:
    async with at("eva") as (stage, place):
        await stage.click("Resend invitation")
        await stage.sees("Cancel  esc")
        await stage.click("Resend invitation  y")
        await stage.sees("● AdminCreateUser")
        await stage.click("Close  esc")
        await stage.sees_no_more("Close  esc")
        assert place.done["AdminCreateUser", "eva"] == 1


async def test_what_the_card_says_is_selected_with_the_mouse_where_it_is_scrolled_to() -> None:
    async with at("ana") as (stage, _):
        await stage.press("escape", "enter", "end")
        await stage.sees("Last sign-ins")
        await stage.settles()
        row = next(n for n, line in enumerate(stage.text.splitlines()) if "PASSWORD" in line[80:])
        column = stage.text.splitlines()[row].index("PASSWORD", 80)
        await stage.pilot.mouse_down(offset=(column, row))
        await stage.pilot.hover(offset=(column + 3, row))
        await stage.pilot.mouse_up(offset=(column + 3, row))
        await stage.settles()
        assert stage.app.screen.get_selected_text() == "PASS"
