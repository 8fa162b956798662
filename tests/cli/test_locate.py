"""`cognito-tui locate` says where things are, and makes none of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.running import here


def located(*options: str) -> dict[str, str]:
    ran = here("locate", *options)
    assert (ran.status, ran.err) == (0, "")
    return dict(line.split("\t") for line in ran.out.splitlines())


def test_the_option_comes_before_the_variable(tmp_path: Path) -> None:
    assert located("--config-dir", str(tmp_path / "elsewhere")) == {
        "profiles": str(tmp_path / "elsewhere" / "profiles.toml"),
        "settings": str(tmp_path / "elsewhere" / "settings.toml"),
        "state": str(tmp_path / "state"),
    }


def test_the_variables_come_before_what_is_usual_here(tmp_path: Path) -> None:
    assert located() == {
        "profiles": str(tmp_path / "config" / "profiles.toml"),
        "settings": str(tmp_path / "config" / "settings.toml"),
        "state": str(tmp_path / "state"),
    }


def test_what_is_usual_here_is_named_for_the_app(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("COGNITO_TUI_CONFIG_DIR")
    monkeypatch.delenv("COGNITO_TUI_STATE_DIR")
    found = located()
    assert Path(found["profiles"]).parent.name == "cognito-tui"
    assert all(path.startswith(str(tmp_path / "home")) for path in found.values())


def test_its_help_has_the_words_of_its_output() -> None:
    shown = here("locate", "--help").out
    assert [name for name in located() if name not in shown] == []


def test_nothing_is_made(tmp_path: Path) -> None:
    located()
    assert [each.name for each in tmp_path.iterdir()] == ["home"]


@pytest.mark.parametrize(
    "command",
    [
        ("profiles", "list"),
        ("secret-hash", "--username", "ana", "--profile", "web"),
        ("sign-in", "--username", "ana", "--profile", "web", "--answers", "-"),
    ],
)
def test_every_command_looks_where_it_says(tmp_path: Path, command: tuple[str, ...]) -> None:
    file = tmp_path / "elsewhere" / "profiles.toml"
    file.parent.mkdir()
    file.write_text("damaged")
    ran = here(*command, "--config-dir", str(file.parent), stdin="{}")
    assert (ran.status, ran.out) == (2, "")
    assert f"{file}, line 1" in ran.err
