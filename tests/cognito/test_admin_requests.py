"""Every request an administrator makes, before botocore's own service model."""

from __future__ import annotations

import inspect

import pytest

from cognito_tui.cognito import admin_requests
from cognito_tui.cognito.admin_requests import (
    BY_USERNAME,
    MFA_SETTINGS,
    PAGE,
    admin_add_user_to_group,
    admin_confirm_sign_up,
    admin_create_user,
    admin_delete_software_token,
    admin_delete_user,
    admin_delete_user_attributes,
    admin_disable_user,
    admin_enable_user,
    admin_forget_device,
    admin_get_user_auth_factors,
    admin_list_devices,
    admin_list_groups_for_user,
    admin_list_user_auth_events,
    admin_list_user_sessions,
    admin_remove_user_from_group,
    admin_reset_user_password,
    admin_revoke_user_session,
    admin_set_user_mfa_preference,
    admin_set_user_password,
    admin_update_user_attributes,
    admin_user_global_sign_out,
    list_groups,
    list_user_pool_clients,
    list_user_pools,
    list_users,
    resend_invitation,
    verify_email,
    verify_phone_number,
)
from cognito_tui.cognito.model import Secret
from cognito_tui.cognito.read_only import allowed_when_read_only, refusal_when_read_only
from cognito_tui.cognito.requests import admin_get_user, describe_user_pool, describe_user_pool_client
from cognito_tui.cognito.secrecy import masked
from cognito_tui.cognito.steps import Call
from cognito_tui.cognito.user_actions import Action
from tests.service_model import model, problems

POOL, USER = "eu-west-1_AbCdEf123", "91c2f0aa-3d0e-4b7c-9f01-0123456789ab"
WHO: dict[str, object] = {"UserPoolId": POOL, "Username": USER}
PASSWORD = Secret("Tmp-Pass9-word")
DEVICE = "eu-west-1_a1b2c3d4-5678-90ab-cdef-0123456789ab"
SESSION = "tkn0123456789abcdefghijklmno"

READS: list[tuple[Call, str, dict[str, object]]] = [
    (list_user_pools(), "ListUserPools", {"MaxResults": 60}),
    (list_user_pools("next"), "ListUserPools", {"MaxResults": 60, "NextToken": "next"}),
    (list_user_pool_clients(POOL), "ListUserPoolClients", {"UserPoolId": POOL, "MaxResults": 60}),
    (
        list_user_pool_clients(POOL, "next"),
        "ListUserPoolClients",
        {"UserPoolId": POOL, "MaxResults": 60, "NextToken": "next"},
    ),
    (list_users(POOL), "ListUsers", {"UserPoolId": POOL, "Limit": 60}),
    (
        list_users(POOL, user_filter='email ^= "a"', pagination_token="next", limit=10),
        "ListUsers",
        {"UserPoolId": POOL, "Limit": 10, "Filter": 'email ^= "a"', "PaginationToken": "next"},
    ),
    (admin_get_user(POOL, USER), "AdminGetUser", WHO),
    (admin_get_user_auth_factors(POOL, USER), "AdminGetUserAuthFactors", WHO),
    (admin_list_groups_for_user(POOL, USER), "AdminListGroupsForUser", {**WHO, "Limit": 60}),
    (
        admin_list_groups_for_user(POOL, USER, "next"),
        "AdminListGroupsForUser",
        {**WHO, "Limit": 60, "NextToken": "next"},
    ),
    (list_groups(POOL, "next"), "ListGroups", {"UserPoolId": POOL, "Limit": 60, "NextToken": "next"}),
    (
        admin_list_devices(POOL, USER, "next"),
        "AdminListDevices",
        {**WHO, "Limit": 60, "PaginationToken": "next"},
    ),
    (admin_list_user_sessions(POOL, USER), "AdminListUserSessions", WHO),
    (admin_list_user_sessions(POOL, USER, "next"), "AdminListUserSessions", {**WHO, "NextToken": "next"}),
    (
        admin_list_user_auth_events(POOL, USER, next_token="next", limit=5),
        "AdminListUserAuthEvents",
        {**WHO, "MaxResults": 5, "NextToken": "next"},
    ),
    (describe_user_pool(POOL), "DescribeUserPool", {"UserPoolId": POOL}),
    (
        describe_user_pool_client(POOL, "4f8k2mq0v7t1s9d3a6h5j8n1cp"),
        "DescribeUserPoolClient",
        {"UserPoolId": POOL, "ClientId": "4f8k2mq0v7t1s9d3a6h5j8n1cp"},
    ),
]

