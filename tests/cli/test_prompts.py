"""Questions go to the terminal itself, though stdin, stdout and stderr are pipes and TERM is dumb."""

from __future__ import annotations

import json
import signal

import pytest

from cognito_tui.cognito.model import UserStatus
from tests.aws.listener import NEVER, answer, listening
from tests.cli.at_terminal import CONTROL_D, Terminal, at_terminal
from tests.cli.running import here
from tests.cli.served import NEW_PASSWORD, Served
from tests.dialogue import TOKENS

IDS = ("--user-pool-id", "local_Testing1", "--client-id", "4f8k2mq0v7t1s9d3a6h5j8n1cp")


def sign_in(served: Served, username: str) -> tuple[str, ...]:
    return ("sign-in", "--username", username, *served.options(username), "--flow", "USER_PASSWORD_AUTH")


def new_password(terminal: Terminal) -> None:
    terminal.answer("New password: ", NEW_PASSWORD)
    terminal.answer("New password again: ", NEW_PASSWORD)


def profiles() -> list[str]:
    return [each["name"] for each in here("profiles", "list", "--json").json()]


class TestSignIn:
    @pytest.mark.parametrize("term", ["dumb", "xterm-256color", ""])
    def test_asks_for_all_that_is_missing(self, served: Served, term: str) -> None:
        secret = f"{served.secret('ben')}\n".encode()
        with at_terminal(*sign_in(served, "ben"), stdin=secret, TERM=term) as terminal:
            terminal.answer("Password: ", "Ben-temporary-1")
            terminal.until("NEW_PASSWORD_REQUIRED: The user came with a temporary password.")
            new_password(terminal)
            terminal.answer("given_name (first name): ", "Bén 日本")
            terminal.answer("phone_number (+ and country code, then digits): ", "+351912345678")
            ran = terminal.end()
        assert (ran.status, ran.err) == (0, "")
        assert set(json.loads(ran.out)) >= {"IdToken"}
        assert served.status("ben") is UserStatus.CONFIRMED
        user = served.sandbox.state.pools[served.pool_id("ben")].find("ben")
        assert user
        assert user.attributes["given_name"] == "Bén 日本"

    def test_shows_nothing_of_what_is_secret_and_all_that_is_not(self, served: Served) -> None:
        secret = f"{served.secret('ben')}\n".encode()
        with at_terminal(*sign_in(served, "ben"), stdin=secret) as terminal:
            terminal.answer("Password: ", "Ben-temporary-1")
            new_password(terminal)
            terminal.answer("given_name", "Benjamin")
            terminal.answer("phone_number", "+351912345678")
            terminal.end()
        assert "Ben-temporary-1" not in terminal.screen
        assert NEW_PASSWORD not in terminal.screen
        assert "Benjamin" in terminal.screen
        assert "eyJ" not in terminal.screen

    def test_says_why_an_answer_was_not_taken_and_asks_again(self, served: Served) -> None:
        secret = f"{served.secret('eva')}\n".encode()
        with at_terminal(*sign_in(served, "eva"), stdin=secret) as terminal:
            terminal.answer("Password: ", "Eva-temporary-1")
            terminal.answer("New password: ", "short")
            terminal.answer("New password again: ", "short")
            terminal.until("InvalidPasswordException: Password does not conform to policy")
            new_password(terminal)
            ran = terminal.end()
        assert (ran.status, ran.err) == (0, "")

    def test_a_new_password_is_asked_for_twice(self, served: Served) -> None:
        secret = f"{served.secret('eva')}\n".encode()
        with at_terminal(*sign_in(served, "eva"), stdin=secret) as terminal:
            terminal.answer("Password: ", "Eva-temporary-1")
            terminal.until("  The pool's policy is not known here; Cognito's default is: 8+ long, upper, ")
            terminal.answer("New password: ", NEW_PASSWORD)
            terminal.answer("New password again: ", "Mistyped-1")
            terminal.until("  the two are not the same")
            new_password(terminal)
            assert terminal.end().status == 0

    def test_an_empty_password_is_asked_for_again(self, served: Served) -> None:
        with at_terminal(*sign_in(served, "zoe")) as terminal:
            terminal.answer("Password: ", "")
            terminal.answer("Password: ", "Zoe-made-up-1")
            assert terminal.end().status == 0

    def test_does_not_send_what_cannot_be_right(self, served: Served) -> None:
        secret = f"{served.secret('ben')}\n".encode()
        with at_terminal(*sign_in(served, "ben"), stdin=secret) as terminal:
            terminal.answer("Password: ", "Ben-temporary-1")
            terminal.answer("New password: ", "")
            terminal.until("  required")
            new_password(terminal)
            terminal.answer("given_name", "Ben")
            terminal.answer("phone_number", "0351912345678")
            terminal.until("  begin with + and country code")
            terminal.answer("phone_number", "+351912345678")
            assert terminal.end().status == 0

    def test_shows_the_parameters_of_a_challenge_nobody_knows(self) -> None:
        said = {"ChallengeName": "X_CHALLENGE", "ChallengeParameters": {"question": "2+2?\x1b[31m"}}
        with listening(answer(said), answer(TOKENS)) as listener:
            options = ("sign-in", "--username", "ana", *IDS, "--endpoint-url", listener.url)
            with at_terminal(*options) as terminal:
                terminal.answer("Password: ", "x")
                terminal.until("  question: 2+2?\\x1b[31m")
                terminal.answer("Answer: ", "4")
                assert terminal.end().status == 0
        assert listener.requests[1].params["ChallengeResponses"] == {"USERNAME": "ana", "ANSWER": "4"}

    def test_says_where_a_variable_sends_the_password_before_it_is_typed(self) -> None:
        with listening(answer(TOKENS)) as listener:
            options = ("sign-in", "--username", "ana", *IDS)
            with at_terminal(*options, AWS_ENDPOINT_URL=listener.url) as terminal:
                terminal.until(f"calls go to {listener.url}, as AWS_ENDPOINT_URL says")
                terminal.answer("Password: ", "x")
                assert terminal.end().status == 0

    def test_says_so_where_no_password_is_asked_for_first(self) -> None:
        said = {"ChallengeName": "CUSTOM_CHALLENGE", "ChallengeParameters": {}}
        with listening(answer(said), answer(TOKENS)) as listener:
            options = ("sign-in", "--username", "ana", *IDS, "--no-secret", "--flow", "CUSTOM_AUTH")
            with at_terminal(*options, AWS_ENDPOINT_URL=listener.url) as terminal:
                terminal.until(f"calls go to {listener.url}, as AWS_ENDPOINT_URL says")
                terminal.answer("Answer: ", "x")
                assert terminal.end().status == 0

    def test_asks_nothing_with_answers(self, served: Served) -> None:
        options = (*sign_in(served, "zoe"), "--answers", "-")
        with at_terminal(*options, stdin=b"{}") as terminal:
            ran = terminal.end()
        assert (ran.status, terminal.screen) == (3, "")

    def test_an_input_that_ends_is_an_answer_that_is_missing(self, served: Served) -> None:
        with at_terminal(*sign_in(served, "zoe")) as terminal:
            terminal.until("Password: ")
            terminal.type(CONTROL_D)
            terminal.end().failed(3, "cognito-tui: Password: not given")

    @pytest.mark.parametrize("typed", ["Pass\udce9word", "\udcff"])
    def test_what_is_no_text_is_told(self, served: Served, typed: str) -> None:
        with at_terminal(*sign_in(served, "zoe"), PYTHONUTF8="1") as terminal:
            terminal.answer("Password: ", typed)
            terminal.end().failed(2, "cognito-tui: Password: not text in UTF-8")

    def test_what_is_no_text_is_told_where_it_is_shown_too(self, served: Served) -> None:
        secret = f"{served.secret('ben')}\n".encode()
        with at_terminal(*sign_in(served, "ben"), stdin=secret) as terminal:
            terminal.answer("Password: ", "Ben-temporary-1")
            new_password(terminal)
            terminal.answer("given_name", "B\udce9n")
            terminal.end().failed(2, "cognito-tui: given_name (first name): not text in UTF-8")


