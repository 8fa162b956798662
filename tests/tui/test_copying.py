"""Copying from the app: what is said of it, and what is taken away again."""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pytest
from textual.timer import Timer

from cognito_tui.tui.app import CognitoApp
from cognito_tui.tui.copying import CLEARED_AFTER, Copying
from tests.tui.clipboards import TOOLS, StandIns
from tests.tui.stage import PATIENCE, Stage, on_stage
from tests.tui.worlds import sandbox

LOCAL: Final = {"DISPLAY": ":7"}
TOKEN: Final = "eyJ"
"""What a token begins with."""


@pytest.fixture
def tools(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> StandIns:
    """A clipboard of a screen of this machine, by a tool that does as xclip."""
    directory = tmp_path / "tools"
    directory.mkdir()
    monkeypatch.setenv("PATH", str(directory))
    tools = StandIns(directory)
    tools.install("xclip")
    return tools


class Patient(CognitoApp):
    """An app whose clipboard timers go off when the test says that the time has come."""

    def __init__(self, *words: Any, **options: Any) -> None:
        super().__init__(*words, **options)
        self.timers: list[tuple[Timer, Callable[[], Any]]] = []

    def set_timer(self, delay: float, callback: Any = None, **options: Any) -> Timer:
        timer = super().set_timer(delay, callback, **options)
        if delay == CLEARED_AFTER:
            self.timers.append((timer, callback))
        return timer

    async def copies(self, count: int) -> None:
        """Wait until so many copies are to be cleared."""
        async with asyncio.timeout(PATIENCE):
            while len(self.timers) < count:
                await asyncio.sleep(0.01)

    async def time_has_come(self, which: int) -> None:
        """The time of timer number `which`, unless it was stopped."""
        timer, callback = self.timers[which]
        if timer._task is not None:
            await callback()


async def ana_signs_in(stage: Stage) -> None:
    await stage.sees("Who would you like to be?")
    await stage.press("enter")
    await stage.sees("over what you typed")
    await stage.press("enter")
    await stage.sees("Signed in as ana", "as AdminGetUser has it now")


def held(tools: StandIns) -> str:
    return (tools.held or b"").decode()


async def test_a_token_is_cleared_when_its_time_is_over(tools: StandIns) -> None:
    app = Patient(sandbox(environment=LOCAL))
    async with on_stage(app) as stage:
        await ana_signs_in(stage)
        await stage.press("1")
        await stage.sees("Copied; cleared in 60 s.", "ID token")
        assert held(tools).startswith(TOKEN)
        assert held(tools) not in "".join(toast.message for toast in app._notifications)
        await app.time_has_come(0)
        await stage.sees("The clipboard was cleared.")
        assert held(tools) == ""


async def test_a_token_has_its_whole_time_though_another_was_copied_before_it(tools: StandIns) -> None:
    app = Patient(sandbox(environment=LOCAL))
    async with on_stage(app) as stage:
        await ana_signs_in(stage)
        await stage.press("1")
        await stage.sees("Copied; cleared")
        await stage.press("2")
        await app.copies(2)
        await app.time_has_come(0)
        assert held(tools).startswith(TOKEN)
        await app.time_has_come(1)
        assert held(tools) == ""


async def test_what_was_copied_since_is_left_alone(tools: StandIns) -> None:
    app = Patient(sandbox(environment=LOCAL))
    async with on_stage(app) as stage:
        await ana_signs_in(stage)
        await stage.press("1")
        await stage.sees("Copied; cleared in 60 s.")
        tools.hold("theirs")
        await app.time_has_come(0)
        assert held(tools) == "theirs"
        await stage.settles()
        assert "The clipboard was cleared" not in stage.text
    assert held(tools) == "theirs"


async def test_at_the_end_a_token_is_taken_away(tools: StandIns) -> None:
    async with on_stage(CognitoApp(sandbox(environment=LOCAL))) as stage:
        await ana_signs_in(stage)
        await stage.press("3")
        await stage.sees("Copied; cleared in 60 s.", "refresh token")
        assert held(tools) != ""
    assert held(tools) == ""


async def test_a_hash_stays_and_so_does_what_was_copied_before_it_from_elsewhere(tools: StandIns) -> None:
    app = Patient(sandbox(environment=LOCAL))
    async with on_stage(app) as stage:
        await stage.sees("Who would you like to be?")
        await stage.press("enter")
        await stage.sees("over what you typed")
        await stage.press("f9")
        await stage.sees("Copied.", "SECRET_HASH")
        assert app.timers == []
        assert len(held(tools)) == 44
    assert len(held(tools)) == 44


async def test_a_hash_copied_after_a_token_is_not_taken_for_it(tools: StandIns) -> None:
    app = Patient(sandbox(environment=LOCAL))
    async with on_stage(app) as stage:
        await ana_signs_in(stage)
        await stage.press("1")
        await stage.sees("Copied; cleared in 60 s.")
        await stage.press("f9")
        await stage.sees("Copied.")
        await app.time_has_come(0)
        assert len(held(tools)) == 44


async def test_the_key_that_shows_a_token_shows_the_one_that_was_copied(tools: StandIns) -> None:
    async with on_stage(CognitoApp(sandbox(environment={"SSH_TTY": "/dev/pts/1"}))) as stage:
        await ana_signs_in(stage)
        await stage.press("2")
        await stage.sees("Sent to your terminal", "it stays there", "v shows it")
        await stage.press("v")
        await stage.sees("access token ·", TOKEN, "goes back")


async def test_a_request_with_its_secrets_shown_is_copied_as_one_and_shown_by_a_key(tools: StandIns) -> None:
    async with on_stage(CognitoApp(sandbox(environment=LOCAL))) as stage:
        await ana_signs_in(stage)
        await stage.press("f8")
        await stage.sees("F8 masks")
        await stage.click("Request")
        await stage.sees('"PASSWORD": "Ana-made-up-1"')
        await stage.press("y")
        await stage.sees("Copied; cleared in 60 s.", "Request of InitiateAuth")
        assert "Ana-made-up-1" in held(tools)
        await stage.press("v")
        await stage.sees("Request of InitiateAuth ·", "goes back")
        await stage.press("escape")
        await stage.sees("The conversation")
    assert held(tools) == ""


async def test_nothing_is_claimed_of_a_terminal_that_takes_nothing(tools: StandIns) -> None:
    environment = {"VTE_VERSION": "7006", "SSH_TTY": "/dev/pts/1"}
    async with on_stage(CognitoApp(sandbox(environment=environment))) as stage:
        await ana_signs_in(stage)
        await stage.press("1")
        await stage.sees("takes no clipboard", "full width")
        assert "stays there" not in stage.text


async def test_the_same_once_more_shows_a_hash_and_not_a_token(tools: StandIns) -> None:
    async with on_stage(CognitoApp(sandbox(environment=LOCAL))) as stage:
        await ana_signs_in(stage)
        await stage.press("1", "1")
        await stage.settles()
        assert "goes back" not in stage.text
        await stage.press("f9", "f9")
        await stage.sees("SECRET_HASH ·", "goes back")


def test_the_end_waits_for_a_copy_under_way(tools: StandIns) -> None:
    """Else the value would arrive after the last look."""
    waits = '[ -e "$HERE/begun" ] || { : >"$HERE/begun"; read -r go <"$HERE/gate"; }'
    tools.install_as("xclip", f'case "$*" in *-in*) {waits};; esac; {TOOLS["xclip"]}')
    os.mkfifo(tools.directory / "gate")
    copying = Copying(LOCAL, lambda: 0.0)
    sent = threading.Thread(target=copying._copy_now, args=("a secret", lambda _sequence: None, True))
    sent.start()
    while not (tools.directory / "begun").exists():
        pass
    end = threading.Thread(target=copying.clear_now)
    end.start()
    (tools.directory / "gate").write_text("go\n")
    for thread in (sent, end):
        thread.join(30)
    assert [call.split()[-1] for call in tools.calls] == ["-in", "-out", "-in"]
    assert tools.held == b""
