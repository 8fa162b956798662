"""ListUsers as an outside client sees it: filters, pages, attributes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from cognito_tui.cognito.model import UserStatus
from tests.sandbox.house import POOL, House
from tests.sandbox.outside import Outside, outside

PARSING = ("InvalidParameterException", "Error while parsing filter.")


class TestFilter:
    @pytest.fixture(scope="class")
    @staticmethod
    def aws() -> Iterator[Outside]:
        """There are Ana and three more; nobody changes."""
        house = House()
        house.user(
            "Bea",
            UserStatus.FORCE_CHANGE_PASSWORD,
            attributes={"email": "Bea@Example.com", "name": 'Bea "B" Silva'},
        )
        house.user("bert", enabled=False, attributes={"email": "bert@example.com", "name": "a\\b"})
        house.user(
            "carl",
            UserStatus.UNCONFIRMED,
            attributes={
                "phone_number": "+4712345678",
                "given_name": "Carl",
                "family_name": "Öst",
                "preferred_username": "cc",
            },
        )
        with outside(house) as client:
            yield client

    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ("", ["ana", "Bea", "bert", "carl"]),
            ('username = "bert"', ["bert"]),
            ('username = "Bert"', []),
            ('username ^= "b"', ["bert"]),
            ('username ^= "B"', ["Bea"]),
            ('username="ana"', ["ana"]),
            ('  "username"   ^=   "be"  ', ["bert"]),
            ('sub = "carl-sub"', ["carl"]),
            ('sub ^= "CARL"', ["carl"]),
            ('email = "bea@example.COM"', ["Bea"]),
            ('email ^= "be"', ["Bea", "bert"]),
            ('email ^= ""', ["ana", "Bea", "bert"]),
            ('email = ""', []),
            ('phone_number ^= "+47"', ["carl"]),
            ('name = "bea \\"B\\" silva"', ["Bea"]),
            ('name ^= "A\\\\"', ["bert"]),
            ('given_name = "carl"', ["carl"]),
            ('family_name ^= "ö"', ["carl"]),
            ('preferred_username = "cc"', ["carl"]),
            ('cognito:user_status = "force_change_password"', ["Bea"]),
            ('cognito:user_status ^= "UN"', ["carl"]),
            ('cognito:user_status = "nonsense"', []),
            ('status = "Disabled"', ["bert"]),
            ('status ^= "Enab"', ["ana", "Bea", "carl"]),
            ('status = "enabled"', []),
        ],
    )
    def test_finds(self, aws: Outside, text: str, found: list[str]) -> None:
        assert aws.everybody(Filter=text) == [found]

    @pytest.mark.parametrize(
        "text",
        [
            "foo",
            "email",
            "email =",
            "email = x",
            "email = 'x'",
            'email = "x',
            'email = "a"b"',
            'email = "a\\b"',
            'email = "x\\"',
            'email != "x"',
            'email > "x"',
            '"email = "x"',
            'email = "x" and name = "y"',
            '= "x"',
            " ",
        ],
    )
    def test_must_be_one(self, aws: Outside, text: str) -> None:
        assert aws.refused("ListUsers", Filter=text) == PARSING

    @pytest.mark.parametrize("name", ["custom:level", "nickname", "Email", "enabled", "user_status"])
    def test_is_for_some_attributes_only(self, aws: Outside, name: str) -> None:
        assert aws.refused("ListUsers", Filter=f'{name} = "x"') == (
            "InvalidParameterException",
            f"Invalid search attribute: {name}",
        )

    def test_has_256_characters_at_most(self, aws: Outside) -> None:
        assert aws("ListUsers", Filter=f'email = "{"x" * 246}"') == {"Users": []}
        message = aws.refused("ListUsers", Filter=f'email = "{"x" * 247}"')[1]
        assert message.endswith("Member must have length less than or equal to 256")


class TestPages:
    @pytest.mark.parametrize("limit", [1, 7, 59, 60])
    def test_give_everybody_once(self, aws: Outside, limit: int) -> None:
        for number in range(150):
            aws.house.user(f"user{number}", enabled=number % 2 == 0)
        pages = aws.everybody(Limit=limit)
        names = [name for page in pages for name in page]
        assert names == ["ana", *(f"user{number}" for number in range(150))]
        assert {len(page) for page in pages[:-1]} == {limit}
        disabled = aws.everybody(Limit=limit, Filter='status = "Disabled"')
        assert [name for page in disabled for name in page] == [
            f"user{number}" for number in range(1, 150, 2)
        ]

    def test_do_not_lose_anybody_when_others_go_or_come(self, aws: Outside) -> None:
        for number in range(6):
            aws.house.user(f"user{number}")
        first = aws("ListUsers", Limit=3)
        for gone in ("ana", "user1", "user2"):
            aws("AdminDeleteUser", Username=gone)
        aws("AdminCreateUser", Username="new", MessageAction="SUPPRESS")
        aws("AdminEnableUser", Username="user0")
        second = aws("ListUsers", PaginationToken=first["PaginationToken"])
        assert [each["Username"] for each in second["Users"]] == ["user3", "user4", "user5", "new"]
        assert "PaginationToken" not in second

    def test_a_token_is_for_the_list_it_came_with(self, aws: Outside) -> None:
        aws.house.user("ben")
        token = aws("ListUsers", Limit=1, Filter='email ^= "a"')
        assert "PaginationToken" not in token
        token = aws("ListUsers", Limit=1)["PaginationToken"]
        invalid = ("InvalidParameterException", "Invalid pagination token.")
        assert aws.refused("ListUsers", Limit=1, PaginationToken=token, Filter='email ^= "b"') == invalid
        assert aws.refused("ListUsers", PaginationToken="x") == invalid
        assert aws.refused("ListUserPools", MaxResults=1, NextToken=token) == invalid

    @pytest.mark.parametrize(("how_often", "sizes"), [(2, [2, 0, 2, 0, 1]), (3, [2, 2, 0, 1])])
    def test_may_be_empty_with_a_token(self, how_often: int, sizes: list[int]) -> None:
        house = House(empty_pages=how_often)
        for number in range(4):
            house.user(f"user{number}")
        with outside(house) as aws:
            pages = aws.everybody(Limit=2)
        assert [len(page) for page in pages] == sizes
        assert sum(sizes) == len({name for page in pages for name in page})


class TestAttributesToGet:
    def test_gives_these_and_no_others(self, aws: Outside) -> None:
        (ana,) = aws("ListUsers", AttributesToGet=["sub", "given_name"])["Users"]
        assert ana["Attributes"] == [
            {"Name": "sub", "Value": "ana-sub"},
            {"Name": "given_name", "Value": "Ana"},
        ]
        assert ana["UserStatus"] == "CONFIRMED"

    def test_of_nothing_gives_none(self, aws: Outside) -> None:
        assert aws("ListUsers", AttributesToGet=[])["Users"][0]["Attributes"] == []

    def test_must_be_had_by_everybody_in_the_page(self, aws: Outside) -> None:
        aws.house.user("ben", attributes={"email": "ben@example.com"})
        missing = ("InvalidParameterException", "One or more requested attributes do not exist.")
        assert aws.refused("ListUsers", AttributesToGet=["given_name"]) == missing
        assert aws.refused("ListUsers", AttributesToGet=["custom:level"]) == missing
        assert aws("ListUsers", AttributesToGet=["given_name"], Filter='username = "ana"')["Users"]


def test_another_pool_has_other_users(aws: Outside) -> None:
    assert aws.refused("ListUsers", UserPoolId="local_Other") == (
        "ResourceNotFoundException",
        "User pool local_Other does not exist.",
    )
    assert aws("ListUsers", UserPoolId=POOL)["Users"]
