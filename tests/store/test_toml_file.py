"""A file of this room is changed whole or not at all, whoever else is at it and whatever happens."""

from __future__ import annotations

import os
import re
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from filelock import FileLock

from cognito_tui.store.errors import StoreError
from cognito_tui.store.profile import Profile
from cognito_tui.store.profiles import ProfileFile
from tests.store.writers import NEW, OLD, ROUNDS, SHARED

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "config" / "profiles.toml"


def writer(*arguments: str | Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.store.writers", *map(str, arguments)],
        cwd=ROOT,
        text=True,
        stdout=subprocess.PIPE,
    )


def test_killed_at_any_line_of_a_change_it_leaves_the_old_or_the_new_file_whole(path: Path) -> None:
    with writer("dying", path) as dying:
        out, _ = dying.communicate()
    assert dying.returncode == 0
    left = out.split()
    assert len(left) > 20
    assert set(left) == {"old", "new"}
    assert left == sorted(left, reverse=True), "once it is the new one it stays"
    assert ProfileFile(path).load() == (NEW,)
    assert {file.name for file in path.parent.iterdir()} == {"profiles.toml", ".profiles.toml.lock"}


def test_several_writers_lose_nothing_of_each_other(path: Path) -> None:
    ProfileFile(path).put(SHARED)
    with writer("busy", path, "one") as one, writer("busy", path, "two") as two:
        assert (one.wait(), two.wait()) == (0, 0)
    profiles = {profile.name: profile for profile in ProfileFile(path).load()}
    shared = profiles.pop("shared")
    assert (shared.aws_profile, shared.auth_flow) == (f"one {ROUNDS - 1}", f"two {ROUNDS - 1}")
    assert profiles.keys() == {f"{name}.{number}" for name in ("one", "two") for number in range(ROUNDS)}


def test_only_the_owner_may_read_what_is_written(path: Path) -> None:
    before = os.umask(0)
    try:
        ProfileFile(path).put(OLD)
        path.chmod(0o644)
        ProfileFile(path).put(NEW, replacing="x")
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert {file.name: stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()} == {
        "profiles.toml": 0o600,
        ".profiles.toml.lock": 0o600,
    }


@pytest.mark.parametrize("there", [True, False], ids=["to a file", "to nothing yet"])
def test_a_symbolic_link_is_followed(path: Path, tmp_path: Path, there: bool) -> None:
    target = tmp_path / "dotfiles" / "mine.toml"
    if there:
        ProfileFile(target).put(OLD)
    path.parent.mkdir()
    path.symlink_to("../dotfiles/mine.toml")
    ProfileFile(path).put(Profile("new", "x_1", "c"))
    assert path.is_symlink()
    assert not target.is_symlink()
    assert len(ProfileFile(target).load()) == 1 + there


def test_a_link_that_leads_nowhere_is_reported(path: Path) -> None:
    path.parent.mkdir()
    path.symlink_to(path)
    with pytest.raises(StoreError, match=re.escape(f"{path} could not be read: ")):
        ProfileFile(path).load()


def test_a_lock_held_too_long_is_reported(path: Path) -> None:
    file = ProfileFile(path, patience=0.1)
    file.put(OLD)
    with FileLock(path.with_name(".profiles.toml.lock")):
        with pytest.raises(StoreError) as caught:
            file.put(NEW, replacing="x")
        assert file.load() == (OLD,), "reading needs no lock"
    assert caught.value.sentence == (
        f"{path} was not changed: another program has been changing it for 0.1 s."
    )
    file.put(NEW, replacing="x")


def test_a_file_where_the_directory_should_be_is_reported(path: Path) -> None:
    path.parent.touch()
    file = ProfileFile(path)
    with pytest.raises(StoreError, match=re.escape(f"{path} could not be read: Not a directory")):
        file.load()
    with pytest.raises(StoreError, match=re.escape(f"{path} was not changed: File exists ({path.parent})")):
        file.put(OLD)


def test_a_directory_where_the_file_should_be_is_reported(path: Path) -> None:
    path.mkdir(parents=True)
    file = ProfileFile(path)
    for change in (file.load, lambda: file.put(OLD)):
        with pytest.raises(StoreError, match="could not be read: Is a directory"):
            change()


def test_a_read_only_directory_is_reported_to_its_owner(path: Path) -> None:
    path.parent.mkdir(mode=0o500)
    if os.access(path.parent, os.W_OK):
        pytest.skip("root may write anywhere")
    with pytest.raises(StoreError, match=re.escape(f"{path} was not changed: Permission denied")):
        ProfileFile(path).put(OLD)


@pytest.mark.skipif(
    not Path("/sys/kernel").exists(), reason="needs a directory that even root cannot write to"
)
def test_a_read_only_directory_is_reported_to_anyone() -> None:
    with pytest.raises(StoreError, match=r"/sys/profiles\.toml was not changed: \w+"):
        ProfileFile(Path("/sys/profiles.toml")).put(OLD)


def test_a_full_disk_is_reported_and_leaves_the_old_file(path: Path) -> None:
    ProfileFile(path).put(OLD)
    with writer("cramped", path) as cramped:
        out, _ = cramped.communicate()
    assert out == f"{path} was not changed: File too large.\n"
    assert ProfileFile(path).load() == (OLD,)
    assert not path.with_name(".profiles.toml.new").exists()


def test_what_changes_nothing_writes_nothing(path: Path) -> None:
    file = ProfileFile(path)
    file.put(OLD)
    before = path.stat()
    file.put(OLD, replacing="x")
    assert (path.stat().st_ino, path.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
