"""Text in cells."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from cognito_tui.tui.cells import squeezed


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Practice / Choice app", "Pract…oice app"),
        ("fourteen cells", "fourteen cells"),
        ("short", "short         "),
        ("日本語のプール / アプリ", "日本 …/ アプリ"),
    ],
)
def test_what_is_too_long_keeps_both_its_ends(text: str, expected: str) -> None:
    assert squeezed(text, 14) == expected
    assert all(cell_len(squeezed(text, width)) == width for width in range(30))
