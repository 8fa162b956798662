"""The users of a pool page by page, in the app's own time."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final, TypeVar

from cognito_tui.cognito.admin_requests import list_users
from cognito_tui.cognito.errors import CognitoError, Refused
from cognito_tui.cognito.users import User, user_from
from cognito_tui.tui.account import Send

T = TypeVar("T")

PAUSES: Final = (1.0, 2.0, 4.0, 8.0)
"""Seconds to wait, one after the other, when Cognito turns pages away for their rate."""


async def patiently(page: Callable[[], Awaitable[T]], waits: Callable[[float], None]) -> T:
    """What `page` gives, asked for again after a pause where Cognito turns it away for its rate.

    `waits` is told how long Cognito is left in peace.

    Raises:
        CognitoError: the page could not be had.
    """
    for pause in PAUSES:
        try:
            return await page()
        except Refused as error:
            if not error.throttled:
                raise
        waits(pause)
        await asyncio.sleep(pause)
    return await page()


class Pages:
    """The pages of ListUsers, for one filter after the other; a page that fails can be asked for again."""

    def __init__(self, send: Send, user_pool_id: str, filters: Sequence[str] = ("",)) -> None:
        self._send = send
        self._user_pool_id = user_pool_id
        self._filters = deque(filters)
        self._token = ""

    @property
    def over(self) -> bool:
        """Whether there is no other page."""
        return not self._filters

    async def next(self, waits: Callable[[float], None] = lambda _seconds: None) -> list[User]:
        """The next page, which may be empty; `waits` is told how long Cognito is left in peace.

        Raises:
            CognitoError: the page could not be had.
        """
        return await patiently(self._next, waits)

    async def _next(self) -> list[User]:
        call = list_users(self._user_pool_id, user_filter=self._filters[0], pagination_token=self._token)
        body = (await self._send(call)).body
        self._token = str(body.get("PaginationToken") or "")
        if not self._token:
            self._filters.popleft()
        users = body.get("Users")
        return (
            [user_from(each) for each in users if isinstance(each, Mapping)]
            if isinstance(users, list)
            else []
        )


class Stage(Enum):
    """How far a list has come."""

    IDLE = "idle"
    LOADING = "loading"
    WAITING = "waiting"
    STOPPED = "stopped"
    FAILED = "failed"
    DONE = "done"


@dataclass(frozen=True)
class Progress:
    """How far a list has come: `loaded` users, of `about` so many as the pool itself estimates.

    `at` is the time of day it was complete, `error` what has ended it, `waits` the seconds Cognito is left
    in peace, `searched` what the server was asked for where it was not asked for all.
    """

    stage: Stage = Stage.IDLE
    loaded: int = 0
    about: int | None = None
    at: str = ""
    error: CognitoError | None = None
    waits: float = 0.0
    searched: str = ""

    @property
    def under_way(self) -> bool:
        """Whether pages are being asked for."""
        return self.stage in {Stage.LOADING, Stage.WAITING}

    @property
    def can_go_on(self) -> bool:
        """Whether there are pages that were not asked for."""
        return self.stage in {Stage.STOPPED, Stage.FAILED}
