"""The last line: what the keys of the moment do.

One widget, where Textual's Footer is one for each key: those are made and styled anew whenever a key comes or
goes, which took longer than all the rest of a place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import ActiveBinding
from textual.content import Content
from textual.reactive import reactive
from textual.screen import Screen
from textual.widget import Widget

from cognito_tui.tui.say import say


@dataclass(frozen=True)
class _Shown:
    """A key in the line, and the cells it has there."""

    key: str
    words: Content
    tooltip: str
    left: int

    def holds(self, x: int) -> bool:
        return self.left <= x < self.left + self.words.cell_length


class KeysBar(Widget):
    """As many keys as there is room for, the palette's at the right end; a click presses one."""

    ALLOW_SELECT: ClassVar[bool] = False

    hovered: reactive[str] = reactive("")

    _active: Sequence[ActiveBinding] = ()
    _palette: ActiveBinding | None = None

    def on_mount(self) -> None:
        """Follow the keys of the screen."""
        self.screen.bindings_updated_signal.subscribe(self, self._changed)

    def _changed(self, screen: Screen[object]) -> None:
        # here and not at each paint or move of the mouse: every part of the place is asked what it may do now
        active = screen.active_bindings
        self._active = [each for each in active.values() if each.binding.show]
        self._palette = active.get(self.app.COMMAND_PALETTE_BINDING)
        self.refresh()

    def render(self) -> Content:
        """All that fit."""
        line, at = Content(""), 0
        for shown in self._shown():
            words = shown.words.stylize("underline") if shown.key == self.hovered else shown.words
            line, at = line + " " * (shown.left - at) + words, shown.left + words.cell_length
        return line

    def _shown(self) -> list[_Shown]:
        entries: dict[str, tuple[str, Content, str]] = {}
        for active in self._active:
            if active.binding.action not in entries:
                entries[active.binding.action] = self._entry(active)
        end, last = self.size.width, []
        if self._palette is not None:  # not while a dialog opens
            key, words, about = self._entry(self._palette)
            end -= words.cell_length + 1
            last = [_Shown(key, words, about, end)]
        shown, left = [], 0
        for key, words, about in entries.values():
            if left + words.cell_length > end:
                break
            shown.append(_Shown(key, words, about, left))
            left += words.cell_length
        return [*shown, *last]

    def _entry(self, active: ActiveBinding) -> tuple[str, Content, str]:
        """Key, words and tooltip."""
        binding = active.binding
        name = self.app.get_key_display(binding)
        words = _words(name, binding.description, enabled=active.enabled)
        return binding.key, words, active.tooltip or binding.description

    def _at(self, x: int) -> _Shown | None:
        return next((each for each in self._shown() if each.holds(x)), None)

    def on_click(self, event: events.Click) -> None:
        """Press the key under the pointer."""
        event.stop()
        if (clicked := self._at(event.x)) is not None:
            self.app.simulate_key(clicked.key)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Say more of the key under the pointer."""
        under = self._at(event.x)
        self.hovered = under.key if under else ""
        self.tooltip = under.tooltip if under else None

    def on_leave(self) -> None:
        """Nothing is under the pointer any more."""
        self.hovered = ""


def _words(key: str, description: str, *, enabled: bool) -> Content:
    words = say(
        " [b $text-accent]$key[/] [$foreground 80%]$description[/] ", key=key, description=description
    )
    return words if enabled else words.stylize("dim")
