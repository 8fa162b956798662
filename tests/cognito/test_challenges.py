from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cognito_tui.cognito import challenges
from cognito_tui.cognito.described import AppClientDescription, UserPoolDescription
from cognito_tui.cognito.model import Challenge, Secret
from cognito_tui.cognito.secrecy import sealed
from tests.service_model import model

ASKED = Challenge(
    "NEW_PASSWORD_REQUIRED",
    {
        "requiredAttributes": json.dumps(["userAttributes.given_name", "userAttributes.phone_number"]),
        "userAttributes": json.dumps({"email": "ana@example.com", "email_verified": "true", "nickname": ""}),
    },
)


def test_a_new_password_and_each_required_attribute_are_asked() -> None:
    form = challenges.form(ASKED)
    assert [field.name for field in form.fields] == [
        "NEW_PASSWORD",
        "userAttributes.given_name",
        "userAttributes.phone_number",
    ]
    assert form.fields[0].secret
    assert form.fields[0].is_new_password
    assert form.fields[2].problem("351") == "begin with + and country code"
    assert form.known


def test_emulators_leave_the_parameters_out() -> None:
    form = challenges.form(Challenge("NEW_PASSWORD_REQUIRED", {}))
    assert [field.name for field in form.fields] == ["NEW_PASSWORD"]


def test_attributes_that_have_a_value_are_never_offered_again() -> None:
    more = challenges.more_attributes(ASKED)
    assert "email" not in more
    assert "given_name" not in more, "it is asked already"
    assert "nickname" in more
    assert "family_name" in more


def test_a_described_pool_knows_its_own_attributes() -> None:
    pool = UserPoolDescription.of(
        {
            "UserPool": {
                "Id": "eu-west-1_A",
                "SchemaAttributes": [
                    {"Name": "sub", "Mutable": False},
                    {"Name": "email"},
                    {"Name": "email_verified", "AttributeDataType": "Boolean"},
                    {"Name": "family_name"},
                    {"Name": "custom:team", "AttributeDataType": "Number"},
                    {"Name": "custom:fixed", "Mutable": False},
                ],
                "Policies": {"PasswordPolicy": {"MinimumLength": 6}},
            }
        }
    )
    assert challenges.more_attributes(ASKED, pool) == ("family_name", "custom:team")
    assert challenges.attribute_field("custom:team", pool, required=False).problem("x") == "a whole number"
    assert pool.password_policy.minimum_length == 6


def test_an_unknown_challenge_shows_that_it_is_one_and_takes_an_answer() -> None:
    challenge = Challenge("NEVER_HEARD_OF_IT", {"a": "b"})
    form = challenges.form(challenge)
    assert not form.known
    assert form.shown == {"a": "b"}
    assert [field.name for field in form.fields] == ["ANSWER"]
    assert challenges.responses(challenge, {"ANSWER": "42"}) == {"ANSWER": Secret("42")}


def test_a_client_allows_what_its_flows_say() -> None:
    def client(*flows: str) -> AppClientDescription:
        return AppClientDescription.of(
            {"UserPoolClient": {"ClientId": "c", "ExplicitAuthFlows": list(flows)}}
        )

    assert client("ALLOW_USER_PASSWORD_AUTH").allows("USER_PASSWORD_AUTH")
    assert client("USER_PASSWORD_AUTH").allows("USER_PASSWORD_AUTH"), "the legacy value"
    assert client("ADMIN_NO_SRP_AUTH").allows("ADMIN_USER_PASSWORD_AUTH"), "the legacy name"
    assert client("ALLOW_ADMIN_USER_PASSWORD_AUTH").allows("ADMIN_NO_SRP_AUTH")
    assert not client("ALLOW_REFRESH_TOKEN_AUTH").allows("USER_PASSWORD_AUTH")
    assert not client().allows("USER_PASSWORD_AUTH"), "unset is refresh, SRP and custom"
    assert client().allows("USER_SRP_AUTH")


def test_a_described_client_tells_its_secret_sealed() -> None:
    told = AppClientDescription.of(sealed({"UserPoolClient": {"ClientId": "c", "ClientSecret": "s" * 51}}))
    assert told.secret == Secret("s" * 51)
    assert told.auth_session_minutes == 3
    assert AppClientDescription.of({}).secret is None


