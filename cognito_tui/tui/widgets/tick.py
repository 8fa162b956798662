"""A check box whose shape tells its state, not its colour alone."""

from __future__ import annotations

from textual.widgets import Checkbox


class Tick(Checkbox):
    """□ or ■."""

    BUTTON_LEFT = BUTTON_RIGHT = " "

    @property
    def BUTTON_INNER(self) -> str:  # type: ignore[override]  # noqa: N802 Textual's name, there a constant
        """The sign for the state."""
        return "■" if self.value else "□"
