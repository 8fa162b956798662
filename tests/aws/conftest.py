from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from cognito_tui.sandbox.server import SandboxServer
from tests.sandbox.house import House


@pytest.fixture(autouse=True)
def direct_way(monkeypatch: pytest.MonkeyPatch) -> None:
    """No proxy and no certificates of whoever runs the tests."""
    for name in list(os.environ):
        if name.upper().endswith("_PROXY") or name == "REQUESTS_CA_BUNDLE":
            monkeypatch.delenv(name)


@pytest.fixture
def house() -> House:
    return House()


@pytest.fixture
def endpoint(house: House) -> Iterator[str]:
    """Where the house is served."""
    with SandboxServer(house.sandbox) as server:
        yield server.endpoint_url


@pytest.fixture
def aws(tmp_path: Path) -> Path:
    """`~/.aws` of whoever runs the app."""
    directory = tmp_path / "home" / ".aws"
    directory.mkdir()
    return directory
