"""`cognito-tui sandbox`: serve the practice pools until told to stop."""

from __future__ import annotations

import argparse
import json
import signal
import threading
from typing import Any

from cognito_tui.cli.status import Status, Stop
from cognito_tui.cli.streams import say


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Its arguments."""
    parser.add_argument("--port", type=int, default=0, metavar="N", help="default: any that is free")
    parser.add_argument(
        "--json", action="store_true", help="one line that says all, when it accepts connections"
    )


def run(args: argparse.Namespace) -> Status:
    """Serve until SIGTERM or SIGINT."""
    from cognito_tui.sandbox.sandbox import Sandbox  # noqa: PLC0415 only here
    from cognito_tui.sandbox.seed import seed  # noqa: PLC0415 only here
    from cognito_tui.sandbox.server import SandboxServer  # noqa: PLC0415 only here

    ended = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda _number, _frame: ended.set())
    sandbox = Sandbox()
    sown = seed(sandbox)
    try:
        server = SandboxServer(sandbox, args.port)
    except (OSError, OverflowError) as error:
        reason = getattr(error, "strerror", None) or "not a port number"
        raise Stop(Status.USAGE, f"cognito-tui: port {args.port} cannot be used: {reason}") from None
    with server:
        description = sown.description(server.endpoint_url)
        print(json.dumps(description) if args.json else _for_people(description), flush=True)
        ended.wait()
    say("stopped")
    return Status.DONE


def _for_people(description: dict[str, Any]) -> str:
    lines = [f"Serving at {description['endpoint']} until ctrl+c. Every password is made up."]
    for pool in description["pools"]:
        lines += ["", f"user pool {pool['UserPoolId']}"]
        lines += [
            f"  client {each['ClientId']}  secret {each['ClientSecret'] or 'none'}"
            for each in pool["clients"]
        ]
        lines += [
            f"  {each['Username']:18} {each['Password']:18} {each['UserStatus']}" for each in pool["users"]
        ]
    return "\n".join(lines)
