"""Codes by SMS and e-mail: SMS_MFA and EMAIL_OTP as second factor, EMAIL_OTP and SMS_OTP as first."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from cognito_tui.cognito.model import Secret
from cognito_tui.sandbox import mail
from cognito_tui.sandbox.outbox import Message
from cognito_tui.sandbox.pool import User
from cognito_tui.sandbox.refusal import invalid_parameter, needed, wrong_code
from cognito_tui.sandbox.sign_in import Answer, Kept, SignIn, Stage, challenge
from cognito_tui.sandbox.state import State


@dataclass(frozen=True)
class _Way:
    """How a code goes out and comes back; EMAIL_OTP has eight digits by public records."""

    medium: str
    attribute: str
    answer: str
    digits: int
    tells_username: bool = False


WAYS: Final[Mapping[str, _Way]] = {
    "SMS_MFA": _Way("SMS", "phone_number", "SMS_MFA_CODE", 6, tells_username=True),
    "EMAIL_OTP": _Way("EMAIL", "email", "EMAIL_OTP_CODE", 8),
    "SMS_OTP": _Way("SMS", "phone_number", "SMS_OTP_CODE", 8),
}
"""The challenges, each with its way."""


def reaches(name: str, user: User) -> bool:
    """Whether a code can be sent to `user` that way: to an address that is verified (inferred)."""
    return user.verified(WAYS[name].attribute)


def ask(state: State, sign_in: SignIn, name: str) -> Answer:
    """The challenge; the code is in the outbox and lives as long as the Session.

    Raises:
        Refusal: row 41 for a user who has lost the address (inferred); row 58.
    """
    way, user = WAYS[name], sign_in.user
    destination = user.attributes.get(way.attribute)
    if not destination:
        raise invalid_parameter(f"User does not have delivery config set to turn on {name}")
    number = int.from_bytes(state.token_bytes(8)) % 10**way.digits
    code = Secret(f"{number:0{way.digits}}")
    message = Message(
        sign_in.pool.pool_id,
        user.username,
        way.medium,
        destination,
        state.clock(),
        code=code,
    )
    mail.send(state, message)
    parameters = {
        "CODE_DELIVERY_DELIVERY_MEDIUM": way.medium,
        "CODE_DELIVERY_DESTINATION": message.masked,
        **({"USER_ID_FOR_SRP": user.username} if way.tells_username else {}),
    }
    return challenge(state, sign_in, name, parameters, (way, code))


def answered(_state: State, sign_in: SignIn, kept: Kept, responses: Mapping[str, str]) -> SignIn:
    """The code was given, as first factor or as second.

    Raises:
        Refusal: row 34; row 52, as often as it is wrong: a public record has the Session live on.
    """
    way, code = kept
    given = needed(responses, way.answer)
    if not hmac.compare_digest(given.encode(), code.reveal().encode()):
        raise wrong_code()
    return sign_in.at(Stage.FIRST_FACTOR if sign_in.stage is Stage.BEGUN else Stage.MFA)
