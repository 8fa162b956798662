"""The tokens place: what tokens say, whether it is true, fresh ones, and their end."""

from __future__ import annotations

import asyncio
import random
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from cognito_tui.aws.endpoint import Endpoint
from cognito_tui.cognito import requests
from cognito_tui.cognito.errors import NotDone
from cognito_tui.cognito.model import Secret, Tokens
from cognito_tui.cognito.secret_hash import Subject
from cognito_tui.cognito.snippets import Where
from cognito_tui.cognito.steps import Call
from cognito_tui.cognito.tokens import decode, with_username
from cognito_tui.sandbox.sandbox import Sandbox
from cognito_tui.tui.app import CognitoApp
from cognito_tui.tui.in_use import InUse
from cognito_tui.tui.messages import TokensCame, TokensForgotten
from cognito_tui.tui.screens.tokens import TokensPlace
from cognito_tui.tui.secrets import look_for
from cognito_tui.tui.world import World
from tests.cognito.jwts import ACCESS, ID, altered, token
from tests.scripted_cognito import Says, Scripted, scripted_cognito
from tests.tui.clipboards import StandIns
from tests.tui.stage import LARGE, SMALL, Stage, on_stage
from tests.tui.test_copying import LOCAL, held, tools  # noqa: F401 a fixture
from tests.tui.walks import WALKS, choose
from tests.tui.worlds import STAGING, Clock, machine, sandbox, signing_key

sizes = pytest.mark.parametrize("size", [LARGE, SMALL], ids=lambda size: f"{size[0]}x{size[1]}")


async def signs_in(stage: Stage, name: str = "ana") -> None:
    """By the sign-in place."""
    await choose(stage, name)
    await stage.press("enter")
    await stage.sees(f"Signed in as {name}")


async def takes_tokens(stage: Stage, world: World, name: str = "ana") -> None:
    """Have tokens as the sign-in place would bring them, without going there."""
    assert world.practice is not None
    person = next(each for each in world.practice.inhabitants() if each.username == name)
    profile = next(each for each in world.profiles.load() if each.client_id == person.client_id)
    kept = await look_for(world.vault, profile)
    in_use = InUse(profile, Endpoint(world.practice.endpoint_url, "profile"), kept)
    call = requests.initiate_auth(
        in_use.client, "USER_PASSWORD_AUTH", {"PASSWORD": person.password}, subject=Subject(name)
    )
    reply = await world.calls.send(in_use.where, call)
    tokens = with_username(Tokens(reply.body["AuthenticationResult"], name))
    stage.app.post_message(TokensCame(in_use, tokens))


async def looks_at_tokens(stage: Stage, world: World, name: str = "ana") -> None:
    await stage.sees("Who would you like to be?")
    await takes_tokens(stage, world, name)
    await stage.press("f4")
    await stage.sees("● verified", " left" if stage.app.size.width > 80 else "1:00:00")
    await stage.settles()


def calls_of(world: World) -> list[Call]:
    """Every call that goes out, as it goes out."""
    made: list[Call] = []
    send = world.calls.send

    async def counting(where: object, call: Call) -> object:
        made.append(call)
        return await send(where, call)  # type: ignore[arg-type] # handed on

    world.calls.send = counting  # type: ignore[method-assign, assignment] # looked at, and handed on
    return made


def unreachable(world: World) -> set[str]:
    """Operations that find no way to the endpoint: as many as the test puts there."""
    down: set[str] = set()
    send = world.calls.send

    async def sending(where: object, call: Call) -> object:
        if call.operation in down:
            raise NotDone(call.operation, "The endpoint cannot be reached.")
        return await send(where, call)  # type: ignore[arg-type] # handed on

    world.calls.send = sending  # type: ignore[method-assign, assignment] # handed on, where there is a way
    return down


def slow(world: World, operation: str) -> asyncio.Event:
    """Let calls of `operation` wait until the event is set."""
    gate = asyncio.Event()
    send = world.calls.send

    async def sending(where: object, call: Call) -> object:
        if call.operation == operation:
            await gate.wait()
        return await send(where, call)  # type: ignore[arg-type] # handed on

    world.calls.send = sending  # type: ignore[method-assign, assignment] # handed on, later
    return gate


