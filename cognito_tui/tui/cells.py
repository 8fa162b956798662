"""Data in the cells of a terminal: what is too long is cut."""

from __future__ import annotations

from typing import Final

from rich.cells import cell_len, set_cell_size


def cut(text: str, width: int) -> str:
    """`text` in exactly `width` cells: padded, or cut with an ellipsis."""
    if text.isascii() and len(text) <= width:
        return text.ljust(width)
    if cell_len(text) <= width:
        return set_cell_size(text, width)
    return set_cell_size(text, width - 1) + "…" if width > 0 else ""


def squeezed(text: str, width: int) -> str:
    """`text` in exactly `width` cells: padded, or cut in its middle, where both ends tell it from others."""
    if cell_len(text) <= width or width < SQUEEZABLE:
        return cut(text, width)
    end = text
    while cell_len(end) > width * 5 // 8:
        end = end[1:]
    return cut(text, width - cell_len(end)) + end


SQUEEZABLE: Final = 8
"""Cells, of which fewer are better used for the beginning alone."""
