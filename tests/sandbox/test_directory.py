"""Whoever is meant by a name is found, and nobody else, however names have changed."""

from __future__ import annotations

import pytest

from tests.sandbox.house import House
from tests.sandbox.outside import Outside


@pytest.fixture
def house() -> House:
    """E-mail and phone number are aliases."""
    house = House()
    house.pool.alias_attributes = ("email", "phone_number", "preferred_username")
    return house


def who(aws: Outside, name: str) -> str:
    answer: str = aws("AdminGetUser", Username=name)["Username"]
    return answer


def change(aws: Outside, username: str, **values: str) -> None:
    given = [{"Name": name, "Value": value} for name, value in values.items()]
    aws("AdminUpdateUserAttributes", Username=username, UserAttributes=given)


def test_a_new_alias_takes_the_place_of_the_old(aws: Outside) -> None:
    assert who(aws, "ANA@example.com") == "ana"
    change(aws, "ana", email="annie@example.com", email_verified="true", preferred_username="annie")
    for name in ("annie@example.com", "Annie", "ana", "ana-sub"):
        assert who(aws, name) == "ana"
    assert aws.refused("AdminGetUser", Username="ana@example.com")[0] == "UserNotFoundException"


def test_an_alias_that_is_free_again_may_be_taken(aws: Outside) -> None:
    aws.house.user("ben")
    change(aws, "ana", email="")
    change(aws, "ben", email="ana@example.com", email_verified="true")
    assert who(aws, "ana@example.com") == "ben"
    aws("AdminDeleteUser", Username="ben")
    assert aws.refused("AdminGetUser", Username="ana@example.com")[0] == "UserNotFoundException"
    change(aws, "ana", email="ana@example.com", email_verified="true")
    assert who(aws, "ana@example.com") == "ana"


def test_of_two_with_one_address_it_means_who_has_verified_it(aws: Outside) -> None:
    aws.house.user("ben", attributes={"email": "shared@example.com"})
    aws.house.user("cy", attributes={"email": "shared@example.com", "email_verified": "true"})
    assert who(aws, "shared@example.com") == "cy"
    change(aws, "cy", email_verified="false")
    assert aws.refused("AdminGetUser", Username="shared@example.com")[0] == "UserNotFoundException"


def test_case_counts_where_the_pool_says_so(aws: Outside) -> None:
    assert who(aws, "Ana") == "ana"
    aws.house.pool.case_sensitive = True
    assert aws.refused("AdminGetUser", Username="Ana")[0] == "UserNotFoundException"
    aws("AdminCreateUser", Username="Ana", MessageAction="SUPPRESS")
    assert (who(aws, "Ana"), who(aws, "ana")) == ("Ana", "ana")
