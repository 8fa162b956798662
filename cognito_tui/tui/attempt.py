"""One attempt to sign in, from the first request to tokens, an error, or a change of mind."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from cognito_tui.cognito.described import AppClientDescription
from cognito_tui.cognito.explain import Situation
from cognito_tui.cognito.flows.sign_in import SignIn, sign_in
from cognito_tui.cognito.model import Tokens
from cognito_tui.cognito.secret_hash import Subject
from cognito_tui.cognito.steps import Answers, Prompt
from cognito_tui.tui.account import Send
from cognito_tui.tui.in_use import InUse, Kept
from cognito_tui.walk import Conversation, walk

_WHERE = {Kept.KEYRING: "in the keyring", Kept.MEMORY: "in memory"}


class Attempt:
    """Walks the flow of `start`; each prompt is shown by `show` and waits for `answer`.

    `remembered` holds what was answered before, by challenge, so that a walk can be replayed.
    """

    def __init__(
        self,
        start: SignIn,
        in_use: InUse,
        conversation: Conversation,
        remembered: dict[str, Answers],
    ) -> None:
        self.start = start
        self.in_use = in_use
        self.conversation = conversation
        self.remembered = remembered
        self.prompt: Prompt | None = None
        self._awaited: asyncio.Future[Answers] | None = None

    async def run(self, send: Send, show: Callable[[Prompt], Awaitable[None]]) -> Tokens:
        """Walk to the tokens.

        Raises:
            CognitoError: what ended the walk before the first challenge.
        """

        async def ask(prompt: Prompt) -> Answers:
            self.prompt = prompt
            self._awaited = asyncio.get_running_loop().create_future()
            await show(prompt)
            return await self._awaited

        return await walk(sign_in(self.start), call=self.conversation.recording(send), ask=ask)

    @property
    def waits_for_an_answer(self) -> bool:
        """Whether a person is asked, and no call under way."""
        return self._awaited is not None and not self._awaited.done()

    def answer(self, answers: Answers) -> None:
        """Answer the prompt that waits; nothing when none does, as after a second enter."""
        if self.prompt is None or self._awaited is None or self._awaited.done():
            return
        self.remembered[self.prompt.challenge.name] = answers
        self._awaited.set_result(answers)

    def repeat_answer(self) -> None:
        """Give the same answer once more."""
        if self.prompt is not None:
            self.answer(self.remembered.get(self.prompt.challenge.name, {}))

    @property
    def subject(self) -> Subject:
        """Whose hash the next request carries."""
        return self.prompt.subject if self.prompt else Subject(self.start.username)

    def situation(self, described: AppClientDescription | None) -> Situation:
        """What is known, for an explanation."""
        in_use = self.in_use
        return Situation(
            client=self.start.client,
            username=self.start.username,
            auth_flow=self.start.auth_flow,
            hashed=self.subject if self.start.client.secret else None,
            challenge=self.prompt.challenge.name if self.prompt else "",
            secret_is=_WHERE.get(in_use.kept.kept, "known"),
            region=in_use.profile.region,
            endpoint_url=in_use.endpoint.url,
            aws_profile=in_use.profile.aws_profile or "",
            described=described,
        )
