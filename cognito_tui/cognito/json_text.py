"""JSON that comes inside a string of Cognito's, where anybody may have written it."""

from __future__ import annotations

import json
from typing import Final

MOST_PARTS: Final = 500
"""Objects and arrays in one string; more would nest deeper than Python reads or writes."""


def opened(text: str) -> object:
    """What `text` is as JSON.

    Raises:
        ValueError: it is none, or has more parts than `MOST_PARTS`.
    """
    if text.count("[") + text.count("{") > MOST_PARTS:
        raise ValueError("too many parts")
    return json.loads(text)
