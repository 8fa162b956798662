"""Exit statuses, and the way every command ends when it cannot go on."""

from __future__ import annotations

from enum import IntEnum


class Status(IntEnum):
    """What the exit status says, everywhere."""

    DONE = 0
    REFUSED = 1
    USAGE = 2
    ANSWER_MISSING = 3
    NETWORK = 4
    CREDENTIALS = 5
    VAULT = 6
    UNVERIFIED = 7
    PARTLY = 8
    HUNG_UP = 129
    INTERRUPTED = 130
    TERMINATED = 143


class Stop(Exception):
    """The command ends with `status`; `str()` is what stands on stderr, first line first."""

    def __init__(self, status: Status, *lines: str) -> None:
        super().__init__("\n".join(line for line in lines if line))
        self.status = status

    def and_then(self, *lines: str) -> Stop:
        """The same end, with more to say after it."""
        return Stop(self.status, str(self), *lines)
