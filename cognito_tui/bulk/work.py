"""What is done with one user: looked at, sent, and where the answer is in doubt, looked at again.

The record `sent` is on the disk before the request goes. A request whose answer is lost, or is a failure of
Cognito's own, may have been carried out: it is only repeated when the user shows that it was not.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from cognito_tui.bulk.evidence import Finding, Found, date_moved, decide, only_date_tells
from cognito_tui.bulk.gate import Clock, Gate
from cognito_tui.bulk.look import Gone, Looks, Send, Waiting, why_not
from cognito_tui.bulk.records import Before, Journal, Record, State
from cognito_tui.bulk.setbacks import Setback, setback, told
from cognito_tui.cognito.errors import CognitoError, NotDone, Refused
from cognito_tui.cognito.steps import Call
from cognito_tui.cognito.user_actions import Action
from cognito_tui.cognito.users import User

USUAL_RATE: Final = 5.0
"""Changes a second: below every quota of Cognito's (Developer Guide: user updates 25 a second)."""

FRESH: Final = 2.0
"""Seconds that a look stays good for: after a longer wait for its turn a user is looked at once more."""


@dataclass(frozen=True)
class Order:
    """What is done to each user.

    `request` makes the change's `Call` of the name as it was given and the user as Cognito has it; what it
    keeps beforehand, such as a password in a file, has to be there when it returns. `rate` is in changes a
    second, 0 for as fast as they go.
    """

    action: Action
    user_pool_id: str
    request: Callable[[str, User], Awaitable[Call]]
    rate: float = USUAL_RATE


@dataclass(frozen=True)
class Outside:
    """What a run is lent: the way to Cognito, the journal, a listener and a clock.

    `call` must not give up a request that may still go out: it would be taken for one that has come to rest.
    """

    call: Send
    journal: Journal
    tell: Callable[[Record | Waiting], None]
    clock: Clock


class EndOfRun(Exception):
    """It would be the same for every user. `error` is why; what it was about is planned, or in doubt."""

    def __init__(self, error: CognitoError) -> None:
        super().__init__(str(error))
        self.error = error


@dataclass
class Candidate:
    """A user of the run: `name` as it was given.

    `in_doubt` says that the request of the time `sent` may have been carried out, which `before` is there to
    tell. `error` is what came of it, `looked_at` when that was looked into, on the clock that only grows.
    """

    name: str
    before: Before | None = None
    sent: datetime | None = None
    in_doubt: bool = False
    error: CognitoError | None = None
    looked_at: float | None = None
    tries: int = 1


