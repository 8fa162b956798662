"""Groups, from outside."""

from __future__ import annotations

from typing import Any

import jwt
import pytest

from tests.sandbox.outside import Outside

NOT_FOUND = ("ResourceNotFoundException", "Group not found.")
ROLE = "arn:aws:iam::123456789012:role/beta"


def names(answer: dict[str, Any]) -> list[str]:
    return [each["GroupName"] for each in answer["Groups"]]


def test_a_group_is_made_once_and_listed(aws: Outside) -> None:
    aws("CreateGroup", GroupName="plain")
    made = aws("CreateGroup", GroupName="beta", Description="Early", RoleArn=ROLE, Precedence=0)["Group"]
    assert made == {
        "GroupName": "beta",
        "UserPoolId": aws.house.pool.pool_id,
        "Description": "Early",
        "RoleArn": ROLE,
        "Precedence": 0,
        "CreationDate": aws.house.clock(),
        "LastModifiedDate": aws.house.clock(),
    }
    assert aws.refused("CreateGroup", GroupName="beta") == (
        "GroupExistsException",
        "A group with the name beta already exists.",
    )
    groups = aws("ListGroups")["Groups"]
    assert groups[1] == made
    assert set(groups[0]) == {"GroupName", "UserPoolId", "CreationDate", "LastModifiedDate"}


def test_a_user_goes_in_and_out(aws: Outside) -> None:
    for name in ("beta", "staff"):
        aws("CreateGroup", GroupName=name)
    modified = aws("AdminGetUser", Username="ana")["UserLastModifiedDate"]
    aws.house.clock.forward(hours=1)
    for name in ("staff", "beta", "staff"):
        assert aws("AdminAddUserToGroup", Username="ana", GroupName=name) == {}
    assert names(aws("AdminListGroupsForUser", Username="ana")) == ["staff", "beta"]
    token = aws("InitiateAuth", **aws.house.start())["AuthenticationResult"]["IdToken"]
    claims = jwt.decode(token, options={"verify_signature": False})
    assert claims["cognito:groups"] == ["staff", "beta"]

    for _twice in range(2):
        assert aws("AdminRemoveUserFromGroup", Username="ana", GroupName="staff") == {}
    assert names(aws("AdminListGroupsForUser", Username="ana")) == ["beta"]
    assert aws("AdminGetUser", Username="ana")["UserLastModifiedDate"] == modified


def test_a_group_tells_its_members(aws: Outside) -> None:
    aws("CreateGroup", GroupName="beta")
    for name in ("ben", "bea"):
        aws.house.user(name)
        aws("AdminAddUserToGroup", Username=name, GroupName="beta")
    first = aws("ListUsersInGroup", GroupName="beta", Limit=1)
    second = aws("ListUsersInGroup", GroupName="beta", NextToken=first["NextToken"])
    assert [each["Username"] for each in first["Users"] + second["Users"]] == ["ben", "bea"]
    assert "NextToken" not in second
    aws("AdminDeleteUser", Username="ben")
    assert [each["Username"] for each in aws("ListUsersInGroup", GroupName="beta")["Users"]] == ["bea"]


@pytest.mark.parametrize("operation", ["ListGroups", "AdminListGroupsForUser"])
def test_long_lists_come_in_pages(aws: Outside, operation: str) -> None:
    who = {"Username": "ana"} if operation == "AdminListGroupsForUser" else {}
    for number in range(5):
        aws.house.ask("CreateGroup", GroupName=f"group{number}")
        aws.house.ask("AdminAddUserToGroup", Username="ana", GroupName=f"group{number}")
    first = aws(operation, Limit=3, **who)
    second = aws(operation, Limit=3, NextToken=first["NextToken"], **who)
    assert names(first) + names(second) == [f"group{number}" for number in range(5)]
    assert "NextToken" not in second


@pytest.mark.parametrize("operation", ["AdminAddUserToGroup", "AdminRemoveUserFromGroup"])
def test_who_or_what_is_not_there_is_told(aws: Outside, operation: str) -> None:
    assert aws.refused(operation, Username="ana", GroupName="none") == NOT_FOUND
    assert aws.refused(operation, Username="nobody", GroupName="none") == (
        "UserNotFoundException",
        "User does not exist.",
    )
    assert aws.refused("ListUsersInGroup", GroupName="none") == NOT_FOUND
    assert aws.refused("AdminListGroupsForUser", Username="nobody")[0] == "UserNotFoundException"
