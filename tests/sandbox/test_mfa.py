"""The second factor: codes by SMS and e-mail, authenticator apps, choosing and setting up."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from cognito_tui.cognito.model import Secret, UserStatus
from cognito_tui.sandbox.outbox import Message
from cognito_tui.sandbox.totp import SoftwareToken
from tests.sandbox.house import PASSWORD, POOL, House, secret_hash

ALL = ("SMS_MFA", "SOFTWARE_TOKEN_MFA", "EMAIL_OTP")
APP = SoftwareToken(Secret("ANAMADEUPSECRETS"))
WRONG_CODE = ("CodeMismatchException", "Invalid code or auth state for the user.")
NOT_THIS = ("NotAuthorizedException", "Invalid session for the user.")
NO_APP = ("SoftwareTokenMFANotFoundException", "Software Token MFA does not exist for the user.")
UNFIT = ("EnableSoftwareTokenMFAException", "Code mismatch and fail enable Software Token MFA")
ANSWERS = {"SMS_MFA": "SMS_MFA_CODE", "EMAIL_OTP": "EMAIL_OTP_CODE"}
TOKEN = "SOFTWARE_TOKEN_MFA_CODE"


@pytest.fixture
def house() -> House:
    house = House()
    house.pool.mfa, house.pool.mfa_factors = "OPTIONAL", ALL
    house.pool.alias_attributes = ("email",)
    house.change(token=APP)
    return house


def challenged(house: House, *factors: str, client: str = "openclient", username: str = "ana") -> Any:
    """The challenge of a user who has these factors, after the password."""
    house.change(mfa=factors)
    return house.begin("USER_PASSWORD_AUTH", client=client, username=username, PASSWORD=PASSWORD)


class TestWhichOne:
    def test_none_without_mfa_in_the_pool(self, house: House) -> None:
        house.pool.mfa = "OFF"
        assert challenged(house, *ALL)["AuthenticationResult"]

    def test_none_where_it_is_optional_and_the_user_has_none(self, house: House) -> None:
        assert challenged(house)["AuthenticationResult"]

    @pytest.mark.parametrize("factor", ALL)
    def test_the_only_one(self, house: House, factor: str) -> None:
        assert challenged(house, factor)["ChallengeName"] == factor

    @pytest.mark.parametrize("factor", ALL)
    def test_the_preferred_one_of_several(self, house: House, factor: str) -> None:
        house.change(preferred_mfa=factor)
        assert challenged(house, *ALL)["ChallengeName"] == factor

    def test_none_the_pool_does_not_have(self, house: House) -> None:
        house.pool.mfa_factors = ("EMAIL_OTP",)
        assert challenged(house, *ALL)["ChallengeName"] == "EMAIL_OTP"

    def test_it_comes_after_a_new_password_too(self, house: House) -> None:
        house.change(status=UserStatus.FORCE_CHANGE_PASSWORD)
        following = house.respond(challenged(house, "SMS_MFA"), NEW_PASSWORD="Brand-new-1")
        assert following["ChallengeName"] == "SMS_MFA"

    def test_an_administrator_meets_it_too(self, house: House) -> None:
        house.change(mfa=("EMAIL_OTP",))
        start = house.start(flow="ADMIN_USER_PASSWORD_AUTH")
        response = house.response(house.ask("AdminInitiateAuth", **start), EMAIL_OTP_CODE=house.code())
        assert house.ask("AdminRespondToAuthChallenge", **response)["AuthenticationResult"]

    def test_it_needs_an_address(self, house: House) -> None:
        house.change(mfa=("SMS_MFA",), attributes={"email": "ana@example.com"})
        assert house.refused("InitiateAuth", **house.start()) == (
            "InvalidParameterException",
            "User does not have delivery config set to turn on SMS_MFA",
        )


class TestCodes:
    FACTORS = pytest.mark.parametrize("factor", ["SMS_MFA", "EMAIL_OTP"])

    @pytest.mark.parametrize(
        ("factor", "medium", "destination", "masked"),
        [
            ("SMS_MFA", "SMS", "+351210000000", "+********0000"),
            ("EMAIL_OTP", "EMAIL", "ana@example.com", "a***@e***"),
        ],
    )
    def test_go_to_the_outbox(
        self, house: House, factor: str, medium: str, destination: str, masked: str
    ) -> None:
        parameters = challenged(house, factor)["ChallengeParameters"]
        (message,) = house.sandbox.state.outbox.messages
        assert message.code
        assert message == Message(POOL, "ana", medium, destination, house.clock(), code=message.code)
        assert len(house.code()) == {"SMS": 6, "EMAIL": 8}[medium]
        assert house.code().isdecimal()
        assert parameters["CODE_DELIVERY_DELIVERY_MEDIUM"] == medium
        assert parameters["CODE_DELIVERY_DESTINATION"] == message.masked == masked

    @FACTORS
    def test_give_tokens(self, house: House, factor: str) -> None:
        challenge = challenged(house, factor)
        assert house.respond(challenge, **{ANSWERS[factor]: house.code()})["AuthenticationResult"]

    @FACTORS
    @pytest.mark.parametrize("code", ["0", "000000", "Ünïcode", "99999999"])
    def test_that_are_wrong_leave_the_session_good(self, house: House, factor: str, code: str) -> None:
        challenge = challenged(house, factor)
        for _ in range(7):
            assert house.rejected(challenge, **{ANSWERS[factor]: code}) == WRONG_CODE
        assert house.respond(challenge, **{ANSWERS[factor]: house.code()})

    @FACTORS
    def test_are_each_for_its_session(self, house: House, factor: str) -> None:
        first = challenged(house, factor)
        code = house.code()
        second = challenged(house, factor)
        assert house.rejected(second, **{ANSWERS[factor]: code}) == WRONG_CODE
        assert house.respond(first, **{ANSWERS[factor]: code})

    @FACTORS
    def test_have_to_be_there(self, house: House, factor: str) -> None:
        assert house.rejected(challenged(house, factor), ANSWER=house.code()) == (
            "InvalidParameterException",
            f"Missing required parameter {ANSWERS[factor]}",
        )

    @FACTORS
    def test_live_as_long_as_the_session(self, house: House, factor: str) -> None:
        challenge = challenged(house, factor)
        house.clock.forward(minutes=3)
        assert house.rejected(challenge, **{ANSWERS[factor]: house.code()})[1] == (
            "Invalid session for the user, session is expired."
        )

    @FACTORS
    def test_are_used_once(self, house: House, factor: str) -> None:
        challenge = challenged(house, factor)
        house.respond(challenge, **{ANSWERS[factor]: house.code()})
        assert house.rejected(challenge, **{ANSWERS[factor]: house.code()})[1] == (
            "Invalid session for the user, session can only be used once."
        )


class TestUsername:
    """SMS_MFA tells the canonical one; EMAIL_OTP does not, and goes on with what was typed."""

    def test_once_told_the_alias_will_not_do(self, house: House) -> None:
        alias = "ana@example.com"
        challenge = challenged(house, "SMS_MFA", client="secretclient", username=alias)
        given = {"SMS_MFA_CODE": house.code()}
        wrong = {**given, "USERNAME": alias, "SECRET_HASH": secret_hash(alias)}
        assert house.rejected(challenge, "secretclient", **wrong) == NOT_THIS
        assert house.respond(challenge, "secretclient", **given, SECRET_HASH=secret_hash("ana"))

    @pytest.mark.parametrize("username", ["ana@example.com", "Ana@Example.com", "ana"])
    def test_untold_it_is_the_one_that_was_typed(self, house: House, username: str) -> None:
        challenge = challenged(house, "EMAIL_OTP", client="secretclient", username="ana@example.com")
        assert not {"USERNAME", "USER_ID_FOR_SRP"} & set(challenge["ChallengeParameters"])
        given = {"EMAIL_OTP_CODE": house.code(), "USERNAME": username}
        assert house.respond(challenge, "secretclient", **given, SECRET_HASH=secret_hash(username))

    def test_it_is_nobody_elses(self, house: House) -> None:
        house.user("ben")
        challenge = challenged(house, "EMAIL_OTP", username="ana@example.com")
        for username in ("ben", "ben@example.com", "ana-sub"):
            given = {"EMAIL_OTP_CODE": house.code(), "USERNAME": username}
            assert house.rejected(challenge, **given) == NOT_THIS

    def test_told_once_it_stays_told(self, house: House) -> None:
        house.change(status=UserStatus.FORCE_CHANGE_PASSWORD)
        first = challenged(house, "EMAIL_OTP", username="ana@example.com")
        following = house.respond(first, NEW_PASSWORD="Brand-new-1")
        given = {"EMAIL_OTP_CODE": house.code(), "USERNAME": "ana@example.com"}
        assert house.rejected(following, **given) == NOT_THIS


class TestAuthenticatorApp:
    def challenge(self, house: House) -> Any:
        challenge = challenged(house, "SOFTWARE_TOKEN_MFA")
        assert challenge["ChallengeParameters"] == {"USER_ID_FOR_SRP": "ana"}
        return challenge

    @pytest.mark.parametrize("seconds", [-30, 0, 30])
    def test_its_code_gives_tokens_though_the_clock_is_a_little_off(self, house: House, seconds: int) -> None:
        challenge = self.challenge(house)
        code = APP.code(house.clock())
        house.clock.forward(seconds=seconds)
        assert house.respond(challenge, **{TOKEN: code})["AuthenticationResult"]

    @pytest.mark.parametrize("seconds", [-60, 60])
    def test_not_when_it_is_more(self, house: House, seconds: int) -> None:
        challenge = self.challenge(house)
        code = APP.code(house.clock())
        house.clock.forward(seconds=seconds)
        assert house.rejected(challenge, **{TOKEN: code}) == (
            "CodeMismatchException",
            "Invalid code received for user",
        )

    def test_a_used_code_is_refused_and_the_next_is_not(self, house: House) -> None:
        code = {TOKEN: APP.code(house.clock())}
        house.respond(self.challenge(house), **code)
        again = self.challenge(house)
        assert house.rejected(again, **code) == (
            "ExpiredCodeException",
            "Your software token has already been used once.",
        )
        house.clock.forward(seconds=30)
        assert house.respond(again, **{TOKEN: APP.code(house.clock())})

    def test_an_older_code_counts_as_used_too(self, house: House) -> None:
        challenge = self.challenge(house)
        older = APP.code(house.clock())
        house.clock.forward(seconds=30)
        house.respond(challenge, **{TOKEN: APP.code(house.clock())})
        assert house.rejected(self.challenge(house), **{TOKEN: older})[0] == "ExpiredCodeException"

    def test_without_one_there_is_nothing_to_answer(self, house: House) -> None:
        challenge = self.challenge(house)
        house.change(token=None)
        assert house.rejected(challenge, **{TOKEN: "123456"}) == NO_APP


class TestChoosing:
    @pytest.mark.parametrize("factor", ALL)
    def test_leads_to_the_challenge_of_the_choice(self, house: House, factor: str) -> None:
        challenge = challenged(house, *ALL)
        assert challenge["ChallengeName"] == "SELECT_MFA_TYPE"
        assert challenge["ChallengeParameters"] == {
            "MFAS_CAN_CHOOSE": '["SMS_MFA","SOFTWARE_TOKEN_MFA","EMAIL_OTP"]'
        }
        following = house.respond(challenge, ANSWER=factor)
        assert following["ChallengeName"] == factor
        assert following["Session"] != challenge["Session"]
        code = APP.code(house.clock()) if factor == ALL[1] else house.code()
        assert house.respond(following, **{ANSWERS.get(factor, TOKEN): code})["AuthenticationResult"]

    @pytest.mark.parametrize("answer", ["SOFTWARE_TOKEN_MFA", "EMAIL_MFA", "sms_mfa"])
    def test_is_among_what_is_offered(self, house: House, answer: str) -> None:
        challenge = challenged(house, "SMS_MFA", "EMAIL_OTP")
        assert house.rejected(challenge, ANSWER=answer) == (
            "InvalidParameterException",
            "The selected MFA type is not available",
        )
        assert house.respond(challenge, ANSWER="EMAIL_OTP")

    def test_needs_an_answer(self, house: House) -> None:
        assert house.rejected(challenged(house, *ALL))[1] == "Missing required parameter ANSWER"


class TestSettingUp:
    @pytest.fixture
    def house(self) -> House:
        house = House()
        house.pool.mfa, house.pool.mfa_factors = "ON", ("SOFTWARE_TOKEN_MFA",)
        return house

    def app(self, answer: dict[str, Any]) -> SoftwareToken:
        return SoftwareToken(Secret(answer["SecretCode"]))

    def test_by_session_leads_to_tokens(self, house: House) -> None:
        challenge = challenged(house)
        assert challenge["ChallengeName"] == "MFA_SETUP"
        assert challenge["ChallengeParameters"] == {"MFAS_CAN_SETUP": '["SOFTWARE_TOKEN_MFA"]'}
        associated = house.ask("AssociateSoftwareToken", Session=challenge["Session"])
        code = self.app(associated).code(house.clock())
        verified = house.ask("VerifySoftwareToken", Session=associated["Session"], UserCode=code)
        assert verified["Status"] == "SUCCESS"
        response = house.response({**challenge, "Session": verified["Session"]})
        assert house.ask("RespondToAuthChallenge", **response)["AuthenticationResult"]
        following = house.begin("USER_PASSWORD_AUTH", PASSWORD=PASSWORD)
        assert following["ChallengeName"] == "SOFTWARE_TOKEN_MFA"
        assert house.rejected(following, **{TOKEN: code})[0] == "ExpiredCodeException"

    def test_only_the_newest_session_is_good(self, house: House) -> None:
        challenge = challenged(house)
        associated = house.ask("AssociateSoftwareToken", Session=challenge["Session"])
        once = ("NotAuthorizedException", "Invalid session for the user, session can only be used once.")
        code = self.app(associated).code(house.clock())
        old = challenge["Session"]
        assert house.refused("AssociateSoftwareToken", Session=old) == once
        assert house.refused("VerifySoftwareToken", Session=old, UserCode=code) == once
        house.ask("VerifySoftwareToken", Session=associated["Session"], UserCode=code)
        for session in (old, associated["Session"]):
            assert house.rejected({**challenge, "Session": session}) == once

    def test_a_wrong_code_leaves_the_session_good(self, house: House) -> None:
        associated = house.ask("AssociateSoftwareToken", Session=challenged(house)["Session"])
        session = associated["Session"]
        assert house.refused("VerifySoftwareToken", Session=session, UserCode="000000") == UNFIT
        code = self.app(associated).code(house.clock())
        assert house.ask("VerifySoftwareToken", Session=session, UserCode=code)

    def test_it_is_not_done_before_a_code_was_seen(self, house: House) -> None:
        challenge = challenged(house)
        assert house.rejected(challenge) == (
            "InvalidParameterException",
            "User has not set up software token mfa",
        )
        session = challenge["Session"]
        assert house.refused("VerifySoftwareToken", Session=session, UserCode="123456") == NO_APP

    def test_by_access_token_waits_for_being_preferred(self, house: House) -> None:
        house.pool.mfa = "OPTIONAL"
        token = challenged(house)["AuthenticationResult"]["AccessToken"]
        settings = {"Enabled": True, "PreferredMfa": True}
        assert house.refused(
            "SetUserMFAPreference", AccessToken=token, SoftwareTokenMfaSettings=settings
        ) == ("InvalidParameterException", "User has not set up software token mfa")
        associated = house.ask("AssociateSoftwareToken", AccessToken=token)
        assert set(associated) == {"SecretCode"}
        code = self.app(associated).code(house.clock())
        assert house.ask("VerifySoftwareToken", AccessToken=token, UserCode=code) == {"Status": "SUCCESS"}
        assert challenged(house)["AuthenticationResult"]
        house.ask("SetUserMFAPreference", AccessToken=token, SoftwareTokenMfaSettings=settings)
        told = house.ask("GetUser", AccessToken=token)
        assert told["UserMFASettingList"] == ["SOFTWARE_TOKEN_MFA"]
        assert told["PreferredMfaSetting"] == "SOFTWARE_TOKEN_MFA"
        assert house.begin("USER_PASSWORD_AUTH", PASSWORD=PASSWORD)["ChallengeName"] == "SOFTWARE_TOKEN_MFA"

    def test_by_session_a_code_is_taken_once(self, house: House) -> None:
        challenge = challenged(house)
        associated = house.ask("AssociateSoftwareToken", Session=challenge["Session"])
        app, session = self.app(associated), associated["Session"]
        older = app.code(house.clock())
        house.clock.forward(seconds=30)
        newer = app.code(house.clock())
        verified = house.ask("VerifySoftwareToken", Session=session, UserCode=newer)
        for code in (newer, older):
            assert house.refused("VerifySoftwareToken", Session=verified["Session"], UserCode=code) == UNFIT
        response = house.response({**challenge, "Session": verified["Session"]})
        assert house.ask("RespondToAuthChallenge", **response)["AuthenticationResult"]

    def test_by_access_token_a_secret_is_verified_once(self, house: House) -> None:
        house.pool.mfa = "OPTIONAL"
        token = challenged(house)["AuthenticationResult"]["AccessToken"]
        app = self.app(house.ask("AssociateSoftwareToken", AccessToken=token))
        first = app.code(house.clock())
        house.ask("VerifySoftwareToken", AccessToken=token, UserCode=first)
        house.clock.forward(seconds=30)
        used = {TOKEN: app.code(house.clock())}
        assert house.respond(challenged(house, "SOFTWARE_TOKEN_MFA"), **used)["AuthenticationResult"]
        for code in (first, used[TOKEN]):
            assert house.refused("VerifySoftwareToken", AccessToken=token, UserCode=code) == NO_APP
        again = challenged(house, "SOFTWARE_TOKEN_MFA")
        assert house.rejected(again, **used)[0] == "ExpiredCodeException"

    def test_another_app_starts_anew(self, house: House) -> None:
        house.pool.mfa = "OPTIONAL"
        token = challenged(house)["AuthenticationResult"]["AccessToken"]
        for _ in range(2):
            app = self.app(house.ask("AssociateSoftwareToken", AccessToken=token))
            code = app.code(house.clock())
            assert house.ask("VerifySoftwareToken", AccessToken=token, UserCode=code)["Status"] == "SUCCESS"

    def test_what_was_associated_goes_with_the_app(self, house: House) -> None:
        house.pool.mfa = "OPTIONAL"
        house.change(token=APP)
        token = challenged(house)["AuthenticationResult"]["AccessToken"]
        code = self.app(house.ask("AssociateSoftwareToken", AccessToken=token)).code(house.clock())
        house.ask("AdminDeleteSoftwareToken", Username="ana")
        assert house.refused("VerifySoftwareToken", AccessToken=token, UserCode=code) == NO_APP
        assert house.now("ana").token is None

    @pytest.mark.parametrize("both", [True, False])
    def test_it_is_by_session_or_token_and_not_by_both(self, house: House, both: bool) -> None:
        params = {"Session": "x" * 20, "AccessToken": "y"} if both else {}
        assert house.refused("AssociateSoftwareToken", **params)[0] == "NotAuthorizedException"

    def test_a_session_of_another_challenge_will_not_do(self, house: House) -> None:
        house.change(status=UserStatus.FORCE_CHANGE_PASSWORD)
        session = challenged(house)["Session"]
        assert house.refused("AssociateSoftwareToken", Session=session) == NOT_THIS

    def test_a_pool_without_apps_says_so(self, house: House) -> None:
        house.pool.mfa_factors = ("EMAIL_OTP",)
        assert house.refused("AssociateSoftwareToken", Session=challenged(house)["Session"]) == (
            "SoftwareTokenMFANotFoundException",
            "Software Token MFA has not been enabled by the userPool",
        )


class TestPreference:
    def test_an_administrator_switches_factors_on_and_off(self, house: House) -> None:
        on = {"Enabled": True, "PreferredMfa": True}
        house.ask("AdminSetUserMFAPreference", Username="ana", SMSMfaSettings=on, EmailMfaSettings=on)
        ana = house.ask("AdminGetUser", Username="ana")
        assert (ana["UserMFASettingList"], ana["PreferredMfaSetting"]) == (
            ["SMS_MFA", "EMAIL_OTP"],
            "EMAIL_OTP",
        )
        house.ask("AdminSetUserMFAPreference", Username="ana", EmailMfaSettings={"Enabled": False})
        ana = house.ask("AdminGetUser", Username="ana")
        assert ana["UserMFASettingList"] == ["SMS_MFA"]
        assert "PreferredMfaSetting" not in ana

    def test_a_factor_without_an_address_or_a_pool_is_refused(self, house: House) -> None:
        house.change(attributes={"email": "ana@example.com"})
        on = {"Enabled": True}
        assert house.refused("AdminSetUserMFAPreference", Username="ana", SMSMfaSettings=on) == (
            "InvalidParameterException",
            "User does not have delivery config set to turn on SMS_MFA",
        )
        house.pool.mfa_factors = ("SMS_MFA",)
        refused = house.refused("AdminSetUserMFAPreference", Username="ana", SoftwareTokenMfaSettings=on)
        assert refused[1] == "User does not have delivery config set to turn on SOFTWARE_TOKEN_MFA"


def test_a_user_deleted_meanwhile_gets_no_tokens(house: House) -> None:
    challenge = challenged(house, "SMS_MFA")
    house.ask("AdminDeleteUser", Username="ana")
    assert house.rejected(challenge, SMS_MFA_CODE=house.code()) == NOT_THIS
    assert house.pool.users == {}


def test_a_user_disabled_meanwhile_gets_no_tokens(house: House) -> None:
    challenge = challenged(house, "SMS_MFA")
    house.pool.put(replace(house.now("ana"), enabled=False))
    assert house.rejected(challenge, SMS_MFA_CODE=house.code())[1] == "User is disabled."
