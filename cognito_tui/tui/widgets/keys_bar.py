"""The last line: what the keys of the moment do.

One widget, where Textual's Footer is one for each key: those are made and styled anew whenever a key comes or
goes, which took longer than all the rest of a place.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import events
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

    def on_mount(self) -> None:
        """Follow the keys of the screen."""
        self.screen.bindings_updated_signal.subscribe(self, self._changed)

    def _changed(self, _screen: Screen[object]) -> None:
        self.refresh()

    def render(self) -> Content:
        """All that fit."""
        line, at = Content(""), 0
        for shown in self._shown():
            words = shown.words.stylize("underline") if shown.key == self.hovered else shown.words
            line, at = line + " " * (shown.left - at) + words, shown.left + words.cell_length
        return line

    def _shown(self) -> list[_Shown]:
        active = self.screen.active_bindings
        entries = {}
        for _, binding, enabled, tooltip in active.values():
            if binding.show and binding.action not in entries:
                name = self.app.get_key_display(binding)
                words = _words(name, binding.description, enabled=enabled)
                entries[binding.action] = (binding.key, words, tooltip or binding.description)
        end, last = self.size.width, []
        if (palette := active.get(self.app.COMMAND_PALETTE_BINDING)) is not None:  # not while a dialog opens
            _, binding, _, tooltip = palette
            words = _words(self.app.get_key_display(binding), binding.description, enabled=True)
            end -= words.cell_length + 1
            last = [_Shown(binding.key, words, tooltip or binding.description, end)]
        shown, left = [], 0
        for key, words, about in entries.values():
            if left + words.cell_length > end:
                break
            shown.append(_Shown(key, words, about, left))
            left += words.cell_length
        return [*shown, *last]

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
