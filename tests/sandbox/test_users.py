"""Creating, listing and changing users."""

from __future__ import annotations

from typing import Any

import pytest

from cognito_tui.cognito.model import UserStatus
from tests.sandbox.house import House

TEMPORARY = "Temporary-1"


def attributes(**values: str) -> list[dict[str, str]]:
    return [{"Name": name, "Value": value} for name, value in values.items()]


class TestCreating:
    def test_a_new_user_has_to_change_the_password(self, house: House) -> None:
        given = attributes(email="cy@example.com", email_verified="True", nickname="")
        user = house.ask("AdminCreateUser", Username="cy", TemporaryPassword=TEMPORARY, UserAttributes=given)[
            "User"
        ]
        assert user["Username"] == "cy"
        assert user["UserStatus"] == "FORCE_CHANGE_PASSWORD"
        assert user["Enabled"] is True
        assert user["UserCreateDate"] == user["UserLastModifiedDate"] == house.clock().timestamp()
        told = {each["Name"]: each["Value"] for each in user["Attributes"]}
        assert len(told.pop("sub")) == 36
        assert told == {"email": "cy@example.com", "email_verified": "true"}
        assert house.challenge(username="cy", password=TEMPORARY)

    def test_the_invitation_goes_to_where_the_user_can_be_reached(self, house: House) -> None:
        given = attributes(email="cy@example.com", phone_number="+47")
        house.ask("AdminCreateUser", Username="cy", UserAttributes=given)
        house.ask("AdminCreateUser", Username="di", UserAttributes=given, DesiredDeliveryMediums=["EMAIL"])
        house.ask("AdminCreateUser", Username="ed", UserAttributes=given, MessageAction="SUPPRESS")
        house.ask("AdminCreateUser", Username="flo")
        sent = [
            (each.username, each.medium, each.destination) for each in house.sandbox.state.outbox.messages
        ]
        assert sent == [
            ("cy", "SMS", "+47"),
            ("cy", "EMAIL", "cy@example.com"),
            ("di", "EMAIL", "cy@example.com"),
        ]

    def test_a_password_that_was_made_for_the_user_stands_in_it_and_works(self, house: House) -> None:
        given = attributes(email="cy@example.com")
        house.ask("AdminCreateUser", Username="cy", UserAttributes=given)
        first = house.sandbox.state.outbox.messages[-1].password
        assert first
        assert house.challenge(username="cy", password=first.reveal())
        house.ask("AdminCreateUser", Username="cy", MessageAction="RESEND")
        second = house.sandbox.state.outbox.messages[-1].password
        assert second
        assert first != second
        assert house.challenge(username="cy", password=second.reveal())
        assert house.refused("InitiateAuth", **house.start("cy", first.reveal()))

    @pytest.mark.parametrize(
        ("params", "refusal"),
        [
            ({"Username": "ANA"}, ("UsernameExistsException", "User account already exists")),
            (
                {"Username": "cy", "TemporaryPassword": "weak"},
                (
                    "InvalidPasswordException",
                    "Password does not conform to policy: Password not long enough",
                ),
            ),
            (
                {"Username": "cy", "UserAttributes": attributes(email="cy")},
                ("InvalidParameterException", "Invalid email address format."),
            ),
            (
                {"Username": "cy", "UserAttributes": attributes(sub="x")},
                ("InvalidParameterException", "Cannot modify the non-mutable attribute sub"),
            ),
            (
                {"Username": "cy", "UserAttributes": attributes(shoe="43")},
                (
                    "InvalidParameterException",
                    "Attributes did not conform to the schema: shoe: Attribute does not exist in the schema.",
                ),
            ),
            (
                {"Username": "cy", "UserAttributes": attributes(email_verified="yes")},
                (
                    "InvalidParameterException",
                    "Attributes did not conform to the schema: email_verified: "
                    "Boolean must be true or false.",
                ),
            ),
            (
                {"Username": "cy", "UserAttributes": attributes(birthdate="1990")},
                (
                    "InvalidParameterException",
                    "Attributes did not conform to the schema: birthdate: Must be at least 10 characters.",
                ),
            ),
            (
                {"Username": "cy", "ForceAliasCreation": True},
                ("InvalidParameterException", "The sandbox does not serve ForceAliasCreation yet."),
            ),
            (
                {"Username": "nobody", "MessageAction": "RESEND"},
                ("UserNotFoundException", "User does not exist."),
            ),
        ],
    )
    def test_what_is_wrong_is_refused_and_nobody_is_created(
        self, house: House, params: dict[str, Any], refusal: tuple[str, str]
    ) -> None:
        assert house.refused("AdminCreateUser", **params) == refusal
        assert list(house.pool.users) == ["ana-sub"]
        assert house.sandbox.state.outbox.messages == []

    def test_where_users_are_known_by_e_mail_the_username_is_the_sub(self, house: House) -> None:
        house.pool.username_attributes = ("email",)
        user = house.ask("AdminCreateUser", Username="cy@example.com", TemporaryPassword=TEMPORARY)["User"]
        told = {each["Name"]: each["Value"] for each in user["Attributes"]}
        assert user["Username"] == told["sub"]
        assert told["email"] == "cy@example.com"
        challenge = house.challenge(username="CY@example.com", password=TEMPORARY)
        assert challenge["ChallengeParameters"]["USER_ID_FOR_SRP"] == told["sub"]
        assert house.refused("AdminCreateUser", Username="cy") == (
            "InvalidParameterException",
            "Username should be an email.",
        )
        assert house.refused("AdminCreateUser", Username="Cy@Example.com") == (
            "UsernameExistsException",
            "An account with the given email already exists.",
        )

    def test_where_e_mail_is_an_alias_no_username_may_look_like_one(self, house: House) -> None:
        house.pool.alias_attributes = ("email",)
        assert house.refused("AdminCreateUser", Username="cy@example.com") == (
            "InvalidParameterException",
            "Username cannot be of email format, since user pool is configured for email alias.",
        )
        given = attributes(email="ana@example.com", email_verified="true")
        assert house.refused("AdminCreateUser", Username="cy", UserAttributes=given)[0] == (
            "UsernameExistsException"
        )
        unverified = attributes(email="ana@example.com")
        assert house.ask("AdminCreateUser", Username="cy", UserAttributes=unverified)


