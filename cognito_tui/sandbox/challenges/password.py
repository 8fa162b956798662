"""A password, or the proof of one: whether it lets somebody in, and PASSWORD, which asks for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from cognito_tui.cognito.model import Secret, UserStatus
from cognito_tui.sandbox.lockout import Attempts
from cognito_tui.sandbox.pool import User
from cognito_tui.sandbox.refusal import Refusal, needed, not_authorized, user_disabled, wrong_password
from cognito_tui.sandbox.sign_in import Answer, Kept, SignIn, Stage, challenge
from cognito_tui.sandbox.state import State

NAME = "PASSWORD"


def ask(state: State, sign_in: SignIn) -> Answer:
    """The challenge, which tells nothing."""
    return challenge(state, sign_in, NAME, {})


def answered(state: State, sign_in: SignIn, _kept: Kept, responses: Mapping[str, str]) -> SignIn:
    """The password was given.

    Raises:
        Refusal: row 34, and those of `admitted`.
    """
    return given(state, sign_in, needed(responses, "PASSWORD"))


def given(state: State, sign_in: SignIn, password: str) -> SignIn:
    """The password came with the request that chose it.

    Raises:
        Refusal: those of `admitted`.
    """
    return admitted(state, sign_in, right=sign_in.user.has_password(Secret(password)))


def admitted(state: State, sign_in: SignIn, *, right: bool) -> SignIn:
    """The sign-in after its password was seen and found `right` or wrong.

    Raises:
        Refusal: rows 5 and 6, and those of `check_state`, in the order `operations.authentication` tells.
    """
    now, pool, user = state.clock(), sign_in.pool, sign_in.user
    if sign_in.is_ghost:
        raise wrong_password()
    user = pool.put(replace(user, attempts=user.attempts.at(now)))
    if user.attempts.locked(now):
        raise not_authorized("Password attempts exceeded")
    if not sign_in.client.prevent_user_existence_errors:
        check_state(user)
    if not right:
        pool.put(replace(user, attempts=user.attempts.failed(now)))
        if pool.protects:
            state.auth_events.record(user.sub, now, passed=False, challenges={"Password": False})
        raise wrong_password()
    check_state(user)
    user = pool.put(replace(user, attempts=Attempts()))
    return sign_in.with_user(user).at(Stage.FIRST_FACTOR)


def check_state(user: User) -> None:
    """See that nothing but the password keeps `user` out.

    Raises:
        Refusal: rows 7, 50 and 51.
    """
    if not user.enabled:
        raise user_disabled()
    if user.status is UserStatus.UNCONFIRMED:
        raise Refusal("UserNotConfirmedException", "User is not confirmed.")
    if user.status is UserStatus.RESET_REQUIRED:
        raise Refusal("PasswordResetRequiredException", "Password reset required for the user")
