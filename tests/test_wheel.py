"""The wheel holds every file of the package and nothing else."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parent.parent


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """What is needed to build, in a place where files may come and go."""
    copied = tmp_path / "copy"
    copied.mkdir()
    for name in ("pyproject.toml", "README.md", ".gitignore"):
        shutil.copy(REPOSITORY / name, copied)
    shutil.copytree(
        REPOSITORY / "cognito_tui", copied / "cognito_tui", ignore=shutil.ignore_patterns("__pycache__")
    )
    return copied


def package_files(repository: Path) -> set[str]:
    """The files of the package, by their paths."""
    return {
        file.relative_to(repository).as_posix()
        for file in (repository / "cognito_tui").rglob("*")
        if file.is_file() and "__pycache__" not in file.parts
    }


def wheel(repository: Path) -> set[str]:
    """The files in the wheel that is built from `repository`, without its metadata."""
    target = repository / "built"
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(target)]
    done = subprocess.run(
        command, cwd=repository, env=dict(os.environ), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    (built,) = target.glob("*.whl")
    names = set(zipfile.ZipFile(built).namelist())
    metadata = {name for name in names if name.split("/")[0].endswith(".dist-info")}
    assert {name.split("/")[1] for name in metadata} == {"METADATA", "WHEEL", "RECORD", "entry_points.txt"}
    return names - metadata


def test_every_file_of_the_package_and_nothing_else_is_in_the_wheel(copy: Path) -> None:
    assert {"cognito_tui/py.typed", "cognito_tui/tui/cognito_tui.tcss"} <= package_files(REPOSITORY)
    assert wheel(copy) == package_files(REPOSITORY)


def test_the_look_notices_a_file_that_was_added_and_one_that_is_missing(copy: Path) -> None:
    (copy / "cognito_tui" / "tui" / "more.tcss").touch()
    (copy / "cognito_tui" / "py.typed").unlink()
    assert wheel(copy) ^ package_files(REPOSITORY) == {
        "cognito_tui/tui/more.tcss",
        "cognito_tui/py.typed",
    }
