"""USER_AUTH: choosing how to sign in, by preference or when asked."""

from __future__ import annotations

import base64
import json
from hashlib import sha256
from typing import Any

import pytest

from cognito_tui.cognito.model import UserStatus
from cognito_tui.sandbox.challenges.web_authn import pretended
from tests.sandbox.house import PASSWORD, House, secret_hash
from tests.sandbox.prover import Prover

WRONG = ("NotAuthorizedException", "Incorrect username or password.")
UNAVAILABLE = ("InvalidParameterException", "The selected challenge is not available")
EVERYTHING = ["PASSWORD", "PASSWORD_SRP", "EMAIL_OTP", "SMS_OTP", "WEB_AUTHN"]
CODES = pytest.mark.parametrize(
    ("way", "answer", "medium"),
    [("EMAIL_OTP", "EMAIL_OTP_CODE", "EMAIL"), ("SMS_OTP", "SMS_OTP_CODE", "SMS")],
)


@pytest.fixture
def house() -> House:
    house = House()
    house.pool.first_factors = ("PASSWORD", "EMAIL_OTP", "SMS_OTP", "WEB_AUTHN")
    house.pool.alias_attributes = ("email",)
    attributes = {**house.ana.attributes, "phone_number_verified": "true"}
    house.change(attributes=attributes, passkeys=("passkey-of-ana",))
    return house


def offered(house: House, username: str = "ana", **begin: str) -> Any:
    answer = house.begin("USER_AUTH", username=username, **begin)
    assert answer["ChallengeName"] == "SELECT_CHALLENGE"
    return answer


def preferring(house: House, name: str, **parameters: str) -> Any:
    return house.begin("USER_AUTH", PREFERRED_CHALLENGE=name, **parameters)


class TestWhatIsOffered:
    def test_stands_beside_the_parameters(self, house: House) -> None:
        answer = offered(house)
        assert answer["AvailableChallenges"] == EVERYTHING
        assert answer["ChallengeParameters"] == {}

    @pytest.mark.parametrize(
        ("facts", "available"),
        [
            ({"status": UserStatus.FORCE_CHANGE_PASSWORD}, EVERYTHING[:2]),
            ({"passkeys": ()}, EVERYTHING[:4]),
            ({"attributes": {"email": "ana@example.com"}}, ["PASSWORD", "PASSWORD_SRP", "WEB_AUTHN"]),
            ({"mfa": ("SMS_MFA",)}, EVERYTHING[:2]),
        ],
    )
    def test_is_what_the_user_has(self, house: House, facts: dict[str, Any], available: list[str]) -> None:
        house.pool.mfa, house.pool.mfa_factors = "OPTIONAL", ("SMS_MFA",)
        house.change(**facts)
        assert offered(house)["AvailableChallenges"] == available

    def test_is_what_the_pool_allows(self, house: House) -> None:
        house.pool.first_factors = ("PASSWORD", "SMS_OTP")
        assert offered(house)["AvailableChallenges"] == ["PASSWORD", "PASSWORD_SRP", "SMS_OTP"]

    def test_is_a_password_where_everybody_needs_mfa(self, house: House) -> None:
        house.pool.mfa, house.pool.mfa_factors = "ON", ("SMS_MFA",)
        assert offered(house)["AvailableChallenges"] == EVERYTHING[:2]

    def test_to_nobody_is_a_password(self, house: House) -> None:
        answer = offered(house, "nobody")
        assert answer["AvailableChallenges"] == EVERYTHING[:2]
        given = {"USERNAME": "nobody", "ANSWER": "PASSWORD", "PASSWORD": PASSWORD}
        assert house.rejected(answer, **given) == WRONG

    @pytest.mark.parametrize("name", ["EMAIL_OTP", "SMS_OTP", "WEB_AUTHN"])
    def test_to_nobody_is_nothing_else(self, house: House, name: str) -> None:
        answer = offered(house, "nobody")
        assert house.rejected(answer, USERNAME="nobody", ANSWER=name) == WRONG

    @pytest.mark.parametrize("name", ["SMS_MFA", "NONSENSE", "password", "EMAIL_OTP"])
    def test_is_all_there_is(self, house: House, name: str) -> None:
        house.pool.first_factors = ("PASSWORD",)
        assert house.rejected(offered(house), ANSWER=name) == UNAVAILABLE
        start = house.start(flow="USER_AUTH")
        start["AuthParameters"]["PREFERRED_CHALLENGE"] = name
        assert house.refused("InitiateAuth", **start) == UNAVAILABLE


