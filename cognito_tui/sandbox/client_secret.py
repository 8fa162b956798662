"""Checking SECRET_HASH, made here once more and not with the client's code.

`Base64(HMAC_SHA256(key = client secret, message = username + client ID))`, over the username that stands in
the very same request (Developer Guide, "Computing secret hash values").
"""

from __future__ import annotations

import base64
import hashlib
import hmac

from cognito_tui.cognito.model import Secret
from cognito_tui.sandbox.pool import AppClient
from cognito_tui.sandbox.refusal import invalid_parameter, not_authorized


def check_secret_hash(client: AppClient, username: str, received: str | None) -> None:
    """See that `received` is the hash of `username`, made with either of the client's secrets.

    Raises:
        Refusal: NotAuthorizedException, rows 1 and 4; InvalidParameterException for a hash that a client
            without a secret has no use for.
    """
    client_id = client.client_id
    if not client.secrets:
        if received is not None:
            raise invalid_parameter(
                f"App client {client_id} is not configured for secret but secret hash was received"
            )
        return
    if received is None:
        raise not_authorized(f"Client {client_id} is configured with secret but SECRET_HASH was not received")
    if not any(_matches(secret, username + client_id, received) for secret in client.secrets):
        raise not_authorized(f"Unable to verify secret hash for client {client_id}")


def _matches(secret: Secret, message: str, received: str) -> bool:
    made = hmac.new(secret.reveal().encode(), message.encode(), hashlib.sha256).digest()
    return hmac.compare_digest(base64.b64encode(made), received.encode())
