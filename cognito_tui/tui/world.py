"""The doors to the world outside the app. The sandbox is another world behind the same doors."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from cognito_tui.sandbox.seed import Inhabitant
from cognito_tui.store.profiles import Profiles
from cognito_tui.store.safekeeping import Vault
from cognito_tui.tui.calls import Calls


@dataclass(frozen=True)
class Practice:
    """The sandbox one is in: its endpoint, who lives there, and how to close it."""

    endpoint_url: str
    inhabitants: tuple[Inhabitant, ...]
    close: Callable[[], None]


@dataclass(frozen=True)
class World:
    """Profiles, vault, network, clock and randomness. `practice` is set in the sandbox only.

    `now` counts seconds from any moment, as `time.monotonic` does; `random_hex` gives 32 random bytes.
    """

    profiles: Profiles
    vault: Vault
    environment: Mapping[str, str]
    profiles_at: str = ""
    practice: Practice | None = None
    calls: Calls = field(default_factory=Calls)
    now: Callable[[], float] = time.monotonic
    random_hex: Callable[[], str] = lambda: secrets.token_hex(32)
