from __future__ import annotations

from typing import Any

import pytest

from cognito_tui.cognito.described import AppClientDescription


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
