"""Data as one line that can be shown anywhere: nothing in it moves the cursor, and nothing is unseen."""

from __future__ import annotations

import json


def visible(text: str, *, keep: str = "") -> str:
    """`text` with every character that a terminal would obey, or not show, written out by its number.

    Those in `keep` stay: a sentence may have line breaks and blanks of its language, a name should have none.
    """
    if text.isprintable():
        return text
    return "".join(each if each.isprintable() or each in keep else _written(each) for each in text)


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
