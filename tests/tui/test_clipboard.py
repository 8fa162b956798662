from __future__ import annotations

import base64
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cognito_tui.tui import clipboard
from cognito_tui.tui.clipboard import Copied, clear_if_ours, native_tool
from tests.parts import need
from tests.tui.clipboards import StandIns, x_server

HASH = "qJ8s0fYv3mT6uXb1cZ4dE7gH2iK5lN9oP0rS+/wQxAa="
"""Made up, of a SECRET_HASH's shape."""

OVER_SSH = {"SSH_CONNECTION": "192.0.2.1 50000 192.0.2.2 22", "TERM": "xterm-256color"}
LOCAL_X = {"DISPLAY": ":7", "TERM": "xterm-256color"}


@pytest.fixture
def tools(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> StandIns:
    """Nothing is on the PATH but what the test installs."""
    directory = tmp_path / "tools"
    directory.mkdir()
    monkeypatch.setenv("PATH", str(directory))
    return StandIns(directory)


class Terminal:
    """Takes control sequences."""

    def __init__(self) -> None:
        self.written: list[str] = []

    def copy(self, environment: dict[str, str], text: str = HASH) -> Copied:
        return clipboard.copy(text, self.written.append, environment)

    @property
    def clipboard(self) -> list[str]:
        """What one that takes OSC 52 has been given."""
        return [
            base64.b64decode(sequence.removeprefix("\x1b]52;c;").removesuffix("\a")).decode()
            for sequence in self.written
        ]


@pytest.fixture
def terminal() -> Terminal:
    return Terminal()


@pytest.mark.parametrize(
    ("environment", "installed", "used"),
    [
        (LOCAL_X, ("xclip", "xsel"), "xclip"),
        (LOCAL_X, ("xsel",), "xsel"),
        ({"WAYLAND_DISPLAY": "wayland-0", **LOCAL_X}, ("wl-copy", "wl-paste", "xclip"), "wl-copy"),
        ({"WAYLAND_DISPLAY": "wayland-0", **LOCAL_X}, ("wl-copy", "xclip"), "xclip"),
        ({"TMUX": "/tmp/tmux-1/default,1,0", **LOCAL_X}, ("xclip", "tmux"), "xclip"),
        ({**OVER_SSH, "DISPLAY": "localhost:10.0"}, ("xclip",), "xclip"),
    ],
    ids=["xclip", "xsel", "wayland", "wayland without wl-paste", "local tmux", "ssh -X"],
)
def test_on_the_screen_of_this_machine_its_own_tool_is_used_and_it_is_known_to_have_arrived(
    tools: StandIns, terminal: Terminal, environment: dict[str, str], installed: tuple[str, ...], used: str
) -> None:
    tools.install(*installed)
    copied = terminal.copy(environment)
    assert (copied.sentence, copied.tool) == ("Copied", native_tool(environment))
    assert tools.held == HASH.encode()
    assert tools.used == [used]
    assert terminal.written == []


def test_on_macos(tools: StandIns, terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    tools.install("pbcopy", "pbpaste")
    copied = terminal.copy({"TERM_PROGRAM": "Apple_Terminal"})
    assert copied.sentence == "Copied"
    assert tools.held == HASH.encode()


def test_on_windows_subsystem_for_linux(tools: StandIns, terminal: Terminal) -> None:
    tools.install("clip.exe", "powershell.exe")
    copied = terminal.copy({"WSL_DISTRO_NAME": "Debian"}, "naïve")
    assert copied.sentence == "Copied"
    assert tools.held == "naïve".encode("utf-16-le")


def test_in_tmux_its_own_way_is_used_which_leaves_no_buffer_behind(
    tools: StandIns, terminal: Terminal
) -> None:
    tools.install("tmux")
    copied = terminal.copy({"TMUX": "/tmp/tmux-1/default,1,0", **OVER_SSH})
    assert copied == Copied("Sent to your terminal through tmux; paste to check")
    assert tools.held == HASH.encode()
    load, delete = tools.calls
    name = load.split()[4]
    assert load == f"tmux load-buffer -w -b {name} -"
    assert delete == f"tmux delete-buffer -b {name}"
    assert terminal.written == []


def test_a_tmux_too_old_for_it_gets_what_any_terminal_gets(tools: StandIns, terminal: Terminal) -> None:
    tools.install_as("tmux", "exit 1")
    copied = terminal.copy({"TMUX": "/tmp/tmux-1/default,1,0", **OVER_SSH, "TERM": "screen-256color"})
    assert terminal.clipboard == [HASH]
    assert copied.sentence == "Sent to your terminal; paste to check"


def test_elsewhere_the_terminal_is_asked_and_nothing_is_claimed(terminal: Terminal, tools: StandIns) -> None:
    tools.install("xclip")
    copied = terminal.copy({**OVER_SSH, "DISPLAY": ":0"})
    assert terminal.clipboard == [HASH]
    assert copied == Copied("Sent to your terminal; paste to check")
    assert tools.calls == []


def test_gnu_screen_hands_it_on_when_it_is_wrapped(terminal: Terminal, tools: StandIns) -> None:
    terminal.copy({"TERM": "screen.xterm-256color"})
    (written,) = terminal.written
    assert written.startswith("\x1bP\x1b]52;c;")
    assert written.endswith("\a\x1b\\")


def test_a_tmux_on_the_other_side_of_ssh_is_named(terminal: Terminal, tools: StandIns) -> None:
    copied = terminal.copy({**OVER_SSH, "TERM": "tmux-256color"})
    assert copied.sentence.endswith("without: set -s set-clipboard on")


@pytest.mark.parametrize("variable", [{"TERM_PROGRAM": "Apple_Terminal"}, {"VTE_VERSION": "7006"}])
def test_a_terminal_that_takes_none_is_sent_none(
    terminal: Terminal, tools: StandIns, variable: dict[str, str]
) -> None:
    copied = terminal.copy({**OVER_SSH, **variable})
    assert copied == Copied("This terminal takes no clipboard from programs", sent=False)
    assert terminal.written == []


@pytest.mark.parametrize(
    "does", ["exit 1", 'echo "Error: Can\'t open display" >&2; exit 1', "kill -9 $$", "exec /bin/sleep 1000"]
)
def test_a_tool_that_fails_or_hangs_makes_room_for_the_next_way_without_a_word_on_the_screen(
    tools: StandIns,
    terminal: Terminal,
    does: str,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(clipboard, "PATIENCE", 0.2)
    tools.install_as("xclip", does)
    copied = terminal.copy(LOCAL_X)
    assert copied == Copied("Sent to your terminal; paste to check")
    assert terminal.clipboard == [HASH]
    assert capfd.readouterr() == ("", "")


def test_what_no_encoding_can_hold_is_copied_as_far_as_it_goes(tools: StandIns, terminal: Terminal) -> None:
    tools.install("xclip")
    terminal.copy(LOCAL_X, "a\ud800b")
    assert tools.held == b"a?b"
    terminal.copy({}, "a\ud800b")
    assert terminal.clipboard == ["a?b"]
    tool = native_tool(LOCAL_X)
    assert tool is not None
    assert clear_if_ours(tool, "a\ud800b")


@pytest.mark.parametrize(
    ("environment", "installed"),
    [
        (LOCAL_X, ("xclip",)),
        (LOCAL_X, ("xsel",)),
        ({"WAYLAND_DISPLAY": "wayland-0"}, ("wl-copy", "wl-paste")),
        ({"TMUX": "1"}, ("tmux",)),
    ],
    ids=lambda words: "" if isinstance(words, dict) else words[0],
)
def test_no_tool_is_told_the_value_where_the_process_list_shows_it(
    tools: StandIns, terminal: Terminal, environment: dict[str, str], installed: tuple[str, ...]
) -> None:
    tools.install(*installed)
    copied = terminal.copy(environment)
    if copied.tool:
        clear_if_ours(copied.tool, HASH)
    assert tools.held is not None
    assert len(tools.calls) >= 2
    assert HASH not in "".join(tools.calls)


@pytest.mark.parametrize("name", ["xclip", "xsel", "wl-copy"])
def test_what_is_ours_is_cleared_and_what_is_not_is_left_alone(
    tools: StandIns, terminal: Terminal, name: str
) -> None:
    tools.install(name, *(["wl-paste"] if name == "wl-copy" else []))
    tool = terminal.copy({"WAYLAND_DISPLAY": "wayland-0", "DISPLAY": ":7"}).tool
    assert tool is not None
    assert clear_if_ours(tool, HASH)
    assert tools.held == b""
    tools.hold("theirs")
    assert not clear_if_ours(tool, HASH)
    assert tools.held == b"theirs"


@pytest.mark.parametrize("does", ["exit 1", "exec /bin/sleep 1000"])
def test_a_clipboard_that_cannot_be_read_is_left_alone(
    tools: StandIns, terminal: Terminal, does: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clipboard, "PATIENCE", 0.2)
    tools.install("xclip")
    tool = terminal.copy(LOCAL_X).tool
    assert tool is not None
    tools.install_as("xclip", does)
    assert not clear_if_ours(tool, HASH)
    assert tools.held == HASH.encode()


class TestWithRealXclip:
    @pytest.fixture(autouse=True)
    def display(self, monkeypatch: pytest.MonkeyPatch) -> object:
        need("xclip")
        with x_server() as display:
            monkeypatch.setenv("DISPLAY", display)
            self.environment = {"DISPLAY": display}
            yield

    def holds(self, text: str) -> None:
        until = time.monotonic() + 20
        while self.on_it != text and time.monotonic() < until:
            pass
        assert self.on_it == text

    @property
    def on_it(self) -> str:
        read = ["xclip", "-selection", "clipboard", "-o"]
        done = subprocess.run(read, check=False, capture_output=True, text=True)
        return done.stdout

    def test_it_arrives_and_is_cleared_again(self, terminal: Terminal) -> None:
        copied = terminal.copy(self.environment)
        self.holds(HASH)
        assert copied.tool is not None
        assert clear_if_ours(copied.tool, HASH)
        assert self.on_it == ""

    def test_what_was_copied_since_stays(self, terminal: Terminal) -> None:
        tool = terminal.copy(self.environment, "a secret").tool
        terminal.copy(self.environment, "theirs")
        # xclip takes the selection a moment after it has gone to the background
        self.holds("theirs")
        assert tool is not None
        assert not clear_if_ours(tool, "a secret")
        assert self.on_it == "theirs"

    def test_a_display_that_is_gone_makes_room_for_the_next_way(
        self, terminal: Terminal, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
    ) -> None:
        """As in a tmux that outlives the desktop it was started on."""
        monkeypatch.setenv("DISPLAY", ":987")
        assert terminal.copy({"DISPLAY": ":987"}).tool is None
        assert terminal.clipboard == [HASH]
        assert capfd.readouterr() == ("", "")
