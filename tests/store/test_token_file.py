from __future__ import annotations

import stat
from pathlib import Path

import pytest

from cognito_tui.cognito.model import Secret
from cognito_tui.store.errors import StoreError
from cognito_tui.store.token_file import write_token

TOKEN = Secret("a.b.c")


def test_it_is_for_its_owner_only(tmp_path: Path) -> None:
    file = tmp_path / "token"
    write_token(file, TOKEN)
    assert file.read_text(encoding="utf-8") == "a.b.c\n"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_nothing_is_written_over(tmp_path: Path) -> None:
    file, link = tmp_path / "token", tmp_path / "link"
    file.write_text("precious", encoding="utf-8")
    link.symlink_to(file)
    dangling = tmp_path / "dangling"
    dangling.symlink_to(tmp_path / "nowhere")
    for path in (file, link, dangling, tmp_path):
        with pytest.raises(StoreError, match="left as it is"):
            write_token(path, TOKEN)
    assert file.read_text(encoding="utf-8") == "precious"
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.parametrize("name", ["none/token", "a\0b", "x" * 300])
def test_what_cannot_be_written_gets_a_sentence(tmp_path: Path, name: str) -> None:
    with pytest.raises(StoreError) as caught:
        write_token(tmp_path / name, TOKEN)
    assert caught.value.sentence.endswith(".")
    assert list(tmp_path.glob("token*")) == []