class TestChanging:
    def change(self, house: House, **values: str) -> dict[str, str]:
        house.ask("AdminUpdateUserAttributes", Username="ana", UserAttributes=attributes(**values))
        return dict(house.now("ana").attributes)

    def test_a_new_address_is_not_verified_unless_the_request_says_so(self, house: House) -> None:
        assert self.change(house, email="ana@example.com")["email_verified"] == "true"
        assert self.change(house, email="new@example.com")["email_verified"] == "false"
        changed = self.change(house, email="newer@example.com", email_verified="true")
        assert (changed["email"], changed["email_verified"]) == ("newer@example.com", "true")

    def test_a_blank_value_deletes(self, house: House) -> None:
        assert set(self.change(house, given_name="", email="")) == {"phone_number"}

    def test_an_attribute_the_pool_does_not_have_is_refused_even_blank(self, house: House) -> None:
        given = {"Username": "ana", "UserAttributes": attributes(shoe="")}
        assert house.refused("AdminUpdateUserAttributes", **given)[1].endswith(
            "shoe: Attribute does not exist in the schema."
        )

    def test_it_moves_the_date_of_the_last_change(self, house: House) -> None:
        created = house.clock().timestamp()
        house.clock.forward(hours=1)
        self.change(house, nickname="Annie")
        answer = house.ask("AdminGetUser", Username="ana")
        assert answer["UserCreateDate"] == created
        assert answer["UserLastModifiedDate"] == created + 3600

    def test_a_sub_is_for_ever(self, house: House) -> None:
        given = {"Username": "ana", "UserAttributes": attributes(sub="other")}
        assert house.refused("AdminUpdateUserAttributes", **given)[1] == (
            "Cannot modify the non-mutable attribute sub"
        )

    def test_two_users_cannot_have_one_alias(self, house: House) -> None:
        house.pool.alias_attributes = ("email",)
        house.user("ben")
        given = attributes(email="Ana@example.com", email_verified="true")
        assert house.refused("AdminUpdateUserAttributes", Username="ben", UserAttributes=given) == (
            "AliasExistsException",
            "An account with the given email already exists.",
        )
        assert house.now("ben").attributes["email"] == "ben@example.com"


class TestListing:
    def test_users_come_with_everything_but_secrets(self, house: House) -> None:
        house.user("ben", UserStatus.UNCONFIRMED, enabled=False)
        users = house.ask("ListUsers")["Users"]
        assert [(each["Username"], each["UserStatus"], each["Enabled"]) for each in users] == [
            ("ana", "CONFIRMED", True),
            ("ben", "UNCONFIRMED", False),
        ]
        assert users[0]["Attributes"][0] == {"Name": "sub", "Value": "ana-sub"}
        assert set(users[0]) == {
            "Username",
            "Attributes",
            "UserCreateDate",
            "UserLastModifiedDate",
            "Enabled",
            "UserStatus",
        }

    def test_only_the_attributes_one_asks_for(self, house: House) -> None:
        (ana,) = house.ask("ListUsers", AttributesToGet=["email"])["Users"]
        assert ana["Attributes"] == [{"Name": "email", "Value": "ana@example.com"}]

    @pytest.mark.parametrize(("limit", "sizes"), [(60, [60, 60, 11]), (0, [60, 60, 11]), (50, [50, 50, 31])])
    def test_they_come_in_pages(self, house: House, limit: int, sizes: list[int]) -> None:
        for number in range(130):
            house.user(f"user{number}")
        pages: list[list[str]] = []
        params: dict[str, Any] | None = {"Limit": limit}
        while params is not None:
            answer = house.ask("ListUsers", **params)
            pages.append([each["Username"] for each in answer["Users"]])
            token = answer.get("PaginationToken")
            params = {"Limit": limit, "PaginationToken": token} if token else None
        assert [len(page) for page in pages] == sizes
        assert len({name for page in pages for name in page}) == 131

    @pytest.mark.parametrize("token", ["x", "x===", "ZnJvbSB4", "dG8gMQ==", "%%%"])
    def test_a_token_is_one_of_ours(self, house: House, token: str) -> None:
        assert house.refused("ListUsers", PaginationToken=token) == (
            "InvalidParameterException",
            "Invalid pagination token.",
        )
