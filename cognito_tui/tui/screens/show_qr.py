"""A QR code on the whole screen, where the form has no room for it."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Center, VerticalScroll

from cognito_tui.tui.screens.dialog import Dialog
from cognito_tui.tui.widgets.qr_code import QrCode


class ShowQr(Dialog[None]):
    """The code of `text`, and nothing beside it: a terminal of 24 rows is just high enough."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter,space,q", "cancel", "Back", show=False)]

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text

    def compose(self) -> ComposeResult:
        """The code in the middle; it scrolls where even the screen is too small."""
        with VerticalScroll(id="show-qr-screen"), Center():
            yield QrCode(self._text)

    def on_click(self) -> None:
        """The mouse leaves, too."""
        self.action_cancel()
