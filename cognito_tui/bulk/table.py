"""Users as tables that go through other programs: names in, results out."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from cognito_tui.bulk.records import Record
from cognito_tui.cognito.checks import line_problem

_FORMULA: Final = re.compile(r"'*[=+\-@\t\r\n]")
"""What a spreadsheet computes; or what stands for that after `guarded`, which must not lose its quote."""


_LINE_END: Final = "\r\n"


class NoNames(ValueError):
    """A text that is no list of usernames. `str()` says where and why."""


def guarded(cell: str) -> str:
    """`cell` so that no spreadsheet computes it: a `'` before what begins with `= + - @` or a break."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def unguarded(cell: str) -> str:
    """What `guarded` was given."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def csv_line(cells: Iterable[str]) -> str:
    """One line of CSV, its cells guarded, without the line break at its end."""
    text = io.StringIO()
    # what ends lines is what gets quotes: before Python 3.13 the writer knows of no other line break
    csv.writer(text, lineterminator=_LINE_END).writerow([guarded(each) for each in cells])
    return text.getvalue().removesuffix(_LINE_END)


def usernames(text: str) -> tuple[str, ...]:
    """The usernames in `text`, each once, in order: one a line, or CSV with a `username` header.

    Empty lines are left out, and blanks at the ends, which no username has. In CSV the `'` before `= + - @`
    is taken away.

    Raises:
        NoNames: a line is no username, or there is none at all.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    head = _head(text.partition("\n")[0])
    column = next((at for at, name in enumerate(head) if name.strip().lower() == "username"), None)
    named = enumerate(text.split("\n"), 1) if column is None else _column(text, column)
    found: dict[str, None] = {}
    for number, name in named:
        username = name.strip()
        if username and (problem := line_problem(username)):
            raise NoNames(f"line {number} {problem}")
        found[username] = None
    found.pop("", None)
    if not found:
        raise NoNames("there is no username in it")
    return tuple(found)


def _head(line: str) -> list[str]:
    try:
        return next(csv.reader([line]), [])
    except csv.Error as error:
        raise NoNames(f"line 1 is neither a username nor a header of CSV ({error})") from None


def _column(text: str, column: int) -> Iterator[tuple[int, str]]:
    """The cells of one column below its header, each with its line."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        next(reader)
        for row in reader:
            yield reader.line_num, unguarded(row[column]) if column < len(row) else ""
    except csv.Error as error:
        raise NoNames(f"line {reader.line_num} is not CSV ({error})") from None


COLUMNS: Final = ("Username", "Outcome", "Code", "Message")


def result(record: Record) -> dict[str, Any]:
    """One user's outcome, as it is printed and reported."""
    values = (record.username, str(record.state), record.code, record.message)
    return dict(zip(COLUMNS, values, strict=True))


def report_as_csv(records: Sequence[Record]) -> str:
    """What became of everybody, for a spreadsheet."""
    lines = [csv_line(COLUMNS), *(csv_line(result(each).values()) for each in records)]
    return "".join(f"{line}{_LINE_END}" for line in lines)


def report_as_json(records: Sequence[Record]) -> str:
    """What became of everybody, as an array of objects."""
    return json.dumps([result(each) for each in records], ensure_ascii=False, indent=2) + "\n"