class TestControlC:
    """130, and nothing on stdout or stderr."""

    def test_at_the_first_question(self, served: Served) -> None:
        with at_terminal(*sign_in(served, "zoe")) as terminal:
            terminal.until("Password: ")
            ran = terminal.interrupt()
        assert (ran.status, ran.out, ran.err) == (130, "", "")

    @pytest.mark.parametrize("question", ["New password: ", "given_name"])
    def test_at_a_later_question(self, served: Served, question: str) -> None:
        secret = f"{served.secret('ben')}\n".encode()
        with at_terminal(*sign_in(served, "ben"), stdin=secret) as terminal:
            terminal.answer("Password: ", "Ben-temporary-1")
            if question == "given_name":
                new_password(terminal)
            terminal.until(question)
            ran = terminal.interrupt()
        assert (ran.status, ran.out, ran.err) == (130, "", "")

    def test_while_cognito_is_waited_for(self) -> None:
        with listening(NEVER) as listener:
            options = ("sign-in", "--username", "ana", *IDS, "--endpoint-url", listener.url)
            with at_terminal(*options) as terminal:
                terminal.answer("Password: ", "x")
                listener.wait_for_a_request()
                ran = terminal.interrupt()
        assert (ran.status, ran.out, ran.err) == (130, "", "")

    def test_leaves_the_terminal_as_it_was(self, served: Served) -> None:
        with at_terminal(*sign_in(served, "zoe")) as terminal:
            terminal.until("Password: ")
            assert not terminal.shows_what_is_typed()
            terminal.interrupt()
            assert terminal.shows_what_is_typed()

    def test_of_a_profile_that_was_to_be_made(self) -> None:
        with at_terminal("profiles", "add", "web", *IDS) as terminal:
            terminal.until("Client secret: ")
            assert terminal.interrupt().status == 130
        assert profiles() == []


