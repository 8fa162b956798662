from __future__ import annotations

import pytest

from cognito_tui.cognito.errors import CognitoError
from cognito_tui.cognito.flows.ending import global_sign_out, revoke_token
from cognito_tui.cognito.model import AppClient, Secret
from tests.dialogue import CLIENT, WITH_SECRET, calls, play, refuse

TOKEN = Secret("a.token")


@pytest.mark.parametrize("client", [CLIENT, WITH_SECRET], ids=["no secret", "secret"])
def test_revoking_carries_the_secret_itself_and_no_aws_credentials(client: AppClient) -> None:
    steps, _ = play(revoke_token(client, TOKEN), [{}])
    (call,) = calls(steps)
    assert call.operation == "RevokeToken"
    secret = {"ClientSecret": client.secret} if client.secret else {}
    assert call.params == {"Token": TOKEN, "ClientId": client.client_id, **secret}
    assert not call.signed
    assert not call.reads_only
    assert call.hashed is None


def test_a_global_sign_out_needs_the_access_token_alone() -> None:
    steps, _ = play(global_sign_out(TOKEN), [{}])
    (call,) = calls(steps)
    assert (call.operation, call.params) == ("GlobalSignOut", {"AccessToken": TOKEN})
    assert not call.signed
    assert not call.reads_only


@pytest.mark.parametrize("flow", [revoke_token(CLIENT, TOKEN), global_sign_out(TOKEN)])
def test_a_refusal_ends_them(flow: object) -> None:
    with pytest.raises(CognitoError, match="no"):
        play(flow, [refuse("R", "NotAuthorizedException", "no")])  # type: ignore[arg-type] # of both
