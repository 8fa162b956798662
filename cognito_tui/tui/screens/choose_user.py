"""Choosing among those who are signed in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from cognito_tui.tui.screens.dialog import Dialog
from cognito_tui.tui.signed_in_users import SignedInUser
from cognito_tui.tui.widgets.offers import Offer, Offers
from cognito_tui.tui.widgets.pane import Pane


class ChooseUser(Dialog[int]):
    """Gives the number of the one that was chosen."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("u,q", "cancel", "Back", show=False)]

    def __init__(self, users: Sequence[SignedInUser], at: int | None) -> None:
        super().__init__()
        self._signed_in = tuple(users)
        self._at = at

    def compose(self) -> ComposeResult:
        """One line each."""
        offers = [
            Offer(str(n) if n < 10 else " ", each.name, _about(each), each.number)
            for n, each in enumerate(self._signed_in, 1)
        ]
        with Pane(title="Who is signed in", subtitle="in memory only · esc goes back", classes="dialog"):
            yield Offers(offers, short=True)

    def on_mount(self) -> None:
        """Begin at the one that is shown."""
        offers = self.query_one(Offers)
        offers.index = next((n for n, each in enumerate(self._signed_in) if each.number == self._at), 0)
        offers.focus()

    @on(Offers.Chosen)
    def _choose(self, event: Offers.Chosen) -> None:
        event.stop()
        if isinstance(event.value, int):
            self.dismiss(event.value)


def _about(user: SignedInUser) -> str:
    profile = user.in_use.profile
    return " · ".join(filter(None, (profile.name, profile.user_pool_id, user.ended)))
