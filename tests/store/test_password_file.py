"""The file that generated passwords go to, on a disk that fills up and after a run that broke off too."""

from __future__ import annotations

import contextlib
import resource
import secrets
import stat
from pathlib import Path

import pytest

from cognito_tui.cognito.model import Secret
from cognito_tui.cognito.new_password import new_password
from cognito_tui.cognito.password_policy import PasswordPolicy
from cognito_tui.store.errors import StoreError
from cognito_tui.store.password_file import PasswordFile


async def test_each_password_is_there_when_it_is_given_and_for_the_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "new.csv"
    made = iter(["one,1", "two"])
    file = PasswordFile(path, lambda: Secret(next(made)))
    assert (await file.password_for('a"na')).reveal() == "one,1"
    assert path.read_text(encoding="utf-8") == 'username,password\n"a""na","one,1"\n'
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    file.close()
    again = PasswordFile(path, lambda: Secret(next(made)), again=True)
    await again.password_for("ben")
    again.close()
    assert path.read_text(encoding="utf-8").endswith("ben,two\n")


def test_what_is_there_already_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "old.csv"
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(StoreError, match="is there already, and is left as it is"):
        PasswordFile(path, lambda: Secret("x"))
    assert path.read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("again", [False, True])
def test_a_directory_that_is_not_there_is_a_sentence(tmp_path: Path, again: bool) -> None:
    with pytest.raises(StoreError, match="cannot be made: No such file"):
        PasswordFile(tmp_path / "nowhere" / "x.csv", lambda: Secret("x"), again=again)


async def test_a_file_that_takes_no_more_is_a_sentence(tmp_path: Path) -> None:
    file = PasswordFile(tmp_path / "x.csv", lambda: Secret("x"))
    file.close()
    with pytest.raises(StoreError, match="cannot be written"):
        await file.password_for("ana")


async def test_a_formula_in_a_username_is_none_in_a_spreadsheet(tmp_path: Path) -> None:
    path = tmp_path / "passwords.csv"
    await added(path, "=cmd|' /C calc'!A0")
    assert path.read_text(encoding="utf-8").splitlines()[1].startswith("'=cmd|")


def made() -> Secret:
    return new_password(PasswordPolicy(), secrets.token_bytes)


async def added(path: Path, *usernames: str, again: bool = False) -> None:
    with contextlib.closing(PasswordFile(path, made, again=again)) as file:
        for each in usernames:
            await file.password_for(each)


async def test_without_room_no_line_is_half_written(tmp_path: Path) -> None:
    path = tmp_path / "passwords.csv"
    await added(path, "ana")
    before = path.read_bytes()
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    with contextlib.closing(PasswordFile(path, made, again=True)) as file:
        resource.setrlimit(resource.RLIMIT_FSIZE, (len(before) + 5, limits[1]))
        try:
            with pytest.raises(StoreError, match="File too large"):
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
