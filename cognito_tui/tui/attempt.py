"""One attempt to sign in, from the first request to tokens, an error, or a change of mind."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Final

from cognito_tui.cognito.challenges import CODES
from cognito_tui.cognito.described import AppClientDescription
from cognito_tui.cognito.errors import AnswerLost, CognitoError, Refused
from cognito_tui.cognito.explain import Situation
from cognito_tui.cognito.flows.sign_in import SignIn, sign_in
from cognito_tui.cognito.means import Means
from cognito_tui.cognito.model import Secret, Tokens
from cognito_tui.cognito.secret_hash import Subject
from cognito_tui.cognito.steps import Answers, Prompt
from cognito_tui.tui.account import Send
from cognito_tui.tui.in_use import InUse, Kept
from cognito_tui.walk import Conversation, walk

_WHERE = {Kept.KEYRING: "in the keyring", Kept.MEMORY: "in memory"}

Question = tuple[str, frozenset[tuple[str, str]], bool]
"""What makes two prompts ask the same."""


def _question(prompt: Prompt) -> Question:
    challenge = prompt.challenge
    return challenge.name, frozenset(challenge.parameters.items()), prompt.software_token is not None


@dataclass
class Remembered:
    """What a person has answered in a walk. Codes are never among it.

    `last` is the question that was answered last, whose form a replay goes to.
    """

    answers: dict[Question, Answers] = field(default_factory=dict)
    with_codes: set[Question] = field(default_factory=set)
    last: Question | None = None

    def put(self, prompt: Prompt, answers: Answers) -> None:
        """Remember what can be given again."""
        self.last = _question(prompt)
        self.answers[self.last] = {name: value for name, value in answers.items() if name not in CODES}
        if not CODES.isdisjoint(answers):
            self.with_codes.add(self.last)

    def typed(self, prompt: Prompt) -> Answers:
        """What was answered to the same question, for its form."""
        return self.answers.get(_question(prompt), NOTHING)

    def again(self, prompt: Prompt) -> Answers | None:
        """The whole answer to a question on the way to the last one; None when a person has to be asked."""
        question = _question(prompt)
        return None if question in {self.last, *self.with_codes} else self.answers.get(question)


NOTHING: Final[Answers] = {}


class Attempt:
    """Walks the flow of `start`; each prompt is shown by `show` and waits for `answer`.

    With what was `remembered` of an earlier walk it answers by itself until it is where that one ended.
    """

    def __init__(
        self,
        start: SignIn,
        in_use: InUse,
        conversation: Conversation,
        means: Means,
        remembered: Remembered | None = None,
    ) -> None:
        self.start = start
        self.in_use = in_use
        self.conversation = conversation
        self.remembered = remembered or Remembered()
        self.prompt: Prompt | None = None
        self.new_password: Secret | None = None
        """The password that Cognito has taken in this walk in place of the one it began with."""
        self._means = means
        self._replays = remembered is not None
        self._last_answers: Answers = NOTHING
        self._awaited: asyncio.Future[Answers] | None = None
        self._clock: tuple[Secret | None, float] | None = None
        self._after_lost = False

    async def run(self, send: Send, show: Callable[[Prompt], Awaitable[None]]) -> Tokens:
        """Walk to the tokens.

        Raises:
            CognitoError: what ended the walk before the first challenge.
        """

        async def ask(prompt: Prompt) -> Answers:
            self._went_on(refused=not self._was_taken(prompt.refused))
            self.prompt = prompt
            if self._replays and (again := self._known_answer(prompt)) is not None:
                self._last_answers = again
                return again
            self._replays = False
            self._awaited = asyncio.get_running_loop().create_future()
            await show(prompt)
            return await self._awaited

        flow = sign_in(self.start, self._means)
        tokens = await walk(flow, call=self.conversation.recording(send), ask=ask)
        self._went_on(refused=False)
        return tokens

    def _was_taken(self, refused: CognitoError | None) -> bool:
        """Whether Cognito took the last answer; one whose reply was lost was taken if its Session is used."""
        after_lost = self._after_lost
        self._after_lost = refused is not None and (after_lost or isinstance(refused, AnswerLost))
        return refused is None or (after_lost and isinstance(refused, Refused) and refused.session_used)

    def _known_answer(self, prompt: Prompt) -> Answers | None:
        return self.remembered.again(prompt) if prompt.refused is None else None

    def _went_on(self, *, refused: bool) -> None:
        chosen = self._last_answers.get("NEW_PASSWORD")
        if isinstance(chosen, Secret) and not refused:
            self.new_password = chosen

    @property
    def waits_for_an_answer(self) -> bool:
        """Whether a person is asked, and no call under way."""
        return self._awaited is not None and not self._awaited.done()

    def answer(self, answers: Answers) -> None:
        """Answer the prompt that waits; nothing when none does, as after a second enter."""
        if self.prompt is None or self._awaited is None or self._awaited.done():
            return
        self.remembered.put(self.prompt, answers)
        self._last_answers = answers
        self._awaited.set_result(answers)

    def clock_of(self, prompt: Prompt, now: float) -> float:
        """Since when the Session of `prompt` counts: a password or a first code is asked within a Session."""
        session, began = prompt.challenge.session, now
        if self._clock is not None and (session == self._clock[0] or prompt.software_token is not None):
            began = self._clock[1]
        self._clock = session, began
        return began

    def repeat_answer(self) -> None:
        """Give the same answer once more."""
        self.answer(self._last_answers)

    @property
    def subject(self) -> Subject:
        """Whose hash the next request carries."""
        return self.prompt.subject if self.prompt else Subject(self.start.username)

    def situation(self, described: AppClientDescription | None) -> Situation:
        """What is known, for an explanation."""
        in_use = self.in_use
        failed = [exchange.call for exchange in self.conversation.exchanges if not exchange.note][-1]
        return Situation(
            client=self.start.client,
            username=self.start.username,
            auth_flow=self.start.auth_flow,
            hashed=failed.hashed,
            challenge=str(failed.params.get("ChallengeName", "")),
            secret_is=_WHERE.get(in_use.kept.kept, "known"),
            region=in_use.profile.region,
            endpoint_url=in_use.endpoint.url,
            aws_profile=in_use.profile.aws_profile or "",
            described=described,
            after_lost=self._after_lost,
        )