async def looks_at_ana_of_two(stage: Stage, world: World, *, zoe_by_itself: bool = False) -> None:
    """Ana and zoe are signed in, and ana's tokens are shown."""
    await stage.sees("Who would you like to be?")
    await takes_tokens(stage, world)
    await looks_at_tokens(stage, world, "zoe")
    if zoe_by_itself:
        await stage.press("a")
        await stage.sees("● refreshes by itself")
    await other_user(stage, "1", "ana of Web app")


async def other_user(stage: Stage, key: str, who: str) -> None:
    await stage.press("u")
    await stage.sees("Who is signed in")
    await stage.press(key)
    await stage.sees(who)
    await stage.sees_no_more("Who is signed in")


async def revokes(stage: Stage) -> None:
    await stage.press("v")
    await stage.sees("Revoke the refresh token?")
    await stage.press("y")
    await stage.sees_no_more("Revoke the refresh token?")


class TestLooking:
    @sizes
    async def test_nobody_is_signed_in_yet(self, size: tuple[int, int]) -> None:
        async with on_stage(CognitoApp(sandbox()), size) as stage:
            await stage.sees("Who would you like to be?")
            await stage.press("4")
            await stage.sees("Nobody is signed in")
            await stage.press("i")
            await stage.sees("Profiles", "Choose a profile first")

    async def test_a_sign_in_leads_there(self) -> None:
        async with on_stage(CognitoApp(sandbox())) as stage:
            await signs_in(stage)
            await stage.sees("t reads them")
            await stage.press("t")
            await stage.sees("ana of Web app", "● verified", "Claims of the ID token")

    async def test_the_three_and_what_each_says(self) -> None:
        world = sandbox()
        async with on_stage(CognitoApp(world)) as stage:
            await looks_at_tokens(stage, world)
            await stage.sees("Claims of the ID token", "ana@example.com", "the real username", "in 60 min")
            await stage.sees("signature RS256 by the pool's key", "iss is user pool local_Practice1")
            await stage.press("2")
            await stage.sees("Claims of the access token", "client_id", "aws.cognito.signin.user.admin")
            await stage.press("3")
            await stage.sees("Opaque", "A refresh goes by GetTokensFromRefreshToken", "no rotation")
            await stage.sees("It lives for 30 days from the sign-in: until 31 Mar 2026 12:00:00 UTC.")
            await stage.press("1")
            await stage.sees("Claims of the ID token")
            await stage.click("Access token")
            await stage.sees("Claims of the access token")
            await stage.click("still good?")
            await stage.sees("● good: Cognito takes it: it is ana's")

    @sizes
    async def test_they_are_masked_until_asked_for_and_again_after_leaving(
        self, size: tuple[int, int]
    ) -> None:
        world = sandbox()
        async with on_stage(CognitoApp(world), size) as stage:
            await looks_at_tokens(stage, world)
            assert "eyJhbGciOiJSUzI1NiIs" not in stage.text
            await stage.press("f8")
            await stage.sees("The token itself", "eyJhbGciOiJSUzI1NiIs")
            await stage.press("f6", "f4")
            await stage.sees("Claims of the ID token")
            assert "eyJhbGciOiJSUzI1NiIs" not in stage.text

    async def test_time_goes_by(self) -> None:
        clock = Clock()
        world = sandbox(clock)
        async with on_stage(CognitoApp(world)) as stage:
            await looks_at_tokens(stage, world)
            clock.forward(minutes=59.5)
            await stage.sees("0:30 left", "in 30 s", "59 min ago")
            clock.forward(minutes=2)
            await stage.sees(
                "× expired", "Why we say not valid", "exp is over: it expired 1 min ago", "1 odd"
            )

    async def test_a_narrow_screen_tells_below_what_the_claim_under_the_cursor_means(self) -> None:
        world = sandbox()
        async with on_stage(CognitoApp(world), SMALL) as stage:
            await looks_at_tokens(stage, world)
            await stage.sees("the user's immutable id", "● verified: signature, iss, aud, token_use, exp")
            await stage.press("j")
            await stage.sees("the real username: what a refresh must hash")
            await stage.press("G")
            await stage.sees("id of the sign-in in the pool's logs")

    async def test_what_has_a_key_is_in_the_help_and_in_the_palette(self) -> None:
        world = sandbox()
        async with on_stage(CognitoApp(world)) as stage:
            await looks_at_tokens(stage, world)
            await stage.press("f1")
            await stage.sees("g asks Cognito whether the access token is still good")
            await stage.sees("Refresh a minute before they expire, or stop that")
            await stage.press("escape", "ctrl+p")
            await stage.sees("Search for commands")
            await stage.type("sign out")
            await stage.sees("Sign the user out everywhere: GlobalSignOut")


