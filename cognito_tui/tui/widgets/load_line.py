"""How far the list has come: a bar, and the same in words."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import ProgressBar, Static

from cognito_tui.tui.listing import Progress, Stage
from cognito_tui.tui.say import DONE, FAILED, NEEDS, OPEN, key, say


class LoadLine(Horizontal):
    """One line below the list."""

    def __init__(self) -> None:
        super().__init__(classes="load-line")
        self._bar = ProgressBar(total=None, show_percentage=False, show_eta=False)
        self._words = Static("", classes="load-words cut")

    def compose(self) -> ComposeResult:
        """Bar, words."""
        yield self._bar
        yield self._words

    def show(self, progress: Progress) -> None:
        """Say how far it has come."""
        self._words.update(words(progress), layout=False)
        known = progress.about is not None or progress.stage is Stage.DONE
        self._bar.visible = known and not progress.searched
        self._bar.update(total=max(progress.about or 0, progress.loaded, 1), progress=progress.loaded)
        self._bar.set_class(progress.stage is Stage.DONE, "-done")


def words(progress: Progress) -> Content:
    """How far it has come, and the key that stops it or goes on."""
    what = {"loaded": f"{progress.loaded:,}", "about": _about(progress)}
    match progress.stage:
        case Stage.LOADING if progress.searched:
            template = f"asking Cognito · {key('esc')} [$foreground 72%]stops · $searched[/]"
        case Stage.LOADING:
            template = f"[b]$loaded[/]$about loaded · {key('esc')} [$foreground 72%]stops[/]"
        case Stage.WAITING:
            template = f"{NEEDS} [b]$loaded[/]$about · too fast for Cognito, goes on in $waits s"
        case Stage.STOPPED:
            template = f"{OPEN} stopped at [b]$loaded[/]$about · {key('l')} [$foreground 72%]loads on[/]"
        case Stage.FAILED:
            template = f"{FAILED} [b]$loaded[/]$about, then $error · {key('l')} [$foreground 72%]tries on[/]"
        case Stage.DONE if progress.searched:
            template = f"{DONE} [b]$loaded[/] found · {key('esc')} [$foreground 72%]shows all · $searched[/]"
        case Stage.DONE:
            template = f"{DONE} all [b]$loaded[/] loaded [$foreground 72%]· $at[/]"
        case Stage.IDLE:
            template = ""
    return say(
        template,
        **what,
        at=progress.at,
        waits=f"{progress.waits:.0f}",
        error=progress.error.name if progress.error else "",
        searched=progress.searched,
    )


def _about(progress: Progress) -> str:
    if progress.about is None or progress.about < progress.loaded:
        return ""
    return f" of ~{progress.about:,}"
