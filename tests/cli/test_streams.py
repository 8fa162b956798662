"""What each stream carries, when it is a pipe, when it is closed, when it is full."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.aws.listener import NEVER, listening
from tests.cli.running import COMMAND, PATIENCE, alone, here, running
from tests.cli.served import Served

CLIENT = ("--user-pool-id", "local_Testing1", "--client-id", "4f8k2mq0v7t1s9d3a6h5j8n1cp", "--no-secret")
HASH = ("secret-hash", "--username", "ana", "--client-id", "short", "--secret-stdin")


def shell(line: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """`line` in a POSIX shell, where `$command` is the command."""
    return subprocess.run(
        ["sh", "-c", line],
        input=stdin,
        capture_output=True,
        env={**os.environ, "command": " ".join(COMMAND)},
        timeout=PATIENCE,
        check=False,
        start_new_session=True,
    )


def spoken(done: subprocess.CompletedProcess[bytes]) -> tuple[str, str]:
    return done.stdout.decode(), done.stderr.decode()


class TestAClosedPipe:
    @pytest.mark.parametrize("command", ["--help", "--version", "locate", "profiles list --json"])
    def test_ends_silently(self, command: str) -> None:
        """The reader is gone before anything is written."""
        done = shell(f"$command {command} | true")
        assert done.stderr == b""

    @pytest.mark.parametrize("command", ["--help", "locate", "sandbox --json"])
    def test_the_status_is_none_of_a_failure(self, command: str) -> None:
        with subprocess.Popen(
            [*COMMAND, *command.split()], stdout=subprocess.PIPE, stderr=subprocess.PIPE
        ) as process:
            assert process.stdout
            assert process.stderr
            process.stdout.close()
            assert process.stderr.read().decode().replace("stopped\n", "") == ""
            assert process.wait(PATIENCE) == 0

    def test_one_byte_of_tokens_is_enough(self, served: Served, tmp_path: Path) -> None:
        answers = tmp_path / "answers.json"
        answers.write_text('{"PASSWORD": "Zoe-made-up-1"}')
        options = " ".join((*served.options("zoe"), "--flow", "USER_PASSWORD_AUTH"))
        done = shell(f"$command sign-in --username zoe {options} --answers {answers} | head -c1")
        assert spoken(done) == ("{", "")


class TestAStreamThatIsNotThere:
    def test_no_stderr_does_not_send_messages_to_stdout(self) -> None:
        done = shell(f"$command {' '.join(HASH)} 2>&-; echo status $?", b"short\n")
        first, _, rest = done.stdout.decode().partition("\n")
        assert len(first) == 44
        assert rest == "status 0\n"

    @pytest.mark.parametrize("command", ["nonsense", "sandbox --port nonsense", "secret-hash"])
    def test_no_stderr_and_a_failure(self, command: str) -> None:
        assert shell(f"$command {command} 2>&-; echo status $?").stdout == b"status 2\n"

    def test_no_stdout(self) -> None:
        done = shell("$command locate >&-; echo status $? >&2")
        assert spoken(done) == ("", "status 0\n")

    def test_no_stdin(self) -> None:
        done = shell(f"$command {' '.join(HASH)} <&-; echo status $? >&2")
        assert spoken(done) == (
            "",
            "cognito-tui: the first line of stdin is empty: it has to be the client secret\nstatus 2\n",
        )

    def test_no_stdin_for_answers(self) -> None:
        done = shell(
            f"$command sign-in --username ana {' '.join(CLIENT)} --answers - <&-; echo status $? >&2"
        )
        assert spoken(done) == ("", "cognito-tui: --answers: not JSON, line 1\nstatus 2\n")

    def test_nobody_reads_stderr(self) -> None:
        done = shell(f"{{ $command {' '.join(HASH)} 3>&1 1>&4 2>&3 | true; }} 4>&1", b"short\n")
        assert len(done.stdout) == 45

    @pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a device that is full")
    def test_no_room_for_the_result(self) -> None:
        done = shell("$command locate >/dev/full; echo status $? >&2")
        assert spoken(done) == ("", "cognito-tui: No space left on device\nstatus 2\n")


class TestALocaleThatIsNotUtf8:
    def test_what_it_cannot_show_is_told_and_nothing_is_half_shown(self) -> None:
        for name in ("web", "日本"):
            here("profiles", "add", name, *CLIENT)
        for command in (("list",), ("list", "--json"), ("show", "日本")):
            ran = alone("profiles", *command, PYTHONIOENCODING="latin-1")
            ran.failed(2, "cognito-tui: this locale cannot show the result. Try: LC_ALL=C.UTF-8 cognito-tui")

    def test_what_it_can_show_is_shown(self) -> None:
        here("profiles", "add", "web", *CLIENT)
        assert alone("profiles", "list", PYTHONIOENCODING="latin-1").out.startswith("web\t")

    def test_plain_c_is_rescued_by_python(self) -> None:
        here("profiles", "add", "日本", *CLIENT)
        assert alone("profiles", "list", LC_ALL="C", LANG="C").out.startswith("日本\t")


class TestTheWholeCommand:
    def test_stdout_has_the_result_and_stderr_the_rest(self, served: Served) -> None:
        stdin = served.stdin("ana", '{"PASSWORD": "Ana-made-up-1", "OTHER": "x"}')
        ran = alone(*served.sign_in("ana"), stdin=stdin)
        assert set(json.loads(ran.out)) >= {"IdToken", "AccessToken", "RefreshToken"}
        assert ran.out.endswith("}\n")
        assert (ran.status, ran.err) == (0, "warning: --answers: OTHER was not used\n")

    def test_cognitos_words_are_the_first_line_of_stderr(self, served: Served) -> None:
        stdin = served.stdin("ana", '{"PASSWORD": "Wrong-made-up-1"}')
        ran = alone(*served.sign_in("ana"), "--show-conversation", stdin=stdin)
        assert (ran.status, ran.out) == (1, "")
        assert (
            ran.first == "cognito-tui: InitiateAuth: NotAuthorizedException: Incorrect username or password."
        )

    def test_without_a_terminal_nothing_is_asked(self, served: Served) -> None:
        ran = alone("sign-in", "--username", "zoe", *served.options("zoe"), stdin="Zoe-made-up-1\n")
        assert (ran.status, ran.out) == (3, "")
        assert json.loads(ran.err)["Fields"] == ["PASSWORD"]

    @pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
    def test_a_signal_ends_it_in_the_middle_of_a_call(self, number: signal.Signals, status: int) -> None:
        with listening(NEVER) as listener:
            options = (
                "sign-in",
                "--username",
                "ana",
                *CLIENT,
                "--endpoint-url",
                listener.url,
                "--answers",
                "-",
            )
            with running(*options, stdin=subprocess.PIPE) as process:
                assert process.stdin
                process.stdin.write(b'{"PASSWORD": "x"}')
                process.stdin.close()
                process.stdin = None
                listener.wait_for_a_request()
                process.send_signal(number)
                out, err = process.communicate(timeout=PATIENCE)
        assert (process.returncode, out, err) == (status, b"", b"")

    def test_a_flaw_of_ours_is_a_traceback_without_values(self) -> None:
        """Python's own shows no locals; this is to notice when anything else is put in its place."""
        program = (
            "import sys\nfrom cognito_tui.cli import main\n"
            "def flawed(arguments):\n    secret = 'hunter' + '2'\n    raise LookupError\n"
            "main._carried_out = flawed\nsys.exit(main.run([]))\n"
        )
        done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
        assert done.returncode == 1
        assert "LookupError" in done.stderr
        assert "hunter2" not in done.stderr


class TestTheApp:
    @pytest.mark.parametrize("command", [(), ("demo",), ("--profile", "web")])
    def test_without_a_terminal_is_one_sentence(self, command: tuple[str, ...]) -> None:
        ran = alone(*command)
        assert (ran.status, ran.out) == (2, "")
        assert ran.err == (
            "cognito-tui: The app needs a terminal. For scripts there are commands: cognito-tui --help\n"
        )

    def test_nothing_is_made_before_that(self, tmp_path: Path) -> None:
        alone("demo")
        assert [each.name for each in tmp_path.iterdir()] == ["home"]
