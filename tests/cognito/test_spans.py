from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cognito_tui.cognito.spans import countdown, from_now, moment, span
from tests.cognito.jwts import NOW


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "0 s"),
        (59.9, "59 s"),
        (60, "1 min"),
        (7199, "119 min"),
        (7200, "2 h"),
        (172_800, "2 days"),
        (-90, "1 min"),
    ],
)
def test_a_span(seconds: float, words: str) -> None:
    assert span(seconds) == words


@pytest.mark.parametrize(("seconds", "words"), [(2520, "in 42 min"), (-1080, "18 min ago"), (0, "0 s ago")])
def test_how_far_away(seconds: float, words: str) -> None:
    assert from_now(seconds) == words


@pytest.mark.parametrize(
    ("seconds", "figure"),
    [
        (2537.9, "42:17"),
        (9, "0:09"),
        (-5, "0:00"),
        (20537, "5:42:17"),
        (172_799, "47:59:59"),
        (2_592_000, "30 days"),
    ],
)
def test_a_countdown(seconds: float, figure: str) -> None:
    assert countdown(seconds) == figure


def test_a_moment() -> None:
    assert moment(NOW) == "1 Mar 2026 12:00:00 UTC"
    assert moment(0.7) == "1 Jan 1970 00:00:00 UTC"
    assert moment(1e15) == "1000000000000000 seconds since 1970"


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_no_number_crashes_them(seconds: float) -> None:
    assert moment(seconds)
    assert span(seconds)
    assert countdown(seconds)
