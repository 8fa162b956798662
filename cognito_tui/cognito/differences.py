"""What a refresh has changed: the claims in which two tokens differ."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cognito_tui.cognito.tokens import Jwt


@dataclass(frozen=True)
class Difference:
    """One claim before and after; `was_there` and `is_there` tell None apart from a claim that is absent."""

    name: str
    before: Any
    after: Any
    was_there: bool = True
    is_there: bool = True


def differences(before: Jwt, after: Jwt) -> tuple[Difference, ...]:
    """The claims that differ, in the order of the new token, those that are gone last."""
    return _of(before.claims, after.claims)


def _of(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Difference, ...]:
    names = [*after, *(name for name in before if name not in after)]
    return tuple(
        Difference(name, before.get(name), after.get(name), name in before, name in after)
        for name in names
        if (name in before) is not (name in after) or not _same(before.get(name), after.get(name))
    )


def _same(one: object, other: object) -> bool:
    """Whether two values of JSON are the same, where true is not 1."""
    return json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)
