"""What an administrator may do to a user of each status, and what becomes of the user."""

from __future__ import annotations

from typing import Any

import pytest

from cognito_tui.cognito.model import Secret, UserStatus
from cognito_tui.sandbox.passwords import PasswordPolicy
from tests.sandbox.house import PASSWORD, House

NEW = "Brand-new-1"

OPERATIONS: dict[str, tuple[str, dict[str, Any]]] = {
    "set permanent": ("AdminSetUserPassword", {"Password": NEW, "Permanent": True}),
    "set temporary": ("AdminSetUserPassword", {"Password": NEW, "Permanent": False}),
    "resend": ("AdminCreateUser", {"MessageAction": "RESEND"}),
    "reset": ("AdminResetUserPassword", {}),
    "confirm": ("AdminConfirmSignUp", {}),
}

STATES: dict[str, dict[str, Any]] = {
    "FORCE_CHANGE_PASSWORD": {"status": UserStatus.FORCE_CHANGE_PASSWORD},
    "CONFIRMED": {"status": UserStatus.CONFIRMED},
    "nothing verified": {"attributes": {"email": "ana@example.com", "phone_number": "+47"}},
    "RESET_REQUIRED": {"status": UserStatus.RESET_REQUIRED},
    "UNCONFIRMED": {"status": UserStatus.UNCONFIRMED},
    "EXTERNAL_PROVIDER": {"status": UserStatus.EXTERNAL_PROVIDER},
    "disabled": {"enabled": False},
    "disabled, FORCE_CHANGE_PASSWORD": {"enabled": False, "status": UserStatus.FORCE_CHANGE_PASSWORD},
    "disabled, UNCONFIRMED": {"enabled": False, "status": UserStatus.UNCONFIRMED},
}

DISABLED = "User is disabled."
NO_RESEND = "Resend not possible. ana status is not FORCE_CHANGE_PASSWORD"
NO_RESET = "User password cannot be reset in the current state."
NOWHERE = "Cannot reset password for the user as there is no registered/verified email or phone_number"
NO_CONFIRM = "User cannot be confirmed. Current status is "

EXPECTED: dict[str, tuple[str, str, str, str, str]] = {
    # state: set permanent, set temporary, resend, reset, confirm
    "FORCE_CHANGE_PASSWORD": (
        "CONFIRMED",
        "FORCE_CHANGE_PASSWORD",
        "FORCE_CHANGE_PASSWORD",
        NO_RESET,
        NO_CONFIRM + "FORCE_CHANGE_PASSWORD",
    ),
    "CONFIRMED": (
        "CONFIRMED",
        "FORCE_CHANGE_PASSWORD",
        NO_RESEND,
        "RESET_REQUIRED",
        NO_CONFIRM + "CONFIRMED",
    ),
    "nothing verified": (
        "CONFIRMED",
        "FORCE_CHANGE_PASSWORD",
        NO_RESEND,
        NOWHERE,
        NO_CONFIRM + "CONFIRMED",
    ),
    "RESET_REQUIRED": (
        "CONFIRMED",
        "FORCE_CHANGE_PASSWORD",
        NO_RESEND,
        "RESET_REQUIRED",
        NO_CONFIRM + "RESET_REQUIRED",
    ),
    "UNCONFIRMED": ("CONFIRMED", "FORCE_CHANGE_PASSWORD", NO_RESEND, NO_RESET, "CONFIRMED"),
    "EXTERNAL_PROVIDER": (
        "CONFIRMED",
        "FORCE_CHANGE_PASSWORD",
        NO_RESEND,
        NO_RESET,
        NO_CONFIRM + "EXTERNAL_PROVIDER",
    ),
    "disabled": (DISABLED,) * 5,
    "disabled, FORCE_CHANGE_PASSWORD": (DISABLED,) * 5,
    "disabled, UNCONFIRMED": (DISABLED,) * 5,
}

CODES = {NO_RESEND: "UnsupportedUserStateException", NOWHERE: "InvalidParameterException"}
"""The codes of the refusals above; of all others it is NotAuthorizedException."""


