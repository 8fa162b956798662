"""Text in columns of fixed width, one line a row; and items that flow without being broken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual.content import Content

from cognito_tui.tui.cells import cut, squeezed

GAP = "  "


@dataclass(frozen=True)
class Cell:
    """`text` is data, taken as it is; `width` is in terminal cells, 0 for the rest of the line."""

    text: str
    width: int
    style: str = ""
    sign: str = ""
    """Markup of ours that stands before the text, one cell wide."""
    keeps_end: bool = False
    """Whether it is cut in the middle where it is too long."""


def line(cells: Sequence[Cell]) -> Content:
    """The cells side by side, each cut with an ellipsis where it is too long."""
    return Content(GAP).join(_cell(cell) for cell in cells)


def _cell(cell: Cell) -> Content:
    sign = Content.from_markup(cell.sign) + " " if cell.sign else Content()
    room = cell.width - sign.cell_length
    cutting = squeezed if cell.keeps_end else cut
    text = cell.text if cell.width == 0 else cutting(cell.text, room)
    return sign + Content.styled(text, cell.style)


def flowed(items: Sequence[Content], width: int) -> Content:
    """The items one after another, in lines of `width` cells, none of them broken."""
    lines: list[Content] = []
    for item in items:
        if lines and lines[-1].cell_length + len(GAP) + item.cell_length <= width:
            lines[-1] = lines[-1] + GAP + item
        else:
            lines.append(item)
    return Content("\n").join(lines)
