"""`cognito-tui profiles`, as far as no keyring is needed."""

from __future__ import annotations

import json
import stat
from pathlib import Path
from typing import Any

import pytest

from tests.cli.at_terminal import at_terminal
from tests.cli.running import Ran, here, saved

POOL = "eu-west-1_Kq3TzV9aB"
CLIENT = "4f8k2mq0v7t1s9d3a6h5j8n1cp"
IDS = ("--user-pool-id", POOL, "--client-id", CLIENT)
SECRET = "S3cr3tOfTheUsualLength" * 2
NO_KEYRING = "PYTHON_KEYRING_BACKEND switches the keyring off. Remove that to use it."


def add(*options: str, name: str = "web", stdin: str | bytes = b"") -> Ran:
    return here("profiles", "add", name, *options, stdin=stdin)


def listed() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = here("profiles", "list", "--json").json()
    return found


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "config" / "profiles.toml"


class TestAdd:
    def test_says_what_was_saved_and_where(self, file: Path) -> None:
        assert add(*IDS, "--no-secret") == Ran(0, "", saved())
        assert stat.S_IMODE(file.stat().st_mode) == 0o600

    def test_takes_every_value(self) -> None:
        ran = add(
            *IDS,
            *("--region", "eu-west-3", "--endpoint-url", "http://127.0.0.1:9229", "--aws-profile", "staging"),
            *("--flow", "ADMIN_USER_PASSWORD_AUTH", "--read-only", "--no-secret"),
        )
        assert ran.status == 0
        assert listed() == [
            {
                "name": "web",
                "user_pool_id": POOL,
                "client_id": CLIENT,
                "region": "eu-west-3",
                "endpoint_url": "http://127.0.0.1:9229",
                "aws_profile": "staging",
                "auth_flow": "ADMIN_USER_PASSWORD_AUTH",
                "has_secret": False,
                "read_only": True,
            }
        ]

    @pytest.mark.parametrize(
        ("pool", "region"),
        [
            (POOL, "eu-west-1"),
            ("local_Practice1", "local"),
            ("us-gov-west-1_AbC", "us-gov-west-1"),
        ],
    )
    def test_the_region_is_what_the_pool_id_begins_with(self, pool: str, region: str) -> None:
        add("--user-pool-id", pool, "--client-id", CLIENT, "--no-secret")
        assert listed()[0]["region"] == region

    def test_an_existing_name_is_not_taken_again(self) -> None:
        add(*IDS, "--no-secret")
        before = listed()
        add("--user-pool-id", "eu-west-1_Other", "--client-id", CLIENT, "--no-secret").failed(
            2, "cognito-tui: there is a profile 'web' already. To change it: --replace"
        )
        assert listed() == before

    def test_unless_it_is_to_be_replaced(self, file: Path) -> None:
        add(*IDS, "--no-secret", "--read-only")
        file.write_text(file.read_text().replace("read_only", "# mine\nread_only"))
        assert (
            add("--user-pool-id", "eu-west-1_Other", "--client-id", CLIENT, "--no-secret", "--replace").status
            == 0
        )
        (profile,) = listed()
        assert (profile["user_pool_id"], profile["read_only"]) == ("eu-west-1_Other", False)

    def test_replacing_what_is_not_there_makes_it(self) -> None:
        assert add(*IDS, "--no-secret", "--replace").status == 0
        assert [each["name"] for each in listed()] == ["web"]

    @pytest.mark.parametrize("missing", ["--user-pool-id", "--client-id"])
    def test_both_ids_are_needed(self, missing: str) -> None:
        given = [IDS[index : index + 2] for index in (0, 2) if IDS[index] != missing]
        add(*given[0], "--no-secret").failed(2, f"cognito-tui: {missing} is missing")

    def test_the_secret_is_not_asked_for_without_a_terminal(self, file: Path) -> None:
        add(*IDS).failed(2, "cognito-tui: say --secret-stdin or --no-secret: there is no terminal to ask on")
        assert not file.exists()

    def test_neither_is_written_without_a_keyring(self, file: Path) -> None:
        ran = add(*IDS, "--secret-stdin", stdin=SECRET)
        assert (ran.status, ran.out) == (6, "")
        assert ran.err == (
            f"cognito-tui: {NO_KEYRING}\nNothing was saved. Ways round: sign-in, tokens and secret-hash take "
            "--user-pool-id, --client-id and --secret-stdin instead of a profile; the app keeps the secret "
            "for a run.\n"
        )
        assert not file.exists()
        assert listed() == []

    def test_a_damaged_file_is_kept_and_told(self, file: Path) -> None:
        file.parent.mkdir()
        file.write_text("[profiles\n")
        ran = add(*IDS, "--no-secret")
        assert (ran.status, ran.out) == (2, "")
        assert ran.first.startswith(f"cognito-tui: {file}, line 1: ")
        assert file.read_text() == "[profiles\n"


