"""Every admin change that was made from this machine, in `changes.jsonl`: when, as whom, what, to whom."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Self

from cognito_tui.store.errors import StoreError
from cognito_tui.store.json_lines import JsonLines
from cognito_tui.store.paths import changes_file, shown


@dataclass(frozen=True)
class Place:
    """Where changes are made, and as whom: an ARN, empty where it is not known (never with an endpoint)."""

    user_pool_id: str
    region: str
    endpoint_url: str | None = None
    identity: str = ""


@dataclass(frozen=True)
class Change:
    """One operation on one user. `outcome` is done, failed or unknown; `code` is Cognito's, if it has one.

    No value of the request is in it: neither a password nor an attribute.
    """

    at: datetime
    operation: str
    username: str
    outcome: str
    code: str = ""


class Changes:
    """The file, opened to append; several running apps may share it."""

    def __init__(self, place: Place, path: Path | None = None) -> None:
        self._place = place
        self._file = JsonLines(path or changes_file())
        self._file.end_last_line()

    def add(self, changes: Iterable[Change]) -> None:
        """Write them down.

        Raises:
            StoreError: they could not be written.
        """
        self._file.append(_line(self._place, each) for each in changes)

    def missing(self, changes: Sequence[Change]) -> list[Change]:
        """Those of `changes` that are not in the file, whoever made them; a damaged line is passed over.

        Raises:
            StoreError: the file cannot be read.
        """
        there = {_identity(line) for line in _lines(self._file.path)}
        return [each for each in changes if _identity(_line(self._place, each)) not in there]

    def sync(self) -> None:
        """Wait until they are on the disk."""
        self._file.sync()

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()


def _line(place: Place, change: Change) -> dict[str, Any]:
    return {
        "at": change.at.isoformat(),
        "identity": place.identity or None,
        "user_pool_id": place.user_pool_id,
        "region": place.region,
        "endpoint_url": place.endpoint_url,
        "operation": change.operation,
        "user": change.username,
        "outcome": change.outcome,
        **({"code": change.code} if change.code else {}),
    }


def _identity(line: Mapping[str, Any]) -> tuple[str, ...]:
    """What tells one change from another."""
    return tuple(str(line.get(name)) for name in ("at", "user_pool_id", "operation", "user", "outcome"))


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    try:
        with path.open("rb") as file:
            for line in file:
                with contextlib.suppress(ValueError, RecursionError):
                    found = json.loads(line)
                    if isinstance(found, dict):
                        yield found
    except OSError as error:
        raise StoreError(f"{shown(path)} could not be read: {error.strerror}.") from None
