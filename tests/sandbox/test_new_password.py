"""NEW_PASSWORD_REQUIRED, and the Session that leads to it."""

from __future__ import annotations

import json

import pytest

from cognito_tui.cognito.model import Secret, UserStatus
from cognito_tui.sandbox.attributes import Attribute, schema
from cognito_tui.sandbox.passwords import PasswordPolicy
from tests.sandbox.house import PASSWORD, House, secret_hash

NEW = "Brand-new-1"
USED_UP = ("NotAuthorizedException", "Invalid session for the user, session can only be used once.")
EXPIRED = ("NotAuthorizedException", "Invalid session for the user, session is expired.")
NOT_THIS = ("NotAuthorizedException", "Invalid session for the user.")


@pytest.fixture
def house() -> House:
    house = House()
    house.user(
        "ben",
        UserStatus.FORCE_CHANGE_PASSWORD,
        attributes={"email": "ben@example.com", "email_verified": "true", "nickname": "Benjámin"},
    )
    house.change(status=UserStatus.FORCE_CHANGE_PASSWORD)
    return house


def test_it_asks_for_what_the_pool_requires_and_the_user_lacks(house: House) -> None:
    challenge = house.challenge(username="ben")
    assert set(challenge) == {"ChallengeName", "Session", "ChallengeParameters"}
    parameters = challenge["ChallengeParameters"]
    assert set(parameters) == {"USER_ID_FOR_SRP", "requiredAttributes", "userAttributes"}
    assert parameters["USER_ID_FOR_SRP"] == "ben"
    assert parameters["requiredAttributes"] == '["userAttributes.given_name","userAttributes.phone_number"]'
    assert json.loads(parameters["userAttributes"]) == {
        "email": "ben@example.com",
        "email_verified": "true",
        "nickname": "Benjámin",
        "given_name": "",
        "phone_number": "",
    }
    assert 20 <= len(challenge["Session"]) <= 4096


def test_it_asks_for_nothing_more_when_nothing_is_missing(house: House) -> None:
    assert house.challenge()["ChallengeParameters"]["requiredAttributes"] == "[]"


def test_the_answer_confirms_the_user_and_gives_tokens(house: House) -> None:
    attributes = {"userAttributes.given_name": "Ben", "userAttributes.phone_number": "+4712345678"}
    response = house.response(house.challenge(username="ben"), NEW_PASSWORD=NEW, **attributes)
    assert house.ask("RespondToAuthChallenge", **response)["AuthenticationResult"]["AccessToken"]
    ben = house.now("ben")
    assert ben.status is UserStatus.CONFIRMED
    assert ben.attributes == {
        "email": "ben@example.com",
        "email_verified": "true",
        "nickname": "Benjámin",
        "given_name": "Ben",
        "phone_number": "+4712345678",
        "phone_number_verified": "false",
    }
    assert house.ask("InitiateAuth", **house.start("ben", NEW))["AuthenticationResult"]
    assert house.refused("InitiateAuth", **house.start("ben"))[1] == "Incorrect username or password."


def test_an_administrator_answers_too(house: House) -> None:
    start = house.start(flow="ADMIN_USER_PASSWORD_AUTH")
    response = house.response(house.ask("AdminInitiateAuth", **start), NEW_PASSWORD=NEW)
    assert house.ask("AdminRespondToAuthChallenge", **response)["AuthenticationResult"]


def test_responses_nobody_asked_for_are_passed_over(house: House) -> None:
    """pycognito leaves those of PASSWORD_VERIFIER in its answer."""
    response = house.response(house.challenge(), NEW_PASSWORD=NEW, TIMESTAMP="x", DEVICE_KEY="y")
    assert house.ask("RespondToAuthChallenge", **response)


