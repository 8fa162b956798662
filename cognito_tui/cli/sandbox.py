"""`cognito-tui sandbox`: serve the practice pools until told to stop."""

from __future__ import annotations

import argparse
import json
import signal
import threading
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from cognito_tui.cli.options import port
from cognito_tui.cli.status import Status, Stop
from cognito_tui.cli.streams import say

if TYPE_CHECKING:
    from cognito_tui.sandbox.outbox import Message

_MOST_USERS: Final = 1_000_000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Its arguments."""
    parser.add_argument("--port", type=port, default=0, metavar="N", help="default: any that is free")
    parser.add_argument(
        "--json", action="store_true", help="one line that says all, when it accepts connections"
    )
    parser.add_argument("--users", type=_users, default=0, metavar="N", help="one more pool, with N users")
    parser.add_argument(
        "--throttle", action="store_true", help="be no faster than Cognito: refuse more requests a second"
    )


def run(args: argparse.Namespace) -> Status:
    """Serve until SIGTERM or SIGINT."""
    from cognito_tui.sandbox.cases import settle  # noqa: PLC0415 only here
    from cognito_tui.sandbox.crowd import gather  # noqa: PLC0415 only here
    from cognito_tui.sandbox.quotas import Quotas  # noqa: PLC0415 only here
    from cognito_tui.sandbox.sandbox import Sandbox  # noqa: PLC0415 only here
    from cognito_tui.sandbox.seed import seed  # noqa: PLC0415 only here
    from cognito_tui.sandbox.server import SandboxServer  # noqa: PLC0415 only here

    ended = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda _number, _frame: ended.set())
    sandbox = Sandbox(quotas=Quotas() if args.throttle else None)
    sown = seed(sandbox)
    settle(sandbox)
    if args.users:
        sown = replace(sown, pools=(*sown.pools, gather(sandbox, args.users)))
    try:
        server = SandboxServer(sandbox, args.port)
    except OSError as error:
        raise Stop(Status.USAGE, f"cognito-tui: port {args.port} cannot be used: {error.strerror}") from None
    sandbox.state.outbox.listen(_tell)
    with server:
        description = sown.description(server.endpoint_url)
        print(json.dumps(description) if args.json else _for_people(description), flush=True)
        ended.wait()
    say("stopped")
    return Status.DONE


def _users(value: str) -> int:
    """How many users.

    Raises:
        argparse.ArgumentTypeError: it is no such number.
    """
    if not (value.isascii() and value.isdigit() and 0 < int(value[:8]) <= _MOST_USERS):
        raise argparse.ArgumentTypeError(f"takes a number of users, from 1 to {_MOST_USERS}")
    return int(value)


def _tell(message: Message) -> None:
    what, secret = ("code", message.code) if message.code else ("temporary password", message.password)
    by = {"SMS": "SMS", "EMAIL": "e-mail"}[message.medium]
    value = secret.reveal() if secret else ""
    say(f"sent by {by} to {message.username}, {message.destination}: {what} {value}")


def _for_people(description: dict[str, Any]) -> str:
    lines = [f"Serving at {description['endpoint']} until ctrl+c. Every password is made up."]
    for pool in description["pools"]:
        lines += ["", f"user pool {pool['UserPoolId']}"]
        for client in pool["clients"]:
            secret = client["ClientSecret"] or "none"
            lines += ["", f"  client {client['ClientId']}  secret {secret}  {client['ClientName']}"]
            lines += [_inhabitant(each) for each in pool["users"] if each["ClientId"] == client["ClientId"]]
    return "\n".join(lines)


def _inhabitant(user: dict[str, Any]) -> str:
    totp = f"; TOTP secret {user['TotpSecret']}" if user["TotpSecret"] else ""
    who = f"    {user['Username']:16} {user['Password']:16} {user['UserStatus']:22}"
    return f"{who} {user['Flow']:18} {user['Story']}{totp}"
