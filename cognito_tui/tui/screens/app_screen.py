"""What every screen has: the classes of its size, and what is done when that changes."""

from __future__ import annotations

from typing import TypeVar

from textual import events, on
from textual.screen import Screen

from cognito_tui.tui.sight import WIDE, keep_focus_in_sight

Result = TypeVar("Result")


class AppScreen(Screen[Result]):
    """A screen that is styled once when it opens.

    Textual 8.2.8 styles a new screen when its widgets are mounted, once more when it learns its size, and
    again each time it hears that it is on top, twice for a place.
    """

    HORIZONTAL_BREAKPOINTS = [(0, "-slim"), (64, "-narrow"), (WIDE, "-wide")]  # noqa: RUF012 as Textual declares it

    _is_new: bool = True

    def on_compose(self) -> None:
        """Have the classes of the size before there is anything to style by them."""
        size = self.app.size
        ways = (self.HORIZONTAL_BREAKPOINTS or [], size.width), (self.VERTICAL_BREAKPOINTS or [], size.height)
        for steps, cells in ways:
            self.add_class(next(name for least, name in reversed(steps) if cells >= least), update=False)

    @on(events.ScreenResume)
    def _is_styled(self, event: events.ScreenResume) -> None:
        """What is on top for the first time is not out of date."""
        if self._is_new:
            event.refresh_styles = False

    @on(events.ScreenSuspend)
    def _may_be_out_of_date(self) -> None:
        self._is_new = False

    def on_resize(self) -> None:
        """Keep in sight what has the focus."""
        self.call_after_refresh(keep_focus_in_sight, self)
