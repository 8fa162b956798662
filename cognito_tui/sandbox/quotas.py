"""How fast a Cognito of one account may be driven: requests a second.

Categories, their rates, ten a second for one user and five a second for one pool's settings: Developer Guide,
"Quotas in Amazon Cognito". The category of the operations that came in 2026 is that of their like (inferred),
and so is that a request which is refused does not count.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from cognito_tui.sandbox.refusal import too_many_requests

_SECOND: Final = timedelta(seconds=1)

_RATES: Final[Mapping[str, int]] = {
    "UserAuthentication": 120,
    "UserAuthentication, answers": 360,
    "UserCreation": 50,
    "UserAccountRecovery": 30,
    "UserRead": 120,
    "UserUpdate": 25,
    "UserToken": 120,
    "UserResourceRead": 50,
    "UserResourceUpdate": 25,
    "UserList": 30,
    "UserPoolRead": 15,
    "UserPoolResourceRead": 20,
    "UserPoolResourceUpdate": 15,
    "UserPoolClientRead": 15,
}

_MEMBERS: Final[Mapping[str, str]] = {
    "UserAuthentication": "InitiateAuth AdminInitiateAuth",
    "UserAuthentication, answers": "RespondToAuthChallenge AdminRespondToAuthChallenge",
    "UserCreation": "AdminCreateUser AdminConfirmSignUp",
    "UserAccountRecovery": "AdminResetUserPassword AdminSetUserPassword",
    "UserRead": "AdminGetUser GetUser",
    "UserUpdate": (
        "AdminAddUserToGroup AdminRemoveUserFromGroup AdminUpdateUserAttributes AdminDeleteUserAttributes "
        "AdminDeleteUser AdminDisableUser AdminEnableUser AdminUserGlobalSignOut GlobalSignOut"
    ),
    "UserToken": "RevokeToken GetTokensFromRefreshToken",
    "UserResourceRead": (
        "AdminGetDevice AdminListDevices GetDevice ListDevices AdminListGroupsForUser "
        "AdminListUserAuthEvents AdminGetUserAuthFactors AdminListUserSessions ListUserSessions"
    ),
    "UserResourceUpdate": (
        "AdminForgetDevice ForgetDevice UpdateDeviceStatus ConfirmDevice AdminSetUserMFAPreference "
        "SetUserMFAPreference AssociateSoftwareToken VerifySoftwareToken AdminDeleteSoftwareToken "
        "AdminRevokeUserSession RevokeUserSession"
    ),
    "UserList": "ListUsers ListUsersInGroup",
    "UserPoolRead": "DescribeUserPool ListUserPools GetUserPoolSessionConfiguration",
    "UserPoolResourceRead": "ListGroups",
    "UserPoolResourceUpdate": "CreateGroup",
    "UserPoolClientRead": "DescribeUserPoolClient ListUserPoolClients",
}

CATEGORIES: Final[Mapping[str, str]] = {
    operation: category for category, members in _MEMBERS.items() for operation in members.split()
}
"""The category of each operation served."""

_OF_A_POOL: Final = {"UserPoolRead", "UserPoolClientRead"}


@dataclass
class Quotas:
    """What was let through in the second that ends now, and how much may be; `rates` are by category."""

    rates: Mapping[str, int] = field(default_factory=lambda: _RATES)
    one_user: int = 10
    one_pool: int = 5
    _passed: dict[str, deque[datetime]] = field(default_factory=dict)

    @classmethod
    def at(cls, rate: int) -> Quotas:
        """The same rate for all: each category, each user and each pool's settings."""
        return cls(dict.fromkeys(_RATES, rate), rate, rate)

    def check(self, operation: str, params: Any, now: datetime) -> None:
        """Let a request through.

        Raises:
            Refusal: TooManyRequestsException.
        """
        category = CATEGORIES[operation]
        limits = {category: self.rates[category]}
        given = params if isinstance(params, dict) else {}
        pool, username = given.get("UserPoolId", ""), given.get("Username")
        if username:
            limits[f"user {pool} {username}"] = self.one_user
        if pool and category in _OF_A_POOL:
            limits[f"pool {pool}"] = self.one_pool
        for what, rate in limits.items():
            passed = self._passed.setdefault(what, deque())
            while passed and now - passed[0] >= _SECOND:
                passed.popleft()
            if len(passed) >= rate:
                raise too_many_requests()
        for what in limits:
            self._passed[what].append(now)
