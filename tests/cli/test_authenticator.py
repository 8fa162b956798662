"""Codes of an authenticator app by `--answers`: TOTP_SECRET, and the app that is set up on the way."""

from __future__ import annotations

import json
import stat
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cognito_tui.cli import authenticator
from cognito_tui.cli.authenticator import LONGEST_WAIT, Authenticator
from cognito_tui.cli.authenticator import Clock as CliClock
from cognito_tui.cognito.model import Secret
from cognito_tui.sandbox.sandbox import Sandbox
from cognito_tui.sandbox.seed import seed
from cognito_tui.sandbox.server import SandboxServer
from cognito_tui.sandbox.totp import SoftwareToken
from tests.aws.listener import Listener, answer, listening, refusal
from tests.cli.running import Ran, here
from tests.cli.served import Served
from tests.dialogue import SESSION, TOKENS
from tests.sandbox.house import Clock, signing_key

PIA = {"PASSWORD": "Pia-made-up-1", "TOTP_SECRET": "PIAMADEUPSECRETS"}
NOA = {"PASSWORD": "Noa-made-up-1"}
USED = refusal("ExpiredCodeException", "Your software token has already been used once.")
TOTP_ASKED = answer({"ChallengeName": "SOFTWARE_TOKEN_MFA", "Session": SESSION, "ChallengeParameters": {}})
SETUP_ASKED = answer({"ChallengeName": "MFA_SETUP", "Session": SESSION, "ChallengeParameters": {}})


