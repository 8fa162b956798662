from __future__ import annotations

import pytest

from cognito_tui.cognito.user_actions import ABOUT, Action, Sends
from tests.service_model import model


def test_every_action_is_described() -> None:
    assert set(ABOUT) == set(Action)
    for action in Action:
        assert action.about.label == action.label
        assert action.label
        assert action.consequence
        assert not action.consequence.endswith(".")
        assert len(action.consequence) <= 72, "one line"
    assert len({action.label for action in Action}) == len(Action)


def test_every_operation_is_one_of_the_service_model_and_signed_where_iam_allows_it() -> None:
    for action in Action:
        for operation in action.operations:
            described = model()["operations"][operation]
            public = described.get("authtype") == "none"
            assert (f"cognito-idp:{operation}" in action.iam_actions) is not public


@pytest.mark.parametrize("action", list(Action))
def test_messages_are_those_that_the_service_model_tells_of(action: Action) -> None:
    expected = {
        Action.CHANGE_ATTRIBUTES: Sends.PERHAPS,
        Action.RESEND_INVITATION: Sends.MESSAGE,
        Action.RESET_PASSWORD: Sends.MESSAGE,
    }
    assert action.sends is expected.get(action, Sends.NOTHING)


def test_what_nobody_can_give_back_is_destructive() -> None:
    assert {action for action in Action if action.destructive} == {
        Action.DELETE,
        Action.DISABLE,
        Action.FORGET_DEVICE,
        Action.REMOVE_TOTP,
        Action.RESET_PASSWORD,
        Action.REVOKE_SESSION,
        Action.SIGN_OUT_EVERYWHERE,
    }


def test_two_actions_set_a_password() -> None:
    assert [action for action in Action if action.sets_password] == [
        Action.SET_TEMPORARY_PASSWORD,
        Action.SET_PERMANENT_PASSWORD,
    ]
