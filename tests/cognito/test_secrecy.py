from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from cognito_tui.cognito.model import MASK, Secret
from cognito_tui.cognito.secrecy import SECRET_MEMBERS, masked, revealed, sealed
from cognito_tui.cognito.steps import PUBLIC_OPERATIONS
from tests.service_model import model

NO_SECRETS = {"Username", "Value", "Destination", "IpAddress", "ClientId", "UserSub", "UserCode"}
"""Marked sensitive because they are personal or identify a client; the person works with them."""

OPERATIONS = [
    *PUBLIC_OPERATIONS,
    "AdminInitiateAuth",
    "AdminRespondToAuthChallenge",
    "AdminGetUser",
    "DescribeUserPool",
    "DescribeUserPoolClient",
]

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: (
        st.lists(inner) | st.dictionaries(st.sampled_from(sorted([*SECRET_MEMBERS, "Name"])), inner)
    ),
)


def test_every_sensitive_member_of_the_answers_is_sealed() -> None:
    """The model knows which members are sensitive; a new one must not slip through."""
    shapes = model()["shapes"]
    sensitive = set()

    def look(shape_name: str, seen: frozenset[str]) -> None:
        shape = shapes[shape_name]
        if shape_name in seen:
            return
        for name, member in shape.get("members", {}).items():
            if shapes[member["shape"]].get("sensitive") and shapes[member["shape"]]["type"] == "string":
                sensitive.add(name)
            look(member["shape"], seen | {shape_name})
        for part in ("member", "value"):
            if part in shape:
                look(shape[part]["shape"], seen | {shape_name})

    for operation in OPERATIONS:
        look(model()["operations"][operation]["output"]["shape"], frozenset())
    assert "Session" in sensitive
    assert sensitive - NO_SECRETS <= SECRET_MEMBERS


@given(st.dictionaries(st.sampled_from(sorted([*SECRET_MEMBERS, "Name"])), JSON))
def test_what_is_sealed_is_revealed_as_it_was(answer: dict[str, Any]) -> None:
    assert revealed(sealed(answer)) == answer


def test_a_mask_shows_the_beginning_of_long_opaque_strings_only() -> None:
    answer = sealed(
        {"Session": "AYABeE" + "x" * 40, "IdToken": "short", "ClientSecret": "c" * 51, "Name": "ana"}
    )
    assert masked(answer) == {
        "Session": f"AYABeE{MASK}",
        "IdToken": MASK,
        "ClientSecret": MASK,
        "Name": "ana",
    }


def test_a_mask_covers_secrets_at_any_depth() -> None:
    call = {"AuthParameters": {"PASSWORD": Secret("hunter2"), "USERNAME": "ana"}, "list": [Secret("hunter2")]}
    assert masked(call) == {"AuthParameters": {"PASSWORD": MASK, "USERNAME": "ana"}, "list": [MASK]}