class Waits(list[float]):
    """How long was waited, each time."""


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(autouse=True)
def waits(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Waits:
    """Time passes for the command and for the sandbox when the command waits, and at no other moment."""
    found = Waits()

    def sleep(seconds: float) -> None:
        found.append(seconds)
        clock.forward(seconds=seconds)

    ticking = CliClock(lambda: clock().timestamp(), sleep)
    monkeypatch.setattr(authenticator, "THIS_MACHINES", ticking)
    return found


@pytest.fixture
def served(clock: Clock) -> Iterator[Served]:
    sandbox = Sandbox(clock=clock, signing_key=signing_key())
    sown = seed(sandbox)
    with SandboxServer(sandbox) as server:
        yield Served(server.endpoint_url, sandbox, sown)


def sign_in(served: Served, username: str, answers: dict[str, Any], *options: str) -> Ran:
    return here(*served.sign_in(username), *options, stdin=served.stdin(username, json.dumps(answers)))


def sign_in_at(listener: Listener, answers: dict[str, Any], *options: str) -> Ran:
    client = ("--user-pool-id", "local_Testing1", "--client-id", "someclient", "--no-secret")
    flow = ("--flow", "USER_PASSWORD_AUTH", "--answers", "-", "--endpoint-url", listener.url)
    return here("sign-in", "--username", "ana", *client, *flow, *options, stdin=json.dumps(answers))


class TestTotpSecret:
    def test_makes_the_code(self, served: Served, waits: Waits) -> None:
        assert sign_in(served, "pia", PIA).status == 0
        assert waits == []

    def test_may_be_qualified_and_written_as_apps_show_it(self, served: Served) -> None:
        answers = {"PASSWORD": "Pia-made-up-1", "SOFTWARE_TOKEN_MFA.TOTP_SECRET": "piam adeu-psec rets"}
        assert sign_in(served, "pia", answers).status == 0

    def test_of_a_factor_that_has_to_be_chosen(self, served: Served) -> None:
        answers = {
            "PASSWORD": "Uma-made-up-1",
            "SELECT_MFA_TYPE.ANSWER": "SOFTWARE_TOKEN_MFA",
            "TOTP_SECRET": "UMAMADEUPSECRETS",
        }
        assert sign_in(served, "uma", answers).status == 0

    def test_waits_for_the_next_window_when_the_code_is_used_up(
        self, served: Served, clock: Clock, waits: Waits
    ) -> None:
        clock.forward(seconds=10)
        for _ in range(3):
            assert sign_in(served, "pia", PIA).status == 0
        assert waits == [20, 30]

    def test_does_not_wait_for_ever(self, waits: Waits) -> None:
        with listening(TOTP_ASKED, *[USED] * (LONGEST_WAIT + 1)) as listener:
            ran = sign_in_at(listener, PIA)
        assert (ran.status, ran.out) == (1, "")
        assert ran.first.startswith("cognito-tui: RespondToAuthChallenge: ExpiredCodeException: ")
        assert waits == [30] * LONGEST_WAIT

    def test_that_is_wrong_is_refused_at_once(self, served: Served, waits: Waits) -> None:
        ran = sign_in(served, "pia", {**PIA, "TOTP_SECRET": "NOTHERSECRET"})
        assert (ran.status, ran.out) == (1, "")
        assert ran.first.startswith("cognito-tui: RespondToAuthChallenge: CodeMismatchException: ")
        assert waits == []

    def test_of_a_list_the_next_is_tried(self, served: Served) -> None:
        assert (
            sign_in(served, "pia", {**PIA, "TOTP_SECRET": ["NOTHERSECRET", "PIAMADEUPSECRETS"]}).status == 0
        )

    def test_comes_after_codes_that_were_given(self, served: Served, clock: Clock) -> None:
        token = SoftwareToken(Secret(PIA["TOTP_SECRET"]))
        answers = {**PIA, "SOFTWARE_TOKEN_MFA_CODE": token.code(clock())}
        ran = sign_in(served, "pia", answers)
        assert (ran.status, ran.err) == (0, "warning: --answers: TOTP_SECRET was not used\n")
        assert sign_in(served, "pia", answers).status == 0

    @pytest.mark.parametrize("secret", ["", "=", "made up", "01189998", ["PIAMADEUPSECRETS", "1"]])
    @pytest.mark.parametrize("key", ["TOTP_SECRET", "SOFTWARE_TOKEN_MFA.TOTP_SECRET"])
    def test_that_makes_no_codes_is_told_before_the_first_call(self, key: str, secret: str) -> None:
        with listening(TOTP_ASKED) as listener:
            ran = sign_in_at(listener, {"PASSWORD": "x", key: secret})
        assert (ran.status, ran.out) == (2, "")
        assert ran.first.startswith(f"cognito-tui: --answers: {key}: the TOTP secret is ")
        assert listener.requests == []

    def test_without_it_a_code_is_missing(self, served: Served) -> None:
        ran = sign_in(served, "pia", {"PASSWORD": "Pia-made-up-1"})
        assert ran.status == 3
        assert json.loads(ran.err)["Fields"] == ["SOFTWARE_TOKEN_MFA_CODE"]


class TestAnApp:
    """Of its own accord: `Authenticator`."""

    def test_gives_no_code_twice_even_if_it_is_woken_too_early(self) -> None:
        app = Authenticator(b"12345678901234567890", CliClock(lambda: 59.0, lambda _seconds: None))
        # RFC 6238, appendix B, and the windows after it
        assert app.code().reveal() == "287082"
        assert len({app.code().reveal() for _ in range(3)}) == 3


class TestMfaSetup:
    def test_without_a_file_for_the_key_nothing_is_associated(self) -> None:
        with listening(SETUP_ASKED) as listener:
            ran = sign_in_at(listener, NOA)
        assert (ran.status, ran.out) == (3, "")
        assert json.loads(ran.err) == {
            "ChallengeName": "MFA_SETUP",
            "ChallengeParameters": {},
            "Fields": ["--totp-secret-file"],
        }
        assert [request.operation for request in listener.requests] == ["InitiateAuth"]

    def test_the_key_is_in_the_file_and_signs_in_from_then_on(self, served: Served, tmp_path: Path) -> None:
        file = tmp_path / "key"
        file.write_text("somebody else's, and longer than a key is")
        file.chmod(0o644)
        ran = sign_in(served, "noa", NOA, "--totp-secret-file", str(file))
        assert (ran.status, ran.err) == (0, f"the key of the authenticator app is in {file}\n")
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert sorted(each.name for each in tmp_path.iterdir()) == ["home", "key"]
        key = file.read_text()
        assert key.endswith("\n")
        assert key.strip() not in ran.out + ran.err
        assert sign_in(served, "noa", {**NOA, "TOTP_SECRET": key}).status == 0

    def test_it_is_there_before_the_code_is_given(self, tmp_path: Path) -> None:
        """Cognito may have taken the code though its answer was lost."""
        made = answer({"SecretCode": "NOAMADEUPSECRETS", "Session": SESSION})
        wrong = refusal("EnableSoftwareTokenMFAException", "Code mismatch and fail enable Software Token MFA")
        file = tmp_path / "key"
        with listening(SETUP_ASKED, made, wrong) as listener:
            ran = sign_in_at(listener, NOA, "--totp-secret-file", str(file))
        assert ran.status == 1
        assert ran.first.startswith("cognito-tui: VerifySoftwareToken: EnableSoftwareTokenMFAException: ")
        assert ran.err.splitlines()[-1] == f"the key of the authenticator app is in {file}"
        assert file.read_text() == "NOAMADEUPSECRETS\n"

    def test_the_app_may_have_a_name(self, tmp_path: Path) -> None:
        made = answer({"SecretCode": "NOAMADEUPSECRETS", "Session": SESSION})
        verified = answer({"Status": "SUCCESS", "Session": SESSION})
        answers = {**NOA, "FriendlyDeviceName": "a robot"}
        with listening(SETUP_ASKED, made, verified, answer(TOKENS)) as listener:
            assert sign_in_at(listener, answers, "--totp-secret-file", str(tmp_path / "key")).status == 0
        assert listener.requests[2].params["FriendlyDeviceName"] == "a robot"

    @pytest.mark.parametrize("file", [".", "nowhere/key"])
    def test_a_file_that_cannot_be_is_told_before_the_first_call(self, file: str, tmp_path: Path) -> None:
        with listening(SETUP_ASKED) as listener:
            sign_in_at(listener, NOA, "--totp-secret-file", str(tmp_path / file)).failed(
                2, "cognito-tui: --totp-secret-file: not a file in a directory that is there"
            )
        assert listener.requests == []

    @pytest.mark.skipif(sys.platform != "linux", reason="only Linux has a directory nobody can write to")
    def test_one_that_cannot_be_written_leaves_the_code_ungiven(self) -> None:
        made = answer({"SecretCode": "NOAMADEUPSECRETS", "Session": SESSION})
        with listening(SETUP_ASKED, made) as listener:
            ran = sign_in_at(listener, NOA, "--totp-secret-file", "/proc/key")
        assert (ran.status, ran.out) == (2, "")
        assert ran.first.startswith("cognito-tui: --totp-secret-file: ")
        assert [request.operation for request in listener.requests][-1] == "AssociateSoftwareToken"

    def test_is_for_answers(self) -> None:
        client = ("--user-pool-id", "local_X", "--client-id", "c", "--no-secret")
        here("sign-in", "--username", "noa", *client, "--totp-secret-file", "key").failed(
            2, "cognito-tui: --totp-secret-file goes with --answers: else the key is shown"
        )

    def test_what_no_answer_sets_up_is_told(self, tmp_path: Path) -> None:
        parameters = {"MFAS_CAN_SETUP": '["SMS_MFA","SOFTWARE_TOKEN_MFA"]'}
        asked = answer({"ChallengeName": "MFA_SETUP", "Session": SESSION, "ChallengeParameters": parameters})
        made = answer({"SecretCode": "NOAMADEUPSECRETS", "Session": SESSION})
        file = ("--totp-secret-file", str(tmp_path / "key"))
        with listening(asked) as listener:
            ran = sign_in_at(listener, {**NOA, "ANSWER": "SMS_MFA"}, *file)
        assert (ran.status, ran.out) == (2, "")
        assert "give the user a phone_number, then start again" in ran.first
        with listening(asked, made, answer({"Status": "SUCCESS"}), answer(TOKENS)) as listener:
            assert (
                sign_in_at(listener, {**NOA, "ANSWER": ["SMS_MFA", "SOFTWARE_TOKEN_MFA"]}, *file).status == 0
            )
