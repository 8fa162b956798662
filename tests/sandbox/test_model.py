"""The compact table of shapes is botocore's service model."""

from __future__ import annotations

from typing import Any

import pytest

from cognito_tui.sandbox.operations import OPERATIONS
from cognito_tui.sandbox.shapes import (
    INPUTS,
    PUBLIC,
    Boolean,
    Integer,
    ListOf,
    MapOf,
    Shape,
    String,
    Structure,
)
from tests.sandbox.house import service_model


def shape_of(shape: Any) -> Shape:
    """A shape of botocore's as one of ours."""
    limits, sensitive = shape.metadata, bool(shape.metadata.get("sensitive"))
    match shape.type_name:
        case "structure":
            members = {name: shape_of(member) for name, member in shape.members.items()}
            return Structure(members, frozenset(shape.required_members), sensitive)
        case "map":
            value = shape_of(shape.value)
            assert isinstance(value, String)
            assert shape_of(shape.key) == value
            return MapOf(value, sensitive)
        case "list":
            return ListOf(shape_of(shape.member))
        case "integer":
            return Integer(limits["min"], limits.get("max"))
        case "boolean":
            return Boolean()
    assert shape.type_name == "string"
    return String(
        limits.get("min"), limits.get("max"), limits.get("pattern", ""), tuple(shape.enum), sensitive
    )


def test_every_operation_served_has_its_shape_and_the_other_way_round() -> None:
    assert set(OPERATIONS) == set(INPUTS)
    assert set(OPERATIONS) >= PUBLIC


@pytest.mark.parametrize("operation", sorted(INPUTS))
def test_a_request_has_the_shape_of_the_service_model(operation: str) -> None:
    model = service_model().operation_model(operation)
    assert INPUTS[operation] == shape_of(model.input_shape)
    assert (operation in PUBLIC) == (model.auth_type == "none")
