"""Token sessions, from outside: listed, revoked, evicted."""

from __future__ import annotations

import re
from typing import Any

import pytest

from cognito_tui.sandbox.session_tracking import SessionTracking
from tests.sandbox.house import PASSWORD, House
from tests.sandbox.outside import Outside

OFF = ("OperationNotEnabledException", "User session tracking is not enabled for this user pool.")
UNKNOWN = ("ResourceNotFoundException", "Session does not exist.")


@pytest.fixture
def house() -> House:
    house = House()
    house.pool.sessions = SessionTracking()
    house.user("ben")
    return house


def signed_in(aws: Outside, username: str = "ana", client: str = "openclient") -> Any:
    answer = aws.house.begin("USER_PASSWORD_AUTH", client=client, username=username, PASSWORD=PASSWORD)
    return answer["AuthenticationResult"]


def sessions(aws: Outside, username: str = "ana") -> list[Any]:
    found: list[Any] = aws("AdminListUserSessions", Username=username)["Sessions"]
    return found


def test_each_sign_in_is_one(aws: Outside) -> None:
    assert sessions(aws) == []
    signed_in(aws)
    aws.house.clock.forward(minutes=1)
    signed_in(aws, client="secretclient")
    signed_in(aws, "ben")
    first, second = sessions(aws)
    assert re.fullmatch("tkn[a-z0-9]{25}", first.pop("SessionId"))
    assert first == {
        "SessionType": "TOKEN",
        "ClientId": "openclient",
        "CreateDate": second["CreateDate"].replace(minute=0),
        "LastActiveDate": second["CreateDate"].replace(minute=0),
        "DeviceType": "unknown",
        "LastIPAddress": "127.0.0.1",
        "LastLocation": {"Country": "unknown"},
        "IsCurrentSession": False,
    }
    assert second["ClientId"] == "secretclient"
    assert len(sessions(aws, "ben")) == 1


def test_refreshing_is_activity_of_the_same_one(aws: Outside) -> None:
    token = signed_in(aws)["RefreshToken"]
    (before,) = sessions(aws)
    aws.house.clock.forward(hours=3)
    aws("GetTokensFromRefreshToken", ClientId="openclient", RefreshToken=token)
    (after,) = sessions(aws)
    assert after["SessionId"] == before["SessionId"]
    assert after["CreateDate"] == before["CreateDate"]
    assert after["LastActiveDate"] == aws.house.clock()


def test_the_user_is_told_which_one_is_theirs(aws: Outside) -> None:
    signed_in(aws)
    token = signed_in(aws)["AccessToken"]
    listed = aws("ListUserSessions", AccessToken=token)["Sessions"]
    assert [each["IsCurrentSession"] for each in listed] == [False, True]
    assert [each["SessionId"] for each in listed] == [each["SessionId"] for each in sessions(aws)]


def test_an_administrator_revokes_one(aws: Outside) -> None:
    lost, kept = signed_in(aws), signed_in(aws)
    first, second = sessions(aws)
    assert aws("AdminRevokeUserSession", Username="ana", SessionId=first["SessionId"]) == {}
    assert aws.refused("GetUser", AccessToken=lost["AccessToken"])[1] == "Access Token has been revoked"
    params = {"ClientId": "openclient", "RefreshToken": lost["RefreshToken"]}
    assert aws.refused("GetTokensFromRefreshToken", **params)[1] == "Refresh Token has been revoked"
    assert aws("GetUser", AccessToken=kept["AccessToken"])
    assert sessions(aws) == [second]
    assert aws.refused("AdminRevokeUserSession", Username="ana", SessionId=first["SessionId"]) == UNKNOWN


def test_nobody_revokes_somebody_elses(aws: Outside) -> None:
    token = signed_in(aws, "ben")["AccessToken"]
    signed_in(aws)
    (session,) = sessions(aws)
    named = {"SessionId": session["SessionId"]}
    assert aws.refused("AdminRevokeUserSession", Username="ben", **named) == UNKNOWN
    assert aws.refused("RevokeUserSession", AccessToken=token, **named) == UNKNOWN
    assert sessions(aws) == [session]


