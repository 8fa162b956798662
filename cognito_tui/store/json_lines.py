"""A file of JSON objects, one a line, that only ever grows: what was written stays, whatever happens next."""

from __future__ import annotations

import contextlib
import json
import os
import threading
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final, Self

from cognito_tui.store.errors import DamagedFile, StoreError
from cognito_tui.store.paths import shown

_CLOSED: Final = -1
"""In place of a file's number, which the system gives to the next file."""


class JsonLines:
    """The file at `path`, opened to append; its owner's alone. May be used from several threads.

    Raises:
        FileExistsError: `new`, and there is one.
        StoreError: the system does not let it be opened.
    """

    def __init__(self, path: Path, *, new: bool = False) -> None:
        self.path = path
        self._lock = threading.Lock()
        try:
            make_directory(path.parent)
            flags = os.O_RDWR | os.O_APPEND | os.O_CREAT | (os.O_EXCL if new else 0)
            self._file = os.open(path, flags | getattr(os, "O_CLOEXEC", 0), 0o600)
        except FileExistsError:
            if new:
                raise
            raise StoreError(f"{shown(path)} could not be opened: it is in the way of a directory.") from None
        except OSError as error:
            raise StoreError(f"{shown(path)} could not be opened: {error.strerror}.") from None

    def append(self, lines: Iterable[Mapping[str, Any]]) -> None:
        """Write `lines`, all of them or none. They survive this process, not yet the machine: see `sync`.

        Raises:
            StoreError: there is no room, or the file is gone.
        """
        content = b"".join(json.dumps(line).encode("ascii") + b"\n" for line in lines)
        with self._lock:
            end = os.lseek(self._file, 0, os.SEEK_END)
            left = memoryview(content)
            try:
                while left:
                    left = left[os.write(self._file, left) :]
            except OSError as error:
                self._take_back(end, len(content) - len(left))
                raise StoreError(f"{shown(self.path)} could not be written: {error.strerror}.") from None

    def _take_back(self, end: int, written: int) -> None:
        """Half a line must not be what the next is glued to; what others have appended meanwhile stays."""
        with contextlib.suppress(OSError):
            if os.fstat(self._file).st_size == end + written:
                os.ftruncate(self._file, end)
            elif written:
                os.write(self._file, b"\n")

    def sync(self) -> None:
        """Wait until all that was written is on the disk.

        Raises:
            StoreError: it does not get there.
        """
        try:
            os.fsync(self._file)
        except OSError as error:
            raise StoreError(f"{shown(self.path)} could not be written: {error.strerror}.") from None

    def end_last_line(self) -> None:
        """Give a last line that was torn when its writer died an end, where others may be writing too."""
        with self._lock:
            size = os.lseek(self._file, 0, os.SEEK_END)
            if _end_of_last_line(self._file, size) != size:
                os.write(self._file, b"\n")

    def mend(self) -> None:
        """Take away a last line that was torn when its writer died. Only where nobody else writes."""
        with self._lock:
            size = os.lseek(self._file, 0, os.SEEK_END)
            whole = _end_of_last_line(self._file, size)
            if whole != size:
                os.ftruncate(self._file, whole)

    def close(self) -> None:
        """Let go of the file; what is written from now on fails. May be called twice."""
        if self._file != _CLOSED:
            os.close(self._file)
            self._file = _CLOSED

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()


def lines_of(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """The objects in the file at `path`, each with the number of its line. A torn last line is left out.

    Raises:
        DamagedFile: another line is no JSON object.
        StoreError: there is no such file, or the system does not let it be read.
    """
    try:
        with path.open("rb") as file:
            for number, line in enumerate(file, 1):
                if line.endswith(b"\n"):
                    yield number, _object(path, number, line)
    except OSError as error:
        raise StoreError(f"{shown(path)} could not be read: {error.strerror}.") from None


def make_directory(directory: Path) -> None:
    """Make `directory` and what is missing above it, for its owner alone."""
    for each in (*reversed(directory.parents), directory):
        with contextlib.suppress(FileExistsError):
            each.mkdir(mode=0o700)


def sync_directory(directory: Path) -> None:
    """Make the names in `directory` outlive the machine, where the system can."""
    with contextlib.suppress(OSError):
        file = os.open(directory, os.O_RDONLY)
        try:
            os.fsync(file)
        finally:
            os.close(file)


def _object(path: Path, number: int, line: bytes) -> dict[str, Any]:
    try:
        found = json.loads(line.decode())
    except UnicodeDecodeError:
        raise DamagedFile(path, number, "this is not text in UTF-8") from None
    except (ValueError, RecursionError):
        raise DamagedFile(path, number, "this is not JSON") from None
    if not isinstance(found, dict):
        raise DamagedFile(path, number, "this is not a JSON object")
    return found


_BLOCK = 4096


def _end_of_last_line(file: int, size: int) -> int:
    """Where the last line break of the file ends; 0 when there is none."""
    end = size
    while end:
        begin = max(0, end - _BLOCK)
        os.lseek(file, begin, os.SEEK_SET)
        found = os.read(file, end - begin).rfind(b"\n")
        if found >= 0:
            return begin + found + 1
        end = begin
    return 0
