"""`cognito-tui users`: list, show, and what an administrator does to one user or a thousand."""

from __future__ import annotations

import argparse

from cognito_tui.cli.options import add_client
from cognito_tui.cli.status import Status
from cognito_tui.cli.users_change import add_change, add_set_password
from cognito_tui.cli.users_list import add_list, add_show
from cognito_tui.cognito.user_actions import Action

_CHANGES = {
    "resend": Action.RESEND_INVITATION,
    "confirm": Action.CONFIRM,
    "reset": Action.RESET_PASSWORD,
    "enable": Action.ENABLE,
    "disable": Action.DISABLE,
    "delete": Action.DELETE,
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Its subcommands, and the arguments of each."""
    commands = parser.add_subparsers(dest="subcommand", required=True, metavar="COMMAND")
    listing = commands.add_parser("list", help="users of the pool, page by page", allow_abbrev=False)
    add_list(listing)
    show = commands.add_parser("show", help="one user", allow_abbrev=False)
    add_show(show)
    parsers = [listing, show]
    for name, action in _CHANGES.items():
        change = commands.add_parser(
            name, help=f"{action.operation}: {action.consequence}", allow_abbrev=False
        )
        add_change(change, action)
        parsers.append(change)
    password = commands.add_parser(
        "set-password", help="AdminSetUserPassword: temporary or permanent; sends nothing", allow_abbrev=False
    )
    add_set_password(password)
    for each in (*parsers, password):
        add_client(each)


def run(args: argparse.Namespace) -> Status:
    """What the subcommand does."""
    status: Status = args.run(args)
    return status
