"""A run loses nobody and repeats nothing blindly."""

from __future__ import annotations

import asyncio
import itertools
from dataclasses import replace
from datetime import timedelta

import pytest

from cognito_tui.bulk.gate import LOOKS_A_SECOND
from cognito_tui.bulk.look import BACK_OFF, TRIES
from cognito_tui.bulk.orders import request_for
from cognito_tui.bulk.records import Record, State
from cognito_tui.bulk.run import SETTLING, Run
from cognito_tui.bulk.work import Order
from cognito_tui.cognito.steps import Call
from cognito_tui.cognito.user_actions import Action
from cognito_tui.cognito.users import User
from cognito_tui.walk import Reply
from tests.bulk.scripted_pool import (
    BEGINNING,
    BROKEN,
    BROKEN_AFTERWARDS,
    DENIED,
    FINE,
    GATEWAY,
    LIMIT,
    LOST,
    LOST_AFTERWARDS,
    MAIL_LIMIT,
    NOBODY,
    POOL,
    THROTTLED,
    UNREACHED,
    Fault,
    Notes,
    Person,
    ScriptedPool,
    Stage,
    counted,
    names,
    refused,
)


class TestOutcomes:
    async def test_everybody_is_looked_at_then_changed_once(self) -> None:
        pool = ScriptedPool("ana", "ben")
        stage = Stage(pool)
        ending = await stage.go()
        assert pool.asked == [
            ("AdminGetUser", "ana"),
            ("AdminCreateUser", "ana"),
            ("AdminGetUser", "ben"),
            ("AdminCreateUser", "ben"),
        ]
        assert stage.outcomes() == {"ana": ("done", "", ""), "ben": ("done", "", "")}
        assert (counted(ending), ending.left, ending.why) == ({"done": 2}, 0, "")
        assert stage.notes.history("ana") == ["planned", "sent", "done"]

    async def test_sent_is_in_the_journal_before_the_request_goes(self) -> None:
        pool = ScriptedPool("ana")
        stage = Stage(pool)
        seen: list[Record] = []
        pool.on_change = lambda _name: seen.append(stage.notes.records[-1])
        before = pool.people["ana"].modified
        await stage.go()
        assert [each.state for each in seen] == [State.SENT]
        assert seen[0].before is not None
        assert (seen[0].before.status, seen[0].before.modified) == ("FORCE_CHANGE_PASSWORD", before)

    async def test_who_is_not_in_the_status_for_it_is_skipped_with_the_reason(self) -> None:
        pool = ScriptedPool(Person("ana", "CONFIRMED"), Person("ben", enabled=False), "eva")
        stage = Stage(pool)
        ending = await stage.go()
        assert counted(ending) == {"done": 1, "skipped": 2}
        assert stage.outcomes()["ana"][2].startswith("Only FORCE_CHANGE_PASSWORD has an invitation")
        assert stage.outcomes()["ben"][2].startswith("Enable the user first")
        assert pool.executed == {"eva": 1}

    async def test_what_would_change_nothing_is_skipped(self) -> None:
        stage = Stage(ScriptedPool(Person("ana", enabled=False), "ben"))
        await stage.go(Action.DISABLE)
        assert stage.outcomes() == {"ana": ("skipped", "", "disabled already"), "ben": ("done", "", "")}

    async def test_who_is_not_there_has_failed_in_cognitos_words(self) -> None:
        stage = Stage(ScriptedPool("ana"), "nobody", "ana")
        assert counted(await stage.go()) == {"done": 1, "failed": 1}
        assert stage.outcomes()["nobody"] == ("failed", "UserNotFoundException", "User does not exist.")
        assert stage.notes.history("nobody") == ["planned", "failed"]

    async def test_a_refusal_is_listed_and_not_repeated(self) -> None:
        pool = ScriptedPool("ana", "ben")
        pool.faults["ana"].append(refused("CodeDeliveryFailureException", "No way there."))
        stage = Stage(pool)
        assert counted(await stage.go()) == {"done": 1, "failed": 1}
        assert stage.outcomes()["ana"] == ("failed", "CodeDeliveryFailureException", "No way there.")
        assert len(pool.changes) == 2

    @pytest.mark.parametrize("rate", [1.0, 0.0])
    async def test_one_user_by_two_names_is_changed_once(self, rate: float) -> None:
        pool = ScriptedPool("ana", aliases={"ana@example.com": "ana"})
        stage = Stage(pool, "ana@example.com", "ana")
        assert counted(await stage.go(rate=rate)) == {"done": 1, "skipped": 1}
        assert pool.executed == {"ana": 1}
        assert stage.outcomes()["ana"] == (
            "skipped",
            "",
            "This is the user 'ana@example.com', who is in the run already.",
        )


