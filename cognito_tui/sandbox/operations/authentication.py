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

The answer to a challenge goes the same way: 1, 2, 5, 6, then the Session (rows 12 to 14), the user's state,
the DEVICE_KEY (row 49) and the answer itself; where the answer is the proof of who the user is, it comes
before state and device. With SRP, 8 to 10 wait for PASSWORD_VERIFIER.

Step 9 rests on two records. The Developer Guide ("Managing error responses") has a disabled user with a
wrong password get row 5 when errors are hidden; and AWS called it intended that an unconfirmed user gets
row 50 whatever the password, before they could be hidden (amazon-cognito-identity-js, issue 288). That the
other states go along is inferred, and so is the place of 3 to 6 among themselves.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from cognito_tui.cognito.model import UserStatus
from cognito_tui.sandbox.challenges import choice, custom, password, password_verifier
from cognito_tui.sandbox.challenges.progress import CHALLENGES, next_step
from cognito_tui.sandbox.client_secret import check_secret_hash
from cognito_tui.sandbox.operations.refreshing import refresh_token_auth
from cognito_tui.sandbox.pool import User, UserPool
from cognito_tui.sandbox.refusal import Refusal, invalid_parameter, needed, no_such_user, wrong_session
from cognito_tui.sandbox.sessions import Session
from cognito_tui.sandbox.sign_in import Answer, SignIn, Stage
from cognito_tui.sandbox.state import State


def _with_password(state: State, sign_in: SignIn, parameters: Mapping[str, str]) -> Answer | SignIn:
    return password.given(state, sign_in, parameters["PASSWORD"])


def _with_srp(state: State, sign_in: SignIn, parameters: Mapping[str, str]) -> Answer | SignIn:
    return password_verifier.ask(state, sign_in, parameters["SRP_A"])


def _custom(state: State, sign_in: SignIn, parameters: Mapping[str, str]) -> Answer | SignIn:
    """CHALLENGE_NAME SRP_A asks for the password first (public records; the service model names it too)."""
    custom.check_triggers(sign_in)
    if parameters.get("CHALLENGE_NAME") == "SRP_A":
        return password_verifier.ask(state, sign_in, needed(parameters, "SRP_A"))
    return custom.ask(state, sign_in)


@dataclass(frozen=True)
class _AuthFlow:
    """One AuthFlow: what lets it in, what is said if nothing does, what it needs, how it begins, for whom."""

    switches: tuple[str, ...]
    off: str
    needs: tuple[str, ...]
    begin: Callable[[State, SignIn, Mapping[str, str]], Answer | SignIn] = _with_password
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
        ("ALLOW_USER_SRP_AUTH",),
        "USER_SRP_AUTH is not enabled for the client.",
        ("USERNAME", "SRP_A"),
        _with_srp,
    ),
    "CUSTOM_AUTH": _AuthFlow(
        ("ALLOW_CUSTOM_AUTH", "CUSTOM_AUTH_FLOW_ONLY"),
        "CUSTOM_AUTH is not enabled for the client.",
        ("USERNAME",),
        _custom,
    ),
    "USER_AUTH": _AuthFlow(
        ("ALLOW_USER_AUTH",), "USER_AUTH is not enabled for the client.", ("USERNAME",), choice.begin
    ),
    "REFRESH_TOKEN_AUTH": _REFRESH,
    "REFRESH_TOKEN": _REFRESH,
}


def initiate_auth(state: State, params: Mapping[str, Any]) -> dict[str, Any]:
    """InitiateAuth; AdminInitiateAuth, which alone has a UserPoolId."""
    pool, client = state.client(params["ClientId"], params.get("UserPoolId"))
    flow, admin = _AUTH_FLOWS[params["AuthFlow"]], "UserPoolId" in params
    if not (flow.admin if admin else flow.public):
        raise invalid_parameter("Initiate Auth method not supported.")
    if not client.allows(*flow.switches):
        raise invalid_parameter(flow.off)
    parameters = params.get("AuthParameters", {})
    for name in flow.needs:
        needed(parameters, name)
    if flow is _REFRESH:
        return refresh_token_auth(state, pool, client, parameters)
    username = parameters["USERNAME"]
    check_secret_hash(client, username, parameters.get("SECRET_HASH"))
    user = pool.find(username)
    if user is None and not client.prevent_user_existence_errors:
        raise no_such_user()
    user = user or _ghost(state, pool, username)
    device_key = parameters.get("DEVICE_KEY", "")
    sign_in = SignIn(pool, client, user, params["AuthFlow"], admin, username, device_key)
    outcome = flow.begin(state, sign_in, parameters)
    return outcome if isinstance(outcome, dict) else next_step(state, outcome.with_device(parameters))


def respond_to_auth_challenge(state: State, params: Mapping[str, Any]) -> dict[str, Any]:
    """RespondToAuthChallenge; AdminRespondToAuthChallenge, which alone has a UserPoolId.

    That a USERNAME which will not do (`SignIn.means`) gets row 14 is inferred, and that either operation may
    answer what the other began.
    """
    _pool, client = state.client(params["ClientId"], params.get("UserPoolId"))
    responses, name = params.get("ChallengeResponses", {}), params["ChallengeName"]
    username, text = needed(responses, "USERNAME"), _session(state, params)
    check_secret_hash(client, username, responses.get("SECRET_HASH"))
    session = state.sessions.check(text, name, client.client_id, username)
    try:
        outcome = _answered(state, session, responses)
    except Refusal as refusal:
        if refusal.ends_session:
            state.sessions.spend(text)
        raise
    state.sessions.spend(text)
    return outcome if isinstance(outcome, dict) else next_step(state, outcome)


def _answered(state: State, session: Session, responses: Mapping[str, str]) -> Answer | SignIn:
    """What comes of the answer to a challenge: the next one, or the sign-in a step further."""
    sign_in, answered = session.sign_in, CHALLENGES[session.challenge]
    if sign_in.stage is Stage.BEGUN:
        outcome = answered(state, sign_in, session.kept, responses)
        return outcome if isinstance(outcome, dict) else _welcome(outcome, responses)
    return answered(state, _welcome(sign_in, responses), session.kept, responses)


def _welcome(sign_in: SignIn, responses: Mapping[str, str]) -> SignIn:
    """The sign-in of somebody who has proved who they are, with the device they name.

    Raises:
        Refusal: rows 7, 50, 51 and 49; row 14 for a user who was deleted meanwhile.
    """
    if sign_in.is_ghost:
        raise wrong_session()
    password.check_state(sign_in.user)
    return sign_in.with_device(responses)


def _session(state: State, params: Mapping[str, Any]) -> str:
    """The Session of an answer, or the SECRET_BLOCK that stands for one.

    Raises:
        Refusal: row 34.
    """
    block: str = params.get("ChallengeResponses", {}).get("PASSWORD_CLAIM_SECRET_BLOCK", "")
    if "Session" not in params and state.sessions.knows(block):
        return block
    return needed(params, "Session")


def _ghost(state: State, pool: UserPool, username: str) -> User:
    """Whom a client that hides errors seems to know: nobody, but always the same UUID for the same name."""
    made_up = state.constant("ghost", pool.pool_id, pool.folded(username), size=16)
    sub = str(uuid.UUID(bytes=made_up, version=4))
    return User(sub, sub, UserStatus.CONFIRMED, pool.created, pool.created)
