"""Listing users, beside the AWS CLI: rows a second from a sandbox on this machine, and in the app to the end.

Run by hand: python -m tests.benchmarks.users_listing [ROWS]. The server is a process of its own, and so is
each listing; it answers as fast as it can, so that the client is what is timed. `aws` is left out where it
is not installed.
"""

from __future__ import annotations

import asyncio
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from textual.events import Key
from textual.screen import Screen

from cognito_tui.sandbox.crowd import POOL_ID
from cognito_tui.store.profile import Profile
from cognito_tui.tui.app import CognitoApp
from cognito_tui.tui.listing import Stage
from cognito_tui.tui.screens.users import UsersPlace
from tests.tui.worlds import machine

STAND_IN: Final = {
    "AWS_ACCESS_KEY_ID": "a",
    "AWS_SECRET_ACCESS_KEY": "b",
    "AWS_EC2_METADATA_DISABLED": "true",
}


@contextmanager
def served(rows: int) -> Iterator[str]:
    """The endpoint of a sandbox whose pool has so many users."""
    words = [sys.executable, "-m", "cognito_tui", "sandbox", "--users", str(rows), "--json"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        try:
            yield str(json.loads(server.stdout.readline())["endpoint"])
        finally:
            server.terminate()


def commands(endpoint: str) -> dict[str, list[str]]:
    """Each program's way to list them all."""
    place = ["--user-pool-id", POOL_ID, "--region", "local", "--endpoint-url", endpoint]
    found = {
        "cognito-tui users list": [sys.executable, "-m", "cognito_tui", "users", "list", "--json", *place]
    }
    if aws := shutil.which("aws"):
        found["aws cognito-idp list-users"] = [aws, "cognito-idp", "list-users", *place, "--output", "json"]
    return found


def timed(words: list[str]) -> tuple[float, float, float]:
    """Seconds, CPU seconds, and the most memory in MB, of a program that lists them all."""
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, **STAND_IN, "COGNITO_TUI_CONFIG_DIR": home}
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        began = time.perf_counter()
        subprocess.run(words, check=True, stdout=subprocess.DEVNULL, env=environment)
        seconds = time.perf_counter() - began
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return seconds, cpu, after.ru_maxrss / 1024


class Timed(CognitoApp):
    """Loads the users place to its end, pressing a key now and then."""

    def __init__(self, endpoint: str) -> None:
        profile = Profile("bench", POOL_ID, "client", region="local", endpoint_url=endpoint)
        super().__init__(machine(profile), first=profile)
        self.painted = asyncio.Event()
        self.report: dict[str, float] = {}

    def _display(self, screen: Screen[Any], renderable: Any) -> None:
        super()._display(screen, renderable)
        self.painted.set()

    async def on_ready(self) -> None:
        self.run_worker(self.load())

    async def load(self) -> None:
        while self.in_use is None:
            await asyncio.sleep(0.01)
        began, cpu = time.perf_counter(), time.process_time()
        self.action_go("users")
        while not isinstance(self.screen, UsersPlace):
            await asyncio.sleep(0.01)
        keys, first = [], 0.0
        while self.screen._progress.stage is not Stage.DONE:
            await asyncio.sleep(0.1)
            if self.screen.users.row is not None:
                first = first or time.perf_counter() - began
                keys.append(await self.key_to_paint())
        self.report = {
            "seconds": time.perf_counter() - began,
            "cpu": time.process_time() - cpu,
            "rss": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
            "first": first,
            "p50": statistics.median(keys),
            "p95": statistics.quantiles(keys, n=20)[-1] if len(keys) > 1 else keys[0],
        }
        self.exit()

    async def key_to_paint(self) -> float:
        """Milliseconds from a key to the paint after it."""
        self.painted.clear()
        began = time.perf_counter()
        self.post_message(Key("down", None))
        await self.painted.wait()
        return (time.perf_counter() - began) * 1000


def main(words: list[str]) -> None:
    rows = int(words[0]) if words else 100_000
    print("| listing | rows | s | rows/s | CPU s | most memory MB | first rows s | key p50 / p95 ms |")
    print("|---|---|---|---|---|---|---|---|")
    with served(rows) as endpoint:
        for name, command in commands(endpoint).items():
            seconds, cpu, most = timed(command)
            print(
                f"| {name} | {rows} | {seconds:.1f} | {rows / seconds:.0f} | {cpu:.1f} | {most:.0f} | - | - |"
            )
        app = Timed(endpoint)
        asyncio.run(app.run_async(headless=True, size=(120, 40)))
        told = app.report
        print(
            f"| the app | {rows} | {told['seconds']:.1f} | {rows / told['seconds']:.0f} | {told['cpu']:.1f} "
            f"| {told['rss']:.0f} | {told['first']:.2f} | {told['p50']:.1f} / {told['p95']:.1f} |"
        )


if __name__ == "__main__":
    main(sys.argv[1:])
