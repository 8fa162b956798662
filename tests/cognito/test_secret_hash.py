from __future__ import annotations

import base64
import hashlib
import hmac
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pycognito.aws_srp import AWSSRP

from cognito_tui.cognito.model import Challenge, Secret
from cognito_tui.cognito.secret_hash import Subject, secret_hash

RFC_4231 = [
    # (key, message, HMAC-SHA-256): test cases of RFC 4231 whose key and message are text
    (
        "Jefe",
        "what do ya want for nothing?",
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
    ),
    ("\x0b" * 20, "Hi There", "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"),
]


@pytest.mark.parametrize(("key", "message", "digest"), RFC_4231)
def test_it_is_the_hmac_of_rfc_4231(key: str, message: str, digest: str) -> None:
    made = secret_hash(message[:4], message[4:], Secret(key))
    assert base64.b64decode(made).hex() == digest


def test_the_vector_of_the_developer_guides_example_values() -> None:
    made = secret_hash("jane@example.com", "1example23456789", Secret("9example87654321"))
    assert made == "3GKfK9s71s8jwQ2eEiv4CJU43W3AXXI55lGqw2yKfT0="


@given(st.text(), st.text(), st.text(min_size=1))
def test_it_is_what_anybody_else_computes(username: str, client_id: str, secret: str) -> None:
    try:
        message = (username + client_id).encode()
        key = secret.encode()
    except UnicodeEncodeError:
        with pytest.raises(UnicodeEncodeError):
            secret_hash(username, client_id, Secret(secret))
        return
    expected = base64.b64encode(hmac.new(key, message, hashlib.sha256).digest()).decode()
    assert secret_hash(username, client_id, Secret(secret)) == expected


def test_pycognito_computes_the_same() -> None:
    draw = random.Random(7)
    for _ in range(50):
        user, client, secret = (f"{draw.getrandbits(128):x}" for _ in range(3))
        assert secret_hash(user, client, Secret(secret)) == AWSSRP.get_secret_hash(user, client, secret)


@pytest.mark.parametrize(
    ("username", "other"),
    [("Ana", "ana"), ("ana ", "ana"), ("ana\n", "ana"), ("\u00c9", "E\u0301")],
    ids=["case", "blank", "line break", "normal form"],
)
def test_nothing_is_trimmed_folded_or_normalised(username: str, other: str) -> None:
    assert secret_hash(username, "c", Secret("s")) != secret_hash(other, "c", Secret("s"))


def test_the_subject_is_what_cognito_calls_the_user_as_soon_as_it_says_so() -> None:
    typed = Subject("ana@example.com")
    assert typed.typed
    assert typed.after(Challenge("CUSTOM_CHALLENGE", {})) == typed
    told = typed.after(Challenge("NEW_PASSWORD_REQUIRED", {"USER_ID_FOR_SRP": "7d1f", "USERNAME": "other"}))
    assert told == Subject("7d1f", "USER_ID_FOR_SRP")
    assert not told.typed
    by_name = typed.after(Challenge("NEW_PASSWORD_REQUIRED", {"USERNAME": "7d1f"}))
    assert by_name == Subject("7d1f", "ChallengeParameters.USERNAME")
    assert not by_name.typed


def test_a_refresh_is_over_what_the_token_calls_its_owner() -> None:
    assert not Subject.canonical("7d1f").typed
    assert Subject.canonical("7d1f").username == "7d1f"


def test_the_subject_stays_once_it_was_told() -> None:
    told = Subject("ana@example.com").after(Challenge("PASSWORD_VERIFIER", {"USER_ID_FOR_SRP": "7d1f"}))
    assert told.after(Challenge("SMS_MFA", {})) == told


def test_a_subject_told_as_typed_is_still_typed() -> None:
    assert Subject("ana").after(Challenge("X", {"USER_ID_FOR_SRP": "ana"})).typed
