"""The sandbox as a world to be in: nothing real behind its doors, nothing written anywhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from cognito_tui.sandbox.cases import settle
from cognito_tui.sandbox.pool import User
from cognito_tui.sandbox.sandbox import Sandbox
from cognito_tui.sandbox.seed import Inhabitant, Seed, seed
from cognito_tui.sandbox.server import SandboxServer
from cognito_tui.store.profile import Profile
from cognito_tui.store.profiles import MemoryProfiles
from cognito_tui.store.safekeeping import MemoryVault
from cognito_tui.tui.inbox import Inbox
from cognito_tui.tui.world import Practice, World


def practice_world(environment: Mapping[str, str], sandbox: Sandbox | None = None) -> World:
    """Start a sandbox in this process, and give the world in which each of its clients is a profile.

    Of the `environment`, only what says which terminal and clipboard there are counts.
    """
    sandbox = sandbox or Sandbox()
    sown = seed(sandbox)
    settle(sandbox)
    server = SandboxServer(sandbox).start()
    profiles, vault = _profiles(sown, server.endpoint_url)
    return World(
        profiles=profiles,
        vault=vault,
        environment={name: value for name, value in environment.items() if not name.startswith("AWS_")},
        practice=Practice(server.endpoint_url, partial(_as_they_are, sown), Inbox(sandbox), server.stop),
    )


def _as_they_are(sown: Seed) -> tuple[Inhabitant, ...]:
    """The inhabitants with the status and the password they have now; who was deleted is gone."""
    pools = {pool.pool_id: pool for pool in sown.pools}
    return tuple(
        _as_now(each, user)
        for each in sown.inhabitants
        if (user := pools[each.user_pool_id].find(each.username))
    )


def _as_now(inhabitant: Inhabitant, user: User) -> Inhabitant:
    if user.status == inhabitant.status and user.has_password(inhabitant.password):
        return inhabitant
    return replace(inhabitant, status=user.status, password=user.passwords[0], story=f"is {user.status} now")


def _profiles(sown: Seed, endpoint_url: str) -> tuple[MemoryProfiles, MemoryVault]:
    profiles, vault = MemoryProfiles(), MemoryVault()
    for pool in sown.pools:
        for client in pool.clients.values():
            profile = Profile(
                client.name,
                pool.pool_id,
                client.client_id,
                endpoint_url=endpoint_url,
                has_secret=bool(client.secrets),
            )
            profiles.put(profile)
            for secret in client.secrets[:1]:
                vault.keep(profile.item(), secret)
    return profiles, vault
