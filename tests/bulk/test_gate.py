"""When the next change may go."""

from __future__ import annotations

import asyncio
import itertools

import pytest

from cognito_tui.bulk.gate import LOOKS_A_SECOND, SLOWEST, Gate
from tests.bulk.scripted_pool import StandingClock


async def gaps(gate: Gate, time: StandingClock, count: int) -> list[float]:
    """Seconds between `count` turns in a row."""
    times = []
    for _ in range(count):
        assert await gate.turn()
        times.append(time.now)
    return [later - earlier for earlier, later in itertools.pairwise(times)]


async def test_changes_go_at_the_rate() -> None:
    time = StandingClock()
    assert await gaps(Gate(5.0, time.clock()), time, 6) == pytest.approx([0.2] * 5)


async def test_a_break_is_not_made_up_for() -> None:
    time = StandingClock()
    gate = Gate(5.0, time.clock())
    await gate.turn()
    time.now = 100.0
    assert await gaps(gate, time, 4) == pytest.approx([0.2] * 3)


async def test_many_who_wait_at_once_go_one_after_the_other() -> None:
    time = StandingClock()
    gate = Gate(5.0, time.clock())
    await asyncio.gather(*(gate.turn() for _ in range(10)))
    assert time.now == pytest.approx(1.8)


async def test_throttling_halves_the_pace_and_good_news_brings_it_back() -> None:
    time = StandingClock()
    gate = Gate(5.0, time.clock())
    gate.throttled(2.0)
    assert gate.rate == pytest.approx(2.5)
    await gate.turn()
    assert time.now == pytest.approx(2.0)
    for _ in range(99):
        gate.went_well()
    assert gate.rate == 5.0


@pytest.mark.parametrize(("rate", "slowest"), [(0.0, 1 / SLOWEST), (0.05, 0.05), (5.0, 1 / SLOWEST)])
async def test_there_is_an_end_to_slowing_down_and_no_speeding_up(rate: float, slowest: float) -> None:
    gate = Gate(rate, StandingClock().clock())
    for _ in range(99):
        gate.throttled(1.0)
    assert gate.rate == pytest.approx(slowest)
    for _ in range(999):
        gate.went_well()
    assert gate.rate == pytest.approx(rate)


async def test_nothing_goes_while_it_is_paused() -> None:
    gate = Gate(0.0, StandingClock().clock())
    gate.pause()
    turn = asyncio.ensure_future(gate.turn())
    for _ in range(9):
        await asyncio.sleep(0)
    assert (turn.done(), gate.paused) == (False, True)
    gate.go_on()
    assert await turn


async def test_stopping_lets_go_of_all_who_wait() -> None:
    gate = Gate(0.0, StandingClock().clock())
    gate.pause()
    turns = [asyncio.ensure_future(gate.turn()) for _ in range(3)]
    await asyncio.sleep(0)
    gate.stop()
    assert await asyncio.gather(*turns) == [False] * 3
    assert not await gate.wait(1.0)
    assert gate.stopped


async def test_looks_wait_for_looks_and_for_what_throttling_holds_back() -> None:
    time = StandingClock()
    gate = Gate(5.0, time.clock())
    for _ in range(3):
        assert await gate.turn()
    now = time.now
    await gate.look()
    assert time.now == now, "a change is no look"
    await gate.look()
    assert time.now == pytest.approx(now + 1 / LOOKS_A_SECOND)
    gate.throttled(2.0)
    await gate.look()
    assert time.now == pytest.approx(now + 1 / LOOKS_A_SECOND + 2.0)
    await gate.look()
    assert time.now == pytest.approx(now + 2 / LOOKS_A_SECOND + 2.2), "and they are slower afterwards"
