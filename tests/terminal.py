"""A program in a real terminal: tmux holds the screen, the test presses the keys."""

from __future__ import annotations

import os
import shlex
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

PATIENCE: Final = 30.0
"""Seconds until what does not appear is taken to be missing."""

POLL: Final = 0.06
"""Seconds between two looks: each is a process of tmux's."""

STILL: Final = 0.2
"""Seconds without a change after which nothing more is expected to move."""


class Terminal:
    """One program on one screen."""

    def __init__(self, directory: Path) -> None:
        self._socket = directory / "tmux"
        self._status = directory / "status"

    def tmux(self, *words: str, check: bool = True) -> str:
        """Run a tmux command on this terminal's own server."""
        done = subprocess.run(
            ["tmux", "-S", str(self._socket), "-f", "/dev/null", *words],
            capture_output=True,
            text=True,
            check=check,
            # readline, once imported, sets COLUMNS and LINES behind Python's back
            env=dict(os.environ),
        )
        return done.stdout

    @property
    def screen(self) -> str:
        """What is on the screen now."""
        return self.tmux("capture-pane", "-p")

    @property
    def everything(self) -> str:
        """What is on the screen, and what has scrolled away above it."""
        return self.tmux("capture-pane", "-p", "-S", "-")

    def keys(self, *names: str) -> None:
        """Press keys by tmux's names (Enter, Tab, Escape, Down, F2, C-q)."""
        self.tmux("send-keys", *names)

    def type(self, text: str) -> None:
        """Send characters, in one burst."""
        self.tmux("send-keys", "-l", text)

    def paste(self, text: str) -> None:
        """Paste as a terminal does: in brackets, when the program asks for them."""
        self.tmux("set-buffer", "-b", "pasted", text)
        self.tmux("paste-buffer", "-p", "-d", "-b", "pasted")

    def click(self, words: str) -> None:
        """Press and release the left button where `words` begin, once they stand still there."""
        screen = self._at_rest()
        for row, line in enumerate(screen.splitlines(), 1):
            if (column := line.find(words)) >= 0:
                for button in ("M", "m"):
                    self.type(f"\x1b[<0;{column + 1};{row}{button}")
                return
        raise AssertionError(f"{words!r} is not on the screen:\n{screen}")

    def _at_rest(self) -> str:
        """Wait until nothing on the screen changes for a moment; give the screen."""
        until = time.monotonic() + PATIENCE
        before = ""
        while (screen := self.screen) != before and time.monotonic() < until:
            before = screen
            time.sleep(STILL)
        return screen

    def sees(self, *words: str) -> str:
        """Wait until the screen shows all of `words`; give the screen."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            screen = self.screen
            if all(word in screen for word in words):
                return screen
            time.sleep(POLL)  # a screen tells nobody that it has changed
        raise AssertionError(f"never saw {words}. The screen is:\n{self.screen}")

    def holds(self, text: str) -> bool:
        """Wait until the clipboard of this terminal holds `text`; with tmux's `set-clipboard on`."""
        until = time.monotonic() + PATIENCE
        while (held := self.tmux("show-buffer", check=False)) != text and time.monotonic() < until:
            time.sleep(POLL)
        return held == text

    def ended(self) -> int:
        """Wait until the program has ended; give its exit status."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            if self._status.exists() and (status := self._status.read_text(encoding="utf-8").strip()):
                return int(status)
            time.sleep(POLL)
        raise AssertionError(f"still running. The screen is:\n{self.screen}")

    def ends_with(self, status: int) -> None:
        """Wait until the program has ended, and hold it to its exit status."""
        ended = self.ended()
        assert ended == status, f"ended with {ended}, not {status}. The screen is:\n{self.everything}"

    def close(self) -> None:
        """Close the terminal, whatever runs in it."""
        self.tmux("kill-server", check=False)

    @property
    def process(self) -> int:
        """The program's process id."""
        shell = self.tmux("display-message", "-p", "#{pane_pid}").strip()
        return int(subprocess.run(["pgrep", "-P", shell], capture_output=True, text=True, check=True).stdout)

    def start(self, command: Sequence[str], size: tuple[int, int], environment: Mapping[str, str]) -> None:
        """Run `command`; what ends it is written down, since tmux does not always know."""
        width, height = (str(each) for each in size)
        options = ("status", "off"), ("remain-on-exit", "on"), ("window-size", "manual")
        settings = [word for name, value in options for word in (";", "set", "-g", name, value)]
        self.tmux("new-session", "-d", "-x", width, "-y", height, "sleep 1000", *settings)
        self.tmux("set", "-s", "escape-time", "0")
        self.tmux("resize-window", "-x", width, "-y", height)
        variables = [word for name, value in environment.items() for word in ("-e", f"{name}={value}")]
        told = f'"$@"; echo $? >{shlex.quote(str(self._status))}'
        self.tmux("respawn-pane", "-k", *variables, "--", "sh", "-c", told, "sh", *command)


def gone(process: int) -> bool:
    """Wait until a process has ended."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        state = ["ps", "-o", "stat=", "-p", str(process)]
        shown = subprocess.run(state, capture_output=True, text=True, check=False).stdout
        if not shown.strip() or shown.startswith("Z"):  # ended, or nobody has taken note of it yet
            return True
        time.sleep(POLL)
    return False


@contextmanager
def terminal(
    command: Sequence[str], size: tuple[int, int] = (120, 40), environment: Mapping[str, str] | None = None
) -> Iterator[Terminal]:
    """Run `command` in a terminal of `size`; the terminal and what runs in it end with it."""
    with tempfile.TemporaryDirectory() as directory:
        screen = Terminal(Path(directory))
        try:
            screen.start(
                command, size, {"TERM": "tmux-256color", "COLORTERM": "truecolor", **(environment or {})}
            )
            yield screen
        finally:
            screen.close()
