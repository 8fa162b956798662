"""What Cognito told that has to be seen, or copied, to answer: data, never markup."""

from __future__ import annotations

from collections.abc import Mapping

from textual import on
from textual.app import ComposeResult
from textual.containers import HorizontalGroup, VerticalGroup
from textual.content import Content
from textual.widgets import Button, Static

from cognito_tui.tui.messages import Copy
from cognito_tui.tui.say import quiet, say


class Told(VerticalGroup):
    """Parameters of a challenge; `copied` is the name of one that a button copies."""

    def __init__(self, parameters: Mapping[str, str], copied: str = "") -> None:
        super().__init__(classes="told")
        self._parameters = parameters
        self._copied = copied

    def compose(self) -> ComposeResult:
        """Names and values, and the button."""
        yield Static(_words(self._parameters))
        if self._copied in self._parameters:
            with HorizontalGroup(classes="buttons"):
                yield Button("Copy the options", id="copy-told")

    @on(Button.Pressed, "#copy-told")
    def _copy(self, event: Button.Pressed) -> None:
        event.stop()
        self.post_message(Copy(self._copied, self._parameters[self._copied], sensitive=False))


def _words(parameters: Mapping[str, str]) -> Content:
    if not parameters:
        return quiet("It came without ChallengeParameters.")
    return Content("\n").join(
        say("[$text-primary]$name[/]  $value", name=name, value=value) for name, value in parameters.items()
    )
