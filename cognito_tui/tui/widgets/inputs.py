"""One-line fields."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

from textual import events
from textual.widgets import Input

from cognito_tui.cognito import challenges
from cognito_tui.cognito.model import Secret

AROUND = "\r\n\t \ufeff\u200b"
"""What a pasted secret or id is freed of at its ends; none begins or ends with it."""


BLANK = "\xa0" * 200
"""A placeholder that can only be seen where a field is an underline: on a terminal of 16 colours."""


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
        super().__init__(value, placeholder=placeholder or BLANK, id=id, select_on_focus=False)
        self.cursor_blink = False

    def watch_value(self, value: str) -> None:
        """Textual's own watcher is `_watch_value`; both are called."""
        if self._on_value is not None:
            self._on_value(value)

    async def _on_key(self, event: events.Key) -> None:
        """Take keys in the order they come, and every character that can be part of a name.

        Textual runs a field's own bindings (backspace, enter ...) only when the key has travelled up to the
        app; letters typed meanwhile overtake it. And it drops characters that join others, as in some emoji.
        """
        binding = next(iter(self._bindings.key_to_bindings.get(event.key, ())), None)
        if binding is not None:
            event.stop()
            event.prevent_default()
            await self.run_action(binding.action)
        elif event.character and unicodedata.category(event.character) == "Cf":
            event.stop()
            event.prevent_default()
            self.insert_text_at_cursor(event.character)
        else:
            await super()._on_key(event)

    def action_copy(self) -> None:
        """Copy what is selected; nothing is: tell how to leave, as everywhere else."""
        if self.selection.is_empty:
            self.app.action_help_quit()
        else:
            super().action_copy()

    def _on_paste(self, event: events.Paste) -> None:
        # Textual keeps the first line only, which may be empty, and says nothing of the others
        event.prevent_default()
        event.stop()
        self._take(event.text)

    def _take(self, text: str) -> None:
        """Put pasted `text` in place of what is selected."""
        lines = text.strip("\r\n").splitlines()
        if len(lines) > 1:
            self.app.notify(
                f"The first of {len(lines)} lines was pasted: the field takes one.", severity="warning"
            )
        if lines:
            self.replace(self._fit(lines[0]), *self.selection)

    def _fit(self, line: str) -> str:
        """A pasted line as the field takes it."""
        return line


class IdInput(LineInput):
    """A field for an id or a URL: no blank belongs there, so those around a pasted one are left out."""

    def _fit(self, line: str) -> str:
        return line.strip(AROUND)


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


class CodeInput(LineInput):
    """A field for a code; a paste is taken whole, whatever blanks, dashes and line breaks it came with."""

    def _take(self, text: str) -> None:
        self.replace(challenges.code(text), *self.selection)


class JsonInput(SecretInput):
    """A field for a JSON object; the lines of a paste become one: JSON has no line break that counts."""

    def _take(self, text: str) -> None:
        super()._take(" ".join(text.split("\n")).replace("\r", "").replace("\t", " "))
