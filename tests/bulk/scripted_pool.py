"""A user pool that fails as it is told to, and a clock on which nobody waits."""

from __future__ import annotations

import asyncio
from collections import Counter, defaultdict, deque
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from cognito_tui.bulk.gate import Clock
from cognito_tui.bulk.look import Waiting
from cognito_tui.bulk.orders import request_for
from cognito_tui.bulk.records import Record, State, latest
from cognito_tui.bulk.run import Ending, Run
from cognito_tui.bulk.work import Order
from cognito_tui.cognito.errors import (
    AnswerLost,
    CognitoError,
    NoCredentials,
    NotCognito,
    NotDone,
    Refused,
)
from cognito_tui.cognito.steps import Call
from cognito_tui.cognito.user_actions import Action
from cognito_tui.walk import Reply

POOL = "eu-west-1_Kq3TzV9aB"
BEGINNING = datetime(2026, 11, 20, 12, tzinfo=UTC)


class StandingClock:
    """Passes by sleeping only, and takes no time for that."""

    def __init__(self) -> None:
        self.now = 0.0
        self.slept: list[float] = []

    def sleep(self, seconds: float) -> Awaitable[None]:
        self.slept.append(seconds)
        return self._until(self.now + seconds)

    async def _until(self, moment: float) -> None:
        self.now = max(self.now, moment)
        await asyncio.sleep(0)

    def clock(self) -> Clock:
        return Clock(lambda: self.now, self.sleep, lambda: BEGINNING + timedelta(seconds=self.now))


@dataclass
class Person:
    """A user of the pool."""

    username: str
    status: str = "FORCE_CHANGE_PASSWORD"
    enabled: bool = True
    created: datetime = BEGINNING - timedelta(days=9)
    modified: datetime = BEGINNING - timedelta(days=2)
    attributes: dict[str, str] = field(
        default_factory=lambda: {"email": "someone@example.com", "email_verified": "true"}
    )

    def answer(self) -> dict[str, Any]:
        return {
            "Username": self.username,
            "UserAttributes": [{"Name": name, "Value": value} for name, value in self.attributes.items()],
            "UserStatus": self.status,
            "Enabled": self.enabled,
            "UserCreateDate": self.created,
            "UserLastModifiedDate": self.modified,
        }


@dataclass(frozen=True)
class Fault:
    """What happens to one request: `error` comes back, and the work is done before that or not at all."""

    error: CognitoError | None
    done: bool = False


def refused(code: str, message: str = "No.", status: int = 400) -> Fault:
    return Fault(Refused("AdminCreateUser", code, message, status))


THROTTLED = refused("TooManyRequestsException", "Rate exceeded")
LIMIT = refused("LimitExceededException", "Attempt limit exceeded, please try after some time.")
MAIL_LIMIT = refused(
    "LimitExceededException",
    "Exceeded daily email limit for the operation or the account. If a higher limit is required, please "
    "configure your user pool to use your own Amazon SES configuration for sending email.",
)
DENIED = refused("AccessDeniedException", "User: arn:aws:iam::1:user/ana is not authorized")
BROKEN = refused("InternalErrorException", "Something is wrong.", 500)
BROKEN_AFTERWARDS = Fault(BROKEN.error, done=True)
LOST = Fault(AnswerLost("AdminCreateUser", "No answer came back."))
LOST_AFTERWARDS = Fault(LOST.error, done=True)
GATEWAY = Fault(NotCognito("AdminCreateUser", "The endpoint answered HTTP 502."), done=True)
UNREACHED = Fault(NotDone("AdminCreateUser", "The endpoint cannot be reached."))
NOBODY = Fault(NoCredentials("AdminCreateUser", "The SSO session has ended."))
FINE = Fault(None, done=True)


