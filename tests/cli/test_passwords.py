"""The file of generated passwords, on a disk that fills up and after a run that broke off."""

from __future__ import annotations

import contextlib
import resource
from pathlib import Path

import pytest

from cognito_tui.cli.passwords import PasswordFile
from cognito_tui.cognito.password_policy import PasswordPolicy


async def added(path: Path, *usernames: str, again: bool = False) -> None:
    with contextlib.closing(PasswordFile(path, PasswordPolicy(), again=again)) as file:
        for each in usernames:
            await file.password_for(each)


async def test_without_room_no_line_is_half_written(tmp_path: Path) -> None:
    path = tmp_path / "passwords.csv"
    await added(path, "ana")
    before = path.read_bytes()
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    with contextlib.closing(PasswordFile(path, PasswordPolicy(), again=True)) as file:
        resource.setrlimit(resource.RLIMIT_FSIZE, (len(before) + 5, limits[1]))
        try:
            with pytest.raises(OSError, match="File too large"):
                await file.password_for("ben")
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert path.read_bytes() == before


@pytest.mark.parametrize("left", ["username,password\n", "username,password\nana,Ab", ""])
async def test_a_run_that_is_gone_on_with_begins_a_line(tmp_path: Path, left: str) -> None:
    path = tmp_path / "passwords.csv"
    path.write_text(left)
    await added(path, "ben", again=True)
    *kept, last = path.read_text().splitlines()
    assert kept == left.splitlines()
    assert last.startswith("ben,")
