"""Setting up an authenticator app, and choosing second factors."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from cognito_tui.cognito.model import Secret, UserStatus
from cognito_tui.sandbox.challenges.mfa import SETUP, SOFTWARE_TOKEN, Setup
from cognito_tui.sandbox.operations.users import holder, one_user
from cognito_tui.sandbox.pool import User, UserPool
from cognito_tui.sandbox.refusal import Refusal, invalid_parameter, not_authorized
from cognito_tui.sandbox.sign_in import SignIn
from cognito_tui.sandbox.state import State
from cognito_tui.sandbox.totp import SoftwareToken

_SETTINGS: Final[Mapping[str, str]] = {
    "SMSMfaSettings": "SMS_MFA",
    "SoftwareTokenMfaSettings": SOFTWARE_TOKEN,
    "EmailMfaSettings": "EMAIL_OTP",
}
"""Members of the requests, and the factor each is about."""

_ADDRESS: Final[Mapping[str, str]] = {"SMS_MFA": "phone_number", "EMAIL_OTP": "email"}


def associate_software_token(state: State, params: Mapping[str, Any]) -> dict[str, Any]:
    """AssociateSoftwareToken, by the Session of MFA_SETUP or by an access token: a new secret in base32.

    Raises:
        Refusal: rows 12 to 14 and 18; row 55 for a pool without software tokens.
    """
    sign_in, user, pool = _who(state, params)
    if SOFTWARE_TOKEN not in pool.mfa_factors:
        raise Refusal(
            "SoftwareTokenMFANotFoundException", "Software Token MFA has not been enabled by the userPool"
        )
    secret = base64.b32encode(state.token_bytes(20)).decode()
    if sign_in:
        session = state.sessions.keep(params["Session"], Setup(Secret(secret)))
        return {"SecretCode": secret, "Session": session}
    state.associated[user.sub] = Secret(secret)
    return {"SecretCode": secret}


def verify_software_token(state: State, params: Mapping[str, Any]) -> dict[str, Any]:
    """VerifySoftwareToken: a first code of the secret. By Session, the factor is switched on too.

    The code cannot be used again, here or to sign in; from another set-up than this one no code counts.

    Raises:
        Refusal: rows 12 to 14 and 18; row 54 for a wrong code, and for a used one (inferred: the model has
            no ExpiredCodeException here); row 55 when nothing was associated.
    """
    sign_in, user, pool = _who(state, params)
    kept = state.sessions.kept(params["Session"]) if sign_in else Setup(state.associated.get(user.sub))
    if kept.secret is None:
        raise Refusal("SoftwareTokenMFANotFoundException", "Software Token MFA does not exist for the user.")
    token = user.token if user.token and user.token.secret == kept.secret else SoftwareToken(kept.secret)
    step = token.step_of(params["UserCode"], state.clock())
    if step is None or step <= token.used:
        raise Refusal("EnableSoftwareTokenMFAException", "Code mismatch and fail enable Software Token MFA")
    user = replace(user, token=replace(token, used=step))
    if not sign_in:
        pool.put(user)
        del state.associated[user.sub]
        return {"Status": "SUCCESS"}
    pool.put(replace(user, mfa=(*user.mfa, SOFTWARE_TOKEN)))
    session = state.sessions.keep(params["Session"], replace(kept, verified=True))
    return {"Status": "SUCCESS", "Session": session}


def _who(state: State, params: Mapping[str, Any]) -> tuple[SignIn | None, User, UserPool]:
    """The sign-in of a Session, if it was one, then user and pool.

    Raises:
        Refusal: rows 12 to 14 and 18; NotAuthorizedException when both or none are there (inferred).
    """
    if ("Session" in params) == ("AccessToken" in params):
        raise not_authorized("Either an access token or a Session is needed")
    if "Session" in params:
        sign_in = state.sessions.check(params["Session"], SETUP).sign_in
        return sign_in, sign_in.user, sign_in.pool
    pool, user = holder(state, params["AccessToken"])
    return None, user, pool


def admin_delete_software_token(state: State, params: Mapping[str, Any]) -> dict[str, Any]:
    """AdminDeleteSoftwareToken: the app is forgotten and its factor switched off; another may be set up.

    Raises:
        Refusal: rows 48 and 45; row 50, which the model names; row 42 when there is no app (inferred).
    """
    pool, user = one_user(state, params)
    if user.status is UserStatus.UNCONFIRMED:
        raise Refusal("UserNotConfirmedException", "User is not confirmed.")
    if user.token is None:
        raise invalid_parameter("User has not set up software token mfa")
    factors = tuple(each for each in user.mfa if each != SOFTWARE_TOKEN)
    preferred = "" if user.preferred_mfa == SOFTWARE_TOKEN else user.preferred_mfa
    state.associated.pop(user.sub, None)
    pool.put(replace(user, token=None, mfa=factors, preferred_mfa=preferred, modified=state.clock()))
    return {}


def set_user_mfa_preference(state: State, params: Mapping[str, Any]) -> dict[str, Any]:
    """SetUserMFAPreference."""
    pool, user = holder(state, params["AccessToken"])
    pool.put(replace(_preferring(pool, user, params), modified=state.clock()))
    return {}


def admin_set_user_mfa_preference(state: State, params: Mapping[str, Any]) -> dict[str, Any]:
    """AdminSetUserMFAPreference."""
    pool, user = one_user(state, params)
    pool.put(replace(_preferring(pool, user, params), modified=state.clock()))
    return {}


def _preferring(pool: UserPool, user: User, params: Mapping[str, Any]) -> User:
    """`user` with the factors of a request switched on and off; what it does not name stays.

    Raises:
        Refusal: rows 41 and 42; InvalidParameterException for passkeys, which are no second factor in these
            pools (FactorConfiguration; its words are inferred).
    """
    if params.get("WebAuthnMfaSettings", {}).get("Enabled"):
        raise invalid_parameter("WebAuthn MFA is not enabled for the user pool.")
    factors, preferred = list(user.mfa), user.preferred_mfa
    for member, factor in _SETTINGS.items():
        setting = params.get(member)
        if setting is None:
            continue
        factors = [each for each in factors if each != factor]
        preferred = "" if preferred == factor else preferred
        if setting.get("Enabled"):
            _check_has(pool, user, factor)
            factors.append(factor)
            preferred = factor if setting.get("PreferredMfa") else preferred
    return replace(user, mfa=tuple(factors), preferred_mfa=preferred)


def _check_has(pool: UserPool, user: User, factor: str) -> None:
    if factor == SOFTWARE_TOKEN and user.token is None:
        raise invalid_parameter("User has not set up software token mfa")
    reachable = factor == SOFTWARE_TOKEN or user.attributes.get(_ADDRESS[factor])
    if factor not in pool.mfa_factors or not reachable:
        raise invalid_parameter(f"User does not have delivery config set to turn on {factor}")
