from __future__ import annotations

from cognito_tui.cognito.differences import Difference, differences
from tests.cognito.jwts import ID, NOW, altered, jwt


def test_the_claims_that_differ_are_told_with_both_values() -> None:
    after = altered(ID, exp=NOW + 6000, given_name=..., custom__tier="gold")
    assert differences(jwt(ID), jwt(after)) == (
        Difference("exp", NOW + 2520, NOW + 6000),
        Difference("custom:tier", None, "gold", was_there=False),
        Difference("given_name", "Ana", None, is_there=False),
    )


def test_the_same_token_differs_in_nothing() -> None:
    assert differences(jwt(), jwt()) == ()


def test_null_is_not_nothing_and_true_is_not_one() -> None:
    assert differences(jwt({"a": None, "b": {"c": 1}}), jwt({"b": {"c": True}})) == (
        Difference("b", {"c": 1}, {"c": True}),
        Difference("a", None, None, is_there=False),
    )