@pytest.mark.parametrize("name", OPERATIONS)
@pytest.mark.parametrize("state", STATES)
def test_an_operation_is_legal_or_not_by_the_state_of_the_user(house: House, state: str, name: str) -> None:
    house.change(**STATES[state])
    before = house.now("ana")
    operation, params = OPERATIONS[name]
    expected = EXPECTED[state][list(OPERATIONS).index(name)]
    if expected in set(UserStatus):
        house.ask(operation, Username="ana", **params)
        assert house.now("ana").status == expected
    else:
        code = CODES.get(expected, "NotAuthorizedException")
        assert house.refused(operation, Username="ana", **params) == (code, expected)
        assert house.now("ana") == before


@pytest.mark.parametrize("state", STATES)
def test_enabling_and_disabling_leave_the_status_alone(house: House, state: str) -> None:
    house.change(**STATES[state])
    status = house.now("ana").status
    for operation, enabled in (("AdminDisableUser", False), ("AdminEnableUser", True)):
        for _twice in range(2):
            assert house.ask(operation, Username="ana") == {}
            answer = house.ask("AdminGetUser", Username="ana")
            assert (answer["Enabled"], answer["UserStatus"]) == (enabled, status)


@pytest.mark.parametrize("state", STATES)
def test_anybody_can_be_looked_at_changed_and_deleted(house: House, state: str) -> None:
    house.change(**STATES[state])
    attributes = [{"Name": "nickname", "Value": "Annie"}]
    assert house.ask("AdminUpdateUserAttributes", Username="ana", UserAttributes=attributes) == {}
    assert attributes[0] in house.ask("AdminGetUser", Username="ana")["UserAttributes"]
    assert house.ask("AdminDeleteUser", Username="ana") == {}
    assert house.refused("AdminGetUser", Username="ana") == ("UserNotFoundException", "User does not exist.")


def test_the_dead_ends_of_a_sign_in_can_be_freed(house: House) -> None:
    house.change(status=UserStatus.FORCE_CHANGE_PASSWORD)
    house.clock.forward(days=8)
    assert "expired" in house.refused("InitiateAuth", **house.start())[1]
    house.ask("AdminSetUserPassword", Username="ana", Password=NEW)
    house.clock.forward(days=7)
    assert house.challenge(password=NEW)
    house.clock.forward(days=1)
    house.ask("AdminCreateUser", Username="ana", MessageAction="RESEND", TemporaryPassword=PASSWORD)
    assert house.challenge()
    house.ask("AdminSetUserPassword", Username="ana", Password=NEW, Permanent=True)
    assert house.ask("InitiateAuth", **house.start(password=NEW))["AuthenticationResult"]


@pytest.mark.parametrize("permanent", [True, False])
def test_a_password_set_by_an_administrator_must_conform_too(house: House, permanent: bool) -> None:
    params = {"Username": "ana", "Password": "short", "Permanent": permanent}
    assert house.refused("AdminSetUserPassword", **params) == (
        "InvalidPasswordException",
        "Password does not conform to policy: Password not long enough",
    )
    house.pool.password_policy = PasswordPolicy(history_size=1)
    params["Password"] = PASSWORD
    assert house.refused("AdminSetUserPassword", **params)[0] == "PasswordHistoryPolicyViolationException"
    assert house.now("ana").passwords == (Secret(PASSWORD),)


@pytest.mark.parametrize(
    "operation",
    [
        "AdminGetUser",
        "AdminEnableUser",
        "AdminDisableUser",
        "AdminConfirmSignUp",
        "AdminResetUserPassword",
        "AdminDeleteUser",
    ],
)
def test_a_user_who_is_not_there_cannot_be_helped(house: House, operation: str) -> None:
    assert house.refused(operation, Username="nobody") == ("UserNotFoundException", "User does not exist.")
    assert house.refused(operation, Username="ana", UserPoolId="local_Other") == (
        "ResourceNotFoundException",
        "User pool local_Other does not exist.",
    )


@pytest.mark.parametrize("name", ["ana", "ANA", "ana-sub", "ana@example.com"])
def test_an_administrator_may_name_a_user_by_username_alias_or_sub(house: House, name: str) -> None:
    house.pool.alias_attributes = ("email",)
    assert house.ask("AdminGetUser", Username=name)["Username"] == "ana"
