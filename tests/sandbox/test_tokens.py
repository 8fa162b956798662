"""The JWTs, and GetUser with the access token."""

from __future__ import annotations

from typing import Any

import jwt
import pytest

from tests.sandbox.house import POOL, House, signing_key

ISSUER = f"http://127.0.0.1/{POOL}"
ANY_TIME: Any = {"verify_exp": False, "verify_iat": False}


def tokens(house: House) -> dict[str, Any]:
    result: dict[str, Any] = house.ask("InitiateAuth", **house.start())["AuthenticationResult"]
    return result


def claims(house: House, token: str, audience: str | None = None) -> dict[str, Any]:
    """The claims, verified by the JWKS of the pool as anybody else would."""
    document = house.sandbox.document(f"/{POOL}/.well-known/jwks.json")
    assert document is not None
    keys = jwt.PyJWKSet.from_dict(document)
    key = keys[jwt.get_unverified_header(token)["kid"]]
    return jwt.decode(token, key, algorithms=["RS256"], audience=audience, issuer=ISSUER, options=ANY_TIME)


def test_an_id_token_tells_who_the_user_is(house: House) -> None:
    house.change(groups=("admins", "staff"))
    found = claims(house, tokens(house)["IdToken"], audience="openclient")
    seconds = int(house.clock().timestamp())
    for name in ("origin_jti", "event_id", "jti"):
        assert len(found.pop(name)) == 36
    assert found == {
        "sub": "ana-sub",
        "cognito:username": "ana",
        "cognito:groups": ["admins", "staff"],
        "email": "ana@example.com",
        "email_verified": True,
        "given_name": "Ana",
        "phone_number": "+351210000000",
        "iss": ISSUER,
        "aud": "openclient",
        "token_use": "id",
        "auth_time": seconds,
        "iat": seconds,
        "exp": seconds + 3600,
    }


def test_an_access_token_tells_what_its_holder_may(house: House) -> None:
    found = claims(house, tokens(house)["AccessToken"])
    seconds = int(house.clock().timestamp())
    for name in ("origin_jti", "event_id", "jti"):
        assert len(found.pop(name)) == 36
    assert found == {
        "sub": "ana-sub",
        "username": "ana",
        "iss": ISSUER,
        "client_id": "openclient",
        "token_use": "access",
        "scope": "aws.cognito.signin.user.admin",
        "auth_time": seconds,
        "iat": seconds,
        "exp": seconds + 3600,
    }


def test_both_are_of_one_sign_in_and_two_sign_ins_are_not(house: House) -> None:
    first, second = tokens(house), tokens(house)
    origin = claims(house, first["IdToken"], "openclient")["origin_jti"]
    assert origin == claims(house, first["AccessToken"])["origin_jti"]
    assert origin != claims(house, second["AccessToken"])["origin_jti"]
    assert claims(house, first["AccessToken"])["jti"] != claims(house, second["AccessToken"])["jti"]
    assert first["RefreshToken"] != second["RefreshToken"]


def test_a_pool_has_public_documents(house: House) -> None:
    jwks = house.sandbox.document(f"/{POOL}/.well-known/jwks.json")
    assert jwks is not None
    (key,) = jwks["keys"]
    assert set(key) == {"alg", "e", "kid", "kty", "n", "use"}
    openid = house.sandbox.document(f"/{POOL}/.well-known/openid-configuration")
    assert openid is not None
    assert openid["issuer"] == ISSUER
    assert openid["jwks_uri"] == f"{ISSUER}/.well-known/jwks.json"
    for nothing in ("/", "", f"/{POOL}", f"/{POOL}/", "/local_Other/.well-known/jwks.json"):
        assert house.sandbox.document(nothing) is None


class TestGetUser:
    def test_it_tells_the_holder_of_an_access_token_about_themselves(self, house: House) -> None:
        answer = house.ask("GetUser", AccessToken=tokens(house)["AccessToken"])
        assert answer["Username"] == "ana"
        assert {"Name": "sub", "Value": "ana-sub"} in answer["UserAttributes"]
        assert {"Name": "email_verified", "Value": "true"} in answer["UserAttributes"]

    @pytest.mark.parametrize("year", [2020, 2040])
    def test_it_goes_by_the_clock_of_the_sandbox(self, house: House, year: int) -> None:
        house.clock.time = house.clock.time.replace(year=year)
        assert house.ask("GetUser", AccessToken=tokens(house)["AccessToken"])

    def test_an_expired_token_is_told_so(self, house: House) -> None:
        token = tokens(house)["AccessToken"]
        house.clock.forward(hours=1)
        assert house.refused("GetUser", AccessToken=token) == (
            "NotAuthorizedException",
            "Access Token has expired",
        )

    @pytest.mark.parametrize("which", ["IdToken", "RefreshToken", "garbage", "forged", "unsigned"])
    def test_any_other_token_is_invalid(self, house: House, which: str) -> None:
        result = tokens(house)
        forged = jwt.decode(result["AccessToken"], options={"verify_signature": False})
        other = {
            "garbage": "a.b.c",
            "forged": jwt.encode(forged, "x" * 32, algorithm="HS256"),
            "unsigned": jwt.encode(forged, "", algorithm="none"),
        }
        token = result.get(which) or other[which]
        assert house.refused("GetUser", AccessToken=token) == (
            "NotAuthorizedException",
            "Invalid Access Token",
        )

    def test_a_user_who_is_gone_or_disabled_is_not_told_about(self, house: House) -> None:
        token = tokens(house)["AccessToken"]
        house.change(enabled=False)
        assert house.refused("GetUser", AccessToken=token)[1] == "User is disabled."
        house.ask("AdminDeleteUser", Username="ana")
        assert house.refused("GetUser", AccessToken=token)[0] == "UserNotFoundException"


def test_the_key_may_be_given(house: House) -> None:
    token = tokens(house)["AccessToken"]
    assert jwt.decode(token, signing_key().public_key(), algorithms=["RS256"], options=ANY_TIME)
