"""Every challenge at a real terminal: once to tokens, once cancelled where it stands."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from cognito_tui.cognito.model import Secret
from cognito_tui.sandbox.challenges.web_authn import pretended
from cognito_tui.sandbox.totp import SoftwareToken
from tests.aws.listener import answer, listening
from tests.cli.at_terminal import Terminal, at_terminal
from tests.cli.served import NEW_PASSWORD, Served
from tests.dialogue import SESSION, TOKENS

Typed = str | Callable[[Served, Terminal], str]


def sent(served: Served, _terminal: Terminal) -> str:
    """The code that came by e-mail or SMS, as a person copies it."""
    message = served.sandbox.state.outbox.messages[-1]
    assert message.code
    code = message.code.reveal()
    return f"{code[:3]} {code[3:]}"


def shown_by_an_app(secret: str) -> Callable[[Served, Terminal], str]:
    def code(served: Served, _terminal: Terminal) -> str:
        return SoftwareToken(Secret(secret)).code(served.sandbox.state.clock())

    return code


def shown_by_a_new_app(served: Served, terminal: Terminal) -> str:
    """By the key on the screen."""
    key = re.search(r"  key: ([A-Z2-7]+)\s", terminal.screen)
    assert key
    assert (
        f"  URI: otpauth://totp/local_SecurePool:noa?secret={key[1]}&issuer=local_SecurePool"
        in terminal.screen
    )
    return shown_by_an_app(key[1])(served, terminal)


def signed_by_a_passkey(_served: Served, terminal: Terminal) -> str:
    options = re.search(r"  CREDENTIAL_REQUEST_OPTIONS: (.*)\r\n", terminal.screen)
    assert options
    return pretended(options[1])


@dataclass(frozen=True)
class Case:
    """Who signs in, and what is asked and answered after the password; `sees` is on the screen by then."""

    challenge: str
    username: str
    dialogue: tuple[tuple[str, Typed], ...]
    sees: str = ""
    flow: str = "USER_PASSWORD_AUTH"
    options: tuple[str, ...] = ()


FACTOR, WAY = "Second factor (number or name): ", "Sign in by (number or name): "
CODE, APP_CODE = "Code (blanks and dashes do not matter): ", "Code (6 figures): "
PIA, UMA = (shown_by_an_app(f"{name}MADEUPSECRETS") for name in ("PIA", "UMA"))
RIDDLES = (("Answer: ", "an organ"), ("Answer: ", "A Piano"), ("Answer: ", "cold"))
NEW = (("New password: ", NEW_PASSWORD), ("New password again: ", NEW_PASSWORD))

CASES = (
    Case("NEW_PASSWORD_REQUIRED", "eva", NEW, "The user came with a temporary password"),
    Case("SMS_MFA", "ida", ((CODE, sent),), "Cognito has sent it by SMS to +********0000."),
    Case("EMAIL_OTP", "eli", ((CODE, sent),), "Cognito has sent it by e-mail to e***@e***."),
    Case("SOFTWARE_TOKEN_MFA", "pia", ((APP_CODE, PIA),), "the code that the authenticator app shows now"),
    Case("SELECT_MFA_TYPE", "uma", ((FACTOR, "1"), (CODE, sent)), "  1 SMS_MFA: a code by SMS"),
    Case(
        "SELECT_MFA_TYPE",
        "uma",
        ((FACTOR, "AN APP"), (FACTOR, "SOFTWARE_TOKEN_MFA"), (APP_CODE, UMA)),
        "  2 SOFTWARE_TOKEN_MFA: a code from an authenticator app",
    ),
    Case(
        "MFA_SETUP",
        "noa",
        (
            (APP_CODE, shown_by_a_new_app),
            ("Device name (how the user will know the app; may be empty): ", "phone"),
        ),
        "Put the key into an authenticator app",
    ),
    Case("CUSTOM_CHALLENGE", "rio", RIDDLES, "  riddle: What has eighty-eight keys", "CUSTOM_AUTH"),
    Case(
        "SELECT_CHALLENGE",
        "ada",
        ((WAY, "PASSWORD_SRP"), ("Password: ", "Ada-made-up-1")),
        "  5 WEB_AUTHN: a passkey or security key",
        "USER_AUTH",
    ),
    Case(
        "PASSWORD",
        "ada",
        ((WAY, "1"), ("Password: ", ""), ("Password: ", "Ada-made-up-1")),
        "Cognito wants the user's password.",
        "USER_AUTH",
    ),
    Case(
        "SMS_OTP",
        "ada",
        ((CODE, sent),),
        "A code by SMS. Cognito has sent it",
        "USER_AUTH",
        ("--preferred-challenge", "SMS_OTP"),
    ),
    Case(
        "EMAIL_OTP",
        "ola@example.com",
        ((CODE, sent),),
        "A code by e-mail. Cognito has sent it",
        "USER_AUTH",
        ("--preferred-challenge", "EMAIL_OTP"),
    ),
    Case(
        "WEB_AUTHN",
        "ada",
        (("Credential (a JSON object): ", signed_by_a_passkey),),
        "  CREDENTIAL_REQUEST_OPTIONS: {",
        "USER_AUTH",
        ("--preferred-challenge", "WEB_AUTHN"),
    ),
)

CHALLENGES = pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.challenge}-{case.username}")


def begin(served: Served, case: Case) -> tuple[tuple[str, ...], bytes]:
    options = (*served.options(case.username), "--flow", case.flow, *case.options)
    return ("sign-in", "--username", case.username, *options), served.stdin(case.username, "").encode()


def give(served: Served, case: Case, terminal: Terminal, dialogue: tuple[tuple[str, Typed], ...]) -> None:
    first = (("Password: ", served.password(case.username)),) if case.flow == "USER_PASSWORD_AUTH" else ()
    for prompt, typed in (*first, *dialogue):
        terminal.until(prompt)
        terminal.type(f"{typed if isinstance(typed, str) else typed(served, terminal)}\n")


@CHALLENGES
def test_to_tokens(served: Served, case: Case) -> None:
    command, stdin = begin(served, case)
    with at_terminal(*command, stdin=stdin) as terminal:
        give(served, case, terminal, case.dialogue)
        ran = terminal.end()
    assert (ran.status, ran.err) == (0, "")
    assert set(json.loads(ran.out)) >= {"IdToken", "AccessToken", "RefreshToken"}
    assert case.sees in terminal.screen
    assert served.password(case.username) not in terminal.screen


@CHALLENGES
def test_cancelled(served: Served, case: Case) -> None:
    command, stdin = begin(served, case)
    with at_terminal(*command, stdin=stdin) as terminal:
        give(served, case, terminal, case.dialogue[:-1])
        terminal.until(case.dialogue[-1][0])
        ran = terminal.interrupt()
    assert (ran.status, ran.out, ran.err) == (130, "", "")


DEVICE = ("sign-in", "--username", "sol", "--user-pool-id", "local_X", "--client-id", "c", "--no-secret")


class TestADevice:
    """Nobody in the sandbox has one that is known here, so its part is scripted; see tests/test_flows.py."""

    ASKED = answer({"ChallengeName": "DEVICE_SRP_AUTH", "Session": SESSION, "ChallengeParameters": {}})

    def test_is_asked_for_what_was_kept_of_it(self) -> None:
        with listening(self.ASKED, answer(TOKENS)) as listener:
            options = (
                "--flow",
                "USER_PASSWORD_AUTH",
                "--device-key",
                "local_1-2",
                "--endpoint-url",
                listener.url,
            )
            with at_terminal(*DEVICE, *options) as terminal:
                terminal.answer("Password: ", "x")
                terminal.until("DEVICE_SRP_AUTH: Cognito knows the device key")
                terminal.answer("Device group key: ", "-group")
                terminal.answer("Device password: ", "hunter2")
                assert terminal.end().status == 0
        assert "hunter2" not in terminal.screen
        assert set(listener.requests[1].params["ChallengeResponses"]) == {"USERNAME", "DEVICE_KEY", "SRP_A"}

    def test_cancelled(self) -> None:
        with listening(self.ASKED) as listener:
            options = (
                "--flow",
                "USER_PASSWORD_AUTH",
                "--device-key",
                "local_1-2",
                "--endpoint-url",
                listener.url,
            )
            with at_terminal(*DEVICE, *options) as terminal:
                terminal.answer("Password: ", "x")
                terminal.until("Device group key: ")
                assert terminal.interrupt().status == 130


@pytest.mark.parametrize(
    ("case", "wrong", "why"),
    [
        (CASES[1], "000000", "CodeMismatchException: "),
        (CASES[3], "12345", "  6 figures"),
        (CASES[3], "000000", "CodeMismatchException: "),
        (CASES[6], "000000", "EnableSoftwareTokenMFAException: "),
    ],
    ids=["sms", "too short", "app", "new app"],
)
def test_a_wrong_code_is_asked_for_again(served: Served, case: Case, wrong: str, why: str) -> None:
    command, stdin = begin(served, case)
    with at_terminal(*command, stdin=stdin) as terminal:
        give(served, case, terminal, ((case.dialogue[0][0], wrong),))
        if case.challenge == "MFA_SETUP":
            terminal.answer("Device name", "")
        terminal.until(why)
        for prompt, typed in case.dialogue:
            terminal.until(prompt)
            terminal.type(f"{typed if isinstance(typed, str) else typed(served, terminal)}\n")
        assert terminal.end().status == 0


def test_after_a_wrong_password_the_way_to_sign_in_is_asked_for_again(served: Served) -> None:
    case = next(each for each in CASES if each.challenge == "PASSWORD")
    command, stdin = begin(served, case)
    with at_terminal(*command, stdin=stdin) as terminal:
        give(served, case, terminal, ((WAY, "1"), ("Password: ", "Wrong-made-up-1")))
        terminal.until("NotAuthorizedException: Incorrect username or password.")
        give(served, case, terminal, ((WAY, "1"), ("Password: ", served.password("ada"))))
        assert terminal.end().status == 0


def test_a_device_that_is_not_known_any_more_is_a_warning(served: Served) -> None:
    options = (*served.options("sol"), "--device-key", "local_00000000-0000-4000-8000-000000000000")
    with at_terminal(
        *("sign-in", "--username", "sol", *options), stdin=served.stdin("sol", "").encode()
    ) as terminal:
        terminal.answer("Password: ", "Sol-made-up-1")
        terminal.until(APP_CODE)
        terminal.type(f"{shown_by_an_app('SOLMADEUPSECRETS')(served, terminal)}\n")
        ran = terminal.end()
    assert ran.status == 0
    assert ran.err == (
        "warning: Cognito does not know the device local_00000000-0000-4000-8000-000000000000: "
        "it went on without it\n"
    )
