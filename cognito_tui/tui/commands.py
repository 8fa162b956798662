"""What the command palette offers: what the keys of this moment do, and what has no key."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any

from textual.app import App, SystemCommand
from textual.binding import ActiveBinding
from textual.screen import Screen

PALETTE = "command_palette"


def commands(app: App[None], screen: Screen[Any], others: Iterable[SystemCommand]) -> Iterable[SystemCommand]:
    """The palette's entries on `screen`: `others`, then every key that would do something now.

    Of the keys, those that say in a tooltip what they are for: moving a cursor is not worth an entry.
    """
    yield from others
    for active in _telling(screen):
        binding = active.binding
        run = partial(app.run_action, binding.action, default_namespace=active.node)
        yield SystemCommand(f"{binding.description}  {app.get_key_display(binding)}", binding.tooltip, run)


def keys(app: App[None], screen: Screen[Any]) -> list[tuple[str, str]]:
    """The same keys for the help: each as it is shown, and what it is for."""
    return [(app.get_key_display(each.binding), each.binding.tooltip) for each in _telling(screen)]


def _telling(screen: Screen[Any]) -> Iterator[ActiveBinding]:
    seen = {PALETTE}
    for active in screen.active_bindings.values():
        binding = active.binding
        if active.enabled and binding.tooltip and binding.action not in seen:
            seen.add(binding.action)
            yield active
