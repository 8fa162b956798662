"""What a pane holds, and scrolls where the screen is low."""

from __future__ import annotations

from textual.containers import VerticalScroll
from textual.widget import Widget

from cognito_tui.tui.sight import keep_focus_in_sight


class Body(VerticalScroll, can_focus=False):
    """Keeps in sight what has the focus: help is for the field one is in, so rows grow and shrink with it."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 Textual's name
        super().__init__(id=id)
        self._first: Widget | None = None

    def begin(self, first: Widget) -> None:
        """Put the focus on `first`.

        Until the person goes on from there, as much of the top is shown as can be with `first` in sight. What
        is looked up comes late, and the pane would stand higher or lower depending on what came when.
        """
        self._first = first
        first.focus(scroll_visible=False)
        self.call_after_refresh(self._settle)

    def watch_virtual_size(self) -> None:
        """The rows take more room, or less."""
        self.call_after_refresh(self._settle)

    def on_resize(self) -> None:
        """There is more room for the rows, or less."""
        self.call_after_refresh(self._settle)

    def _settle(self) -> None:
        focused = self.screen.focused if self.is_attached else None
        if focused is None or self not in focused.ancestors:
            return
        if focused is self._first:
            self.scroll_to(y=0, animate=False, immediate=True)
        keep_focus_in_sight(self.screen)
