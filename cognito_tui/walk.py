"""The driver of every flow, and the record of what was said."""

from __future__ import annotations

import secrets
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Final, TypeVar

from cognito_tui.cognito.errors import CognitoError
from cognito_tui.cognito.means import Means
from cognito_tui.cognito.steps import Answer, Answers, Call, Flow, Prompt

T = TypeVar("T")

THIS_MACHINE: Final = Means(token_bytes=secrets.token_bytes, now=lambda: datetime.now(UTC))
"""What a flow is given that is not a test."""


@dataclass(frozen=True)
class Reply:
    """Cognito's answer to a call, and how it came: HTTP status, request id, body size in bytes."""

    body: Answer
    status: int = 200
    request_id: str = ""
    size: int = 0


class Cancelled(Exception):
    """The person does not want to go on."""


async def walk(
    flow: Flow[T],
    *,
    call: Callable[[Call], Awaitable[Reply]],
    ask: Callable[[Prompt], Awaitable[Answers]],
) -> T:
    """Carry out the steps of `flow` and bring it the outcomes, until it ends; return what it ends with.

    A `CognitoError` of a step is thrown into the flow at its `yield`.

    Raises:
        CognitoError: one that the flow does not deal with.
        Cancelled: from `ask`; the flow is closed.
    """
    try:
        step = next(flow)
        while True:
            try:
                outcome = (await call(step)).body if isinstance(step, Call) else await ask(step)
            except CognitoError as error:
                step = flow.throw(error)
            else:
                step = flow.send(outcome)
    except StopIteration as done:
        result: T = done.value
        return result
    finally:
        flow.close()


@dataclass(frozen=True)
class Exchange:
    """One call and what came of it: a reply, an error, or neither yet. `seconds` is how long it took."""

    number: int
    call: Call
    reply: Reply | None = None
    error: CognitoError | None = None
    seconds: float = 0.0
    note: str = ""

    @property
    def over(self) -> bool:
        """Whether its outcome is known."""
        return self.reply is not None or self.error is not None


@dataclass
class Conversation:
    """What was said, in order. `changed` is called with each exchange when it begins and when it ends."""

    changed: Callable[[Exchange], None] = lambda _exchange: None
    clock: Callable[[], float] = time.perf_counter
    exchanges: list[Exchange] = field(default_factory=list)

    def recording(self, call: Callable[[Call], Awaitable[Reply]]) -> Callable[[Call], Awaitable[Reply]]:
        """`call`, with every exchange written down when it begins and when it ends."""

        async def recorded(step: Call) -> Reply:
            began = self.clock()
            self.exchanges.append(Exchange(len(self.exchanges) + 1, step))
            index = len(self.exchanges) - 1
            self.changed(self.exchanges[index])
            try:
                reply = await call(step)
            except CognitoError as error:
                self._end(index, error=error, seconds=self.clock() - began)
                raise
            self._end(index, reply=reply, seconds=self.clock() - began)
            return reply

        return recorded

    def add(self, exchange: Exchange) -> None:
        """Write down an exchange that the flow did not make, when it is over."""
        self.exchanges.append(replace(exchange, number=len(self.exchanges) + 1))
        self.changed(self.exchanges[-1])

    def _end(
        self, index: int, *, reply: Reply | None = None, error: CognitoError | None = None, seconds: float
    ) -> None:
        self.exchanges[index] = replace(self.exchanges[index], reply=reply, error=error, seconds=seconds)
        self.changed(self.exchanges[index])
