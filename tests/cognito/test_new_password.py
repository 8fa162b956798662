from __future__ import annotations

import random
import shlex
from collections import Counter
from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cognito_tui.cognito.model import MASK, Secret
from cognito_tui.cognito.new_password import SHORTEST, handing_over, new_password
from cognito_tui.cognito.password_policy import LONGEST, PasswordPolicy
from tests.service_model import matches, model

POLICIES = st.builds(
    PasswordPolicy,
    minimum_length=st.integers(6, 99),
    uppercase=st.booleans(),
    lowercase=st.booleans(),
    numbers=st.booleans(),
    symbols=st.booleans(),
)


@given(POLICIES, st.integers(0, 40), st.randoms(use_true_random=False))
def test_every_policy_is_met(policy: PasswordPolicy, shortest: int, chance: random.Random) -> None:
    password = new_password(policy, chance.randbytes, shortest=shortest).reveal()
    assert policy.met_by(password)
    assert len(password) == max(policy.minimum_length, shortest)
    assert matches(model()["shapes"]["PasswordType"]["pattern"], password)
    assert not set(password) & set("0O1lIo")
    assert shlex.quote(password) == password
    assert password[0].isalpha()
    assert password[-1].isalpha()
    assert policy.symbols or password.isalnum()


def test_it_is_long_where_the_policy_wants_little() -> None:
    assert len(new_password(PasswordPolicy(minimum_length=6), random.Random(1).randbytes)) == SHORTEST
    assert SHORTEST >= 16


def test_lengths_of_the_service_model_fit() -> None:
    limits = model()["shapes"]["PasswordPolicyMinLengthType"]
    assert limits["max"] < LONGEST
    assert limits["min"] >= 6, "room for each kind and a letter at both ends"


def test_a_source_that_always_says_the_same_ends_too() -> None:
    assert PasswordPolicy().met_by(new_password(PasswordPolicy(), bytes).reveal())


def test_two_are_not_the_same_and_neither_is_shown() -> None:
    chance = random.Random(2)
    one, other = (new_password(PasswordPolicy(), chance.randbytes) for _ in range(2))
    assert one != other
    assert MASK in f"{one!r}"
    assert one.reveal() not in repr(one)


@pytest.mark.parametrize("symbols", [False, True])
def test_no_character_of_a_kind_is_favoured(symbols: bool) -> None:
    """Chi-squared of each kind; bytes taken modulo the alphabet would favour a half of it by a quarter."""
    chance = random.Random(3)
    policy = PasswordPolicy(minimum_length=99, symbols=symbols)
    seen = Counter("".join(new_password(policy, chance.randbytes).reveal() for _ in range(600)))
    for kind, size in ((str.isupper, 24), (str.islower, 24), (str.isdigit, 8), (_is_symbol, 5 * symbols)):
        counts = [count for letter, count in seen.items() if kind(letter)]
        assert len(counts) == size
        mean = sum(counts) / max(size, 1)
        chi_squared = sum((count - mean) ** 2 / mean for count in counts)
        assert chi_squared <= size + 6 * (2 * size) ** 0.5


def _is_symbol(letter: str) -> bool:
    return not letter.isalnum()


def test_every_place_can_have_every_kind() -> None:
    chance = random.Random(4)
    made = [new_password(PasswordPolicy(), chance.randbytes).reveal() for _ in range(1500)]
    for place in range(1, SHORTEST - 1):
        kinds = {
            "symbol" if not each.isalnum() else "digit" if each.isdigit() else each.isupper()
            for each in (password[place] for password in made)
        }
        assert len(kinds) == 4, place


def test_the_message_of_a_temporary_password_says_until_when() -> None:
    expires = datetime(2026, 11, 21, 10, 12, tzinfo=timezone(timedelta(hours=1)))
    message = handing_over("b.okafor", Secret("Tmp-Pass9"), expires)
    assert message.reveal().splitlines() == [
        "Username: b.okafor",
        "Temporary password: Tmp-Pass9",
        "Sign in before 2026-11-21 09:12 UTC; you will be asked for a password of your own.",
    ]
    assert "Tmp-Pass9" not in f"{message} {message!r}"


def test_the_message_of_a_permanent_password() -> None:
    assert handing_over("ana", Secret("Correct-Horse7")).reveal() == "Username: ana\nPassword: Correct-Horse7"
