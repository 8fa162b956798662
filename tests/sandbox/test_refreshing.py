"""Refreshing, rotating and revoking."""

from __future__ import annotations

from typing import Any

import jwt
import pytest

from tests.sandbox.house import PASSWORD, SECOND_SECRET, SECRET, House, secret_hash

INVALID = ("NotAuthorizedException", "Invalid Refresh Token")
REVOKED = ("NotAuthorizedException", "Refresh Token has been revoked")
REUSED = ("RefreshTokenReuseException", "Refresh token has been used already.")


def signed_in(house: House, client: str = "openclient", username: str = "ana") -> dict[str, Any]:
    result: dict[str, Any] = house.begin(
        "USER_PASSWORD_AUTH", client=client, username=username, PASSWORD=PASSWORD
    )["AuthenticationResult"]
    return result


def refresh(token: str, client: str = "openclient", **parameters: str) -> dict[str, Any]:
    """The parameters of InitiateAuth."""
    return {
        "ClientId": client,
        "AuthFlow": "REFRESH_TOKEN_AUTH",
        "AuthParameters": {"REFRESH_TOKEN": token, **parameters},
    }


def claims(token: str) -> dict[str, Any]:
    found: dict[str, Any] = jwt.decode(token, options={"verify_signature": False})
    return found


class TestRefreshTokenAuth:
    @pytest.mark.parametrize("flow", ["REFRESH_TOKEN_AUTH", "REFRESH_TOKEN"])
    @pytest.mark.parametrize("operation", ["InitiateAuth", "AdminInitiateAuth"])
    def test_gives_new_tokens_of_the_same_sign_in_by_either_name(
        self, house: House, flow: str, operation: str
    ) -> None:
        before = signed_in(house)
        house.clock.forward(minutes=10)
        params = {**refresh(before["RefreshToken"]), "AuthFlow": flow}
        after = house.ask(operation, **params)["AuthenticationResult"]
        assert set(after) == {"AccessToken", "ExpiresIn", "TokenType", "IdToken"}
        old, new = claims(before["AccessToken"]), claims(after["AccessToken"])
        assert [name for name in old if old[name] != new[name]] == ["event_id", "iat", "exp", "jti"]

    def test_works_for_thirty_days(self, house: House) -> None:
        token = signed_in(house)["RefreshToken"]
        house.clock.forward(days=30, seconds=-1)
        assert house.ask("InitiateAuth", **refresh(token))
        house.clock.forward(seconds=1)
        assert house.refused("InitiateAuth", **refresh(token)) == (
            "NotAuthorizedException",
            "Refresh Token has expired",
        )

    def test_is_for_the_client_of_the_sign_in(self, house: House) -> None:
        house.client("another")
        token = signed_in(house)["RefreshToken"]
        assert house.refused("InitiateAuth", **refresh(token, "another")) == INVALID

    @pytest.mark.parametrize("token", ["x", "a.b.c", "a.b.c.d.e"])
    def test_is_for_a_token_of_ours(self, house: House, token: str) -> None:
        assert house.refused("InitiateAuth", **refresh(token)) == INVALID

    def test_is_hashed_over_the_canonical_username(self, house: House) -> None:
        house.pool.alias_attributes = ("email",)
        token = signed_in(house, "secretclient", "ana@example.com")["RefreshToken"]
        for wrong in ("ana@example.com", "ana-sub", "", "ANA"):
            params = refresh(token, "secretclient", SECRET_HASH=secret_hash(wrong))
            assert house.refused("InitiateAuth", **params)[1] == (
                "Unable to verify secret hash for client secretclient"
            )
        right = secret_hash("ana", secret=SECOND_SECRET)
        assert house.ask("InitiateAuth", **refresh(token, "secretclient", SECRET_HASH=right))
        assert house.refused("InitiateAuth", **refresh(token, "secretclient"))[1] == (
            "Client secretclient is configured with secret but SECRET_HASH was not received"
        )

    def test_where_users_are_known_by_e_mail_that_is_the_sub(self, house: House) -> None:
        house.pool.username_attributes = ("email",)
        house.change(username="ana-sub")
        token = signed_in(house, "secretclient", "ana@example.com")["RefreshToken"]
        params = refresh(token, "secretclient", SECRET_HASH=secret_hash("ana-sub"))
        assert house.ask("InitiateAuth", **params)

    def test_is_not_for_whom_is_disabled_or_gone(self, house: House) -> None:
        token = signed_in(house)["RefreshToken"]
        house.change(enabled=False)
        assert house.refused("InitiateAuth", **refresh(token))[1] == "User is disabled."
        house.ask("AdminDeleteUser", Username="ana")
        assert house.refused("InitiateAuth", **refresh(token))[0] == "UserNotFoundException"


