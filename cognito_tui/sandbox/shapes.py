"""What requests must look like: the input shapes of the service model, for the operations served here.

A compact copy, because the sandbox does without botocore; a test holds it against botocore's model.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class String:
    """A string; its limits count characters, `pattern` is Java's and is for the whole string."""

    least: int | None = None
    most: int | None = None
    pattern: str = ""
    enum: tuple[str, ...] = ()
    sensitive: bool = False


@dataclass(frozen=True)
class Integer:
    """A whole number between two limits, or from one on."""

    least: int
    most: int | None = None


@dataclass(frozen=True)
class Boolean:
    """True or false."""


@dataclass(frozen=True)
class ListOf:
    """A list of one shape."""

    member: Shape


@dataclass(frozen=True)
class MapOf:
    """A map from strings to one shape."""

    value: String
    sensitive: bool = False


@dataclass(frozen=True)
class Structure:
    """Named members, some of them required."""

    members: Mapping[str, Shape]
    required: frozenset[str] = frozenset()
    sensitive: bool = False


Shape = String | Integer | Boolean | ListOf | MapOf | Structure

_USER_POOL_ID: Final = String(1, 55, r"[\w-]+_[0-9a-zA-Z]+")
_CLIENT_ID: Final = String(1, 128, r"[\w+]+", sensitive=True)
_USERNAME: Final = String(1, 128, r"[\p{L}\p{M}\p{S}\p{N}\p{P}]+", sensitive=True)
_PASSWORD: Final = String(most=256, pattern=r"[\S]+", sensitive=True)
_SESSION: Final = String(20, 4096, sensitive=True)
_TEXT: Final = String(0, 131072)
_SECRET_TEXTS: Final = MapOf(_TEXT, sensitive=True)
_CLIENT_METADATA: Final = MapOf(_TEXT)
_PAGE_TOKEN: Final = String(1, pattern=r"[\S]+")
_ATTRIBUTE_NAME: Final = String(1, 32, r"[\p{L}\p{M}\p{S}\p{N}\p{P}\t\n\r ]+")
_ATTRIBUTES: Final = ListOf(
    Structure(
        {"Name": _ATTRIBUTE_NAME, "Value": String(most=2048, sensitive=True)}, required=frozenset({"Name"})
    )
)
_ANALYTICS_METADATA: Final = Structure({"AnalyticsEndpointId": _TEXT})
_USER_CONTEXT_DATA: Final = Structure({"IpAddress": _TEXT, "EncodedData": _TEXT}, sensitive=True)
_CONTEXT_DATA: Final = Structure(
    {
        "IpAddress": _TEXT,
        "ServerName": _TEXT,
        "ServerPath": _TEXT,
        "HttpHeaders": ListOf(Structure({"headerName": _TEXT, "headerValue": _TEXT})),
        "EncodedData": _TEXT,
    },
    required=frozenset({"IpAddress", "ServerName", "ServerPath", "HttpHeaders"}),
)
_AUTH_FLOW: Final = String(
    enum=(
        "USER_SRP_AUTH",
        "REFRESH_TOKEN_AUTH",
        "REFRESH_TOKEN",
        "CUSTOM_AUTH",
        "ADMIN_NO_SRP_AUTH",
        "USER_PASSWORD_AUTH",
        "ADMIN_USER_PASSWORD_AUTH",
        "USER_AUTH",
    )
)
_CHALLENGE_NAME: Final = String(
    enum=(
        "SMS_MFA",
        "EMAIL_OTP",
        "SOFTWARE_TOKEN_MFA",
        "SELECT_MFA_TYPE",
        "MFA_SETUP",
        "PASSWORD_VERIFIER",
        "CUSTOM_CHALLENGE",
        "SELECT_CHALLENGE",
        "DEVICE_SRP_AUTH",
        "DEVICE_PASSWORD_VERIFIER",
        "ADMIN_NO_SRP_AUTH",
        "NEW_PASSWORD_REQUIRED",
        "SMS_OTP",
        "PASSWORD",
        "WEB_AUTHN",
        "PASSWORD_SRP",
    )
)

