"""PASSWORD_VERIFIER: SRP with the user's password, and PASSWORD_SRP, which asks for its beginning."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cognito_tui.sandbox.challenges import custom, proof
from cognito_tui.sandbox.challenges.password import admitted
from cognito_tui.sandbox.refusal import needed
from cognito_tui.sandbox.sign_in import Answer, Kept, SignIn, challenge
from cognito_tui.sandbox.srp import Verifier
from cognito_tui.sandbox.state import State

NAME: Final = "PASSWORD_VERIFIER"
CHOICE: Final = "PASSWORD_SRP"


def ask_for_srp_a(state: State, sign_in: SignIn) -> Answer:
    """PASSWORD_SRP, which tells nothing."""
    return challenge(state, sign_in, CHOICE, {})


def srp_a_answered(state: State, sign_in: SignIn, _kept: Kept, responses: Mapping[str, str]) -> Answer:
    """PASSWORD_SRP was answered with SRP_A.

    Raises:
        Refusal: row 34.
    """
    return ask(state, sign_in, needed(responses, "SRP_A"))


def ask(state: State, sign_in: SignIn, srp_a: str) -> Answer:
    """The challenge. A plain USER_SRP_AUTH has no Session: its SECRET_BLOCK is what ties the answer to it.

    A ghost's is no different: SALT and USER_ID_FOR_SRP are the same each time (Developer Guide, "Managing
    error responses").

    Raises:
        Refusal: InvalidParameterException for an SRP_A that is none.
    """
    user, pool = sign_in.user, sign_in.pool
    identity = pool.short_id + user.username
    asked = proof.exchange(state, identity, _verifier(state, sign_in, identity), srp_a)
    parameters = {**proof.parameters(asked, user.username), "USER_ID_FOR_SRP": user.username}
    answer = challenge(state, sign_in, NAME, parameters, asked)
    if sign_in.flow == "USER_SRP_AUTH" and not sign_in.admin:
        state.sessions.rename(answer.pop("Session"), parameters["SECRET_BLOCK"])
    return answer


def answered(state: State, sign_in: SignIn, kept: Kept, responses: Mapping[str, str]) -> Answer | SignIn:
    """The proof was given; in CUSTOM_AUTH the custom challenges come next.

    Raises:
        Refusal: row 34, and those of `admitted`.
    """
    proven = admitted(state, sign_in, right=proof.holds(state, kept, responses))
    return custom.ask(state, sign_in) if sign_in.flow == "CUSTOM_AUTH" else proven


def _verifier(state: State, sign_in: SignIn, identity: str) -> Verifier:
    """Of the user's password, with a salt that changes with it; nobody knows the password of who has none."""
    user, pool_id = sign_in.user, sign_in.pool.pool_id
    salt = state.constant("salt", pool_id, user.username, str(user.password_set), size=16)
    nobodys = state.constant("password", pool_id, user.username, size=32).hex()
    password = user.passwords[0].reveal() if user.passwords else nobodys
    return Verifier.of(identity, password, int.from_bytes(salt))
