"""The history of sign-ins, from outside."""

from __future__ import annotations

import pytest

from cognito_tui.cognito.model import Secret
from cognito_tui.sandbox.totp import SoftwareToken
from tests.sandbox.house import PASSWORD, House
from tests.sandbox.outside import Outside

EVENTS = "AdminListUserAuthEvents"


@pytest.fixture
def house() -> House:
    house = House()
    house.pool.protects = True
    return house


def test_is_refused_without_threat_protection(aws: Outside) -> None:
    aws.house.pool.protects = False
    for username in ("ana", "nobody"):
        assert aws.refused(EVENTS, Username=username)[0] == "UserPoolAddOnNotEnabledException"
    pool = aws("DescribeUserPool")["UserPool"]
    assert pool["UserPoolTier"] == "ESSENTIALS"
    assert "UserPoolAddOns" not in pool


def test_shows_with_the_tier_that_has_it(aws: Outside) -> None:
    pool = aws("DescribeUserPool")["UserPool"]
    assert pool["UserPoolTier"] == "PLUS"
    assert pool["UserPoolAddOns"] == {"AdvancedSecurityMode": "AUDIT"}


def test_has_sign_ins_and_wrong_passwords_the_newest_first(aws: Outside) -> None:
    assert aws(EVENTS, Username="ana") == {"AuthEvents": []}
    aws("InitiateAuth", **aws.house.start())
    aws.house.clock.forward(minutes=1)
    aws.refused("InitiateAuth", **aws.house.start(password="Wrong-one-1"))
    failed, passed = aws(EVENTS, Username="ana")["AuthEvents"]
    assert failed["CreationDate"] == aws.house.clock()
    assert failed.pop("EventId") != passed.pop("EventId")
    assert failed == {
        "EventType": "SignIn",
        "CreationDate": aws.house.clock(),
        "EventResponse": "Fail",
        "EventRisk": {"RiskDecision": "NoRisk", "CompromisedCredentialsDetected": False},
        "ChallengeResponses": [{"ChallengeName": "Password", "ChallengeResponse": "Failure"}],
        "EventContextData": {"IpAddress": "127.0.0.1"},
    }
    assert passed["EventResponse"] == "Pass"
    assert passed["ChallengeResponses"] == [{"ChallengeName": "Password", "ChallengeResponse": "Success"}]


def test_tells_of_a_second_factor(aws: Outside) -> None:
    app = SoftwareToken(Secret("ANAMADEUPSECRETS"))
    aws.house.pool.mfa, aws.house.pool.mfa_factors = "OPTIONAL", ("SOFTWARE_TOKEN_MFA",)
    aws.house.change(token=app, mfa=("SOFTWARE_TOKEN_MFA",))
    challenge = aws.house.begin("USER_PASSWORD_AUTH", PASSWORD=PASSWORD)
    assert aws(EVENTS, Username="ana") == {"AuthEvents": []}
    aws.house.respond(challenge, SOFTWARE_TOKEN_MFA_CODE=app.code(aws.house.clock()))
    (event,) = aws(EVENTS, Username="ana")["AuthEvents"]
    assert [each["ChallengeName"] for each in event["ChallengeResponses"]] == ["Password", "Mfa"]


def test_comes_in_pages_of_the_user(aws: Outside) -> None:
    aws.house.user("ben")
    aws("InitiateAuth", **aws.house.start("ben"))
    for _ in range(5):
        aws("InitiateAuth", **aws.house.start())
    first = aws(EVENTS, Username="ana", MaxResults=3)
    second = aws(EVENTS, Username="ana", MaxResults=0, NextToken=first["NextToken"])
    assert [len(each["AuthEvents"]) for each in (first, second)] == [3, 2]
    assert len({event["EventId"] for page in (first, second) for event in page["AuthEvents"]}) == 5
    assert "NextToken" not in second


def test_nobody_has_none(aws: Outside) -> None:
    assert aws.refused(EVENTS, Username="nobody")[0] == "UserNotFoundException"