_TOKEN: Final = String(pattern=r"[A-Za-z0-9-_=.]+", sensitive=True)
_NEXT_TOKEN: Final = String(1, 131072, r"[\S]+")
_LIMIT: Final = Integer(0, 60)
_GROUP_NAME: Final = String(1, 128, r"[\p{L}\p{M}\p{S}\p{N}\p{P}]+")
_ARN: Final = String(
    20,
    2048,
    r"arn:[\w+=/,.@-]+:[\w+=/,.@-]+:([\w+=/,.@-]*)?:[0-9]+:[\w+=/,.@-]+(:[\w+=/,.@-]+)?(:[\w+=/,.@-]+)?",
)
_SESSION_ID: Final = String(28, 28, "^(tkn|sso)[a-z0-9]{25}$")
_ASSOCIATED: Final = String(enum=("NONE", "LINKED"))
_CLIENT_SECRET: Final = String(24, 64, r"[\w+]+", sensitive=True)
_DEVICE_KEY: Final = String(1, 55, r"[\w-]+_[0-9a-f-]+")
_MFA_SETTINGS: Final = Structure({"Enabled": Boolean(), "PreferredMfa": Boolean()})
_MFA_PREFERENCE: Final = {
    "SMSMfaSettings": _MFA_SETTINGS,
    "SoftwareTokenMfaSettings": _MFA_SETTINGS,
    "EmailMfaSettings": _MFA_SETTINGS,
    "WebAuthnMfaSettings": Structure({"Enabled": Boolean()}),
}


def _input(*required: str, **members: Shape) -> Structure:
    return Structure(members, frozenset(required))


_ONE_USER: Final = _input("UserPoolId", "Username", UserPoolId=_USER_POOL_ID, Username=_USERNAME)
_ONE_USER_WITH_METADATA: Final = _input(
    "UserPoolId", "Username", UserPoolId=_USER_POOL_ID, Username=_USERNAME, ClientMetadata=_CLIENT_METADATA
)

_ONE_DEVICE: Final = {"UserPoolId": _USER_POOL_ID, "Username": _USERNAME, "DeviceKey": _DEVICE_KEY}

_ONE_USER_AND_GROUP: Final = _input(
    "UserPoolId",
    "Username",
    "GroupName",
    UserPoolId=_USER_POOL_ID,
    Username=_USERNAME,
    GroupName=_GROUP_NAME,
)

