"""The file that generated passwords go to."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from cognito_tui.cognito.model import Secret
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
