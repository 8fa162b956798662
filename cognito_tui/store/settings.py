"""Settings that outlive a run, in settings.toml."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cognito_tui.store.errors import StoreError
from cognito_tui.store.toml_file import LOCK_PATIENCE, TomlFile
from cognito_tui.store.toml_text import with_changes

HEADING: Final = "# Settings of cognito-tui.\n"


@dataclass(frozen=True)
class Settings:
    """What a person has chosen to last. None: not chosen."""

    theme: str | None = None


class SettingsFile:
    """Settings in a file that people may edit; see `cognito_tui.store.profiles.ProfileFile`."""

    def __init__(self, path: Path, *, patience: float = LOCK_PATIENCE) -> None:
        self._file = TomlFile(path, HEADING, patience)

    def load(self) -> tuple[Settings, str | None]:
        """The settings; when they cannot be read, the defaults and a sentence that says why. Never raises."""
        try:
            return self._settings(self._file.read()), None
        except StoreError as error:
            return Settings(), error.sentence

    def put(self, settings: Settings) -> None:
        """Keep `settings`.

        Raises:
            StoreError: nothing was changed; a damaged file is never written over.
        """

        def changed(text: str) -> str:
            if self._settings(text) == settings:
                return text
            return with_changes(text, (), {"theme": settings.theme})

        self._file.rewrite(changed)

    def _settings(self, text: str) -> Settings:
        theme = self._file.data(text).get("theme")
        if theme is not None and not isinstance(theme, str):
            raise self._file.damaged(text, ("theme",), "theme is not a string")
        return Settings(theme=theme or None)


def theme(command_line: str | None, settings: Settings, default: str) -> str:
    """The theme to show: the command line's, else `COGNITO_TUI_THEME`, else the settings', else `default`."""
    return command_line or os.environ.get("COGNITO_TUI_THEME") or settings.theme or default
