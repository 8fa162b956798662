"""SRP's questions and answers, for PASSWORD_VERIFIER and DEVICE_PASSWORD_VERIFIER alike."""

from __future__ import annotations

import base64
import binascii
import hmac
from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from cognito_tui.sandbox.refusal import invalid_parameter, needed
from cognito_tui.sandbox.srp import Exchange, Verifier, moment, public_value
from cognito_tui.sandbox.state import State

_PATIENCE: Final = timedelta(seconds=30)
"""How long a proof may take: "a few seconds" in the service model; the number is inferred."""

_DRIFT: Final = timedelta(minutes=5)
"""How far TIMESTAMP may be off. That there is a limit, and which, is inferred."""


def exchange(state: State, identity: str, verifier: Verifier, client_public: str) -> Exchange:
    """A new exchange with somebody who sent SRP_A.

    Raises:
        Refusal: InvalidParameterException for an SRP_A that is none; its words are inferred.
    """
    value = public_value(client_public)
    if value is None:
        raise invalid_parameter("Invalid SRP_A")
    private = int.from_bytes(state.token_bytes(32))
    return Exchange(identity, verifier, value, private, state.token_bytes(384), state.clock())


def parameters(asked: Exchange, username: str) -> dict[str, str]:
    """What the client has to know for its proof; numbers in hexadecimal, as they come."""
    return {
        "SALT": f"{asked.verifier.salt:x}",
        "SRP_B": f"{asked.public:x}",
        "SECRET_BLOCK": base64.b64encode(asked.block).decode(),
        "USERNAME": username,
    }


def holds(state: State, asked: Exchange, responses: Mapping[str, str]) -> bool:
    """Whether an answer proves the password, over our SECRET_BLOCK and in time.

    Raises:
        Refusal: row 34.
    """
    signature = needed(responses, "PASSWORD_CLAIM_SIGNATURE")
    block = needed(responses, "PASSWORD_CLAIM_SECRET_BLOCK")
    timestamp = needed(responses, "TIMESTAMP")
    now, told = state.clock(), moment(timestamp)
    return (
        told is not None
        and abs(now - told) <= _DRIFT
        and now - asked.asked <= _PATIENCE
        and _decoded(block) == asked.block
        and hmac.compare_digest(_decoded(signature), asked.signature(timestamp))
    )


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return b""
