"""Looking at users: who they are, and whether the action is for them. Changes nothing."""

from __future__ import annotations

from collections import deque
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Final

from cognito_tui.bulk.gate import Gate
from cognito_tui.bulk.setbacks import Setback, setback
from cognito_tui.cognito import requests
from cognito_tui.cognito.errors import CognitoError, NotCognito, NotDone, Refused
from cognito_tui.cognito.steps import Call
from cognito_tui.cognito.user_actions import Action
from cognito_tui.cognito.user_offers import pointless, verdict_for
from cognito_tui.cognito.users import User, user_from
from cognito_tui.walk import Reply

Send = Callable[[Call], Awaitable[Reply]]

BACK_OFF: Final = (1.0, 2.0, 4.0, 8.0)
"""Seconds before the second, third ... try of what was definitely not done."""

TRIES: Final = len(BACK_OFF) + 1

WITNESSES: Final = 3
"""Other users that are looked at, at most, to see whether one who gets no answer is alone in that."""


@dataclass(frozen=True)
class Waiting:
    """A user is tried again in `seconds`, for the `number`th time of `TRIES`, because of `error`."""

    username: str
    seconds: float
    number: int
    error: CognitoError


class Gone(Exception):
    """There is no such user. `error` is Cognito's."""

    def __init__(self, error: Refused) -> None:
        super().__init__(str(error))
        self.error = error


class Looks:
    """AdminGetUser in its turn, tried again where it is turned away or nobody answers: it changes nothing.

    Not so before the first answer: a way that never was there is not waited for. `everybody` are the users
    there are to look at.
    """

    def __init__(
        self,
        user_pool_id: str,
        call: Send,
        gate: Gate,
        tell: Callable[[Waiting], None],
        everybody: Iterable[str],
    ) -> None:
        self._user_pool_id = user_pool_id
        self._call = call
        self._gate = gate
        self._tell = tell
        self._everybody = tuple(everybody)
        self._reached = False
        self._answered: deque[str] = deque(maxlen=2)

    async def at(self, username: str) -> User:
        """The user as Cognito has it now.

        Raises:
            Gone: there is none.
            CognitoError: any other, after all tries where trying again makes sense.
        """
        number = 1
        while True:
            await self._gate.look()
            try:
                reply = await self._call(requests.admin_get_user(self._user_pool_id, username))
            except CognitoError as error:
                self._reached = self._reached or isinstance(error, Refused)
                if isinstance(error, Refused) and error.code == "UserNotFoundException":
                    raise Gone(error) from None
                number += 1
                if not (self._passes(error) and await self.later(username, number, error)):
                    raise
            else:
                self._reached = True
                if username not in self._answered:
                    self._answered.append(username)
                return user_from(reply.body)

    async def only_about(self, username: str, error: CognitoError) -> bool:
        """Whether `error`, which all looks at this user came to, is about it alone: another is answered."""
        if setback(error) is not Setback.DOUBT or not self._passes(error):
            return False
        others = dict.fromkeys((*self._answered, *self._everybody))
        for other in islice((each for each in others if each != username), WITNESSES):
            try:
                await self.at(other)
            except Gone:
                return not self._gate.stopped
            except CognitoError:
                continue
            return not self._gate.stopped
        return False

    async def later(self, username: str, number: int, error: CognitoError) -> bool:
        """Wait before the `number`th try; False when there are no more, or the run has stopped."""
        if number > TRIES:
            return False
        seconds = BACK_OFF[number - 2]
        if isinstance(error, Refused) and error.throttled:
            self._gate.throttled(seconds)
        self._tell(Waiting(username, seconds, number, error))
        return await self._gate.wait(seconds)

    def _passes(self, error: CognitoError) -> bool:
        """Whether another look may do better. One that is lost has changed nothing."""
        if isinstance(error, NotDone | NotCognito) and not self._reached:
            return False
        return setback(error) in {Setback.LATER, Setback.DOUBT}


def why_not(action: Action, user: User) -> str:
    """Why `action` is not for `user`, in a sentence; empty when it is."""
    if reason := pointless(action, user):
        return reason
    found = verdict_for(action, user)
    return "" if found.offered else found.reason
