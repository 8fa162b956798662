"""Data on stdout, one thing a line, as it comes: JSON, CSV or text, harmless to a terminal."""

from __future__ import annotations

import contextlib
import json
import os
import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from cognito_tui.bulk.table import csv_line
from cognito_tui.cli.streams import clean
from cognito_tui.cognito.visible import visible


def as_json(value: Any, *, indent: int | None = None) -> str:
    """`value` as JSON, people's letters as they are, and what a terminal would obey as an escape."""
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    if text.isprintable():
        return text
    return "".join(each if each.isprintable() or each == "\n" else json.dumps(each)[1:-1] for each in text)


def as_csv(cells: Iterable[str]) -> str:
    """A line of CSV, with control characters made visible, but for line breaks, which stand inside quotes."""
    return clean(csv_line(cells))


def as_text(cells: Iterable[str]) -> str:
    """Cells with tabs between them."""
    return "\t".join(map(visible, cells))


def moment(value: datetime | None) -> str | None:
    """A time in ISO 8601, in UTC."""
    if value is None:
        return None
    return value.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def emit(lines: Iterable[str]) -> None:
    """Print `lines` now, not when there are more."""
    print("".join(f"{line}\n" for line in lines), end="", flush=True)


class Unheard:
    """Prints lines as long as somebody reads them, and goes on in silence afterwards."""

    def __init__(self) -> None:
        self._heard = True

    def emit(self, line: str) -> None:
        """Print `line` now."""
        if not self._heard:
            return
        try:
            emit([line])
        except BrokenPipeError:
            self._heard = False
            with contextlib.suppress(OSError, ValueError):  # or Python would try once more at exit
                os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
