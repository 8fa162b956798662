from __future__ import annotations

import pytest

from cognito_tui.cognito.password_policy import PasswordPolicy


@pytest.mark.parametrize(
    ("password", "unmet"),
    [
        ("Correct-Horse7", []),
        ("short-A1", []),
        ("A-1a", ["8+ long"]),
        ("correct-horse7", ["upper"]),
        ("CORRECT-HORSE7", ["lower"]),
        ("Correct-Horse", ["number"]),
        ("CorrectHorse7", ["symbol"]),
        (" CorrectHorse7 ", ["symbol"]),
        ("Correct Horse7", []),
        ("ÉéÉéÉéÉé-1", ["upper", "lower"]),
        ("", ["8+ long", "upper", "lower", "number", "symbol"]),
    ],
)
def test_cognitos_default_policy(password: str, unmet: list[str]) -> None:
    rules = PasswordPolicy().rules(password)
    assert [rule.word for rule in rules if not rule.met] == unmet
    assert PasswordPolicy().met_by(password) is (not unmet)


def test_a_pool_has_its_own() -> None:
    policy = PasswordPolicy.of(
        {"MinimumLength": 12, "RequireNumbers": True, "TemporaryPasswordValidityDays": 0}
    )
    assert policy.met_by("only-letters-and-1")
    assert not policy.met_by("only-letters")
    assert [rule.word for rule in policy.rules("x")] == ["12+ long", "number"]
    assert policy.temporary_password_days == 7, "0 means the default"


def test_nothing_is_longer_than_cognito_takes() -> None:
    assert not PasswordPolicy().met_by("Aa1-" * 65)
