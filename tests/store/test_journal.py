"""The journal outlives its writer, belongs to one process at a time, and tells what is wrong with it."""

from __future__ import annotations

import json
import os
import resource
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from cognito_tui.bulk.records import Before, Record, State
from cognito_tui.store.changes import Change, Changes, Place
from cognito_tui.store.errors import DamagedFile, StoreError
from cognito_tui.store.journal import About, JournalFile, read

AT = datetime(2026, 11, 20, 20, 48, 12, 345678, UTC)
PLACE = Place("eu-west-1_Kq3TzV9aB", "eu-west-1", identity="arn:aws:iam::123456789012:user/ana")
ABOUT = About("resend", "AdminCreateUser", PLACE, 5.0, AT, aws_profile="acme")
BEFORE = Before("ana", "FORCE_CHANGE_PASSWORD", True, AT - timedelta(days=9), AT - timedelta(days=2))


def record(username: str, state: State, code: str = "", message: str = "") -> Record:
    return Record(username, state, AT, BEFORE if state is State.SENT else None, code, message)


@pytest.fixture
def journal() -> Iterator[JournalFile]:
    with JournalFile.begin(ABOUT, ["ana", "ben", "[/red]"]) as begun:
        yield begun


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text().splitlines()]


def changes(tmp_path: Path) -> list[dict[str, Any]]:
    return lines(tmp_path / "state" / "changes.jsonl")


class TestBegin:
    def test_says_what_the_run_is_and_who_is_planned(self, journal: JournalFile) -> None:
        header, *planned = lines(journal.path)
        assert header == {
            "format": 1,
            "action": "resend",
            "operation": "AdminCreateUser",
            "user_pool_id": "eu-west-1_Kq3TzV9aB",
            "region": "eu-west-1",
            "endpoint_url": None,
            "aws_profile": "acme",
            "identity": "arn:aws:iam::123456789012:user/ana",
            "rate": 5.0,
            "at": "2026-11-20T20:48:12.345678+00:00",
            "users": 3,
        }
        at = "2026-11-20T20:48:12.345678+00:00"
        assert planned == [{"user": name, "state": "planned", "at": at} for name in ("ana", "ben", "[/red]")]

    def test_is_in_the_state_directory_and_its_owners_alone(
        self, journal: JournalFile, tmp_path: Path
    ) -> None:
        assert journal.path == tmp_path / "state" / "bulk" / "2026-11-20T204812Z-resend.jsonl"
        modes = {path: stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "state").rglob("*")}
        assert set(modes.values()) == {0o600, 0o700}
        assert {path.name for path, mode in modes.items() if mode == 0o700} == {"bulk"}
        assert stat.S_IMODE((tmp_path / "state").stat().st_mode) == 0o700

    def test_two_runs_of_one_second_have_a_journal_each(self, journal: JournalFile) -> None:
        with JournalFile.begin(ABOUT, ["eva"]) as other:
            assert other.path.name == "2026-11-20T204812Z-resend-2.jsonl"
            assert list(other.records) == ["eva"]
            assert list(journal.records) == ["ana", "ben", "[/red]"]


class TestWrite:
    async def test_what_is_sent_is_on_the_disk_when_write_returns(
        self, journal: JournalFile, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        synced: list[int] = []
        fsync = os.fsync

        def watched(number: int) -> None:
            fsync(number)
            synced.append(journal.path.stat().st_size)

        monkeypatch.setattr(os, "fsync", watched)
        await journal.write(record("ana", State.SENT))
        assert synced == [journal.path.stat().st_size]
        assert lines(journal.path)[-1] == {
            "user": "ana",
            "state": "sent",
            "at": "2026-11-20T20:48:12.345678+00:00",
            "before": {
                "username": "ana",
                "status": "FORCE_CHANGE_PASSWORD",
                "enabled": True,
                "created": "2026-11-11T20:48:12.345678+00:00",
                "modified": "2026-11-18T20:48:12.345678+00:00",
            },
        }

    async def test_all_is_read_back_as_it_was_written(self, journal: JournalFile) -> None:
        written = [
            record("ana", State.SENT),
            record("ana", State.DONE),
            record("ben", State.SENT),
            record("ben", State.FAILED, "CodeDeliveryFailureException", "No\nway \x1b[31m"),
            record("[/red]", State.SKIPPED, message="disabled"),
        ]
        for each in written:
            await journal.write(each)
        about, records = read(journal.path)
        assert about == ABOUT
        assert records[3:] == written

    async def test_without_room_nothing_is_half_written(self, journal: JournalFile) -> None:
        before = journal.path.read_bytes()
        limits = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (len(before) + 20, limits[1]))
        try:
            with pytest.raises(StoreError, match=r"could not be written: File too large"):
                await journal.write(record("ana", State.SENT))
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        assert journal.path.read_bytes() == before


