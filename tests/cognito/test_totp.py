from __future__ import annotations

import contextlib
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cognito_tui.cognito import totp
from cognito_tui.cognito.model import Secret

RFC_6238 = [(59, "94287082"), (1111111109, "07081804"), (1111111111, "14050471"), (1234567890, "89005924"),
            (2000000000, "69279037"), (20000000000, "65353130")]  # fmt: skip
KEY = b"12345678901234567890"


@pytest.mark.parametrize(("seconds", "code"), RFC_6238)
def test_it_is_the_code_of_rfc_6238(seconds: int, code: str) -> None:
    assert totp.code(KEY, seconds, digits=8) == code
    assert totp.code(KEY, seconds) == code[-6:]


def test_a_code_is_good_for_thirty_seconds() -> None:
    assert totp.code(KEY, 30.0) == totp.code(KEY, 59.999)
    assert totp.code(KEY, 29.999) != totp.code(KEY, 30.0) != totp.code(KEY, 60.0)


@pytest.mark.parametrize(
    "written",
    [
        "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ",
        "gezdgnbvgy3tqojqgezdgnbvgy3tqojq",
        "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ",
        " gezd-gnbv-gy3t-qojq-gezd-gnbv-gy3t-qojq \n",
    ],
)
def test_a_secret_is_read_as_people_paste_it(written: str) -> None:
    assert totp.key(Secret(written)) == KEY


def test_padding_may_be_there_or_not() -> None:
    assert totp.key(Secret("GEZDG===")) == totp.key(Secret("GEZDG")) == b"123"


@pytest.mark.parametrize("written", ["", " - ", "====", "GEZD1", "0OIL", "GÉZD", "A", "ABC", "GE=ZD"])
def test_what_is_not_base32_is_a_clear_sentence_without_the_secret(written: str) -> None:
    with pytest.raises(ValueError, match="the TOTP secret is") as caught:
        totp.key(Secret(written))
    assert len(written) < 3 or written not in str(caught.value)


@given(st.text())
def test_any_text_is_a_key_or_a_value_error(written: str) -> None:
    with contextlib.suppress(ValueError):
        assert totp.key(Secret(written))


@given(st.text(st.characters(codec="utf-8")), st.text(st.characters(codec="utf-8"), min_size=1))
def test_the_uri_gives_issuer_user_and_secret_back(issuer: str, username: str) -> None:
    uri = totp.otpauth_uri(Secret("GEZDGNBVGY3TQOJQ"), issuer, username)
    parts = urlsplit(uri.reveal())
    assert (parts.scheme, parts.netloc) == ("otpauth", "totp")
    label = parts.path.removeprefix("/")
    assert label.count(":") == 1
    assert [unquote(part) for part in label.split(":")] == [issuer, username]
    query = parse_qs(parts.query, keep_blank_values=True, strict_parsing=True)
    assert query == {"secret": ["GEZDGNBVGY3TQOJQ"], "issuer": [issuer]}
