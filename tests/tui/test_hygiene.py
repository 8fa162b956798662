"""After a whole sign-in no secret is where one could come upon it: in the files, in a log, on the screen."""

from __future__ import annotations

import io
import logging
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from typing import Any, Final

import pytest
from rich.console import Console
from textual.app import App
from textual.widgets import Input, Static
from textual.worker import Worker
from textual.worker_manager import WorkerManager

from cognito_tui.cognito.model import Secret
from cognito_tui.sandbox.sandbox import Sandbox
from cognito_tui.tui.app import CognitoApp
from cognito_tui.tui.practice import practice_world
from cognito_tui.tui.widgets.inputs import SecretInput
from cognito_tui.tui.widgets.signed_in import SignedIn
from tests.scenes import SCENES
from tests.tui import picture
from tests.tui.stage import SMALL, Stage, on_stage
from tests.tui.worlds import MADE_UP_SECRET, MOBILE, STAGING, Clock, machine, sandbox, signing_key

SECRET: Final = "SentinelClientSecretSentinelClientSecret"
PASSWORD: Final = "Sentinel-temporary-1"
NEW_PASSWORD: Final = "Sentinel-new-password-1"
SCREENSHOTS: Final = Path(__file__).parent.parent.parent / "screenshots"


class Noted(CognitoApp):
    """An app that writes down what it tells the person."""

    def __init__(self, *words: Any, **options: Any) -> None:
        super().__init__(*words, **options)
        self.told: list[str] = []

    def notify(self, message: str, **options: Any) -> None:
        self.told.append(f"{options.get('title', '')} {message}")
        super().notify(message, **options)


@dataclass
class Run:
    """A run of the app, and all that it leaves behind."""

    stage: Stage
    app: Noted
    logged: pytest.LogCaptureFixture
    workers: list[Worker[Any]]
    directory: Path
    sentinels: set[str]

    def found(self) -> dict[str, set[str]]:
        """The sentinels in each part of it, where there are any."""
        found = {
            "logs": self.found_in(self.logged.text, *(repr(vars(each)) for each in self.logged.records)),
            "workers": self.found_in(*(f"{each!r} {each.name} {each.description}" for each in self.workers)),
            "notifications": self.found_in(*self.app.told),
            "tree": self.found_in(rendered(self.app.tree), rendered(self.app.css_tree)),
            "widgets": self.found_in(
                *(
                    repr(node) + rendered(node)
                    for screen in self.app.screen_stack
                    for node in [screen, *screen.walk_children()]
                    if node.is_attached
                )
            ),
            "screen": self.found_in(self.app.export_screenshot(), picture.text(self.stage.picture)),
            "files": self.found_in(
                *(
                    str(file) + (file.read_bytes().decode(errors="replace") if file.is_file() else "")
                    for file in self.directory.rglob("*")
                )
            ),
        }
        return {where: what for where, what in found.items() if what}

    def found_in(self, *texts: str) -> set[str]:
        return {sentinel for sentinel in self.sentinels for text in texts if sentinel in text}


def rendered(tree: object) -> str:
    out = io.StringIO()
    Console(file=out, width=1000).print(tree)
    return out.getvalue()


@pytest.fixture
def workers(monkeypatch: pytest.MonkeyPatch) -> list[Worker[Any]]:
    """Every worker that is started."""
    started: list[Worker[Any]] = []
    add = WorkerManager.add_worker

    def added(self: WorkerManager, worker: Worker[Any], *words: Any, **options: Any) -> None:
        started.append(worker)
        add(self, worker, *words, **options)

    monkeypatch.setattr(WorkerManager, "add_worker", added)
    return started