class TestTermination:
    def test_at_a_question(self, served: Served) -> None:
        with at_terminal(*sign_in(served, "zoe")) as terminal:
            terminal.until("Password: ")
            terminal.process.send_signal(signal.SIGTERM)
            ran = terminal.end()
            assert terminal.shows_what_is_typed()
        assert (ran.status, ran.out, ran.err) == (143, "", "")


class TestProfiles:
    def test_the_secret_is_asked_for_and_not_shown(self) -> None:
        """Without a keyring it is kept nowhere; with one, see test_keyring.py."""
        with at_terminal("profiles", "add", "web", *IDS) as terminal:
            terminal.answer("Client secret: ", "")
            terminal.answer("Client secret: ", "hunter2" * 6)
            ran = terminal.end()
        assert ran.status == 6
        assert "hunter2" not in terminal.screen + ran.err

    @pytest.mark.parametrize("reply", ["y", "Y", "yes"])
    def test_removing_asks_first(self, reply: str) -> None:
        here("profiles", "add", "web", *IDS, "--no-secret")
        with at_terminal("profiles", "remove", "web") as terminal:
            terminal.answer("Remove profile 'web'? [y/N]: ", reply)
            ran = terminal.end()
        assert (ran.status, ran.out, ran.err) == (0, "", "")
        assert profiles() == []

    @pytest.mark.parametrize("reply", ["", "n", "web", "yess"])
    def test_any_other_answer_keeps_it(self, reply: str) -> None:
        here("profiles", "add", "web", *IDS, "--no-secret")
        with at_terminal("profiles", "remove", "web") as terminal:
            terminal.answer("[y/N]: ", reply)
            ran = terminal.end()
        assert (ran.status, ran.err) == (0, "Nothing was removed.\n")
        assert profiles() == ["web"]

    def test_with_yes_nothing_is_asked(self) -> None:
        here("profiles", "add", "web", *IDS, "--no-secret")
        with at_terminal("profiles", "remove", "web", "--yes") as terminal:
            assert terminal.end().status == 0
        assert terminal.screen == ""
