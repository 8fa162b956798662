"""Every operation the sandbox serves, and the function that answers it.

One file a family. A function takes the state and the validated request and returns the answer as JSON has
it; a `Refusal` it raises leaves everything as it was, except the count of failed sign-ins and what it ends.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from cognito_tui.sandbox.operations import (
    admin_devices,
    auth_events,
    auth_factors,
    authentication,
    create_user,
    devices,
    groups,
    list_users,
    refreshing,
    software_tokens,
    user_attributes,
    user_pools,
    user_sessions,
    user_status,
    users,
)
from cognito_tui.sandbox.state import State

Operation = Callable[[State, Mapping[str, Any]], dict[str, Any]]

OPERATIONS: Final[Mapping[str, Operation]] = {
    "InitiateAuth": authentication.initiate_auth,
    "AdminInitiateAuth": authentication.initiate_auth,
    "RespondToAuthChallenge": authentication.respond_to_auth_challenge,
    "AdminRespondToAuthChallenge": authentication.respond_to_auth_challenge,
    "GetTokensFromRefreshToken": refreshing.get_tokens_from_refresh_token,
    "RevokeToken": refreshing.revoke_token,
    "GlobalSignOut": refreshing.global_sign_out,
    "AdminUserGlobalSignOut": refreshing.admin_user_global_sign_out,
    "AssociateSoftwareToken": software_tokens.associate_software_token,
    "VerifySoftwareToken": software_tokens.verify_software_token,
    "SetUserMFAPreference": software_tokens.set_user_mfa_preference,
    "AdminSetUserMFAPreference": software_tokens.admin_set_user_mfa_preference,
    "AdminDeleteSoftwareToken": software_tokens.admin_delete_software_token,
    "ConfirmDevice": devices.confirm_device,
    "UpdateDeviceStatus": devices.update_device_status,
    "GetDevice": devices.get_device,
    "ListDevices": devices.list_devices,
    "ForgetDevice": devices.forget_device,
    "AdminListDevices": admin_devices.admin_list_devices,
    "AdminGetDevice": admin_devices.admin_get_device,
    "AdminForgetDevice": admin_devices.admin_forget_device,
    "GetUserPoolSessionConfiguration": user_sessions.get_user_pool_session_configuration,
    "AdminListUserSessions": user_sessions.admin_list_user_sessions,
    "AdminRevokeUserSession": user_sessions.admin_revoke_user_session,
    "ListUserSessions": user_sessions.list_user_sessions,
    "RevokeUserSession": user_sessions.revoke_user_session,
    "AdminListUserAuthEvents": auth_events.admin_list_user_auth_events,
    "DescribeUserPool": user_pools.describe_user_pool,
    "DescribeUserPoolClient": user_pools.describe_user_pool_client,
    "ListUserPools": user_pools.list_user_pools,
    "ListUserPoolClients": user_pools.list_user_pool_clients,
    "GetUser": users.get_user,
    "ListUsers": list_users.list_users,
    "AdminGetUser": users.admin_get_user,
    "AdminGetUserAuthFactors": auth_factors.admin_get_user_auth_factors,
    "AdminUpdateUserAttributes": user_attributes.admin_update_user_attributes,
    "AdminDeleteUserAttributes": user_attributes.admin_delete_user_attributes,
    "AdminEnableUser": users.admin_enable_user,
    "AdminDisableUser": users.admin_disable_user,
    "AdminDeleteUser": users.admin_delete_user,
    "AdminCreateUser": create_user.admin_create_user,
    "AdminSetUserPassword": user_status.admin_set_user_password,
    "AdminResetUserPassword": user_status.admin_reset_user_password,
    "AdminConfirmSignUp": user_status.admin_confirm_sign_up,
    "CreateGroup": groups.create_group,
    "ListGroups": groups.list_groups,
    "ListUsersInGroup": groups.list_users_in_group,
    "AdminListGroupsForUser": groups.admin_list_groups_for_user,
    "AdminAddUserToGroup": groups.admin_add_user_to_group,
    "AdminRemoveUserFromGroup": groups.admin_remove_user_from_group,
}
