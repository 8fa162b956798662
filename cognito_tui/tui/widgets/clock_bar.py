"""How long a Session is still good for."""

from __future__ import annotations

from collections.abc import Callable

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.timer import Timer
from textual.widgets import ProgressBar

from cognito_tui.tui.say import quiet, say
from cognito_tui.tui.widgets.pane import Head


class ClockBar(Vertical):
    """The challenge's name, the time left in figures, and the same as a bar; it moves once a second."""

    def __init__(self, name: str, seconds: float, now: Callable[[], float]) -> None:
        super().__init__(id="clock")
        self._challenge = name
        self._began = now()
        self._seconds = seconds
        self._now = now
        self._timer: Timer | None = None

    def compose(self) -> ComposeResult:
        """Name and figure, then the bar."""
        yield Head(Content(), Content(), classes="clock-head")
        yield ProgressBar(total=self._seconds, show_percentage=False, show_eta=False)

    def on_mount(self) -> None:
        """Start."""
        self._timer = self.set_interval(1.0, self._tick)
        self._tick()

    def lasts(self, seconds: float) -> None:
        """The client's own AuthSessionValidity is known now; the clock began when the challenge came."""
        self._seconds = seconds
        self.query_one(ProgressBar).update(total=seconds)
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
        self.query_one(Head).show(say("[b $text-warning]$name[/]", name=self._challenge), figure)
        bar = self.query_one(ProgressBar)
        bar.update(progress=left)
        bar.set_class(20 <= left < 60, "-soon")
        bar.set_class(left < 20, "-now")