CHANGES: list[tuple[Call, str, dict[str, object]]] = [
    (admin_create_user(POOL, "ana"), "AdminCreateUser", {"UserPoolId": POOL, "Username": "ana"}),
    (
        admin_create_user(
            POOL,
            "ana",
            {"email": "ana@example.com", "email_verified": "true"},
            temporary_password=PASSWORD,
            invite=False,
            delivery_mediums=["EMAIL"],
        ),
        "AdminCreateUser",
        {
            "UserPoolId": POOL,
            "Username": "ana",
            "UserAttributes": [
                {"Name": "email", "Value": "ana@example.com"},
                {"Name": "email_verified", "Value": "true"},
            ],
            "TemporaryPassword": PASSWORD,
            "DesiredDeliveryMediums": ["EMAIL"],
            "MessageAction": "SUPPRESS",
        },
    ),
    (resend_invitation(POOL, USER), "AdminCreateUser", {**WHO, "MessageAction": "RESEND"}),
    (
        resend_invitation(POOL, USER, temporary_password=PASSWORD, delivery_mediums=("SMS", "EMAIL")),
        "AdminCreateUser",
        {
            **WHO,
            "TemporaryPassword": PASSWORD,
            "DesiredDeliveryMediums": ["SMS", "EMAIL"],
            "MessageAction": "RESEND",
        },
    ),
    (
        admin_set_user_password(POOL, USER, PASSWORD, permanent=True),
        "AdminSetUserPassword",
        {**WHO, "Password": PASSWORD, "Permanent": True},
    ),
    (
        admin_set_user_password(POOL, USER, PASSWORD, permanent=False),
        "AdminSetUserPassword",
        {**WHO, "Password": PASSWORD, "Permanent": False},
    ),
    (admin_confirm_sign_up(POOL, USER), "AdminConfirmSignUp", WHO),
    (admin_reset_user_password(POOL, USER), "AdminResetUserPassword", WHO),
    (admin_enable_user(POOL, USER), "AdminEnableUser", WHO),
    (admin_disable_user(POOL, USER), "AdminDisableUser", WHO),
    (
        admin_update_user_attributes(POOL, USER, {"name": "Ana", "custom:team": ""}),
        "AdminUpdateUserAttributes",
        {
            **WHO,
            "UserAttributes": [{"Name": "name", "Value": "Ana"}, {"Name": "custom:team", "Value": ""}],
        },
    ),
    (
        verify_email(POOL, USER),
        "AdminUpdateUserAttributes",
        {**WHO, "UserAttributes": [{"Name": "email_verified", "Value": "true"}]},
    ),
    (
        verify_phone_number(POOL, USER),
        "AdminUpdateUserAttributes",
        {**WHO, "UserAttributes": [{"Name": "phone_number_verified", "Value": "true"}]},
    ),
    (
        admin_delete_user_attributes(POOL, USER, ["name", "custom:team"]),
        "AdminDeleteUserAttributes",
        {**WHO, "UserAttributeNames": ["name", "custom:team"]},
    ),
    (admin_add_user_to_group(POOL, USER, "beta"), "AdminAddUserToGroup", {**WHO, "GroupName": "beta"}),
    (
        admin_remove_user_from_group(POOL, USER, "beta"),
        "AdminRemoveUserFromGroup",
        {**WHO, "GroupName": "beta"},
    ),
    (
        admin_set_user_mfa_preference(
            POOL, USER, {"SOFTWARE_TOKEN_MFA": True, "SMS_MFA": False}, "SOFTWARE_TOKEN_MFA"
        ),
        "AdminSetUserMFAPreference",
        {
            **WHO,
            "SoftwareTokenMfaSettings": {"Enabled": True, "PreferredMfa": True},
            "SMSMfaSettings": {"Enabled": False, "PreferredMfa": False},
        },
    ),
    (
        admin_set_user_mfa_preference(POOL, USER, {"EMAIL_OTP": True}),
        "AdminSetUserMFAPreference",
        {**WHO, "EmailMfaSettings": {"Enabled": True, "PreferredMfa": False}},
    ),
    (admin_delete_software_token(POOL, USER), "AdminDeleteSoftwareToken", WHO),
    (admin_forget_device(POOL, USER, DEVICE), "AdminForgetDevice", {**WHO, "DeviceKey": DEVICE}),
    (
        admin_revoke_user_session(POOL, USER, SESSION),
        "AdminRevokeUserSession",
        {**WHO, "SessionId": SESSION},
    ),
    (
        admin_revoke_user_session(POOL, USER, SESSION, linked=True),
        "AdminRevokeUserSession",
        {**WHO, "SessionId": SESSION, "RevokeAssociatedSessions": "LINKED"},
    ),
    (admin_user_global_sign_out(POOL, USER), "AdminUserGlobalSignOut", WHO),
    (admin_delete_user(POOL, USER), "AdminDeleteUser", WHO),
]