class TestRefused:
    @pytest.mark.parametrize(
        ("options", "sentence"),
        [
            (("--region", ""), "argument --region: must not be empty"),
            (("--endpoint-url", ""), "argument --endpoint-url: must not be empty"),
            (("--aws-profile", ""), "argument --aws-profile: must not be empty"),
            (("--flow", ""), "argument --flow: must not be empty"),
            (("--aws-profile", "a\nb"), "--aws-profile has a line break inside"),
            (("--flow", "a\rb"), "--flow has a line break inside"),
            (("--region", "a\u2028b"), "--region has a line break inside"),
            (("--aws-profile", "a\0b"), "--aws-profile has a NUL character inside"),
            (("--aws-profile", "a\udcff"), "--aws-profile is not text in UTF-8"),
        ],
    )
    def test_an_empty_value_a_nul_or_a_line_break(
        self, options: tuple[str, ...], sentence: str, file: Path
    ) -> None:
        add(*IDS, "--no-secret", *options).failed(2, f"cognito-tui: {sentence}")
        assert not file.exists()

    @pytest.mark.parametrize(
        ("name", "problem"),
        [
            ("", "must not be empty"),
            ("a\nb", "has a line break inside"),
            ("\0", "has a NUL character inside"),
        ],
    )
    def test_a_name_of_that_kind(self, name: str, problem: str) -> None:
        add(*IDS, "--no-secret", name=name).failed(2, f"cognito-tui: NAME {problem}")

    @pytest.mark.parametrize("pool", ["eu-west-1", "eu-west-1_", "_AbC", "eu-west-1_A-b", "x_" + "a" * 54])
    def test_a_pool_id_outside_its_pattern(self, pool: str) -> None:
        add("--user-pool-id", pool, "--client-id", CLIENT, "--no-secret").failed(
            2, "cognito-tui: --user-pool-id is not a user pool id, such as eu-west-1_AbCdEf123"
        )

    @pytest.mark.parametrize(
        ("pool", "client", "problem"),
        [
            ("a b_C", CLIENT, "--user-pool-id has a blank inside"),
            (f" {POOL} ", CLIENT, "--user-pool-id has a blank at its beginning and at its end"),
            (POOL, "a b", "--client-id has a blank inside"),
            (POOL, f"{CLIENT} ", "--client-id has a blank at its end"),
        ],
    )
    def test_a_blank_that_nobody_sees_is_named(self, pool: str, client: str, problem: str) -> None:
        add("--user-pool-id", pool, "--client-id", client, "--no-secret").failed(2, f"cognito-tui: {problem}")

    @pytest.mark.parametrize("client", ["a-b", "a" * 129, "ä"])
    def test_a_client_id_outside_its_pattern(self, client: str) -> None:
        add("--user-pool-id", POOL, "--client-id", client, "--no-secret").failed(
            2, "cognito-tui: --client-id is not a client ID: letters, digits, _ and +, 128 at most"
        )

    @pytest.mark.parametrize(
        ("stdin", "problem"),
        [
            (b"a\0b\n", "cognito-tui: the client secret has a NUL character inside"),
            (b"a\rb\n", "cognito-tui: the client secret has a line break inside"),
            (b"\n", "cognito-tui: the first line of stdin is empty: it has to be the client secret"),
        ],
    )
    def test_a_secret_of_that_kind(self, stdin: bytes, problem: str, file: Path) -> None:
        add(*IDS, "--secret-stdin", stdin=stdin).failed(2, problem)
        assert not file.exists()

    @pytest.mark.parametrize(
        "url", ["nonsense", "ftp://x", "http://", "http://me:pass@x", "http://x:99999", "http://a b"]
    )
    def test_an_endpoint_that_is_no_url(self, url: str) -> None:
        ran = add(*IDS, "--no-secret", "--endpoint-url", url)
        assert (ran.status, ran.out) == (2, "")
        assert ran.first.startswith("cognito-tui: --endpoint-url ")