class TestTurnedAway:
    async def test_throttling_slows_it_and_loses_nobody(self) -> None:
        pool = ScriptedPool("ana", "ben")
        pool.faults["ana"].extend([THROTTLED, THROTTLED])
        stage = Stage(pool)
        assert counted(await stage.go()) == {"done": 2}
        assert stage.waits() == [("ana", 1.0, 2), ("ana", 2.0, 3)]
        assert stage.notes.history("ana") == [
            *("planned", "sent", "planned", "sent", "planned", "sent", "done"),
        ]
        assert pool.executed == {"ana": 1, "ben": 1}
        assert stage.time.now > 3 + 2 * 1.9, "and the pace is slower afterwards"

    async def test_when_nothing_but_throttling_comes_the_rest_is_left(self) -> None:
        pool = ScriptedPool("ana", "ben")
        pool.faults["ana"].extend([THROTTLED] * 99)
        stage = Stage(pool)
        ending = await stage.go()
        assert (counted(ending), ending.left) == ({}, 2)
        assert ending.why.startswith("Cognito turns every request away for its rate")
        assert stage.notes.states() == {"ana": State.PLANNED, "ben": State.PLANNED}
        assert len(pool.changes) == TRIES

    async def test_a_limit_of_one_user_is_waited_for_and_then_listed(self) -> None:
        pool = ScriptedPool("ana", "ben")
        pool.faults["ana"].extend([LIMIT] * 99)
        pool.faults["ben"].append(LIMIT)
        stage = Stage(pool)
        assert counted(await stage.go()) == {"done": 1, "failed": 1}
        assert stage.outcomes()["ana"][:2] == ("failed", "LimitExceededException")

    async def test_the_daily_mail_limit_stops_it_with_the_rest_planned(self) -> None:
        pool = ScriptedPool("ana", "ben", "eva")
        pool.faults["ben"].append(MAIL_LIMIT)
        stage = Stage(pool)
        ending = await stage.go()
        assert (counted(ending), ending.left) == ({"done": 1}, 2)
        assert ending.why.startswith("Cognito sends no more messages today (LimitExceededException: Exceeded")
        assert stage.notes.states()["ben"] is State.PLANNED
        assert len(pool.changes) == 2

    @pytest.mark.parametrize(
        ("fault", "why"),
        [
            (DENIED, "Grant the IAM action cognito-idp:AdminCreateUser, then resume."),
            (refused("ExpiredTokenException", "Expired."), "Sign in to AWS again, then resume."),
            (NOBODY, "The SSO session has ended."),
            (refused("ResourceNotFoundException", "User pool x does not exist."), "does not exist."),
        ],
    )
    async def test_what_would_be_the_same_for_everybody_stops_it_at_once(
        self, fault: Fault, why: str
    ) -> None:
        pool = ScriptedPool("ana", "ben")
        pool.faults["ana"].append(fault)
        stage = Stage(pool)
        ending = await stage.go()
        assert (counted(ending), ending.left, ending.error) == ({}, 2, fault.error)
        assert why in ending.why
        assert len(pool.changes) == 1

    async def test_nobody_reached_is_tried_again_and_stops_it_in_the_end(self) -> None:
        pool = ScriptedPool("ana", "ben")
        pool.faults["ana"].append(UNREACHED)
        pool.blind["ben"].extend([FINE] + [UNREACHED] * 99)
        pool.faults["ben"].append(UNREACHED)
        stage = Stage(pool)
        ending = await stage.go()
        assert (counted(ending), ending.left, ending.error) == ({"done": 1}, 1, UNREACHED.error)

    async def test_where_nobody_ever_was_it_waits_for_nobody(self) -> None:
        pool = ScriptedPool("ana", "ben")
        pool.blind["ana"].append(UNREACHED)
        stage = Stage(pool)
        ending = await stage.go()
        assert (counted(ending), ending.left, ending.error) == ({}, 2, UNREACHED.error)
        assert stage.waits() == []

    async def test_a_look_that_is_lost_is_simply_taken_again(self) -> None:
        pool = ScriptedPool("ana")
        pool.blind["ana"].extend([LOST, BROKEN, GATEWAY, THROTTLED])
        stage = Stage(pool)
        assert counted(await stage.go()) == {"done": 1}
        assert pool.executed == {"ana": 1}


