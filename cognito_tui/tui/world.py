"""The doors to the world outside the app. The sandbox is another world behind the same doors."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import tzinfo

from cognito_tui.cognito.means import Means
from cognito_tui.sandbox.seed import Inhabitant
from cognito_tui.store.profiles import Profiles
from cognito_tui.store.safekeeping import Vault
from cognito_tui.tui.calls import Calls
from cognito_tui.tui.inbox import Inbox
from cognito_tui.tui.signatures import Signatures
from cognito_tui.walk import THIS_MACHINE


@dataclass(frozen=True)
class Practice:
    """The sandbox one is in: its endpoint, who lives there now, what reaches them, and how to close it."""

    endpoint_url: str
    inhabitants: Callable[[], tuple[Inhabitant, ...]]
    inbox: Inbox
    close: Callable[[], None]


@dataclass(frozen=True)
class World:
    """Profiles, vault, network, clock and randomness. `practice` is set in the sandbox only.

    `now` counts seconds from any moment, as `time.monotonic` does, and `stopwatch` measures how long a call
    takes; `means` is what flows draw on; `random_hex` gives 32 random bytes. Times of day are told in
    `zone`, this machine's own when None.
    """

    profiles: Profiles
    vault: Vault
    environment: Mapping[str, str]
    profiles_at: str = ""
    practice: Practice | None = None
    calls: Calls = field(default_factory=Calls)
    signatures: Signatures = field(default_factory=Signatures)
    now: Callable[[], float] = time.monotonic
    stopwatch: Callable[[], float] = time.perf_counter
    means: Means = THIS_MACHINE
    random_hex: Callable[[], str] = lambda: secrets.token_hex(32)
    zone: tzinfo | None = None

    def is_sandbox(self, endpoint_url: str | None) -> bool:
        """Whether that is the sandbox one is in: other profiles may be made there too."""
        return self.practice is not None and endpoint_url == self.practice.endpoint_url
