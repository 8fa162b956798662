"""One-line fields."""

from __future__ import annotations

from collections.abc import Callable

from textual import events
from textual.widgets import Input

from cognito_tui.cognito.model import Secret

AROUND = "\r\n\t \ufeff\u200b"
"""What a pasted secret is freed of at its ends; no secret begins or ends with it."""


class LineInput(Input):
    """A field that calls `on_value` in the key's own message, so that what follows is painted with the key.

    Textual's `Changed` is a message of its own and costs one or two frames more.
    """

    def __init__(
        self,
        value: str = "",
        *,
        placeholder: str = "",
        on_value: Callable[[str], None] | None = None,
        id: str | None = None,  # noqa: A002 Textual's name
    ) -> None:
        self._on_value = on_value
        super().__init__(value, placeholder=placeholder, id=id, select_on_focus=False)
        self.cursor_blink = False

    def watch_value(self, value: str) -> None:
        """Textual's own watcher is `_watch_value`; both are called."""
        if self._on_value is not None:
            self._on_value(value)


class SecretInput(LineInput):
    """A field for a secret: masked, gives nothing back, and takes a paste whole."""

    ALLOW_SELECT = False

    def __init__(
        self,
        *,
        placeholder: str = "",
        on_value: Callable[[str], None] | None = None,
        id: str | None = None,  # noqa: A002 Textual's name
    ) -> None:
        super().__init__(placeholder=placeholder, on_value=on_value, id=id)
        self.password = True

    @property
    def secret(self) -> Secret:
        """What was typed."""
        return Secret(self.value)

    def action_copy(self) -> None:
        """Nothing: Textual's Input would put the clear text on the clipboard."""
        self.app.bell()

    def action_cut(self) -> None:
        """Nothing, for the same reason."""
        self.app.bell()

    def _on_paste(self, event: events.Paste) -> None:
        # Textual keeps the first line only, which is empty when a line break comes first.
        event.prevent_default()
        event.stop()
        self._take(event.text)

    def action_paste(self) -> None:
        """Paste what this app has copied."""
        self._take(self.app.clipboard)

    def _take(self, text: str) -> None:
        inner = text.strip(AROUND)
        if not inner or not inner.isprintable():
            self.app.notify(
                "A secret is one line without control characters.", title="Not pasted", severity="error"
            )
            return
        self.replace(inner, *self.selection)
