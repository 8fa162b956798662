"""The sandbox as a world to be in: nothing real behind its doors, nothing written anywhere."""

from __future__ import annotations

from cognito_tui.sandbox.sandbox import Sandbox
from cognito_tui.sandbox.seed import Seed, seed
from cognito_tui.sandbox.server import SandboxServer
from cognito_tui.store.profile import Profile
from cognito_tui.store.profiles import MemoryProfiles
from cognito_tui.store.safekeeping import MemoryVault
from cognito_tui.tui.world import Practice, World


def practice_world(sandbox: Sandbox | None = None) -> World:
    """Start a sandbox in this process, and give the world in which each of its clients is a profile."""
    sandbox = sandbox or Sandbox()
    sown = seed(sandbox)
    server = SandboxServer(sandbox).start()
    profiles, vault = _profiles(sown, server.endpoint_url)
    return World(
        profiles=profiles,
        vault=vault,
        environment={},
        practice=Practice(server.endpoint_url, sown.inhabitants, server.stop),
    )


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
