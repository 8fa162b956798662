"""What would have been sent, and who hears of it."""

from __future__ import annotations

import pytest

from cognito_tui.sandbox.outbox import Message, masked
from tests.sandbox.house import PASSWORD, House


@pytest.fixture
def house() -> House:
    house = House()
    house.pool.mfa, house.pool.mfa_factors = "OPTIONAL", ("SMS_MFA",)
    house.change(mfa=("SMS_MFA",))
    return house


def test_a_listener_hears_of_each_message_once_until_it_stops(house: House) -> None:
    heard: list[Message] = []
    stop = house.sandbox.state.outbox.listen(heard.append)
    house.begin("USER_PASSWORD_AUTH", PASSWORD=PASSWORD)
    assert heard == house.sandbox.state.outbox.messages
    assert [each.username for each in heard] == ["ana"]
    house.ask("AdminGetUser", Username="ana")
    house.ask("AdminCreateUser", Username="new", DesiredDeliveryMediums=["EMAIL"])
    assert len(heard) == 1
    attributes = [{"Name": "email", "Value": "c@example.com"}, {"Name": "phone_number", "Value": "+4712345"}]
    house.ask("AdminCreateUser", Username="cy", UserAttributes=attributes)
    assert [each.medium for each in heard] == ["SMS", "SMS", "EMAIL"]
    stop()
    house.begin("USER_PASSWORD_AUTH", PASSWORD=PASSWORD)
    assert len(heard) == 3


def test_a_listener_may_answer_the_challenge_right_away(house: House) -> None:
    """Nothing is locked while it is told."""
    answers = []
    house.sandbox.state.outbox.listen(
        lambda message: answers.append(house.ask("AdminGetUser", Username=message.username))
    )
    house.begin("USER_PASSWORD_AUTH", PASSWORD=PASSWORD)
    assert [each["Username"] for each in answers] == ["ana"]


def test_neither_code_nor_password_shows_in_a_repr(house: House) -> None:
    house.begin("USER_PASSWORD_AUTH", PASSWORD=PASSWORD)
    (message,) = house.sandbox.state.outbox.messages
    assert house.code() not in repr(message)


@pytest.mark.parametrize(
    ("destination", "shown"),
    [
        ("ana@example.com", "a***@e***"),
        ("a@b.example", "a***@b***"),
        ("+351210000000", "+********0000"),
        ("+12345678901", "+*******8901"),
        ("+47", "+47"),
    ],
)
def test_a_destination_is_masked_as_aws_does(destination: str, shown: str) -> None:
    assert masked(destination) == shown
