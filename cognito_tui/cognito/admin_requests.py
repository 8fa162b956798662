"""One builder an operation for administrators. All of them go out signed with AWS credentials.

`requests` has describe_user_pool, describe_user_pool_client and admin_get_user, which a sign-in asks as well.

A `username` is the canonical one or, in the pools that have aliases, an alias (service model). Tokens of
pages are Cognito's own: an empty one begins with the first page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from cognito_tui.cognito.model import Secret
from cognito_tui.cognito.steps import Call
from cognito_tui.cognito.user_actions import Action

PAGE: Final = 60
"""The most that a page can have (service model, QueryLimitType)."""


def list_user_pools(next_token: str = "") -> Call:
    """A page of the pools of the account in the region."""
    return Call("ListUserPools", {"MaxResults": PAGE, **_token("NextToken", next_token)})


def list_user_pool_clients(user_pool_id: str, next_token: str = "") -> Call:
    """A page of the pool's app clients: ids and names, no secrets."""
    return Call(
        "ListUserPoolClients",
        {"UserPoolId": user_pool_id, "MaxResults": PAGE, **_token("NextToken", next_token)},
    )


def list_users(
    user_pool_id: str, *, user_filter: str = "", pagination_token: str = "", limit: int = PAGE
) -> Call:
    """A page of users, eventually consistent. A page may be empty and still have a `PaginationToken`.

    Args:
        user_pool_id: the pool.
        user_filter: `Filter`, as `user_filters.list_users_filter` makes it; all users when empty.
        pagination_token: `PaginationToken` of the page before, to be sent with the same filter.
        limit: users a page, 60 at most.
    """
    return Call(
        "ListUsers",
        {
            "UserPoolId": user_pool_id,
            "Limit": limit,
            **({"Filter": user_filter} if user_filter else {}),
            **_token("PaginationToken", pagination_token),
        },
    )


def admin_get_user_auth_factors(user_pool_id: str, username: str) -> Call:
    """Which factors a user has: `ConfiguredUserAuthFactors`, and the MFA settings."""
    return _about("AdminGetUserAuthFactors", user_pool_id, username)


def admin_list_groups_for_user(user_pool_id: str, username: str, next_token: str = "") -> Call:
    """A page of the groups a user is in."""
    return _about(
        "AdminListGroupsForUser", user_pool_id, username, Limit=PAGE, **_token("NextToken", next_token)
    )


def list_groups(user_pool_id: str, next_token: str = "") -> Call:
    """A page of the pool's groups."""
    return Call("ListGroups", {"UserPoolId": user_pool_id, "Limit": PAGE, **_token("NextToken", next_token)})


def admin_list_devices(user_pool_id: str, username: str, pagination_token: str = "") -> Call:
    """A page of a user's remembered devices."""
    return _about(
        "AdminListDevices",
        user_pool_id,
        username,
        Limit=PAGE,
        **_token("PaginationToken", pagination_token),
    )


def admin_list_user_sessions(user_pool_id: str, username: str, next_token: str = "") -> Call:
    """A user's active token and SSO sessions, all in one page as a rule."""
    return _about("AdminListUserSessions", user_pool_id, username, **_token("NextToken", next_token))


def admin_list_user_auth_events(
    user_pool_id: str, username: str, *, next_token: str = "", limit: int = PAGE
) -> Call:
    """A page of a user's sign-ins and their risks; only in pools with threat protection."""
    return _about(
        "AdminListUserAuthEvents",
        user_pool_id,
        username,
        MaxResults=limit,
        **_token("NextToken", next_token),
    )


def admin_create_user(
    user_pool_id: str,
    username: str,
    attributes: Mapping[str, str] | None = None,
    *,
    temporary_password: Secret | None = None,
    invite: bool = True,
    delivery_mediums: Iterable[str] = (),
) -> Call:
    """A new user, invited unless `invite` is False (SUPPRESS).

    Without a temporary password Cognito makes one, or none in a pool with passwordless sign-in.
    `delivery_mediums` are EMAIL and SMS; Cognito's default is SMS alone (service model).
    """
    return _about(
        "AdminCreateUser",
        user_pool_id,
        username,
        **({"UserAttributes": _pairs(attributes)} if attributes else {}),
        **_invitation(temporary_password, delivery_mediums),
        **({} if invite else {"MessageAction": "SUPPRESS"}),
    )


def resend_invitation(
    user_pool_id: str,
    username: str,
    *,
    temporary_password: Secret | None = None,
    delivery_mediums: Iterable[str] = (),
) -> Call:
    """AdminCreateUser with RESEND: a new temporary password and its message; the days start again."""
    return _about(
        "AdminCreateUser",
        user_pool_id,
        username,
        **_invitation(temporary_password, delivery_mediums),
        MessageAction="RESEND",
    )


def admin_set_user_password(user_pool_id: str, username: str, password: Secret, *, permanent: bool) -> Call:
    """A password, to be changed at the next sign-in unless it is `permanent`. Sends no message."""
    return _about("AdminSetUserPassword", user_pool_id, username, Password=password, Permanent=permanent)


def admin_confirm_sign_up(user_pool_id: str, username: str) -> Call:
    """CONFIRMED without the code."""
    return _about("AdminConfirmSignUp", user_pool_id, username)


def admin_reset_user_password(user_pool_id: str, username: str) -> Call:
    """RESET_REQUIRED, and a code to the user."""
    return _about("AdminResetUserPassword", user_pool_id, username)


def admin_enable_user(user_pool_id: str, username: str) -> Call:
    """The user may sign in again."""
    return _about("AdminEnableUser", user_pool_id, username)


