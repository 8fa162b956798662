"""Parts of a machine that the fuller tests need. A missing one skips on a user's machine and fails in CI."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from typing import Final

import pytest

COMMANDS: Final[Mapping[str, tuple[str, ...]]] = {
    "keyring": ("gnome-keyring-daemon", "dbus-daemon", "secret-tool"),
    "tmux": ("tmux",),
    "xclip": ("xclip", "Xvfb"),
    "bash": ("bash",),
    "curl": ("curl",),
}
"""Each part and the commands it is made of."""

REQUIRED: Final = frozenset(filter(None, os.environ.get("COGNITO_TUI_TESTS_REQUIRE", "").split(",")))
"""Parts whose absence is a failure; read before the tests clean the environment."""


def need(part: str) -> None:
    """Skip the test when `part` is not on this machine, or fail it when CI says that it must be."""
    missing = [command for command in COMMANDS[part] if not shutil.which(command)]
    if not missing:
        return
    reason = f"needs {part}: {', '.join(missing)} not found"
    if part in REQUIRED:
        pytest.fail(reason)
    pytest.skip(reason)