async def an_admin_signs_her_out(world: World, username: str) -> None:
    profile = world.profiles.load()[0]
    whom = {"UserPoolId": profile.user_pool_id, "Username": username}
    await world.calls.send(Where(profile.region, profile.endpoint_url), Call("AdminUserGlobalSignOut", whom))


class TestRefreshing:
    async def test_shows_what_has_changed_and_says_how_it_went(self) -> None:
        clock = Clock()
        world = sandbox(clock)
        async with on_stage(CognitoApp(world)) as stage:
            await looks_at_tokens(stage, world)
            clock.forward(minutes=18)
            await stage.press("r")
            await stage.sees("Refreshed at 12:18:00 by GetTokensFromRefreshToken")
            await stage.sees("Changed: event_id, iat, exp, jti of both tokens. It works")
            await stage.sees("4 changed by the refresh", "› was 1 Mar 2026 13:00:00 UTC", "● verified")

    async def test_by_the_flow_hashes_what_the_access_token_calls_its_owner(self) -> None:
        world = sandbox()
        made = calls_of(world)
        async with on_stage(CognitoApp(world)) as stage:
            await looks_at_tokens(stage, world, "mia@example.com")
            await stage.press("R")
            await stage.sees("Refreshed at", "by REFRESH_TOKEN_AUTH", "It was asked for.")
        (call,) = [each for each in made if each.about == "REFRESH_TOKEN_AUTH"]
        assert call.hashed is not None
        assert call.hashed.username not in {"mia@example.com", ""}

    async def test_one_that_rotates_is_good_once_and_the_next_is_kept(self) -> None:
        """Two keys at once are one refresh: the same token, used twice, is taken for stolen."""
        world = sandbox()
        made = calls_of(world)
        async with on_stage(CognitoApp(world)) as stage:
            await looks_at_tokens(stage, world, "ray")
            await stage.sees("rotates")
            await stage.type("rr")
            await stage.sees("still being asked", "another refresh token", "The client rotates")
            await stage.settles()
            await stage.press("r")
            await stage.sees("Refreshed at", "● verified")
            await stage.settles()
            await stage.press("R")
            await stage.sees("What went wrong", "ALLOW_REFRESH_TOKEN_AUTH", "back")
            await stage.press("escape")
            await stage.sees("Claims of the ID token")
        used = [each.params["RefreshToken"] for each in made if each.operation.startswith("GetTokens")]
        assert len(used) == len(set(used)) == 2

    async def test_with_a_device_its_key_goes_along(self) -> None:
        world = sandbox()
        made = calls_of(world)
        async with on_stage(CognitoApp(world)) as stage:
            await choose(stage, "sol")
            await stage.press("enter")
            for answer in WALKS["devices"].answers:
                await answer.give(stage)
            await stage.sees("remember this device")
            await stage.press("r")
            await stage.sees("The pool leaves it to the user")
            await stage.press("r")
            await stage.sees("The device is remembered")
            await stage.press("f4")
            await stage.sees("sol of Safe", "● verified")
            await stage.press("3")
            await stage.sees("The key of the user's device goes along")
            await stage.press("r")
            await stage.sees("Refreshed at")
        (call,) = [each for each in made if each.operation == "GetTokensFromRefreshToken"]
        assert call.params["DeviceKey"].startswith("local_")

    async def test_by_itself_a_minute_before_they_expire_here_and_elsewhere(self) -> None:
        clock = Clock()
        world = sandbox(clock)
        async with on_stage(CognitoApp(world)) as stage:
            await looks_at_tokens(stage, world)
            await stage.press("a")
            await stage.sees("They are refreshed by themselves", "● refreshes by itself")
            clock.forward(minutes=59)
            await stage.sees("Refreshed at 12:59:00", "1:00:00 left")
            await stage.press("f6")
            await stage.sees("Make a SECRET_HASH")
            clock.forward(minutes=59.5)
            await stage.sees("Refreshing by itself: ana of Web app", "● Refreshed at 13:58:30")
            stage.app.clear_notifications()
            await stage.press("f4")
            await stage.sees("Refreshed at 13:58:30", "1:00:00 left")
            await stage.press("a")
            await stage.sees("not refreshed by themselves any more")
            clock.forward(minutes=59.9)
            await stage.sees("0:06 left")
            assert "Refreshed at" not in stage.text

    async def test_by_itself_stops_when_it_is_refused(self) -> None:
        clock = Clock()
        world = sandbox(clock)
        made = calls_of(world)
        async with on_stage(CognitoApp(world)) as stage:
            await looks_at_tokens(stage, world)
            await stage.press("a")
            await stage.sees("refreshes by itself")
            await an_admin_signs_her_out(world, "ana")
            await stage.press("f6")
            await stage.sees("Make a SECRET_HASH")
            clock.forward(minutes=59.5)
            await stage.sees("Refreshing by itself: ana of Web app", "× NotAuthorized", "has been revoked")
            await stage.press("f4")
            await stage.sees("Claims of the ID token")
            assert "refreshes by itself" not in stage.text
        assert [each.operation for each in made].count("GetTokensFromRefreshToken") == 1

    async def test_the_clock_never_takes_a_refresh_token_that_has_just_rotated(self) -> None:
        """It may tick after the answer, and before the app has been told of it."""
        clock = Clock()
        world = sandbox(clock)
        made = calls_of(world)
        gate, answered = slow(world, "GetTokensFromRefreshToken"), asyncio.Event()
        send = world.calls.send

        async def sending(where: object, call: Call) -> object:
            reply = await send(where, call)  # type: ignore[arg-type] # handed on
            if call.operation == "GetTokensFromRefreshToken":
                answered.set()
            return reply

        world.calls.send = sending  # type: ignore[method-assign, assignment] # handed on
        async with on_stage(CognitoApp(world)) as stage:
            await looks_at_tokens(stage, world, "ray")
            place = stage.app.screen
            assert isinstance(place, TokensPlace)
            await stage.press("a")
            clock.forward(minutes=59.5)
            await stage.sees("Refreshing by itself …")
            gate.set()
            await answered.wait()
            place._tick()
            await stage.sees("● Refreshed at")
            await stage.settles()
        assert [each.operation for each in made].count("GetTokensFromRefreshToken") == 1

    async def test_by_itself_stops_where_the_clock_makes_fresh_tokens_look_old(self) -> None:
        """Else it would go on for ever, once a second."""
        here = Clock()
        here.forward(minutes=120)
        place = Sandbox(clock=Clock(), token_bytes=random.Random(7).randbytes, signing_key=signing_key())
        world = sandbox(here, place=place)
        made = calls_of(world)
        async with on_stage(CognitoApp(world)) as stage:
            await stage.sees("Who would you like to be?")
            await takes_tokens(stage, world)
            await stage.press("f4")
            await stage.sees("× expired")
            await stage.press("a")
            await stage.sees("The clock of this machine seems to be ahead")
            await stage.sees_no_more("● refreshes by itself")
        assert [each.operation for each in made].count("GetTokensFromRefreshToken") == 1


