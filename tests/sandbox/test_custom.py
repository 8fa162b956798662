"""CUSTOM_AUTH, with and without SRP: two riddles."""

from __future__ import annotations

from typing import Any

import pytest

from cognito_tui.cognito.model import UserStatus
from tests.sandbox.house import PASSWORD, House, secret_hash
from tests.sandbox.prover import Prover

WRONG = ("NotAuthorizedException", "Incorrect username or password.")
FAILED = ("NotAuthorizedException", "Invalid session for the user.")
USED = ("NotAuthorizedException", "Invalid session for the user, session can only be used once.")


@pytest.fixture
def house() -> House:
    house = House()
    house.pool.custom_auth = True
    house.pool.alias_attributes = ("email",)
    return house


def riddle(challenge: Any) -> tuple[str, str]:
    """Which round it is, and how many tries are left."""
    assert challenge["ChallengeName"] == "CUSTOM_CHALLENGE"
    parameters = challenge["ChallengeParameters"]
    assert set(parameters) == {"USERNAME", "riddle", "round", "triesLeft"}
    return parameters["round"], parameters["triesLeft"]


def test_both_solved_gives_tokens(house: House) -> None:
    first = house.begin("CUSTOM_AUTH")
    assert riddle(first) == ("1 of 2", "3")
    second = house.respond(first, ANSWER=" A Piano ")
    assert riddle(second) == ("2 of 2", "3")
    assert second["ChallengeParameters"]["riddle"] != first["ChallengeParameters"]["riddle"]
    assert house.respond(second, ANSWER="cold")["AuthenticationResult"]


def test_a_wrong_answer_is_asked_again_with_a_new_session(house: House) -> None:
    first = house.begin("CUSTOM_AUTH")
    again = house.respond(first, ANSWER="a door")
    assert riddle(again) == ("1 of 2", "2")
    assert again["Session"] != first["Session"]
    assert "used once" in house.rejected(first, ANSWER="piano")[1]
    second = house.respond(again, ANSWER="piano")
    assert riddle(second) == ("2 of 2", "3")
    assert riddle(house.respond(second, ANSWER="piano")) == ("2 of 2", "2")


def test_three_wrong_ones_are_the_end(house: House) -> None:
    challenge = house.begin("CUSTOM_AUTH")
    for left in ("2", "1"):
        challenge = house.respond(challenge, ANSWER="x")
        assert riddle(challenge) == ("1 of 2", left)
    assert house.rejected(challenge, ANSWER="x") == FAILED
    for answer in ("x", "piano"):
        assert house.rejected(challenge, ANSWER=answer) == USED


def test_no_answer_at_all_is_not_the_end(house: House) -> None:
    challenge = house.begin("CUSTOM_AUTH")
    for _ in range(2):
        challenge = house.respond(challenge, ANSWER="x")
    assert house.rejected(challenge)[1] == "Missing required parameter ANSWER"
    assert riddle(house.respond(challenge, ANSWER="piano")) == ("2 of 2", "3")


def test_srp_comes_first_when_it_is_asked_for(house: House) -> None:
    prover = Prover(PASSWORD)
    challenge = house.begin("CUSTOM_AUTH", CHALLENGE_NAME="SRP_A", SRP_A=prover.srp_a)
    assert challenge["ChallengeName"] == "PASSWORD_VERIFIER"
    proven = prover.proof(challenge["ChallengeParameters"], house.clock())
    assert house.rejected(challenge, **{**proven, "PASSWORD_CLAIM_SIGNATURE": "x"}) == WRONG
    first = house.respond(challenge, **proven)
    second = house.respond(first, ANSWER="piano")
    assert house.respond(second, ANSWER="cold")["AuthenticationResult"]


def test_srp_needs_its_session_here(house: House) -> None:
    prover = Prover(PASSWORD)
    challenge = house.begin("CUSTOM_AUTH", CHALLENGE_NAME="SRP_A", SRP_A=prover.srp_a)
    proven = prover.proof(challenge["ChallengeParameters"], house.clock())
    del challenge["Session"]
    assert house.rejected(challenge, **proven)[1] == "Missing required parameter Session"


def test_srp_a_has_to_come_along(house: House) -> None:
    start = house.start(flow="CUSTOM_AUTH")
    start["AuthParameters"]["CHALLENGE_NAME"] = "SRP_A"
    assert house.refused("InitiateAuth", **start)[1] == "Missing required parameter SRP_A"


def test_the_hash_is_over_the_username_it_tells(house: House) -> None:
    alias = "ana@example.com"
    first = house.begin("CUSTOM_AUTH", client="secretclient", username=alias)
    assert first["ChallengeParameters"]["USERNAME"] == "ana"
    by_alias = {"ANSWER": "piano", "USERNAME": alias, "SECRET_HASH": secret_hash(alias)}
    assert house.rejected(first, "secretclient", **by_alias) == FAILED
    assert house.respond(first, "secretclient", ANSWER="piano", SECRET_HASH=secret_hash("ana"))


def test_nobody_gets_riddles_and_never_solves_them(house: House) -> None:
    challenge = house.begin("CUSTOM_AUTH", username="nobody")
    for _ in range(2):
        challenge = house.respond(challenge, ANSWER="piano")
        assert riddle(challenge)[0] == "1 of 2"
    assert house.rejected(challenge, ANSWER="piano") == FAILED


def test_who_is_kept_out_is_told_at_the_end(house: House) -> None:
    house.change(status=UserStatus.UNCONFIRMED)
    second = house.respond(house.begin("CUSTOM_AUTH"), ANSWER="piano")
    assert house.rejected(second, ANSWER="cold")[0] == "UserNotConfirmedException"


def test_there_is_no_second_factor_after_it(house: House) -> None:
    house.pool.mfa, house.pool.mfa_factors = "OPTIONAL", ("SMS_MFA",)
    house.change(mfa=("SMS_MFA",))
    second = house.respond(house.begin("CUSTOM_AUTH"), ANSWER="piano")
    assert house.respond(second, ANSWER="cold")["AuthenticationResult"]
