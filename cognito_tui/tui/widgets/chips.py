"""The kinds of users, each with its number; one is chosen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import ClassVar, Final

from textual import events
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from cognito_tui.cognito.model import UserStatus
from cognito_tui.cognito.users import Chip, User
from cognito_tui.tui.roll import Keep
from cognito_tui.tui.say import say

TITLES: Final[Mapping[Chip, tuple[str, str, str]]] = {
    Chip.ALL: ("All", "All", "All"),
    Chip.STUCK: ("Stuck", "Stuck", "Stuck"),
    Chip.UNCONFIRMED: ("Unconfirmed", "Unconfirmed", "Unconf"),
    Chip.RESET_REQUIRED: ("Reset needed", "Reset", "Reset"),
    Chip.DISABLED: ("Disabled", "Disabled", "Disab"),
    Chip.EXTERNAL: ("External", "External", "Ext"),
}
"""What stands on a chip, and what where there is less room and less."""

ORDER: Final = tuple(TITLES)
"""The chips from left to right; the first is on the key 1."""


@lru_cache(maxsize=32)
def keep_of(chip: Chip, enabled: bool | None = None) -> Keep | None:
    """Who is shown of a kind, and with `enabled` of those only who is so; None for everybody."""
    kinds = frozenset(
        (status, is_enabled)
        for status in UserStatus
        for is_enabled in (True, False)
        if holds(chip, status, is_enabled) and enabled in (None, is_enabled)
    )
    return None if len(kinds) == 2 * len(UserStatus) else lambda row: (row.status, row.enabled) in kinds


def holds(chip: Chip, status: UserStatus, enabled: bool) -> bool:
    """Whether a user of this status, enabled or not, is of the kind."""
    return chip.holds(User("", enabled=enabled, status=status))


class Chips(Widget):
    """One line of kinds."""

    ALLOW_SELECT: ClassVar[bool] = False

    @dataclass
    class Chosen(Message):
        """A kind was chosen."""

        chip: Chip

    def __init__(self) -> None:
        super().__init__(classes="chips")
        self._chip = Chip.ALL
        self._numbers: Mapping[Chip, str] = {}

    def show(self, chip: Chip, numbers: Mapping[Chip, str]) -> None:
        """Show which kind is chosen, and how many there are of each."""
        self._chip, self._numbers = chip, numbers
        self.refresh()

    def render(self) -> Content:
        """All of them, as long as there is room for."""
        return Content("").join(words for _, words in self._fitting())

    def _fitting(self) -> list[tuple[Chip, Content]]:
        for size, numbers in ((0, True), (1, True), (2, True), (2, False)):
            chips = [(chip, self._words(chip, size, numbers=numbers)) for chip in ORDER]
            if sum(words.cell_length for _, words in chips) <= self.size.width:
                break
        return chips

    def _words(self, chip: Chip, size: int, *, numbers: bool) -> Content:
        chosen = chip is self._chip
        words = say(
            " [b $text-accent]$key[/] [b]$title[/]" if chosen else " [b $text-accent]$key[/] $title",
            key=ORDER.index(chip) + 1,
            title=TITLES[chip][size],
        )
        number = self._numbers.get(chip, "") if numbers or chosen else ""
        if number:
            words += say(" [b]$number[/]" if chosen else " [$foreground 72%]$number[/]", number=number)
        return self._lit(words + " ") if chosen else words

    def _lit(self, words: Content) -> Content:
        return words.stylize("reverse" if self.app.native_ansi_color else "on $primary 28%")

    def on_click(self, event: events.Click) -> None:
        """Choose the kind under the pointer."""
        event.stop()
        left = 0
        for chip, words in self._fitting():
            if left <= event.x < left + words.cell_length:
                self.post_message(self.Chosen(chip))
            left += words.cell_length