class TestTheEnd:
    @sizes
    async def test_revoking_asks_first_and_the_safe_choice_has_the_focus(self, size: tuple[int, int]) -> None:
        world = sandbox()
        made = calls_of(world)
        async with on_stage(CognitoApp(world), size) as stage:
            await looks_at_tokens(stage, world)
            await stage.press("v")
            await stage.sees("Revoke the refresh token?", "The refresh token of ana ends")
            await stage.press("enter")
            await stage.sees_no_more("Revoke the refresh token?")
            assert "RevokeToken" not in [each.operation for each in made]
            await stage.press("v")
            await stage.sees("Revoke the refresh token?")
            await stage.press("y")
            await stage.sees("● Revoked: the refresh token", "● verified", "× revoked")
            await stage.press("g")
            await stage.sees("× revoked: It was revoked")
            await stage.press("2")
            await stage.sees("revoked: Cognito takes it no more")
            await stage.press("a")
            await stage.sees("The tokens are revoked: sign in again")
            await stage.press("r")
            await stage.sees("What went wrong", "Refresh Token has been revoked")
            await stage.press("i")
            await stage.sees("Choose a profile first")

    async def test_signing_out_everywhere_ends_every_sign_in_of_the_user(self) -> None:
        world = sandbox()
        async with on_stage(CognitoApp(world)) as stage:
            await stage.sees("Who would you like to be?")
            await takes_tokens(stage, world)
            await takes_tokens(stage, world, "zoe")
            await looks_at_tokens(stage, world)
            await stage.sees("3 of 3", "● verified")
            await stage.press("s")
            await stage.sees("Sign out everywhere?", "Every token of ana ends")
            await stage.press("y")
            await stage.sees("ana is signed out everywhere", "× signed out")
            await stage.press("u")
            await stage.sees("Who is signed in", "Mobile app · local_Practice1 ")
            assert stage.text.count("local_Practice1 · signed out") == 2
            await stage.press("1")
            await stage.sees("1 of 3", "× signed out")

    async def test_what_is_confirmed_is_done_with_the_tokens_of_then(self) -> None:
        """They are refreshed by themselves while the question stands."""
        clock = Clock()
        world = sandbox(clock)
        async with on_stage(CognitoApp(world)) as stage:
            await looks_at_tokens(stage, world)
            await stage.press("a", "s")
            await stage.sees("Sign out everywhere?")
            clock.forward(minutes=59.5)
            await stage.sees("Refreshed at 12:59:30")
            clock.forward(minutes=1)
            await stage.press("y")
            await stage.sees("ana is signed out everywhere", "× signed out", "59:00 left")

    async def test_a_revocation_keeps_what_came_while_it_was_asked_for(self) -> None:
        clock = Clock()
        world = sandbox(clock)
        async with on_stage(CognitoApp(world)) as stage:
            await looks_at_tokens(stage, world)
            await stage.press("a", "v")
            await stage.sees("Revoke the refresh token?")
            clock.forward(minutes=59.5)
            await stage.sees("Refreshed at 12:59:30")
            await stage.press("y")
            await stage.sees("● Revoked: the refresh token", "× revoked", "1:00:00 left")

    async def test_nothing_is_done_for_who_is_gone_by_then(self) -> None:
        world = sandbox()
        made = calls_of(world)
        async with on_stage(CognitoApp(world)) as stage:
            await looks_at_tokens(stage, world)
            await stage.press("v")
            await stage.sees("Revoke the refresh token?")
            stage.app.post_message(TokensForgotten(stage.app.signed_in[0].number))
            await stage.press("y")
            await stage.sees("ana is signed in no more", "Nobody is signed in")
        assert "RevokeToken" not in [each.operation for each in made]

    async def test_expired_is_told_from_revoked(self) -> None:
        clock = Clock()
        world = sandbox(clock)
        async with on_stage(CognitoApp(world)) as stage:
            await looks_at_tokens(stage, world)
            clock.forward(minutes=61)
            await stage.press("g")
            await stage.sees("× expired: It has expired", "A refresh gives a new one")

    async def test_forgetting_sends_nothing(self) -> None:
        world = sandbox()
        made = calls_of(world)
        async with on_stage(CognitoApp(world)) as stage:
            await looks_at_tokens(stage, world)
            sent = len(made)
            await stage.press("d")
            await stage.sees("Forget these tokens?", "they stay good until they expire")
            await stage.press("y")
            await stage.sees("Nobody is signed in")
        assert made[sent:] == []


