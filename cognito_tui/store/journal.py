"""The journal of a bulk run: what it is, then for each user how far it has come. Never a password.

An append-only file of JSON lines in the state directory. The first says what the run is; those after it have
a user each: planned, sent, done, skipped, failed or unknown, and the last one of a user counts. What is
planned or sent is on the disk before the request goes, so that whoever resumes it knows whom to look at.
"""

from __future__ import annotations

import asyncio
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, Self

from cognito_tui.bulk.records import Before, Record, State, latest
from cognito_tui.off_loop import off_loop
from cognito_tui.store.changes import Change, Changes, Place
from cognito_tui.store.errors import DamagedFile, StoreError
from cognito_tui.store.json_lines import JsonLines, lines_of, sync_directory
from cognito_tui.store.paths import journals_dir, shown

FORMAT: Final = 1
"""Of the lines; a journal of another one is not touched."""

_DURABLE: Final = frozenset({State.PLANNED, State.SENT})
_UNDECIDED: Final = frozenset({State.SENT, State.UNKNOWN})
_CHANGES: Final = frozenset({State.DONE, State.FAILED, State.UNKNOWN})


@dataclass(frozen=True)
class About:
    """What a run is. `rate` is in changes a second, 0 for as fast as it goes; `passwords_at` a file's path.

    `place` is where, and as whom it was begun; `aws_profile` signs its calls.
    """

    action: str
    operation: str
    place: Place
    rate: float
    at: datetime
    aws_profile: str | None = None
    passwords_at: str = ""


class JournalFile:
    """A journal that is open and ours: no other process runs it. Made by `begin` and `reopen`.

    Changes that were sent are written to `changes.jsonl` too, once their outcome is known; one that stayed
    unknown there once more, when it is found out.
    """

    def __init__(self, file: JsonLines, lock: _Lock, about: About, records: Iterable[Record]) -> None:
        self._file = file
        self._lock = lock
        self._closed = False
        self._written = self._kept = 0
        self._syncing: asyncio.Future[None] | None = None
        self._changes = Changes(about.place)
        self.about = about
        self.path = file.path
        self.records: Mapping[str, Record] = latest(records)
        """Each user's last record when it was opened, in the order of the plan."""
        self._undecided = {
            each.username: each.state for each in self.records.values() if each.state in _UNDECIDED
        }

    @classmethod
    def begin(cls, about: About, usernames: Sequence[str], directory: Path | None = None) -> Self:
        """Make the journal of a new run in `directory`, all `usernames` planned.

        Raises:
            StoreError: it cannot be made.
        """
        file, lock = _new_file(about, directory or journals_dir())
        try:
            plan = [Record(each, State.PLANNED, about.at) for each in usernames]
            file.append([_header(about, len(plan)), *map(_line, plan)])
            file.sync()
            sync_directory(file.path.parent)
            return cls(file, lock, about, plan)
        except BaseException:
            file.close()
            lock.release()
            raise

    @classmethod
    def reopen(cls, path: Path, identity: str = "") -> Self:
        """Open the journal at `path` to go on with its run, now as `identity`.

        Raises:
            DamagedFile: a line cannot be understood; a torn last one is no damage.
            StoreError: it cannot be read, or another process is running it.
        """
        about, records = read(path)
        lock = _Lock(path)
        try:
            file = JsonLines(path)
        except BaseException:
            lock.release()
            raise
        try:
            file.mend()
            about, records = read(path)  # as it is now that nobody else writes
            _keep_changes(about, records)
            about = replace(about, place=replace(about.place, identity=identity))
            return cls(file, lock, about, records)
        except BaseException:
            file.close()
            lock.release()
            raise

    async def write(self, *records: Record) -> None:
        """Write `records` down; see `bulk.records.Journal`.

        Raises:
            StoreError: there is no room, or the file is gone.
        """
        self._append(records)
        if any(each.state in _DURABLE for each in records):
            await self._on_the_disk()

    def close(self) -> None:
        """Have all of it on the disk, and let go of it. May be called twice."""
        if self._closed:
            return
        self._closed = True
        try:
            self._file.sync()
            self._changes.sync()
        finally:
            self._changes.close()
            self._file.close()
            self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    async def _on_the_disk(self) -> None:
        """Wait until all that was written so far is there. Those who wait at the same time share the wait."""
        wanted = self._written
        while self._kept < wanted:
            if self._syncing is None:
                self._syncing = asyncio.ensure_future(self._sync())
            await asyncio.shield(self._syncing)

    async def _sync(self) -> None:
        written = self._written
        try:
            await off_loop(None, self._file.sync)
            self._kept = written
        finally:
            self._syncing = None

    def _append(self, records: Sequence[Record]) -> None:
        self._file.append(map(_line, records))
        self._written += 1
        for record in records:
            was = self._undecided.pop(record.username, None)
            if record.state in _UNDECIDED:
                self._undecided[record.username] = record.state
            if _is_change(was, record.state):
                self._changes.add([_change(self.about.operation, record)])


