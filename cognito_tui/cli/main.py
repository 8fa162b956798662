"""Finding the command, and ending with its status."""

from __future__ import annotations

import argparse
import importlib
import os
import signal
import sys
from collections.abc import Sequence
from types import FrameType
from typing import Final, NoReturn

from cognito_tui import __version__
from cognito_tui.cli.options import Parser
from cognito_tui.cli.status import Status, Stop
from cognito_tui.cli.streams import say

COMMANDS: Final = {
    "demo": "the app on a user pool inside this program: no account, no network, nothing written",
    "sign-in": "sign in, answer every challenge, print the tokens",
    "secret-hash": "print the SECRET_HASH over a username",
    "profiles": "the pools and clients this machine knows by name",
    "sandbox": "serve a user pool on this machine, as strict as the real one",
    "locate": "print where profiles, settings and journals are",
}
"""Each command and what it does; its module is loaded only when it is called."""


def run(arguments: Sequence[str]) -> int:
    """Carry out the command line `arguments`; return the exit status."""
    signal.signal(signal.SIGTERM, _terminated)
    try:
        status = _run(arguments)
        sys.stdout.flush()
    except Stop as stop:
        say(str(stop))
        status = stop.status
    except KeyboardInterrupt:
        status = Status.INTERRUPTED
    except BrokenPipeError:
        # whoever read the result has enough; nothing more may be said, not even at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = Status.DONE
    except SystemExit as end:  # --help, --version, SIGTERM
        status = Status(end.code) if isinstance(end.code, int) else Status.USAGE
    return int(status)


def _run(arguments: Sequence[str]) -> Status:
    command = arguments[0] if arguments and not arguments[0].startswith("-") else None
    if command is not None and command not in COMMANDS:
        raise Stop(Status.USAGE, f"cognito-tui: there is no such command. There are: {', '.join(COMMANDS)}")
    module = importlib.import_module(f"cognito_tui.cli.{(command or 'app').replace('-', '_')}")
    parser = _parser(command)
    module.add_arguments(parser)
    args = parser.parse_args(arguments[1:] if command else arguments)
    status: Status = module.run(args)
    return status


def _parser(command: str | None) -> Parser:
    if command:
        return Parser(prog=f"cognito-tui {command}", description=COMMANDS[command], allow_abbrev=False)
    listed = "\n".join(f"  {name:12} {what}" for name, what in COMMANDS.items())
    parser = Parser(
        prog="cognito-tui",
        description="Work with Amazon Cognito user pools, and see every word that is said.",
        epilog=f"commands (each has its own --help):\n{listed}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"cognito-tui {__version__}")
    return parser


def _terminated(_number: int, _frame: FrameType | None) -> NoReturn:
    raise SystemExit(Status.TERMINATED)
