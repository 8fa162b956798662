"""JSON Web Tokens, read without trusting them."""

from __future__ import annotations

import binascii
import json
from dataclasses import replace
from typing import Any

from cognito_tui.cognito.model import Secret, Tokens


def claims(token: Secret | None) -> dict[str, Any]:
    """The claims of an ID or access token, unverified (RFC 7519); empty when it is not a JWT."""
    parts = token.reveal().split(".") if token else []
    if len(parts) != 3:
        return {}
    payload = parts[1]
    try:
        found = json.loads(binascii.a2b_base64(payload.translate(_URL_SAFE) + "=" * (-len(payload) % 4)))
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def with_username(tokens: Tokens) -> Tokens:
    """`tokens` with the canonical username that they themselves tell, where they do."""
    for token, claim in (("AccessToken", "username"), ("IdToken", "cognito:username")):
        told = claims(tokens.token(token)).get(claim)
        if isinstance(told, str) and told:
            return replace(tokens, username=told)
    return tokens


_URL_SAFE = str.maketrans("-_", "+/")
