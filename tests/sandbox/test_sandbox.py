"""What holds for every operation."""

from __future__ import annotations

import threading
from datetime import datetime

import pytest

from cognito_tui.sandbox.refusal import Refusal
from tests.sandbox.house import POOL, House


def test_an_operation_for_administrators_wants_a_signature_before_anything_else(house: House) -> None:
    with pytest.raises(Refusal) as caught:
        house.sandbox.answer("AdminGetUser", {"UserPoolId": POOL})
    assert caught.value.code == "MissingAuthenticationTokenException"
    assert caught.value.message == "Missing Authentication Token"


def test_an_operation_nobody_has_heard_of_is_unknown(house: House) -> None:
    with pytest.raises(Refusal, match=r"UnknownOperationException: .*'Nonsense'"):
        house.sandbox.answer("Nonsense", {}, authorized=True)


def test_one_request_waits_for_the_other(house: House) -> None:
    other = threading.Thread(target=house.ask, args=("ListUsers",))
    waits = []

    def clock() -> datetime:
        """Looked at in the middle of the first request; there the second one begins."""
        other.start()
        other.join(0.05)
        waits.append(other.is_alive())
        return house.clock()

    house.sandbox.state.clock = clock
    house.ask("AdminEnableUser", Username="ana")
    other.join()
    assert waits == [True]
