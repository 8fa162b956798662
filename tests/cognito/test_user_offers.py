from __future__ import annotations

from dataclasses import replace

import pytest

from cognito_tui.cognito.model import UserStatus
from cognito_tui.cognito.user_actions import EXTERNAL_WARNING, Action
from cognito_tui.cognito.user_offers import offers, pointless, refusals, verdict_for, warning
from cognito_tui.cognito.users import User
from cognito_tui.cognito.verdicts import Outlook

STUCK = User(
    "b.okafor",
    {"sub": "91c2f0aa", "email": "b.okafor@example.com", "email_verified": "true"},
    status=UserStatus.FORCE_CHANGE_PASSWORD,
)


def offered(user: User) -> list[Action]:
    return [each.action for each in offers(user)]


def test_a_stuck_user_is_offered_its_ways_out_first() -> None:
    assert offered(STUCK)[:3] == [
        Action.RESEND_INVITATION,
        Action.SET_TEMPORARY_PASSWORD,
        Action.SET_PERMANENT_PASSWORD,
    ]
    assert [each.action for each in refusals(STUCK)] == [Action.RESET_PASSWORD]
    assert offered(STUCK)[-1] is Action.CONFIRM, "what is not known comes last"


def test_a_disabled_user_is_to_be_enabled_first() -> None:
    user = replace(STUCK, enabled=False)
    assert offered(user)[0] is Action.ENABLE
    assert Action.DISABLE not in offered(user)
    assert {Action.RESEND_INVITATION, Action.SIGN_IN_AS} <= {each.action for each in refusals(user)}


@pytest.mark.parametrize("enabled", [False, True])
@pytest.mark.parametrize("status", list(UserStatus))
def test_every_action_is_offered_refused_or_pointless(status: UserStatus, enabled: bool) -> None:
    user = replace(STUCK, status=status, enabled=enabled)
    here, there = set(offered(user)), {each.action for each in refusals(user)}
    rest = set(Action) - here - there
    assert not here & there
    assert all(pointless(action, user) for action in rest)
    assert all(each.verdict.outlook is Outlook.REFUSED for each in refusals(user))


@pytest.mark.parametrize(
    ("attributes", "outlook"),
    [
        ({}, Outlook.WORKS),
        ({"email": "a@example.com"}, Outlook.REFUSED),
        ({"email": "a@example.com", "email_verified": "true"}, Outlook.WORKS),
        ({"email_verified": "true", "sub": "1"}, Outlook.REFUSED),
        ({"phone_number": "+1", "phone_number_verified": "True"}, Outlook.WORKS),
    ],
)
def test_a_code_has_to_have_somewhere_to_go(attributes: dict[str, str], outlook: Outlook) -> None:
    user = User("ana", attributes, status=UserStatus.CONFIRMED)
    assert verdict_for(Action.RESET_PASSWORD, user).outlook is outlook


@pytest.mark.parametrize(
    ("action", "user", "why"),
    [
        (Action.DISABLE, replace(STUCK, enabled=False), "disabled already"),
        (Action.ENABLE, STUCK, "enabled already"),
        (Action.ENABLE, replace(STUCK, enabled=False), ""),
        (Action.VERIFY_EMAIL, STUCK, "e-mail address verified already"),
        (Action.VERIFY_EMAIL, replace(STUCK, attributes={"email": "a@example.com"}), ""),
        (Action.VERIFY_PHONE, STUCK, "no phone number"),
    ],
)
def test_what_would_change_nothing_is_not_offered(action: Action, user: User, why: str) -> None:
    assert pointless(action, user) == why
    assert (action in offered(user)) is (not why)


def test_a_password_for_a_federated_user_is_warned_of() -> None:
    external = replace(STUCK, status=UserStatus.EXTERNAL_PROVIDER)
    warned = {each.action: each.warning for each in offers(external) if each.warning}
    assert warned == {
        Action.SET_TEMPORARY_PASSWORD: EXTERNAL_WARNING,
        Action.SET_PERMANENT_PASSWORD: EXTERNAL_WARNING,
    }
    assert not [each for each in offers(STUCK) if each.warning]


def test_an_invitation_that_can_reach_nobody_is_warned_of() -> None:
    assert "nowhere to send" in warning(Action.RESEND_INVITATION, replace(STUCK, attributes={"sub": "1"}))
