from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cognito_tui.cognito.model import UserStatus
from cognito_tui.cognito.users import Chip, User, stuck, temporary_password_expires, user_from
from tests.service_model import model

CREATED = datetime(2026, 11, 14, 9, 12, tzinfo=timezone(timedelta(hours=1)))
MODIFIED = datetime(2026, 11, 15, 8, 0, tzinfo=UTC)
ATTRIBUTES = [
    {"Name": "sub", "Value": "91c2f0aa-3d0e-4b7c-9f01-0123456789ab"},
    {"Name": "email", "Value": "b.okafor@example.com"},
    {"Name": "email_verified", "Value": "true"},
    {"Name": "phone_number", "Value": "+351912345678"},
    {"Name": "phone_number_verified", "Value": "false"},
]
FACTS: dict[str, Any] = {
    "Username": "b.okafor",
    "Enabled": False,
    "UserStatus": "FORCE_CHANGE_PASSWORD",
    "UserCreateDate": CREATED,
    "UserLastModifiedDate": MODIFIED,
}


def test_a_row_of_list_users() -> None:
    user = user_from({**FACTS, "Attributes": ATTRIBUTES})
    assert user == User(
        "b.okafor",
        {each["Name"]: each["Value"] for each in ATTRIBUTES},
        enabled=False,
        status=UserStatus.FORCE_CHANGE_PASSWORD,
        created=CREATED,
        modified=MODIFIED,
    )
    assert (user.sub, user.email, user.phone_number) == (
        "91c2f0aa-3d0e-4b7c-9f01-0123456789ab",
        "b.okafor@example.com",
        "+351912345678",
    )
    assert (user.email_verified, user.phone_number_verified) == (True, False)
    assert user.mfa is None, "ListUsers does not tell"
    assert user.created is not None
    assert user.created.tzinfo is UTC


def test_an_answer_of_admin_get_user() -> None:
    user = user_from(
        {
            **FACTS,
            "UserAttributes": ATTRIBUTES,
            "PreferredMfaSetting": "SOFTWARE_TOKEN_MFA",
            "UserMFASettingList": ["SOFTWARE_TOKEN_MFA", "SMS_MFA"],
        }
    )
    assert user.email == "b.okafor@example.com"
    assert (user.preferred_mfa, user.mfa) == ("SOFTWARE_TOKEN_MFA", ("SOFTWARE_TOKEN_MFA", "SMS_MFA"))
    assert user_from({"Username": "ana", "UserAttributes": []}).mfa == ()


def test_times_as_the_wire_has_them() -> None:
    user = user_from({"UserCreateDate": 1_700_000_000, "UserLastModifiedDate": 1_700_000_000.5})
    assert user.created == datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC)
    assert user.modified == datetime(2023, 11, 14, 22, 13, 20, 500_000, tzinfo=UTC)


def test_what_is_not_told_is_empty() -> None:
    assert user_from({}) == User("")
    assert user_from({"Username": "a", "UserStatus": "NEWER"}).status is UserStatus.UNKNOWN


@given(
    st.dictionaries(
        st.sampled_from([*FACTS, "Attributes", "UserAttributes", "UserMFASettingList"]),
        st.one_of(
            st.none(),
            st.text(),
            st.booleans(),
            st.integers(),
            st.floats(),
            st.lists(st.one_of(st.text(), st.dictionaries(st.sampled_from(["Name", "Value"]), st.text()))),
        ),
    )
)
def test_an_odd_answer_never_raises(answer: dict[str, Any]) -> None:
    user = user_from(answer)
    assert isinstance(user.status, UserStatus)
    temporary_password_expires(user)


@pytest.mark.parametrize("enabled", [False, True])
@pytest.mark.parametrize("status", list(UserStatus))
def test_chips(status: UserStatus, enabled: bool) -> None:
    user = User("ana", enabled=enabled, status=status)
    held = {chip for chip in Chip if chip.holds(user)}
    expected = {
        UserStatus.FORCE_CHANGE_PASSWORD: {Chip.STUCK},
        UserStatus.UNCONFIRMED: {Chip.UNCONFIRMED},
        UserStatus.RESET_REQUIRED: {Chip.RESET_REQUIRED},
        UserStatus.EXTERNAL_PROVIDER: {Chip.EXTERNAL},
    }.get(status, set())
    assert held == {Chip.ALL} | expected | (set() if enabled else {Chip.DISABLED})
    assert stuck(user) is (status == "FORCE_CHANGE_PASSWORD")


def test_every_status_of_the_service_model_is_known() -> None:
    assert {str(each) for each in UserStatus} == set(model()["shapes"]["UserStatusType"]["enum"])


@pytest.mark.parametrize(("days", "lives"), [(0, 7), (1, 1), (7, 7), (365, 365)])
def test_a_temporary_password_dies_days_after_the_last_change(days: int, lives: int) -> None:
    user = User("b.okafor", status=UserStatus.FORCE_CHANGE_PASSWORD, modified=MODIFIED)
    assert temporary_password_expires(user, days) == MODIFIED + timedelta(days=lives)


def test_seven_days_when_the_pool_is_not_known() -> None:
    user = User("b.okafor", status=UserStatus.FORCE_CHANGE_PASSWORD, modified=MODIFIED, enabled=False)
    assert temporary_password_expires(user) == MODIFIED + timedelta(days=7)


def test_without_a_temporary_password_or_a_date_nothing_expires() -> None:
    for status in set(UserStatus) - {UserStatus.FORCE_CHANGE_PASSWORD}:
        assert temporary_password_expires(User("a", status=status, modified=MODIFIED)) is None
    assert temporary_password_expires(User("a", status=UserStatus.FORCE_CHANGE_PASSWORD)) is None
    far = User("a", status=UserStatus.FORCE_CHANGE_PASSWORD, modified=datetime.max.replace(tzinfo=UTC))
    assert temporary_password_expires(far) is None
