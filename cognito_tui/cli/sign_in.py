"""`cognito-tui sign-in`: walk an auth flow to its tokens."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

from cognito_tui.cli.answers import Given, given, missing
from cognito_tui.cli.attempt import Attempt, endpoint_of
from cognito_tui.cli.options import add_client, app_client, chosen
from cognito_tui.cli.options import given as not_empty
from cognito_tui.cli.output import add_output, printed
from cognito_tui.cli.pool import redirected
from cognito_tui.cli.status import Status, Stop
from cognito_tui.cli.streams import ask, has_terminal, say, tell
from cognito_tui.cognito import checks
from cognito_tui.cognito.auth_flows import ABOUT, DEFAULT, PREFERRED_CHALLENGES, SIGN_IN
from cognito_tui.cognito.explain import Situation
from cognito_tui.cognito.flows.sign_in import SignIn, sign_in
from cognito_tui.cognito.model import AuthFlow, Device, Secret
from cognito_tui.walk import THIS_MACHINE


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Its arguments."""
    parser.add_argument("--username", required=True, metavar="USER", help="sent and hashed as given")
    parser.add_argument(
        "--flow",
        type=not_empty,
        metavar="FLOW",
        help=f"AuthFlow, default the profile's, else {DEFAULT}: {', '.join(SIGN_IN)}",
    )
    parser.add_argument(
        "--admin", action="store_true", help="through AdminInitiateAuth; ADMIN_* flows imply it"
    )
    parser.add_argument(
        "--preferred-challenge",
        choices=PREFERRED_CHALLENGES,
        metavar="C",
        help=f"of USER_AUTH: {', '.join(PREFERRED_CHALLENGES)}; "
        "with CUSTOM_AUTH, PASSWORD_SRP proves the password first",
    )
    parser.add_argument("--device-key", type=not_empty, metavar="K", help="of a remembered device")
    parser.add_argument(
        "--client-metadata",
        action="extend",
        nargs="+",
        default=[],
        metavar="K=V",
        help="for the pool's Lambda triggers",
    )
    parser.add_argument(
        "--answers", metavar="FILE", help="JSON with the answers, - for stdin; nothing is asked then"
    )
    parser.add_argument(
        "--totp-secret-file",
        type=Path,
        metavar="FILE",
        help="where --answers keeps the key of an authenticator app that is set up",
    )
    add_output(parser)
    add_client(parser)


def run(args: argparse.Namespace) -> Status:
    """Walk the flow; stdout gets the tokens and nothing else."""
    flow_of_option = _known(args.flow) if args.flow else None
    if problem := checks.line_problem(args.username):
        raise Stop(Status.USAGE, f"cognito-tui: --username {problem}")
    metadata, key_file = _metadata(args.client_metadata), _key_file(args)
    choice = chosen(args)
    endpoint = endpoint_of(choice)
    answers = None if args.answers is None else given(args.answers, key_file)
    flow = flow_of_option or _of_profile(choice.profile.auth_flow, admin=args.admin)
    _check(flow, args)
    start = SignIn(
        app_client(choice),
        args.username,
        auth_flow=flow,
        client_metadata=metadata,
        through_admin=args.admin,
        preferred_challenge=args.preferred_challenge or "",
        with_srp=flow is AuthFlow.CUSTOM_AUTH and args.preferred_challenge is not None,
        device=Device(args.device_key) if args.device_key else None,
    )
    elsewhere = redirected(endpoint)
    if answers is None and elsewhere and has_terminal():
        tell(elsewhere)
    if start.needs_password:
        start = replace(start, password=_password(start.preferred_challenge, answers))
    situation = Situation(start.client, args.username, flow)
    attempt = Attempt(choice, endpoint, situation, answers=answers, show=args.show_conversation)
    print(printed(attempt.result(sign_in(start, THIS_MACHINE)), args.output))
    for note in attempt.notes():
        say(note)
    return Status.DONE


def _known(name: str) -> AuthFlow:
    if name not in SIGN_IN:
        known = ", ".join(SIGN_IN)
        raise Stop(
            Status.USAGE, f"cognito-tui: this app does not know the auth flow {name}; it knows {known}"
        )
    return AuthFlow(name)


def _of_profile(name: str | None, *, admin: bool) -> AuthFlow:
    flow = _known(name) if name else DEFAULT
    # AdminInitiateAuth has another name for it
    return AuthFlow.ADMIN_USER_PASSWORD_AUTH if admin and not ABOUT[flow].admin else flow


def _check(flow: AuthFlow, args: argparse.Namespace) -> None:
    """See that the options go with the flow.

    Raises:
        Stop: they do not.
    """
    if args.admin and not ABOUT[flow].admin:
        raise Stop(
            Status.USAGE,
            f"cognito-tui: AdminInitiateAuth does not take {flow}. "
            f"Its name there is {AuthFlow.ADMIN_USER_PASSWORD_AUTH}",
        )
    preferred = args.preferred_challenge
    if preferred and not (
        flow is AuthFlow.USER_AUTH or (flow is AuthFlow.CUSTOM_AUTH and preferred == "PASSWORD_SRP")
    ):
        raise Stop(
            Status.USAGE,
            f"cognito-tui: --preferred-challenge is for --flow USER_AUTH, and PASSWORD_SRP for CUSTOM_AUTH "
            f"too; this is {flow}",
        )


def _metadata(pairs: list[str]) -> dict[str, str]:
    if any("=" not in pair for pair in pairs):
        raise Stop(Status.USAGE, "cognito-tui: --client-metadata: write each as KEY=VALUE")
    return dict(pair.split("=", 1) for pair in pairs)


def _key_file(args: argparse.Namespace) -> Path | None:
    file: Path | None = args.totp_secret_file
    if file is None:
        return None
    if args.answers is None:
        raise Stop(Status.USAGE, "cognito-tui: --totp-secret-file goes with --answers: else the key is shown")
    if file.is_dir() or not file.parent.is_dir():
        raise Stop(Status.USAGE, "cognito-tui: --totp-secret-file: not a file in a directory that is there")
    return file


def _password(challenge: str, answers: Given | None) -> Secret:
    if answers is not None:
        if (value := answers.next(challenge, "PASSWORD")) is not None:
            return value
    elif has_terminal():
        return Secret(ask("Password", hidden=True, required=True))
    raise missing(challenge, {}, ["PASSWORD"])
