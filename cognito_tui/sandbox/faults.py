"""Having requests go wrong on purpose, for tests of work that must survive it.

Which ones is for the test to say, and depends on nothing but the request and how often it came before: the
same requests meet the same faults, in whatever order they arrive.
"""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from threading import Lock
from typing import Any

from cognito_tui.sandbox.refusal import Refusal, too_many_requests


class Fault(Enum):
    """What goes wrong, and whether the work was done by then: nobody outside can tell."""

    ERROR_BEFORE = auto()
    """500 InternalErrorException, and nothing was done."""
    ERROR_AFTER = auto()
    """500 InternalErrorException, and the work was done."""
    DROP_BEFORE = auto()
    """The connection ends without an answer, and nothing was done."""
    DROP_AFTER = auto()
    """The connection ends without an answer, and the work was done."""
    THROTTLE = auto()
    """TooManyRequestsException, and nothing was done."""

    @property
    def works(self) -> bool:
        """Whether the work is done in spite of it."""
        return self in {Fault.ERROR_AFTER, Fault.DROP_AFTER}

    @property
    def drops(self) -> bool:
        """Whether there is no answer."""
        return self in {Fault.DROP_BEFORE, Fault.DROP_AFTER}

    @property
    def refusal(self) -> Refusal:
        """The answer, where there is one."""
        if self is Fault.THROTTLE:
            return too_many_requests()
        return Refusal("InternalErrorException", "Something went wrong")


@dataclass(frozen=True)
class Attempt:
    """A request as faults are chosen by: of which operation, about whom, and the how-manieth of its kind."""

    operation: str
    username: str
    number: int


class Faults:
    """Faults for a `SandboxServer`: `choose` says of each attempt, from the first on, what goes wrong."""

    def __init__(self, choose: Callable[[Attempt], Fault | None]) -> None:
        self._choose = choose
        self._seen: Counter[tuple[str, str]] = Counter()
        self._lock = Lock()

    def next(self, operation: str, params: object) -> Fault | None:
        """What goes wrong with a request that has come in, which counts as an attempt."""
        username = username_of(params)
        with self._lock:
            self._seen[operation, username] += 1
            return self._choose(Attempt(operation, username, self._seen[operation, username]))

    @property
    def attempts(self) -> Mapping[tuple[str, str], int]:
        """How many requests have come in, by operation and Username, whatever became of them."""
        with self._lock:
            return dict(self._seen)


def scattered(
    faults: Sequence[Fault | None], operations: Collection[str], *, attempts: int = 1
) -> Callable[[Attempt], Fault | None]:
    """`faults` in turn, by a hash of the username, for the first `attempts` of each of `operations`."""

    def choose(attempt: Attempt) -> Fault | None:
        if attempt.operation not in operations or attempt.number > attempts:
            return None
        place = zlib.crc32(attempt.username.encode()) + attempt.number - 1
        return faults[place % len(faults)]

    return choose


def username_of(params: Any) -> str:
    """The Username of a request, or what it has in AuthParameters; empty without one."""
    try:
        return str(params.get("Username") or params.get("AuthParameters", {}).get("USERNAME", ""))
    except AttributeError:
        return ""