class ScriptedPool:
    """Answers AdminGetUser and the changes of the actions for many users.

    `faults` of a user are what becomes of the requests that change it, one a time, then all is well;
    `blind` those of looks. `executed` counts what was really done to whom.
    """

    def __init__(self, *people: Person | str, aliases: dict[str, str] | None = None) -> None:
        made = [Person(each) if isinstance(each, str) else each for each in people]
        self.people = {each.username: each for each in made}
        self.aliases = aliases or {}
        self.faults: defaultdict[str, deque[Fault]] = defaultdict(deque)
        self.blind: defaultdict[str, deque[Fault]] = defaultdict(deque)
        self.executed: Counter[str] = Counter()
        self.asked: list[tuple[str, str]] = []
        self.changes: list[Call] = []
        self.dates_move = True
        self.dates_move_with_the_status_only = False
        self.on_change: Callable[[str], None] = lambda _name: None
        self._time = BEGINNING

    async def call(self, call: Call) -> Reply:
        await asyncio.sleep(0)
        given = call.params["Username"]
        name = self.aliases.get(given, given)
        self.asked.append((call.operation, given))
        looks = call.operation == "AdminGetUser"
        if not looks:
            self.changes.append(call)
            self.on_change(name)
        faults = (self.blind if looks else self.faults)[name]
        fault = faults.popleft() if faults else FINE
        if name not in self.people:
            raise Refused(call.operation, "UserNotFoundException", "User does not exist.")
        if not looks and fault.done:
            self._do(call, self.people[name])
        if fault.error is not None:
            raise fault.error
        return Reply(self.people[name].answer() if looks else {})

    def _do(self, call: Call, person: Person) -> None:
        self._time += timedelta(seconds=1)
        self.executed[person.username] += 1
        was = person.status, person.enabled
        self._change(call, person)
        shows = (person.status, person.enabled) != was
        if self.dates_move and (shows or not self.dates_move_with_the_status_only):
            person.modified = self._time

    def _change(self, call: Call, person: Person) -> None:
        match call.operation:
            case "AdminDeleteUser":
                del self.people[person.username]
            case "AdminEnableUser" | "AdminDisableUser":
                person.enabled = call.operation == "AdminEnableUser"
            case "AdminConfirmSignUp":
                person.status = "CONFIRMED"
            case "AdminResetUserPassword":
                person.status = "RESET_REQUIRED"
            case "AdminSetUserPassword":
                person.status = "CONFIRMED" if call.params["Permanent"] else "FORCE_CHANGE_PASSWORD"


class Notes:
    """A journal in memory."""

    def __init__(self, *usernames: str) -> None:
        self.records = [Record(each, State.PLANNED, BEGINNING) for each in usernames]

    async def write(self, *records: Record) -> None:
        self.records += records

    def latest(self) -> dict[str, Record]:
        return latest(self.records)

    def states(self) -> dict[str, State]:
        return {name: each.state for name, each in self.latest().items()}

    def history(self, username: str) -> list[str]:
        return [str(each.state) for each in self.records if each.username == username]


class Stage:
    """A run on a pool, with its journal and clock; `told` is what it told."""

    def __init__(self, pool: ScriptedPool, *usernames: str, notes: Notes | None = None) -> None:
        self.pool = pool
        self.notes = notes or Notes(*(usernames or pool.people))
        self.time = StandingClock()
        self.told: list[Record | Waiting] = []

    def run(self, action: Action = Action.RESEND_INVITATION, *, rate: float = 1.0) -> Run:
        return Run(
            Order(action, POOL, request_for(action, POOL), rate),
            self.notes.latest().values(),
            call=self.pool.call,
            journal=self.notes,
            tell=self.told.append,
            clock=self.time.clock(),
        )

    async def go(self, action: Action = Action.RESEND_INVITATION, *, rate: float = 1.0) -> Ending:
        return await self.run(action, rate=rate).go()

    def outcomes(self) -> dict[str, tuple[str, str, str]]:
        """State, code and message of each that was told."""
        return {
            each.username: (str(each.state), each.code, each.message)
            for each in self.told
            if isinstance(each, Record)
        }

    def waits(self) -> list[tuple[str, float, int]]:
        return [(each.username, each.seconds, each.number) for each in self.told if isinstance(each, Waiting)]


def counted(ending: Ending) -> dict[str, int]:
    return {str(state): number for state, number in sorted(ending.counts.items())}


def names(count: int) -> Iterable[str]:
    return (f"user-{number:04}" for number in range(count))
