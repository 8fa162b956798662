"""Where profiles are kept: profiles.toml, or memory for the demo."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final, Protocol

from cognito_tui.cognito.model import region_of
from cognito_tui.store.errors import NoSuchProfile, ProfileExists, RefusedValue
from cognito_tui.store.profile import Profile, merged
from cognito_tui.store.toml_file import LOCK_PATIENCE, TomlFile
from cognito_tui.store.toml_text import with_changes, with_table, without_table

HEADING: Final = """\
# Profiles of cognito-tui: each is a user pool and one of its app clients.
# There is no secret in this file, and none belongs here: secrets are in the keyring.
# Change it as you like: comments and keys of your own are kept.
"""


class Profiles(Protocol):
    """Where profiles are kept."""

    def load(self) -> tuple[Profile, ...]:
        """All profiles, sorted by name.

        Raises:
            StoreError: they cannot be read; `DamagedFile` tells line and reason.
        """
        ...

    def put(self, profile: Profile, *, replacing: str | None = None, read: Profile | None = None) -> Profile:
        """Keep `profile`: as a new one, or in place of the one named `replacing`, which it may rename.

        `read` is the replaced one as it was when it was read: only what differs from that is changed, in
        what it is now (see `merged`).

        Returns:
            The profile as it is kept.

        Raises:
            ProfileExists: another profile has its name.
            NoSuchProfile: none is named `replacing`.
            AnotherClient: the client is to change, and is not the one of `read` any more.
            StoreError: nothing was changed.
        """
        ...

    def remove(self, name: str) -> None:
        """Forget the profile `name`.

        Raises:
            NoSuchProfile: there is none.
            StoreError: nothing was changed.
        """
        ...


class ProfileFile:
    """Profiles in a file that people may edit and several running apps may share.

    Every change is made to what the file says at that moment, under a lock, and touches nothing but the
    profile it is about: comments and keys that this app does not know are kept. A damaged file is never
    written over. `patience` is how many seconds a change waits for another one.
    """

    def __init__(self, path: Path, *, patience: float = LOCK_PATIENCE) -> None:
        self._file = TomlFile(path, HEADING, patience)

    def load(self) -> tuple[Profile, ...]:
        """All profiles, sorted by name; none when there is no file."""
        entries = self._entries(self._file.read())
        return tuple(profile for profile, _ in sorted(entries.values(), key=lambda each: each[0].name))

    def put(self, profile: Profile, *, replacing: str | None = None, read: Profile | None = None) -> Profile:
        """Keep `profile`; see `Profiles.put`."""
        kept = profile

        def changed(text: str) -> str:
            nonlocal kept
            entries = self._entries(text)
            _check_names(entries, profile.name, replacing)
            if replacing is None:
                return with_table(text, ("profiles", profile.name), _values(profile, {}))
            now, entry = entries[replacing]
            kept = merged(read, profile, now) if read else profile
            renamed = None if kept.name == replacing else kept.name
            return with_changes(text, ("profiles", replacing), _values(kept, entry), name=renamed)

        self._file.rewrite(changed)
        return kept

    def remove(self, name: str) -> None:
        """Forget the profile `name`; see `Profiles.remove`."""

        def changed(text: str) -> str:
            if name not in self._entries(text):
                raise NoSuchProfile(name)
            return without_table(text, ("profiles", name))

        self._file.rewrite(changed)

    def _entries(self, text: str) -> dict[str, tuple[Profile, Mapping[str, Any]]]:
        """Each name's profile, with the entry as it stands in the file."""
        entries = self._file.data(text).get("profiles", {})
        if not isinstance(entries, dict):
            raise self._file.damaged(text, ("profiles",), "profiles is not a table")
        return {name: (self._profile(text, name, entry), entry) for name, entry in entries.items()}

    def _profile(self, text: str, name: str, entry: object) -> Profile:
        where = ("profiles", name)
        if not isinstance(entry, dict):
            raise self._file.damaged(text, where, f"profile {name!r} is not a table")
        for key, kind in _KINDS.items():
            if key in entry and type(entry[key]) is not kind:
                wanted = "true or false" if kind is bool else "a string"
                raise self._file.damaged(text, (*where, key), f"{key} of profile {name!r} is not {wanted}")
        for key in ("user_pool_id", "client_id"):
            if not entry.get(key):
                raise self._file.damaged(text, where, f"profile {name!r} has no {key}")
        try:
            return Profile(name, **{key: value for key, value in entry.items() if key in _KINDS and value})
        except RefusedValue as error:
            at = (*where, error.key) if error.key in entry else where
            raise self._file.damaged(text, at, f"profile {name!r}: {error}") from None


class MemoryProfiles:
    """Profiles of this run only, as in the demo. Nothing is on disk."""

    def __init__(self, *profiles: Profile) -> None:
        self._profiles = {profile.name: profile for profile in profiles}

    def load(self) -> tuple[Profile, ...]:
        """All profiles, sorted by name."""
        return tuple(self._profiles[name] for name in sorted(self._profiles))

    def put(self, profile: Profile, *, replacing: str | None = None, read: Profile | None = None) -> Profile:
        """Keep `profile`; see `Profiles.put`."""
        _check_names(self._profiles, profile.name, replacing)
        if replacing is not None:
            profile = merged(read, profile, self._profiles[replacing]) if read else profile
            del self._profiles[replacing]
        self._profiles[profile.name] = profile
        return profile

    def remove(self, name: str) -> None:
        """Forget the profile `name`; see `Profiles.remove`."""
        if name not in self._profiles:
            raise NoSuchProfile(name)
        del self._profiles[name]


def _check_names(taken: Iterable[str], name: str, replacing: str | None) -> None:
    names = set(taken)
    if replacing is not None and replacing not in names:
        raise NoSuchProfile(replacing)
    if name in names - {replacing}:
        raise ProfileExists(name)


_KINDS: Final[Mapping[str, type]] = {
    "user_pool_id": str,
    "client_id": str,
    "region": str,
    "endpoint_url": str,
    "aws_profile": str,
    "auth_flow": str,
    "has_secret": bool,
    "read_only": bool,
}
"""The keys of a profile in the order they are written, and what each holds."""


def _values(profile: Profile, entry: Mapping[str, Any]) -> dict[str, str | bool | None]:
    """What of `entry` has to change for it to say `profile`.

    A key that says what holds anyway is not written, and not taken away where somebody wrote it.
    """
    values: dict[str, str | bool | None] = {}
    for key in _KINDS:
        wanted = getattr(profile, key) or None
        default = region_of(profile.user_pool_id) if key == "region" else None
        if (entry.get(key) or default) != wanted:
            values[key] = None if wanted == default else wanted
    return values
