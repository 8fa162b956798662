"""Driven too fast, the sandbox asks to wait."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from cognito_tui.sandbox.operations import OPERATIONS
from cognito_tui.sandbox.quotas import CATEGORIES, Quotas
from tests.sandbox.house import House
from tests.sandbox.outside import Outside, outside

TOO_MANY = ("TooManyRequestsException", "Too many requests")


@pytest.fixture
def house() -> House:
    return House(quotas=Quotas())


@pytest.fixture
def aws(house: House) -> Iterator[Outside]:
    with outside(house) as client:
        yield client


def many(house: House, operation: str, number: int, **params: str) -> None:
    """So many in the same moment, each about another user; not over HTTP, for there it takes its time."""
    for each in range(number):
        house.user(f"user{each}")
        house.ask(operation, Username=f"user{each}", **params)


def test_a_category_has_so_many_a_second(aws: Outside) -> None:
    many(aws.house, "AdminEnableUser", 25)
    assert aws.refused("AdminEnableUser", Username="ana") == TOO_MANY
    assert aws.refused("AdminDeleteUser", Username="ana") == TOO_MANY
    assert aws("AdminGetUser", Username="ana")
    aws.house.clock.forward(seconds=0.999)
    assert aws.refused("AdminEnableUser", Username="ana") == TOO_MANY
    aws.house.clock.forward(seconds=0.001)
    assert aws("AdminEnableUser", Username="ana") == {}


def test_what_was_refused_does_not_count(aws: Outside) -> None:
    many(aws.house, "AdminEnableUser", 25)
    for _ in range(30):
        aws.house.clock.forward(seconds=0.03)
        assert aws.refused("AdminEnableUser", Username="ana") == TOO_MANY
    aws.house.clock.forward(seconds=0.1)
    assert aws("AdminEnableUser", Username="ana") == {}
    assert aws.house.sandbox.done["AdminEnableUser", "ana"] == 1


def test_one_user_has_ten(aws: Outside) -> None:
    for _ in range(10):
        aws.house.ask("AdminGetUser", Username="ana")
    assert aws.refused("AdminGetUser", Username="ana") == TOO_MANY
    assert aws.refused("AdminEnableUser", Username="ana") == TOO_MANY
    assert aws("ListUsers")


def test_the_settings_of_a_pool_have_five(aws: Outside) -> None:
    for _ in range(5):
        aws.house.ask("DescribeUserPool")
    assert aws.refused("DescribeUserPool") == TOO_MANY
    assert aws.refused("DescribeUserPool", UserPoolId="local_Other")[0] == "ResourceNotFoundException"


def test_any_rate_may_be_asked_for() -> None:
    with outside(House(quotas=Quotas.at(2))) as aws:
        assert len(aws.everybody()) == 1
        aws.everybody()
        assert aws.refused("ListUsers") == TOO_MANY


def test_without_quotas_there_is_no_end() -> None:
    house = House()
    for _ in range(500):
        house.ask("ListUsers")


def test_every_operation_has_its_category() -> None:
    assert set(CATEGORIES) == set(OPERATIONS)