class Work:
    """What is done with one user after the other, several at a time; what is learnt of one helps the next.

    `everybody` are the names in the run. `doubtful` are those to be looked at again when the others are
    through: by then the request has had `settling` seconds to take effect, and it is known whether the
    operation moves UserLastModifiedDate.
    """

    def __init__(
        self, order: Order, outside: Outside, gate: Gate, settling: float, everybody: Iterable[str]
    ) -> None:
        self._order = order
        self._outside = outside
        self._gate = gate
        self._settling = settling
        self._looks = Looks(order.user_pool_id, outside.call, gate, outside.tell, everybody)
        self._names: dict[str, str] = {}
        self._witness: tuple[str, Before] | None = None
        self._date_moves: bool | None = None
        self.doubtful: deque[Candidate] = deque()
        self.counts: Counter[State] = Counter()

    def claim(self, canonical: str, name: str) -> bool:
        """Whether `name` is the first in this run for the user whose canonical username this is."""
        return self._names.setdefault(canonical, name) == name

    async def do(self, user: Candidate) -> None:
        """Bring `user` to an outcome, or among the doubtful; if the gate has stopped, it stays as it was.

        Raises:
            EndOfRun: the next one would fare no better.
        """
        if user.in_doubt:
            if not await self._was_not_done(user):
                return
            if user.error is not None and not await self._again(user, user.error):
                return
        while await self._try(user):
            """It was definitely not done."""

    async def end(
        self, user: Candidate, state: State, error: CognitoError | None = None, why: str = ""
    ) -> None:
        """Write down the outcome, and tell it."""
        code, message = (error.name, error.sentence) if error else ("", why)
        self.counts[state] += 1
        self._outside.tell(await self._write(user, state, code=code, message=message))

    async def _try(self, user: Candidate) -> bool:
        """Send the change; whether it was definitely not done and is worth another try."""
        found = await self._fit(user)
        if found is None:
            return False
        user.before = Before.of(found)
        call = await self._order.request(user.name, found)
        user.sent = (await self._write(user, State.SENT, before=user.before)).at
        try:
            await self._outside.call(call)
        except CognitoError as error:
            return await self._set_back(user, error)
        self._gate.went_well()
        if only_date_tells(self._order.action, user.before):
            self._witness = user.name, user.before
        await self.end(user, State.DONE)
        return False

    async def _fit(self, user: Candidate) -> User | None:
        """The user as it is when its turn has come; None when it is not to be changed, or not any more."""
        found = await self._seen(user)
        if found is None:
            return None
        since = self._outside.clock.seconds()
        if not await self._gate.turn():
            return None
        return found if self._outside.clock.seconds() - since < FRESH else await self._seen(user)

    async def _seen(self, user: Candidate) -> User | None:
        """The user as it is; None when that ends it."""
        try:
            found = await self._looks.at(user.name)
        except Gone as gone:
            await self.end(user, State.FAILED, gone.error)
            return None
        except CognitoError as error:
            if self._gate.stopped:
                return None
            if setback(error) is Setback.REFUSED or await self._looks.only_about(user.name, error):
                await self.end(user, State.FAILED, error)
            elif not self._gate.stopped:
                raise EndOfRun(error) from None
            return None
        why = why_not(self._order.action, found)
        if not why and not self.claim(found.username, user.name):
            why = f"This is the user {self._names[found.username]!r}, who is in the run already."
        if why:
            self._gate.went_well()
            await self.end(user, State.SKIPPED, why=why)
        return None if why else found

    async def _set_back(self, user: Candidate, error: CognitoError) -> bool:
        """Deal with what came of sending; whether it was definitely not done and is worth another try."""
        user.error = error
        match setback(error):
            case Setback.REFUSED:
                await self.end(user, State.FAILED, error)
                return False
            case Setback.DOUBT:
                user.in_doubt = True
                return await self._was_not_done(user) and await self._again(user, error)
            case Setback.END:
                await self._write(user, State.PLANNED)
                raise EndOfRun(error)
            case Setback.LATER:
                await self._write(user, State.PLANNED)
                return await self._again(user, error)

    async def _again(self, user: Candidate, error: CognitoError) -> bool:
        """Wait for the next try; False when there is none, or the run has stopped.

        Raises:
            EndOfRun: there is none, and it is not about this user.
        """
        user.tries += 1
        if await self._looks.later(user.name, user.tries, error):
            return True
        if self._gate.stopped:
            return False
        if isinstance(error, NotDone) or (isinstance(error, Refused) and error.throttled):
            raise EndOfRun(error)
        await self.end(user, State.FAILED, error)
        return False

    async def _was_not_done(self, user: Candidate) -> bool:
        """Look at a user in doubt; True when the request was definitely not carried out.

        That it was is believed at once; that it was not, only when it has settled: after a failure of
        Cognito's own as after a lost answer.
        """
        first = user.looked_at is None
        if not first and not await self._settled(user):
            self.doubtful.append(user)
            return False
        finding = await self._finding(user)
        if finding.found is Found.DONE:
            await self.end(user, State.DONE, why=finding.sentence)
        elif finding.found is Found.NOT_DONE and not first:
            user.in_doubt = False
            user.looked_at = None
            await self._write(user, State.PLANNED, message=finding.sentence)
            return True
        elif first:
            user.looked_at = self._outside.clock.seconds()
            self.doubtful.append(user)
        else:
            await self.end(user, State.UNKNOWN, why=finding.sentence)
        return False

    async def _settled(self, user: Candidate) -> bool:
        """Wait until nothing comes of the request any more; False when the run has stopped instead."""
        since = user.looked_at or 0.0
        return await self._gate.wait(since + self._settling - self._outside.clock.seconds())

    async def _finding(self, user: Candidate) -> Finding:
        try:
            now = await self._now(user.name)
        except CognitoError as error:
            if setback(error) is Setback.END:
                self.doubtful.append(user)
                raise EndOfRun(error) from None
            return Finding(Found.UNCLEAR, f"The user could not be looked at. {told(error)}")
        before, sent = user.before, user.sent
        if before is None or sent is None:
            return Finding(Found.UNCLEAR, "How the user was before is not known.")
        finding = decide(self._order.action, before, now, sent=sent, date_moves=bool(self._date_moves))
        if finding.found is not Found.UNCLEAR or self._date_moves is not None or self._witness is None:
            return finding
        await self._learn(*self._witness)
        return decide(self._order.action, before, now, sent=sent, date_moves=bool(self._date_moves))

    async def _learn(self, name: str, before: Before) -> None:
        """See on a user whose answer was that it is done, and on whom only the date tells, whether it moved.

        Of one whose status changed too it would not follow that the date moves where the status does not.
        """
        try:
            now = await self._now(name)
        except CognitoError:
            return
        if now is not None:
            self._date_moves = date_moved(before, now)

    async def _now(self, name: str) -> Before | None:
        try:
            return Before.of(await self._looks.at(name))
        except Gone:
            return None

    async def _write(
        self,
        user: Candidate,
        state: State,
        *,
        before: Before | None = None,
        code: str = "",
        message: str = "",
    ) -> Record:
        record = Record(user.name, state, self._outside.clock.today(), before, code, message)
        await self._outside.journal.write(record)
        return record