class TestOnlyOdd:
    """A warning, and the value is kept as given."""

    @pytest.mark.parametrize(
        ("name", "key", "value", "warning"),
        [
            ("web", "client-id", "short", "5 characters, a client ID has 26: cut off?"),
            ("web", "client-id", "a+b_" * 8, "32 characters, a client ID has 26: cut off?"),
            (" web", "", "", "the name has a blank or line break at its beginning"),
            ("web\t", "", "", "the name has a blank or line break at its end"),
            ("we\x1bb", "", "", "the name has a character in it that cannot be seen"),
            ("web", "aws-profile", "me ", "the AWS profile has a blank or line break at its end"),
            ("web", "flow", "NO_AUTH", "this app does not know the auth flow NO_AUTH"),
            ("web", "region", "eu-west-9", "the region is eu-west-9, and the pool id begins with eu-west-1"),
            (
                *("web", "endpoint-url", "http://emulator.example"),
                "http: passwords would cross the network in clear",
            ),
        ],
    )
    def test_values(self, name: str, key: str, value: str, warning: str) -> None:
        options = dict(zip(IDS[::2], IDS[1::2], strict=True)) | ({f"--{key}": value} if key else {})
        ran = add(*(each for pair in options.items() for each in pair), "--no-secret", name=name)
        assert (ran.status, ran.out) == (0, "")
        assert ran.err.startswith(f"warning: {warning}\nsaved profile ")
        (profile,) = listed()
        assert profile["name"] == name
        if key:
            assert profile[{"flow": "auth_flow"}.get(key, key.replace("-", "_"))] == value

    def test_a_usual_profile_is_not_warned_about(self) -> None:
        ran = add(
            *IDS, "--no-secret", "--endpoint-url", "http://127.0.0.1:9229", "--flow", "USER_PASSWORD_AUTH"
        )
        assert ran.err == saved()


class TestList:
    def test_of_none(self) -> None:
        assert here("profiles", "list") == Ran(0, "", "")
        assert here("profiles", "list", "--json") == Ran(0, "[]\n", "")

    def test_is_sorted_by_name_and_absent_is_null(self) -> None:
        for name in ("web", "admin", "Zoo", "éa"):
            add(*IDS, "--no-secret", name=name)
        found = listed()
        assert [each["name"] for each in found] == ["Zoo", "admin", "web", "éa"]
        assert list(found[0]) == [
            *("name", "user_pool_id", "client_id", "region", "endpoint_url", "aws_profile"),
            *("auth_flow", "has_secret", "read_only"),
        ]
        assert [found[0][key] for key in ("endpoint_url", "aws_profile", "auth_flow")] == [None] * 3

    def test_for_the_eye_is_a_line_each(self) -> None:
        add(*IDS, "--no-secret")
        add(*IDS, "--no-secret", "--endpoint-url", "http://127.0.0.1:9229", name="em\x1b[31mu")
        assert here("profiles", "list").out == (
            f"em\\x1b[31mu\t{POOL}\t{CLIENT}\thttp://127.0.0.1:9229\nweb\t{POOL}\t{CLIENT}\tAWS\n"
        )

    def test_a_pool_that_is_nowhere_is_not_said_to_be_at_aws(self) -> None:
        add("--user-pool-id", "local_Practice1", "--client-id", CLIENT, "--no-secret")
        assert here("profiles", "list").out.endswith("\tnone, and local is no AWS region\n")

    @pytest.mark.parametrize(
        "region", ["eu-west-1", "us-gov-east-1", "cn-north-1", "us-isob-east-1", "ap-southeast-12"]
    )
    def test_a_pool_in_a_region_of_any_partition_is_at_aws(self, region: str) -> None:
        add("--user-pool-id", f"{region}_X", "--client-id", CLIENT, "--no-secret")
        assert here("profiles", "list").out.endswith("\tAWS\n")

    def test_on_a_terminal_is_a_table(self) -> None:
        add(*IDS, "--no-secret", name="日本")
        add(*IDS, "--no-secret", "--endpoint-url", "http://127.0.0.1:9229", name="em\x1b[31mu")
        with at_terminal("profiles", "list", result_on_screen=True) as terminal:
            assert terminal.end() == Ran(0, "", "")
        assert terminal.screen.splitlines() == [
            "NAME         USER POOL ID         CLIENT ID                   SECRET  ENDPOINT",
            f"em\\x1b[31mu  {POOL}  {CLIENT}  none    http://127.0.0.1:9229",
            f"日本         {POOL}  {CLIENT}  none    AWS",
        ]

    def test_on_a_terminal_none_is_told(self) -> None:
        with at_terminal("profiles", "list", result_on_screen=True) as terminal:
            ran = terminal.end()
        assert ran == Ran(0, "", "There are none. To make one: cognito-tui profiles add --help\n")

    @pytest.mark.parametrize("command", [("list",), ("list", "--json"), ("show", "web"), ("remove", "web")])
    def test_a_damaged_file_is_told_with_line_and_reason(self, file: Path, command: tuple[str, ...]) -> None:
        file.parent.mkdir()
        file.write_text(f'[profiles.web]\nuser_pool_id = "{POOL}"\nclient_id = 5\n')
        ran = here("profiles", *command)
        assert (ran.status, ran.out) == (2, "")
        assert ran.first.startswith(
            f"cognito-tui: {file}, line 3: client_id of profile 'web' is not a string."
        )


