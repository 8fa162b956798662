"""What every dialog has."""

from __future__ import annotations

from typing import ClassVar, TypeVar

from textual.binding import Binding, BindingType
from textual.screen import ModalScreen

from cognito_tui.tui.screens.app_screen import AppScreen

Result = TypeVar("Result")


class Dialog(ModalScreen[Result | None], AppScreen[Result | None]):
    """A modal screen that escape leaves, giving None."""

    VERTICAL_BREAKPOINTS = [(0, "-tiny"), (18, "-short"), (36, "-tall")]  # noqa: RUF012 as Textual declares it

    sensitive: bool = False
    """Whether what is selected on it with the mouse is cleared from the clipboard again."""

    _leaves_with: tuple[Result | None] | None = None

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "cancel", "Cancel", key_display="esc")]

    def leave(self, result: Result | None) -> None:
        """Dismiss it once it is on top: the palette or the help may stand above it when its work is done."""
        if self.is_active:
            self.dismiss(result)
        else:
            self._leaves_with = (result,)

    def on_screen_resume(self) -> None:
        """What stood above is gone."""
        if self._leaves_with is not None:
            self.dismiss(*self._leaves_with)

    def action_cancel(self) -> None:
        """Leave, changing nothing."""
        self.dismiss(None)