class TestSeveralUsers:
    async def test_of_several_profiles_each_with_the_clients_own_calls(self) -> None:
        world = sandbox()
        made = calls_of(world)
        async with on_stage(CognitoApp(world)) as stage:
            await stage.sees("Who would you like to be?")
            await takes_tokens(stage, world)
            await looks_at_tokens(stage, world, "zoe")
            await stage.sees("zoe of Mobile app", "2 of 2", "● verified")
            await stage.press("u")
            await stage.sees("Who is signed in")
            await stage.press("1")
            await stage.sees("ana of Web app", "1 of 2", "● verified")
            await stage.press("r")
            await stage.sees("Refreshed at")
        (call,) = [each for each in made if each.operation == "GetTokensFromRefreshToken"]
        assert call.params["ClientSecret"]

    async def test_they_go_with_the_world_they_are_of(self) -> None:
        with elsewhere(TOKENS) as (_server, app):
            async with on_stage(app) as stage:
                await ana_signs_in_to_staging(stage)
                await stage.press("f4")
                await stage.sees("ana.silva of staging")
                await stage.press("ctrl+p")
                await stage.sees("Search for commands")
                await stage.type("Sandbox")
                await stage.sees("Practise in a pool")
                await stage.press("enter")
                await stage.sees("Who would you like to be?")
                await stage.press("f4")
                await stage.sees("Nobody is signed in")


async def ana_signs_in_to_staging(stage: Stage) -> None:
    await stage.sees("staging")
    await stage.press("enter")
    await stage.sees("SECRET_HASH")
    await stage.type("ana\tx")
    await stage.press("enter")
    await stage.sees("Signed in as")


