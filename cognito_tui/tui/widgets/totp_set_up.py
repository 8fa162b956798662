"""A TOTP key to be put into an authenticator app: as a QR code, as text, and as a URI."""

from __future__ import annotations

from textwrap import wrap
from typing import Final

from textual import on
from textual.app import ComposeResult
from textual.containers import HorizontalGroup, VerticalGroup
from textual.widgets import Button, Static

from cognito_tui.cognito.model import Secret, SoftwareToken
from cognito_tui.tui.messages import Copy, ShowQr
from cognito_tui.tui.widgets.form_row import FormRow
from cognito_tui.tui.widgets.qr_code import QrCode

_SHOWN: Final = 2
"""Groups of the key that are shown while it is masked: enough to tell it from another in a phone."""

_MASKED: Final = "•••• •••• •••• ••••…"


class TotpSetUp(VerticalGroup):
    """The key of a `SoftwareToken`, masked but for its beginning until it is shown."""

    def __init__(self, token: SoftwareToken) -> None:
        super().__init__(id="totp-set-up")
        self._token = token
        self._qr = QrCode(_short(token.uri).reveal(), id="qr")
        self._key = Static("", id="totp-key")

    def compose(self) -> ComposeResult:
        """The code where it fits, the key, and the ways to take it along."""
        yield self._qr
        yield FormRow("Key", self._key)
        with HorizontalGroup(classes="key-buttons"):
            yield Button("Copy key  F9", id="copy-key")
            yield Button("Copy URI", id="copy-uri")
            yield Button("Show QR", id="show-qr")

    def on_mount(self) -> None:
        """Masked."""
        self.show_secrets(show=False)

    def fit(self, width: int, height: int) -> bool:
        """Show the QR code if there is room for it, else the button that gives it the whole screen."""
        fits = self._qr.columns <= width and self._qr.rows <= height
        self._qr.display = fits
        self.query_one("#show-qr").display = not fits
        return fits

    def show_secrets(self, *, show: bool) -> None:
        """Show or mask the key."""
        groups = wrap(self._token.secret_code.reveal(), 4)
        shown = groups if show else [*groups[:_SHOWN], _MASKED]
        self._key.update(" ".join(shown))

    @on(Button.Pressed, "#copy-key")
    def copy_key(self) -> None:
        """Copy the key, to be cleared again."""
        self.post_message(Copy("TOTP key", self._token.secret_code.reveal()))

    @on(Button.Pressed, "#copy-uri")
    def _copy_uri(self) -> None:
        self.post_message(Copy("otpauth URI", self._token.uri.reveal()))

    @on(Button.Pressed, "#show-qr")
    def _show_qr(self) -> None:
        self.post_message(ShowQr(_short(self._token.uri)))


def _short(uri: Secret) -> Secret:
    """`uri` without its issuer, which its label carries too: the code is smaller, and fits more screens."""
    return Secret(uri.reveal().partition("&issuer=")[0])
