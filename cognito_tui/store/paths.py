"""Where things are on this machine. Asking makes nothing."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

APPLICATION: Final = "cognito-tui"


def config_dir(override: Path | None = None) -> Path:
    """Where the files are: `override` (`--config-dir`), else `COGNITO_TUI_CONFIG_DIR`, else as usual here."""
    if chosen := override or os.environ.get("COGNITO_TUI_CONFIG_DIR"):
        return Path(chosen)
    from platformdirs import user_config_path  # noqa: PLC0415 only where it is needed

    return user_config_path(APPLICATION)


def state_dir() -> Path:
    """Where journals are: `COGNITO_TUI_STATE_DIR`, else as usual here."""
    if chosen := os.environ.get("COGNITO_TUI_STATE_DIR"):
        return Path(chosen)
    from platformdirs import user_state_path  # noqa: PLC0415 only where it is needed

    return user_state_path(APPLICATION)


def profiles_file(config: Path) -> Path:
    """The profiles in the directory `config`."""
    return config / "profiles.toml"


def settings_file(config: Path) -> Path:
    """The settings in the directory `config`."""
    return config / "settings.toml"


def journals_dir() -> Path:
    """Where journals of bulk runs are."""
    return state_dir() / "bulk"


def changes_file() -> Path:
    """Where every admin change made from this machine is written down."""
    return state_dir() / "changes.jsonl"


def shown(path: Path) -> str:
    """`path` as a person reads it: `~` for their home directory."""
    home = os.path.expanduser("~")  # noqa: PTH111 Path.home() fails where there is none
    return f"~{str(path).removeprefix(home)}" if str(path).startswith(f"{home}/") else str(path)
