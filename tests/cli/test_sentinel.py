"""After a whole run no secret is anywhere on the disk, on a stream, or in a process list."""

from __future__ import annotations

import base64
import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from cognito_tui.cognito.model import Secret, UserStatus
from tests.aws.listener import NEVER, listening
from tests.cli.running import alone, running
from tests.cli.served import Served

SECRET = "SentinelClientSecret" * 2
PASSWORD = "Sentinel-temporary-1"
NEW_PASSWORD = "Sentinel-new-password-1"
SENTINELS = (SECRET, PASSWORD, NEW_PASSWORD)


def found_in(content: bytes) -> set[str]:
    """The sentinels in `content`, in any of the ways a program may write them."""
    return {
        sentinel
        for sentinel in SENTINELS
        for written in (
            sentinel.encode(),
            sentinel.encode("utf-16-le"),
            sentinel.encode().hex().encode(),
            base64.b64encode(sentinel.encode())[:-4],
        )
        if written in content
    }


def found_below(directory: Path) -> dict[str, set[str]]:
    """The files that hold one, or are named after one."""
    return {
        file.relative_to(directory).as_posix(): seen
        for file in directory.rglob("*")
        if (seen := found_in(str(file).encode() + (file.read_bytes() if file.is_file() else b"")))
    }


@pytest.fixture
def everything(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Every directory that a program may write to, below one."""
    for variable in ("TMPDIR", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME"):
        directory = tmp_path / variable.lower()
        directory.mkdir()
        monkeypatch.setenv(variable, str(directory))
    for variable in ("COGNITO_TUI_CONFIG_DIR", "COGNITO_TUI_STATE_DIR"):
        monkeypatch.delenv(variable)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def client_options(served: Served) -> tuple[str, ...]:
    """Of a client with the sentinel for a secret, and `ben` with the sentinel for a password."""
    pool = served.sandbox.state.pools[served.pool_id("ben")]
    client, ben = served.client("ben"), pool.find("ben")
    assert ben
    pool.clients[client.client_id] = replace(client, secrets=(Secret(SECRET),))
    pool.put(replace(ben, passwords=(Secret(PASSWORD),)))
    return ("--user-pool-id", pool.pool_id, "--client-id", client.client_id, "--endpoint-url", served.url)


@pytest.fixture
def keyring(everything: Path, request: pytest.FixtureRequest) -> None:
    """A Secret Service whose files are below `everything` as well."""
    request.getfixturevalue("secret_service")


@pytest.mark.usefixtures("keyring")
def test_after_a_whole_run_no_sentinel_is_to_be_found(
    everything: Path, client_options: tuple[str, ...], served: Served
) -> None:
    answers = json.dumps(
        {
            "PASSWORD": PASSWORD,
            "NEW_PASSWORD": ["short", NEW_PASSWORD],
            "userAttributes.given_name": "Ben",
            "userAttributes.phone_number": "+351912345678",
        }
    )
    sign_in = (
        *("sign-in", "--profile", "box", "--username", "ben", "--flow", "USER_PASSWORD_AUTH"),
        *("--answers", "-", "--show-conversation"),
    )
    run = [
        alone("profiles", "add", "box", *client_options, "--secret-stdin", stdin=f"{SECRET}\n"),
        alone("profiles", "list", "--json"),
        alone("profiles", "show", "box", "--json"),
        alone("secret-hash", "--username", "ben", "--profile", "box"),
        alone(*sign_in, stdin=answers),
        alone(*sign_in, stdin=json.dumps({"PASSWORD": PASSWORD})),
        alone(*sign_in, "--secret-stdin", stdin=f"{PASSWORD}\n{answers}"),
        alone(*sign_in, stdin=answers[:-1]),
        alone("profiles", "add", "box", *client_options, "--secret", SECRET),
    ]
    assert [ran.status for ran in run] == [0, 0, 0, 0, 0, 1, 1, 2, 2]
    assert served.status("ben") is UserStatus.CONFIRMED
    assert [ran for ran in run if found_in((ran.out + ran.err).encode())] == []
    assert (everything / "xdg_config_home" / "cognito-tui" / "profiles.toml").exists()
    assert list(everything.rglob("*.keyring"))  # which has one, but not in plain
    assert found_below(everything) == {}


@pytest.mark.skipif(sys.platform != "linux", reason="the process list is read from /proc")
def test_a_running_command_shows_none_in_the_process_list() -> None:
    with listening(NEVER) as listener:
        options = ("--user-pool-id", "local_X", "--client-id", "someclient", "--endpoint-url", listener.url)
        flow = ("--flow", "USER_PASSWORD_AUTH")
        arguments = ("sign-in", "--username", "ben", *options, *flow, "--secret-stdin", "--answers", "-")
        with running(*arguments, stdin=subprocess.PIPE) as process:
            process.stdin.write(f'{SECRET}\n{{"PASSWORD": "{PASSWORD}"}}'.encode())  # type: ignore[union-attr] # a pipe
            process.stdin.close()  # type: ignore[union-attr] # as above
            process.stdin = None
            assert PASSWORD in listener.wait_for_a_request().params["AuthParameters"].values()
            shown = shown_of(process)
    assert b"sign-in" in shown
    assert found_in(shown) == set()


def shown_of(process: subprocess.Popen[bytes]) -> bytes:
    """What the process list shows of it, and its environment."""
    return b"".join(Path(f"/proc/{process.pid}/{name}").read_bytes() for name in ("cmdline", "environ"))


class TestTheSameLookFindsThemWhenPlanted:
    @pytest.mark.parametrize("sentinel", SENTINELS)
    @pytest.mark.parametrize("name", ["profiles.toml", "deep/down/core.1234", ".hidden"])
    def test_in_a_file(self, everything: Path, sentinel: str, name: str) -> None:
        file = everything / "home" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        for content in (
            f'secret = "{sentinel}"'.encode(),
            sentinel.encode("utf-16-le"),
            base64.b64encode(f"{sentinel}\n".encode()),
            sentinel.encode().hex().encode(),
        ):
            file.write_bytes(b"\x00\xff" + content + b"\n")
            assert found_below(everything) == {f"home/{name}": {sentinel}}

    def test_in_a_file_name(self, everything: Path) -> None:
        (everything / f"{SECRET}.lock").touch()
        assert found_below(everything) == {f"{SECRET}.lock": {SECRET}}

    @pytest.mark.skipif(sys.platform != "linux", reason="the process list is read from /proc")
    def test_in_a_process(self) -> None:
        program = [sys.executable, "-c", "print(flush=True); input()", SECRET]
        pipe = subprocess.PIPE
        with subprocess.Popen(program, env={"X": PASSWORD}, stdin=pipe, stdout=pipe) as process:
            assert process.stdout
            process.stdout.readline()
            assert found_in(shown_of(process)) == {SECRET, PASSWORD}
            process.kill()
