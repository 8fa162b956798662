"""The users that are loaded, and which of them are shown in which order."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from cognito_tui.cognito.model import UserStatus
from cognito_tui.tui.user_rows import UserRow

Keep = Callable[[UserRow], bool]
"""Whether a user is shown."""


@dataclass(frozen=True)
class Order:
    """By which column the users are sorted; `key` empty is the order in which Cognito tells of them."""

    key: str = ""
    backwards: bool = False


AS_TOLD: Final = Order()


class Roll:
    """Users, of whom those in `shown` are looked at.

    A page is taken in at the cost of a page, whatever is loaded already, also while `shown` is sorted or
    narrowed; another order, a filter or a search costs one pass over all.
    """

    def __init__(self) -> None:
        self.all: list[UserRow] = []
        self.shown: list[UserRow] = self.all
        self.order = AS_TOLD
        self._keep: Keep | None = None
        self._needle = ""
        self._tally: Counter[tuple[UserStatus, bool]] = Counter()
        self._ahead: set[str] = set()

    def __len__(self) -> int:
        return len(self.all)

    def count(self, keep: Callable[[UserStatus, bool], bool]) -> int:
        """How many of all are so: `keep` is asked of each status and whether the user is enabled."""
        return sum(n for (status, enabled), n in self._tally.items() if keep(status, enabled))

    def add(self, page: Sequence[UserRow], at: int = 0) -> int:
        """Take in a page; where the user that was shown at position `at` stands now."""
        if self._ahead:  # they are there already, and as they are now
            page = [row for row in page if row.username not in self._ahead]
        self.all.extend(page)
        self._tally.update((row.status, row.enabled) for row in page)
        if self.shown is self.all:
            return at
        new = self._narrowed(page)
        if self.order == AS_TOLD:
            self.shown.extend(new)
            return at
        key = _comparable(self.order)
        for row in new:
            position = bisect_right(self.shown, key(row), key=key)
            self.shown.insert(position, row)
            at += position <= at and len(self.shown) > 1
        return at

    def look(self, *, keep: Keep | None = None, needle: str = "", order: Order = AS_TOLD) -> None:
        """Show those that `keep` wants and that have `needle` in `searched`, in `order`."""
        same = keep is self._keep and order == self.order and self.shown is not self.all
        narrower = same and bool(self._needle) and self._needle in needle
        self._keep, self._needle, self.order = keep, needle, order
        if narrower:
            self.shown = [row for row in self.shown if needle in row.searched]
        else:
            self._show()

    def put(self, row: UserRow) -> None:
        """Take `row` for what is known now of the user of that name, whose page may still come."""
        index = _index(self.all, row.username)
        if index is None:
            self.add([row])
            self._ahead.add(row.username)
            return
        old, self.all[index] = self.all[index], row
        self._tally[old.status, old.enabled] -= 1
        self._tally[row.status, row.enabled] += 1
        if self.shown is not self.all:
            self._show()

    def drop(self, username: str) -> None:
        """Forget a user."""
        index = _index(self.all, username)
        if index is not None:
            old = self.all.pop(index)
            self._tally[old.status, old.enabled] -= 1
            if self.shown is not self.all:
                self._show()

    def has(self, username: str) -> bool:
        """Whether a user is among all."""
        return _index(self.all, username) is not None

    def position(self, username: str) -> int | None:
        """Where a user is shown."""
        return _index(self.shown, username)

    def _show(self) -> None:
        if self._keep is None and not self._needle and self.order == AS_TOLD:
            self.shown = self.all
        else:
            self.shown = self._narrowed(self.all)
            if self.order != AS_TOLD:
                self.shown.sort(key=_KEYS[_sorting(self.order)], reverse=_reversed(self.order))

    def _narrowed(self, rows: Iterable[UserRow]) -> list[UserRow]:
        """Always a new list."""
        keep, needle = self._keep, self._needle
        if keep is not None:
            rows = [row for row in rows if keep(row)]
        return [row for row in rows if needle in row.searched] if needle else list(rows)


def _index(rows: Sequence[UserRow], username: str) -> int | None:
    return next((n for n, row in enumerate(rows) if row.username == username), None)


def _temporary(row: UserRow) -> bool:
    return row.status is UserStatus.FORCE_CHANGE_PASSWORD


_KEYS: Final[dict[tuple[str, bool], Callable[[UserRow], Any]]] = {
    ("username", False): lambda row: row.username.casefold(),
    ("contact", False): lambda row: (not row.contact, row.contact.casefold()),
    ("status", False): lambda row: row.status,
    ("enabled", False): lambda row: row.enabled,
    ("created", False): lambda row: row.created,
    ("modified", False): lambda row: row.modified,
    # who has no temporary password comes last, either way
    ("dies", False): lambda row: (not _temporary(row), row.modified),
    ("dies", True): lambda row: (not _temporary(row), -row.modified),
}
"""What each column is sorted by; backwards where that is not the same turned round."""

SORTED_BY: Final = tuple(dict.fromkeys(key for key, _ in _KEYS))
"""The columns that can be sorted by."""


def _sorting(order: Order) -> tuple[str, bool]:
    exact = (order.key, order.backwards)
    return exact if exact in _KEYS else (order.key, False)


def _reversed(order: Order) -> bool:
    return order.backwards and (order.key, True) not in _KEYS


class _Backwards:
    """A key that compares the other way round, for looking up a place in a list sorted backwards."""

    __slots__ = ("key",)

    def __init__(self, key: Any) -> None:
        self.key = key

    def __lt__(self, other: _Backwards) -> bool:
        return bool(other.key < self.key)


def _comparable(order: Order) -> Callable[[UserRow], Any]:
    key = _KEYS[_sorting(order)]
    return (lambda row: _Backwards(key(row))) if _reversed(order) else key
