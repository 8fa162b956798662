"""Entering the client secret of the profile in use, when it is missing, wrong or out of reach."""

from __future__ import annotations

from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.containers import HorizontalGroup
from textual.content import Content
from textual.widgets import Button, Checkbox, Input, Static

from cognito_tui.cognito import checks
from cognito_tui.cognito.model import Secret
from cognito_tui.tui.say import quiet, say
from cognito_tui.tui.screens.dialog import Dialog
from cognito_tui.tui.widgets.form_row import FormRow
from cognito_tui.tui.widgets.inputs import SecretInput
from cognito_tui.tui.widgets.pane import Pane
from cognito_tui.tui.widgets.tick import Tick


@dataclass(frozen=True)
class Entered:
    """A secret, and whether it is for this run only. Without a secret: look in the keyring once more."""

    secret: Secret | None
    remember: bool = False


class SecretDialog(Dialog[Entered]):
    """Asks for the secret of `client_id`. `why` says why it has to be asked for."""

    HELP = """
    # The client secret

    It stands in the console under *App clients*, behind *Show client secret*. Paste it whole; line breaks and
    spaces around it do no harm.

    It goes to the keyring of this machine. *This run only* keeps it in memory instead, until you quit.
    """

    def __init__(self, client_id: str, why: Content, *, can_keep: bool) -> None:
        super().__init__()
        self._client_id = client_id
        self._why = why
        self._secret = SecretInput(on_value=self._check)
        self._row = FormRow("Client secret", self._secret, help=self._goes(can_keep))
        self._memory = Tick("this run only, do not keep it", value=not can_keep)
        self._can_keep = can_keep

    @staticmethod
    def _goes(can_keep: bool) -> str:
        return "goes to the keyring, never to a file" if can_keep else "kept in memory until you quit"

    def compose(self) -> ComposeResult:
        """Why, the field, the ways on."""
        with Pane(title="Client secret", classes="dialog"):
            yield Static(self._why)
            yield Static(say("[$foreground 72%]of client[/] $client", client=self._client_id), classes="gap")
            yield self._row
            yield self._memory
            with HorizontalGroup(classes="buttons"):
                yield Button("Keep  enter", variant="primary", id="keep")
                yield Button("Ask the keyring again", id="again")
                yield Button("Cancel  esc", id="cancel")

    def on_mount(self) -> None:
        """Ready to type."""
        self._secret.focus()

    def _check(self, value: str) -> None:
        oddity = checks.secret_oddity(Secret(value), self._client_id) if value else None
        if self._row.is_mounted:
            self._row.show_help(
                say("[$text-warning]! $oddity[/]", oddity=oddity)
                if oddity
                else quiet(self._goes(self._can_keep))
            )

    @on(Input.Submitted)
    @on(Button.Pressed, "#keep")
    def _keep(self) -> None:
        if problem := checks.line_problem(self._secret.value):
            self._row.show_problem(f"the secret {problem}")
            return
        self.dismiss(Entered(self._secret.secret, remember=self._memory.value))

    @on(Button.Pressed, "#again")
    def _again(self) -> None:
        self.dismiss(Entered(None))

    @on(Button.Pressed, "#cancel")
    def _cancel(self) -> None:
        self.dismiss(None)

    @on(Checkbox.Changed)
    def _where(self) -> None:
        self._row.show_help(self._goes(not self._memory.value))
