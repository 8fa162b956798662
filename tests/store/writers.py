"""Programs that change profiles, each in a process of its own, for `test_toml_file`.

`python -m tests.store.writers dying|busy|cramped FILE [NAME]`
"""

from __future__ import annotations

import itertools
import os
import resource
import signal
import sys
from dataclasses import replace
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

from cognito_tui.store import toml_file
from cognito_tui.store.errors import StoreError
from cognito_tui.store.profile import Profile
from cognito_tui.store.profiles import ProfileFile

if TYPE_CHECKING:
    from _typeshed import TraceFunction

OLD = Profile("x", "x_1", "old" * 40)
NEW = Profile("x", "x_1", "new" * 40)
SHARED = Profile("shared", "x_1", "c")
AFTERWARDS = Profile("x", "x_1", "c")
ROUNDS = 15


def dying(path: Path) -> None:
    """Change OLD to NEW and die at the first line of doing so; then at the second; until it is done.

    Prints what each death leaves behind; it must not keep the next from changing it.
    """
    file = ProfileFile(path)
    file.put(OLD)
    old = path.read_bytes()
    for line in itertools.count(1):
        path.write_bytes(old)
        child = os.fork()
        if not child:
            _die_at(line)
            file.put(NEW, replacing="x")
            os._exit(0)
        _, status = os.waitpid(child, 0)
        if not status:
            return
        assert os.WTERMSIG(status) == signal.SIGKILL
        (left,) = file.load()
        found = "old" if path.read_bytes() == old else "new" if left == NEW else "broken"
        print(found)  # noqa: T201 read by the test
        file.put(AFTERWARDS, replacing="x")


def _die_at(count: int) -> None:
    lines = itertools.count(1)

    def trace(frame: FrameType, event: str, _arg: object) -> TraceFunction | None:
        if frame.f_code.co_filename != toml_file.__file__:
            return None
        if event == "line" and next(lines) == count:
            os.kill(os.getpid(), signal.SIGKILL)
        return trace

    sys.settrace(trace)


def busy(path: Path, name: str) -> None:
    """Add, change, rename and remove profiles of its own, all the while reading the file.

    In one that is shared, one changes the AWS profile and two the auth flow, as they read it at first.
    """
    file = ProfileFile(path, patience=30)
    for number in range(ROUNDS):
        file.put(Profile(f"{name} {number}", "x_1", "c"))
        file.put(Profile(f"{name}.{number}", "x_1", "d"), replacing=f"{name} {number}")
        file.put(Profile("passing " + name, "x_1", "c"))
        file.remove("passing " + name)
        file.load()
        mine = f"{name} {number}"
        shared = replace(SHARED, aws_profile=mine) if name == "one" else replace(SHARED, auth_flow=mine)
        file.put(shared, replacing="shared", read=SHARED)


def cramped(path: Path) -> None:
    """Change a profile where no file may grow beyond a hundred bytes, as on a full disk."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))
    try:
        ProfileFile(path).put(NEW, replacing="x")
    except StoreError as error:
        print(error.sentence)  # noqa: T201 read by the test


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["dying", file]:
            dying(Path(file))
        case ["busy", file, name]:
            busy(Path(file), name)
        case ["cramped", file]:
            cramped(Path(file))
