"""The request of each action for many users."""

from __future__ import annotations

from typing import Any

import pytest

from cognito_tui.bulk.orders import request_for
from cognito_tui.cognito.model import Secret
from cognito_tui.cognito.secrecy import revealed
from cognito_tui.cognito.steps import Call
from cognito_tui.cognito.user_actions import Action
from cognito_tui.cognito.users import User
from tests.bulk.scripted_pool import POOL
from tests.service_model import problems

SUB = "5a1c5b0e-2d3f-4c61-9a5b-0123456789ab"
ANA = User("ana", {"sub": SUB, "email": "ana@example.com", "phone_number": "+4915112345678"})


async def password_for(_name: str) -> Secret:
    return Secret("Temporary-1")


async def made(action: Action, name: str = "ana", user: User = ANA) -> Call:
    return await request_for(action, POOL, password_for)(name, user)


@pytest.mark.parametrize(
    ("action", "operation", "others"),
    [
        (Action.CONFIRM, "AdminConfirmSignUp", {}),
        (Action.DELETE, "AdminDeleteUser", {}),
        (Action.DISABLE, "AdminDisableUser", {}),
        (Action.ENABLE, "AdminEnableUser", {}),
        (
            Action.RESEND_INVITATION,
            "AdminCreateUser",
            {"MessageAction": "RESEND", "DesiredDeliveryMediums": ["EMAIL"]},
        ),
        (Action.RESET_PASSWORD, "AdminResetUserPassword", {}),
        (
            Action.SET_PERMANENT_PASSWORD,
            "AdminSetUserPassword",
            {"Password": "Temporary-1", "Permanent": True},
        ),
        (
            Action.SET_TEMPORARY_PASSWORD,
            "AdminSetUserPassword",
            {"Password": "Temporary-1", "Permanent": False},
        ),
    ],
)
async def test_each_action(action: Action, operation: str, others: dict[str, Any]) -> None:
    call = await made(action)
    assert call.operation == operation == action.operation
    assert revealed(call.params) == {"UserPoolId": POOL, "Username": "ana", **others}
    assert problems(call) == []


async def test_an_invitation_goes_where_the_user_can_be_reached() -> None:
    by_phone = User("ana", {"phone_number": "+4915112345678"})
    call = await made(Action.RESEND_INVITATION, user=by_phone)
    assert call.params["DesiredDeliveryMediums"] == ["SMS"]
    assert "DesiredDeliveryMediums" not in (await made(Action.RESEND_INVITATION, user=User("ana"))).params


async def test_who_signs_in_by_e_mail_is_invited_by_that_not_by_the_sub() -> None:
    user = User(SUB, {"sub": SUB, "email": "ana@example.com"})
    assert (await made(Action.RESEND_INVITATION, SUB, user)).params["Username"] == "ana@example.com"
    assert (await made(Action.RESEND_INVITATION, "ana@example.com", user)).params[
        "Username"
    ] == "ana@example.com"
    assert (await made(Action.DISABLE, SUB, user)).params["Username"] == SUB


async def test_who_is_named_by_an_alias_is_invited_by_the_username() -> None:
    assert (await made(Action.RESEND_INVITATION, "ana@example.com")).params["Username"] == "ana"
    assert (await made(Action.RESEND_INVITATION, SUB)).params["Username"] == "ana"
    assert (await made(Action.DISABLE, "ana@example.com")).params["Username"] == "ana@example.com"


def test_what_needs_more_than_a_username_is_not_for_many() -> None:
    with pytest.raises(ValueError, match="Add to group needs more than a username"):
        request_for(Action.ADD_TO_GROUP, POOL)
    with pytest.raises(ValueError, match="Set temporary password needs more than a username"):
        request_for(Action.SET_TEMPORARY_PASSWORD, POOL)
