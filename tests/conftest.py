"""What every test stands on: a machine with nothing of its owner's in it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


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


_TERMINAL = {
    "TMUX",
    "DISPLAY",
    "WAYLAND_DISPLAY",
    "DBUS_SESSION_BUS_ADDRESS",
    "NO_COLOR",
    "COLORTERM",
    "VTE_VERSION",
}
