"""`--answers`: which answer serves which challenge, and what happens when one is missing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from cognito_tui.cognito.model import UserStatus
from tests.aws.listener import Listener, answer, listening, nobody_at, refusal
from tests.cli.running import Ran, here
from tests.cli.served import NEW_PASSWORD, Served
from tests.dialogue import SESSION, TOKENS, new_password_required

CLIENT = ("--user-pool-id", "local_Testing1", "--client-id", "someclient", "--no-secret")
NEEDED = {
    "PASSWORD": "Ben-temporary-1",
    "NEW_PASSWORD": NEW_PASSWORD,
    "userAttributes.given_name": "Ben",
    "userAttributes.phone_number": "+351912345678",
}
TOO_SHORT = refusal(
    "InvalidPasswordException", "Password did not conform with policy: Password not long enough"
)


def challenge(name: str, **parameters: str) -> bytes:
    return answer({"ChallengeName": name, "Session": SESSION, "ChallengeParameters": parameters})


def required(*attributes: str) -> bytes:
    names = json.dumps([f"userAttributes.{each}" for each in attributes])
    return answer(new_password_required(requiredAttributes=names))


def ask(served: Served, answers: dict[str, Any], username: str = "ben") -> Ran:
    return here(*served.sign_in(username), stdin=served.stdin(username, json.dumps(answers)))


def tell(listener: Listener, answers: dict[str, Any]) -> Ran:
    return here(
        *("sign-in", "--username", "ana", *CLIENT, "--endpoint-url", listener.url, "--answers", "-"),
        stdin=json.dumps(answers),
    )


def responses(listener: Listener) -> list[dict[str, str]]:
    """ChallengeResponses of each answer, without the username."""
    return [
        {name: value for name, value in request.params["ChallengeResponses"].items() if name != "USERNAME"}
        for request in listener.requests
        if "ChallengeResponses" in request.params
    ]


class TestServing:
    def test_by_cognitos_own_names(self, served: Served) -> None:
        assert ask(served, NEEDED).status == 0
        assert served.status("ben") is UserStatus.CONFIRMED

    def test_an_attribute_nobody_asks_for_is_sent_as_well(self) -> None:
        with listening(required("given_name"), answer(TOKENS)) as listener:
            assert tell(listener, {**NEEDED, "userAttributes.nickname": "b"}).status == 0
        assert responses(listener) == [
            {
                "NEW_PASSWORD": NEW_PASSWORD,
                "userAttributes.given_name": "Ben",
                "userAttributes.phone_number": "+351912345678",
                "userAttributes.nickname": "b",
            }
        ]

    def test_qualified_beats_plain(self) -> None:
        answers = {**NEEDED, "NEW_PASSWORD": "Plain", "NEW_PASSWORD_REQUIRED.NEW_PASSWORD": "Qualified"}
        answers["NEW_PASSWORD_REQUIRED.userAttributes.given_name"] = "Benjamin"
        with listening(required("given_name"), answer(TOKENS)) as listener:
            ran = tell(listener, answers)
        (given,) = responses(listener)
        assert (given["NEW_PASSWORD"], given["userAttributes.given_name"]) == ("Qualified", "Benjamin")
        assert ran.err.splitlines() == [
            "warning: --answers: NEW_PASSWORD was not used",
            "warning: --answers: userAttributes.given_name was not used",
        ]

    def test_qualified_by_another_challenge_does_not_serve(self) -> None:
        with listening(challenge("CUSTOM_CHALLENGE")) as listener:
            ran = tell(listener, {"PASSWORD": "x", "SELECT_MFA_TYPE.ANSWER": "SMS_MFA"})
        assert ran.status == 3

    def test_a_string_serves_once_for_each_challenge(self) -> None:
        with listening(challenge("ONE"), challenge("OTHER"), answer(TOKENS)) as listener:
            assert tell(listener, {"PASSWORD": "x", "ANSWER": "same"}).status == 0
        assert responses(listener) == [{"ANSWER": "same"}, {"ANSWER": "same"}]

    def test_a_string_does_not_serve_the_same_challenge_twice(self) -> None:
        """CUSTOM_CHALLENGE comes again without an error when its answer was wrong."""
        with listening(challenge("ONE"), challenge("ONE", attempt="2"), answer(TOKENS)) as listener:
            ran = tell(listener, {"PASSWORD": "x", "ANSWER": "same"})
        assert ran.status == 3
        assert json.loads(ran.err)["ChallengeParameters"] == {"attempt": "2"}
        assert responses(listener) == [{"ANSWER": "same"}]

    def test_a_list_gives_one_item_a_time(self) -> None:
        with listening(challenge("ONE"), challenge("ONE"), challenge("OTHER"), answer(TOKENS)) as listener:
            assert tell(listener, {"PASSWORD": ["x"], "ANSWER": ["first", "second", "third"]}).status == 0
        assert responses(listener) == [{"ANSWER": "first"}, {"ANSWER": "second"}, {"ANSWER": "third"}]

    def test_unused_keys_are_a_warning(self, served: Served) -> None:
        ran = ask(served, {**NEEDED, "SMS_MFA_CODE": "123456", "Typo\x1b": "y"})
        assert ran.status == 0
        assert json.loads(ran.out)
        assert ran.err == (
            "warning: --answers: SMS_MFA_CODE was not used\nwarning: --answers: Typo\\x1b was not used\n"
        )


class TestRefused:
    def test_the_next_of_a_list_is_given(self, served: Served) -> None:
        assert ask(served, {**NEEDED, "NEW_PASSWORD": ["short", "Still-no-digit", NEW_PASSWORD]}).status == 0
        assert served.status("ben") is UserStatus.CONFIRMED

    def test_with_what_was_given_beside_it(self) -> None:
        with listening(required("given_name"), TOO_SHORT, answer(TOKENS)) as listener:
            tell(listener, {**NEEDED, "NEW_PASSWORD": ["short", NEW_PASSWORD]})
        first, second = responses(listener)
        assert first | {"NEW_PASSWORD": NEW_PASSWORD} == second

    def test_the_next_password_answers_the_challenge_of_that_name(self) -> None:
        wrong = refusal("NotAuthorizedException", "Incorrect username or password.")
        with listening(challenge("PASSWORD"), wrong, answer(TOKENS)) as listener:
            command = ("sign-in", "--username", "ana", *CLIENT, "--endpoint-url", listener.url)
            ran = here(
                *command, "--flow", "CUSTOM_AUTH", "--answers", "-", stdin='{"PASSWORD": ["one", "other"]}'
            )
        assert ran.status == 0
        assert responses(listener) == [{"PASSWORD": "one"}, {"PASSWORD": "other"}]

    def test_when_it_was_the_last_answer_there_is(self, served: Served) -> None:
        ran = ask(served, {**NEEDED, "NEW_PASSWORD": ["short", "short again"]})
        assert (ran.status, ran.out) == (1, "")
        assert ran.first.startswith("cognito-tui: RespondToAuthChallenge: InvalidPasswordException: ")
        assert "The new password does not meet the pool's password policy." in ran.err
        assert served.status("ben") is UserStatus.FORCE_CHANGE_PASSWORD

    @pytest.mark.parametrize(
        "said",
        [
            b"",
            refusal("TooManyRequestsException"),
            refusal("InternalErrorException", status=500),
            refusal("NotAuthorizedException", "Invalid session for the user, session is expired."),
            answer(b"<html>", 502),
        ],
    )
    def test_for_another_reason_than_the_answer_no_other_is_tried(
        self, said: bytes, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A lost answer may have been taken, and a Session that is over takes none."""
        monkeypatch.setattr("cognito_tui.aws.client.PAUSES", (0.0, 0.0))
        with listening(required(), said) as listener:
            ran = tell(listener, {"PASSWORD": "x", "NEW_PASSWORD": ["One-password-1", "Two-password-2"]})
        assert (ran.status, ran.out) == (4 if said[:12] in {b"", b"HTTP/1.1 502"} else 1, "")
        assert {each["NEW_PASSWORD"] for each in responses(listener)} == {"One-password-1"}


