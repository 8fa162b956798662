"""Writing a token to a file: the person says where."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import HorizontalGroup
from textual.widgets import Button, Input, Static

from cognito_tui.cognito import checks
from cognito_tui.cognito.model import Secret
from cognito_tui.off_loop import off_loop
from cognito_tui.store.errors import StoreError
from cognito_tui.store.paths import shown
from cognito_tui.store.token_file import write_token
from cognito_tui.store.typed_path import typed_path
from cognito_tui.tui.say import quiet
from cognito_tui.tui.screens.dialog import Dialog
from cognito_tui.tui.widgets.form_row import FormRow
from cognito_tui.tui.widgets.inputs import LineInput
from cognito_tui.tui.widgets.pane import Pane


class WriteToken(Dialog[str]):
    """Writes `token` and gives the path as it can be shown."""

    HELP = """
    # A token in a file

    For a script on this machine. The file must be new: nothing is written over. Only you can read it (mode
    0600), but whoever does *is* the user until the token expires. Delete it when done.
    """

    def __init__(self, what: str, token: Secret) -> None:
        super().__init__()
        self._what = what
        self._token = token
        self._field = LineInput()
        self._row = FormRow("File", self._field, help="a new file; ~ is your home directory")

    def compose(self) -> ComposeResult:
        """Where to, and the ways on."""
        with Pane(title=f"Write the {self._what} to a file", classes="dialog"):
            yield Static(
                quiet("For your eyes only (mode 0600). Whoever reads it is the user: delete it when done.")
            )
            yield self._row
            with HorizontalGroup(classes="buttons"):
                yield Button("Write  enter", variant="primary", id="write")
                yield Button("Cancel  esc", id="cancel")

    def on_mount(self) -> None:
        """Ready to type."""
        self._field.focus()

    @on(Input.Submitted)
    @on(Button.Pressed, "#write")
    async def _write(self) -> None:
        if problem := checks.line_problem(self._field.value):
            self._row.show_problem(f"the path {problem}")
            return
        try:
            path = typed_path(self._field.value)
            await off_loop(None, write_token, path, self._token)
        except StoreError as error:
            self._row.show_problem(str(error))
        else:
            self.leave(shown(path))

    @on(Button.Pressed, "#cancel")
    def _cancel(self) -> None:
        self.dismiss(None)
