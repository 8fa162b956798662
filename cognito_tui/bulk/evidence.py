"""Whether a change was carried out whose answer is not known: the user before it, and the user now.

Nothing but Cognito's own words counts: status, Enabled, and its dates, each compared with another of its own.
This machine's clock is asked for one thing only: whether a date is too late to be that of the request.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import Enum
from typing import Final

from cognito_tui.bulk.records import Before
from cognito_tui.cognito.model import UserStatus
from cognito_tui.cognito.user_actions import Action


class Found(Enum):
    """What looking at the user has shown."""

    DONE = "done"
    NOT_DONE = "not done"
    UNCLEAR = "unclear"


@dataclass(frozen=True)
class Finding:
    """What was found, and by what; `sentence` is for a person."""

    found: Found
    sentence: str


_STATUS_AFTER: Final[Mapping[Action, UserStatus]] = {
    Action.RESEND_INVITATION: UserStatus.FORCE_CHANGE_PASSWORD,
    Action.SET_TEMPORARY_PASSWORD: UserStatus.FORCE_CHANGE_PASSWORD,
    Action.SET_PERMANENT_PASSWORD: UserStatus.CONFIRMED,
    Action.CONFIRM: UserStatus.CONFIRMED,
    Action.RESET_PASSWORD: UserStatus.RESET_REQUIRED,
}
"""The status each action leaves (service model, the operations' own words)."""

_ENABLED_AFTER: Final[Mapping[Action, bool]] = {Action.ENABLE: True, Action.DISABLE: False}


AT_ONCE: Final = timedelta(minutes=15)
"""How long after its request a change has its date at most, by this machine's clock and Cognito's.

A signature counts for five minutes (IAM User Guide, "Signature Version 4"), so the clocks agree that well;
the rest is for triggers and for a request that was slow to go out. A later date is somebody else's change.
"""


def decide(
    action: Action, before: Before, now: Before | None, *, sent: datetime, date_moves: bool
) -> Finding:
    """Whether `action` was carried out between `before` and `now`, which is None when the user is not there.

    `sent` is when it was asked for, by this machine's clock.
    `date_moves` tells that the operation is known to move UserLastModifiedDate in this pool even where it is
    all that changes: only then is a date that stands still evidence, where nothing else would have changed.
    """
    if action is Action.DELETE:
        return _deleted(before, now)
    if now is None:
        return Finding(Found.UNCLEAR, "The user is no longer there.")
    if now.created != before.created:
        return Finding(Found.UNCLEAR, "Another user has that name now.")
    was, is_now = _as_wanted(action, before), _as_wanted(action, now)
    if is_now and now.modified and now.modified > max(sent + AT_ONCE, before.modified or sent):
        # so may the status have come from somebody else, or from the user
        late = f"Last modified at {_shown(now.modified)}, long after the request of {_shown(sent)}"
        return Finding(Found.UNCLEAR, f"{late}: that may have been another change.")
    if is_now and not was:
        return Finding(Found.DONE, f"Read back: {_state(now)}, and {_state(before)} before.")
    if before.modified is None or now.modified is None or now.modified < before.modified:
        return Finding(Found.UNCLEAR, "Cognito does not tell when the user was last modified.")
    if now.modified == before.modified:
        return _unchanged(now.modified, visible=not was, date_moves=date_moves)
    if is_now:
        return Finding(Found.DONE, f"Read back: last modified at {_shown(now.modified)}, after the request.")
    return Finding(Found.UNCLEAR, f"The user was changed in another way meanwhile: {_state(now)}.")


def only_date_tells(action: Action, before: Before) -> bool:
    """Whether nothing but the date can show on this user that `action` was carried out."""
    return action is not Action.DELETE and _as_wanted(action, before)


def date_moved(before: Before, now: Before) -> bool | None:
    """Whether a change that was done, and could show in nothing else, has moved the date from `before`.

    None where that cannot be seen: a date is missing, or something else has happened to the user as well.
    """
    if before.modified is None or now.modified is None or before != replace(now, modified=before.modified):
        return None
    return now.modified > before.modified


def _deleted(before: Before, now: Before | None) -> Finding:
    if now is None:
        return Finding(Found.DONE, "Read back: the user is no longer there.")
    if now.created != before.created:
        return Finding(Found.DONE, "Read back: the user is gone, and another one has that name now.")
    return Finding(Found.NOT_DONE, "Read back: the user is still there.")


def _unchanged(modified: datetime, *, visible: bool, date_moves: bool) -> Finding:
    if visible or date_moves:
        return Finding(Found.NOT_DONE, f"Read back: unchanged since {_shown(modified)}.")
    return Finding(
        Found.UNCLEAR,
        f"Last modified at {_shown(modified)}, before the request; whether it moves that date is not known.",
    )


def _as_wanted(action: Action, user: Before) -> bool:
    """Whether `user` is as the action leaves a user; of an action that leaves no trace, always."""
    if action in _ENABLED_AFTER:
        return user.enabled is _ENABLED_AFTER[action]
    return action not in _STATUS_AFTER or user.status == _STATUS_AFTER[action]


def _state(user: Before) -> str:
    return user.status if user.enabled else f"{user.status}, disabled"


def _shown(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M:%S} UTC"
