"""The driver carries out a flow's steps, and the conversation writes down what was said."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable

import pytest

from cognito_tui.cognito.errors import AnswerLost, CognitoError, Refused
from cognito_tui.cognito.model import Challenge
from cognito_tui.cognito.secret_hash import Subject
from cognito_tui.cognito.steps import Answers, Call, Flow, Prompt
from cognito_tui.walk import Cancelled, Conversation, Exchange, Reply, walk

FIRST, SECOND = (
    Call("InitiateAuth", {"ClientId": "first"}),
    Call("RespondToAuthChallenge", {"ClientId": "second"}),
)
PROMPT = Prompt(Challenge("NEW_PASSWORD_REQUIRED", {}), Subject("ana"))
REFUSED = Refused("RespondToAuthChallenge", "InvalidPasswordException", "Password not long enough")

Caller = Callable[[Call], Awaitable[Reply]]


def answering(*outcomes: Reply | Exception) -> Caller:
    """Something that makes calls, and gives or raises one of `outcomes` after another."""
    left = iter(outcomes)

    async def call(_call: Call) -> Reply:
        outcome = next(left)
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    return call


def person(*answers: Answers | Exception) -> Callable[[Prompt], Awaitable[Answers]]:
    """Somebody who answers, or wants no more."""
    left = iter(answers)

    async def ask(_prompt: Prompt) -> Answers:
        answer = next(left)
        if isinstance(answer, Exception):
            raise answer
        return answer

    return ask


class Script:
    """A flow that yields `steps`, keeps what it is told, and ends with it."""

    def __init__(self, *steps: Call | Prompt) -> None:
        self.steps = steps
        self.told: list[object] = []
        self.closed = False

    def flow(self, *, forgives: bool = False) -> Flow[list[object]]:
        try:
            for step in self.steps:
                try:
                    self.told.append((yield step))
                except CognitoError as error:
                    if not forgives:
                        raise
                    self.told.append(error)
        finally:
            self.closed = True
        return self.told


class TestWalk:
    async def test_calls_and_prompts_bring_their_outcomes_back(self) -> None:
        script = Script(FIRST, PROMPT, SECOND)
        told = await walk(
            script.flow(),
            call=answering(Reply({"Session": "a"}), Reply({"Done": True}, 201)),
            ask=person({"NEW_PASSWORD": "x"}),
        )
        assert told == [{"Session": "a"}, {"NEW_PASSWORD": "x"}, {"Done": True}]

    async def test_each_step_goes_where_it_belongs(self) -> None:
        called: list[Call] = []
        asked: list[Prompt] = []

        async def call(step: Call) -> Reply:
            called.append(step)
            return Reply({})

        async def ask(step: Prompt) -> Answers:
            asked.append(step)
            return {}

        await walk(Script(FIRST, PROMPT, SECOND).flow(), call=call, ask=ask)
        assert (called, asked) == ([FIRST, SECOND], [PROMPT])

    async def test_a_flow_without_steps_just_ends(self) -> None:
        assert await walk(Script().flow(), call=answering(), ask=person()) == []

    async def test_an_error_is_thrown_in_where_the_step_was(self) -> None:
        told = await walk(
            Script(FIRST, SECOND).flow(forgives=True), call=answering(REFUSED, Reply({})), ask=person()
        )
        assert told == [REFUSED, {}]

    async def test_an_error_of_whoever_answers_is_thrown_in_too(self) -> None:
        told = await walk(
            Script(PROMPT, FIRST).flow(forgives=True), call=answering(Reply({})), ask=person(REFUSED)
        )
        assert told == [REFUSED, {}]

    async def test_an_error_nobody_deals_with_comes_out(self) -> None:
        script = Script(FIRST, SECOND)
        with pytest.raises(Refused) as caught:
            await walk(script.flow(), call=answering(REFUSED), ask=person())
        assert caught.value is REFUSED
        assert script.closed

    @pytest.mark.parametrize("end", [Cancelled(), LookupError("a flaw of ours")])
    async def test_who_does_not_go_on_closes_the_flow(self, end: Exception) -> None:
        script = Script(FIRST, PROMPT, SECOND)
        with pytest.raises(type(end)) as caught:
            await walk(script.flow(forgives=True), call=answering(Reply({})), ask=person(end))
        assert caught.value is end
        assert script.closed
        assert script.told == [{}]

    async def test_a_flow_may_end_when_an_error_is_thrown_in(self) -> None:
        def flow() -> Flow[str]:
            try:
                yield FIRST
            except AnswerLost:
                return "lost"
            return "answered"

        assert await walk(flow(), call=answering(AnswerLost("InitiateAuth", "?")), ask=person()) == "lost"


class Clock:
    """Says the next of `times` whenever it is asked."""

    def __init__(self, times: Iterable[float]) -> None:
        self._times = iter(times)

    def __call__(self) -> float:
        return next(self._times)


class TestConversation:
    async def test_exchanges_are_written_down_in_order_with_their_outcomes(self) -> None:
        conversation = Conversation(clock=Clock([0.0, 0.25, 1.0, 1.5]))
        answered, lost = Reply({"a": 1}), AnswerLost("RespondToAuthChallenge", "No answer came back.")
        call = conversation.recording(answering(answered, lost))
        assert await call(FIRST) is answered
        with pytest.raises(AnswerLost) as caught:
            await call(SECOND)
        assert caught.value is lost
        assert conversation.exchanges == [
            Exchange(1, FIRST, reply=answered, seconds=0.25),
            Exchange(2, SECOND, error=lost, seconds=0.5),
        ]

    async def test_each_is_told_when_it_begins_and_when_it_ends(self) -> None:
        told: list[tuple[int, bool]] = []
        conversation = Conversation(changed=lambda exchange: told.append((exchange.number, exchange.over)))
        call = conversation.recording(answering(Reply({}), REFUSED))
        await call(FIRST)
        with pytest.raises(Refused):
            await call(SECOND)
        assert told == [(1, False), (1, True), (2, False), (2, True)]

    async def test_it_is_there_while_the_call_is_under_way(self) -> None:
        conversation = Conversation()

        async def call(_step: Call) -> Reply:
            (exchange,) = conversation.exchanges
            assert (exchange.call, exchange.over, exchange.seconds) == (FIRST, False, 0.0)
            return Reply({})

        await conversation.recording(call)(FIRST)
        assert conversation.exchanges[0].over

    async def test_one_that_ends_while_another_was_written_down_keeps_its_place(self) -> None:
        conversation = Conversation()
        beside = Exchange(99, SECOND, reply=Reply({}), note="read beside")

        async def call(_step: Call) -> Reply:
            conversation.add(beside)
            return Reply({"a": 1})

        await conversation.recording(call)(FIRST)
        assert [(each.number, each.call, each.note) for each in conversation.exchanges] == [
            (1, FIRST, ""),
            (2, SECOND, "read beside"),
        ]
        assert conversation.exchanges[0].reply == Reply({"a": 1})

    def test_what_is_added_is_numbered_and_told_once(self) -> None:
        told: list[Exchange] = []
        conversation = Conversation(changed=told.append)
        conversation.add(Exchange(7, FIRST, error=REFUSED))
        assert conversation.exchanges == told == [Exchange(1, FIRST, error=REFUSED)]
