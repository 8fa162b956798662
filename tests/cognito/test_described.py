"""A user pool as DescribeUserPool tells of it."""

from __future__ import annotations

import pytest

from cognito_tui.cognito.described import UserPoolDescription


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
