"""A real Secret Service for the tests that ask for one."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.parts import need

if TYPE_CHECKING:
    from tests.store.secret_service import SecretService


@pytest.fixture
def secret_service(monkeypatch: pytest.MonkeyPatch) -> Iterator[SecretService]:
    """A private one with an unlocked collection, in this process's environment."""
    need("keyring")
    from tests.store.secret_service import SecretService  # noqa: PLC0415 it needs Linux

    with tempfile.TemporaryDirectory() as directory, SecretService.running(Path(directory)) as service:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", service.address)
        monkeypatch.delenv("PYTHON_KEYRING_BACKEND")
        yield service
