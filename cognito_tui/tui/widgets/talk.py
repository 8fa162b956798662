"""The right column of the sign-in place: the conversation, and one exchange of it in full."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Static

from cognito_tui.cognito.snippets import Where
from cognito_tui.cognito.steps import Call
from cognito_tui.tui.messages import Copy, GoTo, ShowValue
from cognito_tui.tui.say import say
from cognito_tui.tui.widgets.detail import Detail
from cognito_tui.tui.widgets.pane import Pane
from cognito_tui.tui.widgets.timeline import Planned, Timeline
from cognito_tui.walk import Exchange


class Talk(Vertical):
    """Shows what a conversation consists of; the detail follows the list's cursor."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f3", "form", "Form", key_display="F3"),
        Binding("y", "copy", "Copy", tooltip="Copy the text of the tab"),
        Binding("v", "view", "View", show=False, tooltip="Show the text of the tab full width"),
    ]

    def __init__(self) -> None:
        super().__init__(id="right")
        self._intro = Static("", id="talk-intro")
        self._timeline = Timeline(id="timeline")
        self._pane = Pane(self._intro, self._timeline, title="The conversation", id="talk")
        self._detail = Detail()
        self._where = Where("")
        self._read_it: dict[int, str] = {}

    def compose(self) -> ComposeResult:
        """The list, and below it the detail."""
        yield self._pane
        yield self._detail

    async def plan(self, auth_flow: str, planned: Sequence[Planned]) -> None:
        """Nothing was said yet: show what the flow will do."""
        self._intro.update(say("[$foreground 72%]Nothing said yet. What $flow will do:[/]\n", flow=auth_flow))
        self._intro.display = True
        self._pane.border_subtitle = "nothing sent"
        self._read_it.clear()
        await self._timeline.show((), planned)

    def preview(self, call: Call, where: Where) -> None:
        """Show the request that enter would send."""
        self._detail.preview(call, where)

    async def show(
        self, exchanges: Sequence[Exchange], where: Where, waiting: Sequence[Planned] = ()
    ) -> None:
        """Show what was said, and what waits for the person."""
        self._where = where
        self._intro.display = False
        total = sum(exchange.seconds for exchange in exchanges)
        count = f"{len(exchanges)} exchange{'s' if len(exchanges) != 1 else ''}"
        self._pane.border_subtitle = f"{count} · {total * 1000:.0f} ms"
        await self._timeline.show(exchanges, waiting)

    def begin(self) -> None:
        """Another conversation begins: what was to be read into the last one is not for this one."""
        self._read_it.clear()

    def read(self, exchange_number: int, how: str) -> None:
        """Say how the answer of an exchange is to be read."""
        self._read_it[exchange_number] = how

    def show_secrets(self, *, show: bool) -> None:
        """Show or mask secrets in the detail."""
        self._detail.show_secrets = show

    def action_copy(self) -> None:
        """Copy what the chosen tab shows, as it shows it."""
        if text := self._detail.text:
            self.post_message(Copy(self._detail.title, text, sensitive=self._detail.show_secrets))

    def action_view(self) -> None:
        """Show what the chosen tab shows over the full width."""
        if text := self._detail.text:
            self.post_message(ShowValue(self._detail.title, text))

    def action_form(self) -> None:
        """On a narrow screen: back to the form."""
        self.post_message(GoTo("sign_in"))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is a form to go back to on a narrow screen only; elsewhere it stands beside."""
        return action != "form" or self.screen.has_class("-flip")

    def take_focus(self) -> None:
        """Put the focus on the list."""
        self._timeline.focus()

    @on(Timeline.Looked)
    def _look(self, event: Timeline.Looked) -> None:
        event.stop()
        if event.exchange is not None:
            how = self._read_it.get(event.exchange.number, "")
            self._detail.look_at(event.exchange, self._where, how)
