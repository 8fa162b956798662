"""The list of users beside a plain DataTable: rows a second, memory a row, key to paint while it loads.

Run by hand: python -m tests.benchmarks.users_list [ROWS ...]. Each case has a process of its own and is fed
in pages of 60, as ListUsers gives them; every twentieth page a key is pressed, and timed to its paint. A
DataTable is given `DATA_TABLE_ROWS` at most: fed in pages it takes time that grows with the square.
"""

from __future__ import annotations

import asyncio
import gc
import json
import resource
import statistics
import subprocess
import sys
import time
from typing import Any, Final

from rich.text import Text
from textual.app import App, ComposeResult
from textual.events import Key
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import DataTable

from cognito_tui.tui.app import CognitoApp
from cognito_tui.tui.roll import AS_TOLD, Order
from cognito_tui.tui.theme import DARK
from cognito_tui.tui.user_rows import Moment, UserRow
from cognito_tui.tui.widgets.user_list import UserList
from tests.tui.made_up_users import NOW, made_up

PAGE: Final = 60
KEY_EVERY: Final = 20
DATA_TABLE_ROWS: Final = 10_000
SIZE: Final = (120, 40)


class Bench(App[dict[str, float]]):
    """One list, fed and pressed."""

    CSS_PATH = CognitoApp.CSS_PATH

    def __init__(self, kind: str, rows: int) -> None:
        super().__init__()
        self.register_theme(DARK)
        self.theme = DARK.name
        self.kind, self.rows = kind, rows
        self.loaded = False
        self.painted = asyncio.Event()
        self.users: Widget = UserList() if kind == "UserList" else DataTable(cursor_type="row")

    def compose(self) -> ComposeResult:
        yield self.users

    def _display(self, screen: Screen[Any], renderable: Any) -> None:
        super()._display(screen, renderable)
        self.painted.set()

    def on_ready(self) -> None:
        self.users.focus()
        if isinstance(self.users, UserList):
            self.users.moment = Moment(NOW.timestamp(), 7)
        elif isinstance(self.users, DataTable):
            for title in ("Username", "E-mail", "Status", "On", "Changed"):
                self.users.add_column(title, width=16)
        self.run_worker(self.measured())

    def feed(self, page: list[UserRow]) -> None:
        if isinstance(self.users, UserList):
            self.users.extend(page)
        elif isinstance(self.users, DataTable):
            self.users.add_rows([Text(str(value)) for value in row[:5]] for row in page)

    async def measured(self) -> None:
        """Feed all pages; then search and sort."""
        made, keys, resident = 0.0, [], resident_kb()
        began, cpu = time.perf_counter(), time.process_time()
        for number, first in enumerate(range(0, self.rows, PAGE)):
            making = time.perf_counter()
            page = made_up(first, min(self.rows, first + PAGE))
            made += time.perf_counter() - making
            self.feed(page)
            await asyncio.sleep(0)
            if number % KEY_EVERY == KEY_EVERY - 1:
                keys.append(await self.key_to_paint("down"))
        report = {
            "seconds": time.perf_counter() - began - made,
            "cpu": time.process_time() - cpu - made,
            "kb": resident_kb() - resident,
            "rss": resident_kb(),
            "p50": statistics.median(keys),
            "p95": statistics.quantiles(keys, n=20)[-1] if len(keys) > 1 else keys[0],
        }
        self.loaded = True
        report["end"] = await self.key_to_paint("end")
        report["pgup"] = max([await self.key_to_paint("pageup") for _ in range(20)])
        if isinstance(self.users, UserList):
            report["search"] = max([await self.look(needle="9" * n) for n in range(1, 5)])
            report["sort"] = await self.look(order=Order("contact"))
        self.exit(report)

    async def key_to_paint(self, key: str) -> float:
        """Milliseconds."""
        await self.rests()
        self.painted.clear()
        began = time.perf_counter()
        self.post_message(Key(key, None))
        await self.painted.wait()
        return (time.perf_counter() - began) * 1000

    async def rests(self) -> None:
        """Nobody types faster, and Textual paints sixty times a second at most."""
        if self.loaded:
            await asyncio.sleep(0.05)

    async def look(self, needle: str = "", order: Order = AS_TOLD) -> float:
        """Milliseconds for another search or order, to its paint."""
        assert isinstance(self.users, UserList)
        await self.rests()
        self.painted.clear()
        began = time.perf_counter()
        self.users.look(keep=None, needle=needle, order=order)
        await self.painted.wait()
        return (time.perf_counter() - began) * 1000


def resident_kb() -> float:
    """Memory of this process: now where /proc tells, else the most there was."""
    gc.collect()
    try:
        with open("/proc/self/statm", encoding="ascii") as told:  # noqa: PTH123 read a hundred times
            return int(told.read().split()[1]) * resource.getpagesize() / 1024
    except OSError:
        return float(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)


async def case(kind: str, rows: int) -> dict[str, float]:
    """Measure one list in this process."""
    app = Bench(kind, rows)
    await app.run_async(headless=True, size=SIZE)
    if app.return_value is None:
        raise SystemExit("the app ended early")
    return app.return_value


def measured_apart(kind: str, rows: int) -> dict[str, float]:
    """Measure one list in a process of its own."""
    words = [sys.executable, "-m", "tests.benchmarks.users_list", "--case", kind, str(rows)]
    done = subprocess.run(words, check=True, capture_output=True, text=True)
    report: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return report


HEAD: Final = (
    "| list | rows | rows/s | CPU s | memory a row B | RSS MB | key while loading p50 / p95 ms | end ms "
    "| pgup max ms | search max ms | sort ms |"
)


def main(words: list[str]) -> None:
    if words[:1] == ["--case"]:
        print(json.dumps(asyncio.run(case(words[1], int(words[2])))))
        return
    sizes = [int(word) for word in words] or [1_200, 10_000, 100_000]
    print(HEAD)
    print("|" + "---|" * (HEAD.count("|") - 1))
    for rows in sizes:
        for kind in ("DataTable", "UserList"):
            if kind == "DataTable" and rows > DATA_TABLE_ROWS:
                continue
            told = measured_apart(kind, rows)
            extra = [f"{told[name]:.1f}" if name in told else "-" for name in ("search", "sort")]
            print(
                f"| {kind} | {rows} | {rows / told['seconds']:.0f} | {told['cpu']:.2f} "
                f"| {told['kb'] * 1024 / rows:.0f} | {told['rss'] / 1024:.0f} "
                f"| {told['p50']:.1f} / {told['p95']:.1f} | {told['end']:.1f} | {told['pgup']:.1f} "
                f"| {' | '.join(extra)} |",
                flush=True,
            )


if __name__ == "__main__":
    main(sys.argv[1:])
