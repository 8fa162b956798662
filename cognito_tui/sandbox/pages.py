"""Long lists in pages."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Sequence
from typing import Final, TypeVar

from cognito_tui.sandbox.refusal import invalid_parameter

T = TypeVar("T")

MOST: Final = 60
"""How many a page has at most, and when no limit is given (service model, QueryLimitType)."""


def page(items: Sequence[T], limit: int | None, token: str | None) -> tuple[Sequence[T], str | None]:
    """The page that `token` stands for, the first without one, and the token of the next if there is more.

    Raises:
        Refusal: InvalidParameterException for a token that is none of ours; its words are inferred.
    """
    (begin,) = numbers(token, "from", 1) if token else (0,)
    end = begin + (limit or MOST)
    return items[begin:end], page_token("from", end) if end < len(items) else None


def page_token(about: str, *where: int) -> str:
    """A token for the list that `about` names, which has no blank, and a place in it."""
    return base64.urlsafe_b64encode(" ".join([about, *map(str, where)]).encode()).decode()


def numbers(token: str, about: str, count: int) -> tuple[int, ...]:
    """The `count` numbers of a token that was made for `about`.

    Raises:
        Refusal: InvalidParameterException for any other token; its words are inferred.
    """
    try:
        word, *where = base64.urlsafe_b64decode(token).decode().split(" ")
    except (binascii.Error, ValueError):
        word, where = "", []
    if word != about or len(where) != count or not all(re.fullmatch("[0-9]{1,9}", each) for each in where):
        raise invalid_parameter("Invalid pagination token.")
    return tuple(map(int, where))
