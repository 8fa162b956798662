"""USER_SRP_AUTH and PASSWORD_VERIFIER: whose proof counts, and which do not."""

from __future__ import annotations

import base64
import random
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pycognito.aws_srp import AWSSRP, N_HEX

from cognito_tui.cognito.model import UserStatus
from cognito_tui.sandbox import srp
from tests.sandbox.house import PASSWORD, SECRET, House, secret_hash
from tests.sandbox.prover import Prover

WRONG = ("NotAuthorizedException", "Incorrect username or password.")
NO_HASH = "Unable to verify secret hash for client secretclient"


@pytest.fixture
def prover() -> Prover:
    return Prover(PASSWORD)


def begin(house: House, prover: Prover, **begin: Any) -> Any:
    answer = house.begin("USER_SRP_AUTH", SRP_A=prover.srp_a, **begin)
    assert answer["ChallengeName"] == "PASSWORD_VERIFIER"
    return answer


def proof(house: House, prover: Prover, challenge: Any) -> dict[str, str]:
    return prover.proof(challenge["ChallengeParameters"], house.clock())


class TestTheProof:
    def test_of_the_right_password_gives_tokens(self, house: House, prover: Prover) -> None:
        challenge = begin(house, prover)
        assert house.respond(challenge, **proof(house, prover, challenge))["AuthenticationResult"]

    def test_holds_whatever_salt_and_numbers_there_are(self, house: House, prover: Prover) -> None:
        """Also those whose first bit is set, or whose first digit is 0."""
        for number in range(20):
            house.sandbox.state.token_bytes = random.Random(number).randbytes
            house.change(password_set=house.clock() - timedelta(days=number))
            challenge = begin(house, prover)
            assert house.respond(challenge, **proof(house, prover, challenge))

    def test_of_a_wrong_password_does_not(self, house: House) -> None:
        prover = Prover("Wrong-made-up-1")
        challenge = begin(house, prover)
        assert house.rejected(challenge, **proof(house, prover, challenge)) == WRONG

    def test_counts_once(self, house: House, prover: Prover) -> None:
        challenge = begin(house, prover)
        proven = proof(house, prover, challenge)
        house.respond(challenge, **proven)
        assert house.rejected(challenge, **proven) == (
            "NotAuthorizedException",
            "Invalid session for the user, session can only be used once.",
        )

    def test_is_over_the_answer_to_this_very_request(self, house: House, prover: Prover) -> None:
        first, second = begin(house, prover), begin(house, prover)
        proven = proof(house, prover, first)
        proven["PASSWORD_CLAIM_SECRET_BLOCK"] = second["ChallengeParameters"]["SECRET_BLOCK"]
        assert house.rejected(second, **proven) == WRONG

    @pytest.mark.parametrize("signature", ["x", "AAAA", "Ünïcode", "=", base64.b64encode(bytes(32)).decode()])
    def test_is_not_anything_else(self, house: House, prover: Prover, signature: str) -> None:
        challenge = begin(house, prover)
        proven = {**proof(house, prover, challenge), "PASSWORD_CLAIM_SIGNATURE": signature}
        assert house.rejected(challenge, **proven) == WRONG

    @pytest.mark.parametrize("missing", ["PASSWORD_CLAIM_SIGNATURE", "TIMESTAMP"])
    def test_has_all_its_parts(self, house: House, prover: Prover, missing: str) -> None:
        challenge = begin(house, prover)
        proven = proof(house, prover, challenge)
        del proven[missing]
        assert house.rejected(challenge, **proven) == (
            "InvalidParameterException",
            f"Missing required parameter {missing}",
        )

    def test_comes_within_seconds(self, house: House, prover: Prover) -> None:
        for seconds, good in ((30, True), (31, False)):
            challenge = begin(house, prover)
            house.clock.forward(seconds=seconds)
            proven = proof(house, prover, challenge)
            if good:
                assert house.respond(challenge, **proven)
            else:
                assert house.rejected(challenge, **proven) == WRONG

    def test_of_a_user_without_a_password_is_none(self, house: House, prover: Prover) -> None:
        house.change(passwords=(), status=UserStatus.EXTERNAL_PROVIDER)
        challenge = begin(house, prover)
        assert house.rejected(challenge, **proof(house, prover, challenge)) == WRONG

    def test_that_fails_five_times_locks_out(self, house: House, prover: Prover) -> None:
        challenge = begin(house, prover)
        for _ in range(5):
            wrong = {**proof(house, prover, challenge), "PASSWORD_CLAIM_SIGNATURE": "x"}
            assert house.rejected(challenge, **wrong) == WRONG
        proven = proof(house, prover, challenge)
        assert house.rejected(challenge, **proven)[1] == "Password attempts exceeded"
        house.clock.forward(seconds=1)
        assert house.respond(challenge, **proof(house, prover, challenge))


