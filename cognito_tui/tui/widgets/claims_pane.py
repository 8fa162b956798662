"""The claims of a token: each with its value, what it means, and what is odd about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar, Final

from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import ListView, Static

from cognito_tui.cognito.claims import Claim, in_words
from cognito_tui.cognito.differences import Difference
from cognito_tui.cognito.visible import visible
from cognito_tui.tui.cells import cut
from cognito_tui.tui.say import quiet, say
from cognito_tui.tui.widgets.columns import Cell, line
from cognito_tui.tui.widgets.cursor_list import CursorList
from cognito_tui.tui.widgets.pane import Pane
from cognito_tui.tui.widgets.row import Row

NAME, VALUE, NARROW_VALUE = 18, 46, 54
"""Cells of the columns; what it means has the rest, on a narrow screen the line below the list."""

MOST: Final = 200
"""Claims that are listed: no token of Cognito's has so many."""

_NOTHING: Final[Mapping[str, Difference]] = {}


class ClaimsPane(Pane):
    """The list, and on a narrow screen what the claim under the cursor means."""

    def __init__(self) -> None:
        subtitle = "y copies the value under the cursor"
        super().__init__(title="Claims", subtitle=subtitle, classes="grow", id="claims")
        self._claims: tuple[Claim, ...] = ()
        self._was: Mapping[str, Difference] = _NOTHING
        self._oddities: tuple[str, ...] = ()
        self._about = Static("", id="claim-about", classes="narrowonly")
        self._header = Static("", id="header-oddities")
        self.list = ClaimsList()

    def compose(self) -> ComposeResult:
        """Headings, rows, and the line below."""
        wide = (Cell("Claim", NAME), Cell("Value", VALUE), Cell("What it means", 0))
        narrow = (Cell("Claim", NAME), Cell("Value", 0))
        yield self._header
        yield Static(quiet(line(wide).plain), classes="list-head wideonly")
        yield Static(quiet(line(narrow).plain), classes="list-head narrowonly")
        yield self.list
        yield self._about

    async def show(
        self,
        title: str,
        claims: Sequence[Claim],
        was: Mapping[str, Difference] = _NOTHING,
        header_oddities: tuple[str, ...] = (),
    ) -> None:
        """Show the claims of a token; `was` are those that the last refresh has changed."""
        self.border_title = title
        self._header.display = bool(header_oddities)
        self._header.update(
            Content("\n").join(say("[$text-warning]! header: $odd[/]", odd=odd) for odd in header_oddities)
        )
        shown = (*claims[:MOST], *_gone(was))
        same = [each.name for each in shown] == [each.name for each in self._claims]
        before, self._claims = self._claims, shown
        if same and was == self._was:
            # as many rows as claims, but when the app ends and takes them away
            for row, old, new in zip(self.list.rows, before, shown, strict=False):
                if old != new:
                    row.show(new, was.get(new.name))
        else:
            self._was = was
            index = self.list.index if same else 0
            await self.list.clear()
            await self.list.extend(ClaimRow(each, was.get(each.name)) for each in shown)
            self.list.index = index if shown else None
        self._tell()

    @property
    def under_cursor(self) -> Claim | None:
        """The claim under the cursor."""
        index = self.list.index
        return self._claims[index] if index is not None and index < len(self._claims) else None

    @on(ListView.Highlighted)
    def _tell(self) -> None:
        claim = self.under_cursor
        self._about.update(_meaning(claim, self._was.get(claim.name)) if claim else "")


class ClaimsList(CursorList):
    """The rows."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select_cursor", "Show value", show=False, tooltip="Show the value full width"),
        Binding("G", "last", "Last", show=False),
    ]

    def __init__(self) -> None:
        super().__init__(id="claims-list")

    @property
    def rows(self) -> list[ClaimRow]:
        """All of them, from the top."""
        return [each for each in self.children if isinstance(each, ClaimRow)]


class ClaimRow(Row):
    """One claim in one line."""

    def __init__(self, claim: Claim, was: Difference | None) -> None:
        super().__init__()
        self.show(claim, was)

    def show(self, claim: Claim, was: Difference | None) -> None:
        """Paint it anew: the time has gone on."""
        self.paint(_row(claim, was, wide=True), _row(claim, was, wide=False))


def _row(claim: Claim, was: Difference | None, *, wide: bool) -> Content:
    name = line([Cell(visible(claim.name), NAME, "$text-primary")])
    sign = "[$text-warning]![/] " if claim.oddity else "[$text-primary]›[/] " if was else ""
    value = _value(claim, VALUE if wide else NARROW_VALUE - (2 if sign else 0))
    if not wide:
        return Content("  ").join((name, Content.from_markup(sign) + value))
    return Content("  ").join((name, value, _meaning(claim, was)))


def _value(claim: Claim, width: int) -> Content:
    """The value, and of a time how far away it is, in exactly `width` cells."""
    if not claim.aside:
        return Content(cut(claim.shown, width))
    aside = f"  {claim.aside}"
    room = min(cell_len(claim.shown), max(width - cell_len(aside), 10))
    return Content(cut(claim.shown, room)) + quiet(cut(aside, width - room))


def _meaning(claim: Claim, was: Difference | None) -> Content:
    if claim.oddity:
        return say("[$text-warning]! $oddity[/]", oddity=claim.oddity)
    if was is not None:
        return say("[$text-primary]› $was[/]", was=_before(was))
    return quiet(claim.meaning)


def _before(was: Difference) -> str:
    if not was.was_there:
        return "new since the refresh"
    return f"was {in_words(was.name, was.before)}"


def _gone(was: Mapping[str, Difference]) -> tuple[Claim, ...]:
    """Claims that the refresh has taken away."""
    gone = (each for each in was.values() if not each.is_there)
    return tuple(Claim(each.name, "(gone)", "gone since the refresh") for each in gone)
