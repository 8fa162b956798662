"""Which members of requests and answers are secret; how they are sealed, masked and revealed.

An answer is sealed the moment it arrives (`sealed`), a request is revealed the moment it is sent
(`revealed`), and all that is shown in between goes through `masked`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from cognito_tui.cognito.model import MASK, Secret

SECRET_MEMBERS: Final = frozenset(
    {"Session", "IdToken", "AccessToken", "RefreshToken", "ClientSecret", "SecretCode", "ClientSecretValue"}
)
"""Members of answers that are sealed, wherever they stand (service model: shapes marked sensitive)."""

TOLD_BY_THEIR_BEGINNING: Final = frozenset({"Session", "IdToken", "AccessToken", "RefreshToken"})
"""Long opaque strings whose first letters help to see which is which, and give nothing away."""

_BEGINNING: Final = 6


def sealed(answer: Mapping[str, Any]) -> dict[str, Any]:
    """`answer` with every secret string in a `Secret`, at any depth."""
    return {name: _seal(name, value) for name, value in answer.items()}


def _seal(name: str, value: Any) -> Any:
    if isinstance(value, str) and name in SECRET_MEMBERS:
        return Secret(value)
    if isinstance(value, Mapping):
        return sealed(value)
    if isinstance(value, list):
        return [_seal(name, item) for item in value]
    return value


def revealed(value: Any) -> Any:
    """`value` with every `Secret` opened, for the wire. Keep no reference to what this returns."""
    if isinstance(value, Secret):
        return value.reveal()
    if isinstance(value, Mapping):
        return {name: revealed(item) for name, item in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [revealed(item) for item in value]
    return value


def masked(value: Any, name: str = "") -> Any:
    """`value` as it may be seen: plain JSON-like data with a mask for every `Secret`."""
    if isinstance(value, Secret):
        long_enough = len(value) >= 4 * _BEGINNING
        beginning = value.reveal()[:_BEGINNING] if name in TOLD_BY_THEIR_BEGINNING and long_enough else ""
        return beginning + MASK
    if isinstance(value, Mapping):
        return {key: masked(item, key) for key, item in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [masked(item, name) for item in value]
    return value
