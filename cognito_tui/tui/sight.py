"""What Textual 8.2.8 leaves as it was when the room changes: what is in sight, how wide a button is."""

from __future__ import annotations

from typing import Final

from textual.screen import Screen
from textual.widgets import Button, Input

WIDE: Final = 100
"""Cells a screen has at least to be called wide."""


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


def relabel(button: Button, label: str) -> None:
    """Call a button something else. Textual 8.2.8 leaves it as wide as it was until something moves."""
    if str(button.label) != label:
        button.label = label
        button.refresh(layout=True)
