"""What keeps a file of this room from being read or written.

::

    StoreError                  the base: `str()` is one sentence for a person
    ├── DamagedFile             a file that cannot be understood; it is kept as it is
    ├── RefusedValue            a value that no profile can have
    ├── ProfileExists           the name is taken
    ├── NoSuchProfile           there is no profile of that name
    └── AnotherClient           the profile has become one of another app client meanwhile

The vault's own error is `cognito_tui.store.trouble.VaultError`.
"""

from __future__ import annotations

from pathlib import Path

from cognito_tui.store.paths import shown


class StoreError(Exception):
    """Base of all, and what is raised where the system refuses: no room, no permission, a lock held."""

    @property
    def sentence(self) -> str:
        """What happened, for a person."""
        return str(self)


class DamagedFile(StoreError):
    """A file that is no TOML, or does not say what it has to. Nothing is ever written over it."""

    def __init__(self, path: Path, line: int, reason: str) -> None:
        super().__init__(f"{shown(path)}, line {line}: {reason}. It is kept as it is: correct it by hand.")
        self.path = path
        self.line = line
        self.reason = reason


class RefusedValue(StoreError):
    """A value that no profile can have; `key` is its name in the file."""

    def __init__(self, key: str, problem: str) -> None:
        super().__init__(f"{key} {problem}")
        self.key = key
        self.problem = problem


class ProfileExists(StoreError):
    """The name is taken."""

    def __init__(self, name: str) -> None:
        super().__init__(f"There is a profile {name!r} already.")
        self.name = name


class NoSuchProfile(StoreError):
    """There is no profile of that name, or no longer."""

    def __init__(self, name: str) -> None:
        super().__init__(f"There is no profile {name!r}.")
        self.name = name


class AnotherClient(StoreError):
    """A change of the app client, where another program has put another one in its place meanwhile."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"Profile {name!r} is about another client now: another program has changed it. "
            "Look at it again, then change it."
        )
        self.name = name
