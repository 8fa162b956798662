"""Scripted dialogues: a flow, and what the world answers, without any mock."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar

from cognito_tui.cognito.errors import CognitoError, Refused
from cognito_tui.cognito.secrecy import sealed
from cognito_tui.cognito.steps import Call, Flow, Prompt
from tests.service_model import problems

T = TypeVar("T")

Step = Call | Prompt


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


def new_password_required(**parameters: str) -> dict[str, Any]:
    return {"ChallengeName": "NEW_PASSWORD_REQUIRED", "Session": SESSION, "ChallengeParameters": parameters}
