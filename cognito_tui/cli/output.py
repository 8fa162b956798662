"""Tokens on stdout, and the conversation on stderr."""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping
from typing import Any, Final

from cognito_tui.cli.streams import clean
from cognito_tui.cognito import snippets
from cognito_tui.cognito.secrecy import revealed
from cognito_tui.walk import Exchange

TOKENS: Final = {"IdToken": "ID", "AccessToken": "ACCESS", "RefreshToken": "REFRESH"}


def add_output(parser: argparse.ArgumentParser) -> None:
    """`--output` and `--show-conversation`."""
    parser.add_argument("--output", choices=("json", "env", "text"), default="json")
    parser.add_argument("--show-conversation", action="store_true", help="on stderr, secrets masked")


def printed(authentication_result: Mapping[str, Any], output: str) -> str:
    """An AuthenticationResult as `--output` wants it; its secrets are revealed."""
    result = revealed(authentication_result)
    if output == "json":
        return _json(result)
    if output == "env":
        return "\n".join(
            f"export COGNITO_{short}_TOKEN={_quoted(result[name])}"
            for name, short in TOKENS.items()
            if name in result
        )
    texts = {name: value if isinstance(value, str) else _json(value) for name, value in result.items()}
    return "\n".join(f"{name}\t{clean(text)}" for name, text in texts.items())


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)


def _quoted(value: str) -> str:
    """`value` in single quotes for a POSIX shell."""
    return "'" + value.replace("'", "'\"'\"'") + "'"


def as_text(exchange: Exchange) -> str:
    """An exchange, secrets masked."""
    call, number = exchange.call, exchange.number
    over = f", hash over {call.hashed.username}" if call.hashed else ", no hash"
    head = " ".join(filter(None, (str(number), call.operation, call.about)))
    lines = [f"{head}{over}", snippets.as_json(call.params, show=False)]
    if exchange.reply is not None:
        lines.append(f"{number} HTTP {exchange.reply.status}, {exchange.seconds * 1000:.0f} ms")
        lines.append(snippets.as_json(exchange.reply.body, show=False))
    elif exchange.error is not None:
        lines.append(f"{number} {exchange.error.name}: {exchange.error.sentence}")
    return "\n".join(lines)
