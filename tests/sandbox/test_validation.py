"""What is wrong with a request before anybody looks at what it says."""

from __future__ import annotations

from typing import Any

import pytest

from cognito_tui.sandbox.refusal import Refusal
from tests.sandbox.house import House

USERNAME_PATTERN = r"[\p{L}\p{M}\p{S}\p{N}\p{P}]+"


@pytest.mark.parametrize(
    ("operation", "params", "words"),
    [
        (
            "AdminGetUser",
            {"Username": "two words"},
            "1 validation error detected: Value at 'username' failed to satisfy constraint: "
            f"Member must satisfy regular expression pattern: {USERNAME_PATTERN}",
        ),
        (
            "AdminGetUser",
            {"Username": "", "UserPoolId": "nounderscore"},
            "3 validation errors detected: Value 'nounderscore' at 'userPoolId' failed to satisfy "
            "constraint: "
            r"Member must satisfy regular expression pattern: [\w-]+_[0-9a-zA-Z]+; "
            "Value at 'username' failed to satisfy constraint: "
            "Member must have length greater than or equal to 1; "
            "Value at 'username' failed to satisfy constraint: "
            f"Member must satisfy regular expression pattern: {USERNAME_PATTERN}",
        ),
        (
            "AdminGetUser",
            {},
            "1 validation error detected: Value at 'username' failed to satisfy constraint: "
            "Member must not be null",
        ),
        (
            "ListUserPools",
            {},
            "1 validation error detected: Value null at 'maxResults' failed to satisfy constraint: "
            "Member must not be null",
        ),
        (
            "ListUsers",
            {"Limit": 61},
            "1 validation error detected: Value '61' at 'limit' failed to satisfy constraint: "
            "Member must have value less than or equal to 60",
        ),
        (
            "AdminCreateUser",
            {"Username": "new", "MessageAction": "AGAIN"},
            "1 validation error detected: Value 'AGAIN' at 'messageAction' failed to satisfy constraint: "
            "Member must satisfy enum value set: [RESEND, SUPPRESS]",
        ),
        (
            "AdminCreateUser",
            {"Username": "new", "UserAttributes": [{"Name": "email"}, {"Value": "x" * 2049}]},
            "2 validation errors detected: Value null at 'userAttributes.2.member.name' failed to satisfy "
            "constraint: Member must not be null; Value at 'userAttributes.2.member.value' failed to satisfy "
            "constraint: Member must have length less than or equal to 2048",
        ),
        (
            "AdminSetUserPassword",
            {"Username": "ana", "Password": "with a blank"},
            "1 validation error detected: Value at 'password' failed to satisfy constraint: "
            r"Member must satisfy regular expression pattern: [\S]+",
        ),
        (
            "AdminResetUserPassword",
            {"Username": "ana", "ClientMetadata": {"note": "x" * 131073}},
            "1 validation error detected: Value '{'note': '"
            + "x" * 131073
            + "'}' at 'clientMetadata' failed "
            "to satisfy constraint: Map value must satisfy constraint: "
            "[Member must have length less than or equal to 131072]",
        ),
    ],
)
def test_a_broken_constraint_is_told_in_the_words_of_aws(
    house: House, operation: str, params: dict[str, Any], words: str
) -> None:
    assert house.refused(operation, **params) == ("InvalidParameterException", words)


@pytest.mark.parametrize("username", ["[/red]", "Ünïcode", "日本", "💥", "a+b@example.com", "x" * 128])
def test_a_username_may_be_anything_without_blanks(house: House, username: str) -> None:
    assert house.refused("AdminGetUser", Username=username)[0] == "UserNotFoundException"


@pytest.mark.parametrize("username", ["a b", "tab\t", "null\0", "line\n", "\u200b", "x" * 129, " "])
def test_a_username_with_a_blank_or_control_is_none(house: House, username: str) -> None:
    assert house.refused("AdminGetUser", Username=username)[0] == "InvalidParameterException"


@pytest.mark.parametrize(
    ("params", "words"),
    [
        ({"Username": 1}, "NUMBER_VALUE can not be converted to a String"),
        ({"Username": True}, "TRUE_VALUE can not be converted to a String"),
        ({"Username": {}}, "Start of structure or map found where not expected."),
        ({"Username": []}, "Start of list found where not expected."),
        ({"Username": "\ud800"}, "STRING_VALUE can not be converted to a String"),
        ({"ForceAliasCreation": "yes"}, "STRING_VALUE can not be converted to a Boolean"),
        ({"ForceAliasCreation": 1}, "NUMBER_VALUE can not be converted to a Boolean"),
        ({"UserAttributes": {}}, "Start of structure or map found where not expected."),
        ({"ClientMetadata": "text"}, "STRING_VALUE can not be converted to a Map"),
        ({"UserAttributes": [None]}, "NULL_VALUE can not be converted to a Structure"),
        ({"ClientMetadata": {"a": 1}}, "NUMBER_VALUE can not be converted to a String"),
    ],
)
def test_a_wrong_type_does_not_parse(house: House, params: dict[str, Any], words: str) -> None:
    assert house.refused("AdminCreateUser", **params) == ("SerializationException", words)


@pytest.mark.parametrize("limit", [True, 1.5, "1"])
def test_a_number_is_a_whole_number(house: House, limit: object) -> None:
    assert house.refused("ListUsers", Limit=limit)[0] == "SerializationException"


def test_null_and_unknown_members_are_as_if_they_were_not_there(house: House) -> None:
    assert house.ask("ListUsers", Limit=None, Nonsense=[1])["Users"]


@pytest.mark.parametrize("params", [None, [], "text", 3])
def test_a_request_is_a_structure(house: House, params: object) -> None:
    with pytest.raises(Refusal, match="SerializationException"):
        house.sandbox.answer("GetUser", params)
