"""The path of a file that a person names."""

from __future__ import annotations

from pathlib import Path

from cognito_tui.store.errors import StoreError


def typed_path(text: str) -> Path:
    """What was typed as a path; `~` is a home directory.

    Raises:
        StoreError: it is nobody's.
    """
    try:
        return Path(text).expanduser()
    except RuntimeError as error:
        raise StoreError(str(error)) from None
