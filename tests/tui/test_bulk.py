"""Many users at once in the app: chosen, looked over, carried out, left and gone on with."""

from __future__ import annotations

import asyncio
import csv
import json
import stat
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from textual.widgets import Input

from cognito_tui.cognito.errors import Refused
from cognito_tui.cognito.model import UserStatus
from cognito_tui.cognito.snippets import Where
from cognito_tui.cognito.steps import Call
from cognito_tui.sandbox.faults import Attempt, Fault, Faults
from cognito_tui.sandbox.sandbox import Sandbox
from cognito_tui.sandbox.seed import seed
from cognito_tui.sandbox.server import SandboxServer
from cognito_tui.store.profile import Profile
from cognito_tui.tui.app import CognitoApp
from cognito_tui.tui.calls import Calls
from cognito_tui.walk import Reply
from tests.tui.crowds import POOL, HeldBack, house, with_calls
from tests.tui.stage import LARGE, PATIENCE, SMALL, Stage, on_stage
from tests.tui.worlds import machine, sandbox

FAST = ("shift+tab", "shift+tab", "ctrl+u", "9", "9", "enter")
"""From the button that begins to the rate, and on."""


class Some(Calls):
    """Calls of which `before` is told, and may refuse or hold one."""

    def __init__(self, before: Callable[[Call], None]) -> None:
        super().__init__()
        self.before = before

    async def send_for_good(self, where: Where, call: Call) -> Reply:
        self.before(call)
        return await super().send_for_good(where, call)


@asynccontextmanager
async def at_home(
    size: tuple[int, int] = LARGE, *, faults: Faults | None = None, calls: Calls | None = None
) -> AsyncIterator[tuple[Stage, Sandbox]]:
    """The users place of a profile of this machine, whose endpoint is a sandbox with 18 users."""
    place = house()
    pool = seed(place).pools[0]
    with SandboxServer(place, faults=faults) as server:
        client = next(iter(pool.clients))
        profile = Profile("here", pool.pool_id, client, endpoint_url=server.endpoint_url)
        world = machine(profile)
        app = CognitoApp(with_calls(world, calls) if calls else world, first=profile)
        async with on_stage(app, size) as stage:
            await opens(stage)
            yield stage, place


async def opens(stage: Stage) -> None:
    """Go to the users place."""
    await stage.sees("here")
    await stage.press("f5")
    await stage.sees("all 18 loaded")


async def chooses(stage: Stage, keys: str, action: str) -> None:
    """Select, and choose an action; the dry run follows."""
    await stage.press(*keys.split(), "b")
    await stage.sees("What is to be done?")
    await stage.press(action)


def status(place: Sandbox, name: str) -> UserStatus:
    user = place.state.pools[POOL].find(name)
    assert user is not None
    return user.status


def journals(tmp_path: Path) -> list[Path]:
    return sorted((tmp_path / "state" / "bulk").glob("*.jsonl"))


async def test_the_stuck_are_set_free_by_chip_each_with_one_request(tmp_path: Path) -> None:
    place = house()
    async with on_stage(CognitoApp(sandbox(place=place)), SMALL) as stage:
        await stage.sees("Who would you like to be?")
        await stage.press("enter")
        await stage.sees("Sign in to the pool")
        await stage.press("f5")
        await stage.sees("all 31 loaded")
        await stage.press("b")
        await stage.sees("What is to be done?", "access tokens revoked; can be…")
        await stage.press("f1")
        await stage.sees("CSV with a username header", "esc closes")
        await stage.press("escape")
        await stage.sees("What is to be done?")
        await stage.press("escape")
        await chooses(stage, "2", "r")
        await stage.sees("6 will change")
        await stage.press("f1")
        await stage.sees("looks at each user and changes nothing", "sends no more")
        await stage.press("f1")
        await stage.sees("6 will change: AdminCreateUser", "1 skipped: Enable the user", "sends 6 messages")
        assert not [done for done in place.done if done[0] == "AdminCreateUser"]
        await stage.press(*FAST)
        await stage.sees("6 of 6 · ● 6 done", "no journal is kept")
        assert {
            about: n for (what, about), n in place.done.items() if what == "AdminCreateUser"
        } == dict.fromkeys(["ben", "eva", "tom", "nils", "olga", "paul"], 1)
        await stage.press("escape")
        await stage.sees("all 31 loaded", "2 Stuck 7")
        await chooses(stage, "space", "t")
        await stage.sees("1 will change")
        await stage.type(f"{tmp_path / 'passwords.csv'}\n")
        await stage.sees("1 of 1 · ● 1 done", "! Passwords: ", "delete it when done", "no journal is kept")
        assert "anywhere" not in stage.text
        assert (tmp_path / "passwords.csv").exists()
    assert journals(tmp_path) == []


