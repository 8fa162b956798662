"""What the command palette offers: what the keys of this moment do, and what has no key."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from textual.app import App, SystemCommand
from textual.screen import Screen

HIDDEN = {"focus_next", "focus_previous", "quit", "command_palette", "help_quit"}
"""Actions that make no sense in a list."""


def commands(
    app: App[None], screen: Screen[object], others: Iterable[SystemCommand]
) -> Iterable[SystemCommand]:
    """The palette's entries on `screen`: `others`, then every binding that would do something now."""
    yield from others
    seen = set()
    for active in screen.active_bindings.values():
        binding = active.binding
        action = binding.action.split("(")[0].rpartition(".")[2]
        if not active.enabled or not binding.description or action in HIDDEN or binding.action in seen:
            continue
        seen.add(binding.action)
        key = app.get_key_display(binding)
        yield SystemCommand(
            binding.description,
            f"{binding.tooltip or binding.description} ({key})",
            _runner(app, binding.action, active.node),
        )


def _runner(app: App[None], action: str, node: object) -> Callable[[], object]:
    return lambda: app.run_action(action, default_namespace=node)  # type: ignore[arg-type]  # a DOMNode
