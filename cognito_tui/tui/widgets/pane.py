"""The frames of the interface: one level of border, ever."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.geometry import Size
from textual.markup import escape
from textual.widget import Widget
from textual.widgets import Static


class Pane(Vertical):
    """A bordered part of a place: `title` says what it is, `subtitle` holds a fact or a key."""

    def __init__(
        self,
        *children: Widget,
        title: str = "",
        subtitle: str = "",
        id: str | None = None,  # noqa: A002 Textual's name
        classes: str = "",
    ) -> None:
        super().__init__(*children, id=id, classes=f"pane {classes}")
        self.border_title = escape(title)
        self.border_subtitle = escape(subtitle)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As high as what is in it, in the width it will have beside a gutter.

        Textual 8.2.8 measures without the gutter: a line that is broken because of it would have no room.
        """
        styles = self.styles
        if styles.scrollbar_gutter == "stable" and styles.overflow_y == "auto":
            width -= styles.scrollbar_size_vertical
        return super().get_content_height(container, viewport, width)


class Section(Static):
    """A heading inside a pane: a thin rule with a word in it."""

    def __init__(self, title: str, classes: str = "") -> None:
        super().__init__("", classes=f"section {classes}")
        self.border_title = f" {escape(title)} "


class Head(Horizontal):
    """One line with something at either end."""

    def __init__(self, left: Content, right: Content | None = None, classes: str = "") -> None:
        super().__init__(classes=f"head {classes}")
        self._left = Static(left, classes="fill")
        self._right = Static(right or Content(), classes="right")

    def compose(self) -> ComposeResult:
        """Left, right."""
        yield self._left
        yield self._right

    def show(self, left: Content, right: Content) -> None:
        """Put other words at the ends."""
        self._left.update(left)
        self._right.update(right)
