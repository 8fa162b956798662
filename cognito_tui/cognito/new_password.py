"""Making a password that a pool's policy takes, and the words to hand it over with."""

from __future__ import annotations

import string
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final

from cognito_tui.cognito.model import Secret
from cognito_tui.cognito.password_policy import PasswordPolicy

SHORTEST: Final = 16
"""Characters of a generated password where the policy does not want more."""

_UPPER: Final = "".join(each for each in string.ascii_uppercase if each not in "IO")
_LOWER: Final = "".join(each for each in string.ascii_lowercase if each not in "lo")
_DIGITS: Final = "23456789"
_SYMBOLS: Final = "-_+=@"
"""Symbols that no shell, URL form or mail changes, and of which none looks like another."""

TokenBytes = Callable[[int], bytes]


def new_password(policy: PasswordPolicy, token_bytes: TokenBytes, *, shortest: int = SHORTEST) -> Secret:
    """A random password that meets every demand of `policy`.

    It has no characters that are mistaken for one another (0 O, 1 l I) or that a shell takes for its own,
    symbols only where the policy wants them, and a letter at both ends.

    Args:
        policy: the pool's.
        token_bytes: randomness, as `secrets.token_bytes`.
        shortest: its length, unless the policy wants more.
    """
    length = max(policy.minimum_length, shortest)
    inside = _UPPER + _LOWER + _DIGITS + (_SYMBOLS if policy.symbols else "")
    wanted = [
        each
        for each, needed in (
            (_UPPER, policy.uppercase),
            (_LOWER, policy.lowercase),
            (_DIGITS, policy.numbers),
            (_SYMBOLS, policy.symbols),
        )
        if needed
    ]
    kinds = wanted + [inside] * (length - 2 - len(wanted))
    middle = [_pick(each, token_bytes) for each in _shuffled(kinds, token_bytes)]
    first, last = (_pick(_UPPER + _LOWER, token_bytes) for _end in range(2))
    return Secret("".join([first, *middle, last]))


def handing_over(username: str, password: Secret, expires: datetime | None = None) -> Secret:
    """A short message for the user: username, password, and until when it is good if it is temporary.

    It holds the password, so it is a `Secret` itself.
    """
    if expires is None:
        return Secret(f"Username: {username}\nPassword: {password.reveal()}")
    until = expires.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC")
    return Secret(
        f"Username: {username}\n"
        f"Temporary password: {password.reveal()}\n"
        f"Sign in before {until}; you will be asked for a password of your own."
    )


def _pick(letters: str, token_bytes: TokenBytes) -> str:
    return letters[_below(len(letters), token_bytes)]


def _shuffled(items: list[str], token_bytes: TokenBytes) -> list[str]:
    """`items` in random order (Fisher and Yates)."""
    shuffled = list(items)
    for last in range(len(shuffled) - 1, 0, -1):
        other = _below(last + 1, token_bytes)
        shuffled[last], shuffled[other] = shuffled[other], shuffled[last]
    return shuffled


def _below(limit: int, token_bytes: TokenBytes) -> int:
    """A number from 0 to `limit` - 1, 256 at most, each as likely: what would favour some is thrown away."""
    fair = 256 - 256 % limit
    while (drawn := token_bytes(1)[0]) >= fair:
        pass
    return drawn % limit
