from __future__ import annotations

import jwt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cognito_tui.cognito.model import Secret
from cognito_tui.cognito.tokens import claims


def test_the_claims_of_a_jwt_are_read() -> None:
    token = jwt.encode({"username": "ána", "n": 1}, "k" * 32)
    assert claims(Secret(token)) == {"username": "ána", "n": 1}


@pytest.mark.parametrize(
    "token", [None, Secret(""), Secret("a.b"), Secret("a.b.c"), Secret("a.b.c.d.e"), Secret("a.W10.c")]
)
def test_anything_else_has_none(token: Secret | None) -> None:
    assert claims(token) == {}


@given(st.text())
def test_nothing_crashes_it(text: str) -> None:
    assert isinstance(claims(Secret(text)), dict)
    assert isinstance(claims(Secret(f"a.{text}.b")), dict)