class TestReopen:
    async def test_has_the_last_record_of_each_user_and_how_it_was_before(self, journal: JournalFile) -> None:
        for each in (
            record("ana", State.SENT),
            record("ben", State.SENT),
            record("ben", State.UNKNOWN, message="no way"),
        ):
            await journal.write(each)
        journal.close()
        with reopened(journal.path) as again:
            assert {name: (each.state, each.before) for name, each in again.records.items()} == {
                "ana": (State.SENT, BEFORE),
                "ben": (State.UNKNOWN, BEFORE),
                "[/red]": (State.PLANNED, None),
            }

    async def test_goes_on_where_it_was(self, journal: JournalFile) -> None:
        journal.close()
        with reopened(journal.path) as again:
            await again.write(record("ana", State.SENT))
        with reopened(journal.path) as again:
            assert again.records["ana"].state is State.SENT

    @pytest.mark.parametrize("torn", [b'{"user": "ana", "sta', b"{", b"\0\0\0\0", b"[" * 5000, b"\xff\xfe"])
    async def test_a_torn_last_line_is_dropped_and_not_glued_to(
        self, journal: JournalFile, torn: bytes
    ) -> None:
        journal.close()
        with journal.path.open("ab") as file:
            file.write(torn)
        assert len(read(journal.path)[1]) == 3
        with reopened(journal.path) as again:
            assert again.records["ana"].state is State.PLANNED
            await again.write(record("ana", State.SENT))
        assert read(journal.path)[1][3:] == [record("ana", State.SENT)]

    def test_only_one_process_at_a_time(self, journal: JournalFile) -> None:
        with pytest.raises(StoreError, match=r"-resend\.jsonl is being run by another process\.$"):
            JournalFile.reopen(journal.path)
        program = (
            "import sys, pathlib; from cognito_tui.store.journal import JournalFile\n"
            "JournalFile.reopen(pathlib.Path(sys.argv[1]))"
        )
        other = subprocess.run(
            [sys.executable, "-c", program, str(journal.path)], capture_output=True, text=True, check=False
        )
        assert "is being run by another process." in other.stderr

    def test_may_be_gone_on_with_as_somebody_else(self, journal: JournalFile) -> None:
        journal.close()
        with JournalFile.reopen(journal.path, "arn:aws:iam::123456789012:user/ben") as again:
            assert again.about.place.identity.endswith("user/ben")
            assert again.about.action == "resend"


def reopened(path: Path) -> JournalFile:
    return JournalFile.reopen(path)


AN_ANA = '{"user": "ana", "state": "done", "at": "2026-11-20T20:48:12+00:00"}'

