"""WEB_AUTHN: the options for a passkey are told, and what comes back is looked at.

Everything of an AuthenticationResponseJSON (WebAuthn, level 3) is checked that can be checked without a key:
which credential, our challenge, our origin, the flags. The signature only has to be there, since nobody has
an authenticator for a user pool that does not exist: `pretended` makes a response for practice and tests.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlsplit

from cognito_tui.sandbox.refusal import invalid_parameter, needed, wrong_password
from cognito_tui.sandbox.sign_in import Answer, Kept, SignIn, Stage, as_json, challenge
from cognito_tui.sandbox.state import State

NAME: Final = "WEB_AUTHN"
RELYING_PARTY: Final = "localhost"
_USER_PRESENT: Final = 1
_SHORTEST_AUTHENTICATOR_DATA: Final = 37


def ask(state: State, sign_in: SignIn) -> Answer:
    """The challenge, with PublicKeyCredentialRequestOptionsJSON as a string."""
    options = {
        "challenge": _encoded(state.token_bytes(32)),
        "timeout": 180_000,
        "rpId": RELYING_PARTY,
        "allowCredentials": [
            {"id": each, "type": "public-key", "transports": ["internal"]} for each in sign_in.user.passkeys
        ],
        "userVerification": "preferred",
    }
    parameters = {"CREDENTIAL_REQUEST_OPTIONS": as_json(options)}
    return challenge(state, sign_in, NAME, parameters, options["challenge"])


def answered(_state: State, sign_in: SignIn, kept: Kept, responses: Mapping[str, str]) -> SignIn:
    """A passkey was used; it is the first factor and no more (`choice.available`).

    Raises:
        Refusal: row 34; InvalidParameterException for what is no AuthenticationResponseJSON, its words are
            inferred; row 5 for one that is not for this challenge (inferred).
    """
    text = needed(responses, "CREDENTIAL")
    try:
        fits = _fits(json.loads(text), sign_in.user.passkeys, kept)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise invalid_parameter("CREDENTIAL is not an AuthenticationResponseJSON") from None
    if not fits:
        raise wrong_password()
    return sign_in.at(Stage.FIRST_FACTOR)


def _fits(credential: dict[str, Any], passkeys: tuple[str, ...], asked: str) -> bool:
    response = credential["response"]
    client_data = json.loads(_decoded(response["clientDataJSON"]))
    authenticator_data = _decoded(response["authenticatorData"])
    _decoded(credential["rawId"])
    return (
        credential["type"] == "public-key"
        and credential["id"] == credential["rawId"]
        and credential["id"] in passkeys
        and client_data["type"] == "webauthn.get"
        and client_data["challenge"] == asked
        and urlsplit(client_data["origin"]).hostname == RELYING_PARTY
        and len(authenticator_data) >= _SHORTEST_AUTHENTICATOR_DATA
        and authenticator_data[:32] == hashlib.sha256(RELYING_PARTY.encode()).digest()
        and bool(authenticator_data[32] & _USER_PRESENT)
        and bool(_decoded(response["signature"]))
    )


def pretended(request_options: str) -> str:
    """The AuthenticationResponseJSON of a passkey for CREDENTIAL_REQUEST_OPTIONS, with no real signature."""
    options = json.loads(request_options)
    credential_id, relying_party = options["allowCredentials"][0]["id"], options["rpId"]
    client_data = {
        "type": "webauthn.get",
        "challenge": options["challenge"],
        "origin": f"https://{relying_party}",
        "crossOrigin": False,
    }
    authenticator_data = hashlib.sha256(relying_party.encode()).digest() + bytes([5, 0, 0, 0, 1])
    return as_json(
        {
            "id": credential_id,
            "rawId": credential_id,
            "type": "public-key",
            "authenticatorAttachment": "platform",
            "clientExtensionResults": {},
            "response": {
                "clientDataJSON": _encoded(as_json(client_data).encode()),
                "authenticatorData": _encoded(authenticator_data),
                "signature": _encoded(b"a made-up signature"),
                "userHandle": None,
            },
        }
    )


def _encoded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def _decoded(text: str) -> bytes:
    """Base64url without padding, as WebAuthn has it.

    Raises:
        ValueError: it is not.
    """
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except binascii.Error as error:
        raise ValueError(text) from error
