"""Pasting a token, this pool's or anybody's, to look at it."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import HorizontalGroup
from textual.widgets import Button, Input, Static

from cognito_tui.cognito.pasted import LONGEST, NotAToken, token_in
from cognito_tui.cognito.tokens import Jwt, NotAJwt, decode
from cognito_tui.tui.say import quiet
from cognito_tui.tui.screens.dialog import Dialog
from cognito_tui.tui.widgets.form_row import FormRow
from cognito_tui.tui.widgets.inputs import SecretInput
from cognito_tui.tui.widgets.pane import Pane


class TokenInput(SecretInput):
    """A field for a token; a paste may have line breaks, and what tends to stand around a token."""

    def _take(self, text: str) -> None:
        self.value = " ".join(text[: LONGEST + 1].split())
        self.cursor_position = len(self.value)


class PasteToken(Dialog[Jwt]):
    """Gives the token that was pasted."""

    HELP = """
    # Any JWT

    Its claims are shown with their meanings, and with what is odd about them. The signature is checked
    against the keys of the pool that the token names as issuer; without a network it is *not verified*, never
    *valid*.

    The token stays in memory and is sent nowhere.
    """

    def __init__(self) -> None:
        super().__init__()
        self._field = TokenInput(on_value=self._typed)
        self._row = FormRow("Token", self._field, help="a JWT; Bearer, quotes and line breaks may be there")

    def compose(self) -> ComposeResult:
        """The field and the ways on."""
        with Pane(title="Look at a token", classes="dialog"):
            yield Static(quiet("Of this pool or any other. It stays in memory, and is sent nowhere."))
            yield self._row
            with HorizontalGroup(classes="buttons"):
                yield Button("Look  enter", variant="primary", id="look")
                yield Button("Cancel  esc", id="cancel")

    def on_mount(self) -> None:
        """Ready to paste."""
        self._field.focus()

    def _typed(self, _value: str) -> None:
        if self._row.is_mounted:
            self._row.show_problem(None)

    @on(Input.Submitted)
    @on(Button.Pressed, "#look")
    def _look(self) -> None:
        try:
            self.dismiss(decode(token_in(self._field.value)))
        except (NotAToken, NotAJwt) as error:
            self._row.show_problem(str(error))

    @on(Button.Pressed, "#cancel")
    def _cancel(self) -> None:
        self.dismiss(None)
