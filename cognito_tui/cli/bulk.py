"""A bulk run on the command line: an outcome a line on stdout, ctrl+c that loses nothing, an exit status."""

from __future__ import annotations

import asyncio
import contextlib
import shlex
import signal
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from cognito_tui.bulk.look import TRIES, Send, Waiting
from cognito_tui.bulk.orders import Request
from cognito_tui.bulk.records import Record, State
from cognito_tui.bulk.run import Ending, Run
from cognito_tui.bulk.table import result
from cognito_tui.bulk.work import Order
from cognito_tui.cli.lines import Unheard, as_json
from cognito_tui.cli.pool import PoolChoice
from cognito_tui.cli.status import Status, Stop
from cognito_tui.cli.streams import say
from cognito_tui.cognito.steps import Call
from cognito_tui.cognito.user_actions import Action
from cognito_tui.cognito.users import User
from cognito_tui.off_loop import off_loop
from cognito_tui.store.errors import StoreError
from cognito_tui.store.journal import JournalFile
from cognito_tui.store.paths import shown
from cognito_tui.walk import Reply


def sender(choice: PoolChoice) -> Send:
    """The way to Cognito for many at a time: repeats nothing, and gives up nothing that may still go out."""
    client = choice.client(repeats=False)

    async def call(step: Call) -> Reply:
        return await off_loop(None, client.send, step)

    return call


def tell_waiting(waiting: Waiting) -> None:
    """Say that a user has to wait."""
    again = f"trying again in {waiting.seconds:g} s ({waiting.number} of {TRIES})"
    say(f"{waiting.username}: {waiting.error.name}; {again}")


@dataclass
class BulkRun:
    """A run of `action` with its journal; `command` is the subcommand that goes on with it.

    `signer` says as whom, before the first change.
    """

    action: Action
    command: str
    choice: PoolChoice
    journal: JournalFile
    request: Request
    rate: float
    signer: str = ""

    def go(self) -> Status:
        """Carry it out, and say how it ended.

        Raises:
            Stop: it could not go on.
        """
        states = {name: each.state for name, each in self.journal.records.items()}
        out = Unheard()

        def tell(told: Record | Waiting) -> None:
            if isinstance(told, Waiting):
                tell_waiting(told)
            else:
                states[told.username] = told.state
                out.emit(as_json(result(told)))

        run = Run(
            Order(self.action, self.choice.user_pool_id, self._announced(), self.rate),
            self.journal.records.values(),
            call=sender(self.choice),
            journal=self.journal,
            tell=tell,
        )
        ended_by: list[Status] = []
        try:
            ending = _carried_out(run, ended_by.append)
        except (StoreError, OSError) as error:
            sentence = error.sentence if isinstance(error, StoreError) else str(error.strerror)
            raise Stop(Status.USAGE, f"cognito-tui: {sentence}", self._how_to_go_on()) from None
        except BaseException:
            say(self._how_to_go_on())
            raise
        return self._told(ending, Counter(states.values()), ended_by)

    def _announced(self) -> Request:
        """The request, which says beforehand as whom it goes, and where it is written down.

        Not earlier: where not even a look at a user is allowed, Cognito's words come first.
        """
        left = [self.signer, f"journal: {shown(self.journal.path)}"]

        async def request(name: str, user: User) -> Call:
            while left:
                if line := left.pop(0):
                    say(line)
            return await self.request(name, user)

        return request

    def _told(self, ending: Ending, all_of_them: Counter[State], ended_by: list[Status]) -> Status:
        """Say how it ended, and what that is as a status."""
        left = all_of_them[State.PLANNED] + all_of_them[State.SENT] + all_of_them[State.UNKNOWN]
        if ending.error is not None and not ending.counts:
            # nothing has come of it, so Cognito's words are the first line
            stop = self.choice.stop_for(ending.error)
            raise stop.and_then(ending.why, self._how_to_go_on())
        if ending.why:
            say(f"cognito-tui: {ending.why}")
        say(", ".join(f"{all_of_them[state]} {word}" for state, word in _WORDS.items() if all_of_them[state]))
        if left:
            say(self._how_to_go_on())
        return ended_by[0] if ended_by else status_of(all_of_them)

    def _how_to_go_on(self) -> str:
        return f"To go on: cognito-tui users {self.command} --resume {shlex.quote(str(self.journal.path))}"


_WORDS = {
    State.DONE: "done",
    State.SKIPPED: "skipped",
    State.FAILED: "failed",
    State.UNKNOWN: "unknown",
    State.SENT: "not looked into",
    State.PLANNED: "left",
}


def status_of(states: Counter[State]) -> Status:
    """0 all done or skipped, 1 all failed, 8 everything between."""
    well = states[State.DONE] + states[State.SKIPPED]
    if well == states.total():
        return Status.DONE
    return Status.REFUSED if states[State.FAILED] == states.total() else Status.PARTLY


def _carried_out(run: Run, ended_by: Callable[[Status], None]) -> Ending:
    with contextlib.closing(asyncio.new_event_loop()) as loop, _stopping(loop, run, ended_by):
        return loop.run_until_complete(run.go())


@contextlib.contextmanager
def _stopping(
    loop: asyncio.AbstractEventLoop, run: Run, ended_by: Callable[[Status], None]
) -> Iterator[None]:
    """Let ctrl+c and SIGTERM end the run after the requests under way, and a second one at once."""

    def stop(status: Status) -> None:
        if run.gate.stopped:
            raise KeyboardInterrupt if status is Status.INTERRUPTED else SystemExit(status)
        ended_by(status)
        run.gate.stop()
        say("ending after the requests under way; once more ends at once")

    statuses = {signal.SIGINT: Status.INTERRUPTED, signal.SIGTERM: Status.TERMINATED}
    before = {number: signal.getsignal(number) for number in statuses}
    # not everywhere, and only in the main thread: the usual ways of ending stay then
    with contextlib.suppress(NotImplementedError, RuntimeError, ValueError):
        for number, status in statuses.items():
            loop.add_signal_handler(number, stop, status)
    try:
        yield
    finally:
        with contextlib.suppress(ValueError):
            for number, handler in before.items():
                signal.signal(number, handler)
