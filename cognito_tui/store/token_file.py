"""A token in a file, because the person has asked for it: for its owner only, and never over another file."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from cognito_tui.cognito.model import Secret
from cognito_tui.store.errors import StoreError


def write_token(path: Path, token: Secret) -> None:
    """Write `token` and a line break into a new file of mode 0600, whole or not at all.

    Raises:
        StoreError: there is one of that name, or it cannot be written.
    """
    try:
        number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise StoreError("There is a file of that name; it is left as it is.") from None
    except OSError as error:
        raise StoreError(f"It cannot be written: {error.strerror}.") from None
    except ValueError:  # a NUL
        raise StoreError("No file can have that name.") from None
    try:
        with os.fdopen(number, "w", encoding="utf-8") as file:
            file.write(f"{token.reveal()}\n")
    except OSError as error:
        with contextlib.suppress(OSError):
            path.unlink()
        raise StoreError(f"It cannot be written: {error.strerror}.") from None
