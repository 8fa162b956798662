"""What an account lists of itself, page by page: user pools, and the app clients of one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from cognito_tui.cognito.admin_requests import list_user_pool_clients, list_user_pools
from cognito_tui.cognito.steps import Answer, Call


@dataclass(frozen=True)
class Named:
    """A user pool or an app client as a list has it; `name` is empty where only the id is known."""

    id: str
    name: str = ""


class ListPages:
    """The pages of a list, whoever sends the calls: `call` is for the next one, `take` reads its answer.

    `over` is whether there is no other page. A page that failed is asked for again by the same call.
    """

    def __init__(self, page: Callable[[str], Call], read: Callable[[Answer], list[Named]]) -> None:
        self._page = page
        self._read = read
        self._token = ""
        self.over = False

    @property
    def call(self) -> Call:
        """The request for the next page."""
        return self._page(self._token)

    def take(self, answer: Answer) -> list[Named]:
        """What the page has, which may be nothing though others follow."""
        self._token = str(answer.get("NextToken") or "")
        self.over = not self._token
        return self._read(answer)


def user_pools() -> ListPages:
    """The user pools of the account in the region: ListUserPools."""
    return ListPages(list_user_pools, lambda answer: _named(answer, "UserPools", "Id", "Name"))


def app_clients(user_pool_id: str) -> ListPages:
    """The app clients of a user pool, without their secrets: ListUserPoolClients."""
    return ListPages(
        lambda token: list_user_pool_clients(user_pool_id, token),
        lambda answer: _named(answer, "UserPoolClients", "ClientId", "ClientName"),
    )


def _named(answer: Mapping[str, Any], members: str, identifier: str, name: str) -> list[Named]:
    return [
        Named(str(each.get(identifier, "")), str(each.get(name, ""))) for each in answer.get(members) or ()
    ]
