"""How long a Session is still good for."""

from __future__ import annotations

from collections.abc import Callable

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import ProgressBar

from cognito_tui.tui.say import quiet, say
from cognito_tui.tui.widgets.pane import Head


class ClockBar(Vertical):
    """The challenge's name, the time left in figures, and the same as a bar; it moves once a second."""

    def __init__(self, name: str, seconds: float, now: Callable[[], float], began: float) -> None:
        super().__init__(id="clock")
        self._challenge = name
        self._began = began
        self._seconds = seconds
        self._now = now
        self._head = Head(Content(), Content())
        self._bar = ProgressBar(total=seconds, show_percentage=False, show_eta=False)

    def compose(self) -> ComposeResult:
        """Name and figure, then the bar."""
        yield self._head
        yield self._bar

    def on_mount(self) -> None:
        """Start."""
        self.set_interval(1.0, self._tick)
        self._tick()

    def lasts(self, seconds: float) -> None:
        """The client's own AuthSessionValidity is known now; the clock began when the challenge came."""
        self._seconds = seconds
        self._bar.update(total=seconds)
        self._tick()

    @property
    def left(self) -> float:
        """Seconds left, never below 0."""
        return max(0.0, self._seconds - (self._now() - self._began))

    def _tick(self) -> None:
        left = self.left
        minutes, seconds = divmod(round(left), 60)
        figure = (
            say("[b]$left[/] left", left=f"{minutes}:{seconds:02}")
            if left
            else quiet("the Session has expired")
        )
        self._head.show(say("[b $text-warning]$name[/]", name=self._challenge), figure)
        self._bar.update(progress=left)
        self._bar.set_class(20 <= left < 60, "-soon")
        self._bar.set_class(left < 20, "-now")
