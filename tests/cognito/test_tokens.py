from __future__ import annotations

import json
import sys

import jwt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cognito_tui.cognito.model import Secret
from cognito_tui.cognito.tokens import NotAJwt, claims, decode, number
from tests.cognito.jwts import HEADER, ID, NOW, part, token

KEY = "k" * 32


def test_a_jwt_of_any_origin_is_read() -> None:
    read = decode(Secret(jwt.encode({"username": "ána", "n": 1}, KEY, headers={"kid": "é"})))
    assert read.claims == {"username": "ána", "n": 1}
    assert read.header == {"alg": "HS256", "typ": "JWT", "kid": "é"}
    assert (read.use, read.expires, read.issued) == ("", None, None)


def test_what_is_asked_of_it_first() -> None:
    read = decode(Secret(token()))
    assert (read.use, read.expires, read.issued) == ("id", NOW + 2520, NOW - 1080)


def test_padding_that_has_no_place_there_does_no_harm() -> None:
    header, payload, signature = token({"a": 1}).split(".")
    assert decode(Secret(f"{header}=.{payload}==.{signature}=")).claims == {"a": 1}


def test_one_that_nobody_has_signed_is_read_too() -> None:
    assert decode(Secret(token(header={"alg": "none"}, signature=""))).header == {"alg": "none"}


def test_its_text_is_in_no_repr() -> None:
    text = token()
    assert text not in repr(decode(Secret(text)))


TOO_DEEP = "The payload is nested more than 100 levels deep: no token is."

BROKEN = {
    "one part": ("eyJhbGciOiJub25lIn0", "This has one part, not several, between dots; a JWT has three."),
    "two parts": ("eyJhbGciOiJub25lIn0.e30", "This has 2 parts between dots; a JWT has three."),
    "four parts": ("a.b.c.d", "This has 4 parts between dots; a JWT has three."),
    "encrypted": (
        "eyJ.a.b.c.d",
        "This has five parts: it is encrypted (JWE), as Cognito's refresh tokens are. "
        "Only Cognito can read it.",
    ),
    "empty header": (f".{part({})}.c", "The header is empty."),
    "empty payload": (f"{part({})}..c", "The payload is empty."),
    "standard base64": (
        f"{part({})}.ab+/.c",
        "The payload has a character that Base64URL does not have: +",
    ),
    "control character": (
        f"{part({})}.ab\x1b.c",
        "The payload has a character that Base64URL does not have: U+001B",
    ),
    "cut off": (
        f"{part({})}.abcde.c",
        "The payload is broken: Base64URL of that length does not exist. Was it cut off?",
    ),
    "broken signature": (
        f"{part({})}.{part({})}.abcde",
        "The signature is broken: Base64URL of that length does not exist. Was it cut off?",
    ),
    "not UTF-8": (f"{part(HEADER)}.{part(bytes([255, 254]))}.c2ln", "The payload is not text in UTF-8."),
    "not JSON": (f"{part('nonsense')}.{part({})}.c2ln", "The header is not JSON."),
    "half an object": (token('{"a": 1'), "The payload is not JSON."),
    "a list": (token([1]), "The payload is JSON, but no object."),
    "a number": (token("1"), "The payload is JSON, but no object."),
    "NaN": (token('{"exp": NaN}'), "The payload is not JSON."),
    "infinity": (token('{"exp": 1e999}'), "The payload is not JSON."),
    "an endless number": (token('{"exp": ' + "9" * 5000 + "}"), "The payload is not JSON."),
    "too deep": (token('{"a": ' + "[" * 100 + "]" * 100 + "}"), TOO_DEEP),
    "too deep for a parser": (token("[" * 20_000), TOO_DEEP),
    "too deep to be shown": (token('{"a": ' + '{"b":' * 985 + "1" + "}" * 985 + "}"), TOO_DEEP),
    "twice": (
        token('{"sub": "ana", "sub": "ben"}'),
        "The payload has a member twice: which one counts is anybody's guess.",
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_no_jwt_gets_its_sentence(name: str) -> None:
    text, sentence = BROKEN[name]
    with pytest.raises(NotAJwt) as caught:
        decode(Secret(text))
    assert str(caught.value) == sentence
    assert claims(Secret(text)) == {}


def test_what_is_nested_as_deep_as_may_be_is_read() -> None:
    payload = '{"a": ' + "[" * 99 + "]" * 99 + "}"
    assert decode(Secret(token(payload))).claims == json.loads(payload)


@pytest.mark.parametrize("absent", [None, Secret("")])
def test_no_token_has_no_claims(absent: Secret | None) -> None:
    assert claims(absent) == {}


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
objects = st.dictionaries(st.text(), json_values, max_size=5)


@given(objects, objects, st.binary())
def test_whatever_its_json_says_is_read_as_it_is(header: object, payload: object, signature: bytes) -> None:
    read = decode(Secret(f"{part(header)}.{part(payload)}.{part(signature)}"))
    assert (read.header, read.claims) == (header, payload)
    assert isinstance(read.use, str)


@given(
    st.one_of(
        st.text(),
        st.text("ab.=-_+/ ey"),
        st.builds(lambda text: f"{part(HEADER)}.{part(text)}.c2ln", st.text() | st.binary()),
        st.builds(lambda text: f"{part(HEADER)}.{text}.c2ln", st.text()),
        st.builds(lambda value: f"{part(HEADER)}.{part(json.dumps(value))}.c2ln", json_values),
    )
)
def test_no_text_crashes_it(text: str) -> None:
    assert isinstance(claims(Secret(text)), dict)


@pytest.mark.parametrize("at", range(0, len(token()), 7))
def test_one_that_is_cut_off_anywhere_never_crashes(at: int) -> None:
    assert isinstance(claims(Secret(token()[:at])), dict)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        (0, 0.0),
        (NOW, float(NOW)),
        (1.5, 1.5),
        (True, None),
        (None, None),
        (str(NOW), None),
        ([NOW], None),
        (10**400, None),
        (-(10**400), None),
        (sys.float_info.max, None),
    ],
)
def test_a_time_is_a_number_that_a_calendar_has(value: object, seconds: float | None) -> None:
    assert number(value) == seconds


def test_the_length_of_one_does_not_matter() -> None:
    many = {**ID, "custom:long": "x" * 50_000}
    assert decode(Secret(token(many))).claims == many
