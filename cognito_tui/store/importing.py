"""Profiles of what an account has: which is about an app client already, and a new one with its secret."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass

from cognito_tui.cognito.listed import Named
from cognito_tui.cognito.model import Secret
from cognito_tui.cognito.visible import visible
from cognito_tui.store.profile import Profile
from cognito_tui.store.profiles import Profiles
from cognito_tui.store.safekeeping import Vault
from cognito_tui.store.saving import save


@dataclass(frozen=True)
class Source:
    """Where profiles are imported from: what is the same in all of them."""

    region: str
    endpoint_url: str | None = None
    aws_profile: str | None = None


@dataclass(frozen=True)
class FoundClient:
    """An app client of a user pool there."""

    source: Source
    pool: Named
    client: Named

    def profile(self, name: str, *, has_secret: bool = False) -> Profile:
        """A profile that is about it.

        Raises:
            RefusedValue: an id that no profile can have.
        """
        return Profile(
            name,
            self.pool.id,
            self.client.id,
            region=self.source.region,
            endpoint_url=self.source.endpoint_url,
            aws_profile=self.source.aws_profile,
            has_secret=has_secret,
        )

    def known_as(self, known: Iterable[Profile]) -> Profile | None:
        """The first of the `known` profiles that is about it.

        Raises:
            RefusedValue: an id that no profile can have.
        """
        item = self.profile("new").item()
        return next((each for each in known if each.item() == item), None)


def import_client(
    profiles: Profiles, vault: Vault, found: FoundClient, secret: Secret | None, *, remember: bool = False
) -> Profile:
    """Keep a profile that is about `found`, and its `secret`; return the profile.

    It is called what pool and client are called. `remember` keeps the secret in memory for this run only.
    Blocks as the vault does.

    Raises:
        VaultError: the secret was not kept, and the profile not written.
        StoreError: the profile was not written.
    """
    name = _free(_name(found.pool, found.client), {each.name for each in profiles.load()})
    profile = found.profile(name, has_secret=secret is not None)
    save(profiles, vault, profile, secret, remember=remember)
    return profile


def _name(pool: Named, client: Named) -> str:
    """What a profile is called: both names, on one line, nothing in them that a terminal would obey."""
    return visible(" ".join(f"{pool.name or pool.id} / {client.name or client.id}".split()))


def _free(name: str, taken: Container[str]) -> str:
    """`name`, with a number where another client has it already."""
    number, free = 1, name
    while free in taken:
        number += 1
        free = f"{name} {number}"
    return free