class TestPassword:
    def test_may_come_with_the_preference(self, house: House) -> None:
        assert preferring(house, "PASSWORD", PASSWORD=PASSWORD)["AuthenticationResult"]

    def test_or_with_the_choice(self, house: House) -> None:
        answer = house.respond(offered(house), ANSWER="PASSWORD", PASSWORD=PASSWORD)
        assert answer["AuthenticationResult"]

    def test_or_is_asked(self, house: House) -> None:
        for asked in (preferring(house, "PASSWORD"), house.respond(offered(house), ANSWER="PASSWORD")):
            assert (asked["ChallengeName"], asked["ChallengeParameters"]) == ("PASSWORD", {})
            assert house.rejected(asked, PASSWORD="wrong") == WRONG
            assert house.respond(asked, PASSWORD=PASSWORD)["AuthenticationResult"]

    def test_is_good_though_the_password_flow_is_off(self, house: House) -> None:
        house.client("choice", explicit_auth_flows=("ALLOW_USER_AUTH",))
        given = {"PREFERRED_CHALLENGE": "PASSWORD", "PASSWORD": PASSWORD}
        assert house.begin("USER_AUTH", client="choice", **given)["AuthenticationResult"]

    def test_a_temporary_one_has_to_be_replaced(self, house: House) -> None:
        house.change(status=UserStatus.FORCE_CHANGE_PASSWORD)
        answer = preferring(house, "PASSWORD", PASSWORD=PASSWORD)
        assert answer["ChallengeName"] == "NEW_PASSWORD_REQUIRED"


class TestSrp:
    @pytest.mark.parametrize("how", ["preferred", "chosen", "asked"])
    def test_has_a_session_here_that_must_come_back(self, house: House, how: str) -> None:
        prover = Prover(PASSWORD)
        if how == "preferred":
            challenge = preferring(house, "PASSWORD_SRP", SRP_A=prover.srp_a)
        elif how == "chosen":
            challenge = house.respond(offered(house), ANSWER="PASSWORD_SRP", SRP_A=prover.srp_a)
        else:
            asked = house.respond(offered(house), ANSWER="PASSWORD_SRP")
            assert asked["ChallengeName"] == "PASSWORD_SRP"
            challenge = house.respond(asked, SRP_A=prover.srp_a)
        assert challenge["ChallengeName"] == "PASSWORD_VERIFIER"
        proven = prover.proof(challenge["ChallengeParameters"], house.clock())
        without = {name: value for name, value in challenge.items() if name != "Session"}
        assert house.rejected(without, **proven)[1] == "Missing required parameter Session"
        assert house.respond(challenge, **proven)["AuthenticationResult"]


class TestCodes:
    @CODES
    @pytest.mark.parametrize("preferred", [True, False])
    def test_are_sent_and_asked(
        self, house: House, way: str, answer: str, medium: str, preferred: bool
    ) -> None:
        asked = preferring(house, way) if preferred else house.respond(offered(house), ANSWER=way)
        assert asked["ChallengeName"] == way
        assert asked["ChallengeParameters"]["CODE_DELIVERY_DELIVERY_MEDIUM"] == medium
        assert len(house.code()) == 8
        assert house.rejected(asked, **{answer: "1"})[0] == "CodeMismatchException"
        assert house.respond(asked, **{answer: house.code()})["AuthenticationResult"]

    @CODES
    def test_are_hashed_over_what_was_typed(self, house: House, way: str, answer: str, medium: str) -> None:
        alias = "ana@example.com"
        hashed = {"USERNAME": alias, "SECRET_HASH": secret_hash(alias)}
        first = offered(house, alias, client="secretclient")
        asked = house.respond(first, "secretclient", ANSWER=way, **hashed)
        assert house.respond(asked, "secretclient", **{answer: house.code()}, **hashed)

    @pytest.mark.parametrize("facts", [{"enabled": False}, {"status": UserStatus.UNCONFIRMED}])
    def test_are_not_sent_to_whom_is_kept_out(self, house: House, facts: dict[str, Any]) -> None:
        asked = offered(house)
        house.change(**facts)
        assert "User is" in house.rejected(asked, ANSWER="EMAIL_OTP")[1]
        assert house.sandbox.state.outbox.messages == []

    def test_do_not_help_whom_is_kept_out_meanwhile(self, house: House) -> None:
        asked = preferring(house, "EMAIL_OTP")
        house.change(enabled=False)
        assert house.rejected(asked, EMAIL_OTP_CODE=house.code())[1] == "User is disabled."
        house.ask("AdminDeleteUser", Username="ana")
        assert house.rejected(asked, EMAIL_OTP_CODE=house.code())[1] == "Invalid session for the user."


