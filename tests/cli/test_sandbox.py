"""`cognito-tui sandbox` serves the practice pools, and says in one line all that a program needs."""

from __future__ import annotations

import json
import re
import signal
import socket
import subprocess
from contextlib import closing
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError

from cognito_tui.cognito import requests
from cognito_tui.cognito.model import AppClient, Secret
from cognito_tui.cognito.secret_hash import Subject
from tests.aws.calls import Sender
from tests.cli.running import PATIENCE, Ran, alone, here, running
from tests.cli.served import NEW_PASSWORD


def said(process: subprocess.Popen[bytes]) -> dict[str, Any]:
    """The one line; `readline` returns since it is flushed."""
    assert process.stdout
    found: dict[str, Any] = json.loads(process.stdout.readline())
    return found


def rest_of(process: subprocess.Popen[bytes]) -> tuple[str, str]:
    """What is left of stdout and stderr; what `readline` has read ahead is part of it."""
    assert process.stdout
    assert process.stderr
    return process.stdout.read().decode(), process.stderr.read().decode()


class TestJson:
    def test_is_one_line_that_says_all(self) -> None:
        with running("sandbox", "--json") as process:
            description = said(process)
            process.terminate()
            assert rest_of(process) == ("", "stopped\n")
        assert set(description) == {"endpoint", "pools"}
        for pool in description["pools"]:
            assert set(pool) == {"UserPoolId", "clients", "users"}
            assert all(set(client) >= {"ClientId", "ClientSecret"} for client in pool["clients"])
            assert all(set(user) >= {"Username", "Password", "UserStatus"} for user in pool["users"])
        statuses = {user["UserStatus"] for pool in description["pools"] for user in pool["users"]}
        assert statuses == {"CONFIRMED", "FORCE_CHANGE_PASSWORD", "UNCONFIRMED", "RESET_REQUIRED"}

    def test_what_it_says_is_enough_to_sign_in(self) -> None:
        """In separate processes, through NEW_PASSWORD_REQUIRED to tokens."""
        with running("sandbox", "--json") as process:
            description = said(process)
            pool = description["pools"][0]
            client = next(each for each in pool["clients"] if each["ClientSecret"])
            user = next(each for each in pool["users"] if each["Username"] == "ben")
            assert user["UserStatus"] == "FORCE_CHANGE_PASSWORD"
            answers = {
                "PASSWORD": user["Password"],
                "NEW_PASSWORD": NEW_PASSWORD,
                "userAttributes.given_name": "Ben",
                "userAttributes.phone_number": "+351912345678",
            }
            ran = alone(
                *("sign-in", "--username", "ben", "--user-pool-id", pool["UserPoolId"]),
                *("--client-id", client["ClientId"], "--endpoint-url", description["endpoint"]),
                *("--secret-stdin", "--answers", "-", "--flow", "USER_PASSWORD_AUTH"),
                stdin=f"{client['ClientSecret']}\n{json.dumps(answers)}",
            )
        assert set(ran.json()) >= {"IdToken", "AccessToken", "RefreshToken"}

    def test_it_is_on_this_machine_only(self) -> None:
        with running("sandbox", "--json") as process:
            assert said(process)["endpoint"].startswith("http://127.0.0.1:")


class TestEnd:
    @pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
    @pytest.mark.parametrize("options", [("--json",), ()])
    def test_by_a_signal_is_none_of_a_failure(self, number: signal.Signals, options: tuple[str, ...]) -> None:
        with running("sandbox", *options) as process:
            assert process.stdout
            assert process.stdout.readline()
            process.send_signal(number)
            assert rest_of(process)[1] == "stopped\n"
            assert process.wait(PATIENCE) == 0

    def test_closes_the_port(self) -> None:
        with running("sandbox", "--json") as process:
            port = int(said(process)["endpoint"].rpartition(":")[2])
            process.terminate()
            process.wait(PATIENCE)
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", port))


class TestPort:
    def test_may_be_chosen(self) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        with running("sandbox", "--json", "--port", str(port)) as process:
            assert said(process)["endpoint"] == f"http://127.0.0.1:{port}"

    def test_in_use_is_told(self) -> None:
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            port = taken.getsockname()[1]
            here_with_signals("sandbox", "--port", str(port)).failed(
                2, f"cognito-tui: port {port} cannot be used: Address already in use"
            )

    @pytest.mark.parametrize("port", ["65536", "-1", "9" * 5000, "80x", "http", "", "٨"])
    def test_that_is_none(self, port: str) -> None:
        here("sandbox", f"--port={port}").failed(
            2, "cognito-tui: argument --port: takes a port number, from 0 to 65535"
        )


