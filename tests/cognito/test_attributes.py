from __future__ import annotations

import pytest

from cognito_tui.cognito.attributes import STANDARD, SchemaAttribute, hint, problem


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("phone_number", "+351912345678"),
        ("email", "ana@example.com"),
        ("birthdate", "1990-12-31"),
        ("updated_at", "1700000000"),
        ("given_name", "[/red]"),
        ("custom:anything", "text"),
    ],
)
def test_good_values(name: str, value: str) -> None:
    assert problem(name, value) is None


@pytest.mark.parametrize(
    ("name", "value", "word"),
    [
        ("phone_number", "351 912 345 678", "+"),
        ("phone_number", "+351 912", "digits"),
        ("email", "ana", "e-mail"),
        ("birthdate", "31.12.1990", "YYYY"),
        ("birthdate", "1990-02-30", "YYYY"),
        ("updated_at", "today", "seconds"),
        ("name", "x" * 2049, "2048"),
    ],
)
def test_values_cognito_would_refuse(name: str, value: str, word: str) -> None:
    said = problem(name, value)
    assert said is not None
    assert word in said


def test_the_pools_own_schema_narrows_them() -> None:
    number = SchemaAttribute.of(
        {
            "Name": "custom:age",
            "AttributeDataType": "Number",
            "NumberAttributeConstraints": {"MinValue": "18", "MaxValue": "99"},
        }
    )
    assert problem("custom:age", "20", number) is None
    assert problem("custom:age", "17", number) == "at least 18"
    assert problem("custom:age", "100", number) == "at most 99"
    assert problem("custom:age", "x", number) == "a whole number"
    text = SchemaAttribute.of(
        {"Name": "custom:a", "StringAttributeConstraints": {"MinLength": "2", "MaxLength": "3"}}
    )
    assert problem("custom:a", "x", text) == "at least 2 characters"
    assert problem("custom:a", "xxxx", text) == "at most 3 characters"
    boolean = SchemaAttribute("custom:b", "Boolean")
    assert problem("custom:b", "yes", boolean) == "true or false"
    assert problem("custom:b", "true", boolean) is None


def test_each_attribute_says_what_to_type() -> None:
    assert all(hint(name) for name in STANDARD)
    assert hint("custom:age", SchemaAttribute("custom:age", "Number")) == "a whole number"
    assert hint("custom:x") == "text"


@pytest.mark.parametrize("told", ["0.5", "", None, "many"])
def test_a_limit_that_is_no_whole_number_limits_nothing(told: str | None) -> None:
    described = {
        "Name": "custom:n",
        "AttributeDataType": "Number",
        "NumberAttributeConstraints": {"MinValue": told},
    }
    assert SchemaAttribute.of(described).minimum is None


def test_a_number_of_any_length_is_only_refused() -> None:
    schema = SchemaAttribute.of({"Name": "custom:n", "AttributeDataType": "Number"})
    assert problem("custom:n", "9" * 5000, schema) == "a whole number"
