"""Worlds for the app to be in, all of which stand still: no time passes and nothing is random."""

from __future__ import annotations

import hashlib
import itertools
import random
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from cognito_tui.cognito.means import Means
from cognito_tui.cognito.model import Secret
from cognito_tui.sandbox.sandbox import Sandbox
from cognito_tui.store.item import AnyItem
from cognito_tui.store.profile import Profile
from cognito_tui.store.profiles import MemoryProfiles, ProfileFile, Profiles
from cognito_tui.store.safekeeping import Backend, Found, Kept, MemoryVault, Vault, Where
from cognito_tui.store.trouble import Trouble, VaultError
from cognito_tui.tui.practice import practice_world
from cognito_tui.tui.world import World

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

STAGING = Profile("staging", "eu-west-1_Kq3TzV9aB", "4f8k2mq0v7t1s9d3a6h5j8n1cp", has_secret=True)
PRODUCTION = Profile(
    "production",
    "eu-west-1_9pLm2XcQd",
    "7h2n9sx0b4w8e6r1t3y5u7i9o0",
    aws_profile="acme-prod",
    read_only=True,
    has_secret=True,
)
MOBILE = Profile("mobile app", "eu-west-1_Kq3TzV9aB", "6j3w0tyq8m5n2b7v4c1x9z6l3k")
INHABITANTS: Final = (
    *("ana", "ben", "eva", "tom", "lea", "kim", "max", "zoe", "ivo", "[/red]"),
    *("mia@example.com", "jon@example.com", "jay", "ida", "eli", "pia", "uma", "rio", "ada", "ray"),
    *("ola@example.com", "noa", "sol"),
)
"""Who lives in the sandbox, from the top of the list."""

MADE_UP_SECRET = Secret("1m9v0q3k7c2z8x4b6n5l0j9h8g7f6d5s4a3p2o1i0u9y8t7r6e5")


class Clock:
    """The sandbox's time, which passes when it is told to."""

    def __init__(self) -> None:
        self.time = datetime(2026, 3, 1, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.time

    def forward(self, minutes: float) -> None:
        self.time += timedelta(minutes=minutes)


@cache
def signing_key() -> RSAPrivateKey:
    """The same in every run, so that its id and what it signs are: of two primes that anybody can find."""
    from cryptography.hazmat.primitives.asymmetric import rsa  # noqa: PLC0415 slow to load

    p, q, e = _prime("one", 1706), _prime("another", 576), 65537
    d = rsa.rsa_recover_private_exponent(e, p, q)
    parts = rsa.rsa_crt_dmp1(d, p), rsa.rsa_crt_dmq1(d, q), rsa.rsa_crt_iqmp(p, q)
    return rsa.RSAPrivateNumbers(p, q, d, *parts, rsa.RSAPublicNumbers(e, p * q)).private_key()


def _prime(name: str, further: int) -> int:
    """The first prime after a number that is made of `name`; it is `further` away."""
    odd = int.from_bytes(hashlib.shake_128(name.encode()).digest(128)) | 3 << 1022 | 1
    return odd + further


def stopwatch() -> float:
    """Every call takes 21 ms."""
    return next(_ticks) * 0.021


_ticks = itertools.count()


def sandbox(
    clock: Clock | None = None,
    environment: Mapping[str, str] | None = None,
    place: Sandbox | None = None,
) -> World:
    """The practice world, the same each time; in `place`, where that is given."""
    clock = clock or Clock()
    made = place or Sandbox(clock=clock, token_bytes=random.Random(7).randbytes, signing_key=signing_key())
    return _still(practice_world(environment or {}, made), clock)


def _still(world: World, clock: Clock | None = None) -> World:
    return World(
        profiles=world.profiles,
        vault=world.vault,
        environment=world.environment,
        profiles_at=world.profiles_at,
        practice=world.practice,
        now=lambda: 0.0,
        stopwatch=stopwatch,
        means=Means(random.Random(7).randbytes, clock or Clock()),
        random_hex=lambda: "5a" * 32,
        zone=UTC,
    )


class KeyringStandIn(MemoryVault):
    """A vault that says it is a keyring, or says why it is none; for what the screen shows of it."""

    def __init__(self, trouble: VaultError | None = None) -> None:
        super().__init__()
        self.trouble = trouble

    def backend(self) -> Backend:
        if self.trouble is not None and self.trouble.trouble is Trouble.NO_KEYRING:
            return Backend(Kept.MEMORY_ONLY, "memory", self.trouble.sentence)
        return Backend(Kept.KEYRING, "Secret Service", "Secrets go to the Secret Service and nowhere else.")

    def find(self, item: AnyItem) -> Found | None:
        if self.trouble is not None:
            raise self.trouble
        found = super().find(item)
        return Found(found.secret, Where.KEYRING) if found else None

    def keep(self, item: AnyItem, secret: Secret) -> None:
        if self.trouble is not None:
            raise self.trouble
        super().keep(item, secret)


LOCKED = VaultError(
    Trouble.LOCKED,
    "The keyring is locked, or its dialogue was cancelled. Unlock it on the desktop, then retry.",
)


def machine(
    *profiles: Profile,
    vault: Vault | None = None,
    environment: Mapping[str, str] | None = None,
    store: Profiles | None = None,
) -> World:
    """A machine with these profiles, whose secrets are in its keyring."""
    vault = vault or KeyringStandIn()
    if not (isinstance(vault, KeyringStandIn) and vault.trouble):
        for profile in profiles:
            if profile.has_secret:
                vault.keep(profile.item(), MADE_UP_SECRET)
    return _still(
        World(
            profiles=store or MemoryProfiles(*profiles),
            vault=vault,
            environment=environment or {},
            profiles_at="~/.config/cognito-tui/profiles.toml",
        )
    )


def damaged() -> World:
    """A machine whose profiles.toml somebody has broken."""
    path = Path.home() / ".config" / "cognito-tui" / "profiles.toml"
    path.parent.mkdir(parents=True)
    path.write_text('[profiles.staging]\nuser_pool_id = "eu-west-1_Kq3TzV9aB\n', encoding="utf-8")
    return machine(store=ProfileFile(path))
