"""The rows of a form, which scroll where the screen is low."""

from __future__ import annotations

from textual.containers import VerticalScroll

from cognito_tui.tui.sight import keep_focus_in_sight


class Fields(VerticalScroll, can_focus=False):
    """Keeps in sight what has the focus: help is for the field one is in, so rows grow and shrink with it."""

    def watch_virtual_size(self) -> None:
        """The rows take more room, or less."""
        self.call_after_refresh(keep_focus_in_sight, self.screen)
