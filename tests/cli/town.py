"""A house that is served, and the commands about its users."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cognito_tui.cognito.model import UserStatus
from cognito_tui.sandbox.faults import Fault, Faults
from cognito_tui.sandbox.server import SandboxServer
from tests.cli.running import Ran, here
from tests.sandbox.house import POOL, House

AT_ONCE = ("--yes", "--rate", "1000")


@dataclass(frozen=True)
class Town:
    """A house at `url`; `faults` are what goes wrong with the first requests of an operation about a user."""

    house: House
    url: str
    faults: dict[tuple[str, str], list[Fault]]

    @property
    def options(self) -> tuple[str, ...]:
        """Those that say which pool."""
        return ("--user-pool-id", POOL, "--endpoint-url", self.url)

    def users(self, *arguments: str, stdin: str | bytes = b"") -> Ran:
        """`cognito-tui users` about this pool."""
        return here("users", *arguments, *self.options, stdin=stdin)

    def invited(self, *names: str) -> None:
        """Move people in who wait in FORCE_CHANGE_PASSWORD since a day ago."""
        for name in names:
            self.house.user(name, UserStatus.FORCE_CHANGE_PASSWORD)
        self.house.clock.forward(days=1)

    def status(self, name: str) -> str:
        return str(self.house.now(name).status)

    def done(self, operation: str) -> dict[str, int]:
        """How often it was really done to whom."""
        return {name: count for (what, name), count in self.house.sandbox.done.items() if what == operation}


@contextmanager
def town(**settings: Any) -> Iterator[Town]:
    """Serve a house; `settings` are more of its sandbox's."""
    house, faults = House(**settings), dict[tuple[str, str], list[Fault]]()

    def choose(attempt: Any) -> Fault | None:
        wanted = faults.get((attempt.operation, attempt.username), [])
        return wanted[attempt.number - 1] if attempt.number <= len(wanted) else None

    with SandboxServer(house.sandbox, faults=Faults(choose)) as server:
        yield Town(house, server.endpoint_url, faults)


def outcomes(ran: Ran) -> dict[str, str]:
    """Who ended how, by what stands on stdout."""
    return {each["Username"]: each["Outcome"] for each in map(json.loads, ran.out.splitlines())}


def journal_in(err: str) -> Path:
    """The journal that stderr tells of."""
    line = next(each for each in err.splitlines() if each.startswith("journal: "))
    return Path(line.removeprefix("journal: ").replace("~", str(Path.home()), 1))