class TestAttributes:
    @pytest.mark.parametrize(
        ("attributes", "refusal"),
        [
            ({}, ("InvalidParameterException", "Invalid attributes given, given_name is missing")),
            (
                {"given_name": "Ben"},
                ("InvalidParameterException", "Invalid attributes given, phone_number is missing"),
            ),
            (
                {"given_name": "Ben", "phone_number": ""},
                ("InvalidParameterException", "Invalid attributes given, phone_number is missing"),
            ),
            (
                {"given_name": "Ben", "phone_number": "0171 2345"},
                ("InvalidParameterException", "Invalid phone number format."),
            ),
            (
                {"given_name": "Ben", "phone_number": "+47", "shoe_size": "43"},
                (
                    "InvalidParameterException",
                    "Attributes did not conform to the schema: shoe_size: "
                    "Attribute does not exist in the schema.",
                ),
            ),
            (
                {"given_name": "Ben", "phone_number": "+47", "email": "ben@example.com"},
                ("NotAuthorizedException", "Cannot modify an already provided email"),
            ),
            (
                {"given_name": "Ben", "phone_number": "+47", "email_verified": "true"},
                ("NotAuthorizedException", "A client attempted to write unauthorized attribute"),
            ),
            (
                {"given_name": "Ben", "phone_number": "+47", "sub": "other"},
                ("NotAuthorizedException", "A client attempted to write unauthorized attribute"),
            ),
        ],
    )
    def test_a_wrong_one_is_named(
        self, house: House, attributes: dict[str, str], refusal: tuple[str, str]
    ) -> None:
        given = {f"userAttributes.{name}": value for name, value in attributes.items()}
        response = house.response(house.challenge(username="ben"), NEW_PASSWORD=NEW, **given)
        assert house.refused("RespondToAuthChallenge", **response) == refusal
        assert house.now("ben").status is UserStatus.FORCE_CHANGE_PASSWORD

    def test_a_client_writes_only_what_it_may(self, house: House) -> None:
        house.client("narrow", write_attributes=("given_name", "phone_number"))
        challenge = house.challenge(client="narrow")
        response = house.response(challenge, "narrow", NEW_PASSWORD=NEW, **{"userAttributes.locale": "pt"})
        assert house.refused("RespondToAuthChallenge", **response)[1] == (
            "A client attempted to write unauthorized attribute"
        )

    @pytest.mark.parametrize(
        ("value", "why"),
        [("x", "Number must be a whole number."), ("0", "Must be at least 1."), ("9", "Must be at most 5.")],
    )
    def test_a_custom_attribute_has_type_and_limits(self, house: House, value: str, why: str) -> None:
        house.pool.schema = schema(custom=[Attribute("custom:level", "Number", 1, 5)])
        house.client("level", write_attributes=("custom:level",))
        response = house.response(
            house.challenge(client="level"),
            "level",
            NEW_PASSWORD=NEW,
            **{"userAttributes.custom:level": value},
        )
        assert house.refused("RespondToAuthChallenge", **response) == (
            "InvalidParameterException",
            f"Attributes did not conform to the schema: custom:level: {why}",
        )

    @pytest.mark.parametrize("value", ["1", "5"])
    def test_its_limits_are_within(self, house: House, value: str) -> None:
        house.pool.schema = schema(custom=[Attribute("custom:level", "Number", 1, 5)])
        house.client("level", write_attributes=("custom:level",))
        response = house.response(
            house.challenge(client="level"),
            "level",
            NEW_PASSWORD=NEW,
            **{"userAttributes.custom:level": value},
        )
        assert house.ask("RespondToAuthChallenge", **response)
        assert house.now("ana").attributes["custom:level"] == value

    def test_custom_ones_are_not_written_by_default(self, house: House) -> None:
        house.pool.schema = schema(custom=[Attribute("custom:level")])
        response = house.response(house.challenge(), NEW_PASSWORD=NEW, **{"userAttributes.custom:level": "3"})
        assert house.refused("RespondToAuthChallenge", **response)[0] == "NotAuthorizedException"

    def test_an_alias_may_not_be_somebody_elses(self, house: House) -> None:
        house.pool.alias_attributes = ("preferred_username",)
        response = house.response(
            house.challenge(), NEW_PASSWORD=NEW, **{"userAttributes.preferred_username": "BEN"}
        )
        assert house.refused("RespondToAuthChallenge", **response) == (
            "AliasExistsException",
            "An account with the given preferred_username already exists.",
        )


