"""What the account tells of the pool and client in use: asked for once, when it is needed, never at start."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import TypeVar

from cognito_tui.cognito import requests
from cognito_tui.cognito.described import AppClientDescription, UserPoolDescription
from cognito_tui.cognito.errors import CognitoError
from cognito_tui.cognito.steps import Answer, Call
from cognito_tui.cognito.users import User, user_from
from cognito_tui.tui.in_use import InUse
from cognito_tui.walk import Reply

T = TypeVar("T")

Send = Callable[[Call], Awaitable[Reply]]


class Account:
    """DescribeUserPool, DescribeUserPoolClient and AdminGetUser for one profile; each None when it fails."""

    def __init__(self, in_use: InUse, send: Send) -> None:
        self._profile = in_use.profile
        self._send = send
        self.pool: UserPoolDescription | None = None
        self.client: AppClientDescription | None = None
        self._asking_pool: asyncio.Future[UserPoolDescription | None] | None = None

    async def describe_pool(self, *, anew: bool = False) -> UserPoolDescription | None:
        """The pool, asked for once, `anew` or where it could not be had again.

        Several who want it at a time wait for the same answer, which stays when all of them have gone.
        """
        if self.pool is not None and not anew:
            return self.pool
        if self._asking_pool is None or self._asking_pool.done():
            self._asking_pool = asyncio.ensure_future(self._ask_pool())
        return await asyncio.shield(self._asking_pool)

    async def _ask_pool(self) -> UserPoolDescription | None:
        call = requests.describe_user_pool(self._profile.user_pool_id)
        self.pool = await self._asked(call, UserPoolDescription.of) or self.pool
        return self.pool

    async def describe_client(self, *, anew: bool = False) -> AppClientDescription | None:
        """The app client, asked for once unless `anew`."""
        if self.client is None or anew:
            call = requests.describe_user_pool_client(self._profile.user_pool_id, self._profile.client_id)
            self.client = await self._asked(call, AppClientDescription.of)
        return self.client

    async def look(self, username: str) -> User | None:
        """The user as Cognito has it now."""
        call = requests.admin_get_user(self._profile.user_pool_id, username)
        user = await self._asked(call, user_from)
        return user and replace(user, username=user.username or username)

    async def _asked(self, call: Call, read: Callable[[Answer], T]) -> T | None:
        try:
            return read((await self._send(call)).body)
        except CognitoError:
            return None
