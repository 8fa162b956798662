"""The app in a real terminal, from the first run on."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.parts import need
from tests.terminal import Terminal, gone, terminal

if TYPE_CHECKING:
    from tests.store.secret_service import SecretService

APP = [sys.executable, "-m", "cognito_tui"]
SIZES = [(80, 24), (120, 40)]


@pytest.fixture(autouse=True)
def needs_tmux() -> None:
    need("tmux")


@contextmanager
def sandbox() -> Iterator[dict[str, Any]]:
    """The sandbox in a process of its own; gives what it tells of itself."""
    server = subprocess.Popen(
        [*APP, "sandbox", "--json"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    assert server.stdout is not None
    try:
        yield json.loads(server.stdout.readline())
    finally:
        server.terminate()
        server.communicate(timeout=30)


@contextmanager
def app(*words: str, size: tuple[int, int] = (120, 40), **environment: str) -> Iterator[Terminal]:
    passed = {name: os.environ[name] for name in ("HOME", "COGNITO_TUI_CONFIG_DIR", "PYTHON_KEYRING_BACKEND")
              if name in os.environ}  # fmt: skip
    with terminal([*APP, *words], size, {**passed, **environment}) as screen:
        yield screen


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_a_stuck_user_is_set_free_by_keyboard_alone(size: tuple[int, int]) -> None:
    with app("demo", size=size) as screen:
        screen.sees("Who would you like to be?", "FORCE_CHANGE_PASSWORD")
        screen.keys("Down", "Enter")
        screen.sees("SECRET_HASH", "over what you typed")
        screen.keys("Enter")
        screen.sees("NEW_PASSWORD_REQUIRED", "given_name")
        screen.type("Correct-Horse7\tBen\t+351912345678\r")
        screen.sees("Signed in as ben", "CONFIRMED")
        screen.keys("C-q")
        screen.ends_with(0)


def test_and_by_mouse_alone_but_for_the_typing() -> None:
    with app("demo") as screen:
        screen.sees("Who would you like to be?")
        screen.click("ben")
        screen.sees("SECRET_HASH", "over what you typed", "InitiateAuth · preview")
        screen.click("Sign in  enter")
        screen.sees("NEW_PASSWORD_REQUIRED", "DescribeUserPool")
        screen.type("Correct-Horse7\tBen\t+351912345678")
        screen.click("Answer  enter")
        screen.sees("Signed in as ben", "as AdminGetUser has it now")
        screen.click("1 InitiateAuth")
        screen.sees("Exchange 1 · InitiateAuth")
        screen.click("curl")
        screen.sees("curl http://127.0.0.1", "--data-binary")
        screen.click("F6")
        screen.sees("Make a SECRET_HASH")
        screen.click("F2")
        screen.sees("Selected profile")
        screen.click("Portal")
        screen.sees("local_EmailPool", "What Cognito asks now")


def test_from_the_first_run_through_a_new_profile_to_tokens(
    secret_service: SecretService, tmp_path: Path
) -> None:
    with sandbox() as served:
        pool = served["pools"][0]
        client = pool["clients"][0]
        with app(DBUS_SESSION_BUS_ADDRESS=secret_service.address) as screen:
            screen.sees("You have none yet", "Secret Service")
            screen.keys("a")
            screen.sees("New profile")
            screen.type(f"first\t{pool['UserPoolId']}\t{client['ClientId']}\t\t")
            screen.paste(f"\n{client['ClientSecret']}\n")
            screen.keys("Tab", "Tab", "Tab", "Tab")
            screen.type(served["endpoint"])
            screen.click("Test the secret")
            screen.sees("Cognito accepted the hash")
            screen.click("Save  enter")
            screen.sees("Selected profile", "first", "keyring")
            screen.keys("Enter")
            screen.sees("What Cognito asks now", "secret: keyring")
            screen.type("ben\tBen-temporary-1\r")
            screen.sees("NEW_PASSWORD_REQUIRED", "given_name")
            screen.type("Correct-Horse7\tBen\t+351912345678\r")
            screen.sees("Signed in as ben", "CONFIRMED")
            screen.keys("C-q")
            screen.ends_with(0)
    file = tmp_path / "config" / "profiles.toml"
    text = file.read_text(encoding="utf-8")
    assert tomllib.loads(text)["profiles"]["first"] == {
        "user_pool_id": pool["UserPoolId"],
        "client_id": client["ClientId"],
        "endpoint_url": served["endpoint"],
        "has_secret": True,
    }
    assert client["ClientSecret"] not in text
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_name_and_a_password_in_one_burst_land_right() -> None:
    with app("demo") as screen:
        screen.sees("Who would you like to be?")
        screen.keys("Enter")
        screen.sees("InitiateAuth · preview")
        screen.keys("BTab")
        screen.keys("C-u")
        screen.sees("Type a username")
        screen.type("zzz-not-there-and-quite-long@example.com\tx\r")
        found = screen.sees("Incorrect username or password", "hash over zzz-not-there-and-qui")
        assert "NotAuthorizedException" in found


@pytest.mark.parametrize(("name", "status"), [("SIGTERM", 143), ("SIGHUP", 129)])
def test_a_signal_gives_the_terminal_back(name: str, status: int) -> None:
    with app("demo") as screen:
        screen.sees("Who would you like to be?")
        os.kill(screen.process, getattr(signal, name))
        screen.ends_with(status)
        assert "Who would you like" not in screen.screen, "the alternate screen is left"


def test_closing_the_terminal_ends_the_app() -> None:
    with terminal([*APP, "demo"]) as screen:
        screen.sees("Who would you like to be?")
        process = screen.process
        screen.close()
        assert gone(process)


def test_a_sigcont_out_of_the_blue_changes_nothing() -> None:
    with terminal([*APP, "demo"]) as screen:
        screen.sees("Who would you like to be?")
        os.kill(screen.process, signal.SIGCONT)
        screen.keys("Enter")
        screen.sees("Sign in to the pool")
        screen.keys("C-q")
        screen.ends_with(0)


def test_nothing_of_the_app_stays_in_the_scrollback() -> None:
    with app("demo") as screen:
        screen.sees("Who would you like to be?")
        screen.keys("C-q")
        screen.ends_with(0)
        assert "made up" not in screen.everything


CRASH = """
import sys
from textual.binding import Binding
from cognito_tui.cli.main import run
from cognito_tui.off_loop import off_loop
from cognito_tui.tui import app, messages

