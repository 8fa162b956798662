"""The clipboard of the person at the screen, and the truth about what became of it.

Order: the native tool where the screen is this machine's (sure; can be read back and cleared), tmux's own
buffer (works with its default settings, which drop a program's OSC 52), else OSC 52, which is never sure:
many terminals ignore it and none says so. Blocking, up to a few seconds: not for the event loop.
"""

from __future__ import annotations

import base64
import hmac
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

PATIENCE: Final = 3.0
"""Seconds for a tool whose display hangs."""

Argv = tuple[str, ...]


@dataclass(frozen=True)
class Tool:
    """A native clipboard program. `wipe` empties the clipboard; empty: putting nothing does."""

    put: Argv
    get: Argv
    wipe: Argv = ()
    encoding: str = "utf-8"


@dataclass(frozen=True)
class Copied:
    """What became of a copy: it is on the clipboard by `tool`, or at best `sent` to the terminal."""

    sentence: str
    tool: Tool | None = None
    sent: bool = True


def native_tool(environment: Mapping[str, str]) -> Tool | None:
    """The tool for the screen the person sits at, if it is this machine's."""
    if any(environment.get(name) for name in ("SSH_CONNECTION", "SSH_CLIENT", "SSH_TTY")):
        forwarded = environment.get("DISPLAY", "").startswith(("localhost:", "127.0.0.1:"))
        return _x11_tool() if forwarded else None
    if sys.platform == "darwin" and _installed("pbcopy"):
        return Tool(("pbcopy",), ("pbpaste",))
    if environment.get("WSL_DISTRO_NAME") and _installed("clip.exe"):
        read = ("powershell.exe", "-NoProfile", "-Command", "Get-Clipboard -Raw")
        return Tool(("clip.exe",), read, encoding="utf-16-le")
    if environment.get("WAYLAND_DISPLAY") and _installed("wl-copy") and _installed("wl-paste"):
        put = ("wl-copy", "--type", "text/plain;charset=utf-8")
        return Tool(put, ("wl-paste", "--no-newline"), ("wl-copy", "--clear"))
    return _x11_tool() if environment.get("DISPLAY") else None


def _x11_tool() -> Tool | None:
    if _installed("xclip"):
        clipboard = ("xclip", "-selection", "clipboard")
        return Tool((*clipboard, "-in"), (*clipboard, "-out"))
    if _installed("xsel"):
        return Tool(("xsel", "-b", "-i"), ("xsel", "-b", "-o"), ("xsel", "-b", "-c"))
    return None


def copy(text: str, write: Callable[[str], None], environment: Mapping[str, str]) -> Copied:
    """Put `text` on the clipboard; `write` sends a control sequence to the terminal. Never raises."""
    tool = native_tool(environment)
    if tool and _ran(tool.put, _bytes(text, tool.encoding)):
        return Copied("Copied", tool)
    if environment.get("TMUX"):
        if _by_tmux(text):
            return Copied("Sent to your terminal through tmux; paste to check")
    elif _takes_none(environment):
        return Copied("This terminal takes no clipboard from programs", sent=False)
    write(_sequence(text, environment))
    return Copied(_hope(environment))


def clear_if_ours(tool: Tool, text: str) -> bool:
    """Empty the clipboard when it still holds `text`; leave alone what was copied since."""
    try:
        done = subprocess.run(  # noqa: S603 our own list of programs
            tool.get, stdin=subprocess.DEVNULL, capture_output=True, timeout=PATIENCE, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return False
    now = done.stdout.decode(errors="replace").rstrip("\r\n")
    if not hmac.compare_digest(_bytes(now), _bytes(text.rstrip("\r\n"))):
        return False
    return _ran(tool.wipe or tool.put, b"")


def _bytes(text: str, encoding: str = "utf-8") -> bytes:
    # a lone surrogate, which JSON may hold and no encoding can
    return text.encode(encoding, errors="replace")


def _sequence(text: str, environment: Mapping[str, str]) -> str:
    """OSC 52; GNU screen hands it on when it is wrapped."""
    sequence = f"\x1b]52;c;{base64.b64encode(_bytes(text)).decode()}\a"
    if environment.get("TERM", "").startswith("screen") and not environment.get("TMUX"):
        return f"\x1bP{sequence}\x1b\\"
    return sequence


def _takes_none(environment: Mapping[str, str]) -> bool:
    return environment.get("TERM_PROGRAM") == "Apple_Terminal" or bool(environment.get("VTE_VERSION"))


def _hope(environment: Mapping[str, str]) -> str:
    if environment.get("TERM", "").startswith("tmux"):
        return "Sent to your terminal; the tmux around it drops it without: set -s set-clipboard on"
    return "Sent to your terminal; paste to check"


def _by_tmux(text: str) -> bool:
    """Tmux 3.2 and newer: to the attached terminal's clipboard, leaving no paste buffer behind."""
    name = f"cognito-tui-{os.getpid()}"
    loaded = _ran(("tmux", "load-buffer", "-w", "-b", name, "-"), _bytes(text))
    return loaded and _ran(("tmux", "delete-buffer", "-b", name), b"")


def _ran(argv: Argv, data: bytes) -> bool:
    # The value goes in by stdin. No stream of ours: a tool's complaint would be painted over the screen, and
    # xclip and wl-copy live on in the background, where they would hold a pipe open.
    try:
        subprocess.run(  # noqa: S603 our own list of programs
            argv,
            input=data,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=PATIENCE,
            check=True,
            start_new_session=True,
        )
    except (OSError, subprocess.SubprocessError):
        return False
    return True


def _installed(command: str) -> bool:
    return shutil.which(command) is not None
