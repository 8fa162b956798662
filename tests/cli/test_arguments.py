"""Finding the command, and what is said when the arguments are not right."""

from __future__ import annotations

from pathlib import Path

import pytest

from cognito_tui import __version__
from cognito_tui.cli.main import COMMANDS
from tests.cli.running import alone, here

NEVER_AN_ARGUMENT = "A secret or a token is never an argument: it comes by stdin."
CLIENT = ("--user-pool-id", "local_Testing1", "--client-id", "someclient")


class TestHelp:
    def test_of_the_app_names_every_command(self) -> None:
        ran = here("--help")
        assert (ran.status, ran.err) == (0, "")
        assert ran.out.startswith("usage: cognito-tui ")
        assert [name for name in COMMANDS if f"\n  {name} " not in ran.out] == []

    @pytest.mark.parametrize("command", COMMANDS)
    def test_of_each_command(self, command: str) -> None:
        ran = here(command, "--help")
        assert (ran.status, ran.err) == (0, "")
        assert ran.out.startswith(f"usage: cognito-tui {command} ")
        assert COMMANDS[command] in " ".join(ran.out.split())

    def test_says_that_there_are_commands(self) -> None:
        assert "\n       cognito-tui COMMAND [options]\n" in here("--help").out

    def test_may_be_asked_for_by_a_word(self) -> None:
        assert here("help") == here("--help")
        assert here("help", "sign-in") == here("sign-in", "--help")
        assert here("help", "nonsense").status == 2

    @pytest.mark.parametrize("subcommand", ["add", "import", "list", "remove", "show"])
    def test_of_each_subcommand(self, subcommand: str) -> None:
        ran = here("profiles", subcommand, "-h")
        assert ran.status == 0
        assert ran.out.startswith(f"usage: cognito-tui profiles {subcommand} ")

    def test_tells_the_version(self) -> None:
        ran = here("--version")
        assert (ran.status, ran.out, ran.err) == (0, f"cognito-tui {__version__}\n", "")

    def test_is_the_same_for_the_installed_program(self) -> None:
        ran = alone("--version")
        assert (ran.status, ran.out, ran.err) == (0, f"cognito-tui {__version__}\n", "")


class TestWrong:
    @pytest.mark.parametrize("command", ["sign-inn", "signin", "refresh", "", "Sign-In", "token"])
    def test_an_unknown_command(self, command: str) -> None:
        ran = here(command, "--username", "ana")
        assert (ran.status, ran.out) == (2, "")
        assert ran.err == f"cognito-tui: there is no such command. There are: {', '.join(COMMANDS)}\n"

    @pytest.mark.parametrize("command", ["secret-hash", "sign-in"])
    def test_a_missing_option_is_named(self, command: str) -> None:
        ran = here(command, *CLIENT)
        ran.failed(2, "cognito-tui: the following arguments are required: --username")
        assert ran.first.startswith("usage: cognito-tui ")

    def test_a_missing_subcommand(self) -> None:
        here("profiles").failed(2, "cognito-tui: the following arguments are required: COMMAND")

    @pytest.mark.parametrize(
        "arguments",
        [
            ("secret-hash", "--user", "ana"),
            ("sign-in", "--username", "ana", "--endpoint", "http://127.0.0.1:1"),
            ("profiles", "list", "--js"),
            ("profiles", "add", "web", "--user-pool", "local_Testing1"),
            ("sandbox", "--js"),
            ("--vers",),
            ("--prof", "web"),
            ("locate", "--config", "x"),
        ],
    )
    def test_options_are_not_abbreviated(self, arguments: tuple[str, ...]) -> None:
        """An abbreviation that works today is another option tomorrow."""
        ran = here(*arguments)
        assert (ran.status, ran.out) == (2, "")

    @pytest.mark.parametrize(
        "option",
        ["--user-pool-id", "--client-id", "--region", "--endpoint-url", "--aws-profile", "--profile"],
    )
    @pytest.mark.parametrize(
        "command", [("sign-in", "--username", "ana"), ("secret-hash", "--username", "ana")]
    )
    def test_an_empty_value_is_an_unset_variable(self, command: tuple[str, ...], option: str) -> None:
        here(*command, option, "").failed(2, f"cognito-tui: argument {option}: must not be empty")

    def test_both_ways_to_say_the_secret(self) -> None:
        here("sign-in", "--username", "ana", *CLIENT, "--secret-stdin", "--no-secret").failed(
            2, "cognito-tui: argument --no-secret: not allowed with argument --secret-stdin"
        )


