"""moto's server in a process of its own: somebody else's idea of Cognito, right where the tests use it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import boto3

PATIENCE: Final = 30.0
"""Seconds until moto is taken to be broken."""


@contextmanager
def running() -> Iterator[str]:
    """moto's server; gives its endpoint URL."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-c", f"from moto.server import main; main(['-H', '127.0.0.1', '-p', '{port}'])"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "AWS_ACCESS_KEY_ID": "x", "AWS_SECRET_ACCESS_KEY": "x"},
    )
    try:
        _wait_for(port, server)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(PATIENCE)


def _wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and server.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)  # a process that starts tells nobody when it is ready
        else:
            return
    raise AssertionError("moto's server did not start")


def client(endpoint_url: str) -> Any:
    """boto3's own client for it."""
    return boto3.client(
        "cognito-idp",
        region_name="eu-west-1",
        endpoint_url=endpoint_url,
        aws_access_key_id="x",
        aws_secret_access_key="x",
    )


def pool_with_a_stuck_user(endpoint_url: str) -> tuple[str, str, str]:
    """A pool, a client with a secret, `ben` in FORCE_CHANGE_PASSWORD; gives pool id, client id and secret."""
    cognito = client(endpoint_url)
    pool = cognito.create_user_pool(PoolName="moto")["UserPool"]["Id"]
    made = cognito.create_user_pool_client(
        UserPoolId=pool,
        ClientName="web",
        GenerateSecret=True,
        ExplicitAuthFlows=[
            "ALLOW_USER_SRP_AUTH",
            "ALLOW_USER_PASSWORD_AUTH",
            "ALLOW_ADMIN_USER_PASSWORD_AUTH",
            "ALLOW_REFRESH_TOKEN_AUTH",
        ],
    )["UserPoolClient"]
    cognito.admin_create_user(UserPoolId=pool, Username="ben", TemporaryPassword="Ben-temporary-1")
    return pool, made["ClientId"], made["ClientSecret"]