class TestShow:
    def test_is_the_object_and_where_the_secret_is(self) -> None:
        add(*IDS, "--no-secret")
        shown = here("profiles", "show", "web", "--json").json()
        assert shown == {**listed()[0], "secret": "none"}

    def test_a_keyring_that_cannot_be_asked_is_unavailable(self, file: Path) -> None:
        file.parent.mkdir()
        file.write_text(
            f'[profiles.web]\nuser_pool_id = "{POOL}"\nclient_id = "{CLIENT}"\nhas_secret = true\n'
        )
        ran = here("profiles", "show", "web", "--json")
        assert (ran.status, ran.err) == (0, f"warning: {NO_KEYRING}\n")
        assert json.loads(ran.out)["secret"] == "unavailable"

    def test_for_the_eye_is_a_line_each(self) -> None:
        add(*IDS, "--no-secret", "--read-only")
        assert here("profiles", "show", "web").out == (
            f"name\tweb\nuser_pool_id\t{POOL}\nclient_id\t{CLIENT}\nregion\teu-west-1\nendpoint_url\t\n"
            "aws_profile\t\nauth_flow\t\nhas_secret\tno\nread_only\tyes\nsecret\tnone\n"
        )

    def test_one_that_is_not_there(self) -> None:
        here("profiles", "show", "web").failed(2, "cognito-tui: there is no profile 'web'")


class TestRemove:
    def test_takes_it_away(self) -> None:
        add(*IDS, "--no-secret")
        add(*IDS, "--no-secret", name="other")
        assert here("profiles", "remove", "web", "--yes") == Ran(0, "", "")
        assert [each["name"] for each in listed()] == ["other"]

    def test_does_nothing_unasked_without_a_terminal(self) -> None:
        add(*IDS, "--no-secret")
        here("profiles", "remove", "web", stdin="y\n").failed(
            2, "cognito-tui: there is no terminal to ask on. To remove without asking: --yes"
        )
        assert len(listed()) == 1

    def test_one_that_is_not_there(self) -> None:
        here("profiles", "remove", "web", "--yes").failed(2, "cognito-tui: there is no profile 'web'")

    def test_without_a_keyring_says_that_the_secret_may_remain(self, file: Path) -> None:
        file.parent.mkdir()
        file.write_text(
            f'[profiles.web]\nuser_pool_id = "{POOL}"\nclient_id = "{CLIENT}"\nhas_secret = true\n'
        )
        ran = here("profiles", "remove", "web", "--yes")
        assert (ran.status, ran.out) == (6, "")
        assert ran.err == (
            f"cognito-tui: {NO_KEYRING}\nThe profile is gone; its secret may still be in the keyring.\n"
        )
        assert listed() == []