@pytest.mark.parametrize(("call", "operation", "params"), READS + CHANGES)
def test_a_request_is_what_the_service_model_wants(
    call: Call, operation: str, params: dict[str, object]
) -> None:
    assert problems(call) == []
    assert (call.operation, dict(call.params)) == (operation, params)
    assert call.signed
    assert call.hashed is None
    assert PASSWORD.reveal() not in repr(masked(call.params))


def test_none_is_left_out() -> None:
    built = {
        name
        for name, made in vars(admin_requests).items()
        if inspect.isfunction(made)
        and made.__module__ == admin_requests.__name__
        and not name.startswith("_")
    }
    assert built <= set(globals()), "tested above"


def test_a_page_is_as_long_as_it_may_be() -> None:
    for shape in ("QueryLimitType", "PoolQueryLimitType", "QueryLimit"):
        assert model()["shapes"][shape]["max"] == PAGE


@pytest.mark.parametrize("action", sorted(BY_USERNAME))
def test_an_action_that_needs_no_more_than_the_username(action: Action) -> None:
    call = BY_USERNAME[action](POOL, USER)
    assert problems(call) == []
    assert call.operation == action.operation
    assert (call.params["UserPoolId"], call.params["Username"]) == (POOL, USER)


def test_every_other_action_needs_more() -> None:
    assert set(Action) - set(BY_USERNAME) == {
        Action.SET_TEMPORARY_PASSWORD,
        Action.SET_PERMANENT_PASSWORD,
        Action.CHANGE_ATTRIBUTES,
        Action.ADD_TO_GROUP,
        Action.REMOVE_FROM_GROUP,
        Action.SET_MFA_PREFERENCE,
        Action.FORGET_DEVICE,
        Action.REVOKE_SESSION,
        Action.SIGN_IN_AS,
    }


@pytest.mark.parametrize(
    ("factors", "preferred", "words"),
    [
        ({"WEB_AUTHN": True}, "", "no factor WEB_AUTHN"),
        ({"SMS_MFA": False}, "SMS_MFA", "not switched on"),
        ({}, "EMAIL_OTP", "not switched on"),
    ],
)
def test_a_preference_that_makes_no_sense(factors: dict[str, bool], preferred: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        admin_set_user_mfa_preference(POOL, USER, factors, preferred)


def test_factors_are_those_the_service_model_tells_of_users() -> None:
    documentation = model()["shapes"]["AdminGetUserResponse"]["members"]["UserMFASettingList"][
        "documentation"
    ]
    assert all(f"<code>{factor}</code>" in documentation for factor in MFA_SETTINGS)


@pytest.mark.parametrize("call", [call for call, _, _ in READS])
def test_a_read_may_be_repeated_and_is_let_through(call: Call) -> None:
    assert call.reads_only
    assert allowed_when_read_only(call)


@pytest.mark.parametrize("call", [call for call, _, _ in CHANGES])
def test_a_change_is_neither(call: Call) -> None:
    assert not call.reads_only
    assert not allowed_when_read_only(call)
    assert call.operation in refusal_when_read_only(call)
    assert "read only" in refusal_when_read_only(call)


@pytest.mark.parametrize(
    ("operation", "params", "allowed"),
    [
        ("AdminInitiateAuth", {}, True),
        ("AdminRespondToAuthChallenge", {}, True),
        ("AssociateSoftwareToken", {"AccessToken": Secret("x")}, False),
        ("AssociateSoftwareToken", {"Session": Secret("x")}, True),
        ("ChangePassword", {}, False),
        ("ConfirmDevice", {}, False),
        ("ConfirmForgotPassword", {}, False),
        ("DeleteUser", {}, False),
        ("ForgotPassword", {}, False),
        ("GetTokensFromRefreshToken", {}, True),
        ("GetUser", {}, True),
        ("GetUserAttributeVerificationCode", {}, False),
        ("GlobalSignOut", {}, True),
        ("InitiateAuth", {}, True),
        ("RespondToAuthChallenge", {}, True),
        ("RevokeToken", {}, True),
        ("SignUp", {}, False),
        ("UpdateUserPoolClient", {}, False),
        ("VerifySoftwareToken", {"AccessToken": Secret("x")}, False),
        ("VerifySoftwareToken", {"Session": Secret("x")}, True),
    ],
)
def test_what_a_read_only_profile_lets_through(
    operation: str, params: dict[str, Secret], allowed: bool
) -> None:
    assert allowed_when_read_only(Call(operation, params)) is allowed