async def nobody_is_signed_in(stage: Stage) -> None:
    await stage.sees("Who would you like to be?")
    await stage.press("f4")
    await stage.sees("Nobody is signed in")


class TestWhoseOutcomeItIs:
    async def test_what_fails_for_another_user_is_told_with_the_name(self) -> None:
        clock = Clock()
        world = sandbox(clock)
        down = unreachable(world)
        async with on_stage(CognitoApp(world)) as stage:
            await looks_at_ana_of_two(stage, world, zoe_by_itself=True)
            down.add("GetTokensFromRefreshToken")
            clock.forward(minutes=59.5)
            await stage.sees("Refreshing by itself: zoe of Mobile app", "× not reached: The endpoint")
            await stage.settles()
            assert "What went wrong" not in stage.text
            await other_user(stage, "2", "zoe of Mobile app")
            await stage.sees("Claims of the ID token")
            assert "refreshes by itself" not in stage.text

    async def test_an_explanation_stays_while_another_user_is_refreshed_and_repeats_what_failed(self) -> None:
        clock = Clock()
        world = sandbox(clock)
        made = calls_of(world)
        down = unreachable(world)
        async with on_stage(CognitoApp(world)) as stage:
            await looks_at_ana_of_two(stage, world, zoe_by_itself=True)
            down.add("RevokeToken")
            await revokes(stage)
            await stage.sees("What went wrong", "cannot be reached", "try again")
            clock.forward(minutes=59.5)
            await stage.sees("Refreshing by itself: zoe of Mobile app", "● Refreshed at 12:59:30")
            await stage.settles()
            assert "What went wrong" in stage.text
            down.clear()
            await stage.press("r")
            await stage.sees("● Revoked: the refresh token", "ana of Web app", "× revoked")
        assert [each.operation for each in made][-2:] == ["GetTokensFromRefreshToken", "RevokeToken"]

    async def test_what_is_done_for_another_user_is_told_with_the_name(self) -> None:
        world = sandbox()
        gate = slow(world, "RevokeToken")
        async with on_stage(CognitoApp(world)) as stage:
            await looks_at_ana_of_two(stage, world)
            await revokes(stage)
            await stage.sees("Revoke …")
            await other_user(stage, "2", "zoe of Mobile app")
            assert "Revoke …" not in stage.text
            gate.set()
            await stage.sees("Revoke: ana of Web app", "● Revoked: the refresh token")
            stage.app.clear_notifications()
            await stage.sees_no_more("● Revoked")
            await other_user(stage, "1", "ana of Web app")
            await stage.sees("× revoked")

    async def test_what_fails_while_one_is_elsewhere_is_told_by_what_it_was(self) -> None:
        world = sandbox()
        unreachable(world).add("RevokeToken")
        gate = slow(world, "RevokeToken")
        async with on_stage(CognitoApp(world)) as stage:
            await looks_at_tokens(stage, world)
            await revokes(stage)
            await stage.press("f6")
            await stage.sees("Make a SECRET_HASH")
            gate.set()
            await stage.sees("Revoke: ana of Web app", "× not reached: The endpoint cannot be reached.")

    async def test_an_explanation_goes_with_its_user(self) -> None:
        world = sandbox()
        unreachable(world).add("GetTokensFromRefreshToken")
        async with on_stage(CognitoApp(world)) as stage:
            await looks_at_tokens(stage, world)
            await stage.press("r")
            await stage.sees("What went wrong")
            await takes_tokens(stage, world, "zoe")
            await stage.sees("zoe of Mobile app", "Claims of the ID token")

    async def test_asking_about_a_pasted_token_is_tried_again(self) -> None:
        world = sandbox()
        down = unreachable(world)
        async with on_stage(CognitoApp(world)) as stage:
            await choose(stage, "ana")
            await takes_tokens(stage, world)
            await stage.press("f4")
            await stage.sees("● verified")
            access_token = stage.app.signed_in[0].tokens.token("AccessToken")
            assert access_token is not None
            await stage.paste(access_token.reveal())
            await stage.sees("A pasted token")
            down.add("GetUser")
            await stage.press("g")
            await stage.sees("What went wrong", "try again")
            down.clear()
            await stage.press("r")
            await stage.sees("A pasted token", "● good: Cognito takes it: it is ana's")
            await stage.press("1")
            await stage.sees("ana of Web app", "Claims of the ID token")
            assert "● good" not in stage.text

    async def test_what_is_told_of_one_pasted_token_does_not_stand_under_another(self) -> None:
        world = sandbox()
        gate = slow(world, "GetUser")
        async with on_stage(CognitoApp(world)) as stage:
            await choose(stage, "ana")
            await stage.press("f4")
            await stage.sees("Nobody is signed in")
            await stage.paste(token(ID))
            await stage.sees("A pasted token")
            await stage.press("g")
            await stage.sees("Asking GetUser …")
            await stage.paste(token(ACCESS))
            await stage.sees_no_more("Asking GetUser …")
            gate.set()
            await stage.sees("Asking GetUser: a pasted token", "× not an access token")
            stage.app.clear_notifications()
            await stage.sees_no_more("× not an access token")


