"""On a narrow screen, the conversation in one line."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.widgets import Static

from cognito_tui.tui.messages import GoTo
from cognito_tui.tui.say import key, say
from cognito_tui.tui.widgets.timeline import outcome
from cognito_tui.walk import Exchange


class Strip(Static):
    """How much was said, and the last of it; a click flips to the whole."""

    def __init__(self) -> None:
        super().__init__("", classes="narrowonly strip")
        self.tell(())

    def on_click(self, event: events.Click) -> None:
        """Flip to the conversation, as F3 does."""
        event.stop()
        self.post_message(GoTo("sign_in"))

    def tell(self, exchanges: Sequence[Exchange]) -> None:
        """Say how much was said, and the last of it."""
        if not exchanges:
            self.update(say(f"{key('F3')} conversation  [$foreground 72%]nothing said yet[/]"))
            return
        last = [exchange for exchange in exchanges if not exchange.note][-1]
        self.update(
            say(
                f"{key('F3')} conversation  [$foreground 72%]$count, last[/] $what › $outcome",
                count=f"{len(exchanges)} exchange{'s' if len(exchanges) != 1 else ''}",
                what=last.call.about or last.call.operation,
                outcome=outcome(last),
            )
        )
