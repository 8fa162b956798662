"""What an administrator does to one user, from outside: words, dates, and what becomes of tokens."""

from __future__ import annotations

from typing import Any

import pytest

from cognito_tui.cognito.model import Secret, UserStatus
from cognito_tui.sandbox.totp import SoftwareToken
from tests.sandbox.house import House
from tests.sandbox.outside import Outside

NEW = "Brand-new-1"

CHANGES: dict[str, dict[str, Any]] = {
    "AdminDeleteUserAttributes": {"UserAttributeNames": ["given_name"]},
    "AdminDisableUser": {},
    "AdminEnableUser": {},
    "AdminResetUserPassword": {},
    "AdminSetUserMFAPreference": {"EmailMfaSettings": {"Enabled": True}},
    "AdminSetUserPassword": {"Password": NEW, "Permanent": True},
    "AdminUpdateUserAttributes": {"UserAttributes": [{"Name": "nickname", "Value": "Annie"}]},
}


@pytest.fixture
def house() -> House:
    house = House()
    house.pool.mfa, house.pool.mfa_factors = "OPTIONAL", ("EMAIL_OTP", "SOFTWARE_TOKEN_MFA")
    return house


@pytest.mark.parametrize("operation", CHANGES)
def test_a_change_moves_the_date_of_the_last_one(aws: Outside, operation: str) -> None:
    created = aws.house.clock()
    aws.house.clock.forward(minutes=5)
    assert aws(operation, Username="ana", **CHANGES[operation]) == {}
    user = aws("AdminGetUser", Username="ana")
    row = aws("ListUsers")["Users"][0]
    for each in (user, row):
        assert (each["UserCreateDate"], each["UserLastModifiedDate"]) == (created, aws.house.clock())


@pytest.mark.parametrize("operation", ["AdminGetUser", "AdminListGroupsForUser", "AdminGetUserAuthFactors"])
def test_looking_does_not(aws: Outside, operation: str) -> None:
    before = aws("AdminGetUser", Username="ana")["UserLastModifiedDate"]
    aws.house.clock.forward(minutes=5)
    aws(operation, Username="ana")
    assert aws("AdminGetUser", Username="ana")["UserLastModifiedDate"] == before


class TestPassword:
    def test_a_temporary_one_lives_a_week_from_then_and_nothing_is_sent(self, aws: Outside) -> None:
        aws.house.clock.forward(days=30)
        aws("AdminSetUserPassword", Username="ana", Password=NEW, Permanent=False)
        aws("AdminUpdateUserAttributes", Username="ana", **CHANGES["AdminUpdateUserAttributes"])
        aws.house.clock.forward(days=7)
        challenge = aws("InitiateAuth", **aws.house.start(password=NEW))
        assert challenge["ChallengeName"] == "NEW_PASSWORD_REQUIRED"
        aws.house.clock.forward(seconds=1)
        aws("AdminUpdateUserAttributes", Username="ana", **CHANGES["AdminUpdateUserAttributes"])
        assert "expired" in aws.refused("InitiateAuth", **aws.house.start(password=NEW))[1]
        assert aws.house.sandbox.state.outbox.messages == []

    def test_a_federated_user_becomes_a_local_one(self, aws: Outside) -> None:
        aws.house.user("Google_1234", UserStatus.EXTERNAL_PROVIDER, passwords=())
        assert aws("AdminGetUser", Username="Google_1234")["UserStatus"] == "EXTERNAL_PROVIDER"
        start = aws.house.start("Google_1234", NEW)
        assert aws.refused("InitiateAuth", **start)[1] == "Incorrect username or password."
        aws("AdminSetUserPassword", Username="Google_1234", Password=NEW, Permanent=True)
        assert aws("AdminGetUser", Username="Google_1234")["UserStatus"] == "CONFIRMED"
        assert aws("InitiateAuth", **start)["AuthenticationResult"]

    @pytest.mark.parametrize(
        ("password", "words"),
        [
            ("Short-1", "Password not long enough"),
            ("lower-case-1", "Password must have uppercase characters"),
            ("UPPER-CASE-1", "Password must have lowercase characters"),
            ("No-numbers", "Password must have numeric characters"),
            ("NoSymbols1", "Password must have symbol characters"),
        ],
    )
    def test_must_conform(self, aws: Outside, password: str, words: str) -> None:
        assert aws.refused("AdminSetUserPassword", Username="ana", Password=password) == (
            "InvalidPasswordException",
            f"Password does not conform to policy: {words}",
        )


class TestTokens:
    def signed_in(self, aws: Outside) -> Any:
        return aws("InitiateAuth", **aws.house.start())["AuthenticationResult"]

    def test_a_disabled_user_loses_them_for_ever(self, aws: Outside) -> None:
        tokens = self.signed_in(aws)
        aws("AdminDisableUser", Username="ana")
        aws("AdminEnableUser", Username="ana")
        assert aws.refused("GetUser", AccessToken=tokens["AccessToken"]) == (
            "NotAuthorizedException",
            "Access Token has been revoked",
        )
        params = {"ClientId": "openclient", "RefreshToken": tokens["RefreshToken"]}
        assert aws.refused("GetTokensFromRefreshToken", **params) == (
            "NotAuthorizedException",
            "Refresh Token has been revoked",
        )
        assert aws("GetUser", AccessToken=self.signed_in(aws)["AccessToken"])

    @pytest.mark.parametrize(
        "operation", ["AdminResetUserPassword", "AdminSetUserPassword", "AdminUpdateUserAttributes"]
    )
    def test_other_changes_leave_them_good(self, aws: Outside, operation: str) -> None:
        token = self.signed_in(aws)["AccessToken"]
        aws(operation, Username="ana", **CHANGES[operation])
        assert aws("GetUser", AccessToken=token)["Username"] == "ana"