class TestPassword:
    @pytest.mark.parametrize(
        ("password", "words"),
        [
            ("Ab-4567", "Password not long enough"),
            ("Ab-4" * 64 + "5", "Password too long"),
            ("ab-45678", "Password must have uppercase characters"),
            ("AB-45678", "Password must have lowercase characters"),
            ("Ab-cdefg", "Password must have numeric characters"),
            ("Ab345678", "Password must have symbol characters"),
            ("Ab34567 ", "Password must have symbol characters"),
        ],
    )
    def test_one_that_does_not_conform_is_told_why(self, house: House, password: str, words: str) -> None:
        response = house.response(house.challenge(), NEW_PASSWORD=password)
        assert house.refused("RespondToAuthChallenge", **response) == (
            "InvalidPasswordException",
            f"Password does not conform to policy: {words}",
        )

    @pytest.mark.parametrize("password", ["Ab-45678", "Ab 45678", "Ab+45678", "Ab=45678", "Ab-4" * 64])
    def test_one_that_conforms_is_taken(self, house: House, password: str) -> None:
        response = house.response(house.challenge(), NEW_PASSWORD=password)
        assert house.ask("RespondToAuthChallenge", **response)

    def test_a_policy_may_ask_for_less(self, house: House) -> None:
        house.pool.password_policy = PasswordPolicy(6, False, False, False, False)
        assert house.ask("RespondToAuthChallenge", **house.response(house.challenge(), NEW_PASSWORD="......"))

    def test_it_may_be_the_old_one_unless_the_pool_remembers(self, house: House) -> None:
        house.pool.password_policy = PasswordPolicy(history_size=2)
        house.change(passwords=(Secret(PASSWORD), Secret("Older-made-up-1"), Secret("Oldest-made-up-1")))
        challenge = house.challenge()
        for used in (PASSWORD, "Older-made-up-1"):
            response = house.response(challenge, NEW_PASSWORD=used)
            assert house.refused("RespondToAuthChallenge", **response)[0] == (
                "PasswordHistoryPolicyViolationException"
            )
        response = house.response(challenge, NEW_PASSWORD="Oldest-made-up-1")
        assert house.ask("RespondToAuthChallenge", **response)

    def test_it_has_to_be_there(self, house: House) -> None:
        assert house.refused("RespondToAuthChallenge", **house.response(house.challenge())) == (
            "InvalidParameterException",
            "Missing required parameter NEW_PASSWORD",
        )


class TestUsername:
    """The canonical one, in the hash too."""

    @pytest.fixture(autouse=True)
    def aliases(self, house: House) -> None:
        house.pool.alias_attributes = ("email",)

    def test_the_hash_is_over_it_though_the_sign_in_began_with_an_alias(self, house: House) -> None:
        alias = "ana@example.com"
        challenge = house.challenge(username=alias, client="secretclient", hashed=secret_hash(alias))
        response = house.response(challenge, "secretclient", NEW_PASSWORD=NEW, SECRET_HASH=secret_hash(alias))
        assert house.refused("RespondToAuthChallenge", **response) == (
            "NotAuthorizedException",
            "Unable to verify secret hash for client secretclient",
        )
        response["ChallengeResponses"]["SECRET_HASH"] = secret_hash("ana")
        assert house.ask("RespondToAuthChallenge", **response)

    def test_an_alias_is_refused_even_with_the_hash_over_it(self, house: House) -> None:
        alias = "ana@example.com"
        challenge = house.challenge(username=alias, client="secretclient", hashed=secret_hash(alias))
        response = house.response(challenge, "secretclient", NEW_PASSWORD=NEW, SECRET_HASH=secret_hash(alias))
        response["ChallengeResponses"]["USERNAME"] = alias
        assert house.refused("RespondToAuthChallenge", **response) == NOT_THIS

    def test_the_hash_has_to_be_there(self, house: House) -> None:
        challenge = house.challenge(client="secretclient", hashed=secret_hash("ana"))
        response = house.response(challenge, "secretclient", NEW_PASSWORD=NEW)
        assert house.refused("RespondToAuthChallenge", **response)[1] == (
            "Client secretclient is configured with secret but SECRET_HASH was not received"
        )

    def test_so_has_the_username(self, house: House) -> None:
        response = house.response(house.challenge(), NEW_PASSWORD=NEW)
        del response["ChallengeResponses"]["USERNAME"]
        assert house.refused("RespondToAuthChallenge", **response) == (
            "InvalidParameterException",
            "Missing required parameter USERNAME",
        )


