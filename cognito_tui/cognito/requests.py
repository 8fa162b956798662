"""One builder an operation. SECRET_HASH is attached here, in one place, over the right subject."""

from __future__ import annotations

from collections.abc import Mapping

from cognito_tui.cognito.model import AppClient, Challenge, Secret
from cognito_tui.cognito.secret_hash import Subject, secret_hash
from cognito_tui.cognito.steps import Call


def initiate_auth(
    client: AppClient,
    auth_flow: str,
    parameters: Mapping[str, str | Secret],
    *,
    subject: Subject,
    admin: bool = False,
    client_metadata: Mapping[str, str] | None = None,
) -> Call:
    """InitiateAuth, or AdminInitiateAuth when `admin`; USERNAME and SECRET_HASH come from `subject`."""
    return Call(
        "AdminInitiateAuth" if admin else "InitiateAuth",
        {
            **({"UserPoolId": client.user_pool_id} if admin else {}),
            "ClientId": client.client_id,
            "AuthFlow": str(auth_flow),
            "AuthParameters": {"USERNAME": subject.username, **parameters, **_hash(client, subject)},
            **({"ClientMetadata": dict(client_metadata)} if client_metadata else {}),
        },
        hashed=subject if client.secret else None,
    )


def respond_to_auth_challenge(
    client: AppClient,
    challenge: Challenge,
    responses: Mapping[str, str | Secret],
    *,
    subject: Subject,
    admin: bool = False,
    client_metadata: Mapping[str, str] | None = None,
) -> Call:
    """(Admin)RespondToAuthChallenge, with the challenge's Session when one was given."""
    return Call(
        "AdminRespondToAuthChallenge" if admin else "RespondToAuthChallenge",
        {
            **({"UserPoolId": client.user_pool_id} if admin else {}),
            "ClientId": client.client_id,
            "ChallengeName": challenge.name,
            **({"Session": challenge.session} if challenge.session else {}),
            "ChallengeResponses": {"USERNAME": subject.username, **responses, **_hash(client, subject)},
            **({"ClientMetadata": dict(client_metadata)} if client_metadata else {}),
        },
        hashed=subject if client.secret else None,
    )


def refresh_token_auth(
    client: AppClient,
    auth_flow: str,
    refresh_token: Secret,
    *,
    subject: Subject,
    device_key: str = "",
    admin: bool = False,
    client_metadata: Mapping[str, str] | None = None,
) -> Call:
    """(Admin)InitiateAuth for a refresh token: it sends no USERNAME, and hashes the token's owner's."""
    return Call(
        "AdminInitiateAuth" if admin else "InitiateAuth",
        {
            **({"UserPoolId": client.user_pool_id} if admin else {}),
            "ClientId": client.client_id,
            "AuthFlow": str(auth_flow),
            "AuthParameters": {
                "REFRESH_TOKEN": refresh_token,
                **({"DEVICE_KEY": device_key} if device_key else {}),
                **_hash(client, subject),
            },
            **({"ClientMetadata": dict(client_metadata)} if client_metadata else {}),
        },
        hashed=subject if client.secret else None,
    )


def get_tokens_from_refresh_token(
    client: AppClient,
    refresh_token: Secret,
    *,
    device_key: str = "",
    client_metadata: Mapping[str, str] | None = None,
) -> Call:
    """GetTokensFromRefreshToken: the one sign-in request that carries the client secret itself, no hash."""
    return Call(
        "GetTokensFromRefreshToken",
        {
            "ClientId": client.client_id,
            "RefreshToken": refresh_token,
            **({"ClientSecret": client.secret} if client.secret else {}),
            **({"DeviceKey": device_key} if device_key else {}),
            **({"ClientMetadata": dict(client_metadata)} if client_metadata else {}),
        },
    )


def revoke_token(client: AppClient, refresh_token: Secret) -> Call:
    """RevokeToken, which carries the client secret itself where there is one (service model)."""
    return Call(
        "RevokeToken",
        {
            "Token": refresh_token,
            "ClientId": client.client_id,
            **({"ClientSecret": client.secret} if client.secret else {}),
        },
    )


def global_sign_out(access_token: Secret) -> Call:
    """GlobalSignOut: end every token of the user who holds this one."""
    return Call("GlobalSignOut", {"AccessToken": access_token})


def get_user(access_token: Secret) -> Call:
    """GetUser: who holds the token; it is refused for one that was revoked, though nobody could see that."""
    return Call("GetUser", {"AccessToken": access_token})


def associate_software_token(session: Secret | None) -> Call:
    """Ask for a TOTP key within a sign-in."""
    return Call("AssociateSoftwareToken", {"Session": session} if session else {})


def verify_software_token(session: Secret | None, user_code: Secret, friendly_device_name: str = "") -> Call:
    """Give the first code of a TOTP key within a sign-in."""
    return Call(
        "VerifySoftwareToken",
        {
            **({"Session": session} if session else {}),
            "UserCode": user_code,
            **({"FriendlyDeviceName": friendly_device_name} if friendly_device_name else {}),
        },
    )


def confirm_device(
    access_token: Secret, device_key: str, verifier: Mapping[str, str | Secret], device_name: str = ""
) -> Call:
    """Let Cognito remember a device by `verifier`, its DeviceSecretVerifierConfig."""
    return Call(
        "ConfirmDevice",
        {
            "AccessToken": access_token,
            "DeviceKey": device_key,
            "DeviceSecretVerifierConfig": dict(verifier),
            **({"DeviceName": device_name} if device_name else {}),
        },
    )


def update_device_status(access_token: Secret, device_key: str, *, remembered: bool) -> Call:
    """Say whether the device stands for a second factor from now on."""
    return Call(
        "UpdateDeviceStatus",
        {
            "AccessToken": access_token,
            "DeviceKey": device_key,
            "DeviceRememberedStatus": "remembered" if remembered else "not_remembered",
        },
    )


def _hash(client: AppClient, subject: Subject) -> dict[str, Secret]:
    if not client.secret:
        return {}
    return {"SECRET_HASH": Secret(secret_hash(subject.username, client.client_id, client.secret))}


def describe_user_pool(user_pool_id: str) -> Call:
    """The pool's policy, schema and sign-in options. Signed."""
    return Call("DescribeUserPool", {"UserPoolId": user_pool_id})


def describe_user_pool_client(user_pool_id: str, client_id: str) -> Call:
    """The app client's flows, attributes and secret. Signed."""
    return Call("DescribeUserPoolClient", {"UserPoolId": user_pool_id, "ClientId": client_id})


def admin_get_user(user_pool_id: str, username: str) -> Call:
    """A user's status, attributes and MFA settings. Signed."""
    return Call("AdminGetUser", {"UserPoolId": user_pool_id, "Username": username})
