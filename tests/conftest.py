"""What every test stands on: a machine with nothing of its owner's in it."""

from __future__ import annotations

import gc
import os
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.parts import need

if TYPE_CHECKING:
    from tests.store.secret_service import SecretService


gc.set_threshold(100_000)  # an app a test leaves garbage enough; looking for it more often takes a tenth


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--accept`."""
    parser.addoption("--accept", action="store_true", help="take what the scenes show now as right")


def pytest_xdist_auto_num_workers() -> int:
    """One more than there are processors: terminals, keyrings and clocks are waited for."""
    return (os.cpu_count() or 1) + 1


def pytest_collection_finish() -> None:
    """What is there before the first test stays: no collection of garbage need look at it again."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def clean_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No AWS settings, no keyring, no config of whoever runs the tests; no terminal variables either."""
    for name in list(os.environ):
        if name.startswith(("AWS_", "COGNITO_TUI_", "XDG_", "TEXTUAL", "SSH_")) or name in _TERMINAL:
            monkeypatch.delenv(name)
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("COGNITO_TUI_CONFIG_DIR", str(tmp_path / "config"))
    monkeypatch.setenv("COGNITO_TUI_STATE_DIR", str(tmp_path / "state"))
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")


@pytest.fixture
def secret_service(monkeypatch: pytest.MonkeyPatch) -> Iterator[SecretService]:
    """A private one with an unlocked collection, in this process's environment."""
    need("keyring")
    from tests.store.secret_service import SecretService  # noqa: PLC0415 it needs Linux

    with tempfile.TemporaryDirectory() as directory, SecretService.running(Path(directory)) as service:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", service.address)
        monkeypatch.delenv("PYTHON_KEYRING_BACKEND")
        yield service
    with warnings.catch_warnings():  # keyring closes no connection; not in the midst of another test
        warnings.simplefilter("ignore", ResourceWarning)
        gc.collect()


_TERMINAL = {
    "TMUX",
    "DISPLAY",
    "WAYLAND_DISPLAY",
    "DBUS_SESSION_BUS_ADDRESS",
    "NO_COLOR",
    "COLORTERM",
    "COLUMNS",
    "LINES",
    "VTE_VERSION",
}
