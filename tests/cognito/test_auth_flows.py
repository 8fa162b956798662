from __future__ import annotations

import re

import pytest

from cognito_tui.cognito import auth_flows
from cognito_tui.cognito.auth_flows import ABOUT
from cognito_tui.cognito.model import AuthFlow
from tests.service_model import model


def test_every_auth_flow_of_the_service_model_is_in_the_table_and_no_other() -> None:
    assert set(model()["shapes"]["AuthFlowType"]["enum"]) == set(AuthFlow) == set(ABOUT)


def test_every_switch_is_one_of_the_service_model() -> None:
    known = set(model()["shapes"]["ExplicitAuthFlowsType"]["enum"])
    assert {switch for about in ABOUT.values() for switch in about.switches} <= known


@pytest.mark.parametrize("flow", list(AuthFlow))
def test_what_is_to_be_switched_on_lets_the_flow_in(flow: AuthFlow) -> None:
    about = ABOUT[flow]
    assert about.to_switch_on.startswith("ALLOW_"), "the older kind cannot be mixed with it"
    assert about.allowed_by([about.to_switch_on])
    assert not about.allowed_by(["ALLOW_SOMETHING_ELSE"])
    assert about.operations
    assert about.does
    assert not re.search(r"\.$", about.does)


def test_only_flows_of_administrators_are_kept_from_the_public_operation() -> None:
    assert [flow for flow, about in ABOUT.items() if not about.public] == [
        AuthFlow.ADMIN_USER_PASSWORD_AUTH,
        AuthFlow.ADMIN_NO_SRP_AUTH,
    ]
    assert [flow for flow, about in ABOUT.items() if not about.admin] == [AuthFlow.USER_PASSWORD_AUTH]


def test_the_default_is_allowed_by_a_client_that_says_nothing_of_flows() -> None:
    assert ABOUT[auth_flows.DEFAULT].allowed_by([])
    assert not ABOUT[AuthFlow.USER_PASSWORD_AUTH].allowed_by([])


def test_a_person_signs_in_by_all_flows_but_those_for_refresh_tokens() -> None:
    assert set(AuthFlow) - set(auth_flows.SIGN_IN) == {AuthFlow.REFRESH_TOKEN, AuthFlow.REFRESH_TOKEN_AUTH}
