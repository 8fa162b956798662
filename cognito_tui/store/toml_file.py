"""A TOML file that people and several running apps change: read as it is, changed whole or not at all."""

from __future__ import annotations

import contextlib
import os
import re
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from cognito_tui.store.errors import DamagedFile, StoreError
from cognito_tui.store.paths import shown
from cognito_tui.store.toml_text import NOT_TOML, NotEditable, line_of, line_refused

LOCK_PATIENCE: Final = 5.0
"""Seconds that a change waits for another program's change to end."""


class TomlFile:
    """The file at `path`, which need not be there. A symbolic link is followed, never replaced.

    `heading` is the comment that a new file begins with.
    """

    def __init__(self, path: Path, heading: str, patience: float = LOCK_PATIENCE) -> None:
        self.path = path
        self._heading = heading
        self._patience = patience

    def read(self) -> str:
        """The text; empty when there is no file.

        Raises:
            DamagedFile: it is not UTF-8.
            StoreError: the system does not let it be read.
        """
        try:
            return self.path.read_bytes().decode()
        except FileNotFoundError:
            return ""
        except UnicodeDecodeError as error:
            line = error.object.count(b"\n", 0, error.start) + 1
            raise DamagedFile(self.path, line, "this is not text in UTF-8") from None
        except OSError as error:
            raise StoreError(f"{shown(self.path)} could not be read: {_reason(error)}.") from None

    def data(self, text: str) -> dict[str, Any]:
        """What `text`, as it was read, says.

        Raises:
            DamagedFile: it is not TOML.
        """
        try:
            return tomllib.loads(text)
        except NOT_TOML as error:
            reason, _, place = str(error).partition(" (at ")
            if line := re.match(r"line (\d+)", place):
                number = int(line[1])
            elif place:  # at end of document
                number = text.count("\n", 0, -1) + 1
            else:
                number = line_refused(text)
            raise DamagedFile(self.path, number, f"this is not TOML ({reason})") from None

    def damaged(self, text: str, where: tuple[str, ...], reason: str) -> DamagedFile:
        """The error for what `text` says at the keys `where`."""
        return DamagedFile(self.path, line_of(text, where), reason)

    def rewrite(self, change: Callable[[str], str]) -> None:
        """Put `change(text)` in place of the text, read under the lock that all running apps share.

        The new text is written beside the file and takes its place in one step: whatever happens, the old
        one or the new one is there, whole. Only its owner may read it. Blocks while another change lasts.

        Raises:
            StoreError: it was not changed; also whatever `change` raises.
        """
        from filelock import FileLock, Timeout  # noqa: PLC0415 for a change only

        target = Path(os.path.realpath(self.path))
        try:
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with FileLock(_beside(target, "lock"), timeout=self._patience, mode=0o600):
                text = self.read()
                changed = change(text or self._heading)
                if changed != text:
                    _put(target, changed.encode())
        except Timeout:
            raise self._unchanged(f"another program has been changing it for {self._patience:g} s") from None
        except NotEditable as error:
            raise self._unchanged(str(error)) from None
        except OSError as error:
            raise self._unchanged(_reason(error)) from None

    def _unchanged(self, why: str) -> StoreError:
        return StoreError(f"{shown(self.path)} was not changed: {why}.")


def _put(target: Path, content: bytes) -> None:
    """Replace `target` as a whole. Only under the lock: the name of the new file is always the same."""
    new = _beside(target, "new")
    new.unlink(missing_ok=True)  # left by a run that was killed
    try:
        with open(new, "xb", opener=_for_owner) as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        new.replace(target)
    except OSError:
        new.unlink(missing_ok=True)
        raise
    with contextlib.suppress(OSError):  # it is in place; not every system can make a directory durable
        directory = os.open(target.parent, os.O_RDONLY)
        try:
            os.fsync(directory)
        finally:
            os.close(directory)


def _for_owner(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _beside(target: Path, what: str) -> Path:
    return target.with_name(f".{target.name}.{what}")


def _reason(error: OSError) -> str:
    reason = error.strerror or type(error).__name__
    return f"{reason} ({error.filename})" if error.filename else reason
