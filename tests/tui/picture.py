"""What is on the screen: as a picture, and as text."""

from __future__ import annotations

import re
from html import unescape
from itertools import groupby
from typing import Any

from textual.app import App

CELL = 12.2
"""The width of a cell in Rich's SVG, in its own units."""


def svg(app: App[Any]) -> str:
    """The screen as an SVG that is the same wherever and whenever it is made."""
    drawn = app.export_screenshot(title="cognito-tui", simplify=True)
    # no fonts from elsewhere: a picture is looked at without telling anybody
    drawn = re.sub(r"\s*@font-face \{[^}]*\}", "", drawn)
    drawn = drawn.replace(
        "Fira Code, monospace", "ui-monospace, DejaVu Sans Mono, Menlo, Consolas, monospace"
    )
    drawn = re.sub(r"terminal-\d+", "terminal", drawn)
    # whole, or cut in a column or by what stands before it
    return re.sub(r"(?<=0\.1:)\d{1,5}", lambda port: "54321"[: len(port[0])], drawn)


def text(picture: str) -> str:
    """The words of a picture, line by line, each where it stands."""
    found = [
        (float(y), round(float(x) / CELL), unescape(words).replace("\xa0", " ").strip("\n"))
        for x, y, words in re.findall(
            r'<text[^>]* x="([\d.]+)" y="([\d.]+)" textLength[^>]*>([^<]*)</text>', picture
        )
    ]
    lines = []
    for _, parts in groupby(sorted(found), key=lambda part: part[0]):
        line = ""
        for _, column, words in parts:
            line = line.ljust(column) + words
        lines.append(line.rstrip())
    return "\n".join(lines)
