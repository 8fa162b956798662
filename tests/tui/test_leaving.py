"""Who leaves the app in the midst of something is told nothing of it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest

from cognito_tui.cognito.snippets import Where
from cognito_tui.cognito.steps import Call
from cognito_tui.tui.app import CognitoApp
from cognito_tui.tui.calls import Calls
from cognito_tui.walk import Reply
from tests.tui.crowds import with_calls
from tests.tui.stage import on_stage
from tests.tui.worlds import sandbox


class Leaving(Calls):
    """Calls whose answer to `operation` comes when the app is being left, for as many rounds of the loop."""

    def __init__(self, operation: str, rounds: int) -> None:
        super().__init__()
        self._operation = operation
        self._rounds = rounds
        self.leave: Callable[[], None]
        self.has_left = asyncio.Event()

    async def send(self, where: Where, call: Call) -> Reply:
        reply = await super().send(where, call)
        if call.operation == self._operation:
            self.leave()
            self.has_left.set()
            for _ in range(self._rounds):
                await asyncio.sleep(0)
        return reply


@pytest.mark.parametrize("rounds", [0, 2, 5])
@pytest.mark.parametrize("operation", ["DescribeUserPoolClient", "InitiateAuth"])
async def test_the_answer_that_comes_then_disturbs_nobody(operation: str, rounds: int) -> None:
    calls = Leaving(operation, rounds)
    app = CognitoApp(with_calls(sandbox(), calls))
    calls.leave = app.exit
    async with on_stage(app) as stage:
        await stage.sees("Who would you like")
        await stage.press("down", "enter")
        await stage.sees("over what you typed")
        await stage.press("enter")
        await calls.has_left.wait()
    assert app.return_code == 0
