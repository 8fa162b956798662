"""The second factor: which one is asked, SELECT_MFA_TYPE, SOFTWARE_TOKEN_MFA and MFA_SETUP."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from cognito_tui.cognito.model import Secret
from cognito_tui.sandbox.challenges import codes
from cognito_tui.sandbox.refusal import Refusal, invalid_parameter, needed
from cognito_tui.sandbox.sign_in import Answer, Kept, SignIn, Stage, as_json, challenge
from cognito_tui.sandbox.state import State

SOFTWARE_TOKEN: Final = "SOFTWARE_TOKEN_MFA"  # noqa: S105 a challenge's name
SELECT: Final = "SELECT_MFA_TYPE"
SETUP: Final = "MFA_SETUP"


@dataclass(frozen=True)
class Setup:
    """How far an authenticator app is set up in a Session: its secret, and whether a code of it was seen."""

    secret: Secret | None = None
    verified: bool = False


def asked(state: State, sign_in: SignIn) -> Answer | None:
    """The challenge that stands between a password and the rest, if one does.

    Without MFA in the pool there is none; the preferred factor comes first; of several without a preference
    the user chooses; who has none must set one up where the pool demands it.
    """
    user, pool = sign_in.user, sign_in.pool
    if pool.mfa == "OFF":
        return None
    factors = [each for each in pool.mfa_factors if each in user.mfa]
    if user.preferred_mfa in factors:
        return _ask_for(state, sign_in, user.preferred_mfa)
    if len(factors) > 1:
        return challenge(state, sign_in, SELECT, {"MFAS_CAN_CHOOSE": as_json(factors)}, factors)
    if factors:
        return _ask_for(state, sign_in, factors[0])
    if pool.mfa == "ON":
        return challenge(state, sign_in, SETUP, {"MFAS_CAN_SETUP": as_json(pool.mfa_factors)}, Setup())
    return None


def _ask_for(state: State, sign_in: SignIn, factor: str) -> Answer:
    if factor != SOFTWARE_TOKEN:
        return codes.ask(state, sign_in, factor)
    return challenge(state, sign_in, factor, {"USER_ID_FOR_SRP": sign_in.user.username})


def selected(state: State, sign_in: SignIn, kept: Kept, responses: Mapping[str, str]) -> Answer:
    """SELECT_MFA_TYPE was answered.

    Raises:
        Refusal: row 34; InvalidParameterException for what was not offered, its words are inferred.
    """
    choice = needed(responses, "ANSWER")
    if choice not in kept:
        raise invalid_parameter("The selected MFA type is not available")
    return _ask_for(state, sign_in, choice)


def token_answered(state: State, sign_in: SignIn, _kept: Kept, responses: Mapping[str, str]) -> SignIn:
    """SOFTWARE_TOKEN_MFA was answered. A code counts once, and none that is older counts after it.

    Raises:
        Refusal: rows 34, 52, 53 and 55.
    """
    code, user = needed(responses, "SOFTWARE_TOKEN_MFA_CODE"), sign_in.user
    if user.token is None:
        raise Refusal("SoftwareTokenMFANotFoundException", "Software Token MFA does not exist for the user.")
    step = user.token.step_of(code, state.clock())
    if step is None:
        raise Refusal("CodeMismatchException", "Invalid code received for user")
    if step <= user.token.used:
        raise Refusal("ExpiredCodeException", "Your software token has already been used once.")
    user = sign_in.pool.put(replace(user, token=replace(user.token, used=step)))
    return sign_in.with_user(user).at(Stage.MFA)


def set_up(_state: State, sign_in: SignIn, kept: Kept, _responses: Mapping[str, str]) -> SignIn:
    """MFA_SETUP was answered with the Session of VerifySoftwareToken.

    Raises:
        Refusal: row 42 when nothing was verified in this Session.
    """
    if not kept.verified:
        raise invalid_parameter("User has not set up software token mfa")
    return sign_in.at(Stage.MFA)
