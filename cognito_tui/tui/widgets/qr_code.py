"""A QR code drawn in characters, for a phone to read off the screen."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest
from typing import Final

from textual.content import Content, Span
from textual.style import Style
from textual.widgets import Static

QUIET: Final = 2
"""Modules left blank around the code. The standard wants four; the phones tried read two."""

_INK, _GROUND = "#000000", "#ffffff"  # the only literal colours: cameras want black on white
_BLANK: Final = {ground: Style.parse(f"on {ground}") for ground in (_INK, _GROUND)}


class QrCode(Static):
    """`text` as a QR code: two modules a cell, one above the other."""

    def __init__(self, text: str, *, id: str | None = None) -> None:  # noqa: A002 Textual's name
        rows = modules(text)
        super().__init__(drawn(rows), id=id)
        self.columns = len(rows[0])
        """Cells it is wide."""
        self.rows = (len(rows) + 1) // 2
        """Cells it is high."""


def modules(text: str) -> list[list[bool]]:
    """The code of `text` row by row, quiet zone included; True is dark."""
    import segno  # noqa: PLC0415 not for the first paint

    code = segno.make_qr(text, error="l", boost_error=False)
    return [[bool(module) for module in row] for row in code.matrix_iter(border=QUIET)]


def drawn(rows: Sequence[Sequence[bool]]) -> Content:
    """`rows` as text: the upper half block is the upper module, its ground the lower one.

    Never the full block: terminals leave seams between rows, at which readers give up. Two equal modules are
    a blank on their ground.
    """
    lines = []
    for upper, lower in zip_longest(rows[::2], rows[1::2], fillvalue=[False] * len(rows[0])):
        pairs = [(_colour(above), _colour(below)) for above, below in zip(upper, lower, strict=True)]
        text = "".join(" " if above == below else "▀" for above, below in pairs)
        spans = [
            Span(n, n + 1, _BLANK[above] if above == below else Style.parse(f"{above} on {below}"))
            for n, (above, below) in enumerate(pairs)
        ]
        lines.append(Content(text, spans))
    return Content("\n").join(lines)


def _colour(dark: bool) -> str:
    return _INK if dark else _GROUND
