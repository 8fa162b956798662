"""What becomes of tokens, in Cognito's words and from outside: expired, revoked, of another client."""

from __future__ import annotations

import json
from typing import Any
from urllib.request import urlopen

import jwt
import pytest

from cognito_tui.sandbox.pool import UserPool
from tests.sandbox.house import POOL, SECRET, House
from tests.sandbox.outside import Outside

REVOKED = ("NotAuthorizedException", "Access Token has been revoked")
EXPIRED = ("NotAuthorizedException", "Access Token has expired")


def signed_in(aws: Outside) -> Any:
    return aws("InitiateAuth", **aws.house.start())["AuthenticationResult"]


def test_get_user_tells_expired_from_revoked(aws: Outside) -> None:
    first, second = signed_in(aws), signed_in(aws)
    aws("RevokeToken", ClientId="openclient", Token=first["RefreshToken"])
    assert aws.refused("GetUser", AccessToken=first["AccessToken"]) == REVOKED
    assert aws("GetUser", AccessToken=second["AccessToken"])["Username"] == "ana"
    aws.house.clock.forward(hours=1)
    for token in (first, second):
        assert aws.refused("GetUser", AccessToken=token["AccessToken"]) == EXPIRED


def test_signing_out_everywhere_revokes_all(aws: Outside) -> None:
    tokens = [signed_in(aws) for _ in range(3)]
    assert aws("GlobalSignOut", AccessToken=tokens[1]["AccessToken"]) == {}
    for each in tokens:
        assert aws.refused("GetUser", AccessToken=each["AccessToken"]) == REVOKED
        assert aws.refused("GlobalSignOut", AccessToken=each["AccessToken"]) == REVOKED
    assert aws("GetUser", AccessToken=signed_in(aws)["AccessToken"])


class TestRevokeToken:
    def test_takes_the_client_secret_as_it_is(self, aws: Outside) -> None:
        answer = aws.house.begin("USER_PASSWORD_AUTH", client="secretclient", PASSWORD="Ana-made-up-1")
        token = {"ClientId": "secretclient", "Token": answer["AuthenticationResult"]["RefreshToken"]}
        assert aws.refused("RevokeToken", **token)[0] == "UnauthorizedException"
        assert aws.refused("RevokeToken", **token, ClientSecret="x" * 24)[0] == "UnauthorizedException"
        assert aws("RevokeToken", **token, ClientSecret=SECRET) == {}

    def test_must_be_enabled_for_the_client(self, aws: Outside) -> None:
        aws.house.client("forever", revocation=False)
        token = signed_in(aws)["RefreshToken"]
        assert (
            aws.refused("RevokeToken", ClientId="forever", Token=token)[0] == "UnsupportedOperationException"
        )
        client = aws("DescribeUserPoolClient", ClientId="forever")["UserPoolClient"]
        assert client["EnableTokenRevocation"] is False

    @pytest.mark.parametrize("which", ["AccessToken", "IdToken"])
    def test_is_for_refresh_tokens(self, aws: Outside, which: str) -> None:
        token = signed_in(aws)[which]
        refused = aws.refused("RevokeToken", ClientId="openclient", Token=token)
        assert refused[0] == "UnsupportedTokenTypeException"


@pytest.mark.parametrize("pool_id", [POOL, "local_Other"])
def test_each_pool_publishes_its_keys(house: House, aws: Outside, pool_id: str) -> None:
    house.sandbox.state.pools["local_Other"] = UserPool("local_Other", "Other", house.clock())
    issuer = f"{house.sandbox.state.base_url}/{pool_id}"
    with urlopen(f"{issuer}/.well-known/openid-configuration") as answer:
        configuration = json.load(answer)
    assert configuration["issuer"] == issuer
    with urlopen(configuration["jwks_uri"]) as answer:
        keys = jwt.PyJWKSet.from_dict(json.load(answer))
    token = signed_in(aws)["IdToken"]
    assert jwt.get_unverified_header(token)["kid"] in {key.key_id for key in keys.keys}