class TestPasskey:
    def options(self, house: House) -> tuple[Any, str]:
        asked = preferring(house, "WEB_AUTHN")
        assert asked["ChallengeName"] == "WEB_AUTHN"
        return asked, asked["ChallengeParameters"]["CREDENTIAL_REQUEST_OPTIONS"]

    def test_a_response_to_the_options_gives_tokens(self, house: House) -> None:
        asked, options = self.options(house)
        assert house.respond(asked, CREDENTIAL=pretended(options))["AuthenticationResult"]

    @pytest.mark.parametrize(
        ("mfa", "factors"), [("ON", ()), ("ON", ("SMS_MFA",)), ("OPTIONAL", ("SMS_MFA",))]
    )
    def test_it_is_no_way_in_for_whom_needs_a_second_factor(
        self, house: House, mfa: str, factors: tuple[str, ...]
    ) -> None:
        house.pool.mfa, house.pool.mfa_factors = mfa, ("SMS_MFA",)
        house.change(mfa=factors)
        assert house.rejected(offered(house), ANSWER="WEB_AUTHN") == UNAVAILABLE
        start = house.start(flow="USER_AUTH")
        start["AuthParameters"]["PREFERRED_CHALLENGE"] = "WEB_AUTHN"
        assert house.refused("InitiateAuth", **start) == UNAVAILABLE

    def test_it_does_not_stand_for_a_second_factor_that_is_demanded_meanwhile(self, house: House) -> None:
        asked, options = self.options(house)
        house.pool.mfa, house.pool.mfa_factors = "ON", ("SMS_MFA",)
        house.change(mfa=("SMS_MFA",))
        assert house.respond(asked, CREDENTIAL=pretended(options))["ChallengeName"] == "SMS_MFA"

    def test_a_response_to_other_options_does_not(self, house: House) -> None:
        (_, before), (asked, _) = self.options(house), self.options(house)
        assert house.rejected(asked, CREDENTIAL=pretended(before)) == WRONG

    @pytest.mark.parametrize(
        ("old", "new"),
        [
            ("passkey-of-ana", "passkey-of-ben"),
            ("public-key", "private-key"),
            ('"signature":"', '"signature":"","was":"'),
            ('"authenticatorData":"', '"authenticatorData":"","was":"'),
            ('"rawId":"', '"rawId":"AAAA","was":"'),
        ],
    )
    def test_one_that_does_not_fit_is_a_wrong_password(self, house: House, old: str, new: str) -> None:
        asked, options = self.options(house)
        credential = pretended(options)
        assert old in credential
        assert house.rejected(asked, CREDENTIAL=credential.replace(old, new)) == WRONG
        assert house.respond(asked, CREDENTIAL=credential)

    @pytest.mark.parametrize(
        ("member", "old", "new"),
        [
            ("clientDataJSON", b"https://localhost", b"https://localhost.example"),
            ("clientDataJSON", b"webauthn.get", b"webauthn.create"),
            ("authenticatorData", sha256(b"localhost").digest(), sha256(b"other.example").digest()),
            ("authenticatorData", b"\x05\x00\x00\x00\x01", b"\x04\x00\x00\x00\x01"),
            ("authenticatorData", b"\x05\x00\x00\x00\x01", b"\x05"),
        ],
    )
    def test_so_is_one_in_whose_data_something_else_stands(
        self, house: House, member: str, old: bytes, new: bytes
    ) -> None:
        asked, options = self.options(house)
        credential = json.loads(pretended(options))
        data = base64.urlsafe_b64decode(credential["response"][member] + "==")
        assert old in data
        changed = base64.urlsafe_b64encode(data.replace(old, new)).decode().rstrip("=")
        credential["response"][member] = changed
        assert house.rejected(asked, CREDENTIAL=json.dumps(credential)) == WRONG

    @pytest.mark.parametrize(
        "credential",
        ["x", "[]", "{}", "null", '"text"', '{"response": 1}', '{"response": {}}', "[" * 9999, "1" * 5000],
    )
    def test_what_is_no_response_at_all_is_told_so(self, house: House, credential: str) -> None:
        asked, _options = self.options(house)
        assert house.rejected(asked, CREDENTIAL=credential) == (
            "InvalidParameterException",
            "CREDENTIAL is not an AuthenticationResponseJSON",
        )
