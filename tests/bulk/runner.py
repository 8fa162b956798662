"""A run in a process of its own, which may be killed, for `test_five_thousand`.

`python -m tests.bulk.runner begin|resume POOL ENDPOINT [JOURNAL]` reads usernames from stdin to begin with,
and prints the path of the journal before the first change. It waits for nothing but the disk and the server.
"""

from __future__ import annotations

import asyncio
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cognito_tui.aws.client import Client
from cognito_tui.bulk.gate import Clock
from cognito_tui.bulk.orders import request_for
from cognito_tui.bulk.run import MOST_LANES, Run
from cognito_tui.bulk.work import Order
from cognito_tui.cognito.steps import Call
from cognito_tui.cognito.user_actions import Action
from cognito_tui.store.changes import Place
from cognito_tui.store.journal import About, JournalFile
from cognito_tui.walk import Reply
from tests.sandbox.house import Clock as HouseClock

ACTION = Action.RESEND_INVITATION
A_DAY_LATER = HouseClock()() + timedelta(days=1)
"""The server's time: `test_five_thousand` lets a day pass."""

HURRIED = Clock(time.monotonic, lambda _seconds: asyncio.sleep(0), lambda: A_DAY_LATER)


def main(what: str, pool: str, endpoint: str, path: str = "") -> None:
    place = Place(pool, "local", endpoint)
    about = About(str(ACTION), ACTION.operation, place, 0.0, datetime.now(UTC))
    if what == "begin":
        journal = JournalFile.begin(about, sys.stdin.read().split())
    else:
        journal = JournalFile.reopen(Path(path))
    print(journal.path, flush=True)  # noqa: T201 read by the test
    with journal:
        client = Client("local", endpoint, pauses=())

        threads = ThreadPoolExecutor(MOST_LANES)

        async def call(step: Call) -> Reply:
            return await asyncio.get_running_loop().run_in_executor(threads, client.send, step)

        order = Order(ACTION, pool, request_for(ACTION, pool), 0.0)
        records = journal.records.values()
        run = Run(order, records, call=call, journal=journal, clock=HURRIED, settling=0.0)
        ending = asyncio.run(run.go())
    print(ending.left, ending.why, flush=True)  # noqa: T201 read by the test


if __name__ == "__main__":
    main(*sys.argv[1:])
