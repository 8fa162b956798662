"""`cognito-tui secret-hash`: one SECRET_HASH on stdout."""

from __future__ import annotations

import argparse

from cognito_tui.cli.options import add_client, chosen, profile_named, secret_from_vault
from cognito_tui.cli.status import Status, Stop
from cognito_tui.cli.streams import say, secret_from_stdin
from cognito_tui.cognito import checks
from cognito_tui.cognito.model import Secret
from cognito_tui.cognito.secret_hash import secret_hash


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Its arguments."""
    parser.add_argument("--username", required=True, metavar="USER", help="hashed as given, to the letter")
    add_client(parser)


def run(args: argparse.Namespace) -> Status:
    """Print the hash and one line break; what is odd about its parts goes to stderr."""
    if not args.username:
        raise Stop(Status.USAGE, "cognito-tui: --username must not be empty")
    client_id, secret = _client(args)
    for oddity in checks.hash_oddities(args.username, client_id, secret):
        say(f"warning: {oddity}")
    try:
        print(secret_hash(args.username, client_id, secret))
    except UnicodeEncodeError:
        raise Stop(Status.USAGE, "cognito-tui: --username is not text in UTF-8") from None
    return Status.DONE


def _client(args: argparse.Namespace) -> tuple[str, Secret]:
    if args.client_id and args.secret_stdin:
        return args.client_id, secret_from_stdin()  # nothing else counts for a hash
    if args.no_secret:
        raise _without_a_secret()
    if profile_named(args) is None:
        raise Stop(
            Status.USAGE, "cognito-tui: say which client: --profile, or --client-id and --secret-stdin"
        )
    choice = chosen(args)
    if not choice.profile.has_secret:
        raise _without_a_secret()
    return choice.profile.client_id, choice.secret or secret_from_vault(choice.profile)


def _without_a_secret() -> Stop:
    return Stop(Status.USAGE, "cognito-tui: a client without a secret has no SECRET_HASH")
