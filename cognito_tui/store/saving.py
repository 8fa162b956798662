"""Saving and deleting a profile together with its secret, so that neither is left without the other."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import replace
from functools import partial

from cognito_tui.cognito.model import Secret
from cognito_tui.store.errors import NoSuchProfile, ProfileExists, StoreError
from cognito_tui.store.item import Item
from cognito_tui.store.profile import Profile, items_only_used_by, merged
from cognito_tui.store.profiles import Profiles
from cognito_tui.store.safekeeping import Found, Vault, Where, refuse_unfit
from cognito_tui.store.trouble import VaultError


def save(
    profiles: Profiles,
    vault: Vault,
    profile: Profile,
    secret: Secret | None,
    *,
    replacing: str | None = None,
    read: Profile | None = None,
    remember: bool = False,
) -> tuple[Profile, str | None]:
    """Keep `secret` and then `profile`; when the secret cannot be kept, nothing is changed.

    `replacing` is the name of the profile it takes the place of: without a new `secret` its own goes along
    to where the profile now is. `read` is that one as it was when it was read: what another program has
    changed since then stays (see `Profiles.put`). A secret that nobody uses afterwards is dropped.
    `remember` keeps the secret in memory for this run only. Blocks as the vault does.

    Returns:
        The profile as it is kept; a sentence when a secret that nobody uses could not be dropped.

    Raises:
        VaultError: the secret was not kept, and the profile not written.
        StoreError: the profile was not written, and the secret is what it was, as far as the vault lets it.
    """
    before = _replaced(profiles, profile.name, replacing)
    if read is not None and secret is not None:
        read = replace(read, has_secret=False)  # a new secret is a change of the client
    put = partial(profiles.put, profile, replacing=replacing, read=read)
    if before is not None and read is not None:
        profile = merged(read, profile, before)
    if secret is None and before is not None and profile.has_secret:
        secret, remember = _carried(vault, before, profile)
    if secret is None:
        kept = put()
    elif remember:
        refuse_unfit(secret)
        kept = put()
        vault.remember(profile.item(), secret)
    else:
        kept = _keep_both(put, vault, profile.item(), secret)
    return kept, _left_behind(profiles, vault, before, profile) if before else None


def delete(profiles: Profiles, vault: Vault, name: str) -> tuple[Item, ...]:
    """Forget a profile, then the secrets that no other profile uses; return those.

    Blocks as the vault does.

    Raises:
        StoreError: nothing was changed; `NoSuchProfile` when there is none of that name.
        VaultError: the profile is gone, and its secret may still be in the keyring.
    """
    profile = next((each for each in profiles.load() if each.name == name), None)
    if profile is None:
        raise NoSuchProfile(name)
    profiles.remove(name)
    return _drop_unused(vault, profile, profiles.load())


def _replaced(profiles: Profiles, name: str, replacing: str | None) -> Profile | None:
    """The profile that one called `name` takes the place of."""
    known = {each.name: each for each in profiles.load()}
    if replacing is not None and replacing not in known:
        raise NoSuchProfile(replacing)
    if name in known.keys() - {replacing}:
        raise ProfileExists(name)
    return known[replacing] if replacing is not None else None


def _carried(vault: Vault, before: Profile, now: Profile) -> tuple[Secret | None, bool]:
    """The secret that has to move since the client is another one now, and whether it is in memory only."""
    if not before.has_secret or before.item() == now.item():
        return None, False
    found = vault.find(before.item())
    return (found.secret, found.where is Where.MEMORY) if found else (None, False)


def _keep_both(put: Callable[[], Profile], vault: Vault, item: Item, secret: Secret) -> Profile:
    before = vault.find(item)
    vault.keep(item, secret)
    try:
        return put()
    except Exception:
        with suppress(VaultError):  # what went wrong first is what there is to say
            _restore(vault, item, before)
        raise


def _restore(vault: Vault, item: Item, before: Found | None) -> None:
    if before is not None and before.where is Where.KEYRING:
        vault.keep(item, before.secret)
        return
    vault.drop(item)
    if before is not None:
        vault.remember(item, before.secret)


def _left_behind(profiles: Profiles, vault: Vault, before: Profile, now: Profile) -> str | None:
    """Drop the secret of the client that the profile was about; a sentence when that fails."""
    if before.item() == now.item() and now.has_secret:
        return None
    try:
        _drop_unused(vault, before, profiles.load())
    except (VaultError, StoreError) as error:
        return f"The secret of the client it was about before may still be in the keyring. {error.sentence}"
    return None


def _drop_unused(vault: Vault, gone: Profile, left: Iterable[Profile]) -> tuple[Item, ...]:
    items = items_only_used_by(gone, (each for each in left if each.has_secret))
    for item in items:
        vault.drop(item)
    return items
