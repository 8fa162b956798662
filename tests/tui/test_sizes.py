"""Screens of other sizes than the two that are drawn, and sizes that change."""

from __future__ import annotations

import pytest

from cognito_tui.tui.app import CognitoApp
from tests.tui.stage import LARGE, SMALL, on_stage
from tests.tui.worlds import INHABITANTS, sandbox

TINY, HUGE = (60, 15), (220, 70)


@pytest.mark.parametrize("size", [TINY, HUGE], ids=["60x15", "220x70"])
async def test_a_stuck_user_is_set_free(size: tuple[int, int]) -> None:
    async with on_stage(CognitoApp(sandbox()), size) as stage:
        await stage.sees("Who would you like to be?")
        await stage.press(*["down"] * INHABITANTS.index("ben"), "enter")
        await stage.sees("USER_PASSWORD_AUTH")
        await stage.press("enter")
        await stage.sees("NEW_PASSWORD_REQUIRED")
        await stage.type("Correct-Horse7\tBen\t+351912345678\n")
        await stage.sees("copy the ID token")


async def test_what_is_typed_and_the_focus_outlive_every_size() -> None:
    async with on_stage(CognitoApp(sandbox())) as stage:
        await stage.sees("Who would you like to be?")
        await stage.press(*["down"] * INHABITANTS.index("ben"), "enter")
        await stage.sees("USER_PASSWORD_AUTH")
        await stage.press("enter")
        await stage.sees("NEW_PASSWORD_REQUIRED")
        await stage.type("Correct-Horse7\tBenedict")
        for size in (SMALL, TINY, (20, 6), HUGE, LARGE):
            await stage.pilot.resize_terminal(*size)
            await stage.settles()
            if size != (20, 6):
                assert "Benedict" in stage.text, size
        await stage.resize(SMALL)
        await stage.press("f3")
        await stage.sees("The conversation")
        await stage.press("f3")
        await stage.type("us")
        await stage.sees("Benedictus")
        await stage.type("\t+351912345678\n")
        await stage.sees("Signed in as ben")
