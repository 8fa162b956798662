"""SELECT_CHALLENGE, and the beginning of USER_AUTH: what a user may sign in with, and the way there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cognito_tui.cognito.model import UserStatus
from cognito_tui.sandbox.challenges import codes, password, password_verifier, web_authn
from cognito_tui.sandbox.refusal import invalid_parameter, needed, wrong_password
from cognito_tui.sandbox.sign_in import Answer, Kept, SignIn, challenge
from cognito_tui.sandbox.state import State

NAME: Final = "SELECT_CHALLENGE"


def begin(state: State, sign_in: SignIn, parameters: Mapping[str, str]) -> Answer | SignIn:
    """USER_AUTH: the PREFERRED_CHALLENGE at once, or the choice.

    Raises:
        Refusal: row 66, and what comes of the choice.
    """
    preferred = parameters.get("PREFERRED_CHALLENGE")
    if preferred:
        return _chosen(state, sign_in, preferred, parameters)
    answer = challenge(state, sign_in, NAME, {})
    return {**answer, "AvailableChallenges": available(sign_in)}


def answered(state: State, sign_in: SignIn, _kept: Kept, responses: Mapping[str, str]) -> Answer | SignIn:
    """SELECT_CHALLENGE was answered.

    Raises:
        Refusal: rows 34 and 66, and what comes of the choice.
    """
    return _chosen(state, sign_in, needed(responses, "ANSWER"), responses)


def available(sign_in: SignIn) -> list[str]:
    """What the user may sign in with: what the pool allows and the user has.

    A temporary password has to be replaced first (public record). Who needs a second factor proves the first
    by password, never by a code (Developer Guide, "Adding MFA to a user pool"), nor by a passkey, which is a
    single factor without FactorConfiguration (service model, WebAuthnConfigurationType). A ghost seems to
    have a password.
    """
    user, allowed = sign_in.user, sign_in.pool.first_factors
    with_password = ["PASSWORD", "PASSWORD_SRP"] if "PASSWORD" in allowed else []
    has_mfa = sign_in.pool.mfa == "ON" or (sign_in.pool.mfa == "OPTIONAL" and user.mfa)
    if user.status is UserStatus.FORCE_CHANGE_PASSWORD or sign_in.is_ghost or has_mfa:
        return with_password
    by_code = [name for name in ("EMAIL_OTP", "SMS_OTP") if name in allowed and codes.reaches(name, user)]
    by_passkey = ["WEB_AUTHN"] if "WEB_AUTHN" in allowed and user.passkeys else []
    return with_password + by_code + by_passkey


def _chosen(state: State, sign_in: SignIn, name: str, sent: Mapping[str, str]) -> Answer | SignIn:
    """The way somebody chose; PASSWORD and SRP_A may have come along, and are asked for if not (inferred).

    The CREDENTIAL of a passkey cannot come along, since it answers options that were not told yet.
    """
    if sign_in.is_ghost and name in {*codes.WAYS, web_authn.NAME}:
        raise wrong_password()
    if name not in available(sign_in):
        raise invalid_parameter("The selected challenge is not available")
    if name == password.NAME:
        given = sent.get("PASSWORD")
        return password.given(state, sign_in, given) if given else password.ask(state, sign_in)
    if name == password_verifier.CHOICE:
        srp_a = sent.get("SRP_A")
        asks = password_verifier.ask_for_srp_a
        return password_verifier.ask(state, sign_in, srp_a) if srp_a else asks(state, sign_in)
    password.check_state(sign_in.user)
    return web_authn.ask(state, sign_in) if name == web_authn.NAME else codes.ask(state, sign_in, name)
