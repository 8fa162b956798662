"""One exchange in full: its request, its answer, and the same call for other programs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Static, Tab, Tabs

from cognito_tui.cognito import snippets
from cognito_tui.cognito.errors import CognitoError, Refused
from cognito_tui.cognito.snippets import Where
from cognito_tui.cognito.steps import Call
from cognito_tui.tui.say import DONE, FAILED, plain, quiet, say
from cognito_tui.tui.widgets.pane import Head, Pane
from cognito_tui.walk import Exchange, Reply


@dataclass(frozen=True)
class View:
    """A tab of the detail. `language` is how it is coloured, `note` stands under it."""

    id: str
    title: str
    language: str
    render: Callable[[Call, Where, bool], str]
    note: str = ""


VIEWS: Final = (
    View("request", "Request", "json", lambda call, _where, show: snippets.as_json(call.params, show=show)),
    View("response", "Response", "json", lambda _call, _where, _show: ""),
    View("curl", "curl", "bash", lambda call, where, show: snippets.curl(call, where, show=show)),
    View("cli", "AWS CLI", "bash", lambda call, where, show: snippets.aws_cli(call, where, show=show)),
    View("boto3", "boto3", "python", lambda call, where, show: snippets.boto3(call, where, show=show)),
)


class Detail(Pane):
    """The pane below the conversation."""

    show_secrets: reactive[bool] = reactive(False)

    def __init__(self) -> None:
        super().__init__(id="detail", classes="grow")
        self._call: Call | None = None
        self._exchange: Exchange | None = None
        self._where = Where("")
        self._read_it = ""
        self._tabs = Tabs(*(Tab(view.title, id=view.id) for view in VIEWS), active="request")
        self._head = Head(Content(), Content(), classes="detail-head")
        self._text = Static("")
        self._note_line = Static("", id="detail-note")

    def compose(self) -> ComposeResult:
        """Tabs, and the chosen one's text, which scrolls."""
        yield self._tabs
        yield VerticalScroll(self._head, self._text, self._note_line, id="detail-scroll")

    def preview(self, call: Call, where: Where) -> None:
        """Show the call that enter would make."""
        if self._exchange is not None and self._tabs.active == "response":
            self._tabs.active = "request"
        self._call, self._exchange, self._where = call, None, where
        self.border_title = f"{call.operation} · preview"
        self._paint()

    def look_at(self, exchange: Exchange, where: Where, read_it: str = "") -> None:
        """Show an exchange; `read_it` says how its answer is to be read."""
        arrived = (
            self._exchange is None or self._exchange.number != exchange.number or not self._exchange.over
        )
        self._call, self._exchange, self._where, self._read_it = exchange.call, exchange, where, read_it
        self.border_title = f"Exchange {exchange.number} · {exchange.call.operation}"
        if arrived and exchange.over and self._tabs.active == "request":
            self._tabs.active = "response"
        self._paint()

    @property
    def text(self) -> str:
        """The text of the chosen tab, as it stands there."""
        view = self._view
        if self._call is None:
            return ""
        if view.id == "response":
            return _response(self._exchange, show=self.show_secrets)
        return view.render(self._call, self._where, self.show_secrets)

    @property
    def title(self) -> str:
        """What the chosen tab holds, for a message."""
        return f"{self._view.title} of {self._call.operation}" if self._call else ""

    @property
    def _view(self) -> View:
        return next((view for view in VIEWS if view.id == self._tabs.active), VIEWS[0])

    def on_tabs_tab_activated(self, event: Tabs.TabActivated) -> None:
        """Another tab was chosen."""
        event.stop()
        self._paint()

    def watch_show_secrets(self) -> None:
        """Mask or show."""
        self.border_subtitle = (
            "secrets shown · F8 masks" if self.show_secrets else "secrets masked · F8 shows"
        )
        if self.is_mounted:
            self._paint()

    @property
    def _has_json_in_strings(self) -> bool:
        body = self._exchange.reply.body if self._exchange and self._exchange.reply else {}
        return snippets.opened(body) != body

    def _paint(self) -> None:
        view, exchange = self._view, self._exchange
        self._head.display = view.id == "response" and exchange is not None and exchange.over
        if exchange is not None and exchange.over:
            self._head.show(*_headline(exchange))
        self._text.update(_coloured(self.text, view.language))
        self._note_line.update(self._note(view))

    def _note(self, view: View) -> Content:
        if view.id == "response":
            if self._exchange is None:
                return quiet("Nothing sent yet.")
            if not self._exchange.over:
                return quiet("No answer yet.")
            return quiet(self._read_it or _OPENED if self._has_json_in_strings else self._read_it)
        if self._call is None:
            return plain("")
        if view.id != "request" and self._call.signed:
            return quiet("signed with AWS credentials")
        return quiet("needs no AWS credentials" if view.id != "request" else "")


_OPENED: Final = "JSON that came inside strings is shown opened."


def _headline(exchange: Exchange) -> tuple[Content, Content]:
    took = f"{exchange.seconds * 1000:.0f} ms"
    if isinstance(exchange.reply, Reply):
        reply = exchange.reply
        left = say(
            f"{DONE} HTTP $status [$foreground 72%]· $took$id[/]",
            status=reply.status,
            took=took,
            id=_request_id(reply.request_id),
        )
        return left, quiet(f"{reply.size / 1000:.1f} kB" if reply.size else "")
    error = exchange.error
    if isinstance(error, Refused):
        left = say(
            f"{FAILED} HTTP $status [$foreground 72%]· $took$id[/]",
            status=error.status,
            took=took,
            id=_request_id(error.request_id),
        )
        return left, plain("")
    return say(
        f"{FAILED} $name [$foreground 72%]· $took[/]", name=error.name if error else "", took=took
    ), plain("")


def _request_id(request_id: str) -> str:
    return f" · request id {request_id[:4]}…{request_id[-2:]}" if len(request_id) > 8 else ""


def _response(exchange: Exchange | None, *, show: bool) -> str:
    if exchange is None or not exchange.over:
        return ""
    if exchange.reply is not None:
        return snippets.as_json(snippets.opened(exchange.reply.body), show=show)
    error = exchange.error
    if isinstance(error, Refused):
        return snippets.as_json({"__type": error.code, "message": error.message}, show=show)
    return error.sentence if isinstance(error, CognitoError) else ""


def _coloured(text: str, language: str) -> Content:
    if not text:
        return Content()
    from cognito_tui.tui.colouring import coloured  # noqa: PLC0415 pygments is not for the first paint

    return coloured(text, language)
