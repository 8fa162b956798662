"""What went wrong, in place of the form: Cognito's own words first, then causes, checks and ways out."""

from __future__ import annotations

from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from cognito_tui.cognito.errors import CognitoError, Refused
from cognito_tui.cognito.explain import Cause, Certainty, Check, Explanation, Fix, Remedy
from cognito_tui.tui.say import DONE, FAILED, OPEN, plain, quiet, say
from cognito_tui.tui.widgets.offers import Offer, Offers
from cognito_tui.tui.widgets.pane import Pane, Section


class ErrorPane(Pane):
    """An error and its explanation; the conversation beside it stays."""

    @dataclass
    class FixChosen(Message):
        """The person takes a way out."""

        fix: Fix

    def __init__(self, error: CognitoError, explanation: Explanation) -> None:
        super().__init__(title=f"What went wrong · {error.operation}", classes="grow -error")
        self._error = error
        self.explanation = explanation

    def compose(self) -> ComposeResult:
        """Name and message, meaning, causes, checks, fixes."""
        explanation = self.explanation
        with VerticalScroll(id="why"):
            yield Static(say("[b $text-error]× $name[/]", name=self._error.name))
            yield Static(plain(self._error.sentence))
            if explanation.meaning:
                yield Static(quiet(explanation.meaning))
            if explanation.causes:
                yield Section("Why, most likely first")
                yield Static(
                    Content("\n").join(_cause(n, cause) for n, cause in enumerate(explanation.causes, 1))
                )
            if explanation.checks:
                yield Section("What we checked")
                yield Static(Content("\n").join(_check(check) for check in explanation.checks))
        yield Section("Fix it with one key")
        offers = [Offer(fix.key, fix.text, fix.consequence, fix) for fix in explanation.fixes]
        yield Offers(offers, short=True)

    @property
    def is_about_the_hash(self) -> bool:
        """Whether another secret is among the ways out: Cognito has turned down the SECRET_HASH."""
        return any(fix.remedy is Remedy.ENTER_SECRET for fix in self.explanation.fixes)

    @property
    def is_about_the_client(self) -> bool:
        """Whether the account's description of the app client would tell more: its secret, its flows."""
        wanted = {Remedy.ENTER_SECRET, Remedy.OTHER_FLOW}
        return any(fix.remedy in wanted for fix in self.explanation.fixes)

    def on_mount(self) -> None:
        """The first way out has the focus."""
        self.begin()

    def begin(self) -> None:
        """Put the focus on the ways out."""
        for offers in self.query(Offers):  # none while it is explained anew
            offers.focus()

    async def explain(self, explanation: Explanation) -> None:
        """Show a better explanation: a check has come back meanwhile."""
        if explanation == self.explanation:
            return
        focused = self.query_one(Offers).has_focus
        self.explanation = explanation
        await self.recompose()
        if focused:
            self.begin()

    @property
    def report(self) -> str:
        """All of it as text, to be sent to a colleague; no secret is in it."""
        explanation = self.explanation
        operation, name = self._error.operation, self._error.name
        lines = [f"{operation}: {name}: {self._error.sentence}", explanation.meaning, ""]
        lines += [f"{cause.certainty}: {cause.text} {cause.detail}".rstrip() for cause in explanation.causes]
        lines += [f"checked: {check.text} {check.result}".rstrip() for check in explanation.checks]
        if isinstance(self._error, Refused) and self._error.request_id:
            lines.append(f"request id: {self._error.request_id}")
        return "\n".join(lines)

    @on(Offers.Chosen)
    def _take(self, event: Offers.Chosen) -> None:
        event.stop()
        if isinstance(event.value, Fix):
            self.post_message(self.FixChosen(event.value))


def _cause(number: int, cause: Cause) -> Content:
    words = f"$number $text: {cause.certainty}"
    title = f"[$foreground 72%]{words}[/]" if cause.certainty is Certainty.RULED_OUT else words
    first = f"[b]{title}[/]" if number == 1 else title
    line = say(first, number=number, text=cause.text)
    return line + quiet(f"\n  {cause.detail}") if cause.detail else line


def _check(check: Check) -> Content:
    sign = {True: DONE, False: FAILED, None: OPEN}[check.good]
    colour = "$text-error" if check.good is False else "$foreground 72%"
    return say(f"{sign} $text  [{colour}]$result[/]", text=check.text, result=check.result)