def test_a_user_revokes_any_but_the_own(aws: Outside) -> None:
    signed_in(aws)
    token = signed_in(aws)["AccessToken"]
    other, own = (each["SessionId"] for each in sessions(aws))
    assert (
        aws("RevokeUserSession", AccessToken=token, SessionId=other, RevokeAssociatedSessions="LINKED") == {}
    )
    assert aws.refused("RevokeUserSession", AccessToken=token, SessionId=own)[0] == (
        "InvalidParameterException"
    )
    assert [each["SessionId"] for each in sessions(aws)] == [own]


@pytest.mark.parametrize("ends", ["sign out", "disable", "revoke token", "time"])
def test_what_has_ended_is_not_listed(aws: Outside, ends: str) -> None:
    tokens = signed_in(aws)
    match ends:
        case "sign out":
            aws("AdminUserGlobalSignOut", Username="ana")
        case "disable":
            aws("AdminDisableUser", Username="ana")
        case "revoke token":
            aws("RevokeToken", ClientId="openclient", Token=tokens["RefreshToken"])
        case _:
            aws.house.clock.forward(days=30)
    assert sessions(aws) == []


def test_one_too_many_evicts_the_least_recently_used(aws: Outside) -> None:
    aws.house.pool.sessions = SessionTracking(3)
    tokens = []
    for _ in range(3):
        tokens.append(signed_in(aws)["RefreshToken"])
        aws.house.clock.forward(minutes=1)
    aws("GetTokensFromRefreshToken", ClientId="openclient", RefreshToken=tokens[0])
    signed_in(aws)
    for number, token in enumerate(tokens):
        params = {"ClientId": "openclient", "RefreshToken": token}
        if number == 1:
            assert aws.refused("GetTokensFromRefreshToken", **params)[1] == "Refresh Token has been revoked"
        else:
            assert aws("GetTokensFromRefreshToken", **params)
    aws.house.pool.sessions = SessionTracking(1)
    assert len(sessions(aws)) == 3
    signed_in(aws)
    assert len(sessions(aws)) == 1


class TestWithoutTracking:
    @pytest.fixture
    def house(self) -> House:
        return House()

    def test_nothing_is_listed_or_revoked(self, aws: Outside) -> None:
        token = signed_in(aws)["AccessToken"]
        session = "tkn" + "a" * 25
        assert aws.refused("AdminListUserSessions", Username="ana") == OFF
        assert aws.refused("AdminRevokeUserSession", Username="ana", SessionId=session) == OFF
        assert aws.refused("ListUserSessions", AccessToken=token) == OFF
        assert aws.refused("RevokeUserSession", AccessToken=token, SessionId=session) == OFF
        for _ in range(25):
            signed_in(aws)
        assert aws("GetUser", AccessToken=token)

    def test_the_pool_tells_so(self, aws: Outside) -> None:
        told = aws("GetUserPoolSessionConfiguration")
        assert (told["UserSessionTracking"], told["TokenSession"]) == ("DISABLED", {"MaxPerUser": 20})
        aws.house.pool.sessions = SessionTracking(5)
        told = aws("GetUserPoolSessionConfiguration")
        assert (told["UserSessionTracking"], told["TokenSession"]) == ("ENABLED", {"MaxPerUser": 5})


@pytest.mark.parametrize("session", ["tkn", "abc" + "a" * 25, "tkn" + "A" * 25])
def test_an_id_looks_like_one(aws: Outside, session: str) -> None:
    code, message = aws.house.refused("AdminRevokeUserSession", Username="ana", SessionId=session)
    assert code == "InvalidParameterException"
    assert "at 'sessionId' failed to satisfy constraint" in message
