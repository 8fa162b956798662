from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cognito_tui.cognito.model import UserStatus
from cognito_tui.cognito.user_filters import (
    CASE_SENSITIVE,
    LONGEST,
    Search,
    list_users_filter,
    meant,
    searchable,
)
from cognito_tui.cognito.users import User
from tests.service_model import model

UUID = "91c2f0aa-3d0e-4b7c-9f01-0123456789ab"


@pytest.mark.parametrize(
    ("attribute", "value", "exact", "made"),
    [
        ("email", "ana@", False, 'email ^= "ana@"'),
        ("family_name", "Reddy", True, 'family_name = "Reddy"'),
        ("name", 'Ana "Banana" Silva', True, 'name = "Ana \\"Banana\\" Silva"'),
        ("username", "corp\\ana", False, 'username ^= "corp\\\\ana"'),
        ("username", '\\"', True, 'username = "\\\\\\""'),
        ("cognito:user_status", "UNCONFIRMED", True, 'cognito:user_status = "UNCONFIRMED"'),
        ("status", "Disabled", True, 'status = "Disabled"'),
    ],
)
def test_a_filter(attribute: str, value: str, exact: bool, made: str) -> None:
    assert list_users_filter(attribute, value, exact=exact) == made
    assert Search(attribute, value, exact).filter == made


@given(st.sampled_from(sorted(CASE_SENSITIVE)), st.text(min_size=1, max_size=110), st.booleans())
def test_the_value_comes_out_as_it_went_in(attribute: str, value: str, exact: bool) -> None:
    made = list_users_filter(attribute, value, exact=exact)
    read = re.fullmatch(r'(\S+) (\^?=) "((?:\\.|[^"\\])*)"', made, re.DOTALL)
    assert read
    assert read[1] == attribute
    assert (read[2] == "=") is exact
    assert re.sub(r"\\(.)", r"\1", read[3], flags=re.DOTALL) == value


def test_a_filter_is_as_long_as_the_service_model_lets_it_be() -> None:
    assert model()["shapes"]["UserFilterType"]["max"] == LONGEST
    room = LONGEST - len('email ^= ""')
    assert len(list_users_filter("email", "x" * room)) == LONGEST
    with pytest.raises(ValueError, match="257 characters"):
        list_users_filter("email", "x" * (room + 1))
    with pytest.raises(ValueError, match="takes 256"):
        list_users_filter("email", '"' * room)


@pytest.mark.parametrize("attribute", ["", "custom:department", "email = ", "nickname"])
def test_an_attribute_it_cannot_search_for(attribute: str) -> None:
    with pytest.raises(ValueError, match="cannot search for"):
        list_users_filter(attribute, "x")


def test_nothing_to_search_for() -> None:
    with pytest.raises(ValueError, match="empty"):
        list_users_filter("email", "")


def test_the_attributes_are_those_of_the_service_model() -> None:
    shape = model()["shapes"]["ListUsersRequest"]["members"]["Filter"]["documentation"]
    listed = shape[shape.index("following standard attributes") :].partition("</ul>")[0]
    told = re.findall(r"<li> <p> <code>([\w:]+)(.*?)</li>", listed)
    case = {"case-sensitive": True, "case-insensitive": False}
    assert {
        name: next((case[word] for word in re.findall(r"case-\w+", rest)), None) for name, rest in told
    } == CASE_SENSITIVE


@pytest.mark.parametrize(
    ("text", "searches"),
    [
        ("", []),
        ("   ", []),
        ("  b.oka ", [("username", "b.oka", False), ("email", "b.oka", False), ("name", "b.oka", False)]),
        ("ana@example.com", [("email", "ana@example.com", False), ("username", "ana@example.com", False)]),
        ("ana@", [("email", "ana@", False), ("username", "ana@", False)]),
        ("+351 912-345", [("phone_number", "+351912345", False), ("username", "+351 912-345", False)]),
        (UUID.upper(), [("sub", UUID, True), ("username", UUID.upper(), True)]),
        ("91c2f0aa-3d", [("sub", "91c2f0aa-3d", False), ("username", "91c2f0aa-3d", False)]),
        ("Ana Silva", [("name", "Ana Silva", False)]),
        ("disabled", [("status", "Disabled", True), ("username", "disabled", False)]),
        (
            "force change password",
            [
                ("cognito:user_status", "FORCE_CHANGE_PASSWORD", True),
                ("username", "force change password", False),
            ],
        ),
        ("email:ana", [("email", "ana", False)]),
        ("E-Mail = ana@example.com", [("email", "ana@example.com", True)]),
        ("phone:+351 912", [("phone_number", "+351912", False)]),
        ("sub:91c2", [("sub", "91c2", False)]),
        ("user=ana", [("username", "ana", True)]),
        ("status:force", [("cognito:user_status", "FORCE", False)]),
        ("status=CONFIRMED", [("cognito:user_status", "CONFIRMED", True)]),
        ("status:dis", [("status", "Disabled", True)]),
        ("cognito:user_status:unc", [("cognito:user_status", "UNC", False)]),
        ("email:", []),
        (
            "custom:x",
            [("username", "custom:x", False), ("email", "custom:x", False), ("name", "custom:x", False)],
        ),
    ],
)
def test_what_a_person_means(text: str, searches: list[tuple[str, str, bool]]) -> None:
    assert meant(text) == tuple(Search(*each) for each in searches)


@given(st.text())
def test_every_guess_is_a_search_that_can_be_made(text: str) -> None:
    for search in meant(text):
        assert search.attribute in CASE_SENSITIVE
        assert search.value
        if len(search.value) < 100:
            assert search.filter


@pytest.mark.parametrize("status", list(UserStatus))
def test_every_status_is_understood_by_its_name(status: UserStatus) -> None:
    assert meant(status.lower())[0] == Search("cognito:user_status", status, exact=True)


def test_what_is_loaded_is_searched_in_all_that_names_a_user() -> None:
    user = User(
        "google_1140",
        {"email": "Grete@Example.com", "name": "Grete Straße", "sub": UUID, "custom:secret": "hidden"},
        status=UserStatus.EXTERNAL_PROVIDER,
    )
    for text in ("GOOGLE_", "grete@", "STRASSE", "91c2", "external"):
        assert text.casefold() in searchable(user)
    assert "hidden" not in searchable(user)
