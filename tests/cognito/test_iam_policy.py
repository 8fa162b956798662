"""The policy that lets somebody look at users and change them."""

from __future__ import annotations

import json

from cognito_tui.cognito.iam_policy import LOOKS, policy
from cognito_tui.cognito.steps import Call
from cognito_tui.cognito.user_actions import Action
from tests.service_model import model


def test_it_names_every_operation_of_the_place_and_no_other() -> None:
    look, change = json.loads(policy("eu-west-1_AbC", "eu-west-1"))["Statement"]
    assert look["Action"] == [f"cognito-idp:{name}" for name in LOOKS]
    assert set(change["Action"]) == {name for action in Action for name in action.iam_actions}
    assert look["Resource"] == change["Resource"] == "arn:aws:cognito-idp:eu-west-1:*:userpool/eu-west-1_AbC"


def test_what_looks_changes_nothing_and_exists() -> None:
    assert all(Call(name, {}).reads_only for name in LOOKS)
    assert set(LOOKS) <= set(model()["operations"])
