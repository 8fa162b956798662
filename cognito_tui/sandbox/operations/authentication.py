"""InitiateAuth and RespondToAuthChallenge, public and Admin.

Where several things are wrong at once, the first of these is answered:

1. the request does not parse or breaks the service model (`validation`);
2. no such pool or client (rows 47, 48);
3. the flow does not exist for this operation (row 32);
4. the client does not allow the flow (rows 27 to 30, 33);
5. a parameter of the flow is missing (row 34);
6. SECRET_HASH (rows 1, 4);
7. no such user (row 45, or 5 when PreventUserExistenceErrors is ENABLED);
8. locked out (row 6);
9. the password (row 5), then the user's state (rows 7, 50, 51); without PreventUserExistenceErrors the
   state comes first;
10. the age of a temporary password (row 8).

The answer to a challenge goes the same way: 1, 2, 5, 6, then the Session (rows 12 to 14), the user's state
and the answer itself.

Step 9 rests on two records. The Developer Guide ("Managing error responses") has a disabled user with a
wrong password get row 5 when errors are hidden; and AWS called it intended that an unconfirmed user gets
row 50 whatever the password, before they could be hidden (amazon-cognito-identity-js, issue 288). That the
other states go along is inferred, and so is the place of 3 to 6 among themselves.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from cognito_tui.cognito.model import Secret, UserStatus
from cognito_tui.sandbox.client_secret import check_secret_hash
from cognito_tui.sandbox.identifiers import opaque
from cognito_tui.sandbox.lockout import Attempts
from cognito_tui.sandbox.operations import new_password
from cognito_tui.sandbox.pool import AppClient, User, UserPool
from cognito_tui.sandbox.refusal import (
    Refusal,
    invalid_parameter,
    needed,
    no_such_user,
    not_authorized,
    user_disabled,
    wrong_session,
)
from cognito_tui.sandbox.state import State


@dataclass(frozen=True)
class _AuthFlow:
    """One AuthFlow: what lets it in, what is said when nothing does, what it needs, who has it."""

    switches: tuple[str, ...]
    off: str
    needs: tuple[str, ...]
    public: bool = True
    admin: bool = True


_ADMIN_PASSWORD: Final = _AuthFlow(
    ("ALLOW_ADMIN_USER_PASSWORD_AUTH", "ADMIN_NO_SRP_AUTH"),
    "Auth flow not enabled for this client",
    ("USERNAME", "PASSWORD"),
    public=False,
)
_REFRESH: Final = _AuthFlow(
    ("ALLOW_REFRESH_TOKEN_AUTH",), "Refresh Token flow not enabled for this client", ("REFRESH_TOKEN",)
)

_AUTH_FLOWS: Final[Mapping[str, _AuthFlow]] = {
    "USER_PASSWORD_AUTH": _AuthFlow(
        ("ALLOW_USER_PASSWORD_AUTH", "USER_PASSWORD_AUTH"),
        "USER_PASSWORD_AUTH flow not enabled for this client",
        ("USERNAME", "PASSWORD"),
        admin=False,
    ),
    "ADMIN_USER_PASSWORD_AUTH": _ADMIN_PASSWORD,
    "ADMIN_NO_SRP_AUTH": _ADMIN_PASSWORD,
    "USER_SRP_AUTH": _AuthFlow(
        ("ALLOW_USER_SRP_AUTH",), "USER_SRP_AUTH is not enabled for the client.", ("USERNAME", "SRP_A")
    ),
    "CUSTOM_AUTH": _AuthFlow(
        ("ALLOW_CUSTOM_AUTH", "CUSTOM_AUTH_FLOW_ONLY"),
        "CUSTOM_AUTH is not enabled for the client.",
        ("USERNAME",),
    ),
    "USER_AUTH": _AuthFlow(("ALLOW_USER_AUTH",), "USER_AUTH is not enabled for the client.", ("USERNAME",)),
    "REFRESH_TOKEN_AUTH": _REFRESH,
    "REFRESH_TOKEN": _REFRESH,
}


def initiate_auth(state: State, params: Mapping[str, Any]) -> dict[str, Any]:
    """InitiateAuth; AdminInitiateAuth, which alone has a UserPoolId."""
    pool, client = state.client(params["ClientId"], params.get("UserPoolId"))
    flow = _AUTH_FLOWS[params["AuthFlow"]]
    if not (flow.admin if "UserPoolId" in params else flow.public):
        raise invalid_parameter("Initiate Auth method not supported.")
    if not client.allows(*flow.switches):
        raise invalid_parameter(flow.off)
    parameters = params.get("AuthParameters", {})
    for name in flow.needs:
        needed(parameters, name)
    if "USERNAME" in flow.needs:
        check_secret_hash(client, parameters["USERNAME"], parameters.get("SECRET_HASH"))
    if "PASSWORD" in flow.needs:
        return _sign_in(state, pool, client, parameters)
    if params["AuthFlow"] == "CUSTOM_AUTH":
        raise invalid_parameter("Custom auth lambda trigger is not configured for the user pool.")
    raise Refusal("UnsupportedOperationException", f"The sandbox does not serve {params['AuthFlow']} yet.")


def respond_to_auth_challenge(state: State, params: Mapping[str, Any]) -> dict[str, Any]:
    """RespondToAuthChallenge; AdminRespondToAuthChallenge, which alone has a UserPoolId.

    USERNAME must be the canonical one that USER_ID_FOR_SRP told, not an alias (service model,
    AdminInitiateAuth, ChallengeParameters); that an alias gets row 14 is inferred.
    """
    pool, client = state.client(params["ClientId"], params.get("UserPoolId"))
    responses = params.get("ChallengeResponses", {})
    username, session = needed(responses, "USERNAME"), needed(params, "Session")
    check_secret_hash(client, username, responses.get("SECRET_HASH"))
    user = pool.find_canonical(username)
    if user is None:
        raise wrong_session()
    state.sessions.check(session, client.client_id, user.sub, params["ChallengeName"])
    _check_state(user)
    user = new_password.answered(pool, client, user, responses, state.clock())
    state.sessions.spend(session)
    return _authenticated(state, pool, client, user)


def _sign_in(
    state: State, pool: UserPool, client: AppClient, parameters: Mapping[str, str]
) -> dict[str, Any]:
    now, hidden = state.clock(), client.prevent_user_existence_errors
    user = pool.find(parameters["USERNAME"])
    if user is None:
        raise _wrong_password() if hidden else no_such_user()
    user = pool.put(replace(user, attempts=user.attempts.at(now)))
    if user.attempts.locked(now):
        raise not_authorized("Password attempts exceeded")
    if not hidden:
        _check_state(user)
    if not user.has_password(Secret(parameters["PASSWORD"])):
        pool.put(replace(user, attempts=user.attempts.failed(now)))
        raise _wrong_password()
    _check_state(user)
    user = pool.put(replace(user, attempts=Attempts()))
    if user.status is not UserStatus.FORCE_CHANGE_PASSWORD:
        return _authenticated(state, pool, client, user)
    if pool.password_policy.expired(user.password_set, now):
        raise not_authorized("Temporary password has expired and must be reset by an administrator.")
    return new_password.challenge(state, pool, client, user)


def _wrong_password() -> Refusal:
    return not_authorized("Incorrect username or password.")


def _check_state(user: User) -> None:
    """See that nothing but the password keeps `user` out (rows 7, 50, 51)."""
    if not user.enabled:
        raise user_disabled()
    if user.status is UserStatus.UNCONFIRMED:
        raise Refusal("UserNotConfirmedException", "User is not confirmed.")
    if user.status is UserStatus.RESET_REQUIRED:
        raise Refusal("PasswordResetRequiredException", "Password reset required for the user")


def _authenticated(state: State, pool: UserPool, client: AppClient, user: User) -> dict[str, Any]:
    """The answer that ends a sign-in. The refresh token looks like the encrypted JWT that Cognito's is."""
    refresh = ".".join(opaque(state.token_bytes, size) for size in (60, 256, 12, 600, 16))
    state.refresh_tokens[refresh] = (client, user.sub)
    result = state.signer.mint(
        user, client.client_id, state.issuer(pool), now=state.clock(), token_bytes=state.token_bytes
    )
    return {"ChallengeParameters": {}, "AuthenticationResult": {**result, "RefreshToken": refresh}}
