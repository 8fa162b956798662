"""Profiles and their secrets, end to end, under a real Secret Service of the tests' own."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING

import pytest

from cognito_tui.cognito.model import UserStatus
from cognito_tui.store.profile import Profile
from cognito_tui.store.vault import KeyringVault
from tests.cli.at_terminal import at_terminal
from tests.cli.running import IN_THE_KEYRING, Ran, alone, here, saved
from tests.cli.served import NEW_PASSWORD, Served
from tests.sandbox.house import secret_hash

if TYPE_CHECKING:
    from tests.store.secret_service import SecretService

# keyring leaves the connection open when it raises KeyringLocked
pytestmark = pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning")

IDS = ("--user-pool-id", "eu-west-1_Kq3TzV9aB", "--client-id", "4f8k2mq0v7t1s9d3a6h5j8n1cp")
SECRET = "S3cr3tOfTheUsualLength" * 2
OTHER_SECRET = "An0therOfTheUsualLength" * 2
ITEM = "aws/eu-west-1/eu-west-1_Kq3TzV9aB/4f8k2mq0v7t1s9d3a6h5j8n1cp/1"


def add(*options: str, name: str = "web", stdin: str | bytes = f"{SECRET}\n") -> Ran:
    return here("profiles", "add", name, *IDS, *options, stdin=stdin)


def where(name: str = "web") -> str:
    """What `profiles show` says of the secret."""
    ran = here("profiles", "show", name, "--json")
    assert ran.status == 0
    assert SECRET not in ran.out
    return str(json.loads(ran.out)["secret"])


def looked_up(item: str = ITEM) -> str:
    """The secret as another program of the desktop reads it; empty when there is none."""
    command = ["secret-tool", "lookup", "service", "cognito-tui", "username", item]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout


@pytest.mark.usefixtures("secret_service")
class TestAdd:
    def test_the_secret_goes_to_the_keyring(self) -> None:
        assert add("--secret-stdin") == Ran(0, "", saved("web", IN_THE_KEYRING))
        assert where() == "keyring"
        assert looked_up() == SECRET

    @pytest.mark.parametrize(
        ("stdin", "kept"),
        [
            (f"{SECRET}\r\n".encode(), SECRET),
            (SECRET.encode(), SECRET),
            (f"{SECRET}\nanother line\n".encode(), SECRET),
            (f" {SECRET} \n".encode(), f" {SECRET} "),
            (b"short\n", "short"),
            ("sécrét 日本\n".encode(), "sécrét 日本"),
        ],
    )
    def test_exactly_as_given(self, stdin: bytes, kept: str) -> None:
        assert add("--secret-stdin", stdin=stdin).status == 0
        assert looked_up() == kept

    @pytest.mark.parametrize(
        ("secret", "warning"),
        [
            (f"{SECRET} ", "client secret has a blank or line break at its end"),
            ("short", "5 characters, a client secret has 24 to 64"),
            (f"{SECRET}-", "a client secret has only letters, digits, _ and +"),
            (IDS[3], "that is the client ID, not the client secret"),
        ],
    )
    def test_what_is_odd_is_a_warning(self, secret: str, warning: str) -> None:
        assert add("--secret-stdin", stdin=secret) == Ran(
            0, "", f"warning: {warning}\n{saved('web', IN_THE_KEYRING)}"
        )
        assert looked_up() == secret

    def test_asked_for_on_a_terminal_it_is_the_same(self) -> None:
        with at_terminal("profiles", "add", "web", *IDS) as terminal:
            terminal.answer("Client secret: ", SECRET)
            assert terminal.end() == Ran(0, "", saved("web", IN_THE_KEYRING))
        assert "A client without a secret? End this with ctrl+c, and say --no-secret." in terminal.screen
        assert SECRET not in terminal.screen
        assert looked_up() == SECRET

    def test_replacing_with_another_secret(self) -> None:
        add("--secret-stdin")
        add("--secret-stdin", "--replace", stdin=OTHER_SECRET)
        assert looked_up() == OTHER_SECRET

    def test_replacing_with_no_secret_drops_it(self) -> None:
        add("--secret-stdin")
        assert add("--no-secret", "--replace").status == 0
        assert where() == "none"
        assert looked_up() == ""

    def test_replacing_with_another_client_drops_it(self) -> None:
        add("--secret-stdin")
        ran = add("--secret-stdin", "--replace", "--region", "eu-west-3", stdin=OTHER_SECRET)
        assert ran.status == 0
        assert looked_up() == ""
        assert looked_up(ITEM.replace("aws/eu-west-1/", "aws/eu-west-3/")) == OTHER_SECRET

    def test_the_item_names_the_endpoint(self) -> None:
        add("--secret-stdin", "--endpoint-url", "http://127.0.0.1:9229")
        assert looked_up(ITEM.replace("aws/", "127.0.0.1:9229/")) == SECRET


class TestALockedKeyring:
    @pytest.fixture(autouse=True)
    def locked(self, secret_service: SecretService) -> None:
        add("--secret-stdin")
        secret_service.lock()

    def test_keeps_a_profile_from_being_made(self, secret_service: SecretService) -> None:
        ran = add("--secret-stdin", name="other")
        assert (ran.status, ran.out) == (6, "")
        assert ran.first.startswith("cognito-tui: The keyring is locked")
        assert ran.err.splitlines()[-1].startswith("Nothing was saved. Ways round: ")
        assert [each["name"] for each in here("profiles", "list", "--json").json()] == ["web"]
        secret_service.unlock()
        assert looked_up() == SECRET

    def test_keeps_one_from_being_replaced(self) -> None:
        assert add("--secret-stdin", "--replace", "--read-only", stdin=OTHER_SECRET).status == 6
        assert not here("profiles", "list", "--json").json()[0]["read_only"]

    def test_is_unavailable(self) -> None:
        assert where() == "unavailable"

    @pytest.mark.parametrize(
        "command", [("secret-hash", "--username", "ana"), ("sign-in", "--username", "ana", "--answers", "-")]
    )
    def test_gives_no_secret(self, command: tuple[str, ...]) -> None:
        ran = here(*command, "--profile", "web", stdin='{"PASSWORD": "x"}')
        assert (ran.status, ran.out) == (6, "")
        assert ran.first.startswith("cognito-tui: The keyring is locked")
        assert ran.err.splitlines()[-1].startswith(
            "Ways round: give the secret to this command by --secret-stdin"
        )

    def test_is_not_asked_when_the_secret_comes_by_stdin(self) -> None:
        ran = here("secret-hash", "--username", "ana", "--profile", "web", "--secret-stdin", stdin=SECRET)
        assert ran.out == f"{secret_hash('ana', IDS[3], SECRET)}\n"


@pytest.mark.usefixtures("secret_service")
class TestUse:
    def test_a_hash_needs_nothing_but_the_profile(self) -> None:
        add("--secret-stdin")
        ran = here("secret-hash", "--username", "ana", "--profile", "web")
        assert ran == Ran(0, f"{secret_hash('ana', IDS[3], SECRET)}\n", "")

    def test_a_secret_that_is_not_there_is_missing(self) -> None:
        add("--secret-stdin")
        KeyringVault().drop(Profile("web", IDS[1], IDS[3]).item())
        assert where() == "missing"
        ran = here("secret-hash", "--username", "ana", "--profile", "web")
        ran.failed(
            6,
            "cognito-tui: the client secret of profile 'web' is not in the keyring. "
            "Give it by --secret-stdin, or keep it: cognito-tui profiles add --replace",
        )

    def test_a_profile_walks_through_new_password_required(self, served: Served) -> None:
        """As a person does it: each command a process of its own."""
        ids = served.options("ben")
        assert alone("profiles", "add", "box", *ids, stdin=served.secret("ben")) == Ran(
            0, "", saved("box", IN_THE_KEYRING)
        )
        answers = {
            "PASSWORD": "Ben-temporary-1",
            "NEW_PASSWORD": NEW_PASSWORD,
            "userAttributes.given_name": "Ben",
            "userAttributes.phone_number": "+351912345678",
        }
        ran = alone(
            *("sign-in", "--profile", "box", "--username", "ben", "--answers", "-"),
            *("--flow", "USER_PASSWORD_AUTH"),
            stdin=json.dumps(answers),
        )
        assert set(ran.json()) >= {"IdToken", "AccessToken", "RefreshToken"}
        assert served.status("ben") is UserStatus.CONFIRMED


@pytest.mark.usefixtures("secret_service")
class TestRemove:
    def test_the_secret_goes_with_the_last_profile_that_uses_it(self) -> None:
        add("--secret-stdin")
        add("--secret-stdin", name="web too")
        assert here("profiles", "remove", "web", "--yes") == Ran(
            0, "", "Its client secret stays in the keyring: another profile uses the client.\n"
        )
        assert looked_up() == SECRET
        assert here("profiles", "remove", "web too", "--yes") == Ran(
            0, "", "Its client secret is no longer in the keyring.\n"
        )
        assert looked_up() == ""