class TestTheChoiceOfThePassword:
    """USER_AUTH: the choice carries the password, so it is refused where the password is wrong."""

    def ask(self, served: Served, answers: dict[str, Any]) -> Ran:
        command = (*served.sign_in("ada"), "--flow", "USER_AUTH")
        return here(*command, stdin=served.stdin("ada", json.dumps(answers)))

    @pytest.mark.parametrize(
        "choice", ["PASSWORD", ["PASSWORD"], ["PASSWORD", "PASSWORD"]], ids=["text", "one", "list"]
    )
    def test_is_made_again_while_there_are_passwords(self, served: Served, choice: str | list[str]) -> None:
        passwords = ["Wrong-made-up-1", "Wrong-made-up-2", served.password("ada")]
        ran = self.ask(served, {"ANSWER": choice, "PASSWORD": passwords})
        assert (ran.status, ran.err) == (0, "")

    @pytest.mark.parametrize("choice", ["PASSWORD", ["PASSWORD"] * 5], ids=["text", "list"])
    @pytest.mark.parametrize(
        "passwords", ["Wrong-made-up-1", ["Wrong-made-up-1", "Wrong-made-up-2"]], ids=["text", "list"]
    )
    def test_ends_with_the_last_password(
        self, served: Served, choice: str | list[str], passwords: str | list[str]
    ) -> None:
        ran = self.ask(served, {"ANSWER": choice, "PASSWORD": passwords})
        assert (ran.status, ran.out) == (1, "")
        assert ran.first == (
            "cognito-tui: RespondToAuthChallenge: NotAuthorizedException: Incorrect username or password."
        )

    def test_gives_way_to_the_next_choice(self, served: Served) -> None:
        answers = {"ANSWER": ["PASSWORD", "PASSWORD_SRP"], "PASSWORD": ["Wrong", served.password("ada")]}
        assert self.ask(served, answers).status == 0

    def test_without_any_password_the_password_is_missing(self, served: Served) -> None:
        ran = self.ask(served, {"ANSWER": "PASSWORD"})
        assert ran.status == 3
        assert json.loads(ran.err)["ChallengeName"] == "PASSWORD"


