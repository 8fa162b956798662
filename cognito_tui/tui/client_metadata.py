"""ClientMetadata as a person types it: `key=value, key=value`."""

from __future__ import annotations


def read(text: str) -> dict[str, str]:
    """The pairs of `text`; none when it is blank. Blanks around keys and values do not count.

    Raises:
        ValueError: it is not such a list. The sentence says where.
    """
    found: dict[str, str] = {}
    for pair in text.split(",") if text.strip() else ():
        key, equals, value = (part.strip() for part in pair.partition("="))
        if not equals or not key:
            raise ValueError(f"not key=value: {pair.strip() or 'an empty pair'}")
        if key in found:
            raise ValueError(f"{key} is there twice")
        found[key] = value
    return found
