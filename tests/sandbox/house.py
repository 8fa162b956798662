"""A sandbox whose time and randomness the test holds, and somebody to ask it."""

from __future__ import annotations

import functools
import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import botocore.session
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from pycognito.aws_srp import AWSSRP

from cognito_tui.cognito.model import Secret, UserStatus
from cognito_tui.sandbox.attributes import schema
from cognito_tui.sandbox.pool import AppClient, User, UserPool
from cognito_tui.sandbox.refusal import Refusal
from cognito_tui.sandbox.sandbox import Sandbox
from tests.service_model import matches

POOL = "local_Testing1"
PASSWORD = "Ana-made-up-1"
SECRET = "first1secret" * 4
SECOND_SECRET = "second2secret" * 3
FLOWS = (
    "ALLOW_USER_PASSWORD_AUTH",
    "ALLOW_ADMIN_USER_PASSWORD_AUTH",
    "ALLOW_USER_SRP_AUTH",
    "ALLOW_CUSTOM_AUTH",
    "ALLOW_USER_AUTH",
    "ALLOW_REFRESH_TOKEN_AUTH",
)
COMMON_ERRORS = {
    "MissingAuthenticationTokenException",
    "SerializationException",
    "UnknownOperationException",
}
"""Of all AWS JSON services, so no operation models them."""