class TestTimestamp:
    """The clock stands at noon of Sunday, the first of March."""

    @pytest.mark.parametrize(
        "timestamp",
        [
            "Sun Mar 01 12:00:00 UTC 2026",
            "Sun Mar  1 12:00:00 UTC 2026",
            "Mon Mar 1 12:00:00 UTC 2026",
            "Sun Mär 1 12:00:00 UTC 2026",
            "So Mar 1 12:00:00 UTC 2026",
            "Sun Mar 1 12:00:00 GMT 2026",
            "Sun Mar 1 12:00:00 2026",
            "sun mar 1 12:00:00 UTC 2026",
            "Sun Mar 1 12:0:00 UTC 2026",
            "Sun Mar 1 12:00:60 UTC 2026",
            "Sun Mar 1 12:00:00 UTC 2026 ",
            "Sun Mar ١ 12:00:00 UTC 2026",
            "2026-03-01T12:00:00Z",
            "Sun Mar 1 11:54:59 UTC 2026",
            "Sun Mar 1 12:05:01 UTC 2026",
            "Sat Mar 1 12:00:00 UTC 2025",
        ],
    )
    def test_that_is_written_otherwise_or_stale_is_a_wrong_password(
        self, house: House, prover: Prover, timestamp: str
    ) -> None:
        challenge = begin(house, prover)
        proven = prover.proof_at(challenge["ChallengeParameters"], timestamp)
        assert house.rejected(challenge, **proven) == WRONG

    @pytest.mark.parametrize(
        "timestamp",
        ["Sun Mar 1 12:00:00 UTC 2026", "Sun Mar 1 11:55:00 UTC 2026", "Sun Mar 1 12:05:00 UTC 2026"],
    )
    def test_that_is_right_is_taken(self, house: House, prover: Prover, timestamp: str) -> None:
        challenge = begin(house, prover)
        assert house.respond(challenge, **prover.proof_at(challenge["ChallengeParameters"], timestamp))

    @given(st.datetimes(datetime(1900, 1, 1), datetime(9999, 1, 1)))
    def test_of_any_second_is_understood(self, moment: datetime) -> None:
        moment = moment.replace(microsecond=0)
        text = AWSSRP.get_cognito_formatted_timestamp(moment)
        assert srp.moment(text) == moment.replace(tzinfo=UTC)

    @settings(max_examples=50)
    @given(st.text())
    def test_that_is_any_text_does_no_harm(self, text: str) -> None:
        assert srp.moment(text) is None


class TestTheChallenge:
    def test_tells_canonical_username_twice_and_no_session(self, house: House, prover: Prover) -> None:
        house.pool.alias_attributes = ("email",)
        challenge = begin(house, prover, username="ana@example.com")
        assert set(challenge) == {"ChallengeName", "ChallengeParameters"}
        parameters = challenge["ChallengeParameters"]
        assert set(parameters) == {"SALT", "SRP_B", "SECRET_BLOCK", "USERNAME", "USER_ID_FOR_SRP"}
        assert parameters["USERNAME"] == parameters["USER_ID_FOR_SRP"] == "ana"

    def test_has_a_session_for_administrators_which_must_come_back(
        self, house: House, prover: Prover
    ) -> None:
        start = house.start(flow="USER_SRP_AUTH")
        start["AuthParameters"] = {"USERNAME": "ana", "SRP_A": prover.srp_a}
        challenge = house.ask("AdminInitiateAuth", **start)
        response = house.response(challenge, **proof(house, prover, challenge))
        assert house.ask("AdminRespondToAuthChallenge", **response)["AuthenticationResult"]
        challenge = house.ask("AdminInitiateAuth", **start)
        response = house.response(challenge, **proof(house, prover, challenge))
        del response["Session"]
        assert house.refused("AdminRespondToAuthChallenge", **response) == (
            "InvalidParameterException",
            "Missing required parameter Session",
        )

    @pytest.mark.parametrize("srp_a", ["0", "00", "xyz", "-1", "0x1", " 1", "1" * 771, N_HEX, "١"])
    def test_is_not_for_an_srp_a_that_is_none(self, house: House, srp_a: str) -> None:
        start = house.start(flow="USER_SRP_AUTH")
        start["AuthParameters"] = {"USERNAME": "ana", "SRP_A": srp_a}
        assert house.refused("InitiateAuth", **start) == ("InvalidParameterException", "Invalid SRP_A")

    def test_salt_stays_until_the_password_changes(self, house: House, prover: Prover) -> None:
        def salt() -> str:
            found: str = begin(house, prover)["ChallengeParameters"]["SALT"]
            return found

        first = salt()
        assert salt() == first
        house.clock.forward(seconds=1)
        house.ask("AdminSetUserPassword", Username="ana", Password=PASSWORD, Permanent=True)
        assert salt() != first


