"""What Cognito tells of one user beside the list: each part asked for apart, each failing alone."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final

from cognito_tui.cognito import admin_requests, requests
from cognito_tui.cognito.errors import CognitoError, NoCredentials, Refused
from cognito_tui.cognito.steps import Answer, Call
from cognito_tui.cognito.user_actions import iam_action
from cognito_tui.cognito.users import User, user_from
from cognito_tui.tui.account import Send

Rows = tuple[Mapping[str, Any], ...]


@dataclass(frozen=True)
class Facts:
    """What is known of a user so far. None: not asked, or not answered yet; `errors` by the operation."""

    user: User | None = None
    groups: tuple[str, ...] | None = None
    factors: tuple[str, ...] | None = None
    devices: Rows | None = None
    sessions: Rows | None = None
    events: Rows | None = None
    errors: Mapping[str, CognitoError] = field(default_factory=dict)


GET, GROUPS, FACTORS, DEVICES, SESSIONS, EVENTS = (
    "AdminGetUser",
    "AdminListGroupsForUser",
    "AdminGetUserAuthFactors",
    "AdminListDevices",
    "AdminListUserSessions",
    "AdminListUserAuthEvents",
)

EVENTS_SHOWN: Final = 5

_CALLS: Final[Mapping[str, Callable[[str, str], Call]]] = {
    GET: requests.admin_get_user,
    GROUPS: admin_requests.admin_list_groups_for_user,
    FACTORS: admin_requests.admin_get_user_auth_factors,
    DEVICES: admin_requests.admin_list_devices,
    SESSIONS: admin_requests.admin_list_user_sessions,
    EVENTS: lambda pool, name: admin_requests.admin_list_user_auth_events(pool, name, limit=EVENTS_SHOWN),
}

_FOR_ALL: Final = frozenset(
    {
        "UserPoolAddOnNotEnabledException",
        "OperationNotEnabledException",
        "FeatureUnavailableInTierException",
        "InvalidUserPoolConfigurationException",
        "UnknownOperationException",
    }
)
"""Refusals that are about the pool, so that they hold for every user."""


class FactFinder:
    """Asks for the facts of users of one pool; what is refused for everybody is asked for once."""

    def __init__(self, send: Send, user_pool_id: str) -> None:
        self._send = send
        self._user_pool_id = user_pool_id
        self._refused: dict[str, CognitoError] = {}

    async def find(self, username: str, tell: Callable[[str, Answer | CognitoError], None]) -> None:
        """Ask for everything at once; `tell` hears of each part, by its operation, when it is there."""
        async with asyncio.TaskGroup() as parts:
            for operation in _CALLS:
                parts.create_task(self._find(operation, username, tell))

    async def _find(
        self, operation: str, username: str, tell: Callable[[str, Answer | CognitoError], None]
    ) -> None:
        if operation in self._refused:
            tell(operation, self._refused[operation])
            return
        try:
            tell(operation, (await self._send(_CALLS[operation](self._user_pool_id, username))).body)
        except CognitoError as error:
            if holds_for_all(error):
                self._refused[operation] = error
            tell(operation, error)


def holds_for_all(error: CognitoError) -> bool:
    """Whether the next user would be refused the same."""
    return isinstance(error, NoCredentials) or (
        isinstance(error, Refused) and (error.denied or error.code in _FOR_ALL)
    )


def with_told(facts: Facts, operation: str, told: Answer | CognitoError) -> Facts:
    """The facts, and what was told to `operation`."""
    if isinstance(told, CognitoError):
        return replace(facts, errors={**facts.errors, operation: told})
    name, read = _READ[operation]
    return replace(facts, **{name: read(told)})


def _named(member: str, key: str) -> Callable[[Answer], tuple[str, ...]]:
    return lambda answer: tuple(str(each.get(key, "")) for each in _rows(answer, member))


def _rows(answer: Answer, member: str) -> Rows:
    told = answer.get(member)
    return tuple(each for each in told if isinstance(each, Mapping)) if isinstance(told, list) else ()


def _strings(answer: Answer, member: str) -> tuple[str, ...]:
    told = answer.get(member)
    return tuple(map(str, told)) if isinstance(told, list) else ()


_READ: Final[Mapping[str, tuple[str, Callable[[Answer], Any]]]] = {
    GET: ("user", user_from),
    GROUPS: ("groups", _named("Groups", "GroupName")),
    FACTORS: ("factors", lambda answer: _strings(answer, "ConfiguredUserAuthFactors")),
    DEVICES: ("devices", lambda answer: _rows(answer, "Devices")),
    SESSIONS: ("sessions", lambda answer: _rows(answer, "Sessions")),
    EVENTS: ("events", lambda answer: _rows(answer, "AuthEvents")),
}


def why_missing(error: CognitoError) -> str:
    """Why a part is not there: what to grant, or that the pool does not have it."""
    if isinstance(error, Refused) and error.denied:
        return f"{error.name}: grant {iam_action(error.operation)}"
    if isinstance(error, Refused) and error.code in _FOR_ALL:
        return f"not in this pool: {error.sentence}"
    return f"{error.name}: {error.sentence}"


def device_words(device: Mapping[str, Any]) -> str:
    """A device in one line: its name where it has one, its key, and whether it is remembered."""
    told = {
        str(each.get("Name")): str(each.get("Value", ""))
        for each in device.get("DeviceAttributes") or ()
        if isinstance(each, Mapping)
    }
    status = told.get("dev:device_remembered_status") or told.get("device_status", "")
    return " · ".join(filter(None, (told.get("device_name"), str(device.get("DeviceKey", "")), status)))


def session_words(session: Mapping[str, Any], day: Callable[[datetime], str]) -> str:
    """A session in one line: its kind, since when, from where."""
    since = session.get("LastActiveDate") or session.get("CreateDate")
    when = day(since) if isinstance(since, datetime) else ""
    return " · ".join(
        filter(None, (str(session.get("SessionType", "")), when, str(session.get("LastIPAddress", ""))))
    )


def event_words(event: Mapping[str, Any], day: Callable[[datetime], str]) -> str:
    """An event in one line: when, what, and how it ended."""
    when = event.get("CreationDate")
    date = day(when) if isinstance(when, datetime) else ""
    risk = event.get("EventRisk")
    decision = str(risk.get("RiskDecision", "")) if isinstance(risk, Mapping) else ""
    shown = "" if decision == "NoRisk" else decision
    words: Sequence[str] = (date, str(event.get("EventType", "")), str(event.get("EventResponse", "")), shown)
    return " · ".join(filter(None, words))
