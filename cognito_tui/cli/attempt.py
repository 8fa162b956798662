"""One walk on the command line: where its calls go, who answers, and what there is to tell of it."""

from __future__ import annotations

import asyncio
import contextlib
import os
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, TypeVar

from cognito_tui.aws.endpoint import BadEndpoint, Endpoint, endpoint_in_use
from cognito_tui.cli.answers import Given
from cognito_tui.cli.asking import asked
from cognito_tui.cli.failing import stop_for
from cognito_tui.cli.options import Chosen
from cognito_tui.cli.output import as_text
from cognito_tui.cli.pool import redirected
from cognito_tui.cli.status import Status, Stop
from cognito_tui.cognito.errors import CognitoError
from cognito_tui.cognito.explain import Situation, about_the_answer
from cognito_tui.cognito.model import Challenge, Tokens
from cognito_tui.cognito.steps import Answers, Call, Flow, Prompt
from cognito_tui.walk import Conversation, Reply, walk

T = TypeVar("T")


def endpoint_of(choice: Chosen) -> Endpoint:
    """Where calls go.

    Raises:
        Stop: it is said by something that is no URL.
    """
    try:
        return endpoint_in_use(choice.profile.endpoint_url, os.environ)
    except BadEndpoint as error:
        raise Stop(Status.USAGE, f"cognito-tui: {error}") from None


class Attempt:
    """Carries out a flow to its end; without `answers` whoever is at the terminal is asked.

    Nothing is told before it is over: when Cognito refuses, its words are the first line of stderr.
    """

    def __init__(
        self,
        choice: Chosen,
        endpoint: Endpoint,
        situation: Situation,
        *,
        answers: Given | None = None,
        show: bool = False,
    ) -> None:
        from cognito_tui.aws.client import Client  # noqa: PLC0415 botocore is slow to load

        self._choice = choice
        self._endpoint = endpoint
        self._client = Client(choice.profile.region, endpoint.url, choice.profile.aws_profile)
        self._situation = situation
        self._answers = answers
        self._conversation = Conversation()
        self._show = show
        self._lost_device = ""

    def result(self, flow: Flow[Tokens]) -> Mapping[str, Any]:
        """Walk to the tokens; return Cognito's own AuthenticationResult, sealed.

        Raises:
            Stop: Cognito refused, nobody answered, or an answer is missing.
        """
        self._lost_device = self.walked(flow).lost_device
        told: Mapping[str, Any] = self._replies()[-1].body["AuthenticationResult"]
        return told

    def walked(self, flow: Flow[T]) -> T:
        """Walk to the end; return what the flow ends with.

        Raises:
            Stop: as in `result`.
        """
        call = self._conversation.recording(self._send)
        try:
            # not asyncio.run: under it ctrl+c would wait for the call or the question to end
            with contextlib.closing(asyncio.new_event_loop()) as loop:
                return loop.run_until_complete(walk(flow, call=call, ask=self._ask))
        except CognitoError as error:
            raise stop_for(error, self._now()).and_then(*self._told()) from None
        except Stop as stop:
            raise stop.and_then(*self._told()) from None

    def notes(self) -> list[str]:
        """What to tell after the result."""
        lost = f"warning: Cognito does not know the device {self._lost_device}: it went on without it"
        unused = self._answers.unused() if self._answers else []
        return [
            *self._told(),
            *((lost,) if self._lost_device else ()),
            *(f"warning: --answers: {key} was not used" for key in unused),
        ]

    def _told(self) -> list[str]:
        elsewhere = redirected(self._endpoint)
        spoken = [as_text(each) for each in self._conversation.exchanges] if self._show else []
        kept = self._answers.told() if self._answers else []
        return [*((elsewhere,) if elsewhere else ()), *spoken, *kept]

    async def _send(self, call: Call) -> Reply:
        if self._answers is not None and call.operation == "AssociateSoftwareToken":
            self._answers.check_setup(Challenge.of(self._replies()[-1].body))
        # nothing else happens meanwhile, so the call may block the loop
        return self._client.send(call)

    async def _ask(self, prompt: Prompt) -> Answers:
        if prompt.refused is not None and not about_the_answer(prompt.refused, prompt.challenge.name):
            raise prompt.refused
        return asked(prompt) if self._answers is None else self._answers.answer(prompt)

    def _replies(self) -> list[Reply]:
        return [each.reply for each in self._conversation.exchanges if each.reply is not None]

    def _now(self) -> Situation:
        profile, last = self._choice.profile, self._conversation.exchanges[-1].call
        return replace(
            self._situation,
            hashed=last.hashed,
            challenge=str(last.params.get("ChallengeName", "")),
            secret_is="by stdin" if self._choice.secret else "in the keyring",
            region=profile.region,
            endpoint_url=self._endpoint.url,
            aws_profile=profile.aws_profile or "",
        )
