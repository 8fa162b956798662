"""`cognito-tui secret-hash`: one SECRET_HASH on stdout."""

from __future__ import annotations

import argparse

from cognito_tui.cli.options import add_config_dir, profile_named, secret_from_vault
from cognito_tui.cli.status import Status, Stop
from cognito_tui.cli.streams import say, secret_from_stdin
from cognito_tui.cognito import checks
from cognito_tui.cognito.model import Secret
from cognito_tui.cognito.secret_hash import secret_hash


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Its arguments."""
    parser.add_argument("--username", required=True, metavar="USER", help="hashed as given, to the letter")
    parser.add_argument("--profile", metavar="NAME", help="a profile (or COGNITO_TUI_PROFILE)")
    parser.add_argument("--client-id", metavar="ID", help="instead of the profile's")
    parser.add_argument(
        "--secret-stdin", action="store_true", help="the client secret is the first line of stdin"
    )
    add_config_dir(parser)


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
        return args.client_id, secret_from_stdin()
    profile = profile_named(args)
    if profile is None:
        raise Stop(
            Status.USAGE, "cognito-tui: say which client: --profile, or --client-id and --secret-stdin"
        )
    client_id = args.client_id or profile.client_id
    if args.secret_stdin:
        return client_id, secret_from_stdin()
    if not profile.has_secret:
        raise Stop(
            Status.USAGE, f"cognito-tui: the client of profile {profile.name!r} has no secret: no SECRET_HASH"
        )
    return client_id, secret_from_vault(profile)
