"""`cognito-tui sign-in`: walk an auth flow to its tokens."""

from __future__ import annotations

import argparse
import asyncio
import json
import os
from collections.abc import Mapping
from typing import Any, Final

from cognito_tui.aws.endpoint import BadEndpoint, endpoint_in_use
from cognito_tui.cli.answers import Given, asked, given, missing
from cognito_tui.cli.failing import stop_for
from cognito_tui.cli.options import Chosen, add_client, app_client, chosen
from cognito_tui.cli.status import Status, Stop
from cognito_tui.cli.streams import ask, clean, has_terminal, say
from cognito_tui.cognito import checks, snippets
from cognito_tui.cognito.errors import CognitoError, Refused
from cognito_tui.cognito.explain import Situation
from cognito_tui.cognito.flows.sign_in import SignIn, sign_in
from cognito_tui.cognito.model import AuthFlow, Secret, Tokens
from cognito_tui.cognito.secrecy import revealed
from cognito_tui.cognito.steps import Answers, Call, Prompt
from cognito_tui.walk import Conversation, Exchange, Reply, walk

TOKENS: Final = {"IdToken": "ID", "AccessToken": "ACCESS", "RefreshToken": "REFRESH"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Its arguments."""
    parser.add_argument("--username", required=True, metavar="USER", help="sent and hashed as given")
    parser.add_argument("--flow", metavar="FLOW", help=f"AuthFlow: {', '.join(AuthFlow)}")
    parser.add_argument(
        "--admin", action="store_true", help="through AdminInitiateAuth; ADMIN_* flows imply it"
    )
    parser.add_argument(
        "--client-metadata", action="append", default=[], metavar="K=V", help="for the pool's Lambda triggers"
    )
    parser.add_argument(
        "--answers", metavar="FILE", help="JSON with the answers, - for stdin; nothing is asked then"
    )
    parser.add_argument("--output", choices=("json", "env", "text"), default="json")
    parser.add_argument("--show-conversation", action="store_true", help="on stderr, secrets masked")
    add_client(parser)


def run(args: argparse.Namespace) -> Status:
    """Walk the flow; stdout gets the tokens and nothing else."""
    auth_flow_of_option = _flow(args.flow)
    if problem := checks.line_problem(args.username):
        raise Stop(Status.USAGE, f"cognito-tui: --username {problem}")
    metadata = _metadata(args.client_metadata)
    choice = chosen(args)
    answers = given(args.answers) if args.answers else None
    flow = auth_flow_of_option or _flow(choice.profile.auth_flow) or AuthFlow.USER_PASSWORD_AUTH
    client = app_client(choice)
    password = _password(answers)
    start = SignIn(client, args.username, password, flow, metadata, through_admin=args.admin)
    tokens = _Run(choice, start, answers, show=args.show_conversation).tokens()
    print(_printed(tokens, args.output))
    for key in answers.unused() if answers else ():
        say(f"warning: --answers: {key} was not used")
    return Status.DONE


def _flow(name: str | None) -> AuthFlow | None:
    if not name:
        return None
    if name not in set(AuthFlow):
        raise Stop(
            Status.USAGE,
            f"cognito-tui: --flow: this app does not know {name}; it knows {', '.join(AuthFlow)}",
        )
    return AuthFlow(name)


def _metadata(pairs: list[str]) -> dict[str, str]:
    if any("=" not in pair for pair in pairs):
        raise Stop(Status.USAGE, "cognito-tui: --client-metadata: write each as KEY=VALUE")
    return dict(pair.split("=", 1) for pair in pairs)


def _password(answers: Given | None) -> Secret:
    if answers is not None:
        value = answers.next("", "PASSWORD")
        if value is None:
            raise missing("", {}, ["PASSWORD"])
        return Secret(value)
    if not has_terminal():
        raise missing("", {}, ["PASSWORD"])
    return Secret(ask("Password", hidden=True))


class _Run:
    """One walk: where its calls go, who answers, and what is told of it."""

    def __init__(self, choice: Chosen, start: SignIn, answers: Given | None, *, show: bool) -> None:
        profile = choice.profile
        try:
            endpoint = endpoint_in_use(profile.endpoint_url, os.environ)
        except BadEndpoint as error:
            raise Stop(Status.USAGE, f"cognito-tui: {error}") from None
        if endpoint.url and endpoint.said_by != "profile":
            say(f"calls go to {endpoint.url}, as {endpoint.said_by} says")
        from cognito_tui.aws.client import Client  # noqa: PLC0415 botocore is slow to load

        self._client = Client(profile.region, endpoint.url, profile.aws_profile)
        self._start = start
        self._answers = answers
        self._conversation = Conversation(changed=_told if show else lambda _exchange: None)
        self._situation = Situation(
            client=start.client,
            username=start.username,
            auth_flow=start.auth_flow,
            region=profile.region,
            endpoint_url=endpoint.url,
            aws_profile=profile.aws_profile or "",
            secret_is="by stdin" if choice.secret else "in the keyring",
        )

    def tokens(self) -> Tokens:
        """Walk to the tokens.

        Raises:
            Stop: Cognito refused, nobody answered, or an answer is missing.
        """
        try:
            return asyncio.run(
                walk(sign_in(self._start), call=self._conversation.recording(self._send), ask=self._ask)
            )
        except CognitoError as error:
            raise stop_for(error, self._situation) from None

    async def _send(self, call: Call) -> Reply:
        # nothing else happens meanwhile, so the call may block the loop
        return self._client.send(call)

    async def _ask(self, prompt: Prompt) -> Answers:
        if self._answers is not None:
            return self._answers.answer(prompt)
        if prompt.refused is not None and _is_over(prompt.refused):
            raise prompt.refused
        return asked(prompt)


def _is_over(error: CognitoError) -> bool:
    """Whether asking the person once more cannot help: the Session is gone, or the way to Cognito is."""
    return not isinstance(error, Refused) or "Invalid session" in error.message


def _told(exchange: Exchange) -> None:
    """An exchange on stderr, secrets masked."""
    call = exchange.call
    if not exchange.over:
        over = f", hash over {call.hashed.username}" if call.hashed else ", no hash"
        request = snippets.as_json(call.params, show=False)
        say(f"{exchange.number} {call.operation} {call.about}{over}\n{request}")
    elif exchange.reply is not None:
        body = snippets.as_json(exchange.reply.body, show=False)
        say(f"{exchange.number} HTTP {exchange.reply.status}, {exchange.seconds * 1000:.0f} ms\n{body}")
    elif exchange.error is not None:
        say(f"{exchange.number} {exchange.error.name}: {exchange.error.sentence}")


def _printed(tokens: Tokens, output: str) -> str:
    result: Mapping[str, Any] = revealed(tokens.result)
    if output == "json":
        return json.dumps(result, ensure_ascii=False, default=str)
    if output == "env":
        return "\n".join(
            f"export COGNITO_{short}_TOKEN={_quoted(result[name])}"
            for name, short in TOKENS.items()
            if name in result
        )
    return "\n".join(f"{name}\t{clean(str(value))}" for name, value in result.items())


def _quoted(value: str) -> str:
    """`value` in single quotes for a POSIX shell."""
    return "'" + value.replace("'", "'\"'\"'") + "'"
