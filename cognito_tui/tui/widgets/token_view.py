"""Tokens on the screen: who has them, the three at a glance, and one of them in full."""

from __future__ import annotations

from typing import Final

from textual.app import ComposeResult
from textual.containers import Container, Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from cognito_tui.cognito.claims import Claim
from cognito_tui.tui import token_keys
from cognito_tui.tui.looking import RefreshView, Stands, View
from cognito_tui.tui.say import plain, quiet
from cognito_tui.tui.widgets.claims_pane import ClaimsPane
from cognito_tui.tui.widgets.error_pane import ErrorPane
from cognito_tui.tui.widgets.offers import Offers
from cognito_tui.tui.widgets.pane import Head, Pane
from cognito_tui.tui.widgets.refresh_pane import RefreshPane
from cognito_tui.tui.widgets.token_card import TokenCard
from cognito_tui.tui.widgets.trust_pane import TrustPane, summary

TITLES: Final = {"IdToken": "ID token", "AccessToken": "Access token", "RefreshToken": "Refresh token"}


class TokenView(Vertical):
    """Paints what it is shown."""

    def __init__(self) -> None:
        super().__init__(id="tokens-place")
        self.error: ErrorPane | None = None
        self._stands: Stands | ErrorPane | None = None
        self._refresh_shown: RefreshView | None = None
        self._who = Head(Content(), Content(), classes="token-who")
        self._cards = {
            member: TokenCard(n, title, member) for n, (member, title) in enumerate(TITLES.items(), 1)
        }
        self._card_row = Horizontal(*self._cards.values(), id="token-cards")
        self._news = Static("", id="token-news")
        self._claims = ClaimsPane()
        self._text = Static("")
        self._text_pane = Pane(
            VerticalScroll(self._text, id="token-text"),
            title="The token itself",
            subtitle="F8 masks",
            classes="grow",
        )
        self._nobody = Pane(
            Static(quiet("A sign-in brings three tokens here. Any other token can be pasted.")),
            Offers(token_keys.WAYS_IN, short=True),
            title="Nobody is signed in",
            classes="grow",
        )
        self._middle = Container(self._claims, self._text_pane, self._nobody, id="token-middle")
        self._trust = TrustPane()
        self._strip = Static("", classes="narrowonly strip")

    def compose(self) -> ComposeResult:
        """From top to bottom; on a narrow screen one line says why a token can be believed."""
        yield self._who
        yield self._card_row
        yield self._news
        yield self._middle
        with Horizontal(id="token-bottom", classes="wideonly"):
            yield self._trust
            with Pane(title="Use it", classes="half"):
                yield Offers(token_keys.USES, short=True)
        yield self._strip

    @property
    def claim(self) -> Claim | None:
        """The claim under the cursor, where claims are shown."""
        return self._claims.under_cursor if self._stands is Stands.CLAIMS else None

    def say(self, news: Content) -> None:
        """Say what has become of the last thing that was done."""
        self._news.update(news)
        self._news.display = bool(news.plain)

    async def show(self, view: View, *, focus: bool = False) -> None:
        """Paint `view`; what stands in the middle takes the focus when it is another than before."""
        self._paint_head(view)
        await self._paint_refresh(view.refresh if self.error is None else None)
        if view.stands is Stands.CLAIMS:
            await self._claims.show(view.title, view.claims, view.was, view.header_oddities)
            self._trust.show(view.checks, why_not=view.why_not, over=view.over)
            self._strip.update(summary(view.checks, why_not=view.why_not, over=view.over))
        shown = view.token if view.stands is Stands.TEXT else None
        self._text.update(plain(shown.reveal() if shown else ""))
        stands = self.error or view.stands
        self._claims.display = stands is Stands.CLAIMS
        self._text_pane.display = stands is Stands.TEXT
        self._nobody.display = stands is Stands.NOBODY
        self.set_class(stands is not Stands.CLAIMS, "-without-claims")
        moved, self._stands = stands is not self._stands, stands
        if focus or moved:
            self.begin()

    def _paint_head(self, view: View) -> None:
        self._who.display = view.who is not None
        if view.who is not None:
            self._who.show(*view.who)
        self._card_row.display = bool(view.cards)
        for member, glance in view.cards.items():
            self._cards[member].show(glance, chosen=member == view.chosen)

    async def _paint_refresh(self, refresh: RefreshView | None) -> None:
        if refresh == self._refresh_shown:
            return
        self._refresh_shown = refresh
        for pane in self._middle.query(RefreshPane):
            await pane.remove()
        if refresh is not None:
            offers = token_keys.refresh_offers(automatic=refresh.automatic)
            await self._middle.mount(RefreshPane(refresh.way, refresh.facts, offers))

    async def fail(self, pane: ErrorPane) -> None:
        """Let an explanation stand in the middle; `show` goes on from there."""
        await self.clear_error()
        self.error = pane
        await self._middle.mount(pane)

    async def clear_error(self) -> None:
        """Take it away again."""
        pane, self.error = self.error, None
        if pane is not None and pane.is_attached:
            await pane.remove()

    def begin(self) -> None:
        """Put the focus on what stands in the middle."""
        match self._stands:
            case Stands.CLAIMS:
                self._claims.list.focus()
            case Stands.TEXT:
                self._text_pane.query_one(VerticalScroll).focus()
            case Stands.NOBODY:
                self._nobody.query_one(Offers).focus()
            case Stands.REFRESH:
                for offers in self._middle.query("RefreshPane Offers").results(Offers):
                    offers.focus()
            case ErrorPane():
                self._stands.begin()
