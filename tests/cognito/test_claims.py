from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cognito_tui.cognito.claims import KNOWN, Claim, header_oddities, read
from cognito_tui.cognito.expected import Expected
from tests.cognito.jwts import ACCESS, CLIENT, EXPECTED, HEADER, ID, NOW, POOL, altered, jwt
from tests.cognito.test_tokens import json_values, objects


def claim(name: str, claims: dict[str, Any], expected: Expected | None = EXPECTED) -> Claim:
    (found,) = [each for each in read(jwt(claims), NOW, expected) if each.name == name]
    return found


def oddity(name: str, claims: dict[str, Any], expected: Expected | None = EXPECTED) -> str:
    return claim(name, claims, expected).oddity


@pytest.mark.parametrize("claims", [ID, ACCESS])
def test_nothing_is_odd_about_tokens_of_cognitos(claims: dict[str, Any]) -> None:
    found = read(jwt(claims), NOW, replace(EXPECTED, token_use=claims["token_use"]))
    assert [each.oddity for each in found if each.oddity] == []
    assert {each.name for each in found} == set(claims)
    assert all(each.meaning for each in found)


def test_they_come_in_an_order_that_suits_a_reader() -> None:
    assert [
        each.name for each in read(jwt({**ID, "zoneinfo": "x", "custom:tier": "gold", "odd": 1}), NOW)
    ] == [
        *("sub", "cognito:username", "email", "email_verified", "custom:tier", "given_name", "zoneinfo"),
        *("cognito:groups", "token_use", "aud", "iss", "auth_time", "iat", "exp", "jti", "origin_jti"),
        *("event_id", "odd"),
    ]


def test_times_are_told_with_how_far_away_they_are() -> None:
    assert claim("exp", ID) == Claim(
        "exp", "1 Mar 2026 12:42:00 UTC", "not good after", "", "in 42 min", str(NOW + 2520)
    )
    assert claim("iat", ID).aside == "18 min ago"


@pytest.mark.parametrize(
    ("name", "claims", "shown", "copied"),
    [
        ("cognito:groups", ID, "admins, beta", "admins, beta"),
        ("email_verified", ID, "true", "true"),
        ("email", {**ID, "email": "a\nb"}, "a\\x0ab", "a\nb"),
        ("identities", {**ID, "identities": [{"userId": "1"}]}, '[{"userId": "1"}]', '[{"userId": "1"}]'),
    ],
)
def test_values_are_shown_in_one_line(name: str, claims: dict[str, Any], shown: str, copied: str) -> None:
    found = claim(name, claims)
    assert (found.shown, found.copied) == (shown, copied)


MEANINGS = [
    ("token_use", ID, "an ID token: for your app, not for APIs"),
    ("token_use", ACCESS, "an access token: for APIs, not for who it is"),
    ("aud", ID, "the app client it was made for"),
    ("aud", {**ACCESS, "aud": "https://api.example.com"}, "the resource it is bound to"),
    ("email_verified", ID, "Cognito or an admin has confirmed the address"),
    ("email_verified", {**ID, "email_verified": False}, "nobody has confirmed the address"),
    (
        "phone_number_verified",
        {**ID, "phone_number_verified": "true"},
        "Cognito or an admin has confirmed the number",
    ),
    ("acr", {**ID, "acr": "urn:cognito:loa:3"}, "how strong the sign-in was: level 3 of 4"),
    ("acr", {**ID, "acr": "https://acme/strong"}, "how strong the sign-in was, by the pool's own names"),
    (
        "amr",
        {**ID, "amr": ["pwd", "otp", "mfa"]},
        "how the user signed in: password, one-time code, more than one factor",
    ),
    ("amr", {**ID, "amr": ["new"]}, "how the user signed in"),
    ("custom:tier", {**ID, "custom:tier": "gold"}, "attribute, as it was when the token was made"),
    ("tenant", {**ID, "tenant": "acme"}, "not one of Cognito's own: a trigger can add claims"),
    ("origin_jti", ID, "id of the sign-in: revoking ends all its tokens"),
]


@pytest.mark.parametrize(("name", "claims", "meaning"), MEANINGS)
def test_what_each_means(name: str, claims: dict[str, Any], meaning: str) -> None:
    found = claim(name, claims)
    assert (found.meaning, found.oddity) == (meaning, "")