async def test_what_looking_costs_is_said_before_anybody_is_looked_at_and_in_the_dry_run() -> None:
    async with at_home() as (stage, place):
        await stage.press("2")
        await stage.settles()
        before = dict(place.done)
        await stage.press("b")
        await stage.sees("A dry run comes first.", "(AdminGetUser) counts", "monthly active users")
        assert place.done == before
        await stage.press("r")
        await stage.sees("will change: AdminCreateUser", "(AdminGetUser) counts", "monthly active users")


async def test_selected_ones_are_confirmed_and_the_list_shows_it(tmp_path: Path) -> None:
    async with at_home() as (stage, place):
        await chooses(stage, "3 space 1 home space", "c")
        await stage.sees("1 will change: AdminConfirmSignUp", "1 skipped: There is nothing to confirm")
        await stage.press("y")
        await stage.sees("1 of 1 · ● 1 done", "no password is ever in it", "Save report")
        assert len(journals(tmp_path)) == 1
        assert "confirm.jsonl" in stage.text
        await stage.press("o")
        await stage.sees("enter saves")
        report = tmp_path / "report.csv"
        await stage.press("ctrl+u")
        await stage.type(f"{report}\n")
        await stage.sees("Report saved")
        await stage.press("o", "ctrl+u")
        await stage.type(f"{report.with_suffix('.json')}\n")
        await stage.sees_no_more("enter saves")
        await stage.press("escape")
        await stage.sees("3 Unconfirmed 0")
        assert status(place, "kim") is UserStatus.CONFIRMED
    lines = report.read_text(encoding="utf-8").splitlines()
    head, skipped, done = lines
    assert (head, done) == ("Username,Outcome,Code,Message", "kim,done,,")
    assert skipped.startswith('ana,skipped,,"There is nothing to confirm')
    _, told = json.loads(report.with_suffix(".json").read_text(encoding="utf-8"))
    assert told["Outcome"] == "done"


async def test_users_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "names.csv"
    file.write_text("email,username\nx,ana\ny,lea\nz,nobody-here\n", encoding="utf-8")
    async with at_home() as (stage, place):
        await chooses(stage, "", "f")
        await stage.type(f"{tmp_path / 'missing.txt'}\n")
        await stage.sees("No such file")
        await stage.press("ctrl+u")
        await stage.type("~nobody-here/names.csv\n")
        await stage.sees("home directory")
        await stage.press("ctrl+u")
        await stage.type(f"{file}\n")
        await stage.sees("3 selected", "ana, lea, nobody-here")
        await stage.press("e")
        await stage.sees("1 will change: AdminEnableUser", "1 would fail: User does not exist.")
        await stage.sees("1 skipped: enabled already")
        told = " ".join(stage.text.split())
        assert "nobody-here × failed User does not exist." in told, stage.text
        assert "ana ○ skipped enabled already" in told
        await stage.press("y")
        await stage.sees("1 of 1 · ● 1 done")
        assert place.done["AdminEnableUser", "lea"] == 1
        await stage.press("o", "ctrl+u")
        await stage.type("~nobody-here/report.csv\n")
        await stage.sees("home directory")
        await stage.press("ctrl+u")
        await stage.type(f"{tmp_path / 'report.csv'}\n")
        await stage.sees("Report saved")
    assert (tmp_path / "report.csv").read_text(encoding="utf-8").splitlines()[1:] == [
        "ana,skipped,,enabled already",
        "lea,done,,",
        "nobody-here,failed,UserNotFoundException,User does not exist.",
    ]


