"""What a flow needs of the machine it runs on and has not of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Means:
    """Randomness and the time: `token_bytes` as `secrets` has it; `now` with its time zone."""

    token_bytes: Callable[[int], bytes]
    now: Callable[[], datetime]
