"""A sandbox that is served, and ways to reach it."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from typing import Any

import boto3
from botocore import UNSIGNED
from botocore.config import Config

from cognito_tui.sandbox.sandbox import Sandbox
from cognito_tui.sandbox.seed import Inhabitant, Seed, seed
from cognito_tui.sandbox.server import SandboxServer
from tests.sandbox.house import signing_key


class Place:
    """A seeded sandbox that is served, by the real time."""

    def __init__(self) -> None:
        self.sandbox = Sandbox(signing_key=signing_key())
        self.seed: Seed = seed(self.sandbox)
        self.server = SandboxServer(self.sandbox)

    def who(self, username: str) -> Inhabitant:
        return next(each for each in self.seed.inhabitants if each.username == username)

    def secret(self, inhabitant: Inhabitant) -> str:
        client = self.sandbox.state.pools[inhabitant.user_pool_id].clients[inhabitant.client_id]
        return client.secrets[0].reveal()

    @contextmanager
    def boto3(self, *, signed: bool) -> Iterator[Any]:
        keys = {"aws_access_key_id": "AKIAEXAMPLE", "aws_secret_access_key": "example"} if signed else {}
        config = Config(retries={"total_max_attempts": 1}, signature_version=None if signed else UNSIGNED)
        client = boto3.client(
            "cognito-idp",
            region_name="local",
            endpoint_url=self.server.endpoint_url,
            config=config,
            **keys,
        )
        with closing(client):
            yield client

    @property
    def port(self) -> int:
        return int(self.server.endpoint_url.removeprefix("http://127.0.0.1:"))

    def connection(self) -> HTTPConnection:
        return HTTPConnection("127.0.0.1", self.port, timeout=5)

    def socket(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=5)
