"""The users place: listing, searching, and what stands there when that fails."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest

from cognito_tui.tui import listing
from cognito_tui.tui.app import CognitoApp
from tests.scripted_cognito import DENIED, Says, Scripted, scripted_cognito
from tests.tui.crowds import HeldBack, after_pages, crowded, with_calls
from tests.tui.stage import LARGE, SMALL, Stage, on_stage
from tests.tui.walks import choose
from tests.tui.worlds import MOBILE, PRODUCTION, STAGING, machine, sandbox


async def goes_there(stage: Stage, inhabitant: int = 0) -> None:
    """Put the profile of an inhabitant in use, and go to the users."""
    await stage.sees("Who would you like to be?")
    await stage.press(*["down"] * inhabitant, "enter")
    await stage.sees("Sign in to the pool")
    await stage.press("f5")


def shown(stage: Stage) -> list[str]:
    """The usernames on the screen, from above."""
    lines = stage.text.splitlines()
    first = next(n for n, line in enumerate(lines) if " Status" in line) + 1
    return [line[4:].split()[0] for line in lines[first:] if line[1:4] in {"   ", " ■ "} and line[4] != " "]


class TestListing:
    @pytest.mark.parametrize("size", [LARGE, SMALL], ids=["large", "small"])
    async def test_everybody_is_there_and_counted(self, size: tuple[int, int]) -> None:
        async with on_stage(CognitoApp(sandbox()), size) as stage:
            await goes_there(stage)
            await stage.sees("● all 31 loaded · 12:00", "1 All 31", "2 Stuck 7", "5 Disabled 6", "● admin: ")
            assert shown(stage)[:5] == ["ana", "ben", "eva", "tom", "lea"]

    async def test_rows_appear_with_the_first_page_and_no_key_waits_for_the_next(self) -> None:
        calls = HeldBack(after_pages(2))
        async with on_stage(CognitoApp(with_calls(crowded(200), calls))) as stage:
            await goes_there(stage)
            await stage.sees("120 of ~231 loaded · esc stops", "1 All ~231", "2 Stuck 17+")
            await stage.press("2", "down", "down")
            await stage.sees("2 Stuck 17+", "tom@example.com", "password has expired")
            await stage.press("escape")
            await stage.sees("stopped at 120 of ~231 · l loads on")
            calls.go.set()
            await stage.press("1", "l")
            await stage.sees("● all 231 loaded", "2 Stuck 2")
            asked = [call for call in calls.asked if call.operation == "ListUsers"]
            assert len(asked) == 5, "the page that was left is asked for again, and no other"

    async def test_empty_pages_that_carry_a_token_are_not_the_end(self) -> None:
        async with on_stage(CognitoApp(crowded(100, empty_pages=2))) as stage:
            await goes_there(stage)
            await stage.sees("● all 131 loaded")

    async def test_an_empty_pool(self) -> None:
        with pool(Says({"Users": []})) as (app, _):
            async with on_stage(app) as stage:
                await stage.sees("mobile app")
                await stage.press("f5")
                await stage.sees("● all 0 loaded", "The pool has no users.")

    async def test_another_pool_has_other_users(self) -> None:
        async with on_stage(CognitoApp(sandbox())) as stage:
            await goes_there(stage)
            await stage.sees("● all 31 loaded")
            await stage.press("f12")
            await goes_there(stage, 10)
            await stage.sees("● all 3 loaded", "mia@example.com")
            await stage.press("f3")
            await stage.sees("Sign in to the pool")
            await stage.press("f5")
            await stage.sees("● all 3 loaded", "mia@example.com")

    async def test_coming_back_lists_nothing_anew_but_ctrl_r_does(self) -> None:
        calls = HeldBack(lambda _call: False)
        async with on_stage(CognitoApp(with_calls(crowded(1), calls))) as stage:
            await goes_there(stage)
            await stage.sees("● all 32 loaded")
            await stage.press("f3")
            await stage.sees("Sign in to the pool")
            await stage.press("f5")
            await stage.sees("● all 32 loaded")
            assert [call.operation for call in calls.asked].count("ListUsers") == 1
            await stage.press("space", "ctrl+r")
            await stage.sees("● all 32 loaded", "1 selected")
            assert [call.operation for call in calls.asked].count("ListUsers") == 2

    async def test_without_a_profile_there_is_no_pool(self) -> None:
        async with on_stage(CognitoApp(machine(STAGING))) as stage:
            await stage.sees("Selected profile")
            await stage.press("f5")
            await stage.sees("Choose a profile first.")
            await stage.press("enter")
            await stage.sees("Listing users is an admin call")


class TestShowing:
    async def test_kinds_by_key_and_by_mouse(self) -> None:
        async with on_stage(CognitoApp(sandbox())) as stage:
            await goes_there(stage)
            await stage.sees("● all 31 loaded")
            for key, names in (
                ("2", ["ben", "eva", "tom", "nils", "olga", "paul", "rosa"]),
                ("3", ["kim", "xena", "yuri"]),
                ("4", ["max", "will", "zita"]),
                ("5", ["lea", "rosa", "vera", "yuri", "zita", "SignInWithApp…"]),
                ("6", ["Google_114093…", "SignInWithApp…"]),
            ):
                await stage.press(key)
                await stage.settles()
                assert shown(stage) == names
            await stage.click("2 Stuck")
            await stage.settles()
            assert shown(stage)[:3] == ["ben", "eva", "tom"]
            assert "none selected · b acts on all 7" in stage.text

    async def test_sorting_by_key_and_by_mouse(self) -> None:
        async with on_stage(CognitoApp(sandbox())) as stage:
            await goes_there(stage)
            await stage.sees("● all 31 loaded")
            await stage.press("o")
            await stage.settles()
            assert shown(stage)[:3] == ["[/red]", "ada", "ana"]
            await stage.press("O")
            await stage.sees("Username ▼")
            await stage.press("g")
            await stage.settles()
            assert shown(stage)[0] == "zoe"
            await stage.click("Dies in")
            await stage.press("g")
            await stage.sees("Dies ▲", " tom ")
            assert shown(stage)[:2] == ["paul", "tom"]

    async def test_what_depends_on_the_policy_is_not_said_when_it_is_not_known(self) -> None:
        waits = Says({"Users": [{"Username": "ben", "UserStatus": "FORCE_CHANGE_PASSWORD"}]})
        with pool(waits) as (app, _):
            async with on_stage(app) as stage:
                await stage.sees("mobile app")
                await stage.press("f5")
                await stage.sees("has a temporary password only")
                assert "expired" not in stage.text


class TestSearching:
    async def test_each_letter_narrows_what_is_loaded(self) -> None:
        async with on_stage(CognitoApp(sandbox())) as stage:
            await goes_there(stage)
            await stage.sees("● all 31 loaded")
            await stage.press("slash")
            await stage.type("ax")
            await stage.sees("enter asks Cognito")
            assert shown(stage) == ["max"]
            await stage.press("down")
            await stage.sees("has to set a new password")
            await stage.press("escape")
            await stage.settles()
            assert len(shown(stage)) > 20

    async def test_a_search_in_the_field_is_left_by_escape(self) -> None:
        async with on_stage(CognitoApp(sandbox())) as stage:
            await goes_there(stage)
            await stage.sees("● all 31 loaded")
            await stage.press("slash")
            await stage.type("nobody at all")
            await stage.sees("nobody at all")
            await stage.settles()
            assert shown(stage) == []
            await stage.press("escape")
            await stage.settles()
            assert len(shown(stage)) > 20
            await stage.press("3")
            await stage.settles()
            assert shown(stage)[0] == "kim", "digits are keys again"

    async def test_enter_asks_cognito_for_those_who_are_not_loaded(self) -> None:
        calls = HeldBack(after_pages(1))
        async with on_stage(CognitoApp(with_calls(crowded(200), calls))) as stage:
            await goes_there(stage)
            await stage.sees("60 of ~231 loaded")
            await stage.press("slash")
            await stage.type("user0017")
            await stage.settles()
            assert shown(stage) == []
            await stage.press("enter")
            calls.go.set()
            await stage.sees("10 found · esc shows all · username:user0017", "1 All 10")
            filters = [call.params["Filter"] for call in calls.asked if "Filter" in call.params]
            assert filters[0] == 'username ^= "user0017"'
            await stage.press("down", "escape")
            await stage.sees("stopped at 60", "l loads on")
            await stage.press("l")
            await stage.sees("● all 231 loaded")

    async def test_a_search_for_one_field(self) -> None:
        async with on_stage(CognitoApp(sandbox())) as stage:
            await goes_there(stage)
            await stage.sees("● all 31 loaded")
            await stage.press("slash")
            await stage.type('email="quoted"\n')
            await stage.sees('0 found · esc shows all · email="quoted"', "found nobody")
            await stage.press("escape")
            await stage.sees("● all 31 loaded")

    async def test_what_cognito_cannot_be_asked_for_is_a_sentence(self) -> None:
        async with on_stage(CognitoApp(sandbox())) as stage:
            await goes_there(stage)
            await stage.sees("● all 31 loaded")
            await stage.press("slash")
            await stage.type("x" * 300 + "\n")
            await stage.sees("ListUsers takes 256")


@contextmanager
def pool(*answers: Says) -> Iterator[tuple[CognitoApp, Scripted]]:
    """The app with a profile in use whose pool answers as it is told to."""
    with scripted_cognito(answers) as server:
        profile = replace(MOBILE, endpoint_url=server.endpoint_url)
        yield CognitoApp(machine(profile), first=profile), server


class TestComingFromASignIn:
    @pytest.mark.parametrize(("name", "typed"), [("lea", ""), ("mia@example.com", "x")])
    async def test_an_error_of_a_user_leads_to_that_user(self, name: str, typed: str) -> None:
        async with on_stage(CognitoApp(sandbox())) as stage:
            await choose(stage, name)
            await stage.type(f"{typed}\n")
            await stage.sees("u  open the user")
            await stage.press("u")
            await stage.sees("Selected user", f"│ {name.partition('@')[0]}@example.com", "loaded ·")


class TestWhatGoesWrong:
    async def test_who_may_not_list_users_is_told_what_to_grant(self) -> None:
        with pool(DENIED) as (app, server):
            async with on_stage(app) as stage:
                await stage.sees("mobile app")
                await stage.press("f5")
                await stage.sees("× AccessDeniedException", "cognito-idp:ListUsers", "copy the IAM policy")
                await stage.press("c")
                await stage.sees("IAM policy")
                asked = len(server.asked)
                await stage.press("r")
                await stage.sees("× AccessDeniedException")
                await stage.settles()
                assert len(server.asked) == asked + 1

    async def test_without_credentials_it_says_what_is_missing_and_what_works(self) -> None:
        async with on_stage(CognitoApp(machine(MOBILE), first=MOBILE)) as stage:
            await stage.sees("mobile app")
            await stage.press("f5")
            await stage.sees("it needs AWS credentials", "No AWS credentials found", "F6 Secret hash")
            await stage.press("c")
            await stage.sees("IAM policy")
            await stage.press("p")
            await stage.sees("Profile mobile app", "AWS profile")
            await stage.press(*["tab"] * 7)
            await stage.type("nobody-here\n")
            await stage.sees("it needs AWS credentials", "nobody-here")
            assert "No AWS credentials found" not in stage.text, "the other one's were asked for at once"

    async def test_a_page_that_fails_keeps_those_that_came(self) -> None:
        users = [{"Username": f"u{n}", "UserStatus": "CONFIRMED"} for n in range(3)]
        refuses = Says({"__type": "InvalidParameterException", "message": "Invalid token."}, 400)
        ends = Says({"Users": [{"Username": "last"}]})
        with pool(Says({"Users": users, "PaginationToken": "x"}), refuses, ends) as (app, server):
            async with on_stage(app) as stage:
                await stage.sees("mobile app")
                await stage.press("f5")
                await stage.sees("× 3, then InvalidParameter", "Invalid token.", "u2")
                stage.app.clear_notifications()
                await stage.press("l")
                await stage.sees("● all 4 loaded", "last")
                tokens = [body.get("PaginationToken") for what, body in server.asked if what == "ListUsers"]
                assert tokens == [None, "x", "x"]

    async def test_throttling_slows_the_list_and_loses_nobody(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(listing, "PAUSES", (0.0,))
        throttles = Says({"__type": "TooManyRequestsException", "message": "Rate exceeded"}, 400)
        with pool(*[throttles] * 3, Says({"Users": [{"Username": "ana"}]})) as (app, _):
            async with on_stage(app) as stage:
                await stage.sees("mobile app")
                await stage.press("f5")
                await stage.sees("● all 1 loaded")

    async def test_a_read_only_profile_may_look(self) -> None:
        with scripted_cognito([Says({"Users": [{"Username": "ana"}]})]) as server:
            profile = replace(PRODUCTION, aws_profile=None, endpoint_url=server.endpoint_url)
            async with on_stage(CognitoApp(machine(profile), first=profile)) as stage:
                await stage.sees("production")
                await stage.press("f5")
                await stage.sees("● all 1 loaded")
