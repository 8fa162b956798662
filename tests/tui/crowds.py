"""Pools with many users, and ways to hold their pages back."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from cognito_tui.cognito.snippets import Where
from cognito_tui.cognito.steps import Call
from cognito_tui.sandbox.pool import User
from cognito_tui.sandbox.sandbox import Sandbox
from cognito_tui.tui.calls import Calls
from cognito_tui.tui.world import World
from cognito_tui.walk import Reply
from tests.tui.made_up_users import STATUSES
from tests.tui.worlds import Clock, sandbox, signing_key

POOL = "local_Practice1"


def house(*, empty_pages: int = 0, clock: Clock | None = None) -> Sandbox:
    """A sandbox to look into, the same each time."""
    return Sandbox(
        clock=clock or Clock(),
        token_bytes=random.Random(7).randbytes,
        signing_key=signing_key(),
        empty_pages=empty_pages,
    )


def crowded(users: int, *, empty_pages: int = 0) -> World:
    """The practice world, with so many more `users` in its first pool."""
    clock = Clock()
    place = house(empty_pages=empty_pages, clock=clock)
    world = sandbox(clock, place=place)
    pool = place.state.pools[POOL]
    for n in range(users):
        sub = f"{n:08x}-3d0e-4b7c-9a51-{n:012x}"
        modified = clock() - timedelta(days=n * 7 % 400 / 10)
        pool.put(
            User(
                username=f"user{n:05}",
                sub=sub,
                status=STATUSES[n % len(STATUSES)],
                created=modified - timedelta(days=30),
                modified=modified,
                attributes={"email": f"user{n}@example.com", "email_verified": "true"},
                enabled=n % 17 > 0,
            )
        )
    return world


class HeldBack(Calls):
    """Calls that wait: those of which `holds` says so, until `go` is set."""

    def __init__(self, holds: Callable[[Call], bool]) -> None:
        super().__init__()
        self._holds = holds
        self.go = asyncio.Event()
        self.asked: list[Call] = []

    async def send(self, where: Where, call: Call) -> Reply:
        self.asked.append(call)
        if self._holds(call):
            await self.go.wait()
        return await super().send(where, call)


def after_pages(number: int) -> Callable[[Call], bool]:
    """Holds back every page of ListUsers but the first ones."""
    left = [number]

    def holds(call: Call) -> bool:
        if call.operation != "ListUsers":
            return False
        left[0] -= 1
        return left[0] < 0

    return holds


def with_calls(world: World, calls: Calls) -> World:
    """The same world, whose calls go another way."""
    return replace(world, calls=calls)
