"""`cognito-tui tokens revoke`: end a refresh token, and what came of it."""

from __future__ import annotations

import argparse

from cognito_tui.cli.attempt import Attempt, endpoint_of
from cognito_tui.cli.given_token import add_file, given_token
from cognito_tui.cli.options import add_client, app_client, chosen
from cognito_tui.cli.status import Status
from cognito_tui.cli.streams import say
from cognito_tui.cognito.explain import Situation
from cognito_tui.cognito.flows.ending import revoke_token


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Its arguments."""
    add_file(parser)
    parser.add_argument("--show-conversation", action="store_true", help="on stderr, secrets masked")
    add_client(parser)


def run(args: argparse.Namespace) -> Status:
    """Revoke; stdout gets nothing."""
    choice = chosen(args)
    endpoint = endpoint_of(choice)
    client = app_client(choice)
    token = given_token(args.file, "Refresh token", Status.USAGE)
    attempt = Attempt(choice, endpoint, Situation(client, "", ""), show=args.show_conversation)
    attempt.walked(revoke_token(client, token))
    for note in attempt.notes():
        say(note)
    return Status.DONE
