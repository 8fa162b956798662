"""The request of each action that is for many users."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from cognito_tui.cognito.admin_requests import (
    BY_USERNAME,
    admin_set_user_password,
    resend_invitation,
)
from cognito_tui.cognito.model import Secret
from cognito_tui.cognito.steps import Call
from cognito_tui.cognito.user_actions import Action
from cognito_tui.cognito.users import User

Request = Callable[[str, User], Awaitable[Call]]
PasswordFor = Callable[[str], Awaitable[Secret]]


def request_for(action: Action, user_pool_id: str, password_for: PasswordFor | None = None) -> Request:
    """What `Order.request` is for `action`; `password_for` gives the password of a user, if it takes one.

    Raises:
        ValueError: the action needs more than a user and a password.
    """
    if action.sets_password and password_for is not None:
        return _with_password(user_pool_id, password_for, permanent=action is Action.SET_PERMANENT_PASSWORD)
    if action not in BY_USERNAME:
        raise ValueError(f"{action.label} needs more than a username.")

    async def request(name: str, user: User) -> Call:
        if action is Action.RESEND_INVITATION:
            return resend_invitation(user_pool_id, _invited_as(name, user), delivery_mediums=_mediums(user))
        return BY_USERNAME[action](user_pool_id, name)

    return request


def _with_password(user_pool_id: str, password_for: PasswordFor, *, permanent: bool) -> Request:
    async def request(name: str, _user: User) -> Call:
        password = await password_for(name)
        return admin_set_user_password(user_pool_id, name, password, permanent=permanent)

    return request


def _invited_as(name: str, user: User) -> str:
    """What AdminCreateUser calls the user.

    Its `Username` is the username itself, and no alias (service model: only other operations' say that they
    take one). Where users sign in by e-mail address or phone number, it is that (service model), and what
    lists call the username is the `sub`. That RESEND does not take the `sub` is inferred.
    """
    if user.username != user.sub:
        return user.username
    return (user.email or user.phone_number or name) if name == user.sub else name


def _mediums(user: User) -> tuple[str, ...]:
    """How the invitation gets to the user. Unsaid it would be SMS (service model, DesiredDeliveryMediums)."""
    if user.email:
        return ("EMAIL",)
    return ("SMS",) if user.phone_number else ()
