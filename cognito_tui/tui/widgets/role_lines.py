"""Lists whose lines are made when they are seen: words in roles, each with its colour of the theme."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Final

from rich.segment import Segment
from rich.style import Style as RichStyle
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.style import Style

from cognito_tui.tui.user_rows import Part, Role

SCROLLBAR: Final = 1
"""It is always there: a list that fills up does not move its columns."""


class RoleLines(ScrollView):
    """Paints words in roles, on the ground of the cursor, of the pointer, or of neither."""

    ALLOW_SELECT: ClassVar[bool] = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "role-lines--cursor",
        "role-lines--hover",
        *(f"role-lines--{role}" for role in Role),
    }

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 Textual's name
        super().__init__(id=id)
        self._paints: dict[tuple[str, Role], RichStyle] = {}

    @property
    def room(self) -> int:
        """Cells of a line; Textual counts those of the scrollbar as well."""
        return max(0, self.size.width - SCROLLBAR)

    def notify_style_update(self) -> None:
        """Another theme, or the focus has come or gone."""
        self._paints.clear()
        super().notify_style_update()

    def painted(self, parts: Sequence[Part], ground: str = "") -> Strip:
        """A line of these words, on that ground."""
        segments = [Segment(text, self._paint(ground, role)) for text, role in parts]
        return Strip(segments).adjust_cell_length(self.room, self._paint(ground, Role.TEXT))

    def blank(self) -> Strip:
        """A line with nothing on it."""
        return Strip.blank(self.room, self._paint("", Role.TEXT))

    def _paint(self, ground: str, role: Role) -> RichStyle:
        """A role's colour on a ground, both of the theme in use."""
        style = self._paints.get((ground, role))
        if style is None and ground == "cursor" and self.app.native_ansi_color:
            style = self._paints[ground, role] = RichStyle(reverse=True)
        elif style is None:
            under = self.get_visual_style(*([f"role-lines--{ground}"] if ground else []))
            colour = self.get_component_styles(f"role-lines--{role}").color
            style = self._paints[ground, role] = (under + Style(foreground=colour)).rich_style
        return style
