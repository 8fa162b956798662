"""What the first paint does not need is loaded after it. Each look is in a process of its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

LATER: Final = frozenset(
    {"boto3", "botocore", "keyring", "jwt", "tomlkit", "requests", "cryptography", "pygments"}
)

ON_THIS_MACHINE: Final = """
from pathlib import Path
from cognito_tui.store.profiles import ProfileFile
SHOWS = "eu-west-1_Kq3TzV9aB"
from cognito_tui.store.vault import KeyringVault
from cognito_tui.tui.world import World
world = World(ProfileFile(Path("profiles.toml")), KeyringVault(), {})
"""

IN_THE_SANDBOX: Final = """
from cognito_tui.tui.practice import practice_world
SHOWS = "FORCE_CHANGE_PASSWORD"
world = practice_world({})
"""

FIRST_PAINT: Final = """
import asyncio, sys
from cognito_tui.tui.app import CognitoApp

class Looking(CognitoApp):
    def _display(self, screen, renderable):
        super()._display(screen, renderable)
        if SHOWS in "".join(strip.text for strip in screen._compositor.render_strips(self.size)):
            print(*sorted({name.split(".")[0] for name in sys.modules}))
            self.exit()

app = Looking(world)
app.run(headless=True)
sys.exit(app.return_code)
"""


def loaded(world: str, beforehand: str = "") -> set[str]:
    """The packages that a fresh Python, which ran `beforehand`, has loaded at the app's first paint."""
    program = [sys.executable, "-c", beforehand + world + FIRST_PAINT]
    done = subprocess.run(program, check=False, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return set(done.stdout.split())


@pytest.fixture(autouse=True)
def profile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One whose secret is in the keyring, which is asked after the paint."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "profiles.toml").write_text(
        '[profiles.staging]\nuser_pool_id = "eu-west-1_Kq3TzV9aB"\nclient_id = "c"\nhas_secret = true\n',
        encoding="utf-8",
    )


@pytest.mark.parametrize("world", [ON_THIS_MACHINE, IN_THE_SANDBOX], ids=["this machine", "sandbox"])
def test_the_first_paint_loads_nothing_that_can_wait(world: str) -> None:
    seen = loaded(world)
    assert "textual" in seen
    assert seen & LATER == set()


def test_the_look_notices_an_import_that_was_added() -> None:
    """Each package in turn would cost a process; the packages are told apart by name alone."""
    added = "\n".join(f"import {package}" for package in sorted(LATER))
    assert loaded(ON_THIS_MACHINE, added) & LATER == LATER
