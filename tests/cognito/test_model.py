from __future__ import annotations

import copy
import dataclasses
import io
import logging
import pickle
import traceback

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from cognito_tui.cognito.model import MASK, Challenge, Secret, region_of
from cognito_tui.cognito.secrecy import sealed
from cognito_tui.cognito.snippets import opened

SENTINEL = "s3ntinel-value"


@dataclasses.dataclass(frozen=True)
class Holder:
    secret: Secret


def test_a_secret_is_shown_by_no_door_but_reveal() -> None:
    secret = Secret(SENTINEL)
    shown = io.StringIO()
    console = Console(file=shown, width=200)
    console.print(secret, Holder(secret), [secret], {"a": secret})
    log = io.StringIO()
    logging.getLogger("test").addHandler(handler := logging.StreamHandler(log))
    logging.getLogger("test").warning("%s %r", secret, Holder(secret))
    logging.getLogger("test").removeHandler(handler)
    trace = "".join(traceback.format_exception(ValueError(secret)))
    everything = (
        f"{secret} {secret!r} {secret!s:>20} {Holder(secret)} {shown.getvalue()}{log.getvalue()}{trace}"
    )
    assert SENTINEL not in everything
    assert MASK in everything
    assert secret.reveal() == SENTINEL


def test_a_secret_is_not_pickled_and_copies_to_itself() -> None:
    secret = Secret(SENTINEL)
    with pytest.raises(TypeError):
        pickle.dumps(secret)
    assert copy.deepcopy(Holder(secret)).secret is secret
    assert dataclasses.asdict(Holder(secret)) == {"secret": secret}


def test_secrets_are_equal_when_their_values_are() -> None:
    assert Secret("a") == Secret("a")
    assert Secret("a") != Secret("b")
    assert Secret("a") != "a"
    assert len({Secret("a"), Secret("a")}) == 1
    assert not Secret("")
    assert len(Secret("four")) == 4


def test_a_fingerprint_tells_secrets_apart_without_their_letters() -> None:
    assert Secret(SENTINEL).fingerprint() == Secret(SENTINEL).fingerprint()
    assert Secret(SENTINEL).fingerprint() != Secret(SENTINEL + "x").fingerprint()
    assert len(Secret(SENTINEL).fingerprint()) == 4


def test_the_region_is_what_stands_before_the_first_underline() -> None:
    assert region_of("eu-west-1_AbC") == "eu-west-1"
    assert region_of("local_3f9c21ab") == "local"
    assert region_of("a_b_c") == "a"


@pytest.mark.parametrize("parameters", [None, {}, "text", [], 5])
def test_odd_challenge_parameters_are_taken_as_empty(parameters: object) -> None:
    challenge = Challenge.of({"ChallengeName": "X", "ChallengeParameters": parameters})
    assert challenge is not None
    assert challenge.parameters == {}
    assert challenge.session is None
    assert challenge.listed("requiredAttributes") == ()
    assert challenge.mapped("userAttributes") == {}


@given(st.text())
def test_json_in_parameters_never_raises_whatever_stands_there(value: str) -> None:
    challenge = Challenge("X", {"requiredAttributes": value, "userAttributes": value})
    assert isinstance(challenge.listed("requiredAttributes"), tuple)
    assert isinstance(challenge.mapped("userAttributes"), dict)


@pytest.mark.parametrize("depth", [400, 501, 100_000])
def test_json_that_nests_for_ever_is_none(depth: int) -> None:
    nested = "[" * depth + "]" * depth
    challenge = Challenge("X", {"userAttributes": f'{{"a": {nested}}}'})
    assert challenge.mapped("userAttributes") == ({"a": nested} if depth == 400 else {})
    assert opened({"ChallengeParameters": {"odd": nested}})["ChallengeParameters"]["odd"] != ""


def test_an_answer_without_a_challenge_has_none() -> None:
    assert Challenge.of({}) is None
    assert Challenge.of({"ChallengeName": ""}) is None


def test_a_challenge_takes_its_session_sealed() -> None:
    challenge = Challenge.of(sealed({"ChallengeName": "X", "Session": "opaque-session"}))
    assert challenge is not None
    assert challenge.session == Secret("opaque-session")