class TestGetTokens:
    def ask(self, house: House, token: str, client: str = "openclient", **params: str) -> Any:
        answer = house.ask("GetTokensFromRefreshToken", ClientId=client, RefreshToken=token, **params)
        return answer["AuthenticationResult"]

    def refused(self, house: House, token: str, client: str = "openclient", **params: str) -> tuple[str, str]:
        return house.refused("GetTokensFromRefreshToken", ClientId=client, RefreshToken=token, **params)

    def test_takes_the_client_secret_as_it_is(self, house: House) -> None:
        token = signed_in(house, "secretclient")["RefreshToken"]
        for secret in (SECRET, SECOND_SECRET):
            assert self.ask(house, token, "secretclient", ClientSecret=secret)["IdToken"]
        assert self.refused(house, token, "secretclient") == (
            "NotAuthorizedException",
            "Client secretclient is configured for secret but secret was not received",
        )
        assert self.refused(house, token, "secretclient", ClientSecret="x" * 48) == (
            "NotAuthorizedException",
            "Unable to verify secret for client secretclient",
        )

    def test_without_rotation_gives_no_new_refresh_token(self, house: House) -> None:
        token = signed_in(house)["RefreshToken"]
        for _ in range(3):
            assert "RefreshToken" not in self.ask(house, token)

    def test_is_not_for_whom_is_gone(self, house: House) -> None:
        token = signed_in(house)["RefreshToken"]
        house.ask("AdminDeleteUser", Username="ana")
        assert self.refused(house, token)[0] == "UserNotFoundException"


class TestRotation(TestGetTokens):
    @pytest.fixture
    def house(self) -> House:
        house = House()
        house.client("openclient", explicit_auth_flows=("ALLOW_USER_PASSWORD_AUTH",), rotation=10)
        return house

    def test_without_rotation_gives_no_new_refresh_token(self, house: House) -> None:
        """With it, there is one."""
        first = signed_in(house)["RefreshToken"]
        second = self.ask(house, first)["RefreshToken"]
        assert second != first
        assert self.ask(house, second)["RefreshToken"] not in {first, second}

    @pytest.mark.parametrize("operation", ["AdminInitiateAuth", "InitiateAuth"])
    def test_with_it_there_is_no_refresh_token_auth(self, house: House, operation: str) -> None:
        house.client("openclient", rotation=10)
        first = signed_in(house)["RefreshToken"]
        assert house.refused(operation, **refresh(first)) == INVALID
        second = self.ask(house, first)["RefreshToken"]
        for token in (first, second):
            assert house.refused(operation, **refresh(token)) == INVALID
        assert self.ask(house, second)["RefreshToken"]

    def test_the_old_one_is_good_for_some_seconds_yet(self, house: House) -> None:
        token = signed_in(house)["RefreshToken"]
        following = self.ask(house, token)["RefreshToken"]
        house.clock.forward(seconds=10)
        retried = self.ask(house, token)["RefreshToken"]
        assert retried != following
        house.clock.forward(seconds=60)
        for each in (following, retried):
            assert self.ask(house, each)["RefreshToken"]

    def test_afterwards_its_use_revokes_the_whole_family(self, house: House) -> None:
        first, bystander = signed_in(house), signed_in(house)
        second = self.ask(house, first["RefreshToken"])
        house.clock.forward(seconds=11)
        assert self.refused(house, first["RefreshToken"]) == REUSED
        for token in (first["RefreshToken"], second["RefreshToken"]):
            assert self.refused(house, token) == REVOKED
        for token in (first["AccessToken"], second["AccessToken"]):
            assert house.refused("GetUser", AccessToken=token)[1] == "Access Token has been revoked"
        assert house.ask("GetUser", AccessToken=bystander["AccessToken"])
        assert self.ask(house, bystander["RefreshToken"])

    def test_retries_do_not_lengthen_the_grace(self, house: House) -> None:
        token = signed_in(house)["RefreshToken"]
        self.ask(house, token)
        for _ in range(2):
            house.clock.forward(seconds=5)
            self.ask(house, token)
        house.clock.forward(seconds=1)
        assert self.refused(house, token) == REUSED

    def test_it_does_not_lengthen_the_life_of_the_family(self, house: House) -> None:
        token = signed_in(house)["RefreshToken"]
        house.clock.forward(days=29)
        token = self.ask(house, token)["RefreshToken"]
        house.clock.forward(days=1)
        assert self.refused(house, token)[1] == "Refresh Token has expired"

    def test_it_shows_in_the_description_of_the_client(self, house: House) -> None:
        client = house.ask("DescribeUserPoolClient", ClientId="openclient")["UserPoolClient"]
        assert client["RefreshTokenRotation"] == {"Feature": "ENABLED", "RetryGracePeriodSeconds": 10}


