"""Where client secrets come from, with every failure of the keyring as a state."""

from __future__ import annotations

from cognito_tui.store.patience import awaited
from cognito_tui.store.profile import Profile
from cognito_tui.store.safekeeping import Backend, Vault, Where
from cognito_tui.store.safekeeping import Kept as Keeps
from cognito_tui.store.trouble import VaultError
from cognito_tui.tui.in_use import Kept, KeptSecret


async def backend_of(vault: Vault) -> Backend:
    """What secrets are kept in; memory only where the keyring does not even tell. Never raises."""
    try:
        return await awaited(vault.backend)
    except VaultError as error:
        return Backend(Keeps.MEMORY_ONLY, "memory", error.sentence)


async def look_for(vault: Vault, profile: Profile) -> KeptSecret:
    """The secret of `profile`, and where it is. Never raises."""
    if not profile.has_secret:
        return KeptSecret(Kept.NO_SECRET)
    try:
        found = await awaited(vault.find, profile.item())
    except VaultError as error:
        return KeptSecret(Kept.UNAVAILABLE, sentence=error.sentence)
    if found is None:
        return KeptSecret(Kept.MISSING)
    return KeptSecret(Kept.KEYRING if found.where is Where.KEYRING else Kept.MEMORY, found.secret)