class TestUsers:
    def test_are_a_pool_of_so_many(self) -> None:
        with running("sandbox", "--json", "--users", "130") as process:
            description = said(process)
            pool = description["pools"][-1]
            assert set(pool) == {"UserPoolId", "clients", "users"}
            assert pool["users"] == []
            assert len(pool["clients"]) == 1
            listed = list_users(description["endpoint"], pool["UserPoolId"])
        assert [name for page in listed for name in page] == [f"user{number:05}" for number in range(130)]
        assert [len(page) for page in listed] == [60, 60, 10]

    @pytest.mark.parametrize("number", ["0", "-1", "1000001", "9" * 5000, "many", "", "1.5", "٨"])
    def test_must_be_a_number(self, number: str) -> None:
        here("sandbox", f"--users={number}").failed(
            2, "cognito-tui: argument --users: takes a number of users, from 1 to 1000000"
        )


@pytest.mark.parametrize("throttled", [True, False])
def test_it_throttles_if_asked_to(throttled: bool) -> None:
    with running("sandbox", "--json", *(["--throttle"] if throttled else [])) as process:
        description = said(process)
        pool = description["pools"][0]["UserPoolId"]
        outcomes = set()
        for _ in range(40):
            try:
                list_users(description["endpoint"], pool)
                outcomes.add("answered")
            except ClientError as error:
                outcomes.add(error.response["Error"]["Code"])
    assert outcomes == ({"answered", "TooManyRequestsException"} if throttled else {"answered"})


def list_users(endpoint: str, pool: str) -> list[list[str]]:
    """The usernames of each page, by somebody else's client."""
    client = boto3.client(
        "cognito-idp",
        region_name="local",
        endpoint_url=endpoint,
        aws_access_key_id="AKIAEXAMPLE",
        aws_secret_access_key="example",
        config=Config(retries={"total_max_attempts": 1}),
    )
    with closing(client):
        pages = client.get_paginator("list_users").paginate(UserPoolId=pool)
        return [[user["Username"] for user in page["Users"]] for page in pages]


def test_for_people_it_is_a_page() -> None:
    with running("sandbox") as process:
        assert process.stdout
        first = process.stdout.readline().decode()
        process.terminate()
        page, _ = rest_of(process)
    assert first.startswith("Serving at http://127.0.0.1:")
    assert "user pool local_Practice1" in page
    lines = page.splitlines()
    client = next(index for index, line in enumerate(lines) if line.endswith("secret none  Mobile app"))
    assert lines[client + 1].split(maxsplit=4) == [
        *("zoe", "Zoe-made-up-1", "CONFIRMED", "USER_PASSWORD_AUTH"),
        "signs in to a client without a secret",
    ]
    assert "a code of an authenticator app is asked; TOTP secret PIAMADEUPSECRETS" in page


def test_what_it_would_have_sent_is_on_stderr() -> None:
    """Nobody could sign in with a code otherwise."""
    with running("sandbox", "--json") as process:
        description = said(process)
        pool = description["pools"][0]
        ida = next(each for each in pool["users"] if each["Username"] == "ida")
        client = next(each for each in pool["clients"] if each["ClientId"] == ida["ClientId"])
        start = requests.initiate_auth(
            AppClient(pool["UserPoolId"], client["ClientId"], Secret(client["ClientSecret"])),
            *(ida["Flow"], {"PASSWORD": Secret(ida["Password"])}),
            subject=Subject("ida"),
        )
        assert Sender(description["endpoint"]).send(start).body["ChallengeName"] == "SMS_MFA"
        process.terminate()
        told = rest_of(process)[1].splitlines()
    assert re.fullmatch(r"sent by SMS to ida, \+351210000000: code \d{6,8}", told[0])
    assert told[1:] == ["stopped"]


def test_it_writes_nothing_and_reads_no_configuration(tmp_path: Path) -> None:
    config = tmp_path / "config"
    config.mkdir()
    (config / "profiles.toml").write_text("damaged")
    with running("sandbox", "--json") as process:
        said(process)
    assert {each.relative_to(tmp_path).as_posix() for each in tmp_path.rglob("*")} == {
        "home",
        "config",
        "config/profiles.toml",
    }


def here_with_signals(*arguments: str) -> Ran:
    """In this process; the command sets handlers of its own, which are put back."""
    handler = signal.getsignal(signal.SIGINT)
    try:
        return here(*arguments)
    finally:
        signal.signal(signal.SIGINT, handler)
