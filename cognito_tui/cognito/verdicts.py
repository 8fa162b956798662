"""Which action works on which user: a complete table, action x status x enabled."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from cognito_tui.cognito.model import UserStatus
from cognito_tui.cognito.user_actions import Action
from cognito_tui.cognito.users import User


class Outlook(StrEnum):
    """What Cognito will say."""

    WORKS = "works"
    REFUSED = "refused"
    NOT_KNOWN = "not known"


@dataclass(frozen=True)
class Verdict:
    """What Cognito will say to an action, and how we know.

    `reason` is one sentence. `source` is where it is documented; empty where nothing is.
    """

    outlook: Outlook
    reason: str
    source: str = ""

    @property
    def offered(self) -> bool:
        """Whether it may be offered: it works, or nobody has documented that it does not."""
        return self.outlook is not Outlook.REFUSED


@dataclass(frozen=True)
class Offer:
    """An action for one user, its verdict, and a warning where a person should think twice."""

    action: Action
    verdict: Verdict
    warning: str = ""


def verdict(action: Action, status: UserStatus, enabled: bool) -> Verdict:
    """What Cognito says to `action` for a user of that `status`, `enabled` or not."""
    return Verdict(Outlook.NOT_KNOWN, "Nobody has documented it.")


def pointless(action: Action, user: User) -> str:
    """Why `action` would change nothing for `user`, in a few words; empty where it would."""
    return ""


def warning(action: Action, status: UserStatus) -> str:
    """What to think of before `action`; empty where there is nothing."""
    return ""


def offers(user: User) -> tuple[Offer, ...]:
    """What can be done about `user` now: all that works or is not known and would change something."""
    return ()


def refusals(user: User) -> tuple[Offer, ...]:
    """What is documented to be refused for `user` as it is; each verdict says why."""
    return ()