class TestMissing:
    """Exit 3, and one line of JSON on stderr."""

    @pytest.mark.parametrize("answers", [{}, {"NEW_PASSWORD": "x"}, {"PASSWORD": []}])
    def test_the_password(self, answers: dict[str, Any]) -> None:
        ran = here(
            *("sign-in", "--username", "ana", *CLIENT, "--endpoint-url", nobody_at(), "--answers", "-"),
            stdin=json.dumps(answers),
        )
        assert (ran.status, ran.out) == (3, "")
        assert json.loads(ran.err) == {"ChallengeName": "", "ChallengeParameters": {}, "Fields": ["PASSWORD"]}

    def test_an_answer_to_a_challenge(self, served: Served) -> None:
        answers = {name: value for name, value in NEEDED.items() if "given_name" not in name}
        ran = ask(served, answers)
        assert (ran.status, ran.out) == (3, "")
        assert ran.err.count("\n") == 1
        wanted = json.loads(ran.err)
        assert wanted["ChallengeName"] == "NEW_PASSWORD_REQUIRED"
        assert json.loads(wanted["ChallengeParameters"]["requiredAttributes"]) == [
            "userAttributes.given_name",
            "userAttributes.phone_number",
        ]
        assert wanted["Fields"] == ["userAttributes.given_name"]
        assert served.status("ben") is UserStatus.FORCE_CHANGE_PASSWORD

    def test_an_empty_list_was_never_given(self, served: Served) -> None:
        assert ask(served, {**NEEDED, "NEW_PASSWORD": []}).status == 3

    def test_to_a_challenge_nobody_knows(self) -> None:
        """Whatever its parameters hold, the line is JSON."""
        with listening(challenge("X_CHALLENGE", hint="\x1b[31m\u200b\x7f日本\u2028", image="{}")) as listener:
            ran = tell(listener, {"PASSWORD": "x"})
        assert ran.status == 3
        assert ran.err.isascii()
        assert json.loads(ran.err) == {
            "ChallengeName": "X_CHALLENGE",
            "ChallengeParameters": {"hint": "\x1b[31m\u200b\x7f日本\u2028", "image": "{}"},
            "Fields": ["ANSWER"],
        }

    def test_without_answers_and_without_a_terminal(self, served: Served) -> None:
        ran = here("sign-in", "--username", "zoe", *served.options("zoe"))
        assert (ran.status, ran.out) == (3, "")
        assert json.loads(ran.err)["Fields"] == ["PASSWORD"]


