"""One token at a glance: what it is worth, how long yet, and how it begins."""

from __future__ import annotations

from dataclasses import dataclass

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import ProgressBar, Static

from cognito_tui.cognito.model import Secret
from cognito_tui.tui.say import quiet, say
from cognito_tui.tui.widgets.pane import Pane

_BEGINNING = 10
"""Characters of a token that tell nothing but what it is."""

_DOTS = "••••"


@dataclass(frozen=True)
class Glance:
    """What a card shows: `left` of `lasts` seconds as a bar, none where it is not known."""

    state: Content
    figure: Content
    token: Secret | None
    note: str = ""
    left: float | None = None
    lasts: float = 1.0


class TokenCard(Pane):
    """The card of one of the three; a click chooses it."""

    @dataclass
    class Chosen(Message):
        """The person wants to look at the token."""

        member: str

    def __init__(self, number: int, title: str, member: str) -> None:
        super().__init__(title=title, classes="token-card")
        self.border_title = f"[b $text-accent]{number}[/] {title}"
        self._member_shown = member
        self._state = Static("", classes="fill one-line")
        self._figure = Static("", classes="right one-line")
        self._bar = ProgressBar(total=1.0, show_percentage=False, show_eta=False)
        self._text = Static("", classes="one-line wideonly")
        self._note = Static("", classes="one-line narrowonly")
        self._glance: Glance | None = None

    def compose(self) -> ComposeResult:
        """State and figure, the bar, the beginning of the token."""
        with Horizontal(classes="head"):
            yield self._state
            yield self._figure
            yield Static(quiet(" left"), classes="wideonly token-left")
        yield self._bar
        yield self._text
        yield self._note

    def show(self, glance: Glance, *, chosen: bool) -> None:
        """Paint it; nothing when it is the same."""
        self.set_class(chosen, "-chosen")
        if glance == self._glance:
            return
        self._glance = glance
        self._state.update(glance.state)
        self._figure.update(glance.figure)
        self.set_class(not glance.left, "-over")
        self._bar.visible = glance.left is not None
        if glance.left is not None:
            self._bar.update(total=max(glance.lasts, 1.0), progress=max(glance.left, 0.0))
            self._bar.set_class(20 <= glance.left < 60, "-soon")
            self._bar.set_class(glance.left < 20, "-now")
        self._text.update(_text(glance))
        self._note.update(quiet(_note(glance)))

    def on_click(self, event: events.Click) -> None:
        """Choose it."""
        event.stop()
        self.post_message(self.Chosen(self._member_shown))


def _text(glance: Glance) -> Content:
    if glance.token is None:
        return say("[$foreground 72%]none came[/]")
    return say(
        "[$foreground 72%]$beginning…$dots[/]  [$foreground 72%]$note[/]",
        beginning=glance.token.reveal()[:_BEGINNING],
        dots=_DOTS,
        note=_note(glance),
    )


def _note(glance: Glance) -> str:
    return glance.note or (f"{len(glance.token):,} characters" if glance.token else "")
