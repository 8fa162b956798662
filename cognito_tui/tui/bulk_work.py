"""What a bulk run of the app is made of: whom it is for, where it is written down, and how it is going."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC
from pathlib import Path
from typing import Final, Protocol

from cognito_tui.bulk.orders import PasswordFor, request_for
from cognito_tui.bulk.records import Journal, Record, State, latest
from cognito_tui.bulk.work import USUAL_RATE, Order
from cognito_tui.cognito.new_password import new_password
from cognito_tui.cognito.user_actions import Action
from cognito_tui.off_loop import off_loop
from cognito_tui.store.errors import StoreError
from cognito_tui.store.journal import About, JournalFile, read
from cognito_tui.store.password_file import PasswordFile
from cognito_tui.store.paths import journals_dir
from cognito_tui.tui.user_admin import UserAdmin

MOST_LOOKED_AT: Final = 20
"""Journals, the newest first, that are looked at for a run that was left."""


class OpenJournal(Journal, Protocol):
    """A journal that can be closed."""

    def close(self) -> None:
        """Let go of it."""
        ...


class MemoryJournal:
    """The journal of a run in the sandbox, which is written nowhere."""

    def __init__(self) -> None:
        self.records: list[Record] = []

    async def write(self, *records: Record) -> None:
        """Keep them as long as the run is looked at."""
        self.records += records

    def close(self) -> None:
        """Nothing is open."""


@dataclass(frozen=True)
class Left:
    """A run that was left before its end: its journal, what it is, and its users' last records."""

    path: Path
    about: About
    records: tuple[Record, ...]

    @property
    def action(self) -> Action:
        """What it does."""
        return Action(self.about.action)

    @property
    def to_do(self) -> int:
        """How many users have no outcome."""
        return sum(not each.state.is_outcome for each in self.records)


def left_behind(user_pool_id: str, endpoint_url: str | None) -> Left | None:
    """The newest run in this pool that was not brought to its end; None where there is none. Blocking.

    A journal that cannot be read is not this run's business: the command line says what is wrong with it.
    """
    try:
        paths = sorted(journals_dir().glob("*.jsonl"), reverse=True)[:MOST_LOOKED_AT]
    except OSError:
        return None
    for path in paths:
        try:
            about, records = read(path)
        except StoreError:
            continue
        left = Left(path, about, tuple(latest(records).values()))
        here = (about.place.user_pool_id, about.place.endpoint_url) == (user_pool_id, endpoint_url)
        if here and left.to_do and about.action in set(Action):
            return left
    return None


@dataclass
class Work:
    """A run that can go: its order, the records it begins with, and what is to be closed at its end."""

    order: Order
    records: Sequence[Record]
    journal: OpenJournal
    path: Path | None
    passwords: PasswordFile | None = None

    def close(self) -> None:
        """Let go of journal and password file. Blocking."""
        if self.passwords is not None:
            self.passwords.close()
        self.journal.close()


@dataclass(frozen=True)
class Plan:
    """What a person has agreed to: `passwords_at` names the file that generated passwords go to."""

    action: Action
    usernames: tuple[str, ...]
    rate: float = USUAL_RATE
    passwords_at: Path | None = None


async def begun(plan: Plan, admin: UserAdmin, *, keeps_journal: bool) -> Work:
    """A new run, everybody planned and that on the disk.

    Raises:
        StoreError: the journal or the file of passwords cannot be made.
    """
    now = admin.means.now().astimezone(UTC)
    passwords = await _password_file(plan.passwords_at, admin)
    order = _order(plan.action, admin, plan.rate, passwords)
    if not keeps_journal:
        records = [Record(name, State.PLANNED, now) for name in plan.usernames]
        return Work(order, records, MemoryJournal(), None, passwords)
    about = About(
        str(plan.action),
        plan.action.operation,
        replace(admin.place, identity=await admin.identity()),
        plan.rate,
        now,
        aws_profile=admin.in_use.profile.aws_profile,
        passwords_at=str(plan.passwords_at.absolute()) if plan.passwords_at else "",
    )
    try:
        journal = await off_loop(None, JournalFile.begin, about, plan.usernames)
    except StoreError:
        if passwords is not None:
            passwords.close()
        raise
    return Work(order, list(journal.records.values()), journal, journal.path, passwords)


async def gone_on_with(left: Left, admin: UserAdmin) -> Work:
    """The run of `left`, from where it was left.

    Raises:
        StoreError: the journal cannot be opened, as when another process runs it.
    """
    at = Path(left.about.passwords_at) if left.about.passwords_at else None
    if left.action.sets_password and at is None:
        raise StoreError("Where its passwords came from is not written down: cognito-tui users set-password.")
    journal = await off_loop(None, JournalFile.reopen, left.path, await admin.identity())
    try:
        passwords = await _password_file(at, admin, again=True)
    except StoreError:
        journal.close()
        raise
    order = _order(left.action, admin, left.about.rate, passwords)
    return Work(order, list(journal.records.values()), journal, journal.path, passwords)


async def _password_file(path: Path | None, admin: UserAdmin, *, again: bool = False) -> PasswordFile | None:
    if path is None:
        return None

    def make() -> PasswordFile:
        return PasswordFile(path, lambda: new_password(admin.policy, admin.means.token_bytes), again=again)

    return await off_loop(None, make)


def _order(action: Action, admin: UserAdmin, rate: float, passwords: PasswordFile | None) -> Order:
    password_for: PasswordFor | None = passwords.password_for if passwords else None
    return Order(action, admin.user_pool_id, request_for(action, admin.user_pool_id, password_for), rate)
