"""Clipboards to copy to: stand-in tools on the PATH, and a real X server without a screen."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

TAKES: Final = '/bin/cat >"$HERE/held"'
GIVES: Final = '/bin/cat "$HERE/held"'
TOOLS: Final = {
    "pbcopy": TAKES,
    "pbpaste": GIVES,
    "clip.exe": TAKES,
    "powershell.exe": GIVES,
    "wl-copy": f'case "$*" in *--clear*) : >"$HERE/held";; *) {TAKES};; esac',
    "wl-paste": GIVES,
    "xclip": f'case "$*" in *-out*) {GIVES};; *) {TAKES};; esac',
    "xsel": f'case "$*" in *-c*) : >"$HERE/held";; *-o*) {GIVES};; *) {TAKES};; esac',
    "tmux": f'case "$1" in load-buffer) {TAKES};; esac',
}
"""What each tool does with the one clipboard there is, as a line of shell."""


class StandIns:
    """Tools in a directory that is all of the PATH; each writes down how it was called."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self._calls = directory / "calls"
        self._held = directory / "held"

    def install(self, *names: str) -> None:
        """Put tools there that do what the real ones do."""
        for name in names:
            self.install_as(name, TOOLS[name])

    def install_as(self, name: str, does: str) -> None:
        """Put a tool there that does something else."""
        tool = self.directory / name
        tool.write_text(f'#!/bin/sh\nHERE="{self.directory}"\necho "{name} $*" >>"$HERE/calls"\n{does}\n')
        tool.chmod(0o755)

    @property
    def calls(self) -> list[str]:
        """How the tools were called, in order."""
        return self._calls.read_text().splitlines() if self._calls.exists() else []

    @property
    def used(self) -> list[str]:
        """Which tools were called, in order."""
        return [call.split()[0] for call in self.calls]

    @property
    def held(self) -> bytes | None:
        """What is on the clipboard; None when nothing ever was."""
        return self._held.read_bytes() if self._held.exists() else None

    def hold(self, text: str) -> None:
        """Somebody else copies."""
        self._held.write_text(text)


@contextmanager
def x_server() -> Iterator[str]:
    """An X server that nobody looks at; gives its DISPLAY."""
    read, write = os.pipe()
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", "64x64x8", "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=[write], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    os.close(write)
    try:
        with os.fdopen(read) as told:
            yield f":{told.readline().strip()}"
    finally:
        server.terminate()
        server.wait(timeout=30)