def _is_change(was: State | None, state: State) -> bool:
    """Whether `state` is what came of a request, and news where it `was` undecided."""
    return was in _UNDECIDED and was != state and state in _CHANGES


def _keep_changes(about: About, records: Sequence[Record]) -> None:
    """Write to `changes.jsonl` what `records` tell and it lacks: their writer died, or had no room there."""
    decided = []
    last: dict[str, State] = {}
    for record in records:
        if _is_change(last.get(record.username), record.state):
            decided.append(_change(about.operation, record))
        last[record.username] = record.state
    if decided:
        with Changes(about.place) as changes:
            changes.add(changes.missing(decided))


def read(path: Path) -> tuple[About, list[Record]]:
    """The journal at `path`: what its run is, and all its records, in order.

    Raises:
        DamagedFile: a line cannot be understood; a torn last one is no damage.
        StoreError: it cannot be read, is of another format, or was never begun.
    """
    lines = lines_of(path)
    number, first = next(lines, (1, None))
    if first is None:
        raise DamagedFile(path, number, "there is nothing in it")
    if first.get("format") != FORMAT:
        raise StoreError(
            f"{shown(path)} is no journal of a bulk run, or one of another version of this app (format "
            f"{first.get('format')!r}, and this is {FORMAT})."
        )
    about, planned = _about(path, first)
    records = [_record(path, number, line) for number, line in lines]
    if len(records) < planned:
        raise StoreError(
            f"{shown(path)} was broken off before anything was sent: {len(records)} of {planned} users are "
            "planned. Begin the run anew."
        )
    _check_plan(path, records, planned)
    return about, records


def _check_plan(path: Path, records: Sequence[Record], planned: int) -> None:
    known = {record.username for record in records[:planned]}
    for number, record in enumerate(records, 2):
        if record.username not in known:
            raise DamagedFile(path, number, f"{record.username!r} is not among the planned users")


def _header(about: About, users: int) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "action": about.action,
        "operation": about.operation,
        "user_pool_id": about.place.user_pool_id,
        "region": about.place.region,
        "endpoint_url": about.place.endpoint_url,
        "aws_profile": about.aws_profile,
        "identity": about.place.identity or None,
        "rate": about.rate,
        "at": about.at.isoformat(),
        **({"passwords_at": about.passwords_at} if about.passwords_at else {}),
        "users": users,
    }


def _about(path: Path, line: Mapping[str, Any]) -> tuple[About, int]:
    try:
        place = Place(
            _text(line["user_pool_id"]),
            _text(line["region"]),
            _text_or_none(line["endpoint_url"]),
            _text_or_none(line["identity"]) or "",
        )
        about = About(
            action=_text(line["action"]),
            operation=_text(line["operation"]),
            place=place,
            rate=_rate(line["rate"]),
            at=_moment(line["at"]),
            aws_profile=_text_or_none(line["aws_profile"]),
            passwords_at=_text(line.get("passwords_at", "")),
        )
        return about, int(line["users"])
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise DamagedFile(path, 1, f"it does not say what the run is ({_flaw(error)})") from None