def admin_disable_user(user_pool_id: str, username: str) -> Call:
    """The user may not sign in; access tokens are revoked."""
    return _about("AdminDisableUser", user_pool_id, username)


def admin_update_user_attributes(user_pool_id: str, username: str, attributes: Mapping[str, str]) -> Call:
    """New values of attributes; an empty value deletes the attribute (service model)."""
    return _about("AdminUpdateUserAttributes", user_pool_id, username, UserAttributes=_pairs(attributes))


def verify_email(user_pool_id: str, username: str) -> Call:
    """AdminUpdateUserAttributes: the e-mail address counts as verified."""
    return admin_update_user_attributes(user_pool_id, username, {"email_verified": "true"})


def verify_phone_number(user_pool_id: str, username: str) -> Call:
    """AdminUpdateUserAttributes: the phone number counts as verified."""
    return admin_update_user_attributes(user_pool_id, username, {"phone_number_verified": "true"})


def admin_delete_user_attributes(user_pool_id: str, username: str, names: Iterable[str]) -> Call:
    """Attributes to take away."""
    return _about("AdminDeleteUserAttributes", user_pool_id, username, UserAttributeNames=list(names))


def admin_add_user_to_group(user_pool_id: str, username: str, group_name: str) -> Call:
    """One more group."""
    return _about("AdminAddUserToGroup", user_pool_id, username, GroupName=group_name)


def admin_remove_user_from_group(user_pool_id: str, username: str, group_name: str) -> Call:
    """One group less."""
    return _about("AdminRemoveUserFromGroup", user_pool_id, username, GroupName=group_name)


MFA_SETTINGS: Final[Mapping[str, str]] = {
    "SMS_MFA": "SMSMfaSettings",
    "SOFTWARE_TOKEN_MFA": "SoftwareTokenMfaSettings",
    "EMAIL_OTP": "EmailMfaSettings",
}
"""Each of UserMFASettingList, and the member of AdminSetUserMFAPreference that switches it."""


def admin_set_user_mfa_preference(
    user_pool_id: str, username: str, factors: Mapping[str, bool], preferred: str = ""
) -> Call:
    """Which second factors are on; those not named stay as they are.

    Args:
        user_pool_id: the pool.
        username: the user.
        factors: each of `MFA_SETTINGS` that is to change, and whether it is on.
        preferred: the one that is asked for; none when empty, then the user chooses.

    Raises:
        ValueError: a factor that AdminSetUserMFAPreference does not have, or a preferred one that is off.
    """
    if unknown := sorted(set(factors) - set(MFA_SETTINGS)):
        raise ValueError(f"AdminSetUserMFAPreference has no factor {', '.join(unknown)}.")
    if preferred and not factors.get(preferred):
        raise ValueError(f"{preferred} cannot be preferred: it is not switched on.")
    return _about(
        "AdminSetUserMFAPreference",
        user_pool_id,
        username,
        **{
            MFA_SETTINGS[factor]: {"Enabled": on, "PreferredMfa": factor == preferred}
            for factor, on in factors.items()
        },
    )


def admin_delete_software_token(user_pool_id: str, username: str) -> Call:
    """The user's authenticator app is no factor any more; another can be set up."""
    return _about("AdminDeleteSoftwareToken", user_pool_id, username)


def admin_forget_device(user_pool_id: str, username: str, device_key: str) -> Call:
    """A device the user no longer has."""
    return _about("AdminForgetDevice", user_pool_id, username, DeviceKey=device_key)


def admin_revoke_user_session(
    user_pool_id: str, username: str, session_id: str, *, linked: bool = False
) -> Call:
    """The tokens of one session; with `linked` those of the sessions it came through or that came of it."""
    return _about(
        "AdminRevokeUserSession",
        user_pool_id,
        username,
        SessionId=session_id,
        **({"RevokeAssociatedSessions": "LINKED"} if linked else {}),
    )


def admin_user_global_sign_out(user_pool_id: str, username: str) -> Call:
    """All of a user's tokens are revoked."""
    return _about("AdminUserGlobalSignOut", user_pool_id, username)


def admin_delete_user(user_pool_id: str, username: str) -> Call:
    """The user is gone for ever."""
    return _about("AdminDeleteUser", user_pool_id, username)


BY_USERNAME: Final[Mapping[Action, Callable[[str, str], Call]]] = {
    Action.RESEND_INVITATION: resend_invitation,
    Action.CONFIRM: admin_confirm_sign_up,
    Action.RESET_PASSWORD: admin_reset_user_password,
    Action.ENABLE: admin_enable_user,
    Action.DISABLE: admin_disable_user,
    Action.VERIFY_EMAIL: verify_email,
    Action.VERIFY_PHONE: verify_phone_number,
    Action.REMOVE_TOTP: admin_delete_software_token,
    Action.SIGN_OUT_EVERYWHERE: admin_user_global_sign_out,
    Action.DELETE: admin_delete_user,
}
"""Actions that need nothing but the pool and the username: `BY_USERNAME[action](user_pool_id, username)`."""


def _about(operation: str, user_pool_id: str, username: str, **others: Any) -> Call:
    return Call(operation, {"UserPoolId": user_pool_id, "Username": username, **others})


def _token(member: str, token: str) -> dict[str, str]:
    return {member: token} if token else {}


def _pairs(attributes: Mapping[str, str]) -> list[dict[str, str]]:
    return [{"Name": name, "Value": value} for name, value in attributes.items()]


def _invitation(temporary_password: Secret | None, delivery_mediums: Iterable[str]) -> dict[str, Any]:
    mediums = list(delivery_mediums)
    return {
        **({"TemporaryPassword": temporary_password} if temporary_password else {}),
        **({"DesiredDeliveryMediums": mediums} if mediums else {}),
    }
