"""Data as one line that can be shown anywhere: nothing in it moves the cursor, and nothing is unseen."""

from __future__ import annotations

import json
from typing import Final

_HARMLESS: Final = frozenset("\u00a0\u202f\u3000")
"""What Python does not count as printable, and is harmless: blanks of French and Japanese."""


def visible(text: str) -> str:
    """`text` with line breaks, control characters and those that change its direction written out."""
    return "".join(each if each.isprintable() or each in _HARMLESS else _written(each) for each in text)


def _written(character: str) -> str:
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


def one_line(value: object) -> str:
    """A value of JSON: text as it is, a list of texts with commas between, anything else as JSON."""
    match value:
        case "":
            return '""'
        case str():
            return visible(value)
        case [*items] if items and all(isinstance(item, str) for item in items):
            return ", ".join(one_line(item) for item in items)
        case _:
            return visible(json.dumps(value, ensure_ascii=False))
