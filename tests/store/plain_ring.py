"""A back end that writes a readable file, as keyrings.alt has them.

Loaded in processes of their own only: keyring registers every class of back ends it sees.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

from keyring.backend import KeyringBackend


class Plaintext(KeyringBackend):
    """A JSON object in the file that PLAIN_FILE names."""

    priority = 0.5

    def get_password(self, service: str, username: str) -> str | None:
        return self._items().get(f"{service} {username}")

    def set_password(self, service: str, username: str, password: str) -> None:
        self._file.write_text(json.dumps(self._items() | {f"{service} {username}": password}))

    def _items(self) -> dict[str, str]:
        items: dict[str, str] = json.loads(self._file.read_text()) if self._file.exists() else {}
        return items

    @property
    def _file(self) -> Path:
        return Path(os.environ["PLAIN_FILE"])
