from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given

from cognito_tui.cognito.explain.values import Check
from cognito_tui.cognito.trust import Verdict, algorithm_problem, checks_of_claims, verdict
from tests.cognito.jwts import ACCESS, CLIENT, EXPECTED, ID, NOW, POOL, altered, jwt
from tests.cognito.test_tokens import objects

GOOD, BAD, UNDONE = Check("a", True), Check("b", False), Check("c", None)


@pytest.mark.parametrize(
    ("checks", "comes_to"),
    [
        ((), Verdict.NOT_VERIFIED),
        ((GOOD,), Verdict.VALID),
        ((GOOD, GOOD), Verdict.VALID),
        ((GOOD, UNDONE), Verdict.NOT_VERIFIED),
        ((UNDONE, BAD), Verdict.INVALID),
        ((GOOD, BAD), Verdict.INVALID),
    ],
)
def test_a_verdict_is_valid_only_when_everything_is_known_and_good(
    checks: tuple[Check, ...], comes_to: Verdict
) -> None:
    assert verdict(checks) is comes_to


@pytest.mark.parametrize(
    ("claims", "texts"),
    [
        (ID, ["iss", "aud", "token_use", "exp"]),
        (ACCESS, ["iss", "client_id", "token_use", "exp"]),
        ({**ACCESS, "aud": "https://api.example.com"}, ["iss", "client_id", "token_use", "exp"]),
        ({**ID, "nbf": NOW}, ["iss", "aud", "token_use", "exp", "nbf"]),
    ],
)
def test_good_ones_pass_check_by_check(claims: dict[str, Any], texts: list[str]) -> None:
    checks = checks_of_claims(jwt(claims), replace(EXPECTED, token_use=claims["token_use"]), NOW)
    assert [check.text for check in checks] == texts
    assert verdict(checks) is Verdict.VALID


FAILURES: dict[str, tuple[dict[str, Any], str, str]] = {
    "iss missing": (altered(ID, iss=...), "iss", "is missing: who made the token is not told"),
    "iss no text": (altered(ID, iss=1), "iss", "is no text: no pool is called so"),
    "iss of another pool": (
        altered(ID, iss="https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Other"),
        "iss",
        f"is another pool's: not {POOL}",
    ),
    "iss elsewhere": (
        altered(ID, iss=f"https://evil.example/{POOL}"),
        "iss",
        "has the pool's id at another address: not this pool's",
    ),
    "aud missing": (altered(ID, aud=...), "aud", "is missing: for which client it was made is not told"),
    "aud of another client": (altered(ID, aud="other"), "aud", f"is another client's: not {CLIENT}"),
    "aud a list": (altered(ID, aud=[CLIENT, "other"]), "aud", "is no text: no client is called so"),
    "client_id of another client": (
        altered(ACCESS, client_id="other", aud=CLIENT),
        "client_id",
        f"is another client's: not {CLIENT}",
    ),
    "token_use missing": (
        altered(ID, token_use=...),
        "token_use",
        "is missing: it is not known what the token is for",
    ),
    "token_use another": (altered(ID, token_use="refresh"), "token_use", "is neither id nor access"),
    "token_use a number": (altered(ID, token_use=7), "token_use", "is neither id nor access"),
    "exp missing": (altered(ID, exp=...), "exp", "is missing: the token would be good for ever"),
    "exp no number": (altered(ID, exp=str(NOW + 60)), "exp", "is no time"),
    "exp true": (altered(ID, exp=True), "exp", "is no time"),
    "exp beyond any calendar": (altered(ID, exp=10**30), "exp", "is no time"),
    "expired": (altered(ID, exp=NOW - 180), "exp", "is over: it expired 3 min ago"),
    "expired now": (altered(ID, exp=NOW), "exp", "is over: it expired 0 s ago"),
    "not before": (altered(ID, nbf=NOW + 120), "nbf", "is 2 min ahead: the token is not good yet"),
    "nbf no number": (altered(ID, nbf="now"), "nbf", "is no time"),
}


@pytest.mark.parametrize("name", FAILURES)
def test_each_failure_says_which_check_it_was_and_what_that_means(name: str) -> None:
    claims, text, result = FAILURES[name]
    checks = checks_of_claims(jwt(claims), EXPECTED, NOW)
    assert [check for check in checks if check.good is False] == [Check(text, False, result)]
    assert verdict(checks) is Verdict.INVALID


def test_the_access_token_is_not_good_where_the_id_token_belongs() -> None:
    checks = checks_of_claims(jwt(ACCESS), replace(EXPECTED, token_use="id"), NOW)
    assert Check("token_use", False, "is access: the access token where the ID token belongs") in checks


@pytest.mark.parametrize(
    ("alg", "problem"),
    [
        ("RS256", ""),
        ("none", "alg is none: nobody has signed it, anybody can have written it"),
        ("nOnE", "alg is none: nobody has signed it, anybody can have written it"),
        ("HS256", "alg is HS256: whoever has the key to check it could have made it, a public one even"),
        ("RS512", "alg is RS512: Cognito signs by RS256 only"),
        ("ES256", "alg is ES256: Cognito signs by RS256 only"),
        (1, "alg is 1: Cognito signs by RS256 only"),
        (["RS256"], "alg is RS256: Cognito signs by RS256 only"),
        (None, "alg is missing: Cognito signs by RS256"),
    ],
)
def test_one_algorithm_is_cognitos(alg: object, problem: str) -> None:
    assert algorithm_problem(jwt(ID, {"alg": alg} if alg else {})) == problem


@given(objects)
def test_no_claims_crash_it_and_none_without_an_issuer_are_valid(claims: dict[str, Any]) -> None:
    checks = checks_of_claims(jwt(claims), EXPECTED, NOW)
    assert verdict(checks) is Verdict.INVALID
