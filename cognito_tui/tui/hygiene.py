"""What is done before anything else, so that no secret ends up in a log or a core file."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Mapping, MutableMapping
from typing import Final

DEBUG: Final = "COGNITO_TUI_DEBUG"
"""Set, it leaves Textual's logs, core files and debuggers as they are. Never with real secrets."""

HARMLESS: Final = frozenset(
    {"TEXTUAL_ANIMATIONS", "TEXTUAL_COLOR_SYSTEM", "TEXTUAL_DISABLE_KITTY_KEY", "TEXTUAL_FPS"}
)
"""Textual's variables that only change how things look, or which keys a terminal sends."""

PR_SET_DUMPABLE: Final = 4
"""prctl(2)."""


def silence_textual(environment: MutableMapping[str, str]) -> None:
    """Drop Textual's own debugging before it is imported.

    It writes down every key and paste in clear, takes screenshots, presses keys and reports crashes whole.
    """
    if not environment.get(DEBUG):
        for variable in [name for name in environment if name.startswith("TEXTUAL")]:
            if variable not in HARMLESS:
                del environment[variable]


def harden() -> None:
    """No core file, and no reading of this process's memory by other programs of the same user."""
    if os.environ.get(DEBUG):
        return
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource  # noqa: PLC0415 not on every system

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        import ctypes  # noqa: PLC0415 on Linux only

        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)


def terminal_problem(environment: Mapping[str, str]) -> str | None:
    """Why a full-screen program cannot run here, in one sentence; None when it can.

    Textual itself would start: it paints on a pipe for ever, and on a terminal that cannot show it.
    """
    if not (_is_terminal(sys.__stdin__) and _is_terminal(sys.__stderr__)):
        return "The app needs a terminal. For scripts there are commands: cognito-tui --help"
    term = environment.get("TERM", "")
    if sys.platform != "win32" and term in {"", "dumb", "unknown"}:
        return f"TERM={term or 'unset'} cannot show full-screen programs. For scripts: cognito-tui --help"
    encoding = (getattr(sys.__stderr__, "encoding", None) or "").lower().replace("-", "")
    if encoding != "utf8":
        return f"The locale says {encoding or 'nothing'}, not UTF-8. Try: LC_ALL=C.UTF-8 cognito-tui"
    return None


def _is_terminal(stream: object) -> bool:
    try:
        return bool(stream is not None and stream.isatty())  # type: ignore[attr-defined] # any stream, or none
    except ValueError:
        return False
