"""Five thousand users, every kind of fault, a kill -9 in the middle: nobody twice, nobody lost."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

from cognito_tui.bulk.records import Record, State, latest
from cognito_tui.cognito.model import UserStatus
from cognito_tui.sandbox.faults import Attempt, Fault, Faults, scattered
from cognito_tui.sandbox.server import SandboxServer
from cognito_tui.store.journal import read
from tests.sandbox.house import POOL, House

COUNT: Final = 5000
PATIENCE: Final = 180.0
"""Seconds until the test itself is taken to be broken."""

CHANGE: Final = "AdminCreateUser"
LOOK: Final = "AdminGetUser"

_OF_CHANGES: Final = scattered(
    [*Fault, *[None] * 20, Fault.THROTTLE, Fault.THROTTLE, *[None] * 20], {CHANGE}, attempts=2
)
_OF_LOOKS: Final = scattered(
    [Fault.THROTTLE, Fault.DROP_BEFORE, Fault.ERROR_BEFORE, *[None] * 60], {LOOK}, attempts=9
)


def fault_of(attempt: Attempt) -> Fault | None:
    """What goes wrong: one change in seven, and a second one of the same user too; some looks."""
    return _OF_CHANGES(attempt) or _OF_LOOKS(attempt)


def test_nobody_is_changed_twice_and_nobody_is_lost(tmp_path: Path) -> None:
    house, names = _invited_yesterday()
    faults = Faults(fault_of)
    with SandboxServer(house.sandbox, faults=faults) as server:
        with _runner("begin", POOL, server.endpoint_url) as first:
            print(*names, sep="\n", file=_pipe(first.stdin))
            _pipe(first.stdin).close()
            journal = _pipe(first.stdout).readline().rstrip()
            _wait_until_changed(house, COUNT * 2 // 5, first)
            first.kill()
        left = Counter(each.state for each in _records(journal).values())
        assert left[State.DONE] > COUNT // 4
        assert left[State.SENT] > 0
        assert left[State.PLANNED] > COUNT // 4
        with _runner("resume", POOL, server.endpoint_url, journal) as second:
            assert second.communicate(timeout=PATIENCE) == (f"{journal}\n0 \n", "")
    records, done = _records(journal), _done(house)

    assert list(records) == names
    assert {each.state for each in records.values()} <= {State.DONE, State.UNKNOWN}
    assert set(done.values()) == {1}, "nobody was sent two passwords"
    assert done.keys() >= {name for name, each in records.items() if each.state is State.DONE}
    assert _repeated_blindly(faults) == []
    unknown = [name for name, each in records.items() if each.state is State.UNKNOWN]
    assert len(unknown) < COUNT // 100
    changes = (tmp_path / "state" / "changes.jsonl").read_text().splitlines()
    assert Counter(json.loads(line)["user"] for line in changes) == dict.fromkeys(names, 1)


def _invited_yesterday() -> tuple[House, list[str]]:
    house, names = House(), [f"user-{number:04}" for number in range(COUNT)]
    for name in names:
        house.user(name, UserStatus.FORCE_CHANGE_PASSWORD)
    house.clock.forward(days=1)
    return house, names


@contextmanager
def _runner(*arguments: str) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(
        [sys.executable, "-m", "tests.bulk.runner", *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def _wait_until_changed(house: House, count: int, process: subprocess.Popen[str]) -> None:
    until = time.monotonic() + PATIENCE
    while len(_done(house)) < count:
        assert process.poll() is None, _pipe(process.stderr).read()
        assert time.monotonic() < until
        time.sleep(0.02)  # the server counts by itself; there is nothing to wait on


def _done(house: House) -> Counter[str]:
    """How often the change was really carried out for whom, by the server's own count."""
    return Counter({name: count for (what, name), count in house.sandbox.done.items() if what == CHANGE})


def _repeated_blindly(faults: Faults) -> list[str]:
    """Whoever was sent a request after one that was carried out."""
    return [
        name
        for (what, name), count in faults.attempts.items()
        if what == CHANGE
        for number in range(1, count)
        if (fault := fault_of(Attempt(what, name, number))) is None or fault.works
    ]


def _records(journal: str) -> dict[str, Record]:
    return latest(read(Path(journal))[1])


def _pipe(pipe: IO[str] | None) -> IO[str]:
    assert pipe is not None
    return pipe