class Crashing(app.CognitoApp):
    BINDINGS = [Binding("f5", "crash", "Crash")]

    def boom(self, *_event, **_options):
        canary = "CANARY" + "-in-a-local-variable"
        parameters = {"SECRET_HASH": canary}
        raise RuntimeError("boom " + str(len(parameters)))

    async def booms(self):
        canary = "CANARY" + "-in-a-local-variable"
        self.boom(canary)

    def action_crash(self):
        WHERE

app.CognitoApp = Crashing
sys.exit(run(["demo"]))
"""


@pytest.mark.parametrize(
    "where",
    [
        "self.boom()",
        "self.run_worker(self.booms())",
        "self.run_worker(off_loop(None, self.boom))",
        "self.set_timer(0.01, self.boom)",
        "self.notify = self.boom; self.post_message(messages.GoTo('sign_in'))",
        "self.screen.compose = self.boom; self.call_later(self.screen.recompose)",
    ],
    ids=["action", "worker", "thread", "timer", "message", "compose"],
)
def test_a_crash_tells_no_local_variable_and_exits_non_zero(where: str) -> None:
    with terminal([sys.executable, "-c", CRASH.replace("WHERE", where)]) as screen:
        screen.sees("Who would you like to be?")
        screen.keys("F5")
        screen.ends_with(1)
        told = screen.everything
        assert "boom 1" in told
        assert "CANARY-in" not in told
        assert "Who would you like" not in screen.screen, "the alternate screen is left"


def test_what_textual_writes_down_for_debugging_is_written_only_for_debugging(tmp_path: Path) -> None:
    """Its log holds every key and every paste, in clear."""
    log = tmp_path / "textual.log"
    for debug, written in (("", False), ("1", True)):
        with app("demo", TEXTUAL="debug", TEXTUAL_LOG=str(log), COGNITO_TUI_DEBUG=debug) as screen:
            screen.sees("Who would you like to be?")
            screen.keys("Enter")
            screen.sees("What Cognito asks now")
            screen.paste("Sentinel-password-1")
            screen.sees("••••••••••")
            screen.keys("C-q")
            screen.ends_with(0)
        assert log.exists() == written
    assert "Sentinel-password-1" in log.read_text(encoding="utf-8")


def test_the_hash_is_copied_through_tmux_itself() -> None:
    with app("demo") as screen:
        screen.tmux("set", "-s", "set-clipboard", "external")
        screen.sees("Who would you like to be?")
        screen.keys("Enter")
        value = hash_on(screen.sees("over what you typed · F9 copies"))
        screen.keys("F9")
        screen.sees("Sent to your terminal through tmux")
        screen.keys("F9")
        screen.sees("goes back", value)


def test_and_it_arrives_at_the_terminal_around_tmux(tmp_path: Path) -> None:
    """With tmux's default settings, which drop OSC 52; the terminal around it is another tmux."""
    inner = ["tmux", "-S", str(tmp_path / "inner"), "-f", "/dev/null"]
    without = ["env", "-u", "TMUX", "TERM=xterm-256color"]
    with terminal([*without, *inner, "new-session", *APP, "demo"], (120, 41)) as screen:
        screen.tmux("set", "-s", "set-clipboard", "on")
        screen.sees("Who would you like to be?")
        screen.keys("Enter")
        value = hash_on(screen.sees("over what you typed · F9 copies"))
        screen.keys("F9")
        screen.sees("Sent to your terminal through tmux")
        assert screen.holds(value)
        buffers = subprocess.run([*inner, "list-buffers"], capture_output=True, text=True, check=True)
        assert buffers.stdout == ""
        screen.keys("C-q")
        screen.ends_with(0)


