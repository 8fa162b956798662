"""The colours: chosen from the palette, kept, taken up again, and told on the command line."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from textual.theme import BUILTIN_THEMES

from cognito_tui.tui.app import CognitoApp
from cognito_tui.tui.theme import DARK, LIGHT
from tests.parts import need
from tests.terminal import PATIENCE, Terminal, terminal
from tests.tui.stage import SMALL, Stage, on_stage
from tests.tui.worlds import STAGING, machine, sandbox

ALL = (DARK.name, LIGHT.name, *BUILTIN_THEMES)
OF_THE_TERMINAL = ("ansi-dark", "ansi-light")
"""Their colours are the terminal's sixteen, whatever those are."""


async def choose(stage: Stage, theme: str) -> None:
    await stage.press("ctrl+p")
    await stage.sees("Search for commands")
    await stage.type("theme")
    await stage.sees("Choose the colours")
    await stage.press("enter")
    await stage.sees("Search for themes")
    await stage.type(theme)
    await stage.sees(theme)
    await stage.settles()
    await stage.press("enter")
    await stage.sees_no_more("Search for themes")


@pytest.mark.parametrize("theme", ["cognito-light", "nord"])
async def test_a_theme_is_chosen_from_the_palette_and_kept(theme: str) -> None:
    kept: list[str] = []
    app = CognitoApp(machine(STAGING), keep_theme=kept.append)
    async with on_stage(app) as stage:
        await stage.sees("Selected profile")
        await choose(stage, theme)
        assert app.theme == theme
        await stage.settles()
    assert kept == [theme]


async def test_a_theme_that_there_is_not_is_a_sentence() -> None:
    async with on_stage(CognitoApp(machine(STAGING), theme="[/red]")) as stage:
        await stage.sees("There is no theme '[/red]'; this is cognito-dark.")
        assert stage.app.theme == DARK.name


async def test_every_theme_shows_the_first_place_and_a_sign_in() -> None:
    async with on_stage(CognitoApp(sandbox()), SMALL) as stage:
        await stage.sees("Who would you like to be?")
        first = await in_every_theme(stage)
        await stage.press("down", "enter")
        await stage.sees("over what you typed")
        await stage.press("enter")
        await stage.sees("NEW_PASSWORD_REQUIRED")
        form = await in_every_theme(stage)
    for pictures in (first, form):
        own = [picture for theme, picture in pictures.items() if theme not in OF_THE_TERMINAL]
        assert len(set(own)) == len(own), "no two look alike"
        assert not set(own) & {pictures[theme] for theme in OF_THE_TERMINAL}


async def in_every_theme(stage: Stage) -> dict[str, str]:
    """Pictures of the same state by their themes."""
    pictures = {}
    for theme in ALL:
        stage.app.theme = theme
        await stage.pilot.pause()
        pictures[theme] = stage.picture
    return pictures


GROUNDS = {"cognito-dark": "#12141B", "cognito-light": "#FAFAFB", "nord": "#2E3440", "gruvbox": "#282828"}


def on_the_screen(screen: Terminal) -> set[str]:
    """The themes whose ground is painted."""
    screen.sees("You have none yet")
    painted = screen.tmux("capture-pane", "-p", "-e")
    return {
        theme
        for theme, ground in GROUNDS.items()
        if "48;2;{};{};{}m".format(*bytes.fromhex(ground.removeprefix("#"))) in painted
    }


def started(*words: str, **environment: str) -> AbstractContextManager[Terminal]:
    """The app as anybody starts it."""
    need("tmux")
    passed = {name: os.environ[name] for name in ("HOME", "COGNITO_TUI_CONFIG_DIR", "PYTHON_KEYRING_BACKEND")}
    return terminal([sys.executable, "-m", "cognito_tui", *words], environment={**passed, **environment})


def test_the_choice_is_there_at_the_next_start_and_command_line_and_environment_beat_it(
    tmp_path: Path,
) -> None:
    settings = tmp_path / "config" / "settings.toml"
    with started() as screen:
        assert on_the_screen(screen) == {"cognito-dark"}
        screen.keys("C-p")
        screen.sees("Search for commands")
        screen.type("theme\r")
        screen.sees("Search for themes")
        screen.type("gruvbox")
        screen.sees("gruvbox")
        screen.keys("Down", "Enter")
        until(settings.exists)
        screen.keys("C-q")
        screen.ends_with(0)
    assert settings.read_text(encoding="utf-8").endswith('theme = "gruvbox"\n')
    for words, environment, theme in (
        ((), {}, "gruvbox"),
        ((), {"COGNITO_TUI_THEME": "nord"}, "nord"),
        (("--theme", "cognito-light"), {"COGNITO_TUI_THEME": "nord"}, "cognito-light"),
        (("--theme", "nope"), {}, "cognito-dark"),
    ):
        with started(*words, **environment) as screen:
            assert on_the_screen(screen) == {theme}
            if words == ("--theme", "nope"):
                screen.sees("There is no theme 'nope'")
    assert settings.read_text(encoding="utf-8").endswith('theme = "gruvbox"\n')


def until(condition: Callable[[], bool]) -> None:
    """Wait for what another process does."""
    end = time.monotonic() + PATIENCE
    while not condition() and time.monotonic() < end:
        time.sleep(0.03)
    assert condition()