class TestPasted:
    @sizes
    async def test_any_token_is_looked_at(self, size: tuple[int, int]) -> None:
        odd = altered(ID, sub=7, exp=1)
        async with on_stage(CognitoApp(sandbox()), size) as stage:
            await nobody_is_signed_in(stage)
            await stage.press("p")
            await stage.sees("Look at a token")
            await stage.paste(f"Authorization: Bearer {token(odd, {'alg': 'none'})}\n")
            await stage.press("enter")
            await stage.sees("Claims of the pasted token · 2 odd", "a number, where text belongs")
            await stage.sees("header: alg is none: nobody has signed it", "put a profile in use")
            await stage.press("escape")
            await stage.sees("Nobody is signed in")

    async def test_right_into_the_place_and_back_to_who_is_signed_in(self) -> None:
        world = sandbox()
        async with on_stage(CognitoApp(world)) as stage:
            await choose(stage, "ana")
            await takes_tokens(stage, world)
            await stage.press("f4")
            await stage.sees("● verified")
            await stage.paste(f"export T='{token(ACCESS)}'")
            await stage.sees(
                "A pasted token", "is another pool's: not local_Practice1", "is another client's"
            )
            await stage.sees("Why we say not valid")
            await stage.press("g")
            await stage.sees("× not an access token: Cognito does not know it")
            await stage.press("1")
            await stage.sees("Claims of the ID token", "● verified")

    async def test_what_is_none_gets_its_sentence(self) -> None:
        async with on_stage(CognitoApp(sandbox())) as stage:
            await nobody_is_signed_in(stage)
            for pasted, sentence in (
                ("hunter2", "This has one part, not several, between dots"),
                ("a.b.c.d.e", "This has five parts: it is encrypted (JWE)"),
                ("\ud800", "This is not text in UTF-8."),
            ):
                await stage.paste(pasted)
                await stage.sees(sentence)
                stage.app.clear_notifications()
                await stage.press("p")
                await stage.sees("Look at a token")
                await stage.paste(pasted)
                await stage.press("enter")
                await stage.sees(f"× {sentence[:20]}")
                assert "hunter2" not in stage.text
                await stage.press("escape")
                await stage.sees_no_more("Look at a token")

    async def test_data_is_never_markup_and_moves_no_cursor(self) -> None:
        evil = "[/red]\x1b[2J\n[b]"
        many = {f"claim{n}": n for n in range(4000)}
        async with on_stage(CognitoApp(sandbox())) as stage:
            await nobody_is_signed_in(stage)
            await stage.paste(token({**ID, "email": evil, evil: evil}, {"alg": evil}))
            await stage.sees("[/red]\\x1b[2J\\x0a[b]", "alg is [/red]\\x1b[2J")
            await stage.press("G", "enter")
            await stage.sees("goes back", "[/red]")
            await stage.press("escape")
            await stage.paste(token(many))
            await stage.sees("claim0", "Claims of the pasted token")


@contextmanager
def elsewhere(*answers: Says) -> Iterator[tuple[Scripted, CognitoApp]]:
    """An app whose pool is a server that has no keys."""
    with scripted_cognito(answers) as server:
        yield server, CognitoApp(machine(replace(STAGING, endpoint_url=server.endpoint_url)))


TOKENS = Says(
    {
        "AuthenticationResult": {
            "IdToken": token(ID),
            "AccessToken": token(ACCESS),
            "RefreshToken": "a.refresh.token.it.is",
        }
    }
)


