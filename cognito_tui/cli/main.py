"""Finding the command, and ending with its status."""

from __future__ import annotations

import argparse
import importlib
import os
import re
import signal
import sys
from collections.abc import Sequence
from types import FrameType
from typing import Any, Final, NoReturn

from cognito_tui import __version__
from cognito_tui.cli.options import NEVER_AN_ARGUMENT, Parser
from cognito_tui.cli.status import Status, Stop
from cognito_tui.cli.streams import say

COMMANDS: Final = {
    "demo": "the app on a user pool inside this program: no account, no network, nothing written",
    "sign-in": "sign in, answer every challenge, print the tokens",
    "tokens": "refresh tokens",
    "users": "list users, and change one or a thousand of them",
    "secret-hash": "print the SECRET_HASH over a username",
    "profiles": "the pools and clients this machine knows by name",
    "sandbox": "serve a user pool on this machine, as strict as the real one",
    "locate": "print where profiles, settings and state (journals) are",
}
"""Each command and what it does; its module is loaded only when it is called."""


def run(arguments: Sequence[str]) -> int:
    """Carry out the command line `arguments`; return the exit status."""
    signal.signal(signal.SIGTERM, _terminated)
    try:
        status = _ended(arguments)
        if sys.stdout is not None:
            sys.stdout.flush()  # at exit it would be too late to deal with what comes of it
    except BrokenPipeError:
        _let_go_of_stdout()
        status = Status.DONE
    except OSError as error:
        _let_go_of_stdout()
        say(f"cognito-tui: {error.strerror or type(error).__name__}")
        status = Status.USAGE
    return int(status)


def _ended(arguments: Sequence[str]) -> Status:
    try:
        return _carried_out(arguments)
    except Stop as stop:
        say(str(stop))
        return stop.status
    except KeyboardInterrupt:
        return Status.INTERRUPTED
    except SystemExit as end:  # --help, --version, SIGTERM
        return Status(int(end.code or 0))
    except UnicodeEncodeError:
        say("cognito-tui: this locale cannot show the result. Try: LC_ALL=C.UTF-8 cognito-tui")
        return Status.USAGE


def _carried_out(arguments: Sequence[str]) -> Status:
    if arguments and arguments[0] == "help":
        arguments = [*arguments[1:2], "--help"]
    command = arguments[0] if arguments and not arguments[0].startswith("-") else None
    if command is not None and command not in COMMANDS:
        raise Stop(Status.USAGE, f"cognito-tui: there is no such command. There are: {', '.join(COMMANDS)}")
    parser = _parser(command)
    args, unexpected = parser.parse_known_args(arguments[1:] if command else arguments)
    if unexpected:
        parser.error(_too_many(command, unexpected))
    status: Status = _module(command).run(args)
    return status


def _module(command: str | None) -> Any:
    return importlib.import_module(f"cognito_tui.cli.{(command or 'app').replace('-', '_')}")


def _parser(command: str | None) -> Parser:
    parser = _bare_parser(command)
    _module(command).add_arguments(parser)
    return parser


def _bare_parser(command: str | None) -> Parser:
    if command:
        return Parser(prog=f"cognito-tui {command}", description=COMMANDS[command], allow_abbrev=False)
    listed = "\n".join(f"  {name:12} {what}" for name, what in COMMANDS.items())
    parser = Parser(
        prog="cognito-tui",
        usage="%(prog)s [options]\n       %(prog)s COMMAND [options]",
        description="Work with Amazon Cognito user pools, and see every word that is said.",
        epilog=f"commands (each has its own --help):\n{listed}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"cognito-tui {__version__}")
    return parser


_FEW: Final = 3
"""Subcommands that are named one by one."""

_OPTION: Final = re.compile(r"--[a-z]+(-[a-z]+)*")


def _too_many(command: str | None, unexpected: Sequence[str]) -> str:
    """What to say of arguments that nobody takes. An option is named; anything else may be a secret."""
    if command is None and (late := next((each for each in unexpected if each in COMMANDS), None)):
        return f"the command comes first, its options after it: cognito-tui {late} ..."
    names = (each.partition("=")[0] for each in unexpected)
    option = next((name for name in names if _OPTION.fullmatch(name)), None)
    if option is None:
        return f"there is an argument too many. {NEVER_AN_ARGUMENT}"
    if takers := [name for each in COMMANDS for name in _takers(option, _parser(each), each)]:
        return f"{option} does not belong here. It is an option of: {', '.join(takers)}"
    return f"there is no option {option}. {NEVER_AN_ARGUMENT}"


def _takers(option: str, parser: argparse.ArgumentParser, command: str) -> list[str]:
    """The command, or its subcommands, that have `option`; of many the command again."""
    found = []
    for action in parser._actions:  # noqa: SLF001 argparse has no public list
        if option in action.option_strings:
            return [command]
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001 as above
            for name, each in action.choices.items():
                found += _takers(option, each, f"{command} {name}")
    return found if len(found) <= _FEW else [command]


def _terminated(_number: int, _frame: FrameType | None) -> NoReturn:
    raise SystemExit(Status.TERMINATED)


def _let_go_of_stdout() -> None:
    """Whoever read the result has enough, or there is no room for it: Python must not try again at exit."""
    if sys.stdout is not None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
