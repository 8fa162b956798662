"""The token in what a person has pasted or piped, with all that tends to come along."""

from __future__ import annotations

import re
from typing import Final

from cognito_tui.cognito.model import Secret

LONGEST: Final = 100_000
"""Characters. Headers of HTTP, by which tokens travel, are far shorter."""

_AROUND: Final = " \t\r\n\f\v\ufeff\u200b\u2060\u00a0'\"`;,"

_WORDS_BEFORE: Final = re.compile(
    r"""(?:export\s+|set\s+|\$env:)?[A-Za-z_]\w*\s*=(?![=.])  # a shell's assignment, not Base64's padding
    |(?:-H|--header)\s*
    |['"]?[A-Za-z_]\w*['"]\s*:                                # a member of JSON
    |authorization\s*:
    |bearer(?:\s+|$)""",
    re.VERBOSE | re.IGNORECASE,
)


class NotAToken(ValueError):
    """There is no token to read. `str()` is a sentence for a person, without anything of what was given."""


def token_in(given: str | bytes) -> Secret:
    """The token in `given`: without line breaks, quotes, `Bearer`, `export NAME=` and the like.

    Raises:
        NotAToken: it is empty, huge, no text, or more than one token.
    """
    if len(given) > LONGEST:
        raise NotAToken(f"This is longer than {LONGEST:,} characters: no token is.")
    text = _bare(_text(given))
    if text.startswith("{"):
        raise NotAToken("This is JSON: give one token of it, such as the value of IdToken.")
    if sum(chunk.count(".") >= 2 for chunk in text.split()) > 1:
        raise NotAToken("There is more than one token here: give one at a time.")
    if not (token := "".join(text.split())):
        raise NotAToken("There is no token here.")
    return Secret(token)


def _text(given: str | bytes) -> str:
    try:
        return given.decode() if isinstance(given, bytes) else given.encode().decode()
    except UnicodeError:
        raise NotAToken("This is not text in UTF-8.") from None


def _bare(text: str) -> str:
    """`text` without what stands around it, as long as something does."""
    while True:
        inner = text.strip(_AROUND)
        if before := _WORDS_BEFORE.match(inner):
            inner = inner[before.end() :]
        if inner == text:
            return text
        text = inner