DAMAGES: dict[str, tuple[Callable[[list[str]], list[str]], int, str]] = {
    "a header that says too little": (
        lambda text: ['{"format": 1, "users": 3}', *text[1:]],
        1,
        "it does not say what the run is ('user_pool_id' is missing)",
    ),
    "a line in the middle that was cut": (
        lambda text: [*text, AN_ANA[:20], AN_ANA],
        5,
        "this is not JSON",
    ),
    "a line that is no object": (lambda text: [*text, "[]"], 5, "this is not a JSON object"),
    "a line without its state": (
        lambda text: [*text, '{"user": "ana"}'],
        5,
        "this is no record of a user ('state' is missing)",
    ),
    "a state that there is not": (
        lambda text: [*text, AN_ANA.replace("done", "dono")],
        5,
        "this is no record of a user ('dono' is not a valid State)",
    ),
    "a time without its zone": (
        lambda text: [*text, AN_ANA.replace("+00:00", "")],
        5,
        "this is no record of a user (a time without its zone)",
    ),
    "sent, but not how the user was": (
        lambda text: [*text, AN_ANA.replace("done", "sent")],
        5,
        "this is no record of a user ('before' is missing)",
    ),
    "a user who is not planned": (
        lambda text: [*text, AN_ANA.replace("ana", "eve")],
        5,
        "'eve' is not among the planned users",
    ),
    "nothing at all": (lambda _text: [], 1, "there is nothing in it"),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_damage_is_told_with_line_and_reason_and_left_as_it_is(journal: JournalFile, damage: str) -> None:
    change, line, reason = DAMAGES[damage]
    journal.close()
    journal.path.write_text("".join(f"{each}\n" for each in change(journal.path.read_text().splitlines())))
    damaged = journal.path.read_bytes()
    with pytest.raises(DamagedFile) as caught:
        JournalFile.reopen(journal.path)
    assert (caught.value.line, caught.value.reason) == (line, reason)
    assert journal.path.read_bytes() == damaged


@pytest.mark.parametrize(
    ("rate", "flaw"),
    [
        ("-1", "the rate is -1, and must be 0 or more a second"),
        ("Infinity", "the rate is inf, and must be 0 or more a second"),
        ("NaN", "the rate is nan, and must be 0 or more a second"),
        ("true", "the rate is no number"),
    ],
)
def test_a_rate_that_is_none_is_damage(journal: JournalFile, rate: str, flaw: str) -> None:
    journal.close()
    journal.path.write_text(journal.path.read_text().replace('"rate": 5.0', f'"rate": {rate}'))
    with pytest.raises(DamagedFile) as caught:
        JournalFile.reopen(journal.path)
    assert (caught.value.line, caught.value.reason) == (1, f"it does not say what the run is ({flaw})")


def test_a_journal_of_another_format_is_not_touched(journal: JournalFile) -> None:
    journal.close()
    journal.path.write_text(journal.path.read_text().replace('"format": 1', '"format": 2'))
    with pytest.raises(StoreError, match=r"another version of this app \(format 2, and this is 1\)"):
        JournalFile.reopen(journal.path)


def test_a_plan_that_was_not_finished_is_not_half_carried_out(journal: JournalFile) -> None:
    journal.close()
    whole = journal.path.read_bytes()
    journal.path.write_bytes(whole[: len(whole) - 9])
    with pytest.raises(StoreError, match="broken off before anything was sent: 2 of 3 users are planned"):
        JournalFile.reopen(journal.path)


def test_a_journal_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"none\.jsonl could not be read: No such file or directory"):
        JournalFile.reopen(tmp_path / "none.jsonl")