class TestRevoking:
    def test_ends_the_tokens_of_one_sign_in(self, house: House) -> None:
        mine, other = signed_in(house), signed_in(house)
        assert house.ask("RevokeToken", ClientId="openclient", Token=mine["RefreshToken"]) == {}
        assert house.refused("InitiateAuth", **refresh(mine["RefreshToken"])) == REVOKED
        assert house.refused("GetUser", AccessToken=mine["AccessToken"]) == (
            "NotAuthorizedException",
            "Access Token has been revoked",
        )
        assert house.ask("GetUser", AccessToken=other["AccessToken"])

    def test_twice_is_as_good_as_once_and_so_is_an_unknown_one(self, house: House) -> None:
        token = signed_in(house)["RefreshToken"]
        for each in (token, token, "x"):
            assert house.ask("RevokeToken", ClientId="openclient", Token=each) == {}

    @pytest.mark.parametrize("which", ["AccessToken", "IdToken"])
    def test_is_for_refresh_tokens(self, house: House, which: str) -> None:
        params = {"ClientId": "openclient", "Token": signed_in(house)[which]}
        assert house.refused("RevokeToken", **params)[0] == "UnsupportedTokenTypeException"

    def test_needs_the_clients_secret_and_the_right_client(self, house: House) -> None:
        params = {"ClientId": "secretclient", "Token": signed_in(house, "secretclient")["RefreshToken"]}
        for secret in ({}, {"ClientSecret": "x" * 48}):
            assert house.refused("RevokeToken", **params, **secret)[0] == "UnauthorizedException"
        for client in ("openclient", "nosuch"):
            wrong = {**params, "ClientId": client}
            assert house.refused("RevokeToken", **wrong)[0] == "UnauthorizedException"
        assert house.ask("RevokeToken", **params, ClientSecret=SECRET) == {}

    @pytest.mark.parametrize("by", ["user", "administrator"])
    def test_signing_out_everywhere_ends_them_all(self, house: House, by: str) -> None:
        house.user("ben")
        mine, mine_too, bens = signed_in(house), signed_in(house), signed_in(house, username="ben")
        if by == "user":
            house.ask("GlobalSignOut", AccessToken=mine["AccessToken"])
        else:
            house.ask("AdminUserGlobalSignOut", Username="ana")
        for each in (mine, mine_too):
            assert house.refused("GetUser", AccessToken=each["AccessToken"])[1].endswith("revoked")
            assert house.refused("InitiateAuth", **refresh(each["RefreshToken"])) == REVOKED
        assert house.ask("GetUser", AccessToken=bens["AccessToken"])
        assert house.ask("GetUser", AccessToken=signed_in(house)["AccessToken"])
