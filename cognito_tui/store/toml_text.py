"""TOML as text that a person wrote: where a key stands, and changes that leave everything else as it is.

A text is cut into its tables, each with the comments that are about it. A change is made within one table;
the others stay as they are, byte for byte. Every change is proved: the new text is read again, and has to
say what the old one said and the change, nothing else.
"""

from __future__ import annotations

import io
import json
import re
import tomllib
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, TypeAlias

TablePath: TypeAlias = tuple[str, ...]
"""The keys that lead to a table; () is the text itself, before its first table."""

Values: TypeAlias = Mapping[str, str | bool | None]
"""Keys of a table and what they are to be; None: not there."""

NOT_TOML: Final = (ValueError, RecursionError)
"""What tomllib raises: beside its own error, for a number of too many digits and for too deep a nesting."""


class NotEditable(Exception):
    """The text says it in a way that these changes do not know; `str()` is why, and what to do."""

    def __init__(
        self,
        why: str = "a table within a line or of dotted keys is for a person to change. "
        "Give it a header of its own, such as [profiles.name]",
    ) -> None:
        super().__init__(why)


@dataclass(frozen=True)
class _Piece:
    """A piece of a text: a table with its header line and the comments that are about it.

    `path` is () for what stands above all tables, and None for comments that stand by themselves.
    """

    path: TablePath | None
    above: str = ""
    header: str = ""
    body: str = ""

    @property
    def text(self) -> str:
        return self.above + self.header + self.body

    def within(self, path: TablePath) -> bool:
        """Whether it is the table at `path`, or one in it."""
        return self.path is not None and self.path[: len(path)] == path


def line_of(text: str, path: Sequence[str]) -> int:
    """The number of the line where the value at `path` begins; 1 when it is not there.

    tomllib tells no positions, so beginnings of the text are read: the value begins where the last one
    without it ends.
    """
    lines = _lines(text)

    def beginning(count: int) -> int:
        """The most lines up to `count` that are TOML on their own."""
        return next(each for each in range(count, -1, -1) if _parses("".join(lines[:each])))

    def reaches(count: int) -> bool:
        return _has("".join(lines[: beginning(count)]), path)

    end = bisect_left(range(len(lines) + 1), True, key=reaches)
    return beginning(end - 1) + 1 if 0 < end <= len(lines) else 1


def line_refused(text: str) -> int:
    """The number of the line that tomllib gives up at without saying where: see `NOT_TOML`.

    The shortest beginning of the text that it gives up on ends with that line.
    """
    lines = _lines(text)

    def gives_up(count: int) -> bool:
        try:
            _data("".join(lines[:count]))
        except tomllib.TOMLDecodeError:  # something that ends further down
            return False
        except NOT_TOML:
            return True
        return False

    return bisect_left(range(len(lines)), True, key=gives_up)


def with_table(text: str, path: TablePath, values: Values) -> str:
    """`text` with a new table at its end.

    Raises:
        NotEditable: when the text does not allow it.
    """
    wanted = _data(text)
    _at(wanted, path[:-1])[path[-1]] = _present(values)
    gap = "" if not text or text.endswith("\n\n") else "\n" if text.endswith("\n") else "\n\n"
    return _proved(f"{text}{gap}[{_dotted(path)}]\n{_assignments(values)}", wanted, path)


def with_changes(text: str, path: TablePath, values: Values, *, name: str | None = None) -> str:
    """`text` with other `values` in the table at `path`; `name` is a new last key for it, when given.

    Keys that `values` does not name, and all comments, stay.

    Raises:
        NotEditable: when the text does not allow it.
    """
    wanted = _data(text)
    table = _at(wanted, path)
    for key in values:
        table.pop(key, None)
    table.update(_present(values))
    pieces = [_changed(each, values) if each.path == path else each for each in _pieces(text)]
    if name is not None:
        parent = _at(wanted, path[:-1])
        parent[name] = parent.pop(path[-1])
        pieces = [_renamed(each, path, name) if each.within(path) else each for each in pieces]
    return _proved("".join(each.text for each in pieces), wanted, path)


def without_table(text: str, path: TablePath) -> str:
    """`text` without the table at `path`, all within it, and the comments about it.

    Raises:
        NotEditable: when the text does not allow it.
    """
    wanted = _data(text)
    _at(wanted, path[:-1]).pop(path[-1])
    return _proved("".join(each.text for each in _pieces(text) if not each.within(path)), wanted, path)


def _pieces(text: str) -> list[_Piece]:
    """`text`, cut into its tables."""
    pieces = [_Piece(())]
    for line in _lines(text):
        last = pieces[-1]
        if line.lstrip(" \t").startswith("[") and _parses(last.text):
            own, alone, above = _comments_cut(last)
            pieces[-1:] = [own, alone, _Piece(_path(line), above, line)]
        else:
            pieces[-1] = replace(last, body=last.body + line)
    own, alone, above = _comments_cut(pieces[-1])
    return [*pieces[:-1], own, replace(alone, body=alone.body + above)]


