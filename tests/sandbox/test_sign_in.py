"""InitiateAuth and AdminInitiateAuth with a password."""

from __future__ import annotations

from typing import Any

import pytest

from cognito_tui.cognito.model import UserStatus
from cognito_tui.sandbox.passwords import PasswordPolicy
from cognito_tui.sandbox.pool import UserPool
from tests.sandbox.house import SECOND_SECRET, SECRET, House, secret_hash

WRONG = ("NotAuthorizedException", "Incorrect username or password.")
LOCKED = ("NotAuthorizedException", "Password attempts exceeded")


def test_the_right_password_gives_tokens(house: House) -> None:
    answer = house.ask("InitiateAuth", **house.start())
    assert answer["ChallengeParameters"] == {}
    result = answer["AuthenticationResult"]
    assert set(result) == {"AccessToken", "ExpiresIn", "TokenType", "RefreshToken", "IdToken"}
    assert (result["ExpiresIn"], result["TokenType"]) == (3600, "Bearer")
    assert len(result["RefreshToken"].split(".")) == 5


def test_it_needs_no_signature(house: House) -> None:
    assert house.sandbox.answer("InitiateAuth", house.start())["AuthenticationResult"]


@pytest.mark.parametrize("flow", ["ADMIN_USER_PASSWORD_AUTH", "ADMIN_NO_SRP_AUTH"])
def test_an_administrator_signs_a_user_in_by_either_name_of_the_flow(house: House, flow: str) -> None:
    assert house.ask("AdminInitiateAuth", **house.start(flow=flow))["AuthenticationResult"]


class TestSecretHash:
    def test_either_secret_makes_a_good_one(self, house: House) -> None:
        for secret in (SECRET, SECOND_SECRET):
            hashed = secret_hash("ana", secret=secret)
            assert house.ask("InitiateAuth", **house.start(client="secretclient", hashed=hashed))

    def test_it_is_over_the_username_exactly_as_sent(self, house: House) -> None:
        for username in ("ANA", "ana"):
            hashed = secret_hash(username)
            assert house.ask("InitiateAuth", **house.start(username, client="secretclient", hashed=hashed))
        assert house.refused(
            "InitiateAuth", **house.start("ANA", client="secretclient", hashed=secret_hash("ana"))
        ) == ("NotAuthorizedException", "Unable to verify secret hash for client secretclient")

    @pytest.mark.parametrize("hashed", ["", "x", "Ünïcode", SECRET, secret_hash("ana", "openclient")])
    def test_a_wrong_one_is_refused(self, house: House, hashed: str) -> None:
        assert house.refused("InitiateAuth", **house.start(client="secretclient", hashed=hashed)) == (
            "NotAuthorizedException",
            "Unable to verify secret hash for client secretclient",
        )

    @pytest.mark.parametrize(
        ("operation", "flow"),
        [("InitiateAuth", "USER_PASSWORD_AUTH"), ("AdminInitiateAuth", "ADMIN_USER_PASSWORD_AUTH")],
    )
    def test_a_client_with_a_secret_insists_on_it(self, house: House, operation: str, flow: str) -> None:
        assert house.refused(operation, **house.start(client="secretclient", flow=flow)) == (
            "NotAuthorizedException",
            "Client secretclient is configured with secret but SECRET_HASH was not received",
        )

    def test_a_client_without_a_secret_refuses_one(self, house: House) -> None:
        assert house.refused("InitiateAuth", **house.start(hashed=secret_hash("ana", "openclient"))) == (
            "InvalidParameterException",
            "App client openclient is not configured for secret but secret hash was received",
        )

    def test_it_is_checked_before_the_user_is_looked_for(self, house: House) -> None:
        start = house.start("nobody", client="secretclient", hashed="wrong")
        assert house.refused("InitiateAuth", **start)[1].startswith("Unable to verify secret hash")