class TestDamaged:
    """Checked whole before the first call."""

    def end(self, source: str, stdin: bytes, sentence: str) -> None:
        with listening(answer(TOKENS)) as listener:
            here(
                *("sign-in", "--username", "ana", *CLIENT, "--endpoint-url", listener.url),
                *("--answers", source),
                stdin=stdin,
            ).failed(2, f"cognito-tui: --answers: {sentence}")
        assert listener.requests == []

    @pytest.mark.parametrize(
        ("content", "sentence"),
        [
            (b"", "not JSON, line 1"),
            (b'{"PASSWORD": "x",\n\n}', "not JSON, line 3"),
            (b'{"PASSWORD": "x"}\n{}', "not JSON, line 2"),
            (b"[]", "not a JSON object"),
            (b'"hunter2"', "not a JSON object"),
            (b"null", "not a JSON object"),
            (b'{"PASSWORD": 5}', "PASSWORD is neither a string nor a list of strings"),
            (b'{"PASSWORD": null}', "PASSWORD is neither a string nor a list of strings"),
            (b'{"PASSWORD": {"a": "b"}}', "PASSWORD is neither a string nor a list of strings"),
            (b'{"PASSWORD": "x", "LATER": ["x", 5]}', "LATER is neither a string nor a list of strings"),
            (b'{"PASSWORD": "x", "LATER": [["x"]]}', "LATER is neither a string nor a list of strings"),
            (b'{"PASSWORD": "hunter2\xff"}', "not text in UTF-8"),
            (b"[" * 100_000, "not a JSON object of strings and lists of strings"),
            (b'{"PASSWORD": ' + b"9" * 5000 + b"}", "not a JSON object of strings and lists of strings"),
        ],
    )
    def test_content(self, content: bytes, sentence: str, tmp_path: Path) -> None:
        self.end("-", content, sentence)
        file = tmp_path / "answers.json"
        file.write_bytes(content)
        self.end(str(file), b"", sentence)

    def test_a_file_that_is_not_there(self, tmp_path: Path) -> None:
        self.end(str(tmp_path / "nowhere"), b"", "No such file or directory")

    @pytest.mark.parametrize("source", [".", ""])
    def test_a_directory(self, source: str) -> None:
        self.end(source, b"", "Is a directory")

    def test_no_value_is_repeated(self) -> None:
        ran = here(
            *("sign-in", "--username", "ana", *CLIENT, "--endpoint-url", nobody_at(), "--answers", "-"),
            stdin=b'{"PASSWORD": "hunter2", "NEW_PASSWORD": ["hunter3", 4], ',
        )
        assert ran.status == 2
        assert "hunter" not in ran.err


class TestAfterTheSecret:
    @pytest.mark.parametrize("ending", ["\n", "\r\n"])
    def test_stdin_goes_on_with_the_answers(self, served: Served, ending: str) -> None:
        stdin = f"{served.secret('ana')}{ending}" + '{\n"PASSWORD":\n"Ana-made-up-1"}\n'
        assert here(*served.sign_in("ana"), stdin=stdin).status == 0

    def test_the_answers_may_be_in_a_file(self, served: Served, tmp_path: Path) -> None:
        file = tmp_path / "answers.json"
        file.write_text('{"PASSWORD": "Ana-made-up-1"}')
        ran = here(
            *("sign-in", "--username", "ana", *served.options("ana"), "--answers", str(file)),
            *("--flow", "USER_PASSWORD_AUTH"),
            stdin=f"{served.secret('ana')}\nsomething that nobody reads",
        )
        assert ran.status == 0

    def test_nothing_after_it_is_no_answer(self, served: Served) -> None:
        here(*served.sign_in("ana"), stdin=f"{served.secret('ana')}\n").failed(
            2, "cognito-tui: --answers: not JSON, line 1"
        )
