"""Words for the screen. Data is never markup: it goes in as a value, never into the template."""

from __future__ import annotations

from typing import Final

from textual.content import Content

DONE: Final = "[$text-success]●[/]"
OPEN: Final = "[$foreground 72%]○[/]"
NEEDS: Final = "[$text-warning]![/]"
FAILED: Final = "[$text-error]×[/]"
"""Signs of a state; each stands beside its word, for colour is never the only signal."""


def say(template: str, **values: object) -> Content:
    """Markup of ours with `$name` replaced by data, which is taken as it is."""
    return Content.from_markup(template, **{name: str(value) for name, value in values.items()})


def plain(text: str) -> Content:
    """Data alone."""
    return Content(text)


def quiet(text: str) -> Content:
    """Secondary text: an explanation, a unit, a label."""
    return Content.styled(text, "$foreground 72%")


def key(name: str) -> str:
    """Markup of a key one can press; everywhere the same."""
    return f"[b $text-accent]{name}[/]"


def ruled(title: str, width: int) -> Content:
    """A heading inside a text: a thin rule of `width` cells with a word in it."""
    return say(
        "[$foreground 30%]─[/] [$foreground 72%]$title[/] [$foreground 30%]$rule[/]",
        title=title,
        rule="─" * max(0, width - len(title) - 3),
    )
