"""Groups of users."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from cognito_tui.sandbox.refusal import Refusal


@dataclass(frozen=True)
class Group:
    """A group of a user pool. `precedence` counts the more, the smaller it is."""

    name: str
    created: datetime
    description: str = ""
    role_arn: str = ""
    precedence: int | None = None


def no_such_group() -> Refusal:
    """The words are from public records."""
    return Refusal("ResourceNotFoundException", "Group not found.")
