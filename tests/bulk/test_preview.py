"""A dry run says who, why not, what it sends and how long it takes, and changes nothing."""

from __future__ import annotations

import pytest

from cognito_tui.bulk.gate import LOOKS_A_SECOND
from cognito_tui.bulk.preview import Preview, look_over, preview
from cognito_tui.bulk.records import State
from cognito_tui.cognito.described import UserPoolDescription
from cognito_tui.cognito.errors import CognitoError
from cognito_tui.cognito.user_actions import Action
from tests.bulk.scripted_pool import (
    BROKEN,
    DENIED,
    POOL,
    THROTTLED,
    Person,
    ScriptedPool,
    StandingClock,
    names,
)

MAILS_BY_SES = UserPoolDescription(POOL, mails_by_cognito=False)
MAILS_BY_COGNITO = UserPoolDescription(POOL)


async def previewed(
    pool: ScriptedPool,
    *usernames: str,
    action: Action = Action.RESEND_INVITATION,
    described: UserPoolDescription | None = MAILS_BY_COGNITO,
) -> Preview:
    clock = StandingClock().clock()
    prospects = await look_over(action, POOL, usernames or pool.people, call=pool.call, clock=clock)
    return preview(action, prospects, 5.0, described)


async def test_everybody_is_counted_once() -> None:
    pool = ScriptedPool(
        *("ana", "ben", "eva"),
        Person("tom", "CONFIRMED"),
        Person("lea", "CONFIRMED"),
        Person("kim", enabled=False),
    )
    seen = await previewed(pool, *pool.people, "nobody")
    assert seen.will_change == 3
    assert list(seen.reasons.values()) == [2, 1, 1]
    assert list(seen.reasons)[2] == "User does not exist."
    assert (seen.messages, seen.seconds) == (3, 0.6)
    assert pool.changes == []


async def test_users_stand_in_the_order_they_were_named_in() -> None:
    pool = ScriptedPool(*names(30))
    told: list[object] = []
    prospects = await look_over(
        Action.DELETE, POOL, pool.people, call=pool.call, tell=told.append, clock=StandingClock().clock()
    )
    assert [each.username for each in prospects] == list(pool.people)
    assert {each.state for each in prospects} == {State.PLANNED}
    assert len(told) == 30


async def test_throttling_loses_nobody() -> None:
    pool = ScriptedPool(*names(30))
    pool.blind["user-0003"].append(THROTTLED)
    assert (await previewed(pool)).will_change == 30


async def test_it_ends_when_users_may_not_be_looked_at() -> None:
    pool = ScriptedPool(*names(30))
    pool.blind["user-0003"].append(DENIED)
    with pytest.raises(CognitoError, match="not authorized"):
        await previewed(pool)


async def test_looks_are_paced() -> None:
    pool, time = ScriptedPool(*names(101)), StandingClock()
    await look_over(Action.DELETE, POOL, pool.people, call=pool.call, clock=time.clock())
    assert time.now == pytest.approx(100 / LOOKS_A_SECOND)


async def test_one_user_who_is_never_answered_is_listed() -> None:
    pool = ScriptedPool(*names(30))
    pool.blind["user-0000"].extend([BROKEN] * 99)
    seen = await previewed(pool)
    assert (seen.will_change, dict(seen.reasons)) == (29, {"Something is wrong.": 1})


async def test_it_ends_when_nobody_is_answered() -> None:
    pool = ScriptedPool(*names(30))
    for name in pool.people:
        pool.blind[name].extend([BROKEN] * 99)
    with pytest.raises(CognitoError, match=r"Something is wrong\."):
        await previewed(pool)


async def test_one_user_by_two_names_is_skipped_once() -> None:
    pool = ScriptedPool("ana", aliases={"ana@example.com": "ana"})
    seen = await previewed(pool, "ana", "ana@example.com")
    assert seen.will_change == 1
    assert list(seen.reasons) == ["This is the user 'ana', who is in the run already."]


async def test_a_password_for_an_external_user_is_warned_of() -> None:
    pool = ScriptedPool(Person("google_1", "EXTERNAL_PROVIDER"))
    seen = await previewed(pool, action=Action.SET_PERMANENT_PASSWORD)
    assert seen.will_change == 1
    assert [warning[:31] for warning in seen.warnings] == ["This user signs in with another"]


class TestMailLimit:
    async def sentence(
        self, count: int, described: UserPoolDescription | None, action: Action = Action.RESEND_INVITATION
    ) -> str:
        return (await previewed(ScriptedPool(*names(count)), action=action, described=described)).mail_limit

    async def test_of_cognitos_own_sender(self) -> None:
        assert await self.sentence(50, MAILS_BY_COGNITO) == (
            "The pool mails through Cognito's own sender, which sends 50 e-mails a day for the account; "
            "this takes 50 of them."
        )
        assert await self.sentence(51, MAILS_BY_COGNITO) == (
            "The pool mails through Cognito's own sender, which sends 50 e-mails a day for the account: not "
            "all of these 51 today. What is left can be resumed tomorrow."
        )

    async def test_of_a_pool_that_may_not_be_described(self) -> None:
        assert (await self.sentence(1, None)).startswith("If the pool mails through Cognito's own sender")

    async def test_there_is_none_by_ses_or_without_a_message(self) -> None:
        assert await self.sentence(51, MAILS_BY_SES) == ""
        assert await self.sentence(51, MAILS_BY_COGNITO, Action.DISABLE) == ""

    async def test_there_is_none_for_whom_nobody_mails_to(self) -> None:
        pool = ScriptedPool(Person("ana", attributes={"phone_number": "+4915112345678"}))
        assert (await previewed(pool)).mail_limit == ""
