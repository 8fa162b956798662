"""What is known of each user of a run, as the journal has it and as it is told. Never a password."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from cognito_tui.cognito.users import User


class State(StrEnum):
    """How far a user has come. `SENT` is on the disk before the request goes."""

    PLANNED = "planned"
    """Nothing was sent, or what was sent was definitely not done."""
    SENT = "sent"
    """A request may have gone out; how it ended is not known."""
    DONE = "done"
    SKIPPED = "skipped"
    FAILED = "failed"
    """Cognito said no."""
    UNKNOWN = "unknown"
    """A request went out, and looking at the user did not tell whether it was carried out."""

    @property
    def is_outcome(self) -> bool:
        """Whether it is what a run ends with for a user."""
        return self not in {State.PLANNED, State.SENT}


@dataclass(frozen=True)
class Before:
    """A user as AdminGetUser had it right before the request, to compare with afterwards.

    `username` is the canonical one. The dates are Cognito's own, in UTC, and None where it tells none: this
    machine's clock is not asked.
    """

    username: str
    status: str
    enabled: bool
    created: datetime | None
    modified: datetime | None

    @classmethod
    def of(cls, user: User) -> Before:
        """What of `user` is compared; nothing else of it is written down."""
        return cls(user.username, str(user.status), user.enabled, user.created, user.modified)


@dataclass(frozen=True)
class Record:
    """One line on one user: `username` as it was given, `at` this machine's time, in UTC.

    `before` goes with `SENT` and stays known afterwards, as does `sent`, the time of that; `code` and
    `message` are Cognito's, or a sentence of this app's without a code.
    """

    username: str
    state: State
    at: datetime
    before: Before | None = None
    code: str = ""
    message: str = ""
    sent: datetime | None = None


class Journal(Protocol):
    """Where records go, in order."""

    async def write(self, *records: Record) -> None:
        """Write them down. When it returns, those that are planned or sent are on the disk.

        Raises:
            Exception: they could not be written; nothing that depends on them may be sent.
        """
        ...


def latest(records: Iterable[Record]) -> dict[str, Record]:
    """The last record of each user, in the order of the plan; `before` and `sent` stay from earlier ones."""
    found: dict[str, Record] = {}
    for record in records:
        known = found.get(record.username)
        before = record.before or (known.before if known else None)
        sent = record.at if record.state is State.SENT else known.sent if known else None
        found[record.username] = replace(record, before=before, sent=sent)
    return found
