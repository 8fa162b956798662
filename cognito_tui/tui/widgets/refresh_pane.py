"""The refresh token: nothing to read, but what can be done with it, and how."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from cognito_tui.cognito.flows.refresh import Way
from cognito_tui.tui.say import OPEN, quiet, say
from cognito_tui.tui.widgets.offers import Offer, Offers
from cognito_tui.tui.widgets.pane import Pane, Section


class RefreshPane(Pane):
    """What stands in place of the claims when the refresh token is looked at."""

    def __init__(self, way: Way, facts: Sequence[str], offers: Sequence[Offer]) -> None:
        super().__init__(title="The refresh token", classes="grow", id="refresh-pane")
        self._way = way
        self._facts = tuple(facts)
        self._offers_made = tuple(offers)

    def compose(self) -> ComposeResult:
        """Facts, the way a refresh goes and why, and what can be done."""
        with VerticalScroll(id="refresh-facts", can_focus=False):
            yield Static(say(f"{OPEN} Opaque: encrypted, only Cognito can read it."))
            yield Static(Content("\n").join(quiet(fact) for fact in self._facts))
            yield Section(f"A refresh goes by {self._way.operation}")
            yield Static(Content("\n").join(quiet(why) for why in self._way.why))
        yield Section("What to do with it")
        yield Offers(self._offers_made, short=True)
