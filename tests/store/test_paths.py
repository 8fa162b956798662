"""Where things are, and what is loaded to know it."""

from __future__ import annotations

from pathlib import Path

import pytest

from cognito_tui.store.paths import config_dir, profiles_file, settings_file, state_dir
from tests.test_layers import loaded_by


def test_the_command_line_beats_the_environment_beats_the_usual(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COGNITO_TUI_CONFIG_DIR", str(tmp_path / "c"))
    monkeypatch.setenv("COGNITO_TUI_STATE_DIR", str(tmp_path / "s"))
    assert config_dir(tmp_path / "given") == tmp_path / "given"
    assert config_dir() == tmp_path / "c"
    assert state_dir() == tmp_path / "s"
    for name in ("COGNITO_TUI_CONFIG_DIR", "COGNITO_TUI_STATE_DIR"):
        monkeypatch.setenv(name, "")
    assert config_dir().name == state_dir().name == "cognito-tui"
    assert config_dir().is_relative_to(Path.home())
    assert [each.name for each in tmp_path.iterdir()] == ["home"], "asking makes nothing"
    assert not any((tmp_path / "home").iterdir())


def test_the_files_are_in_the_directory_of_the_configuration() -> None:
    assert profiles_file(Path("c")) == Path("c/profiles.toml")
    assert settings_file(Path("c")) == Path("c/settings.toml")


HEAVY = {"keyring", "tomlkit", "platformdirs", "filelock", "asyncio", "secretstorage", "jeepney"}


@pytest.mark.parametrize(
    "code",
    [
        "import cognito_tui.store.profiles, cognito_tui.store.vault, cognito_tui.store.paths, "
        "cognito_tui.store.settings, cognito_tui.store.patience",
        "from cognito_tui.store.profiles import *; ProfileFile(Path('none')).load()",
        "from cognito_tui.store.settings import *; SettingsFile(Path('none')).load()",
    ],
    ids=["importing", "reading profiles", "reading settings"],
)
def test_nothing_heavy_is_loaded_before_it_is_needed(code: str) -> None:
    assert loaded_by(code) & HEAVY == set()


def test_the_scan_sees_what_is_loaded() -> None:
    vault = "from cognito_tui.store.vault import KeyringVault; KeyringVault().backend()"
    assert "keyring" in loaded_by(vault)
