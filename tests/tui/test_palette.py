"""The palette offers what the keys of the moment do, and what has no key."""

from __future__ import annotations

from cognito_tui.tui.app import CognitoApp
from tests.tui.stage import SMALL, Stage, on_stage
from tests.tui.walks import choose
from tests.tui.worlds import machine, sandbox


async def search(stage: Stage, words: str) -> None:
    await stage.press("ctrl+p")
    await stage.sees("Search for commands")
    await stage.type(words)


async def test_what_a_key_does_now_is_offered_with_its_key_and_done() -> None:
    async with on_stage(CognitoApp(sandbox())) as stage:
        await choose(stage, "ana")
        await search(stage, "Show secrets")
        await stage.sees("Show secrets  F8")
        await stage.press("enter")
        await stage.sees("Ana-made-up-1")


async def test_what_a_key_would_do_elsewhere_is_not_offered() -> None:
    async with on_stage(CognitoApp(sandbox())) as stage:
        await choose(stage, "ana")
        await search(stage, "Delete")
        await stage.sees("No matches found")


async def test_dialogs_have_a_help_of_their_own_over_what_was_typed() -> None:
    async with on_stage(CognitoApp(sandbox()), SMALL) as stage:
        await stage.sees("Who would you like")
        await stage.press("enter")
        await stage.sees("SECRET_HASH")
        await stage.press("f2")
        await stage.sees("Web app")
        for key, title, words in (
            ("n", "New profile", "a name of your own"),
            ("i", "Import from AWS", "Nothing is changed at AWS"),
        ):
            await stage.press(key)
            await stage.sees(title)
            await stage.type("typed-before")
            await stage.press("f1")
            await stage.sees(words, "esc closes")
            await stage.press("f1")
            await stage.sees("typed-before")
            await stage.press("ctrl+u", "escape")
        await stage.press("f4")
        await stage.sees("Nobody is signed in")
        await stage.press("p", "f1")
        await stage.sees("sent nowhere", "esc closes")


async def test_help_and_the_other_places_are_a_word_away() -> None:
    async with on_stage(CognitoApp(sandbox())) as stage:
        await choose(stage, "ana")
        await search(stage, "Secret hash")
        await stage.sees("F6")
        await stage.press("enter")
        await stage.sees("Make a SECRET_HASH")
        await search(stage, "Help")
        await stage.press("enter")
        await stage.sees("Keys, here and now")
        await stage.resize(SMALL)
        assert "leave the app" not in stage.text
        await stage.press("end")
        await stage.sees("leave the app")
        await stage.press("home")
        await stage.sees("exactly the characters you type")


async def test_the_sandbox_is_entered_from_a_first_run() -> None:
    async with on_stage(CognitoApp(machine())) as stage:
        await stage.sees("You have none yet")
        await search(stage, "Sandbox")
        await stage.sees("Practise in a pool inside this program")
        await stage.press("enter")
        await stage.sees("Who would you like to be?")