class TestNeverAnswered:
    """One user of whom Cognito tells nothing keeps nobody else from their turn."""

    @pytest.mark.parametrize(
        ("fault", "order"),
        [
            (BROKEN, ("ana", "ben", "eva")),
            (BROKEN, ("ben", "ana", "eva")),
            (GATEWAY, ("ana", "ben", "eva")),
            (LOST, ("ana", "ben", "eva")),
            (LOST, ("ben", "ana", "eva")),
        ],
    )
    async def test_whoever_is_alone_in_that_is_listed(self, fault: Fault, order: tuple[str, ...]) -> None:
        pool = ScriptedPool("ana", "ben", "eva")
        pool.blind["ben"].extend([fault] * 99)
        stage = Stage(pool, *order)
        ending = await stage.go()
        assert (counted(ending), ending.left, ending.why) == ({"done": 2, "failed": 1}, 0, "")
        assert fault.error is not None
        assert stage.outcomes()["ben"] == ("failed", fault.error.name, fault.error.sentence)
        assert stage.notes.history("ben") == ["planned", "failed"]

    async def test_where_nobody_is_answered_any_more_the_rest_is_left(self) -> None:
        pool = ScriptedPool(*names(9))
        for name in list(pool.people)[1:]:
            pool.blind[name].extend([BROKEN] * 99)
        pool.blind["user-0000"].extend([FINE] + [BROKEN] * 99)
        stage = Stage(pool)
        ending = await stage.go()
        assert (counted(ending), ending.left, ending.error) == ({"done": 1}, 8, BROKEN.error)

    async def test_stopping_leaves_it_planned(self) -> None:
        pool = ScriptedPool("ana", "ben")
        pool.blind["ben"].extend([LOST] * 99)
        stage = Stage(pool)

        async def call(call: Call) -> Reply:
            if len(pool.asked) == 5:
                run.gate.stop()
            return await pool.call(call)

        run = Run(
            Order(Action.RESEND_INVITATION, POOL, request_for(Action.RESEND_INVITATION, POOL), 1.0),
            stage.notes.records,
            call=call,
            journal=stage.notes,
            clock=stage.time.clock(),
        )
        ending = await run.go()
        assert (counted(ending), ending.left, ending.error) == ({"done": 1}, 1, None)


