from __future__ import annotations

import json

from cognito_tui.cognito import challenges
from cognito_tui.cognito.described import AppClientDescription, UserPoolDescription
from cognito_tui.cognito.model import Challenge, Secret
from cognito_tui.cognito.secrecy import sealed

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
    form = challenges.form(Challenge("NEVER_HEARD_OF_IT", {"a": "b"}))
    assert not form.known
    assert [field.name for field in form.fields] == ["ANSWER"]
    assert challenges.responses({"ANSWER": "42"}) == {"ANSWER": Secret("42")}


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