@pytest.mark.parametrize(
    ("medium", "destination", "sentence"),
    [
        ("SMS", "+*******1234", "Cognito has sent it by SMS to +*******1234."),
        ("EMAIL", "a***@e***", "Cognito has sent it by e-mail to a***@e***."),
        ("PIGEON", "", "Cognito has sent it by PIGEON."),
        ("", "a***@e***", "Cognito has sent it to a***@e***."),
        ("", "", ""),
    ],
)
@pytest.mark.parametrize("name", ["SMS_MFA", "EMAIL_OTP", "SMS_OTP", "EMAIL_MFA"])
def test_it_is_said_where_the_code_went(name: str, medium: str, destination: str, sentence: str) -> None:
    told = {"CODE_DELIVERY_DELIVERY_MEDIUM": medium, "CODE_DELIVERY_DESTINATION": destination}
    form = challenges.form(Challenge(name, {key: value for key, value in told.items() if value}))
    assert form.intro.endswith(sentence)
    assert form.intro.strip() == form.intro


@pytest.mark.parametrize(
    "typed",
    [
        "123456",
        " 123456\n",
        "123 456",
        "123-456",
        "123\u2013456",
        "123\u00a0456",
        "1 2 3 4 5 6",
        "\u200b123456",
    ],
)
def test_a_code_may_be_pasted_as_it_was_shown(typed: str) -> None:
    (field,) = challenges.form(Challenge("SOFTWARE_TOKEN_MFA", {})).fields
    assert field.is_code
    assert field.problem(typed) is None
    assert challenges.code(typed) == "123456"


@pytest.mark.parametrize("typed", ["12345", "1234567", "12345a", "１２３４５６", "-"])
def test_what_cannot_be_a_totp_code_is_told(typed: str) -> None:
    assert challenges.code_problem(typed) == "6 figures"


@given(st.text())
def test_a_code_loses_blanks_and_dashes_and_nothing_else(typed: str) -> None:
    left = challenges.code(typed)
    assert challenges.code(left) == left
    assert [each for each in typed if each.isalnum()] == [each for each in left if each.isalnum()]


def test_fields_know_the_lengths_of_the_service_model() -> None:
    shapes = model()["shapes"]
    assert shapes["PasswordType"]["max"] == challenges.LONGEST_PASSWORD
    assert shapes["ConfirmationCodeType"]["max"] == challenges.LONGEST_CODE
    totp = shapes["SoftwareTokenMFAUserCodeType"]
    assert challenges.TOTP_DIGITS == totp["max"] == totp["min"]


def test_the_authenticator_app_is_named_where_cognito_names_it() -> None:
    named = Challenge("SOFTWARE_TOKEN_MFA", {"FRIENDLY_DEVICE_NAME": "my phone"})
    assert "on my phone" in challenges.form(named).intro


def test_a_choice_outside_the_list_is_told_and_one_of_an_empty_list_is_free() -> None:
    (field,) = challenges.form(Challenge("SELECT_MFA_TYPE", {"MFAS_CAN_CHOOSE": '["SMS_MFA"]'})).fields
    assert field.problem("SMS_MFA ") is None
    assert field.problem("PIGEON") == "one of SMS_MFA"
    (free,) = challenges.form(Challenge("SELECT_CHALLENGE", {})).fields
    assert free.choices == ()
    assert free.problem("ANYTHING") is None


@pytest.mark.parametrize(
    ("pasted", "problem"),
    [
        ('{"id": "x", "response": {}}', None),
        (" {}\n", None),
        ("[1]", "not a JSON object"),
        ('"x"', "not a JSON object"),
        ("{", "not JSON"),
        ("[" * 100_000, "not JSON"),
    ],
)
def test_a_credential_has_to_be_a_json_object(pasted: str, problem: str | None) -> None:
    (field,) = challenges.form(Challenge("WEB_AUTHN", {})).fields
    assert field.problem(pasted) == problem


def test_the_options_of_a_passkey_are_there_to_be_copied() -> None:
    options = '{"challenge": "abc"}'
    form = challenges.form(Challenge("WEB_AUTHN", {"CREDENTIAL_REQUEST_OPTIONS": options}))
    assert form.shown == {"CREDENTIAL_REQUEST_OPTIONS": options}
    assert challenges.form(Challenge("WEB_AUTHN", {})).shown is None


def test_what_the_trigger_tells_of_a_custom_challenge_is_shown_without_the_username() -> None:
    form = challenges.form(Challenge("CUSTOM_CHALLENGE", {"USERNAME": "ana", "question": "2+2?"}))
    assert form.known
    assert form.shown == {"question": "2+2?"}


def test_answers_are_secret_but_for_cognitos_own_words() -> None:
    sent = challenges.responses(Challenge("SELECT_MFA_TYPE", {}), {"ANSWER": Secret(" SMS_MFA ")})
    assert sent == {"ANSWER": "SMS_MFA"}
    sent = challenges.responses(Challenge("CUSTOM_CHALLENGE", {}), {"ANSWER": " x "})
    assert sent == {"ANSWER": Secret(" x ")}