async def test_a_run_is_paused_stopped_left_and_gone_on_with(tmp_path: Path) -> None:
    def pressed(call: Call) -> None:
        if call.operation == "AdminCreateUser" and not stopped:
            stopped.append(call.operation)
            bulk = stage.app.screen
            bulk.action_pause()  # type: ignore[attr-defined] # as the key does, in the middle of the first

    stopped: list[str] = []
    async with at_home(calls=Some(pressed)) as (stage, place):
        await chooses(stage, "2", "r")
        await stage.sees("3 will change")
        await stage.press("shift+tab", "shift+tab", "ctrl+u", "1", "enter")
        await stage.sees("paused", "1 of 3 · ● 1 done", "Go on  p")
        await stage.press("s")
        await stage.sees("Close  esc", "Save report", "stopped, 2 left, u goes on")
        assert "stopping" not in stage.text
        await stage.press("escape")
        await stage.sees("Resend invitation was left with 2 users to do · u goes on")
        await stage.press("u")
        await stage.sees("A run that was left", "● 1 done", "○ 2 left to do")
        await stage.press("y")
        await stage.sees("3 of 3 · ● 3 done")
        await stage.press("escape")
        await stage.sees_no_more("was left with")
        sent = {about: n for (what, about), n in place.done.items() if what == "AdminCreateUser"}
        assert sent == {"ben": 1, "eva": 1, "tom": 1}
    assert len(journals(tmp_path)) == 1


async def test_a_run_of_an_earlier_start_is_offered_when_the_place_opens(tmp_path: Path) -> None:
    def ends(call: Call) -> None:
        if call.operation == "AdminCreateUser" and call.params["Username"] == "eva":
            stage.app.exit()

    place = house()
    pool = seed(place).pools[0]
    with SandboxServer(place) as server:
        profile = Profile("here", pool.pool_id, next(iter(pool.clients)), endpoint_url=server.endpoint_url)
        async with on_stage(CognitoApp(with_calls(machine(profile), Some(ends)), first=profile)) as stage:
            await opens(stage)
            await chooses(stage, "2", "r")
            await stage.sees("3 will change")
            await stage.press("shift+tab", "shift+tab", "ctrl+u", "1", "enter")
            async with asyncio.timeout(PATIENCE):
                while stage.app.is_running:
                    await asyncio.sleep(0.01)
        async with on_stage(CognitoApp(machine(profile), first=profile)) as stage:
            await opens(stage)
            await stage.sees("Resend invitation was left with")
            await stage.press("u")
            await stage.sees("A run that was left", "● 1 done")
            await stage.press("y")
            await stage.sees("3 of 3 · ●")
        sent = {about: n for (what, about), n in place.done.items() if what == "AdminCreateUser"}
        assert set(sent.values()) == {1}
        assert {"ben", "tom"} <= set(sent)
    assert len(journals(tmp_path)) == 1


async def test_throttling_slows_a_run_and_loses_nobody() -> None:
    def throttled(attempt: Attempt) -> Fault | None:
        # the client itself tries three times
        return Fault.THROTTLE if attempt.operation == "AdminConfirmSignUp" and attempt.number < 4 else None

    async with at_home(faults=Faults(throttled)) as (stage, place):
        await chooses(stage, "3", "c")
        await stage.sees("1 will change")
        await stage.press("y")
        await stage.sees("waits 1 s", "TooManyRequestsException, try 2 of")
        await stage.sees("1 of 1 · ● 1 done")
        assert place.done["AdminConfirmSignUp", "kim"] == 1


