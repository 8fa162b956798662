"""`cognito-tui profiles import`: profiles of what an account has."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from typing import Any

import pytest

from cognito_tui.sandbox.attributes import schema
from cognito_tui.sandbox.pool import AppClient, UserPool
from tests.aws.listener import answer, listening, refusal
from tests.cli.at_terminal import at_terminal
from tests.cli.running import Ran, here
from tests.cli.town import Town, town
from tests.sandbox.house import POOL, SECRET

# keyring leaves the connection open when it raises KeyringLocked
pytestmark = pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning")

OTHER = "local_Another1"


@pytest.fixture
def place() -> Iterator[Town]:
    """Two pools: one with a client with a secret and one without, one with one without."""
    with town() as made:
        other = UserPool(OTHER, "Shop", made.house.clock(), schema())
        other.clients["shopclient"] = AppClient("shopclient", "Till\nand shelf", made.house.clock())
        made.house.sandbox.state.pools[OTHER] = other
        yield made


def imported(place: Town, *options: str) -> Ran:
    return here("profiles", "import", "--region", "local", "--endpoint-url", place.url, *options)


def listed() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = here("profiles", "list", "--json").json()
    return found


@pytest.mark.usefixtures("secret_service")
class TestAll:
    def test_every_client_becomes_a_profile_and_its_secret_goes_to_the_keyring(self, place: Town) -> None:
        ran = imported(place, "--all")
        assert ran.status == 0
        assert ran.out.splitlines() == [
            f"Testing / Secretclient\t{POOL}\tsecretclient",
            f"Testing / Openclient\t{POOL}\topenclient",
            f"Shop / Till and shelf\t{OTHER}\tshopclient",
        ]
        assert SECRET not in ran.out + ran.err
        assert listed() == [
            {
                "name": name,
                "user_pool_id": pool,
                "client_id": client,
                "region": "local",
                "endpoint_url": place.url,
                "aws_profile": None,
                "auth_flow": None,
                "has_secret": secret,
                "read_only": False,
            }
            for name, pool, client, secret in (
                ("Shop / Till and shelf", OTHER, "shopclient", False),
                ("Testing / Openclient", POOL, "openclient", False),
                ("Testing / Secretclient", POOL, "secretclient", True),
            )
        ]
        item = f"{place.url.removeprefix('http://')}/local/{POOL}/secretclient/1"
        command = ["secret-tool", "lookup", "service", "cognito-tui", "username", item]
        assert subprocess.run(command, capture_output=True, text=True, check=False).stdout == SECRET

    def test_a_second_time_nothing_is_made_twice(self, place: Town) -> None:
        imported(place, "--all")
        before = listed()
        ran = imported(place, "--all")
        assert (ran.status, ran.out) == (0, "")
        assert "app client openclient: profile 'Testing / Openclient' is about it already" in ran.err
        assert listed() == before

    def test_an_imported_profile_signs_in(self, place: Town) -> None:
        imported(place, "--all")
        ran = here("secret-hash", "--profile", "Testing / Secretclient", "--username", "ana")
        assert ran.status == 0
        by_hand = here(
            *("secret-hash", "--client-id", "secretclient", "--secret-stdin", "--username", "ana"),
            stdin=f"{SECRET}\n",
        )
        assert ran.out == by_hand.out


class TestWithoutAKeyring:
    def test_one_pool_only(self, place: Town) -> None:
        ran = here("profiles", "import", "--user-pool-id", OTHER, "--endpoint-url", place.url, "--all")
        assert (ran.status, ran.out) == (0, f"Shop / Till and shelf\t{OTHER}\tshopclient\n")

    def test_a_secret_that_cannot_be_kept_makes_no_profile(self, place: Town) -> None:
        ran = imported(place, "--all")
        assert (ran.status, ran.out) == (6, "")
        assert ran.first.startswith("cognito-tui: PYTHON_KEYRING_BACKEND switches the keyring off.")
        assert listed() == []

    def test_a_name_that_another_client_has_gets_a_number(self, place: Town) -> None:
        here(
            *("profiles", "add", "Shop / Till and shelf", "--user-pool-id", POOL, "--client-id", "x"),
            "--no-secret",
        )
        ran = here("profiles", "import", "--user-pool-id", OTHER, "--endpoint-url", place.url, "--all")
        assert ran.out == f"Shop / Till and shelf 2\t{OTHER}\tshopclient\n"

    def test_pages_of_clients(self, place: Town) -> None:
        pool = place.house.sandbox.state.pools[OTHER]
        for number in range(130):
            pool.clients[f"c{number}"] = AppClient(f"c{number}", f"c{number}", place.house.clock())
        ran = here("profiles", "import", "--user-pool-id", OTHER, "--endpoint-url", place.url, "--all")
        assert (ran.status, len(ran.out.splitlines())) == (0, 131)


class TestPicking:
    def test_pools_and_clients_are_picked_by_number(self, place: Town) -> None:
        options = ("--region", "local", "--endpoint-url", place.url)
        with at_terminal("profiles", "import", *options) as terminal:
            terminal.until(f"  2 Shop  {OTHER}")
            terminal.answer("Which user pool? (numbers, or all): ", "3")
            terminal.until("numbers from 1 to 2, with blanks or commas between them")
            terminal.answer("Which user pool? (numbers, or all): ", "1, 2")
            terminal.until("  2 Openclient  openclient")
            terminal.answer("Which app client of Testing? (numbers, or all): ", "2")
            terminal.answer("Which app client of Shop? (numbers, or all): ", "all")
            ran = terminal.end()
        assert ran.status == 0
        assert [each["client_id"] for each in listed()] == ["shopclient", "openclient"]

    def test_nothing_may_be_picked(self, place: Town) -> None:
        options = ("--region", "local", "--endpoint-url", place.url)
        with at_terminal("profiles", "import", *options) as terminal:
            terminal.answer("Which user pool? (numbers, or all): ", "")
            assert terminal.end() == Ran(0, "", "")

    def test_without_a_terminal_it_wants_all(self, place: Town) -> None:
        imported(place).failed(2, "cognito-tui: there is no terminal to ask on. To import all: --all")


class TestPermissions:
    POOLS = answer({"UserPools": [{"Id": POOL, "Name": "Testing"}]})
    CLIENTS = answer({"UserPoolClients": [{"ClientId": "one", "ClientName": "One"}, {"ClientId": "two"}]})
    DENIED = refusal("AccessDeniedException", "You are not authorized.")

    def run(self, *answers: bytes) -> Ran:
        with listening(*answers) as listener:
            return here("profiles", "import", "--region", "local", "--endpoint-url", listener.url, "--all")

    def test_to_list_pools(self) -> None:
        ran = self.run(self.DENIED)
        assert (ran.status, ran.out) == (5, "")
        assert ran.first == "cognito-tui: ListUserPools: AccessDeniedException: You are not authorized."
        assert "IAM action cognito-idp:ListUserPools" in ran.err

    def test_to_list_clients(self) -> None:
        ran = self.run(self.POOLS, self.DENIED)
        assert (ran.status, ran.out) == (5, "")
        assert ran.first == "cognito-tui: ListUserPoolClients: AccessDeniedException: You are not authorized."
        assert "Grant the IAM action cognito-idp:ListUserPoolClients." in ran.err

    def test_to_see_some_of_the_clients(self) -> None:
        described = answer({"UserPoolClient": {"ClientId": "two", "UserPoolId": POOL}})
        ran = self.run(self.POOLS, self.CLIENTS, self.DENIED, described)
        assert (ran.status, ran.out) == (8, f"Testing / two\t{POOL}\ttwo\n")
        assert ran.err.splitlines()[-1] == (
            "warning: app client one: DescribeUserPoolClient: AccessDeniedException: You are not authorized. "
            "Grant the IAM action cognito-idp:DescribeUserPoolClient."
        )

    def test_a_pool_may_be_looked_into_without_being_described(self) -> None:
        described = answer({"UserPoolClient": {"ClientId": "two", "UserPoolId": POOL}})
        with listening(self.DENIED, self.CLIENTS, described) as listener:
            ran = here("profiles", "import", "--user-pool-id", POOL, "--endpoint-url", listener.url, "--all")
        assert (ran.status, ran.out.splitlines()[0]) == (0, f"{POOL} / One\t{POOL}\tone")
        assert ran.err.splitlines()[-1] == (
            "warning: DescribeUserPool: AccessDeniedException: You are not authorized. "
            "Grant the IAM action cognito-idp:DescribeUserPool."
        )


class TestRegion:
    def test_has_to_be_said_somewhere(self) -> None:
        here("profiles", "import", "--all").failed(
            2, "cognito-tui: say which region: --region, or --user-pool-id"
        )

    def test_is_otherwise_that_of_the_aws_cli(self, place: Town, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("AWS_REGION", "local")
        del place.house.sandbox.state.pools[POOL]
        ran = here("profiles", "import", "--endpoint-url", place.url, "--all")
        assert (ran.status, ran.out) == (0, f"Shop / Till and shelf\t{OTHER}\tshopclient\n")

    def test_without_a_pool_there_is_nothing_to_do(self, place: Town) -> None:
        place.house.sandbox.state.pools.clear()
        assert imported(place, "--all") == Ran(0, "", "There are no user pools in local.\n")


def test_a_client_without_a_secret_is_known_as_such(place: Town) -> None:
    del place.house.pool.clients["secretclient"]
    assert imported(place, "--all").status == 0
    assert [each["has_secret"] for each in listed()] == [False, False]
