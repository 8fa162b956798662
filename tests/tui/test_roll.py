"""What is shown of the users, while pages come in and users change."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cognito_tui.cognito.model import UserStatus
from cognito_tui.tui.roll import AS_TOLD, SORTED_BY, Order, Roll
from cognito_tui.tui.user_rows import UserRow
from tests.tui.made_up_users import made_up

ORDERS = [AS_TOLD, *(Order(key, backwards) for key in SORTED_BY for backwards in (False, True))]


def stuck(row: UserRow) -> bool:
    return row.status is UserStatus.FORCE_CHANGE_PASSWORD


KEEPS: list[Callable[[UserRow], bool] | None] = [None, stuck]


def names(roll: Roll) -> list[str]:
    return [row.username for row in roll.shown]


@pytest.mark.parametrize("order", ORDERS, ids=str)
@pytest.mark.parametrize("keep", KEEPS, ids=["all", "stuck"])
def test_pages_taken_in_one_by_one_show_what_all_at_once_shows(
    order: Order, keep: Callable[[UserRow], bool] | None
) -> None:
    paged, whole = Roll(), Roll()
    paged.look(keep=keep, needle="1", order=order)
    for first in range(0, 300, 60):
        paged.add(made_up(first, first + 60))
    whole.add(made_up(0, 300))
    whole.look(keep=keep, needle="1", order=order)
    assert names(paged) == names(whole)
    assert len(paged) == 300


@given(
    st.permutations(range(40)),
    st.sampled_from(ORDERS),
    st.integers(0, 19),
)
def test_the_user_at_a_position_is_found_again_after_a_page(
    numbers: list[int], order: Order, at: int
) -> None:
    users = [made_up(n, n + 1)[0] for n in numbers]
    roll = Roll()
    roll.look(order=order)
    roll.add(users[:20])
    username = roll.shown[at].username
    assert roll.shown[roll.add(users[20:], at)].username == username


def test_backwards_is_the_other_way_round_but_who_has_no_password_to_lose_comes_last() -> None:
    roll = Roll()
    roll.add(made_up(0, 40))
    roll.look(order=Order("created"))
    forwards = [row.created for row in roll.shown]
    roll.look(order=Order("created", backwards=True))
    assert [row.created for row in roll.shown] == forwards[::-1]
    for backwards in (False, True):
        roll.look(order=Order("dies", backwards))
        assert [stuck(row) for row in roll.shown] == [True] * 4 + [False] * 36


def test_a_search_that_grows_finds_what_it_would_find_at_once() -> None:
    roll = Roll()
    roll.add(made_up(0, 200))
    for text in ("1", "17", "171", "17", "", "9"):
        roll.look(needle=text)
        assert names(roll) == [row.username for row in roll.all if text in row.searched]


def test_users_are_counted_by_what_they_are() -> None:
    roll = Roll()
    roll.add(made_up(0, 90))
    assert roll.count(lambda status, _: status is UserStatus.FORCE_CHANGE_PASSWORD) == 10
    assert roll.count(lambda _, enabled: not enabled) == 6
    changed = roll.all[0]._replace(status=UserStatus.FORCE_CHANGE_PASSWORD, enabled=True)
    roll.put(changed)
    roll.drop("user000005")
    assert roll.count(lambda status, _: status is UserStatus.FORCE_CHANGE_PASSWORD) == 10
    assert roll.count(lambda _, enabled: not enabled) == 5
    assert len(roll) == 89


def test_a_change_moves_a_user_to_where_it_belongs_now() -> None:
    roll = Roll()
    roll.add(made_up(0, 90))
    roll.look(keep=stuck)
    before = len(roll.shown)
    roll.put(roll.shown[3]._replace(status=UserStatus.CONFIRMED))
    assert len(roll.shown) == before - 1


def test_a_user_who_is_known_before_the_page_comes_is_there_once() -> None:
    roll = Roll()
    roll.add(made_up(0, 60))
    roll.put(made_up(70, 71)[0]._replace(status=UserStatus.RESET_REQUIRED))
    roll.add(made_up(60, 120))
    assert len(roll) == len({row.username for row in roll.all}) == 120
    assert roll.count(lambda status, _: status is UserStatus.RESET_REQUIRED) == 14
