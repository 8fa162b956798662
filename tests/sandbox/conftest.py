from __future__ import annotations

import pytest

from tests.sandbox.house import House


@pytest.fixture
def house() -> House:
    return House()
