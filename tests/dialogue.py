"""Scripted dialogues: a flow, and what the world answers, without any mock."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import UTC, datetime
from itertools import count
from typing import Any, TypeVar

from cognito_tui.cognito.errors import CognitoError, Refused
from cognito_tui.cognito.means import Means
from cognito_tui.cognito.model import AppClient, Secret
from cognito_tui.cognito.secrecy import sealed
from cognito_tui.cognito.secret_hash import secret_hash
from cognito_tui.cognito.steps import Call, Flow, Prompt
from tests.service_model import problems

T = TypeVar("T")

CLIENT = AppClient("eu-west-1_AbCdEf123", "4f8k2mq0v7t1s9d3a6h5j8n1cp")
WITH_SECRET = AppClient(CLIENT.user_pool_id, CLIENT.client_id, Secret("s" * 51))

Step = Call | Prompt


NOW = datetime(2026, 9, 5, 8, 3, 1, tzinfo=UTC)


def means() -> Means:
    """Randomness that is other bytes at every draw and the same ones in every run; a clock that stands."""
    draws = count()
    return Means(lambda size: hashlib.shake_128(str(next(draws)).encode()).digest(size), lambda: NOW)


def refuse(operation: str, code: str, message: str) -> Refused:
    return Refused(operation, code, message)


def play(flow: Flow[T], outcomes: Iterable[Any]) -> tuple[list[Step], T | None]:
    """Give `flow` one outcome after another; return its steps, and what it ended with (None: not yet).

    A dict is Cognito's answer to a call or a person's to a prompt, an error is thrown in. Every call must
    be one the service model allows.
    """
    steps: list[Step] = []
    try:
        steps.append(next(flow))
        for outcome in outcomes:
            if isinstance(outcome, CognitoError):
                steps.append(flow.throw(outcome))
            else:
                answer = sealed(outcome) if isinstance(steps[-1], Call) else outcome
                steps.append(flow.send(answer))
    except StopIteration as done:
        return _checked(steps), done.value
    return _checked(steps), None


def _checked(steps: list[Step]) -> list[Step]:
    for step in steps:
        if isinstance(step, Call):
            assert problems(step) == []
    return steps


def calls(steps: Iterable[Step]) -> list[Call]:
    return [step for step in steps if isinstance(step, Call)]


def prompts(steps: Iterable[Step]) -> list[Prompt]:
    return [step for step in steps if isinstance(step, Prompt)]


def hashed(client: AppClient, username: str) -> dict[str, Secret]:
    """What a request over `username` carries beside it."""
    if client.secret is None:
        return {}
    return {"SECRET_HASH": Secret(secret_hash(username, client.client_id, client.secret))}


SESSION = "AYABeOneOpaqueSessionString"

TOKENS = {
    "AuthenticationResult": {
        "AccessToken": "eyJhbGciOiJub25lIn0.eyJ1c2VybmFtZSI6ImNhbm9uaWNhbCJ9.c2ln",
        "IdToken": "eyJhbGciOiJub25lIn0.e30.c2ln",
        "RefreshToken": "opaque",
        "ExpiresIn": 3600,
        "TokenType": "Bearer",
    }
}
"""The access token's `username` is `canonical`."""


def challenge(name: str, session: str | None = SESSION, /, **parameters: str) -> dict[str, Any]:
    """Cognito's answer with a challenge; without a Session when it is None."""
    answer = {"ChallengeName": name, "ChallengeParameters": parameters}
    return answer | ({"Session": session} if session else {})


def new_password_required(**parameters: str) -> dict[str, Any]:
    return challenge("NEW_PASSWORD_REQUIRED", **parameters)
