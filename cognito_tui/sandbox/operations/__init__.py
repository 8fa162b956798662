"""Every operation the sandbox serves, and the function that answers it.

One file a family. A function takes the state and the validated request and returns the answer as JSON has
it; a `Refusal` it raises leaves everything as it was, except the count of failed sign-ins.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from cognito_tui.sandbox.operations import (
    authentication,
    create_user,
    devices,
    groups,
    list_users,
    refreshing,
    software_tokens,
    user_pools,
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
    "ConfirmDevice": devices.confirm_device,
    "UpdateDeviceStatus": devices.update_device_status,
    "GetDevice": devices.get_device,
    "ListDevices": devices.list_devices,
    "ForgetDevice": devices.forget_device,
    "DescribeUserPool": user_pools.describe_user_pool,
    "DescribeUserPoolClient": user_pools.describe_user_pool_client,
    "ListUserPools": user_pools.list_user_pools,
    "ListUserPoolClients": user_pools.list_user_pool_clients,
    "GetUser": users.get_user,
    "ListUsers": list_users.list_users,
    "AdminGetUser": users.admin_get_user,
    "AdminUpdateUserAttributes": users.admin_update_user_attributes,
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
