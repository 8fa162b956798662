"""Finding a user among many: candidates by name, and a place in line that stays when others go."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final, Protocol

_ALIASES: Final = ("email", "phone_number", "preferred_username")
"""What may be an alias (service model, AliasAttributes and UsernameAttributes)."""


class Named(Protocol):
    """As much of a user as is needed here."""

    @property
    def sub(self) -> str:
        """Who it is."""

    @property
    def username(self) -> str:
        """The canonical username."""

    @property
    def attributes(self) -> Mapping[str, str]:
        """Among them the aliases."""


class Directory:
    """Each name anybody has, whatever its case, and who may be meant by it; who came when."""

    def __init__(self) -> None:
        self._subs: dict[str, tuple[str, ...]] = {}
        self._line: list[str] = []

    def enter(self, before: Named | None, now: Named) -> None:
        """Note a user who is new, or was `before` and is different now."""
        if before is None:
            self._line.append(now.sub)
        old, new = _names(before) if before else set(), _names(now)
        for name in old - new:
            self._forget(name, now.sub)
        for name in new - old:
            self._subs[name] = (*self._subs.get(name, ()), now.sub)

    def leave(self, user: Named) -> None:
        """Forget a user's names; the place in line stays empty."""
        for name in _names(user):
            self._forget(name, user.sub)

    def candidates(self, name: str) -> tuple[str, ...]:
        """The `sub` of each user whose username or possible alias is `name`, but for case."""
        return self._subs.get(name.casefold(), ())

    def line(self, begin: int) -> Iterator[tuple[int, str]]:
        """Each place from `begin` on and the `sub` of whoever has it, or had: the longest here first."""
        return ((at, self._line[at]) for at in range(begin, len(self._line)))

    def _forget(self, name: str, sub: str) -> None:
        left = tuple(each for each in self._subs[name] if each != sub)
        if left:
            self._subs[name] = left
        else:
            del self._subs[name]


def _names(user: Named) -> set[str]:
    names = (user.username, *(user.attributes.get(alias, "") for alias in _ALIASES))
    return {name.casefold() for name in names if name}