class TestAttributes:
    def names(self, aws: Outside) -> set[str]:
        return {each["Name"] for each in aws("AdminGetUser", Username="ana")["UserAttributes"]}

    def test_deleted_ones_are_gone(self, aws: Outside) -> None:
        aws("AdminDeleteUserAttributes", Username="ana", UserAttributeNames=["given_name", "nickname"])
        assert self.names(aws) == {"sub", "email", "email_verified", "phone_number"}

    def test_an_address_goes_with_its_being_verified(self, aws: Outside) -> None:
        aws("AdminDeleteUserAttributes", Username="ana", UserAttributeNames=["email"])
        assert self.names(aws) == {"sub", "given_name", "phone_number"}

    @pytest.mark.parametrize(
        ("name", "words"),
        [
            ("sub", "Cannot modify the non-mutable attribute sub"),
            (
                "custom:shoe",
                "Attributes did not conform to the schema: custom:shoe: "
                "Attribute does not exist in the schema.",
            ),
        ],
    )
    def test_some_cannot_be_deleted(self, aws: Outside, name: str, words: str) -> None:
        params = {"Username": "ana", "UserAttributeNames": ["email", name]}
        assert aws.refused("AdminDeleteUserAttributes", **params) == ("InvalidParameterException", words)
        assert aws.house.now("ana") == aws.house.ana


class TestSecondFactors:
    def test_a_lost_app_is_forgotten(self, aws: Outside) -> None:
        aws.house.change(
            token=SoftwareToken(Secret("ANAMADEUPSECRETS")),
            mfa=("EMAIL_OTP", "SOFTWARE_TOKEN_MFA"),
            preferred_mfa="SOFTWARE_TOKEN_MFA",
        )
        assert aws("InitiateAuth", **aws.house.start())["ChallengeName"] == "SOFTWARE_TOKEN_MFA"
        aws.house.clock.forward(hours=1)
        assert aws("AdminDeleteSoftwareToken", Username="ana") == {}
        user = aws("AdminGetUser", Username="ana")
        assert user["UserMFASettingList"] == ["EMAIL_OTP"]
        assert "PreferredMfaSetting" not in user
        assert user["UserLastModifiedDate"] == aws.house.clock()
        assert aws("InitiateAuth", **aws.house.start())["ChallengeName"] == "EMAIL_OTP"

    def test_there_must_be_one_and_a_confirmed_user(self, aws: Outside) -> None:
        assert aws.refused("AdminDeleteSoftwareToken", Username="ana") == (
            "InvalidParameterException",
            "User has not set up software token mfa",
        )
        aws.house.change(status=UserStatus.UNCONFIRMED, token=SoftwareToken(Secret("ANAMADEUPSECRETS")))
        assert aws.refused("AdminDeleteSoftwareToken", Username="ana") == (
            "UserNotConfirmedException",
            "User is not confirmed.",
        )

    def test_a_passkey_is_none_here(self, aws: Outside) -> None:
        settings = {"Username": "ana", "WebAuthnMfaSettings": {"Enabled": True}}
        assert aws.refused("AdminSetUserMFAPreference", **settings)[0] == "InvalidParameterException"
        settings["WebAuthnMfaSettings"] = {"Enabled": False}
        assert aws("AdminSetUserMFAPreference", **settings) == {}

    def test_the_factors_of_a_user_are_told(self, aws: Outside) -> None:
        factors = aws("AdminGetUserAuthFactors", Username="ana")
        assert factors == {"Username": "ana", "ConfiguredUserAuthFactors": ["PASSWORD", "EMAIL_OTP"]}
        aws.house.pool.first_factors = ("PASSWORD", "SMS_OTP", "WEB_AUTHN")
        aws.house.change(
            attributes={**aws.house.ana.attributes, "phone_number_verified": "true"},
            token=SoftwareToken(Secret("ANAMADEUPSECRETS")),
            mfa=("SOFTWARE_TOKEN_MFA",),
            preferred_mfa="SOFTWARE_TOKEN_MFA",
            passkeys=("key",),
        )
        assert aws("AdminGetUserAuthFactors", Username="ana") == {
            "Username": "ana",
            "UserMFASettingList": ["SOFTWARE_TOKEN_MFA"],
            "PreferredMfaSetting": "SOFTWARE_TOKEN_MFA",
            "ConfiguredUserAuthFactors": ["PASSWORD", "EMAIL_OTP", "SMS_OTP", "WEB_AUTHN", "SOFTWARE_TOKEN"],
        }


@pytest.mark.parametrize(
    "operation", ["AdminDeleteSoftwareToken", "AdminDeleteUserAttributes", "AdminGetUserAuthFactors"]
)
def test_nobody_is_told_so(aws: Outside, operation: str) -> None:
    params = CHANGES.get(operation, {})
    assert aws.refused(operation, Username="nobody", **params) == (
        "UserNotFoundException",
        "User does not exist.",
    )
