"""The help about a place: what it is for, and every key that does something there now."""

from __future__ import annotations

from collections.abc import Sequence
from inspect import cleandoc
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from cognito_tui.tui.say import say
from cognito_tui.tui.screens.dialog import Dialog
from cognito_tui.tui.widgets.pane import Pane, Section

ALWAYS = (
    ("tab, shift+tab", "the next field, the one before"),
    ("^p", "everything there is to do here, themes too"),
    ("^q", "leave the app"),
)


class Help(Dialog[None]):
    """Shows `text`, which is Markdown, and `keys`: each key and what it does."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter,q,question_mark", "cancel", "Close", show=False)]

    def __init__(self, text: str | None, keys: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._text = cleandoc(text or "")
        self._keys = (*keys, *ALWAYS)

    def compose(self) -> ComposeResult:
        """The text, then the keys in two columns."""
        from textual.widgets import Markdown  # noqa: PLC0415 it loads pygments, which is not for the first paint

        width = max(len(key) for key, _ in self._keys)
        lines = (
            say("[b $text-accent]$key[/]  $what", key=key.ljust(width), what=what) for key, what in self._keys
        )
        with Pane(title="Help", subtitle="esc closes", classes="dialog"), VerticalScroll(id="help"):
            yield Markdown(self._text)
            yield Section("Keys, here and now")
            yield Static(Content("\n").join(lines))

    def on_mount(self) -> None:
        """The arrows scroll."""
        self.query_one("#help").focus()
