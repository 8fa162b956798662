from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.sandbox.house import House
from tests.sandbox.outside import Outside, outside
from tests.sandbox.place import Place


@pytest.fixture
def house() -> House:
    return House()


@pytest.fixture
def aws(house: House) -> Iterator[Outside]:
    """boto3, outside of `house`."""
    with outside(house) as client:
        yield client


@pytest.fixture
def place() -> Iterator[Place]:
    place = Place()
    with place.server:
        yield place
