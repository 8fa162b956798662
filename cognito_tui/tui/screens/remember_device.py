"""Asking the user what Cognito asks of a device that was just confirmed."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import HorizontalGroup
from textual.widgets import Button, Static

from cognito_tui.tui.say import quiet
from cognito_tui.tui.screens.dialog import Dialog
from cognito_tui.tui.widgets.pane import Pane


class RememberDevice(Dialog[bool]):
    """Gives True for remembered, False for not remembered, None when it is left undecided."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("r", "remember", "Remembered", show=False),
        Binding("n", "do_not", "Not remembered", show=False),
    ]

    def compose(self) -> ComposeResult:
        """The question, and the two answers that UpdateDeviceStatus takes."""
        with Pane(title="Remember this device?", classes="dialog"):
            yield Static(
                quiet(
                    "The pool leaves it to the user. A remembered device stands for the second factor at the "
                    "next sign-in; one that is not remembered is asked for it each time."
                )
            )
            with HorizontalGroup(classes="buttons"):
                yield Button("Not remembered  n", id="no")
                yield Button("Remembered  r", variant="primary", id="yes")

    def on_mount(self) -> None:
        """The safe choice."""
        self.query_one("#no").focus()

    @on(Button.Pressed, "#yes")
    def action_remember(self) -> None:
        """UpdateDeviceStatus: remembered."""
        self.dismiss(True)

    @on(Button.Pressed, "#no")
    def action_do_not(self) -> None:
        """UpdateDeviceStatus: not_remembered."""
        self.dismiss(False)
