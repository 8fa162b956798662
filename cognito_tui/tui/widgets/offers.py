"""Things one can do now: each on a key, on enter, and under the mouse."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import ListItem, ListView

from cognito_tui.tui.say import say
from cognito_tui.tui.widgets.cursor_list import CursorList
from cognito_tui.tui.widgets.row_text import RowText


@dataclass(frozen=True)
class Offer:
    """`key` does it; `title` is what, `text` what comes of it; `value` is what it stands for."""

    key: str
    title: str
    text: str
    value: object


class Offers(CursorList):
    """A list of offers; one line each when `short`, else padded, with the text below the title."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select_cursor", "Do it", key_display="enter"),
    ]

    @dataclass
    class Chosen(Message):
        """An offer was taken."""

        offers: Offers
        value: object

        @property
        def control(self) -> Offers:
            """The list it comes from."""
            return self.offers

    def __init__(self, offers: Sequence[Offer], *, short: bool = False, id: str | None = None) -> None:  # noqa: A002 Textual's name
        self._offers = tuple(offers)
        width = max((len(offer.title) for offer in self._offers), default=0)
        super().__init__(*(_Entry(offer, width if short else 0) for offer in self._offers), id=id)
        self.set_class(short, "-short-offers")

    def on_key(self, event: events.Key) -> None:
        """The key of an offer takes it."""
        for n, offer in enumerate(self._offers):
            if event.character == offer.key:
                event.stop()
                event.prevent_default()
                self.index = n
                self.post_message(self.Chosen(self, offer.value))
                return

    def on_list_view_selected(self, event: ListView.Selected) -> None:
        """Enter or a click takes the offer under the cursor."""
        event.stop()
        if isinstance(event.item, _Entry):
            self.post_message(self.Chosen(self, event.item.offer.value))


class _Entry(ListItem):
    def __init__(self, offer: Offer, width: int) -> None:
        short, tall = "$title   ", "[b]$title[/]\n   "
        super().__init__(
            RowText(
                say(
                    f"[b $text-accent]$key[/]  {short if width else tall}[$foreground 72%]$text[/]",
                    key=offer.key,
                    title=offer.title.ljust(width),
                    text=offer.text if width else offer.text.replace("\n", "\n   "),
                )
            )
        )
        self.offer = offer
