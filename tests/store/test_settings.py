"""Settings outlive a run, and never keep the app from starting."""

from __future__ import annotations

from pathlib import Path

import pytest

from cognito_tui.store.errors import DamagedFile
from cognito_tui.store.settings import HEADING, Settings, SettingsFile, theme


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "config" / "settings.toml"


def test_a_setting_outlives_the_run(path: Path) -> None:
    assert SettingsFile(path).load() == (Settings(), None)
    assert not path.exists()
    SettingsFile(path).put(Settings(theme="nord"))
    assert SettingsFile(path).load() == (Settings(theme="nord"), None)
    assert path.read_text() == HEADING + 'theme = "nord"\n'


def test_comments_and_unknown_keys_stay(path: Path) -> None:
    text = '# mine\ntheme = "nord"  # dark\nfont = 12\n\n[keys]\nquit = "q"\n'
    path.parent.mkdir()
    path.write_text(text)
    SettingsFile(path).put(Settings(theme="[/red]"))
    assert path.read_text() == text.replace("nord", "[/red]")
    SettingsFile(path).put(Settings())
    assert path.read_text() == text.replace('theme = "nord"  # dark\n', "")


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [("a = 1\ntheme = 3\n", 2, "theme is not a string"), ("theme: nord\n", 1, "this is not TOML")],
)
def test_a_damaged_file_gives_defaults_and_a_sentence_and_is_kept(
    path: Path, text: str, line: int, reason: str
) -> None:
    path.parent.mkdir()
    path.write_text(text)
    settings, problem = SettingsFile(path).load()
    assert settings == Settings()
    assert problem is not None
    assert problem.startswith(f"{path}, line {line}: {reason}")
    with pytest.raises(DamagedFile):
        SettingsFile(path).put(Settings(theme="nord"))
    assert path.read_text() == text


def test_what_cannot_be_read_gives_defaults_and_a_sentence(path: Path) -> None:
    path.mkdir(parents=True)
    assert SettingsFile(path).load() == (
        Settings(),
        f"{path} could not be read: Is a directory ({path}).",
    )


def test_the_command_line_beats_the_environment_beats_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    assert theme(None, Settings(), "usual") == "usual"
    assert theme(None, Settings(theme="file"), "usual") == "file"
    monkeypatch.setenv("COGNITO_TUI_THEME", "")
    assert theme(None, Settings(theme="file"), "usual") == "file"
    monkeypatch.setenv("COGNITO_TUI_THEME", "environment")
    assert theme(None, Settings(theme="file"), "usual") == "environment"
    assert theme("line", Settings(theme="file"), "usual") == "line"
