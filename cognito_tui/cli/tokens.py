"""`cognito-tui tokens`: what can be done with tokens."""

from __future__ import annotations

import argparse
import sys

from cognito_tui.cli import decode, revoke
from cognito_tui.cli.attempt import Attempt, endpoint_of
from cognito_tui.cli.options import Chosen, add_client, app_client, chosen, given
from cognito_tui.cli.output import add_output, printed
from cognito_tui.cli.status import Status, Stop
from cognito_tui.cli.streams import ask, has_terminal, rest_of_stdin, say
from cognito_tui.cognito import checks
from cognito_tui.cognito.explain import Situation
from cognito_tui.cognito.flows.refresh import (
    GET_TOKENS,
    Refresh,
    get_tokens_from_refresh_token,
    refresh_token_auth,
)
from cognito_tui.cognito.model import AuthFlow, Secret


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Its subcommands, and the arguments of each."""
    commands = parser.add_subparsers(dest="subcommand", required=True, metavar="COMMAND")
    refresh = commands.add_parser(
        "refresh", help="change a refresh token, from stdin, for new tokens", allow_abbrev=False
    )
    refresh.add_argument(
        "--flow",
        choices=(GET_TOKENS, str(AuthFlow.REFRESH_TOKEN_AUTH)),
        default=GET_TOKENS,
        help=f"default: {GET_TOKENS}, which works with and without rotation",
    )
    refresh.add_argument(
        "--username",
        metavar="CANONICAL",
        help="what the access token calls its owner, no alias; REFRESH_TOKEN_AUTH hashes it",
    )
    refresh.add_argument("--device-key", type=given, metavar="K", help="of the device that signed in")
    add_output(refresh)
    add_client(refresh)
    refresh.set_defaults(run=_refresh)
    decoding = commands.add_parser(
        "decode", help="what a token, from stdin, says; --verify: whether it is true", allow_abbrev=False
    )
    decode.add_arguments(decoding)
    decoding.set_defaults(run=decode.run)
    revoking = commands.add_parser(
        "revoke", help="end a refresh token, from stdin, and what came of it", allow_abbrev=False
    )
    revoke.add_arguments(revoking)
    revoking.set_defaults(run=revoke.run)


def run(args: argparse.Namespace) -> Status:
    """What the subcommand does."""
    status: Status = args.run(args)
    return status


def _refresh(args: argparse.Namespace) -> Status:
    """Change the refresh token on stdin; stdout gets the tokens and nothing else."""
    choice = chosen(args)
    by_get_tokens = args.flow == GET_TOKENS
    _check_username(choice, args.username, hashed=choice.profile.has_secret and not by_get_tokens)
    endpoint = endpoint_of(choice)
    refresh = Refresh(
        app_client(choice), _refresh_token(), args.username or "", device_key=args.device_key or ""
    )
    situation = Situation(refresh.client, refresh.username, args.flow)
    attempt = Attempt(choice, endpoint, situation, show=args.show_conversation)
    flow = get_tokens_from_refresh_token(refresh) if by_get_tokens else refresh_token_auth(refresh)
    print(printed(attempt.result(flow), args.output))
    for note in attempt.notes():
        say(note)
    return Status.DONE


def _check_username(choice: Chosen, username: str | None, *, hashed: bool) -> None:
    if username is not None and (problem := checks.line_problem(username)):
        raise Stop(Status.USAGE, f"cognito-tui: --username {problem}")
    if hashed and username is None:
        raise Stop(
            Status.USAGE,
            f"cognito-tui: REFRESH_TOKEN_AUTH of {choice.profile.client_id}, a client with a secret, needs "
            "--username: the SECRET_HASH is over the canonical username, and a refresh token is opaque",
            "The access token has it as its claim username; an alias is refused.",
        )


def _refresh_token() -> Secret:
    if sys.stdin is not None and sys.stdin.isatty() and has_terminal():
        return Secret(ask("Refresh token", hidden=True, required=True))
    try:
        token = rest_of_stdin().decode("ascii").strip()
    except UnicodeDecodeError:
        token = ""
    if not token or len(token.split()) > 1:
        raise Stop(Status.USAGE, "cognito-tui: the refresh token has to come by stdin, alone on its line")
    return Secret(token)
