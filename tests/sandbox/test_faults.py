"""Requests that go wrong on purpose, and the sandbox's own count of what was done."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from botocore.exceptions import ClientError, ConnectionClosedError

from cognito_tui.cognito.model import Secret
from cognito_tui.sandbox.faults import Attempt, Fault, Faults, scattered
from tests.sandbox.house import House
from tests.sandbox.outside import Outside, outside

SET = "AdminSetUserPassword"
NEW: dict[str, Any] = {"Password": "Brand-new-1", "Permanent": True}


def only_first(fault: Fault) -> Faults:
    return Faults(lambda attempt: fault if attempt.number == 1 and attempt.operation == SET else None)


@pytest.mark.parametrize("fault", list(Fault))
def test_a_fault_looks_like_one_and_the_work_was_done_or_not(house: House, fault: Fault) -> None:
    with outside(house, only_first(fault)) as aws:
        if fault.drops:
            with pytest.raises(ConnectionClosedError):
                aws(SET, Username="ana", **NEW)
        else:
            with pytest.raises(ClientError) as caught:
                aws(SET, Username="ana", **NEW)
            answer = caught.value.response
            expected = {
                Fault.THROTTLE: ("TooManyRequestsException", "Too many requests", 400),
                Fault.ERROR_BEFORE: ("InternalErrorException", "Something went wrong", 500),
                Fault.ERROR_AFTER: ("InternalErrorException", "Something went wrong", 500),
            }
            error, status = answer["Error"], answer["ResponseMetadata"]["HTTPStatusCode"]
            assert (error["Code"], error["Message"], status) == expected[fault]
        done = fault in {Fault.ERROR_AFTER, Fault.DROP_AFTER}
        assert house.now("ana").has_password(Secret(NEW["Password"])) is done
        assert house.sandbox.done.get((SET, "ana"), 0) == int(done)

        assert aws(SET, Username="ana", **NEW) == {}
        assert house.sandbox.done == {(SET, "ana"): 1 + int(done)}


@pytest.mark.parametrize("fault", [Fault.ERROR_AFTER, Fault.DROP_AFTER])
def test_work_that_is_refused_is_not_done_and_the_refusal_is_lost(house: House, fault: Fault) -> None:
    house.change(enabled=False)
    with outside(house, only_first(fault)) as aws:
        with pytest.raises((ClientError, ConnectionClosedError)) as caught:
            aws(SET, Username="ana", **NEW)
        assert "disabled" not in str(caught.value)
        assert house.sandbox.done == {}


def test_faults_are_counted_for_each_operation_and_user(house: House) -> None:
    house.user("ben")
    asked: list[Attempt] = []
    faults = Faults(asked.append)
    with outside(house, faults) as aws:
        for operation, username in ((SET, "ana"), (SET, "ben"), (SET, "ana"), ("AdminGetUser", "ana")):
            aws(operation, Username=username, **(NEW if operation == SET else {}))
        aws("ListUsers")
    assert asked == [
        Attempt(SET, "ana", 1),
        Attempt(SET, "ben", 1),
        Attempt(SET, "ana", 2),
        Attempt("AdminGetUser", "ana", 1),
        Attempt("ListUsers", "", 1),
    ]
    assert faults.attempts[SET, "ana"] == 2


def test_scattered_faults_depend_on_the_user_and_not_on_the_order() -> None:
    names = [f"user{number}" for number in range(300)]
    kinds = [None, *Fault]
    choose = scattered(kinds, {SET})
    met = {name: choose(Attempt(SET, name, 1)) for name in names}
    assert {name: choose(Attempt(SET, name, 1)) for name in reversed(names)} == met
    assert set(met.values()) == set(kinds)
    assert {choose(Attempt(SET, name, 2)) for name in names} == {None}
    assert {choose(Attempt("AdminGetUser", name, 1)) for name in names} == {None}


def test_scattered_faults_may_come_again_and_differ() -> None:
    choose = scattered([Fault.THROTTLE, Fault.DROP_AFTER], {SET}, attempts=3)
    met = [choose(Attempt(SET, "ana", number)) for number in range(1, 5)]
    assert met[0] is met[2]
    assert {met[0], met[1]} == {Fault.THROTTLE, Fault.DROP_AFTER}
    assert met[3] is None


class TestDone:
    def test_counts_who_is_meant_by_whatever_name(self, aws: Outside) -> None:
        aws.house.pool.alias_attributes = ("email",)
        for name in ("ana", "ANA", "ana@example.com", "ana-sub"):
            aws("AdminDisableUser", Username=name)
        aws("AdminCreateUser", Username="new")
        aws("AdminDeleteUser", Username="ana-sub")
        aws("ListUsers")
        assert aws.house.sandbox.done == {
            ("AdminDisableUser", "ana"): 4,
            ("AdminCreateUser", "new"): 1,
            ("AdminDeleteUser", "ana"): 1,
        }

    def test_does_not_count_what_was_refused(self, aws: Outside) -> None:
        aws.refused("AdminConfirmSignUp", Username="ana")
        aws.refused(SET, Username="ana", Password="short")
        aws.refused("AdminGetUser", Username="nobody")
        assert aws.house.sandbox.done == {}

    def test_counts_right_when_many_ask_at_once(self, aws: Outside) -> None:
        def ask() -> None:
            for _ in range(10):
                aws("AdminEnableUser", Username="ana")

        threads = [threading.Thread(target=ask) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert aws.house.sandbox.done == {("AdminEnableUser", "ana"): 40}
