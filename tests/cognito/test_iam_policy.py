"""The policy that lets somebody look at users and change them."""

from __future__ import annotations

import json

from cognito_tui.cognito.iam_policy import IMPORTS, LOOKS, import_policy, policy, resource_of
from cognito_tui.cognito.steps import Call
from cognito_tui.cognito.user_actions import Action
from tests.service_model import model


def test_it_names_every_operation_of_the_place_and_no_other() -> None:
    look, change = json.loads(policy("eu-west-1_AbC", "eu-west-1"))["Statement"]
    assert look["Action"] == [f"cognito-idp:{name}" for name in LOOKS]
    assert set(change["Action"]) == {name for action in Action for name in action.iam_actions}
    assert look["Resource"] == change["Resource"] == "arn:aws:cognito-idp:eu-west-1:*:userpool/eu-west-1_AbC"


def test_what_looks_changes_nothing_and_exists() -> None:
    assert all(Call(name, {}).reads_only for name in LOOKS + IMPORTS)
    assert set(LOOKS + IMPORTS) <= set(model()["operations"])


def test_an_import_lists_pools_anywhere_and_reads_those_of_the_region() -> None:
    pools, clients = json.loads(import_policy("eu-west-1"))["Statement"]
    assert (pools["Action"], pools["Resource"]) == (["cognito-idp:ListUserPools"], "*")
    assert {*pools["Action"], *clients["Action"]} == {f"cognito-idp:{name}" for name in IMPORTS}
    assert clients["Resource"] == "arn:aws:cognito-idp:eu-west-1:*:userpool/*"
    (_, of_one) = json.loads(import_policy("eu-west-1", "eu-west-1_AbC"))["Statement"]
    assert of_one["Resource"] == resource_of("ListUserPoolClients", "eu-west-1", "eu-west-1_AbC")
    assert resource_of("ListUserPools", "eu-west-1", "eu-west-1_AbC") == "*"
