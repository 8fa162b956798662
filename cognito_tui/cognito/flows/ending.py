"""Ending tokens before their time."""

from __future__ import annotations

from cognito_tui.cognito import requests
from cognito_tui.cognito.model import AppClient, Secret
from cognito_tui.cognito.steps import Flow


def revoke_token(client: AppClient, refresh_token: Secret) -> Flow[None]:
    """RevokeToken: the refresh token, and the access tokens of the same sign-in.

    Whoever checks an ID or access token without asking Cognito takes it until it expires.

    Raises:
        CognitoError: it was refused.
    """
    yield requests.revoke_token(client, refresh_token)


def global_sign_out(access_token: Secret) -> Flow[None]:
    """GlobalSignOut: every token of the user, of every app client and on every machine.

    Raises:
        CognitoError: it was refused, as for an access token that is over.
    """
    yield requests.global_sign_out(access_token)