class TestAgainstAnyEndpoint:
    async def test_without_keys_nothing_is_valid(self) -> None:
        with elsewhere(TOKENS) as (_server, app):
            async with on_stage(app) as stage:
                await ana_signs_in_to_staging(stage)
                await stage.press("f4")
                await stage.sees("○ not verified", "Why we say not verified", "endpoint answered HTTP 501.")
                assert "● verified" not in stage.text
                await stage.press("3")
                await stage.sees("How long it lives is not known here")

    async def test_where_the_newer_operation_is_not_known_the_older_one_is_used(self) -> None:
        unknown = Says({"__type": "UnknownOperationException"}, 400)
        with elsewhere(TOKENS, TOKENS, unknown, TOKENS) as (server, app):
            async with on_stage(app) as stage:
                await ana_signs_in_to_staging(stage)
                await stage.press("f4")
                await stage.sees("not verified")
                await stage.press("r")
                await stage.sees("by REFRESH_TOKEN_AUTH", "The endpoint does not know")
            operations = [operation for operation, _ in server.asked]
            assert operations[-2:] == ["GetTokensFromRefreshToken", "InitiateAuth"]

    async def test_what_came_may_be_no_jwt(self) -> None:
        odd = Says({"AuthenticationResult": {"IdToken": "opaque", "AccessToken": "a.b.c"}})
        with elsewhere(odd) as (_server, app):
            async with on_stage(app) as stage:
                await ana_signs_in_to_staging(stage)
                await stage.press("f4")
                await stage.sees("○ cannot be read", "cannot be read as a JWT", "none came")
                await stage.press("3")
                await stage.settles()
                await stage.press("r")
                await stage.sees("No refresh token came with this sign-in.")


class TestTakingAlong:
    @staticmethod
    async def copied(stage: Stage, key: str, words: str, clipboard: StandIns) -> str:
        await stage.press(key)
        await stage.sees(words)
        await stage.settles()
        return held(clipboard)

    async def test_a_value_the_token_the_header_and_a_line_for_a_shell(
        self,
        tools: StandIns,  # noqa: F811 the fixture
    ) -> None:
        world = sandbox(environment=LOCAL)
        async with on_stage(CognitoApp(world)) as stage:
            await looks_at_tokens(stage, world)
            await stage.press("j")
            assert await self.copied(stage, "y", "cognito:username", tools) == "ana"
            text = await self.copied(stage, "Y", "Copied; cleared in 60 s.", tools)
            assert decode(Secret(text)).claims["token_use"] == "id"
            await stage.press("2")
            await stage.sees("Claims of the access token")
            header = await self.copied(stage, "b", "Authorization header", tools)
            assert header.startswith("Authorization: Bearer eyJ")
            line = await self.copied(stage, "e", "COGNITO_ACCESS_TOKEN", tools)
            assert line == f"export COGNITO_ACCESS_TOKEN={header.split()[-1]}"

    async def test_a_refresh_token_is_no_header(self) -> None:
        world = sandbox()
        async with on_stage(CognitoApp(world)) as stage:
            await looks_at_tokens(stage, world)
            await stage.press("3", "b")
            await stage.sees("No API takes a refresh token")

    async def test_full_width(self) -> None:
        world = sandbox()
        async with on_stage(CognitoApp(world)) as stage:
            await looks_at_tokens(stage, world)
            await stage.press("Y")
            await stage.sees("f shows it full width")
            await stage.press("f")
            await stage.sees("goes back", "eyJhbGciOiJSUzI1NiIs")
            await stage.press("escape", "enter")
            await stage.sees("sub", "goes back")

    async def test_to_a_file_for_its_owner_only_and_never_over_another(self, tmp_path: Path) -> None:
        file, other = tmp_path / "id-token", tmp_path / "other"
        other.write_text("precious")
        world = sandbox()
        async with on_stage(CognitoApp(world)) as stage:
            await looks_at_tokens(stage, world)
            await stage.press("w")
            await stage.sees("Write the ID token to a file")
            for path, problem in (
                ("", "must not be empty"),
                (str(other), "left as it is"),
                (f"{other}/x", "Not a"),
            ):
                await stage.press("ctrl+u")
                await stage.type(path)
                await stage.press("enter")
                await stage.sees(problem)
            await stage.press("ctrl+u")
            await stage.type(str(file))
            await stage.press("enter")
            await stage.sees("for your eyes only.")
        assert other.read_text() == "precious"
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert decode(Secret(file.read_text().strip())).claims["token_use"] == "id"
