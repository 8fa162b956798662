"""A pool of thousands, for the asking."""

from __future__ import annotations

from collections import Counter
from typing import Any

from cognito_tui.cognito.model import UserStatus
from cognito_tui.sandbox.crowd import PASSWORD, POOL_ID, gather
from cognito_tui.sandbox.pool import AppClient
from tests.sandbox.house import FLOWS, House
from tests.sandbox.outside import Outside


def test_five_thousand_are_listed_and_found(aws: Outside) -> None:
    """Most of it not over HTTP, where it takes its time."""
    sandbox = aws.house.sandbox
    gather(sandbox)
    names, pages = [], 0
    token: dict[str, str] = {}
    while pages == 0 or token:
        answer = sandbox.answer("ListUsers", {"UserPoolId": POOL_ID, **token}, authorized=True)
        names += [user["Username"] for user in answer["Users"]]
        token = {name: answer[name] for name in ("PaginationToken",) if name in answer}
        pages += 1
    assert names == [f"user{number:05}" for number in range(5000)]
    assert pages == 84
    (found,) = aws("ListUsers", UserPoolId=POOL_ID, Filter='email = "user04321@example.com"')["Users"]
    assert found["Username"] == "user04321"
    assert (
        aws("AdminGetUser", UserPoolId=POOL_ID, Username="USER04321@example.com")["Username"] == "user04321"
    )


def test_there_is_some_of_everything(house: House) -> None:
    users = gather(house.sandbox, 1000).users.values()
    assert Counter(str(user.status) for user in users) == {
        "CONFIRMED": 700,
        "FORCE_CHANGE_PASSWORD": 150,
        "UNCONFIRMED": 50,
        "RESET_REQUIRED": 50,
        "EXTERNAL_PROVIDER": 50,
    }
    assert sum(not user.enabled for user in users) == 20
    ages = {(house.clock() - user.modified).days for user in users if user.status == "FORCE_CHANGE_PASSWORD"}
    assert ages == {1, 6, 20}


def test_all_may_be_alike(house: House) -> None:
    users = gather(house.sandbox, 60, UserStatus.FORCE_CHANGE_PASSWORD).users.values()
    assert {(user.status, user.enabled) for user in users} == {(UserStatus.FORCE_CHANGE_PASSWORD, True)}


def test_they_can_sign_in(aws: Outside) -> None:
    pool = gather(aws.house.sandbox, 20)
    pool.clients["open"] = AppClient("open", "Open", aws.house.clock(), explicit_auth_flows=FLOWS)

    def start(name: str) -> dict[str, Any]:
        return aws.house.start(name, PASSWORD.reveal(), client="open")

    assert aws("InitiateAuth", **start("USER00001@example.com"))["AuthenticationResult"]
    assert aws("InitiateAuth", **start("user00003"))["ChallengeName"] == "NEW_PASSWORD_REQUIRED"
    assert "expired" in aws.refused("InitiateAuth", **start("user00011"))[1]


def test_fifty_can_be_mailed_a_day(aws: Outside) -> None:
    gather(aws.house.sandbox, 55, UserStatus.FORCE_CHANGE_PASSWORD)
    outcomes: Counter[str] = Counter()
    for number in range(55):
        params = {"UserPoolId": POOL_ID, "Username": f"user{number:05}", "MessageAction": "RESEND"}
        try:
            aws("AdminCreateUser", **params)
            outcomes["sent"] += 1
        except aws.boto.exceptions.LimitExceededException:
            outcomes["refused"] += 1
    assert outcomes == {"sent": 50, "refused": 5}
    assert aws.house.sandbox.done == {("AdminCreateUser", f"user{number:05}"): 1 for number in range(50)}
