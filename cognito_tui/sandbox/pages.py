"""Long lists in pages."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from typing import Final, TypeVar

from cognito_tui.sandbox.refusal import invalid_parameter

T = TypeVar("T")

_MOST: Final = 60
"""How many a page has at most, and when no limit is given (service model, QueryLimitType)."""


def page(items: Sequence[T], limit: int | None, token: str | None) -> tuple[Sequence[T], str | None]:
    """The page that `token` stands for, the first without one, and the token of the next if there is more.

    Raises:
        Refusal: InvalidParameterException for a token that is none of ours; its words are inferred.
    """
    begin = _offset(token) if token else 0
    end = begin + (limit or _MOST)
    return items[begin:end], _token(end) if end < len(items) else None


def _token(offset: int) -> str:
    return base64.urlsafe_b64encode(f"from {offset}".encode()).decode()


def _offset(token: str) -> int:
    try:
        word, _, number = base64.urlsafe_b64decode(token).decode().partition(" ")
        if word == "from":
            return int(number)
    except (binascii.Error, ValueError):
        pass
    raise invalid_parameter("Invalid pagination token.")