class TestChanges:
    async def test_what_was_sent_is_written_down_with_its_outcome(
        self, journal: JournalFile, tmp_path: Path
    ) -> None:
        for each in (
            record("ana", State.SENT),
            record("ana", State.DONE),
            record("ben", State.SENT),
            record("ben", State.PLANNED),
            record("ben", State.SENT),
            record("ben", State.FAILED, "InvalidParameterException", "a message"),
            record("[/red]", State.SKIPPED, message="disabled"),
        ):
            await journal.write(each)
        assert changes(tmp_path) == [
            {
                "at": "2026-11-20T20:48:12.345678+00:00",
                "identity": "arn:aws:iam::123456789012:user/ana",
                "user_pool_id": "eu-west-1_Kq3TzV9aB",
                "region": "eu-west-1",
                "endpoint_url": None,
                "operation": "AdminCreateUser",
                "user": name,
                "outcome": outcome,
                **code,
            }
            for name, outcome, code in (
                ("ana", "done", {}),
                ("ben", "failed", {"code": "InvalidParameterException"}),
            )
        ]

    async def test_whoever_was_never_reached_was_not_changed(
        self, journal: JournalFile, tmp_path: Path
    ) -> None:
        await journal.write(record("ana", State.FAILED, "UserNotFoundException"))
        assert changes(tmp_path) == []

    async def test_what_turns_out_after_a_crash_is_written_down_too(
        self, journal: JournalFile, tmp_path: Path
    ) -> None:
        await journal.write(record("ana", State.SENT))
        journal.close()
        with reopened(journal.path) as again:
            await again.write(record("ana", State.UNKNOWN))
        assert [(each["user"], each["outcome"]) for each in changes(tmp_path)] == [("ana", "unknown")]

    async def test_what_was_unknown_is_written_down_once_more_when_it_is_found_out(
        self, journal: JournalFile, tmp_path: Path
    ) -> None:
        for name in ("ana", "ben", "[/red]"):
            await journal.write(record(name, State.SENT))
            await journal.write(record(name, State.UNKNOWN))
        journal.close()
        with reopened(journal.path) as again:
            await again.write(record("ana", State.DONE))
            await again.write(record("ben", State.UNKNOWN))
            for state in (State.PLANNED, State.SENT, State.DONE):
                await again.write(record("[/red]", state))
        assert [(each["user"], each["outcome"]) for each in changes(tmp_path)] == [
            *((name, "unknown") for name in ("ana", "ben", "[/red]")),
            ("ana", "done"),
            ("[/red]", "done"),
        ]

    async def test_of_a_writer_that_died_between_the_two_files_it_is_written_down_once(
        self, journal: JournalFile, tmp_path: Path
    ) -> None:
        await journal.write(record("ana", State.SENT))
        journal.close()
        with journal.path.open("a") as file:
            print(json.dumps({"user": "ana", "state": "done", "at": AT.isoformat()}), file=file)
        for _ in range(2):
            reopened(journal.path).close()
        assert [(each["user"], each["outcome"]) for each in changes(tmp_path)] == [("ana", "done")]

    async def test_what_never_reached_the_disk_is_written_down_when_the_run_goes_on(
        self, journal: JournalFile, tmp_path: Path
    ) -> None:
        for name in ("ana", "ben", "[/red]"):
            await journal.write(record(name, State.SENT))
            await journal.write(record(name, State.DONE))
        journal.close()
        file = tmp_path / "state" / "changes.jsonl"
        whole = file.read_text().splitlines()
        file.write_text(whole[1] + "\n" + whole[2][:40])
        for _ in range(2):
            reopened(journal.path).close()
        *kept, torn, first, last = file.read_text().splitlines()
        assert (kept, torn) == ([whole[1]], whole[2][:40])
        assert [json.loads(each)["user"] for each in (first, last)] == ["ana", "[/red]"]

    def test_of_a_run_with_nobody_in_it_there_is_nothing_to_write_down(self, tmp_path: Path) -> None:
        with JournalFile.begin(ABOUT, []) as empty:
            path = empty.path
        reopened(path).close()
        assert changes(tmp_path) == []

    async def test_of_a_writer_that_lived_it_is_not_written_down_again(
        self, journal: JournalFile, tmp_path: Path
    ) -> None:
        for state in (State.SENT, State.UNKNOWN, State.DONE):
            await journal.write(record("ana", state))
        journal.close()
        reopened(journal.path).close()
        assert [each["outcome"] for each in changes(tmp_path)] == ["unknown", "done"]

    def test_is_kept_by_all_who_write_at_once(self, tmp_path: Path) -> None:
        with Changes(PLACE) as one, Changes(PLACE) as other:
            for number in range(50):
                for each in (one, other):
                    each.add([Change(AT, "AdminDeleteUser", str(number), "done")])
        assert [each["user"] for each in changes(tmp_path)] == [str(n // 2) for n in range(100)]
        assert stat.S_IMODE((tmp_path / "state" / "changes.jsonl").stat().st_mode) == 0o600