async def test_failures_are_listed_and_can_be_tried_again() -> None:
    def fails(call: Call) -> None:
        if call.operation == "AdminCreateUser" and call.params["Username"] == "ben" and not failed:
            failed.append("ben")
            raise Refused(call.operation, "CodeDeliveryFailureException", "The mail came back.")

    failed: list[str] = []
    async with at_home(calls=Some(fails)) as (stage, place):
        await chooses(stage, "2", "r")
        await stage.sees("3 will change")
        await stage.press(*FAST)
        await stage.sees("● 2 done · × 1 failed", "CodeDeliveryFailureException", "Failed ones again")
        await stage.press("f")
        await stage.sees("1 will change")
        await stage.press("y")
        await stage.sees("1 of 1 · ● 1 done")
        assert place.done["AdminCreateUser", "ben"] == 1


async def test_generated_passwords_go_to_the_file_that_is_named_and_nowhere_else(tmp_path: Path) -> None:
    file = tmp_path / "passwords.csv"
    held = HeldBack(lambda call: call.operation == "AdminGetUser")
    async with at_home(calls=held) as (stage, place):
        await stage.press("2", "b")
        await stage.sees("What is to be done?")
        await stage.type("tx")
        await stage.sees("0 of 3")
        assert stage.app.screen.focused is None
        await stage.press("y", "tab", "x", "tab", "x", "shift+tab", "x")
        held.go.set()
        await stage.sees("3 will change", "whoever reads it can sign in", "password  enter")
        assert [each.value for each in stage.app.screen.query(Input) if each.display] == ["", "", "5", ""]
        await stage.press("enter")
        await stage.sees("name a file for the passwords")
        await stage.type("~nobody-here/x.csv\n")
        await stage.sees("home directory")
        await stage.press("ctrl+u")
        await stage.type(f"{file}\t")
        await stage.press("ctrl+u", "9", "9", "enter")
        await stage.sees("3 of 3 · ● 3 done")
        await stage.sees("! Passwords: ", "delete it when done", "no password is ever in it")
        rows = list(csv.reader(file.read_text(encoding="utf-8").splitlines()))
        assert [name for name, _ in rows[:1]] == ["username"]
        for name, password in rows[1:]:
            user = place.state.pools[POOL].find(name)
            assert user is not None
            assert user.passwords[0].reveal() == password
            assert password not in stage.text
            assert not any(password in each.read_text(encoding="utf-8") for each in journals(tmp_path))
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        await stage.press("escape")
        await stage.sees("all 18 loaded")
        await chooses(stage, "", "t")
        await stage.sees("3 will change")
        await stage.type(f"{file}\n")
        await stage.sees("is there already, and is left as it is")
        assert len(rows) == 4


async def test_deleting_many_asks_for_their_number() -> None:
    async with at_home() as (stage, place):
        await chooses(stage, "2", "d")
        await stage.sees("3 will change: AdminDeleteUser", "type the number", "Delete  enter")
        await stage.press("2", "enter")
        await stage.sees("to delete 3 users, type 3")
        assert status(place, "ben")
        await stage.press("backspace", "3", "enter")
        await stage.sees("3 of 3 · ● 3 done")
        await stage.press("escape")
        await stage.sees("all 15 loaded", "2 Stuck 0")


async def test_nobody_to_change_is_said_and_nothing_goes() -> None:
    async with at_home() as (stage, place):
        await chooses(stage, "2", "e")
        await stage.sees("0 will change", "3 skipped: enabled already", "Close  esc", "in the pool ")
        assert "about" not in stage.text
        await stage.press("y", "enter")
        await stage.sees_no_more("will change")
        assert not [done for done in place.done if done[0] == "AdminEnableUser"]
