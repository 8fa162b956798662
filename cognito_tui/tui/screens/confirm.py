"""Asking before something is changed that cannot be taken back."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import HorizontalGroup
from textual.content import Content
from textual.widgets import Button, Static

from cognito_tui.tui.screens.dialog import Dialog
from cognito_tui.tui.widgets.pane import Pane


class Confirm(Dialog[bool]):
    """Says exactly what will change; the safe choice has the focus. Gives True for yes."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "yes", "Yes", show=False),
        Binding("n", "cancel", "No", show=False),
    ]

    def __init__(self, title: str, what: Content, yes: str) -> None:
        super().__init__()
        self._title = title
        self._what = what
        self._yes = yes

    def compose(self) -> ComposeResult:
        """What, and the two ways on."""
        with Pane(title=self._title, classes="dialog"):
            yield Static(self._what)
            with HorizontalGroup(classes="buttons"):
                yield Button("Cancel  esc", id="no")
                yield Button(f"{self._yes}  y", variant="error", id="yes")

    def on_mount(self) -> None:
        """The safe choice."""
        self.query_one("#no").focus()

    @on(Button.Pressed, "#yes")
    def action_yes(self) -> None:
        """Do it."""
        self.dismiss(True)

    @on(Button.Pressed, "#no")
    def _no(self) -> None:
        self.dismiss(None)