class TestFlows:
    @pytest.mark.parametrize(
        ("operation", "flow"),
        [
            ("InitiateAuth", "ADMIN_USER_PASSWORD_AUTH"),
            ("InitiateAuth", "ADMIN_NO_SRP_AUTH"),
            ("AdminInitiateAuth", "USER_PASSWORD_AUTH"),
        ],
    )
    def test_a_flow_of_the_other_operation_is_not_supported(
        self, house: House, operation: str, flow: str
    ) -> None:
        assert house.refused(operation, **house.start(flow=flow)) == (
            "InvalidParameterException",
            "Initiate Auth method not supported.",
        )

    @pytest.mark.parametrize(
        ("operation", "flow", "words"),
        [
            (
                "InitiateAuth",
                "USER_PASSWORD_AUTH",
                "USER_PASSWORD_AUTH flow not enabled for this client",
            ),
            ("AdminInitiateAuth", "ADMIN_USER_PASSWORD_AUTH", "Auth flow not enabled for this client"),
            ("AdminInitiateAuth", "ADMIN_NO_SRP_AUTH", "Auth flow not enabled for this client"),
            ("InitiateAuth", "USER_SRP_AUTH", "USER_SRP_AUTH is not enabled for the client."),
            ("InitiateAuth", "CUSTOM_AUTH", "CUSTOM_AUTH is not enabled for the client."),
            ("InitiateAuth", "USER_AUTH", "USER_AUTH is not enabled for the client."),
        ],
    )
    def test_a_flow_that_is_off_says_so_whatever_the_hash(
        self, house: House, operation: str, flow: str, words: str
    ) -> None:
        house.client("off", explicit_auth_flows=("ALLOW_REFRESH_TOKEN_AUTH",))
        start = house.start(client="off", flow=flow, hashed="wrong")
        assert house.refused(operation, **start) == ("InvalidParameterException", words)

    def test_refreshing_can_be_off_too(self, house: House) -> None:
        house.client("off", explicit_auth_flows=("ALLOW_USER_PASSWORD_AUTH",))
        assert house.refused("InitiateAuth", **house.start(client="off", flow="REFRESH_TOKEN_AUTH")) == (
            "InvalidParameterException",
            "Refresh Token flow not enabled for this client",
        )

    def test_a_client_without_explicit_flows_has_srp_custom_and_refresh(self, house: House) -> None:
        house.client("default", explicit_auth_flows=())
        said = {
            flow: house.refused("InitiateAuth", ClientId="default", AuthFlow=flow, AuthParameters=parameters)
            for flow, parameters in {
                "USER_PASSWORD_AUTH": {"USERNAME": "ana", "PASSWORD": "x"},
                "USER_SRP_AUTH": {"USERNAME": "ana", "SRP_A": "0"},
                "CUSTOM_AUTH": {"USERNAME": "ana"},
                "REFRESH_TOKEN_AUTH": {"REFRESH_TOKEN": "x"},
            }.items()
        }
        assert said == {
            "USER_PASSWORD_AUTH": (
                "InvalidParameterException",
                "USER_PASSWORD_AUTH flow not enabled for this client",
            ),
            "USER_SRP_AUTH": ("InvalidParameterException", "Invalid SRP_A"),
            "CUSTOM_AUTH": (
                "InvalidParameterException",
                "Custom auth lambda trigger is not configured for the user pool.",
            ),
            "REFRESH_TOKEN_AUTH": ("NotAuthorizedException", "Invalid Refresh Token"),
        }

    def test_the_legacy_values_let_the_password_flows_in(self, house: House) -> None:
        house.client("old", explicit_auth_flows=("USER_PASSWORD_AUTH", "ADMIN_NO_SRP_AUTH"))
        assert house.ask("InitiateAuth", **house.start(client="old"))
        start = house.start(client="old", flow="ADMIN_USER_PASSWORD_AUTH")
        assert house.ask("AdminInitiateAuth", **start)

    @pytest.mark.parametrize("missing", ["USERNAME", "PASSWORD"])
    @pytest.mark.parametrize("empty", [True, False])
    def test_a_parameter_that_is_missing_or_empty_is_named(
        self, house: House, missing: str, empty: bool
    ) -> None:
        start = house.start()
        del start["AuthParameters"][missing]
        if empty:
            start["AuthParameters"][missing] = ""
        assert house.refused("InitiateAuth", **start) == (
            "InvalidParameterException",
            f"Missing required parameter {missing}",
        )


class TestWhere:
    def test_there_is_no_such_client(self, house: House) -> None:
        assert house.refused("InitiateAuth", **house.start(client="nosuch")) == (
            "ResourceNotFoundException",
            "User pool client nosuch does not exist.",
        )

    def test_there_is_no_such_pool(self, house: House) -> None:
        start = house.start(flow="ADMIN_USER_PASSWORD_AUTH")
        assert house.refused("AdminInitiateAuth", UserPoolId="local_Other", **start) == (
            "ResourceNotFoundException",
            "User pool local_Other does not exist.",
        )

    def test_an_administrator_must_name_the_pool_of_the_client(self, house: House) -> None:
        house.sandbox.state.pools["local_Other"] = UserPool("local_Other", "Other", house.clock())
        start = house.start(flow="ADMIN_USER_PASSWORD_AUTH")
        assert house.refused("AdminInitiateAuth", UserPoolId="local_Other", **start) == (
            "ResourceNotFoundException",
            "User pool client openclient does not exist.",
        )


class TestNames:
    def test_case_counts_only_in_a_case_sensitive_pool(self, house: House) -> None:
        assert house.ask("InitiateAuth", **house.start("ANA"))
        house.pool.case_sensitive = True
        assert house.refused("InitiateAuth", **house.start("ANA")) == WRONG

    def test_an_alias_counts_once_it_is_verified(self, house: House) -> None:
        assert house.refused("InitiateAuth", **house.start("ana@example.com")) == WRONG
        house.pool.alias_attributes = ("email",)
        assert house.ask("InitiateAuth", **house.start("Ana@Example.com"))
        house.change(attributes={"email": "ana@example.com", "email_verified": "false"})
        assert house.refused("InitiateAuth", **house.start("ana@example.com")) == WRONG

    def test_the_address_users_sign_in_with_counts_even_unverified(self, house: House) -> None:
        house.pool.username_attributes = ("email",)
        house.change(attributes={"email": "ana@example.com"})
        assert house.ask("InitiateAuth", **house.start("ana@example.com"))

    def test_a_sub_is_no_name_to_sign_in_with(self, house: House) -> None:
        assert house.refused("InitiateAuth", **house.start("ana-sub")) == WRONG


