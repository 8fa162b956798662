from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cognito_tui.cognito.pasted import LONGEST, NotAToken, token_in
from tests.cognito.jwts import token

TOKEN = token()
WRAPPED = "\n  ".join(TOKEN[at : at + 40] for at in range(0, len(TOKEN), 40))


@pytest.mark.parametrize(
    "given",
    [
        TOKEN,
        TOKEN.encode(),
        f"  {TOKEN}\r\n",
        WRAPPED,
        f"\ufeff{TOKEN}\u200b",
        f"Bearer {TOKEN}",
        f"bearer\t{TOKEN}",
        f"Authorization: Bearer {TOKEN}",
        f"-H 'Authorization: Bearer {TOKEN}'",
        f'--header "authorization:Bearer {TOKEN}"',
        f"'{TOKEN}'",
        f'"{TOKEN}",',
        f"`{TOKEN}`",
        f"export COGNITO_ID_TOKEN='{TOKEN}'\n",
        f"export COGNITO_ID_TOKEN='{WRAPPED}'\n",
        f"ID_TOKEN={TOKEN};",
        f'set TOKEN="{TOKEN}"',
        f'$env:TOKEN = "{TOKEN}"',
        f'"IdToken": "{TOKEN}",',
        f"export T='Bearer {TOKEN}'",
    ],
)
def test_the_token_is_found_in_what_comes_along(given: str | bytes) -> None:
    assert token_in(given).reveal() == TOKEN


def test_padding_is_no_assignment() -> None:
    assert token_in("abc=.def==.ghi").reveal() == "abc=.def==.ghi"


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ("", "There is no token here."),
        (" \n\t", "There is no token here."),
        ("Bearer ", "There is no token here."),
        ("export TOKEN=''", "There is no token here."),
        (b"\xff\xfe", "This is not text in UTF-8."),
        ("\ud800", "This is not text in UTF-8."),
        ("a" * (LONGEST + 1), "This is longer than 100,000 characters: no token is."),
        (f'{{"IdToken": "{TOKEN}"}}', "This is JSON: give one token of it, such as the value of IdToken."),
        (f"{TOKEN}\n{TOKEN}", "There is more than one token here: give one at a time."),
        (
            f"export COGNITO_ID_TOKEN='{TOKEN}'\nexport COGNITO_ACCESS_TOKEN='{TOKEN}'\n",
            "There is more than one token here: give one at a time.",
        ),
    ],
)
def test_what_holds_no_token_gets_its_sentence(given: str | bytes, sentence: str) -> None:
    with pytest.raises(NotAToken) as caught:
        token_in(given)
    assert str(caught.value) == sentence


@given(st.one_of(st.text(), st.binary(), st.text("a.='\"`{}:;, \n-HBearert", max_size=60)))
def test_nothing_crashes_it(given: str | bytes) -> None:
    try:
        found = token_in(given).reveal()
    except NotAToken:
        return
    assert found
    assert found == "".join(found.split())


@given(st.from_regex(r"\A[A-Za-z0-9_-]{1,40}(\.[A-Za-z0-9_-]{1,40}){2}\Z"))
def test_a_bare_token_is_never_changed(bare: str) -> None:
    assert token_in(bare).reveal() == bare