MISSING = "missing: every token of Cognito's has it"
SKEW = "2 min ahead of this machine's clock: one of the two is wrong"
ODD: list[tuple[str, dict[str, Any], str]] = [
    ("sub", altered(ID, sub=...), MISSING),
    ("exp", altered(ID, exp=...), MISSING),
    ("iat", altered(ID, iat=...), MISSING),
    ("iss", altered(ID, iss=...), MISSING),
    ("aud", altered(ID, aud=...), MISSING),
    ("client_id", altered(ACCESS, client_id=...), MISSING),
    ("token_use", altered(ID, token_use=...), MISSING),
    ("sub", altered(ID, sub=7), "a number, where text belongs"),
    ("iss", altered(ID, iss=None), "null, where text belongs"),
    ("exp", altered(ID, exp="soon"), "text, where a time in seconds belongs"),
    ("exp", altered(ID, exp=True), "true or false, where a time in seconds belongs"),
    ("exp", altered(ID, exp=10**40), "a number, where a time in seconds belongs"),
    ("cognito:groups", altered(ID, cognito__groups="admins"), "text, where a list of texts belongs"),
    ("cognito:groups", altered(ID, cognito__groups=["a", 1]), "a list, where a list of texts belongs"),
    ("email_verified", altered(ID, email_verified=1), "a number, where true or false belongs"),
    ("email_verified", altered(ID, email_verified=[]), "a list, where true or false belongs"),
    ("phone_number_verified", {**ID, "phone_number_verified": {}}, "an object, where true or false belongs"),
    ("amr", altered(ID, amr=[["x"]]), "a list, where a list of texts belongs"),
    ("scope", altered(ACCESS, scope=["a"]), "a list, where text belongs"),
    ("username", altered(ACCESS, username={}), "an object, where text belongs"),
    (
        "iss",
        altered(ID, iss="https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Other"),
        f"is another pool's: not {POOL}",
    ),
    ("aud", altered(ID, aud="other"), f"is another client's: not {CLIENT}"),
    ("client_id", altered(ACCESS, client_id="other"), f"is another client's: not {CLIENT}"),
    ("token_use", altered(ID, token_use="refresh"), "is neither id nor access"),
    ("exp", altered(ID, exp=NOW - 60), "is over: it expired 1 min ago"),
    ("exp", altered(ID, exp=NOW + 2 * 86400), "2 days after iat: Cognito's own last a day at most"),
    (
        "exp",
        altered(ID, exp=NOW + 60, iat=NOW + 90, auth_time=NOW),
        "is not after iat: the token was never good",
    ),
    ("iat", altered(ID, iat=NOW + 120), SKEW),
    ("auth_time", altered(ID, auth_time=NOW + 120, iat=NOW + 120), SKEW),
    ("auth_time", altered(ID, auth_time=NOW - 60), "is after iat: the token would be older than its sign-in"),
    ("nbf", altered(ID, nbf=NOW + 120), "is 2 min ahead: the token is not good yet"),
    (
        "scope",
        altered(ACCESS, scope="openid email"),
        "without aws.cognito.signin.user.admin: GetUser is refused",
    ),
]


@pytest.mark.parametrize(("name", "claims", "odd"), ODD)
def test_what_is_odd(name: str, claims: dict[str, Any], odd: str) -> None:
    assert oddity(name, claims) == odd


def test_a_clock_that_is_a_little_ahead_is_not_odd() -> None:
    assert oddity("iat", altered(ID, iat=NOW + 5)) == ""


def test_the_wrong_one_of_the_two() -> None:
    wanted = replace(EXPECTED, token_use="access")
    assert oddity("token_use", ID, wanted) == "is id: the ID token where the access token belongs"


@pytest.mark.parametrize("name", ["iss", "aud"])
def test_without_a_client_nobody_elses_token_is_odd(name: str) -> None:
    assert oddity(name, altered(ID, iss="https://elsewhere", aud="other"), None) == ""


def test_the_resource_of_an_access_token_is_no_client() -> None:
    assert oddity("aud", {**ACCESS, "aud": "https://api.example.com"}) == ""


@pytest.mark.parametrize(
    ("header", "oddities"),
    [
        (HEADER, ()),
        ({"alg": "RS256"}, ("kid is missing: which of the pool's keys signed it is not told",)),
        ({**HEADER, "kid": 1}, ("kid is missing: which of the pool's keys signed it is not told",)),
        (
            {**HEADER, "jku": "https://evil.example/jwks.json", "jwk": {}},
            ("jku, jwk: a token that brings its own key; nobody should use it",),
        ),
        (
            {**HEADER, "crit": ["b64"]},
            ("crit: it wants something of its reader that Cognito's tokens never do",),
        ),
        ({**HEADER, "alg": "none"}, ("alg is none: nobody has signed it, anybody can have written it",)),
    ],
)
def test_what_is_odd_about_a_header(header: dict[str, Any], oddities: tuple[str, ...]) -> None:
    assert header_oddities(jwt(ID, header)) == oddities


@given(st.dictionaries(st.sampled_from(KNOWN) | st.text(), json_values, max_size=5))
def test_no_claims_crash_it(claims: dict[str, Any]) -> None:
    for each in read(jwt(claims), NOW, EXPECTED):
        assert len(each.shown.splitlines()) <= 1
        json.dumps(each.copied)


@given(objects)
def test_no_header_crashes_it(header: dict[str, Any]) -> None:
    assert header_oddities(jwt(ID, header))
