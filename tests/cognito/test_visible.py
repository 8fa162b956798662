from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cognito_tui.cognito.visible import one_line, visible


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("ána [/red]", "ána [/red]"),
        ("a\nb\x1b[2J", "a\\x0ab\\x1b[2J"),
        ("a\u202eb", "a\\u202eb"),
        ("a\u00a0b", "a\\xa0b"),
        ("\ud800", "\\ud800"),
        ("\x9b", "\\x9b"),
    ],
)
def test_what_cannot_be_seen_is_written_out(text: str, seen: str) -> None:
    assert visible(text) == seen


@pytest.mark.parametrize(
    ("value", "seen"),
    [
        ("", '""'),
        ("a", "a"),
        (True, "true"),
        (None, "null"),
        (1, "1"),
        ([], "[]"),
        (["admins", "beta"], "admins, beta"),
        ([1, "a"], '[1, "a"]'),
        ({"a": "\x1b"}, '{"a": "\\u001b"}'),
        (["a\nb"], "a\\x0ab"),
    ],
)
def test_a_value_of_json_is_one_line(value: object, seen: str) -> None:
    assert one_line(value) == seen


@given(st.text())
def test_nothing_moves_the_cursor(text: str) -> None:
    assert len(visible(text).splitlines()) <= 1
