"""Every admin change that was made from this machine, in `changes.jsonl`: when, as whom, what, to whom."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Self

from cognito_tui.store.errors import StoreError
from cognito_tui.store.json_lines import JsonLines, lines_of
from cognito_tui.store.paths import changes_file


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

    def add(self, changes: Iterable[Change]) -> None:
        """Write them down.

        Raises:
            StoreError: they could not be written.
        """
        self._file.append(_line(self._place, each) for each in changes)

    def have(self, change: Change) -> bool:
        """Whether `change` is in the file, whoever made it. Of a damaged file that is not known: False."""
        wanted = _line(self._place, change)
        known = {name: wanted[name] for name in ("at", "user_pool_id", "operation", "user", "outcome")}
        with contextlib.suppress(StoreError):
            return any(known.items() <= line.items() for _number, line in lines_of(self._file.path))
        return False

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
