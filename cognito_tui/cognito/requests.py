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
