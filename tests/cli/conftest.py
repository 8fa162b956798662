from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from cognito_tui.cli import streams
from cognito_tui.sandbox.sandbox import Sandbox
from cognito_tui.sandbox.seed import seed
from cognito_tui.sandbox.server import SandboxServer
from tests.aws.conftest import direct_way  # noqa: F401 a fixture
from tests.cli.served import Served
from tests.sandbox.house import signing_key


@pytest.fixture(autouse=True)
def no_terminal(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """None of whoever runs the tests; the few that want one start a process on their own."""
    monkeypatch.setattr(streams, "TERMINAL", tmp_path / "no terminal")


@pytest.fixture
def served() -> Iterator[Served]:
    sandbox = Sandbox(signing_key=signing_key())
    sown = seed(sandbox)
    with SandboxServer(sandbox) as server:
        yield Served(server.endpoint_url, sandbox, sown)
