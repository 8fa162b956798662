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

POOL = "local_Testing1"
PASSWORD = "Ana-made-up-1"
SECRET = "first1secret" * 4
SECOND_SECRET = "second2secret" * 3
FLOWS = ("ALLOW_USER_PASSWORD_AUTH", "ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH")
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

    def __init__(self) -> None:
        self.clock = Clock()
        self.sandbox = Sandbox(
            clock=self.clock, token_bytes=random.Random(1).randbytes, signing_key=signing_key()
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
        """The answer to a signed request; admin operations are about this pool unless told otherwise."""
        if operation.startswith(("Admin", "Describe", "List")) and operation != "ListUserPools":
            params = {"UserPoolId": POOL, **params}
        return self.sandbox.answer(operation, params, authorized=True)

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
        username = challenge["ChallengeParameters"]["USER_ID_FOR_SRP"]
        return {
            "ClientId": client,
            "ChallengeName": challenge["ChallengeName"],
            "Session": challenge["Session"],
            "ChallengeResponses": {"USERNAME": username, **responses},
        }


def secret_hash(username: str, client_id: str = "secretclient", secret: str = SECRET) -> str:
    """By somebody else's code."""
    made: str = AWSSRP.get_secret_hash(username, client_id, secret)
    return made


@functools.cache
def signing_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@functools.cache
def service_model() -> Any:
    return botocore.session.get_session().get_service_model("cognito-idp")


@functools.cache
def modelled_errors(operation: str) -> frozenset[str]:
    return frozenset(shape.name for shape in service_model().operation_model(operation).error_shapes)