class Clock:
    """A time that passes when it is told to."""

    def __init__(self) -> None:
        self.time = datetime(2026, 3, 1, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.time

    def forward(self, **amount: float) -> None:
        self.time += timedelta(**amount)


class House:
    """A sandbox with one user pool, an app client with two secrets and one without, and `ana`."""

    def __init__(self, **settings: Any) -> None:
        """`settings` are more of the sandbox's."""
        self.clock = Clock()
        self.sandbox = Sandbox(
            clock=self.clock, token_bytes=random.Random(1).randbytes, signing_key=signing_key(), **settings
        )
        self.pool = UserPool(POOL, "Testing", self.clock(), schema("given_name", "phone_number"))
        self.sandbox.state.pools[POOL] = self.pool
        self.client("secretclient", secrets=(Secret(SECRET), Secret(SECOND_SECRET)))
        self.client("openclient")
        self.ana = self.user("ana")

    def client(self, client_id: str, **settings: Any) -> AppClient:
        settings = {"explicit_auth_flows": FLOWS, "prevent_user_existence_errors": True, **settings}
        client = AppClient(client_id, client_id.title(), self.clock(), **settings)
        self.pool.clients[client_id] = client
        return client

    def user(self, username: str, status: UserStatus = UserStatus.CONFIRMED, **facts: Any) -> User:
        name = username.partition("@")[0]
        settings = {
            "attributes": {
                "email": f"{name}@example.com",
                "email_verified": "true",
                "given_name": name.title(),
                "phone_number": "+351210000000",
            },
            "passwords": (Secret(PASSWORD),),
            "password_set": self.clock(),
            **facts,
        }
        sub = f"{name}-sub"
        return self.pool.put(User(username, sub, status, self.clock(), self.clock(), **settings))

    def change(self, **facts: Any) -> None:
        """Change `ana`."""
        self.pool.put(replace(self.now("ana"), **facts))

    def now(self, username: str) -> User:
        user = self.pool.find_canonical(username)
        assert user
        return user

    def ask(self, operation: str, /, **params: Any) -> dict[str, Any]:
        """The answer to a signed request, which must be one of the service model.

        Admin operations are about this pool unless told otherwise.
        """
        if operation.startswith(("Admin", "Create", "Describe", "GetUserPool", "List")) and operation not in {
            "ListUserPools",
            "ListDevices",
            "ListUserSessions",
        }:
            params = {"UserPoolId": POOL, **params}
        answer = self.sandbox.answer(operation, params, authorized=True)
        assert unmodelled(operation, answer) == []
        return answer

    def refused(self, operation: str, /, **params: Any) -> tuple[str, str]:
        """The error of a request that must be refused, which the service model must know."""
        with pytest.raises(Refusal) as caught:
            self.ask(operation, **params)
        refusal = caught.value
        assert refusal.code in modelled_errors(operation) | COMMON_ERRORS
        return refusal.code, refusal.message

    def start(
        self,
        username: str = "ana",
        password: str = PASSWORD,
        *,
        client: str = "openclient",
        flow: str = "USER_PASSWORD_AUTH",
        hashed: str | None = None,
    ) -> dict[str, Any]:
        """The parameters of InitiateAuth; `hashed` is a SECRET_HASH."""
        parameters = {"USERNAME": username, "PASSWORD": password}
        return {
            "ClientId": client,
            "AuthFlow": flow,
            "AuthParameters": {**parameters, **({"SECRET_HASH": hashed} if hashed is not None else {})},
        }

    def challenge(self, **start: Any) -> dict[str, Any]:
        """The NEW_PASSWORD_REQUIRED that a sign-in meets."""
        answer = self.ask("InitiateAuth", **self.start(**start))
        assert answer["ChallengeName"] == "NEW_PASSWORD_REQUIRED"
        return answer

    @staticmethod
    def response(challenge: dict[str, Any], client: str = "openclient", **responses: str) -> dict[str, Any]:
        """The parameters of RespondToAuthChallenge."""
        told = challenge["ChallengeParameters"]
        return {
            "ClientId": client,
            "ChallengeName": challenge["ChallengeName"],
            "ChallengeResponses": {
                "USERNAME": told.get("USER_ID_FOR_SRP", told.get("USERNAME", "ana")),
                **responses,
            },
            **({"Session": challenge["Session"]} if "Session" in challenge else {}),
        }

    def respond(self, challenge: dict[str, Any], client: str = "openclient", **responses: str) -> Any:
        """The answer to that."""
        return self.ask("RespondToAuthChallenge", **self.response(challenge, client, **responses))

    def rejected(
        self, challenge: dict[str, Any], client: str = "openclient", **responses: str
    ) -> tuple[str, str]:
        """The error that is the answer to that."""
        return self.refused("RespondToAuthChallenge", **self.response(challenge, client, **responses))

    def begin(
        self, flow: str, *, client: str = "openclient", username: str = "ana", **parameters: str
    ) -> Any:
        """The answer to InitiateAuth, of any flow; the hash of a client with a secret is put in."""
        if self.pool.clients[client].secrets:
            parameters = {"SECRET_HASH": secret_hash(username, client), **parameters}
        given = {"USERNAME": username, **parameters}
        return self.ask("InitiateAuth", ClientId=client, AuthFlow=flow, AuthParameters=given)

    def code(self) -> str:
        """The newest one that was sent."""
        code = self.sandbox.state.outbox.messages[-1].code
        assert code
        return code.reveal()


def secret_hash(username: str, client_id: str = "secretclient", secret: str = SECRET) -> str:
    """By somebody else's code."""
    made: str = AWSSRP.get_secret_hash(username, client_id, secret)
    return made


@functools.cache
def signing_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def unmodelled(operation: str, answer: dict[str, Any]) -> list[str]:
    """What of an answer the service model does not know."""
    shape = service_model().operation_model(operation).output_shape
    return _unmodelled(shape, answer, operation) if shape else list(answer)


def _unmodelled(shape: Any, value: Any, where: str) -> list[str]:
    match shape.type_name:
        case "structure":
            found = [f"{where} lacks {name}" for name in shape.required_members if name not in value]
            for name, item in value.items():
                if name in shape.members:
                    found += _unmodelled(shape.members[name], item, f"{where}.{name}")
                else:
                    found.append(f"{where}.{name} is unknown")
            return found
        case "list":
            return [each for item in value for each in _unmodelled(shape.member, item, where)]
        case "map":
            return [each for item in value.values() for each in _unmodelled(shape.value, item, where)]
        case "string":
            return [] if _is_text(shape, value) else [f"{where} is {value!r}"]
    kinds = {"integer": int, "boolean": bool, "timestamp": float}
    return [] if isinstance(value, kinds[shape.type_name]) else [f"{where} is {value!r}"]


def _is_text(shape: Any, value: Any) -> bool:
    limits = shape.metadata
    return value == "phone_number_verified" or (  # which AWS tells, though names have 20 characters at most
        isinstance(value, str)
        and (not shape.enum or value in shape.enum)
        and limits.get("min", 0) <= len(value) <= limits.get("max", len(value))
        and ("pattern" not in limits or matches(limits["pattern"], value))
    )


@functools.cache
def service_model() -> Any:
    return botocore.session.get_session().get_service_model("cognito-idp")


@functools.cache
def modelled_errors(operation: str) -> frozenset[str]:
    return frozenset(shape.name for shape in service_model().operation_model(operation).error_shapes)