def test_a_terminal_that_takes_osc_52_gets_the_hash_and_shows_nothing_of_it() -> None:
    with terminal(["env", "-u", "TMUX", "TERM=xterm-256color", *APP, "demo"]) as screen:
        screen.tmux("set", "-s", "set-clipboard", "on")
        screen.sees("Who would you like to be?")
        screen.keys("Enter")
        before = screen.sees("over what you typed · F9 copies")
        screen.keys("F9")
        screen.sees("Sent to your terminal; paste to check")
        assert screen.holds(hash_on(before))
        assert "]52;" not in screen.everything


def hash_on(shown: str) -> str:
    value = re.search(r"[A-Za-z0-9+/]{43}=", shown)
    assert value is not None
    return value[0]


def test_a_keyring_that_never_answers_keeps_nobody_waiting(tmp_path: Path) -> None:
    """A back end that hangs for ever, as behind an unlock dialogue nobody sees."""
    ring = tmp_path / "keyring" / "backends" / "SecretService.py"
    config = tmp_path / "config"
    config.mkdir()
    (config / "profiles.toml").write_text(
        '[profiles.one]\nuser_pool_id = "eu-west-1_A"\nclient_id = "c"\nhas_secret = true\n', encoding="utf-8"
    )
    ring.parent.mkdir(parents=True)
    hanging = (
        "import time\n"
        "from cognito_tui.store.vault import KeyringVault\n"
        "KeyringVault.find = lambda *_: time.sleep(1000)\n"
        "KeyringVault.backend = lambda *_: time.sleep(1000)\n"
        "from cognito_tui.cli.main import run\n"
        "raise SystemExit(run([]))\n"
    )
    passed = {name: os.environ[name] for name in ("HOME", "COGNITO_TUI_CONFIG_DIR")}
    with terminal([sys.executable, "-c", hanging], environment=passed) as screen:
        screen.sees("Profiles", "eu-west-1_A", "asking the keyring")
        screen.keys("Enter")
        screen.sees("What Cognito asks now", "secret: …")
        screen.type("ana\tx\r")
        screen.sees("still being asked")
        screen.keys("C-q")
        screen.ends_with(0)