class TestInDoubt:
    @pytest.mark.parametrize("fault", [BROKEN_AFTERWARDS, GATEWAY, LOST_AFTERWARDS])
    async def test_what_was_done_is_seen_and_not_repeated(self, fault: Fault) -> None:
        pool = ScriptedPool("ana", "ben")
        pool.faults["ana"].append(fault)
        stage = Stage(pool)
        assert counted(await stage.go()) == {"done": 2}
        assert pool.executed == {"ana": 1, "ben": 1}
        assert stage.outcomes()["ana"] == (
            "done",
            "",
            "Read back: last modified at 2026-11-20 12:00:01 UTC, after the request.",
        )

    @pytest.mark.parametrize("fault", [BROKEN, LOST])
    async def test_what_was_not_done_is_done_once_that_is_certain(self, fault: Fault) -> None:
        """That RESEND moves the date is seen on ben, of whom the answer came."""
        pool = ScriptedPool("ana", "ben")
        pool.faults["ana"].append(fault)
        stage = Stage(pool)
        assert counted(await stage.go()) == {"done": 2}
        assert pool.executed == {"ana": 1, "ben": 1}
        assert stage.notes.history("ana") == ["planned", "sent", "planned", "sent", "done"]
        assert stage.time.now >= SETTLING

    async def test_a_date_that_stands_still_proves_nothing_where_it_never_moves(self) -> None:
        pool = ScriptedPool("ana", "ben")
        pool.dates_move = False
        pool.faults["ana"].append(LOST)
        stage = Stage(pool)
        assert counted(await stage.go()) == {"done": 1, "unknown": 1}
        assert len(pool.changes) == 2
        assert "before the request; whether it moves that date is not known" in stage.outcomes()["ana"][2]

    async def test_nor_where_it_was_seen_to_move_with_the_status_only(self) -> None:
        """ben's date moved as his status changed; ana is in that status already, and was sent her code."""
        pool = ScriptedPool(Person("ana", "RESET_REQUIRED"), Person("ben", "CONFIRMED"))
        pool.dates_move_with_the_status_only = True
        pool.faults["ana"].append(LOST_AFTERWARDS)
        stage = Stage(pool)
        assert counted(await stage.go(Action.RESET_PASSWORD)) == {"done": 1, "unknown": 1}
        assert pool.executed == {"ana": 1, "ben": 1}

    async def test_it_is_learnt_from_whom_only_the_date_tells_of(self) -> None:
        pool = ScriptedPool(
            *(Person(name, "RESET_REQUIRED") for name in ("ana", "ben")), Person("eva", "CONFIRMED")
        )
        pool.faults["ana"].append(LOST)
        stage = Stage(pool)
        assert counted(await stage.go(Action.RESET_PASSWORD)) == {"done": 3}
        assert pool.executed == {"ana": 1, "ben": 1, "eva": 1}

    async def test_not_from_who_was_changed_by_others_meanwhile(self) -> None:
        pool = ScriptedPool("ana", "ben")
        pool.dates_move = False
        pool.faults["ana"].append(LOST_AFTERWARDS)
        stage = Stage(pool)

        def signed_in(told: object) -> None:
            ben = pool.people["ben"]
            ben.status, ben.modified = "CONFIRMED", ben.modified + timedelta(days=1)

        run = Run(
            Order(Action.RESEND_INVITATION, POOL, request_for(Action.RESEND_INVITATION, POOL), 1.0),
            stage.notes.records,
            call=pool.call,
            journal=stage.notes,
            tell=signed_in,
            clock=stage.time.clock(),
        )
        assert counted(await run.go()) == {"done": 1, "unknown": 1}
        assert pool.executed == {"ana": 1, "ben": 1}

    async def test_nor_where_there_is_nobody_to_see_it_on(self) -> None:
        pool = ScriptedPool("ana")
        pool.faults["ana"].append(BROKEN)
        stage = Stage(pool)
        assert counted(await stage.go()) == {"unknown": 1}
        assert stage.notes.history("ana") == ["planned", "sent", "unknown"]

    async def test_a_status_that_did_not_change_needs_no_date(self) -> None:
        pool = ScriptedPool(Person("ana", "UNCONFIRMED"))
        pool.dates_move = False
        pool.faults["ana"].append(BROKEN)
        stage = Stage(pool)
        assert counted(await stage.go(Action.CONFIRM)) == {"done": 1}
        assert pool.executed == {"ana": 1}

    @pytest.mark.parametrize("fault", [BROKEN, LOST])
    async def test_what_is_in_doubt_is_given_time_to_take_effect(self, fault: Fault) -> None:
        """It is carried out only after the first look, as where a trigger is slow."""
        pool = ScriptedPool("ana", "ben")
        pool.faults["ana"].append(fault)
        stage = Stage(pool)

        def late(name: str) -> None:
            if name == "ben":
                ana = pool.people["ana"]
                pool.people["ana"] = replace(ana, modified=BEGINNING + timedelta(minutes=1))

        pool.on_change = late
        assert counted(await stage.go()) == {"done": 2}
        assert [call.params["Username"] for call in pool.changes] == ["ana", "ben"]

    async def test_a_failure_of_cognitos_own_is_too_though_the_status_would_tell(self) -> None:
        pool = ScriptedPool(Person("ana", "UNCONFIRMED"), Person("ben", "UNCONFIRMED"))
        pool.faults["ana"].append(BROKEN)
        stage = Stage(pool)

        def late(name: str) -> None:
            if name == "ben":
                pool.people["ana"].status = "CONFIRMED"

        pool.on_change = late
        assert counted(await stage.go(Action.CONFIRM)) == {"done": 2}
        assert [call.params["Username"] for call in pool.changes] == ["ana", "ben"]

    async def test_who_cannot_be_looked_at_stays_unknown(self) -> None:
        pool = ScriptedPool("ana", "ben")
        pool.faults["ana"].append(LOST_AFTERWARDS)
        pool.blind["ana"].extend([FINE] + [LOST] * 2 * TRIES)
        stage = Stage(pool)
        assert counted(await stage.go()) == {"done": 1, "unknown": 1}
        assert stage.outcomes()["ana"][2].startswith("The user could not be looked at. answer lost: No ans")

    async def test_whoever_is_never_done_is_listed_in_the_end(self) -> None:
        pool = ScriptedPool(Person("ana", "UNCONFIRMED"))
        pool.faults["ana"].extend([LOST] * 99)
        stage = Stage(pool)
        assert counted(await stage.go(Action.CONFIRM)) == {"failed": 1}
        assert stage.outcomes()["ana"] == ("failed", "answer lost", "No answer came back.")
        assert len(pool.changes) == TRIES

    async def test_a_deleted_user_is_gone(self) -> None:
        pool = ScriptedPool("ana", "ben")
        pool.faults["ana"].append(LOST_AFTERWARDS)
        pool.faults["ben"].append(LOST)
        stage = Stage(pool)
        assert counted(await stage.go(Action.DELETE)) == {"done": 2}
        assert pool.executed == {"ana": 1, "ben": 1}


