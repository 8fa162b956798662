"""What has the focus stays in sight when there is less room, or its surroundings grow."""

from __future__ import annotations

from textual.screen import Screen
from textual.widgets import Input


def keep_focus_in_sight(screen: Screen[object]) -> None:
    """Scroll to what has the focus. Textual does so when the focus moves, but not when the room changes.

    A field is in sight together with the line below it, which says what is wrong with it.
    """
    focused = screen.focused
    if focused is None:
        return
    if isinstance(focused, Input) and focused.parent is not None:
        for beside in focused.parent.query_children(".row-line"):
            beside.scroll_visible(animate=False)
    # as an animation, which takes the place of Textual's own; that was worked out for the old room
    focused.scroll_visible(immediate=True)