def _comments_cut(piece: _Piece) -> tuple[_Piece, _Piece, str]:
    """Part the comments that `piece` ends with by what they are about.

    Returns:
        `piece` with those directly below its lines; those that stand by themselves, with blank lines around
        them; those directly above what follows. Comments that a text begins with are its own.
    """
    found = _COMMENTS.search(piece.body)
    if found is None or (not piece.header and found.end("own") == found.start() == 0):
        return piece, _Piece(None), ""
    own = replace(piece, body=piece.body[: found.end("own")])
    if not _parses(own.text):  # the last line of a string may look like a comment
        return piece, _Piece(None), ""
    return own, _Piece(None, body=found["alone"]), found["above"]


_COMMENT, _BLANK = r"[ \t]*#.*(?:\n|\Z)", r"[ \t]*\r?\n"
_COMMENTS: Final = re.compile(
    rf"(?m)^(?P<own>((?:{_COMMENT})*(?:{_BLANK})+)?)"
    rf"(?P<alone>((?:{_COMMENT}|{_BLANK})*{_BLANK})?)"
    rf"(?P<above>(?:{_COMMENT})*)\Z"
)
"""The comments and blank lines that a text ends with."""


def _path(header: str) -> TablePath:
    """The keys of a header line."""
    keys: list[str] = []
    node: Any = tomllib.loads(header)
    while isinstance(node, dict) and node:
        ((key, node),) = node.items()
        keys.append(key)
    return tuple(keys)


def _changed(piece: _Piece, values: Values) -> _Piece:
    """`piece` with other values; a changed line keeps its comment."""
    import tomlkit  # noqa: PLC0415 for a change only
    from tomlkit.exceptions import TOMLKitError  # noqa: PLC0415 for a change only

    try:
        document = tomlkit.parse(piece.body)
    except TOMLKitError:  # it differs from tomllib on what is TOML
        raise NotEditable from None
    for key, value in values.items():
        if value is not None:
            document[key] = value
        elif key in document:
            del document[key]
    return replace(piece, body=tomlkit.dumps(document))


def _renamed(piece: _Piece, path: TablePath, name: str) -> _Piece:
    """`piece`, which is within `path`, with `name` for the last key of that."""
    bare = piece.header.lstrip(" \t")
    indent = piece.header[: -len(bare)]
    end = next(at + 1 for at, sign in enumerate(bare) if sign == "]" and _parses(bare[: at + 1]))
    opening, closing = ("[[", "]]") if bare.startswith("[[") else ("[", "]")
    keys = _dotted((*path[:-1], name, *_path(bare)[len(path) :]))
    return replace(piece, header=f"{indent}{opening}{keys}{closing}{bare[end:]}")


def _dotted(path: TablePath) -> str:
    import tomlkit  # noqa: PLC0415 for a change only

    return ".".join(tomlkit.key(key).as_string() for key in path)


def _assignments(values: Values) -> str:
    import tomlkit  # noqa: PLC0415 for a change only

    return tomlkit.dumps(_present(values))


def _present(values: Values) -> dict[str, str | bool]:
    return {key: value for key, value in values.items() if value is not None}


def _proved(text: str, wanted: dict[str, Any], path: TablePath) -> str:
    """`text`, when it says just what is `wanted`; whether the tables above `path` are implied is all one."""
    if not _parses(text):
        raise NotEditable
    said = _data(text)
    _at(said, path[:-1])
    try:
        same = _plain(said) == _plain(wanted)
    except NOT_TOML:  # tomllib reads what json does not write
        raise NotEditable(
            "a number in it is too long, or a table too deep, to check what a change does to it. "
            "Shorten that, or change the file by hand"
        ) from None
    if not same:
        raise NotEditable
    return text


def _plain(data: dict[str, Any]) -> str:
    """`data` in a form that can be compared, dates and nan included."""
    return json.dumps(data, sort_keys=True, default=repr)


def _data(text: str) -> dict[str, Any]:
    return tomllib.loads(text)


def _at(data: dict[str, Any], path: Sequence[str]) -> dict[str, Any]:
    """The table at `path` of `data`, made where it is missing."""
    for key in path:
        data = data.setdefault(key, {})
    return data


def _has(text: str, path: Sequence[str]) -> bool:
    node: Any = _data(text)
    for key in path:
        if not isinstance(node, dict) or key not in node:
            return False
        node = node[key]
    return True


def _parses(text: str) -> bool:
    try:
        _data(text)
    except NOT_TOML:
        return False
    return True


def _lines(text: str) -> list[str]:
    """The lines of `text` with their ends; TOML knows no line break but LF and CR LF."""
    return io.StringIO(text, newline="\n").readlines()