def _line(record: Record) -> dict[str, Any]:
    before = record.before
    return {
        "user": record.username,
        "state": str(record.state),
        "at": record.at.isoformat(),
        **({"before": _before_line(before)} if before and record.state is State.SENT else {}),
        **({"code": record.code} if record.code else {}),
        **({"message": record.message} if record.message else {}),
    }


def _before_line(before: Before) -> dict[str, Any]:
    return {
        "username": before.username,
        "status": before.status,
        "enabled": before.enabled,
        "created": before.created.isoformat() if before.created else None,
        "modified": before.modified.isoformat() if before.modified else None,
    }


def _record(path: Path, number: int, line: Mapping[str, Any]) -> Record:
    try:
        state = State(line["state"])
        return Record(
            _text(line["user"]),
            state,
            _moment(line["at"]),
            _before(line["before"]) if state is State.SENT else None,
            _text(line.get("code", "")),
            _text(line.get("message", "")),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise DamagedFile(path, number, f"this is no record of a user ({_flaw(error)})") from None


def _before(line: Mapping[str, Any]) -> Before:
    if not isinstance(line["enabled"], bool):
        raise TypeError("enabled is not true or false")
    return Before(
        _text(line["username"]),
        _text(line["status"]),
        line["enabled"],
        _moment_or_none(line["created"]),
        _moment_or_none(line["modified"]),
    )


def _change(operation: str, record: Record) -> Change:
    return Change(record.at, operation, record.username, str(record.state), record.code)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("text is wanted")
    return value


def _text_or_none(value: object) -> str | None:
    return None if value is None else _text(value)


def _rate(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError("the rate is no number")
    if not (math.isfinite(value) and value >= 0):
        raise ValueError(f"the rate is {value}, and must be 0 or more a second")
    return float(value)


def _moment(value: object) -> datetime:
    moment = datetime.fromisoformat(_text(value))
    if moment.tzinfo is None:
        raise ValueError("a time without its zone")
    return moment.astimezone(UTC)


def _moment_or_none(value: object) -> datetime | None:
    return None if value is None else _moment(value)


def _flaw(error: Exception) -> str:
    return f"{error} is missing" if isinstance(error, KeyError) else str(error)


def _new_file(about: About, directory: Path) -> tuple[JsonLines, _Lock]:
    """A file of a name that was free, and its lock."""
    stem = f"{about.at.astimezone(UTC):%Y-%m-%dT%H%M%SZ}-{about.action}"
    for number in range(1, _NAMESAKES):
        path = directory / f"{stem}{f'-{number}' if number > 1 else ''}.jsonl"
        try:
            file = JsonLines(path, new=True)
        except FileExistsError:
            continue
        return file, _Lock(path)
    raise StoreError(f"There are {_NAMESAKES} journals named {stem} already.")


_NAMESAKES: Final = 1000
"""Runs of one action that begin in one second."""


class _Lock:
    """Held by the one process that runs a journal; the system lets go of it when that dies.

    Raises:
        StoreError: another process holds it.
    """

    def __init__(self, path: Path) -> None:
        from filelock import FileLock, Timeout  # noqa: PLC0415 for a run only

        beside = path.with_name(f".{path.name}.lock")
        self._lock = FileLock(beside, timeout=0, mode=0o600, thread_local=False)
        try:
            self._lock.acquire()
        except Timeout:
            raise StoreError(f"{shown(path)} is being run by another process.") from None
        except OSError as error:
            raise StoreError(f"{shown(path)} could not be locked: {error.strerror}.") from None

    def release(self) -> None:
        """Let others have it."""
        self._lock.release()