class TestResume:
    async def left_halfway(self, pool: ScriptedPool, fault: Fault) -> Stage:
        """A journal whose process was killed while ana's answer was awaited."""
        stage = Stage(pool)

        class Killed(BaseException):
            pass

        async def call(call: Call) -> object:
            if call.operation == "AdminCreateUser":
                if fault.done:
                    await pool.call(call)
                raise Killed
            return await pool.call(call)

        run = Run(
            Order(Action.RESEND_INVITATION, POOL, request_for(Action.RESEND_INVITATION, POOL), 1.0),
            stage.notes.records,
            call=call,  # type: ignore[arg-type]
            journal=stage.notes,
            clock=stage.time.clock(),
        )
        with pytest.raises(BaseExceptionGroup):
            await run.go()
        assert stage.notes.states()["ana"] is State.SENT
        return Stage(pool, notes=stage.notes)

    async def test_what_was_sent_and_done_is_seen(self) -> None:
        pool = ScriptedPool("ana", "ben")
        stage = await self.left_halfway(pool, FINE)
        assert counted(await stage.go()) == {"done": 2}
        assert pool.executed == {"ana": 1, "ben": 1}

    async def test_what_was_sent_and_not_done_is_done(self) -> None:
        pool = ScriptedPool("ana", "ben")
        stage = await self.left_halfway(pool, LOST)
        assert counted(await stage.go()) == {"done": 2}
        assert pool.executed == {"ana": 1, "ben": 1}

    async def test_nothing_is_done_to_who_has_an_outcome(self) -> None:
        pool = ScriptedPool(Person("ana", "CONFIRMED"), "ben", "eva")
        pool.faults["ben"].append(refused("InvalidParameterException"))
        stage = Stage(pool)
        await stage.go()
        asked = len(pool.asked)
        again = Stage(pool, notes=stage.notes)
        assert counted(await again.go()) == {}
        assert len(pool.asked) == asked

    async def test_who_was_unknown_is_looked_at_again(self) -> None:
        pool = ScriptedPool("ana", "ben")
        pool.faults["ana"].append(LOST_AFTERWARDS)
        pool.blind["ana"].extend([FINE] + [LOST] * 2 * TRIES)
        stage = Stage(pool)
        await stage.go()
        assert stage.notes.states()["ana"] is State.UNKNOWN
        again = Stage(pool, notes=stage.notes)
        assert counted(await again.go()) == {"done": 1}
        assert pool.executed == {"ana": 1, "ben": 1}

    @pytest.mark.parametrize("state", [State.SENT, State.UNKNOWN])
    async def test_what_somebody_else_did_the_next_day_is_not_taken_for_it(self, state: State) -> None:
        pool = ScriptedPool("ana", "ben")
        stage = await self.left_halfway(pool, LOST)
        tomorrow = BEGINNING + timedelta(days=1)
        if state is State.UNKNOWN:
            await stage.notes.write(Record("ana", State.UNKNOWN, tomorrow))
        pool.people["ana"].modified = tomorrow
        assert counted(await stage.go()) == {"done": 1, "unknown": 1}
        assert stage.outcomes()["ana"][2] == (
            "Last modified at 2026-11-21 12:00:00 UTC, long after the request of 2026-11-20 12:00:00 UTC: "
            "that may have been another change."
        )

    async def test_a_user_that_was_done_by_another_name_is_not_done_again(self) -> None:
        pool = ScriptedPool("ana", aliases={"ana@example.com": "ana"})
        stage = Stage(pool, "ana@example.com", "ana")
        run = stage.run()
        pool.on_change = lambda _name: run.gate.stop()
        assert (await run.go()).left == 1
        again = Stage(pool, notes=stage.notes)
        pool.on_change = lambda _name: None
        assert counted(await again.go()) == {"skipped": 1}
        assert pool.executed == {"ana": 1}


