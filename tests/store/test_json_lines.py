"""Lines that several running apps append to one file."""

from __future__ import annotations

import resource
import signal
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

import pytest

from cognito_tui.store.errors import StoreError
from cognito_tui.store.json_lines import JsonLines

FIRST = b'{"line": 1}\n'
THEIRS = b'{"by": "them"}\n'


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "changes.jsonl"


@pytest.fixture
def ours(path: Path) -> Iterator[JsonLines]:
    path.write_bytes(FIRST)
    with JsonLines(path) as ours:
        yield ours


@pytest.fixture
def no_room() -> Iterator[None]:
    """There is room for a few bytes more, as on a full disk, until the end of the test."""
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (len(FIRST) + 5, limits[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, limits)


@pytest.mark.usefixtures("no_room")
def test_without_room_nothing_is_half_written(path: Path, ours: JsonLines) -> None:
    with pytest.raises(StoreError, match=r"could not be written: File too large"):
        ours.append([{"by": "us"}])
    assert path.read_bytes() == FIRST


@pytest.mark.usefixtures("no_room")
def test_half_a_line_does_not_take_along_what_another_program_appended(path: Path, ours: JsonLines) -> None:
    def room_again(_signal: int, _frame: FrameType | None) -> None:
        """What the system signals when a file may not grow: the write has failed, and is not yet told."""
        _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
        with path.open("ab") as file:
            file.write(THEIRS)

    before = signal.signal(signal.SIGXFSZ, room_again)
    try:
        with pytest.raises(StoreError):
            ours.append([{"by": "us"}])
    finally:
        signal.signal(signal.SIGXFSZ, before)
    ours.append([{"line": 2}])
    assert path.read_bytes() == FIRST + b'{"by"' + THEIRS + b'\n{"line": 2}\n'