class TestWhoIsKeptOut:
    CASES = pytest.mark.parametrize(
        ("facts", "refusal"),
        [
            ({"enabled": False}, ("NotAuthorizedException", "User is disabled.")),
            ({"status": UserStatus.UNCONFIRMED}, ("UserNotConfirmedException", "User is not confirmed.")),
            (
                {"status": UserStatus.RESET_REQUIRED},
                ("PasswordResetRequiredException", "Password reset required for the user"),
            ),
        ],
    )

    @CASES
    def test_the_state_of_the_user_is_told_to_whom_has_the_password(
        self, house: House, facts: dict[str, Any], refusal: tuple[str, str]
    ) -> None:
        house.change(**facts)
        assert house.refused("InitiateAuth", **house.start()) == refusal
        assert house.refused("InitiateAuth", **house.start(password="wrong")) == WRONG

    @CASES
    def test_a_legacy_client_tells_it_to_everybody(
        self, house: House, facts: dict[str, Any], refusal: tuple[str, str]
    ) -> None:
        house.client("legacy", prevent_user_existence_errors=False)
        house.change(**facts)
        assert house.refused("InitiateAuth", **house.start(password="wrong", client="legacy")) == refusal

    def test_an_unknown_user_is_hidden_unless_the_client_is_a_legacy_one(self, house: House) -> None:
        house.client("legacy", prevent_user_existence_errors=False)
        assert house.refused("InitiateAuth", **house.start("nobody")) == WRONG
        assert house.refused("InitiateAuth", **house.start("nobody", client="legacy")) == (
            "UserNotFoundException",
            "User does not exist.",
        )

    def test_a_user_without_a_password_has_no_right_one(self, house: House) -> None:
        house.change(passwords=(), status=UserStatus.EXTERNAL_PROVIDER)
        assert house.refused("InitiateAuth", **house.start()) == WRONG

    @pytest.mark.parametrize(("days", "dead"), [(0, 7), (3, 3)])
    def test_a_temporary_password_dies_of_age(self, house: House, days: int, dead: int) -> None:
        house.pool.password_policy = PasswordPolicy(temporary_password_days=days)
        house.change(status=UserStatus.FORCE_CHANGE_PASSWORD, password_set=house.clock())
        house.clock.forward(days=dead)
        assert house.challenge()
        house.clock.forward(seconds=1)
        assert house.refused("InitiateAuth", **house.start()) == (
            "NotAuthorizedException",
            "Temporary password has expired and must be reset by an administrator.",
        )

    def test_a_permanent_password_does_not(self, house: House) -> None:
        house.clock.forward(days=1000)
        assert house.ask("InitiateAuth", **house.start())


class TestLockOut:
    def fail(self, house: House, times: int = 1) -> None:
        for _ in range(times):
            assert house.refused("InitiateAuth", **house.start(password="wrong")) == WRONG

    def test_five_failures_lock_out_for_a_second(self, house: House) -> None:
        self.fail(house, 5)
        assert house.refused("InitiateAuth", **house.start()) == LOCKED
        house.clock.forward(seconds=1)
        assert house.ask("InitiateAuth", **house.start())

    def test_four_do_not(self, house: House) -> None:
        self.fail(house, 4)
        assert house.ask("InitiateAuth", **house.start())

    def test_each_further_one_doubles_the_time_up_to_fifteen_minutes(self, house: House) -> None:
        self.fail(house, 5)
        for seconds in (1, 2, 4, 8, 16, 32, 64, 128, 256, 512):
            house.clock.forward(seconds=seconds - 0.5)
            assert house.refused("InitiateAuth", **house.start()) == LOCKED
            house.clock.forward(seconds=0.5)
            self.fail(house)
        house.clock.forward(seconds=899)
        assert house.refused("InitiateAuth", **house.start()) == LOCKED
        house.clock.forward(seconds=1)
        assert house.ask("InitiateAuth", **house.start())

    def test_attempts_during_it_do_not_count(self, house: House) -> None:
        self.fail(house, 5)
        for _ in range(20):
            assert house.refused("InitiateAuth", **house.start(password="wrong")) == LOCKED
        house.clock.forward(seconds=1)
        assert house.ask("InitiateAuth", **house.start())

    def test_signing_in_forgets_the_failures(self, house: House) -> None:
        self.fail(house, 4)
        house.ask("InitiateAuth", **house.start())
        self.fail(house, 4)
        assert house.ask("InitiateAuth", **house.start())

    def test_so_do_fifteen_minutes_without_an_attempt(self, house: House) -> None:
        self.fail(house, 5)
        house.clock.forward(minutes=15)
        self.fail(house, 4)
        assert house.ask("InitiateAuth", **house.start())

    def test_it_is_one_users_own(self, house: House) -> None:
        self.fail(house, 5)
        house.user("ben")
        assert house.ask("InitiateAuth", **house.start("ben"))