@pytest.fixture
def directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Below it is every directory that a program may write to."""
    for variable in ("TMPDIR", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DOWNLOAD_DIR", "XDG_DATA_HOME"):
        (tmp_path / variable).mkdir()
        monkeypatch.setenv(variable, str(tmp_path / variable))
    for variable in ("COGNITO_TUI_CONFIG_DIR", "COGNITO_TUI_STATE_DIR"):
        monkeypatch.delenv(variable)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def app() -> Noted:
    """In a sandbox whose first client has the sentinel for a secret, and `ben` one for a password."""
    sandbox = Sandbox(clock=Clock(), token_bytes=Random(7).randbytes, signing_key=signing_key())
    world = practice_world({}, sandbox)
    pool = next(pool for pool in sandbox.state.pools.values() if pool.find("ben"))
    ben = pool.find("ben")
    assert ben is not None
    pool.put(replace(ben, passwords=(Secret(PASSWORD),)))
    web = next(profile for profile in world.profiles.load() if profile.name == "Web app")
    pool.clients[web.client_id] = replace(pool.clients[web.client_id], secrets=(Secret(SECRET),))
    world.vault.keep(web.item(), Secret(SECRET))
    return Noted(world)


async def ben_is_set_free(run: Run) -> None:
    """With a refused password and a wrong secret on the way, and each token copied."""
    stage = run.stage
    await stage.sees("Who would you like to be?")
    await stage.press("down", "enter")
    await stage.sees("SECRET_HASH", "over what you typed")
    await stage.press("ctrl+u")
    await stage.type(f"{PASSWORD}x\n")
    await stage.sees("Incorrect username or password")
    await stage.press("e")
    await stage.sees("What Cognito asks now")
    await stage.press("backspace", "enter")
    await stage.sees("NEW_PASSWORD_REQUIRED")
    await stage.paste(f"{NEW_PASSWORD}\n")
    await stage.type("\tBen\t+351912345678\n")
    await stage.sees("Signed in as ben", "as AdminGetUser has it now")
    tokens = run.app.screen.query_one(SignedIn)._tokens
    run.sentinels |= {token.reveal() for name in tokens.result if (token := tokens.token(name))}
    for key in "123":
        await stage.press(key)
    await stage.sees("refresh token", "Sent to your terminal")
    await stage.press("f2", "down", "down", "down", "e")
    await stage.sees("kept already")
    await stage.press("tab", "tab", "tab", "tab")
    await stage.paste(f"{SECRET}\n")
    await stage.settles()


async def test_after_a_whole_sign_in_no_sentinel_is_to_be_found_but_when_it_is_planted(
    app: Noted, caplog: pytest.LogCaptureFixture, workers: list[Worker[Any]], directory: Path
) -> None:
    caplog.set_level(logging.DEBUG)
    async with on_stage(app) as stage:
        run = Run(stage, app, caplog, workers, directory, {SECRET, PASSWORD, NEW_PASSWORD})
        await ben_is_set_free(run)
        assert len(run.sentinels) == 6
        assert run.found() == {}

        logging.getLogger("botocore.endpoint").info("sent %s", SECRET)
        assert run.found() == {"logs": {SECRET}}
        run.app.run_worker(nothing(), description=f"flow({PASSWORD!r})")
        assert run.found() == {"logs": {SECRET}, "workers": {PASSWORD}}
        run.app.notify(f"Your new password is {NEW_PASSWORD}")
        (directory / "home" / "notes.txt").write_text(f"do not forget {PASSWORD}")
        await app.screen.mount(Static(id=SECRET))
        await stage.press("f8")
        await stage.settles()
        assert set(run.found()) == {"logs", "workers", "notifications", "tree", "widgets", "screen", "files"}


async def nothing() -> None:
    """A worker's work."""


@pytest.mark.parametrize("scene", [scene.name for scene in SCENES])
def test_no_picture_shows_a_password_but_the_list_of_those_that_are_made_up(scene: str) -> None:
    shown = picture.text((SCREENSHOTS / f"{scene}-120x36.svg").read_text(encoding="utf-8"))
    passwords = {"Ana-made-up-1", "Ben-temporary-1", "Correct-Horse7", MADE_UP_SECRET.reveal()}
    listed = {"Ana-made-up-1", "Ben-temporary-1"} if scene == "inhabitants" else set()
    assert {each for each in passwords if each in shown} == listed


def titles(app: App[Any]) -> set[str]:
    return {command.title.split("  ")[0] for command in app.get_system_commands(app.screen)}


async def test_nothing_that_writes_the_screen_to_a_file_can_be_reached() -> None:
    async with on_stage(CognitoApp(machine(STAGING, MOBILE))) as stage:
        await stage.sees("Selected profile")
        for place in ("f2", "f6"):
            await stage.press(place)
            await stage.settles()
            actions = {active.binding.action for active in stage.app.screen.active_bindings.values()}
            assert not {name for name in titles(stage.app) | actions if "screenshot" in name.lower()}
            await stage.press("ctrl+p")
            await stage.settles()
            await stage.type("screenshot")
            await stage.sees("No matches found")
            await stage.press("escape")
            await stage.settles()
    async with App[None]().run_test() as pilot:
        assert "Screenshot" in titles(pilot.app), "the same look finds Textual's own"


async def test_every_field_that_is_masked_is_one_that_gives_nothing_back() -> None:
    seen = set()
    for name in ("new-password", "secret-hash-empty", "secret-unavailable"):
        scene = next(scene for scene in SCENES if scene.name == name)
        for app in scene.begin():
            async with on_stage(app, SMALL) as stage:
                await scene.play(stage)
                masked = [field for field in app.screen.query(Input) if field.password]
                assert masked
                assert all(isinstance(field, SecretInput) for field in masked)
                seen |= set(masked)
    assert len(seen) >= 4


@pytest.mark.parametrize("shown", [False, True])
async def test_a_password_cannot_be_taken_out_of_its_field_even_while_it_is_shown(shown: bool) -> None:
    app = CognitoApp(sandbox())
    async with on_stage(app) as stage:
        await stage.sees("Who would you like to be?")
        await stage.press("enter")
        await stage.sees("What Cognito asks now", "preview")
        if shown:
            await stage.press("f8")
            await stage.sees("F8 masks")
        await stage.press("shift+home", "ctrl+c", "ctrl+x", "ctrl+c")
        await stage.settles()
        assert app.clipboard == ""
        assert app.screen.query_one("#password", SecretInput).secret == Secret("Ana-made-up-1")
