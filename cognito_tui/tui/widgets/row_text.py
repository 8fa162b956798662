"""The text of a row in a list."""

from __future__ import annotations

from typing import ClassVar

from textual.widgets import Static


class RowText(Static):
    """Words that are clicked, not selected.

    Textual 8.2.8 crashes when the mouse is pressed on selectable text that is being taken away, as rows of a
    list are when it is shown anew.
    """

    ALLOW_SELECT: ClassVar[bool] = False
