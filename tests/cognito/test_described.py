"""A user pool and an app client as Describe* tell of them."""

from __future__ import annotations

from typing import Any

import pytest

from cognito_tui.cognito.described import AppClientDescription, UserPoolDescription


@pytest.mark.parametrize(
    ("email", "mails_by_cognito"),
    [
        (None, True),
        ({}, True),
        ({"EmailSendingAccount": "COGNITO_DEFAULT"}, True),
        ({"EmailSendingAccount": "DEVELOPER"}, False),
    ],
)
def test_who_mails(email: dict[str, str] | None, mails_by_cognito: bool) -> None:
    pool = {"Id": "eu-west-1_X", **({} if email is None else {"EmailConfiguration": email})}
    assert UserPoolDescription.of({"UserPool": pool}).mails_by_cognito is mails_by_cognito


@pytest.mark.parametrize(
    ("factors", "by_code"),
    [
        (None, False),
        (["PASSWORD"], False),
        (["PASSWORD", "EMAIL_OTP"], True),
        (["PASSWORD", "SMS_OTP"], True),
        (["PASSWORD", "WEB_AUTHN"], False),
    ],
)
def test_whether_a_code_signs_in(factors: list[str] | None, by_code: bool) -> None:
    policies = {} if factors is None else {"SignInPolicy": {"AllowedFirstAuthFactors": factors}}
    assert UserPoolDescription.of({"UserPool": {"Policies": policies}}).signs_in_by_code is by_code


@pytest.mark.parametrize(
    ("told", "seconds"),
    [
        ({}, 2_592_000),
        ({"RefreshTokenValidity": 5}, 432_000),
        ({"RefreshTokenValidity": 90, "TokenValidityUnits": {"RefreshToken": "minutes"}}, 5_400),
        ({"RefreshTokenValidity": 0, "TokenValidityUnits": {"AccessToken": "hours"}}, 2_592_000),
    ],
)
def test_how_long_refresh_tokens_live(told: dict[str, Any], seconds: int) -> None:
    assert AppClientDescription.of({"UserPoolClient": told}).refresh_token_seconds == seconds


@pytest.mark.parametrize(
    ("told", "rotates"),
    [
        ({}, False),
        ({"RefreshTokenRotation": {"Feature": "DISABLED"}}, False),
        ({"RefreshTokenRotation": {"Feature": "ENABLED", "RetryGracePeriodSeconds": 10}}, True),
    ],
)
def test_whether_each_is_good_once(told: dict[str, Any], rotates: bool) -> None:
    assert AppClientDescription.of({"UserPoolClient": told}).rotates is rotates