class TestSession:
    def test_it_survives_a_refused_answer(self, house: House) -> None:
        response = house.response(house.challenge(), NEW_PASSWORD="short")
        for _ in range(3):
            house.refused("RespondToAuthChallenge", **response)
        response["ChallengeResponses"]["NEW_PASSWORD"] = NEW
        assert house.ask("RespondToAuthChallenge", **response)

    def test_it_is_used_up_by_one_that_was_taken(self, house: House) -> None:
        response = house.response(house.challenge(), NEW_PASSWORD=NEW)
        house.ask("RespondToAuthChallenge", **response)
        assert house.refused("RespondToAuthChallenge", **response) == USED_UP

    def test_it_lives_three_minutes(self, house: House) -> None:
        response = house.response(house.challenge(), NEW_PASSWORD=NEW)
        house.clock.forward(minutes=3)
        assert house.refused("RespondToAuthChallenge", **response) == EXPIRED

    def test_or_as_long_as_the_client_says(self, house: House) -> None:
        house.client("patient", auth_session_validity=15)
        response = house.response(house.challenge(client="patient"), "patient", NEW_PASSWORD=NEW)
        house.clock.forward(minutes=15, seconds=-1)
        assert house.ask("RespondToAuthChallenge", **response)

    def test_it_is_for_one_user(self, house: House) -> None:
        response = house.response(house.challenge(), NEW_PASSWORD=NEW)
        for username in ("ben", "nobody"):
            response["ChallengeResponses"]["USERNAME"] = username
            assert house.refused("RespondToAuthChallenge", **response) == NOT_THIS

    def test_it_is_for_one_client(self, house: House) -> None:
        house.client("another")
        response = house.response(house.challenge(), "another", NEW_PASSWORD=NEW)
        assert house.refused("RespondToAuthChallenge", **response) == NOT_THIS

    def test_it_is_for_one_challenge(self, house: House) -> None:
        response = {**house.response(house.challenge(), SMS_MFA_CODE="123456"), "ChallengeName": "SMS_MFA"}
        assert house.refused("RespondToAuthChallenge", **response) == NOT_THIS

    @pytest.mark.parametrize("session", ["x" * 20, "x" * 4096])
    def test_it_is_one_of_ours(self, house: House, session: str) -> None:
        response = {**house.response(house.challenge(), NEW_PASSWORD=NEW), "Session": session}
        assert house.refused("RespondToAuthChallenge", **response) == NOT_THIS

    @pytest.mark.parametrize("session", ["x" * 19, "x" * 4097])
    def test_it_has_20_to_4096_characters(self, house: House, session: str) -> None:
        response = {**house.response(house.challenge(), NEW_PASSWORD=NEW), "Session": session}
        assert "Value at 'session' failed" in house.refused("RespondToAuthChallenge", **response)[1]

    def test_it_has_to_be_there(self, house: House) -> None:
        response = house.response(house.challenge(), NEW_PASSWORD=NEW)
        del response["Session"]
        assert house.refused("RespondToAuthChallenge", **response) == (
            "InvalidParameterException",
            "Missing required parameter Session",
        )

    def test_it_is_no_good_for_a_user_who_was_disabled_meanwhile(self, house: House) -> None:
        response = house.response(house.challenge(), NEW_PASSWORD=NEW)
        house.change(enabled=False)
        assert house.refused("RespondToAuthChallenge", **response)[1] == "User is disabled."

    def test_nor_for_one_who_was_given_a_permanent_password(self, house: House) -> None:
        response = house.response(house.challenge(), NEW_PASSWORD=NEW)
        house.ask("AdminSetUserPassword", Username="ana", Password=NEW, Permanent=True)
        assert house.refused("RespondToAuthChallenge", **response) == NOT_THIS
