from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cognito_tui.cognito import checks
from cognito_tui.cognito.model import Secret
from tests.service_model import matches, model


@pytest.mark.parametrize("value", ["", "a\0b", "a\nb", "a\r", "\na", "a\u2028", "a\x85", "\ud800"])
def test_no_value_is_empty_or_of_two_lines(value: str) -> None:
    assert checks.line_problem(value)


@pytest.mark.parametrize("value", ["a", " a ", "[/red]", "日本", "a\tb", "é"])
def test_anything_else_of_one_line_is_kept(value: str) -> None:
    assert checks.line_problem(value) is None


@given(st.text(max_size=60))
def test_a_pool_id_is_what_the_service_model_says(value: str) -> None:
    shape = model()["shapes"]["UserPoolIdType"]
    fits = matches(shape["pattern"], value) and 1 <= len(value) <= shape["max"]
    assert (checks.user_pool_id_problem(value) is None) is fits


@given(st.text(alphabet="ab_-+1 é", max_size=140))
def test_ids_of_likely_letters_are_what_the_service_model_says(value: str) -> None:
    for check, name in (
        (checks.user_pool_id_problem, "UserPoolIdType"),
        (checks.client_id_problem, "ClientIdType"),
    ):
        shape = model()["shapes"][name]
        fits = matches(shape["pattern"], value) and 1 <= len(value) <= shape["max"]
        assert (check(value) is None) is fits


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:9229", "https://cognito-idp.eu-west-1.amazonaws.com", "http://[::1]:80/x"]
)
def test_an_endpoint_is_a_url(url: str) -> None:
    assert checks.endpoint_problem(url) is None


@pytest.mark.parametrize(
    "url",
    [
        "127.0.0.1:9229",
        "ftp://a",
        "http://",
        "http://a:0",
        "http://a:99999",
        "http://a b",
        "http://\x1e",
        "http://a\n",
    ],
)
def test_anything_else_is_no_endpoint(url: str) -> None:
    assert checks.endpoint_problem(url)


def test_an_endpoint_with_a_password_is_refused_since_it_would_be_written_to_a_file() -> None:
    problem = checks.endpoint_problem("http://ada:hunter2@example.com")
    assert problem is not None
    assert "hunter2" not in problem


@pytest.mark.parametrize(
    "url",
    [
        "http://localhost:1",
        "http://LOCALHOST",
        "http://pool.localhost:1",
        "http://127.0.0.1",
        "http://127.8.0.1",
        "https://[::1]:8/",
    ],
)
def test_this_machine_is_told_from_others(url: str) -> None:
    assert checks.is_loopback(url)
    assert checks.endpoint_oddity(url) is None


@pytest.mark.parametrize(
    "url", [None, "", "nonsense", "http://127.0.0.1.example.com", "http://10.0.0.1", "http://notlocalhost"]
)
def test_other_machines_are_not_this_one(url: str | None) -> None:
    assert not checks.is_loopback(url)


def test_http_to_another_machine_is_odd() -> None:
    assert checks.endpoint_oddity("http://emulator.example")
    assert checks.endpoint_oddity("https://emulator.example") is None


@pytest.mark.parametrize(
    ("secret", "word"),
    [
        ("", "empty"),
        (" " + "s" * 51, "beginning"),
        ("s" * 51 + "\n", "end"),
        ("s" * 23, "23 characters"),
        ("s" * 65, "65 characters"),
        ("s" * 50 + "-", "letters"),
        ("clientclientclientclient26", "client ID"),
        ("s" * 30 + "\x1b" + "s", "seen"),
    ],
)
def test_an_odd_secret_is_kept_with_a_warning_that_does_not_show_it(secret: str, word: str) -> None:
    oddity = checks.secret_oddity(Secret(secret), "clientclientclientclient26")
    assert oddity is not None
    assert word in oddity
    assert not secret.strip() or secret.strip() not in oddity


def test_a_usual_secret_is_not_odd() -> None:
    assert checks.secret_oddity(Secret("s" * 51), "c" * 26) is None
    assert checks.secret_oddity(Secret("s" * 24), "c" * 26) is None


def test_what_makes_a_hash_wrong_is_said_of_all_three_parts() -> None:
    oddities = checks.hash_oddities("ana ", "client\n", Secret("secret "))
    assert len(oddities) == 3
    assert any("username" in each for each in oddities)
    assert any("client ID" in each for each in oddities)
    assert any("secret" in each for each in oddities)
    assert checks.hash_oddities("ana", "c" * 26, Secret("s" * 51)) == ()


def test_a_client_id_of_another_length_is_a_warning_only() -> None:
    assert checks.client_id_problem("c" * 25) is None
    assert checks.client_id_oddity("c" * 25)
    assert checks.client_id_oddity("c" * 26) is None
