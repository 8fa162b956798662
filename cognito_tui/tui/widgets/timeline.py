"""The conversation as a list: one entry an exchange, the newest below."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Final

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import ListView

from cognito_tui.cognito.errors import CognitoError
from cognito_tui.cognito.model import Challenge
from cognito_tui.cognito.steps import Call
from cognito_tui.tui.say import DONE, FAILED, OPEN, plain, quiet, say
from cognito_tui.tui.widgets.cursor_list import CursorList
from cognito_tui.tui.widgets.row import Row, ends
from cognito_tui.walk import Exchange

RAIL: Final = 5
"""Cells at the left end, for sign and number."""

GAP: Final = Content("  ")


@dataclass(frozen=True)
class Planned:
    """An exchange that has not begun: what it will do, and why it waits."""

    operation: str
    about: str
    does: str
    waits: str = ""
    number: str = ""


class Timeline(CursorList):
    """What was said, and what will be. The cursor follows the newest exchange unless it was moved."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("g", "first", "First", show=False),
        Binding("G", "last", "Last", show=False),
    ]

    @dataclass
    class Looked(Message):
        """The cursor is on another exchange."""

        exchange: Exchange | None

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 Textual's name
        super().__init__(id=id)
        self._entries: list[Entry] = []
        self._one_at_a_time = asyncio.Lock()

    async def show(self, exchanges: Sequence[Exchange], planned: Sequence[Planned] = ()) -> None:
        """Show all that was said, then what is planned, keeping the cursor where a person has put it."""
        async with self._one_at_a_time:
            if self.is_attached:  # and the app does not end
                newest = _newest([entry.exchange for entry in self._entries])
                follows = newest is None or self.index in (None, newest)
                await self._fill([*exchanges, *planned])
                self._go_to(_newest(exchanges) if follows else self.index)

    async def _fill(self, steps: Sequence[Exchange | Planned]) -> None:
        for n, step in enumerate(steps[: len(self._entries)]):
            self._entries[n].show(step, last=n == len(steps) - 1)
        if more := steps[len(self._entries) :]:
            new = [Entry() for _ in more]
            for entry, step in zip(new, more, strict=True):
                entry.show(step, last=step is steps[-1])
            self._entries += new
            await self.extend(new)
        elif surplus := range(len(steps), len(self._entries)):
            del self._entries[len(steps) :]
            await self.remove_items(surplus)

    def _go_to(self, index: int | None) -> None:
        if index is not None and index == self.index:
            # the same place may hold another exchange now, or the answer to the same one
            self.post_message(self.Looked(self._entries[index].exchange))
        self.index = index

    def on_list_view_highlighted(self, event: ListView.Highlighted) -> None:
        """Say which exchange is looked at."""
        event.stop()
        if isinstance(event.item, Entry):
            self.post_message(self.Looked(event.item.exchange))


class Entry(Row):
    """Two lines: sign, operation and what it is about, time; the hash's username, the outcome."""

    def __init__(self) -> None:
        super().__init__()
        self.add_class("entry")
        self.exchange: Exchange | None = None
        self._lines: _Lines = (plain(""),) * 5
        self._last = False

    def show(self, step: Exchange | Planned, *, last: bool) -> None:
        """Say what happened or will happen; the rail goes on below all but the last."""
        self.exchange = step if isinstance(step, Exchange) else None
        self._lines = _said(step) if isinstance(step, Exchange) else _to_come(step)
        self._last = last
        self.refresh()

    def render(self) -> Content:
        """Rail, words, and what stands at the right end, twice."""
        sign, what, right, over, outcome = self._lines
        rail = plain("") if self._last else say("[$foreground 30%]│[/]")
        width = self.size.width - RAIL
        first = _railed(sign) + ends(what, GAP + right, width)
        return first + "\n" + _railed(rail) + ends(over, GAP + outcome, width)


def _railed(sign: Content) -> Content:
    return " " + sign.truncate(RAIL - 1, pad=True)


def _newest(exchanges: Sequence[Exchange | None]) -> int | None:
    """Where the newest exchange of the flow stands; what the app looked up by itself is not followed."""
    return max((n for n, each in enumerate(exchanges) if each and not each.note), default=None)


_Lines = tuple[Content, Content, Content, Content, Content]


def _said(exchange: Exchange) -> _Lines:
    call = exchange.call
    sign = FAILED if exchange.error else DONE if exchange.reply else OPEN
    return (
        say(f"{sign} [$foreground 72%]$number[/]", number=exchange.number),
        _title(call.operation, exchange.note or call.about),
        quiet(f"{exchange.seconds * 1000:.0f} ms" if exchange.over else "…"),
        quiet(_over(call)),
        _outcome(exchange),
    )


def _to_come(planned: Planned) -> _Lines:
    sign = "[$text-warning]○[/]" if planned.waits else OPEN
    return (
        say(f"{sign} [$foreground 72%]$number[/]", number=planned.number),
        _title(planned.operation, planned.about),
        plain(""),
        quiet(planned.does),
        say("[$text-warning]$waits[/]", waits=planned.waits),
    )


def _title(operation: str, about: str) -> Content:
    return say("[b]$operation[/]  [$text-primary]$about[/]", operation=operation, about=about)


def _over(call: Call) -> str:
    if call.hashed:
        return f"hash over {call.hashed.username}"
    return "signed · no hash" if call.signed else "no hash in this call"


def _outcome(exchange: Exchange) -> Content:
    if exchange.error is not None:
        return say("[$text-error]$name[/]", name=exchange.error.name)
    return say("› $outcome", outcome=outcome(exchange)) if exchange.reply else quiet("no answer yet")


def outcome(exchange: Exchange) -> str:
    """What an exchange led to, in a word: the next challenge, tokens, or an error's name."""
    if isinstance(exchange.error, CognitoError):
        return exchange.error.name
    if exchange.reply is None:
        return "…"
    if challenge := Challenge.of(exchange.reply.body):
        return challenge.name
    body = exchange.reply.body
    if "AuthenticationResult" in body:
        return "tokens"
    return "SecretCode" if "SecretCode" in body else str(body.get("Status") or "answered")