INPUTS: Final[Mapping[str, Structure]] = {
    "InitiateAuth": _input(
        "AuthFlow",
        "ClientId",
        AuthFlow=_AUTH_FLOW,
        AuthParameters=_SECRET_TEXTS,
        ClientMetadata=_CLIENT_METADATA,
        ClientId=_CLIENT_ID,
        AnalyticsMetadata=_ANALYTICS_METADATA,
        UserContextData=_USER_CONTEXT_DATA,
        Session=_SESSION,
    ),
    "RespondToAuthChallenge": _input(
        "ClientId",
        "ChallengeName",
        ClientId=_CLIENT_ID,
        ChallengeName=_CHALLENGE_NAME,
        Session=_SESSION,
        ChallengeResponses=_SECRET_TEXTS,
        AnalyticsMetadata=_ANALYTICS_METADATA,
        UserContextData=_USER_CONTEXT_DATA,
        ClientMetadata=_CLIENT_METADATA,
    ),
    "AdminInitiateAuth": _input(
        "UserPoolId",
        "ClientId",
        "AuthFlow",
        UserPoolId=_USER_POOL_ID,
        ClientId=_CLIENT_ID,
        AuthFlow=_AUTH_FLOW,
        AuthParameters=_SECRET_TEXTS,
        ClientMetadata=_CLIENT_METADATA,
        AnalyticsMetadata=_ANALYTICS_METADATA,
        ContextData=_CONTEXT_DATA,
        Session=_SESSION,
    ),
    "AdminRespondToAuthChallenge": _input(
        "UserPoolId",
        "ClientId",
        "ChallengeName",
        UserPoolId=_USER_POOL_ID,
        ClientId=_CLIENT_ID,
        ChallengeName=_CHALLENGE_NAME,
        ChallengeResponses=_SECRET_TEXTS,
        Session=_SESSION,
        AnalyticsMetadata=_ANALYTICS_METADATA,
        ContextData=_CONTEXT_DATA,
        ClientMetadata=_CLIENT_METADATA,
    ),
    "GetTokensFromRefreshToken": _input(
        "RefreshToken",
        "ClientId",
        RefreshToken=_TOKEN,
        ClientId=_CLIENT_ID,
        ClientSecret=_CLIENT_SECRET,
        DeviceKey=_DEVICE_KEY,
        ClientMetadata=_CLIENT_METADATA,
    ),
    "RevokeToken": _input(
        "Token",
        "ClientId",
        Token=_TOKEN,
        ClientId=_CLIENT_ID,
        ClientSecret=_CLIENT_SECRET,
        RevokeAssociatedSessions=_ASSOCIATED,
    ),
    "GlobalSignOut": _input("AccessToken", AccessToken=_TOKEN),
    "AdminUserGlobalSignOut": _ONE_USER,
    "AssociateSoftwareToken": _input(AccessToken=_TOKEN, Session=_SESSION),
    "VerifySoftwareToken": _input(
        "UserCode",
        AccessToken=_TOKEN,
        Session=_SESSION,
        UserCode=String(6, 6, "[0-9]+", sensitive=True),
        FriendlyDeviceName=_TEXT,
    ),
    "SetUserMFAPreference": _input("AccessToken", **_MFA_PREFERENCE, AccessToken=_TOKEN),
    "AdminSetUserMFAPreference": _input(
        "Username", "UserPoolId", **_MFA_PREFERENCE, Username=_USERNAME, UserPoolId=_USER_POOL_ID
    ),
    "ConfirmDevice": _input(
        "AccessToken",
        "DeviceKey",
        AccessToken=_TOKEN,
        DeviceKey=_DEVICE_KEY,
        DeviceSecretVerifierConfig=Structure({"PasswordVerifier": _TEXT, "Salt": _TEXT}),
        DeviceName=String(1, 1024),
    ),
    "UpdateDeviceStatus": _input(
        "AccessToken",
        "DeviceKey",
        AccessToken=_TOKEN,
        DeviceKey=_DEVICE_KEY,
        DeviceRememberedStatus=String(enum=("remembered", "not_remembered")),
    ),
    "GetDevice": _input("DeviceKey", DeviceKey=_DEVICE_KEY, AccessToken=_TOKEN),
    "ListDevices": _input("AccessToken", AccessToken=_TOKEN, Limit=_LIMIT, PaginationToken=_PAGE_TOKEN),
    "ForgetDevice": _input("DeviceKey", AccessToken=_TOKEN, DeviceKey=_DEVICE_KEY),
    "AdminListDevices": _input(
        "UserPoolId",
        "Username",
        UserPoolId=_USER_POOL_ID,
        Username=_USERNAME,
        Limit=_LIMIT,
        PaginationToken=_PAGE_TOKEN,
    ),
    "AdminGetDevice": _input("DeviceKey", "UserPoolId", "Username", **_ONE_DEVICE),
    "AdminForgetDevice": _input("UserPoolId", "Username", "DeviceKey", **_ONE_DEVICE),
    "GetUserPoolSessionConfiguration": _input("UserPoolId", UserPoolId=_USER_POOL_ID),
    "AdminListUserSessions": _input(
        "UserPoolId", "Username", UserPoolId=_USER_POOL_ID, Username=_USERNAME, NextToken=_NEXT_TOKEN
    ),
    "AdminRevokeUserSession": _input(
        "UserPoolId",
        "Username",
        "SessionId",
        UserPoolId=_USER_POOL_ID,
        Username=_USERNAME,
        SessionId=_SESSION_ID,
        RevokeAssociatedSessions=_ASSOCIATED,
    ),
    "ListUserSessions": _input("AccessToken", AccessToken=_TOKEN, NextToken=_NEXT_TOKEN),
    "RevokeUserSession": _input(
        "AccessToken",
        "SessionId",
        AccessToken=_TOKEN,
        SessionId=_SESSION_ID,
        RevokeAssociatedSessions=_ASSOCIATED,
    ),
    "AdminListUserAuthEvents": _input(
        "UserPoolId",
        "Username",
        UserPoolId=_USER_POOL_ID,
        Username=_USERNAME,
        MaxResults=_LIMIT,
        NextToken=_NEXT_TOKEN,
    ),
    "GetUser": _input("AccessToken", AccessToken=_TOKEN),
    "DescribeUserPool": _input("UserPoolId", UserPoolId=_USER_POOL_ID),
    "DescribeUserPoolClient": _input("UserPoolId", "ClientId", UserPoolId=_USER_POOL_ID, ClientId=_CLIENT_ID),
    "ListUserPools": _input("MaxResults", NextToken=_PAGE_TOKEN, MaxResults=Integer(1, 60)),
    "ListUserPoolClients": _input(
        "UserPoolId",
        UserPoolId=_USER_POOL_ID,
        MaxResults=Integer(1, 60),
        NextToken=_NEXT_TOKEN,
        ClientType=String(enum=("REGULAR", "DCR")),
    ),
    "ListUsers": _input(
        "UserPoolId",
        UserPoolId=_USER_POOL_ID,
        AttributesToGet=ListOf(_ATTRIBUTE_NAME),
        Limit=_LIMIT,
        PaginationToken=_PAGE_TOKEN,
        Filter=String(most=256),
    ),
    "AdminGetUser": _ONE_USER,
    "AdminCreateUser": _input(
        "UserPoolId",
        "Username",
        UserPoolId=_USER_POOL_ID,
        Username=_USERNAME,
        UserAttributes=_ATTRIBUTES,
        ValidationData=_ATTRIBUTES,
        TemporaryPassword=_PASSWORD,
        ForceAliasCreation=Boolean(),
        MessageAction=String(enum=("RESEND", "SUPPRESS")),
        DesiredDeliveryMediums=ListOf(String(enum=("SMS", "EMAIL"))),
        ClientMetadata=_CLIENT_METADATA,
    ),
    "AdminUpdateUserAttributes": _input(
        "UserPoolId",
        "Username",
        "UserAttributes",
        UserPoolId=_USER_POOL_ID,
        Username=_USERNAME,
        UserAttributes=_ATTRIBUTES,
        ClientMetadata=_CLIENT_METADATA,
    ),
    "AdminDeleteUserAttributes": _input(
        "UserPoolId",
        "Username",
        "UserAttributeNames",
        UserPoolId=_USER_POOL_ID,
        Username=_USERNAME,
        UserAttributeNames=ListOf(_ATTRIBUTE_NAME),
    ),
    "AdminGetUserAuthFactors": _ONE_USER,
    "AdminDeleteSoftwareToken": _ONE_USER,
    "AdminSetUserPassword": _input(
        "UserPoolId",
        "Username",
        "Password",
        UserPoolId=_USER_POOL_ID,
        Username=_USERNAME,
        Password=_PASSWORD,
        Permanent=Boolean(),
    ),
    "AdminResetUserPassword": _ONE_USER_WITH_METADATA,
    "AdminConfirmSignUp": _ONE_USER_WITH_METADATA,
    "AdminEnableUser": _ONE_USER,
    "AdminDisableUser": _ONE_USER,
    "AdminDeleteUser": _ONE_USER,
    "CreateGroup": _input(
        "GroupName",
        "UserPoolId",
        GroupName=_GROUP_NAME,
        UserPoolId=_USER_POOL_ID,
        Description=String(most=2048),
        RoleArn=_ARN,
        Precedence=Integer(0),
    ),
    "ListGroups": _input("UserPoolId", UserPoolId=_USER_POOL_ID, Limit=_LIMIT, NextToken=_NEXT_TOKEN),
    "ListUsersInGroup": _input(
        "UserPoolId",
        "GroupName",
        UserPoolId=_USER_POOL_ID,
        GroupName=_GROUP_NAME,
        Limit=_LIMIT,
        NextToken=_NEXT_TOKEN,
    ),
    "AdminListGroupsForUser": _input(
        "Username",
        "UserPoolId",
        Username=_USERNAME,
        UserPoolId=_USER_POOL_ID,
        Limit=_LIMIT,
        NextToken=_NEXT_TOKEN,
    ),
    "AdminAddUserToGroup": _ONE_USER_AND_GROUP,
    "AdminRemoveUserFromGroup": _ONE_USER_AND_GROUP,
}
"""Each operation served, and the shape of its request."""

PUBLIC: Final = frozenset(
    {
        "InitiateAuth",
        "RespondToAuthChallenge",
        "GetTokensFromRefreshToken",
        "RevokeToken",
        "GlobalSignOut",
        "AssociateSoftwareToken",
        "VerifySoftwareToken",
        "SetUserMFAPreference",
        "ConfirmDevice",
        "UpdateDeviceStatus",
        "GetDevice",
        "ListDevices",
        "ForgetDevice",
        "GetUser",
        "ListUserSessions",
        "RevokeUserSession",
    }
)
"""Those that need no IAM signature (service model, `authtype: none`)."""
