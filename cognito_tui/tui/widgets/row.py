"""A row of a list that paints itself."""

from __future__ import annotations

from typing import ClassVar

from textual.content import Content
from textual.widgets import ListItem

from cognito_tui.tui.sight import WIDE


class Row(ListItem):
    """One widget, not one for each word: each is made, styled and laid out. Its height is the style's.

    It is clicked, not selected: Textual 8.2.8 crashes when the mouse is pressed on selectable text that is
    being taken away, as rows of a list are when it is shown anew.
    """

    ALLOW_SELECT: ClassVar[bool] = False

    def __init__(self, wide: Content | None = None, narrow: Content | None = None) -> None:
        super().__init__(classes="one-line")
        self.paint(wide or Content(), narrow)

    def paint(self, wide: Content, narrow: Content | None = None) -> None:
        """Show other words; on a narrow screen `narrow`, where there is another text for it."""
        self._wide, self._narrow = wide, wide if narrow is None else narrow
        self.refresh()

    def render(self) -> Content:
        """The words for this screen."""
        return self._wide if self.screen.size.width >= WIDE else self._narrow


def ends(left: Content, right: Content, width: int) -> Content:
    """A line of `width` cells: `left`, cut with an ellipsis where it is too long, and `right` at the end."""
    room = max(width - right.cell_length, 0)
    return left.truncate(room, ellipsis=True, pad=True) + right
