"""What the keys of the users place do, for users of every kind."""

from __future__ import annotations

import pytest

from cognito_tui.cognito.model import UserStatus
from cognito_tui.cognito.user_actions import Action
from cognito_tui.cognito.users import User
from cognito_tui.tui.deeds import DEEDS, can_be_done, cannot_be_done, why_not
from cognito_tui.tui.screens.bulk_choice import FOR_MANY
from cognito_tui.tui.screens.users import UsersPlace

BRIEF = 31
"""Cells that a card has for what comes of a deed."""


def somebody(status: UserStatus, *, enabled: bool) -> User:
    told = {"email": "ana@example.com", "phone_number": "+351210000000"}
    return User("ana", told, enabled, status)


def test_every_action_is_on_exactly_one_key() -> None:
    actions = [action for deed in DEEDS for action in deed.actions]
    assert sorted(actions) == sorted(Action)
    assert len({deed.key for deed in DEEDS}) == len(DEEDS)


def test_no_key_of_the_place_means_two_things() -> None:
    keys = [binding.key for binding in UsersPlace.BINDINGS if binding.key != "escape"]  # type: ignore[union-attr]
    assert len(keys) == len(set(keys))
    assert not set(keys) & {"j", "k", "g", "G", "space", "enter"}


def test_what_comes_of_a_deed_has_room_on_the_card() -> None:
    assert [deed for deed in DEEDS if len(deed.brief) > BRIEF] == []


@pytest.mark.parametrize("enabled", [True, False])
@pytest.mark.parametrize("status", sorted(UserStatus))
def test_each_deed_is_offered_refused_or_without_effect_never_two_of_them(
    status: UserStatus, enabled: bool
) -> None:
    user = somebody(status, enabled=enabled)
    offered = {each.deed.key for each in can_be_done(user)}
    refused = {each.deed.key for each in cannot_be_done(user)}
    assert not offered & refused
    left = {deed.key for deed in DEEDS} - offered - refused
    assert left <= {"e", "x", "v", "V"}
    assert all(each.reason for each in cannot_be_done(user))
    for deed in DEEDS:
        if deed.key in refused:
            assert why_not(deed, user).endswith("ctrl+p sends it all the same.")
        elif deed.key in left:
            assert why_not(deed, user).removeprefix("It would change nothing: ").strip(".")


def test_what_there_is_to_verify_is_offered_until_the_attributes_are_known() -> None:
    row, known = (
        User("ana", {}, True, UserStatus.CONFIRMED),
        User("ana", {"sub": "1"}, True, UserStatus.CONFIRMED),
    )
    assert {"v", "V"} <= {each.deed.key for each in can_be_done(row)}
    assert not {"v", "V"} & {each.deed.key for each in can_be_done(known)}


def test_what_is_not_known_to_work_comes_last() -> None:
    certain = [each.certain for each in can_be_done(somebody(UserStatus.FORCE_CHANGE_PASSWORD, enabled=True))]
    assert certain == sorted(certain, reverse=True)
    assert certain[0]


def test_many_at_once_is_for_actions_that_need_no_more_than_a_password() -> None:
    assert len(set(FOR_MANY.values())) == len(FOR_MANY) == 12
    assert Action.CHANGE_ATTRIBUTES not in FOR_MANY.values()