class TestPace:
    async def test_it_keeps_to_the_rate(self) -> None:
        pool = ScriptedPool(*names(50))
        stage = Stage(pool)
        times: list[float] = []
        pool.on_change = lambda _name: times.append(stage.time.now)
        await stage.go(rate=5.0)
        assert len(times) == 50
        assert times[-1] == pytest.approx(49 / 5, abs=0.1)

    async def test_without_a_rate_it_waits_for_nobody(self) -> None:
        stage = Stage(ScriptedPool(*names(50)))
        assert counted(await stage.go(rate=0)) == {"done": 50}
        assert stage.time.slept == []

    @pytest.mark.parametrize(("rate", "looks"), [(1.0, LOOKS_A_SECOND), (25.0, 25.0)])
    async def test_skipping_takes_the_turn_of_a_look(self, rate: float, looks: float) -> None:
        stage = Stage(ScriptedPool(*(Person(name, "CONFIRMED") for name in names(50))))
        assert counted(await stage.go(rate=rate)) == {"skipped": 50}
        assert stage.time.now == pytest.approx(49 / looks)

    async def test_looks_that_are_throttled_slow_down_and_get_faster_again(self) -> None:
        pool = ScriptedPool(*(Person(name, "CONFIRMED") for name in names(60)))
        pool.blind["user-0000"].append(THROTTLED)
        stage = Stage(pool)
        run = stage.run(rate=5.0)
        assert counted(await run.go()) == {"skipped": 60}
        assert stage.time.now > 59 / LOOKS_A_SECOND + BACK_OFF[0]
        assert run.gate.rate == 5.0

    async def test_it_gets_faster_again_after_throttling(self) -> None:
        pool = ScriptedPool(*names(60))
        pool.faults["user-0000"].append(THROTTLED)
        stage = Stage(pool)
        times: list[float] = []
        pool.on_change = lambda _name: times.append(stage.time.now)
        run = stage.run(rate=1.0)
        await run.go()
        gaps = [later - earlier for earlier, later in itertools.pairwise(times)]
        assert gaps[1] == pytest.approx(2.0, abs=0.2)
        assert gaps[-1] == pytest.approx(1.0)
        assert run.gate.rate == 1.0

    async def test_stopping_lets_the_request_under_way_end(self) -> None:
        pool = ScriptedPool("ana", "ben")
        stage = Stage(pool)
        run = stage.run()
        pool.on_change = lambda _name: run.gate.stop()
        ending = await run.go()
        assert (counted(ending), ending.left, ending.why) == ({"done": 1}, 1, "")
        assert stage.notes.states() == {"ana": State.DONE, "ben": State.PLANNED}

    async def test_stopping_does_not_wait_for_a_turn(self) -> None:
        pool = ScriptedPool("ana", "ben")
        stage = Stage(pool)
        forever = asyncio.Event()

        def stop(_told: object) -> None:
            asyncio.get_running_loop().call_soon(run.gate.stop)

        clock = replace(stage.time.clock(), sleep=lambda _seconds: forever.wait())
        action = Action.RESEND_INVITATION
        run = Run(
            Order(action, POOL, request_for(action, POOL), 0.001),
            stage.notes.records,
            call=pool.call,
            journal=stage.notes,
            tell=stop,
            clock=clock,
        )
        assert (await asyncio.wait_for(run.go(), 10)).left == 1

    async def test_pausing_sends_nothing_until_it_goes_on(self) -> None:
        pool = ScriptedPool(*names(4))
        stage = Stage(pool)
        run = stage.run()
        pool.on_change = lambda _name: run.gate.pause()
        going = asyncio.ensure_future(run.go())
        for sent in range(1, 5):
            for _ in range(50):
                await asyncio.sleep(0)
            assert len(pool.changes) == sent
            assert run.gate.paused
            run.gate.go_on()
        assert counted(await going) == {"done": 4}

    async def test_after_a_long_wait_a_user_is_looked_at_once_more(self) -> None:
        pool = ScriptedPool("ana", "ben")
        stage = Stage(pool)

        def confirm_ben(_name: str) -> None:
            pool.people["ben"].status = "CONFIRMED"

        pool.on_change = confirm_ben
        assert counted(await stage.go(rate=0.1)) == {"done": 1, "skipped": 1}
        assert pool.executed == {"ana": 1}