class TestASecretAmongTheArguments:
    @pytest.mark.parametrize(
        "arguments",
        [
            ("hunter2",),
            ("hunter2", "--profile", "web"),
            ("--secret", "hunter2"),
            ("secret-hash", "--username", "ana", "--client-id", "c", "--secret", "hunter2"),
            ("secret-hash", "--username", "ana", "--client-id", "c", "--client-secret=hunter2"),
            ("secret-hash", "--username", "ana", "--client-id", "c", "--secret-stdin", "hunter2"),
            ("secret-hash", "--username", "ana", "--client-id", "c", "--secret-stdin=hunter2"),
            ("secret-hash", "hunter2", "--username", "ana"),
            ("sign-in", "--username", "ana", *CLIENT, "--password", "hunter2"),
            ("sign-in", "--username", "ana", *CLIENT, "--password=hunter2"),
            ("sign-in", "--username", "ana", *CLIENT, "--no-secret=hunter2"),
            ("sign-in", "--username", "ana", *CLIENT, "hunter2"),
            ("sign-in", "--username", "ana", *CLIENT, "--output", "hunter2"),
            ("sign-in", "--username", "ana", *CLIENT, "--client-metadata", "hunter2"),
            ("profiles", "hunter2"),
            ("profiles", "add", "web", *CLIENT, "--secret", "hunter2"),
            ("profiles", "add", "web", *CLIENT, "hunter2"),
            ("profiles", "add", "web", *CLIENT, "--secret-stdin=hunter2"),
            ("profiles", "show", "web", "hunter2"),
            ("profiles", "remove", "web", "--yes=hunter2"),
            ("sandbox", "--port", "hunter2"),
            ("sandbox", "hunter2"),
            ("locate", "hunter2"),
            ("demo", "hunter2"),
        ],
    )
    def test_is_not_repeated(self, arguments: tuple[str, ...]) -> None:
        ran = here(*arguments)
        assert (ran.status, ran.out) == (2, "")
        assert "hunter2" not in ran.err

    @pytest.mark.parametrize(
        ("arguments", "named"),
        [
            (("secret-hash", "--username", "ana", "--client-id", "c", "--secret", "hunter2"), "--secret"),
            (("sign-in", "--username", "ana", *CLIENT, "--password=hunter2"), "--password"),
            (("sign-in", "--username", "ana", *CLIENT, "hunter2", "--client-secret"), "--client-secret"),
            (("profiles", "add", "web", *CLIENT, "--secret", "hunter2"), "--secret"),
        ],
    )
    def test_the_option_is_named_and_told_where_it_belongs(
        self, arguments: tuple[str, ...], named: str
    ) -> None:
        here(*arguments).failed(2, f"cognito-tui: there is no option {named}. {NEVER_AN_ARGUMENT}")

    @pytest.mark.parametrize("argument", ["hunter2", "--hunter2", "--Hunter", "-2", "--=hunter2"])
    def test_what_does_not_look_like_an_option_is_not_named(self, argument: str) -> None:
        here("sign-in", "--username", "ana", *CLIENT, argument).failed(
            2, f"cognito-tui: there is an argument too many. {NEVER_AN_ARGUMENT}"
        )

    def test_an_option_that_takes_no_value_is_named(self) -> None:
        here("sign-in", "--username", "ana", *CLIENT, "--secret-stdin=hunter2").failed(
            2, f"cognito-tui: argument --secret-stdin: takes no value. {NEVER_AN_ARGUMENT}"
        )

    def test_what_may_stand_there_is_told(self) -> None:
        here("sign-in", "--username", "ana", *CLIENT, "--output", "yaml").failed(
            2, "cognito-tui: argument --output: takes one of json, env, text"
        )


class TestAnOptionInTheWrongPlace:
    @pytest.mark.parametrize(
        ("arguments", "sentence"),
        [
            (
                ("--profile", "web", "sign-in", "--username", "ana"),
                "the command comes first, its options after it: cognito-tui sign-in ...",
            ),
            (
                ("--config-dir", "x", "profiles", "list"),
                "the command comes first, its options after it: cognito-tui profiles ...",
            ),
            (
                ("demo", "--config-dir", "x"),
                "--config-dir does not belong here. It is an option of: sign-in, tokens refresh, users, "
                "secret-hash, profiles, locate",
            ),
            (
                ("profiles", "list", "--profile", "web"),
                "--profile does not belong here. It is an option of: sign-in, tokens refresh, users, "
                "secret-hash",
            ),
            (("locate", "--yes"), "--yes does not belong here. It is an option of: users, profiles remove"),
        ],
    )
    def test_is_told_where_it_belongs(self, arguments: tuple[str, ...], sentence: str) -> None:
        here(*arguments).failed(2, f"cognito-tui: {sentence}")

    def test_a_config_dir_may_stand_before_the_subcommand(self, tmp_path: Path) -> None:
        here("profiles", "--config-dir", str(tmp_path / "there"), "add", "web", *CLIENT, "--no-secret")
        assert (tmp_path / "there" / "profiles.toml").exists()
        listed = here("profiles", "list", "--config-dir", str(tmp_path / "there"), "--json").json()
        assert [each["name"] for each in listed] == ["web"]