class TestNobody:
    def test_gets_a_challenge_that_looks_the_same_each_time(self, house: House, prover: Prover) -> None:
        first, again, other = (
            begin(house, prover, username=name)["ChallengeParameters"]
            for name in ("nobody", "NOBODY", "noone")
        )
        assert set(first) == set(begin(house, prover)["ChallengeParameters"])
        assert first["USERNAME"] == first["USER_ID_FOR_SRP"]
        assert len(first["USER_ID_FOR_SRP"]) == 36
        assert (first["SALT"], first["USERNAME"]) == (again["SALT"], again["USERNAME"])
        assert first["SALT"] != other["SALT"]
        assert first["USERNAME"] != other["USERNAME"]
        assert first["SRP_B"] != again["SRP_B"]

    def test_proves_nothing(self, house: House, prover: Prover) -> None:
        challenge = begin(house, prover, username="nobody")
        for _ in range(7):
            assert house.rejected(challenge, **proof(house, prover, challenge)) == WRONG
        assert list(house.pool.users) == ["ana-sub"]

    def test_is_told_so_by_a_legacy_client(self, house: House, prover: Prover) -> None:
        house.client("legacy", prevent_user_existence_errors=False)
        start = house.start("nobody", client="legacy", flow="USER_SRP_AUTH")
        start["AuthParameters"]["SRP_A"] = prover.srp_a
        assert house.refused("InitiateAuth", **start) == ("UserNotFoundException", "User does not exist.")

    def test_is_who_signs_in_by_sub(self, house: House, prover: Prover) -> None:
        challenge = begin(house, prover, username="ana-sub")
        assert house.rejected(challenge, **proof(house, prover, challenge)) == WRONG


class TestSecretHash:
    """Over what was typed in the first request, over the canonical username in the second."""

    @pytest.fixture
    def house(self) -> House:
        house = House()
        house.pool.alias_attributes = ("email",)
        return house

    def test_follows_the_username_of_each_request(self, house: House, prover: Prover) -> None:
        challenge = begin(house, prover, client="secretclient", username="ana@example.com")
        proven = proof(house, prover, challenge)
        hashed = secret_hash("ana@example.com")
        assert house.rejected(challenge, "secretclient", **proven, SECRET_HASH=hashed)[1] == NO_HASH
        alias = {**proven, "USERNAME": "ana@example.com", "SECRET_HASH": hashed}
        assert house.rejected(challenge, "secretclient", **alias)[1] == "Invalid session for the user."
        assert house.respond(challenge, "secretclient", **proven, SECRET_HASH=secret_hash("ana"))

    @pytest.mark.parametrize("hashed", ["x", secret_hash("ana-sub"), SECRET])
    def test_that_is_wrong_is_refused_in_either(self, house: House, prover: Prover, hashed: str) -> None:
        start = house.start(client="secretclient", flow="USER_SRP_AUTH", hashed=hashed)
        start["AuthParameters"]["SRP_A"] = prover.srp_a
        assert house.refused("InitiateAuth", **start)[1] == NO_HASH
        challenge = begin(house, prover, client="secretclient")
        proven = proof(house, prover, challenge)
        assert house.rejected(challenge, "secretclient", **proven, SECRET_HASH=hashed)[1] == NO_HASH

    def test_has_to_be_there(self, house: House, prover: Prover) -> None:
        challenge = begin(house, prover, client="secretclient")
        assert house.rejected(challenge, "secretclient", **proof(house, prover, challenge))[1] == (
            "Client secretclient is configured with secret but SECRET_HASH was not received"
        )


class TestAfterwards:
    @pytest.mark.parametrize(
        ("facts", "words"),
        [
            ({"enabled": False}, "User is disabled."),
            ({"status": UserStatus.UNCONFIRMED}, "User is not confirmed."),
            ({"status": UserStatus.RESET_REQUIRED}, "Password reset required for the user"),
        ],
    )
    def test_the_state_is_told_to_whom_has_the_password(
        self, house: House, prover: Prover, facts: dict[str, Any], words: str
    ) -> None:
        house.change(**facts)
        challenge = begin(house, prover)
        assert house.rejected(challenge, **proof(house, prover, challenge))[1] == words
        wrong = {**proof(house, prover, challenge), "PASSWORD_CLAIM_SIGNATURE": "x"}
        assert house.rejected(challenge, **wrong) == WRONG

    def test_a_temporary_password_has_to_be_replaced(self, house: House, prover: Prover) -> None:
        house.change(status=UserStatus.FORCE_CHANGE_PASSWORD)
        challenge = begin(house, prover)
        following = house.respond(challenge, **proof(house, prover, challenge))
        assert following["ChallengeName"] == "NEW_PASSWORD_REQUIRED"
        assert house.respond(following, NEW_PASSWORD="Brand-new-1")["AuthenticationResult"]
        prover = Prover("Brand-new-1")
        challenge = begin(house, prover)
        assert house.respond(challenge, **proof(house, prover, challenge))["AuthenticationResult"]

    def test_a_user_who_was_deleted_meanwhile_is_nobody(self, house: House, prover: Prover) -> None:
        challenge = begin(house, prover)
        house.ask("AdminDeleteUser", Username="ana")
        assert house.rejected(challenge, **proof(house, prover, challenge)) == WRONG
        assert house.pool.users == {}
