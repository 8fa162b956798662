"""A dry run: who would change, who would be skipped and why, what it sends and how long it takes."""

from __future__ import annotations

import asyncio
from collections import Counter, deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from cognito_tui.bulk.gate import LOOKS_A_SECOND, THIS_MACHINES, Clock, Gate
from cognito_tui.bulk.look import Gone, Looks, Send, Waiting, why_not
from cognito_tui.bulk.records import Record, State
from cognito_tui.bulk.setbacks import Setback, setback
from cognito_tui.cognito.described import UserPoolDescription
from cognito_tui.cognito.errors import CognitoError
from cognito_tui.cognito.user_actions import Action, Sends
from cognito_tui.cognito.user_offers import warning

LANES: Final = 8
"""Users that are looked at at a time."""

COUNTED: Final = (
    "Each user looked at (AdminGetUser) counts among the monthly active users that Cognito bills."
)
"""What looking costs, for a person (service model, AdminGetUser)."""

MAILS_A_DAY: Final = 50
"""What Cognito's own sender mails for an account (Developer Guide, "Quotas", e-mail)."""


@dataclass(frozen=True)
class Prospect:
    """What would become of a user: `PLANNED` to be changed, `SKIPPED` or `FAILED`.

    `code` and `why` tell what speaks against it, `warning` what to think of before. `mailed` is whether a
    message of the action would be an e-mail.
    """

    username: str
    state: State
    code: str = ""
    why: str = ""
    warning: str = ""
    mailed: bool = False


@dataclass(frozen=True)
class Preview:
    """What a run would do: all that a person should know before the first change.

    `reasons` count the users that are skipped or fail, `warnings` those that will change all the same.
    """

    action: Action
    will_change: int
    reasons: Counter[str]
    warnings: Counter[str]
    messages: int
    mail_limit: str
    seconds: float


async def look_over(
    action: Action,
    user_pool_id: str,
    usernames: Iterable[str],
    *,
    call: Send,
    tell: Callable[[Prospect | Waiting], None] = lambda _told: None,
    clock: Clock = THIS_MACHINES,
) -> tuple[Prospect, ...]:
    """Look at all `usernames`, in their order, `LOOKS_A_SECOND`; `tell` is called with each as it is known.

    Raises:
        CognitoError: nobody could be looked at any more.
    """
    gate = Gate(LOOKS_A_SECOND, clock)
    names_given = tuple(usernames)
    looks = Looks(user_pool_id, call, gate, tell, names_given)
    left = deque(enumerate(names_given))
    found: dict[int, Prospect] = {}
    names: dict[str, str] = {}

    async def lane() -> None:
        while left:
            number, name = left.popleft()
            found[number] = await _prospect(action, looks, name, names)
            gate.went_well()
            tell(found[number])

    lanes = [asyncio.ensure_future(lane()) for _ in range(min(LANES, len(left)))]
    try:
        await asyncio.gather(*lanes)
    finally:
        for each in lanes:
            each.cancel()
    return tuple(found[number] for number in sorted(found))


async def _prospect(action: Action, looks: Looks, name: str, names: dict[str, str]) -> Prospect:
    try:
        user = await looks.at(name)
    except Gone as gone:
        return Prospect(name, State.FAILED, gone.error.code, gone.error.message)
    except CognitoError as error:
        if setback(error) is not Setback.REFUSED and not await looks.only_about(name, error):
            raise
        return Prospect(name, State.FAILED, error.name, error.sentence)
    why = why_not(action, user)
    first = names.setdefault(user.username, name)
    if not why and first != name:
        why = f"This is the user {first!r}, who is in the run already."
    if why:
        return Prospect(name, State.SKIPPED, why=why)
    mailed = action.sends is not Sends.NOTHING and bool(user.email)
    return Prospect(name, State.PLANNED, warning=warning(action, user), mailed=mailed)


def preview(
    action: Action, prospects: Sequence[Prospect], rate: float, pool: UserPoolDescription | None
) -> Preview:
    """Sum up `prospects`. `pool` is None when it may not be described."""
    changing = [each for each in prospects if each.state is State.PLANNED]
    return Preview(
        action=action,
        will_change=len(changing),
        reasons=Counter(each.why for each in prospects if each.state is not State.PLANNED),
        warnings=Counter(each.warning for each in changing if each.warning),
        messages=0 if action.sends is Sends.NOTHING else len(changing),
        mail_limit=_mail_limit(sum(each.mailed for each in changing), pool),
        seconds=len(changing) / rate if rate else 0.0,
    )


def left_out(prospects: Iterable[Prospect], at: datetime) -> tuple[Record, ...]:
    """An outcome for each who would not change, with the reason: for whom a run does not hear of at all."""
    return tuple(
        Record(each.username, each.state, at, code=each.code, message=each.why)
        for each in prospects
        if each.state is not State.PLANNED
    )


def _mail_limit(mails: int, pool: UserPoolDescription | None) -> str:
    """A sentence where the daily limit of Cognito's own sender may be felt."""
    if not mails or (pool is not None and not pool.mails_by_cognito):
        return ""
    sender = "The pool mails" if pool else "If the pool mails"
    limit = f"{sender} through Cognito's own sender, which sends {MAILS_A_DAY} e-mails a day for the account"
    if mails > MAILS_A_DAY:
        return f"{limit}: not all of these {mails} today. What is left can be resumed tomorrow."
    return f"{limit}; this takes {mails} of them."