class TestFlaws:
    async def test_without_a_journal_nothing_is_sent(self) -> None:
        pool = ScriptedPool(*names(9))

        class Full(Notes):
            async def write(self, *records: Record) -> None:
                if len(self.records) > 12:
                    raise OSError("no room")
                await super().write(*records)

        stage = Stage(pool, notes=Full(*pool.people))
        with pytest.raises(OSError, match="no room"):
            await stage.go()
        assert len(pool.changes) == 2
        assert stage.notes.history("user-0002") == ["planned"]

    async def test_a_request_that_cannot_be_made_is_not_sent(self) -> None:
        pool = ScriptedPool("ana", "ben")
        stage = Stage(pool)

        async def request(_name: str, _user: User) -> Call:
            raise OSError("no room for the password")

        run = Run(
            Order(Action.SET_TEMPORARY_PASSWORD, POOL, request),
            stage.notes.records,
            call=pool.call,
            journal=stage.notes,
            clock=stage.time.clock(),
        )
        with pytest.raises(OSError, match="no room for the password"):
            await run.go()
        assert pool.changes == []
        assert set(stage.notes.states().values()) == {State.PLANNED}


async def test_many_with_every_fault_at_once() -> None:
    """At most one execution a user, whatever happens, and everybody has an outcome."""
    faults = (THROTTLED, LIMIT, BROKEN, BROKEN_AFTERWARDS, LOST, LOST_AFTERWARDS, GATEWAY, UNREACHED)
    pool = ScriptedPool(*names(400))
    for number, name in enumerate(pool.people):
        pool.faults[name].extend(faults[(number + at) % len(faults)] for at in range(number % 4))
    stage = Stage(pool)
    ending = await stage.go(rate=0)
    assert counted(ending) == {"done": 400}
    assert set(pool.executed.values()) == {1}
    assert len(pool.executed) == 400
