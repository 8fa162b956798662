"""What a row of the list keeps of a user, and what its cells say."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from cognito_tui.tui.cells import cut, visible
from cognito_tui.tui.user_rows import (
    DAY,
    HOUR,
    Column,
    Moment,
    Role,
    UserRow,
    columns_at,
    day,
    needle,
    parts,
    span,
    user_row,
)
from tests.tui.made_up_users import NOW


def row(username: str = "ana", status: str = "CONFIRMED", **others: object) -> UserRow:
    told: dict[str, object] = {"enabled": True, "created": NOW - 3 * DAY, "modified": NOW - DAY, **others}
    attributes = told.pop("attributes", {"email": "ana@example.com"})
    return user_row(username, attributes, status, **told)  # type: ignore[arg-type] # as the tests have it


def words(of: UserRow, width: int, days: int | None = 7) -> str:
    return "".join(text for text, _ in parts(of, columns_at(width), Moment(NOW, days), marked=False))


class TestCells:
    @given(st.text(), st.integers(0, 40))
    def test_a_cut_text_has_exactly_the_width(self, text: str, width: int) -> None:
        assert cell_len(cut(visible(text), width)) == width

    @given(st.text())
    def test_what_is_visible_can_be_painted(self, text: str) -> None:
        assert visible(text).isprintable()
        visible(text).encode()

    @pytest.mark.parametrize(
        ("text", "seen"),
        [
            ("a\x1b[31mred", "a\\x1b[31mred"),
            ("[/red]", "[/red]"),
            ("two\nlines", "two\\x0alines"),
            ("\u202eevil", "\\x202eevil"),
            ("日本語", "日本語"),
        ],
    )
    def test_data_does_nothing_to_the_screen(self, text: str, seen: str) -> None:
        assert visible(text) == seen


class TestColumns:
    @pytest.mark.parametrize("width", [20, 40, 49, 50, 59, 77, 78, 79, 100, 120, 159, 300])
    def test_they_fit(self, width: int) -> None:
        assert len(words(row("ana.silva.with.a.long.name"), width)) <= width

    def test_the_wide_and_the_narrow_list(self) -> None:
        assert [column.title for column in columns_at(79)] == [
            *("Username", "E-mail or phone", "Status", "On", "Changed", "Dies in"),
        ]
        assert [column.title for column in columns_at(77)] == [
            *("Username", "E-mail or phone", "Status", "Dies in"),
        ]

    def test_a_long_screen_shows_a_whole_uuid(self) -> None:
        username = next(column for column in columns_at(140) if column.key == "username")
        assert username == Column("username", "Username", 36)


class TestWhatACellSays:
    @pytest.mark.parametrize(
        ("status", "word"),
        [
            ("CONFIRMED", "● CONFIRMED "),
            ("EXTERNAL_PROVIDER", "● EXTERNAL "),
            ("FORCE_CHANGE_PASSWORD", "! FORCE_CHANGE "),
            ("RESET_REQUIRED", "! RESET_REQUIRED"),
            ("SOMETHING_NEW", "○ SOMETHING_NEW"),
            ("UNCONFIRMED", "○ UNCONFIRMED "),
        ],
    )
    def test_a_status_is_a_sign_and_a_word(self, status: str, word: str) -> None:
        assert word in words(row(status=status), 79)

    def test_disabled_is_said(self) -> None:
        assert " no " in words(row(enabled=False), 79)
        assert " yes " in words(row(), 79)

    @pytest.mark.parametrize(
        ("ago", "says", "role"),
        [
            (0.0, "7d 0h", Role.TEXT),
            (DAY, "6d 0h", Role.TEXT),
            (6 * DAY + HOUR, "23h", Role.ACT),
            (7 * DAY - 90, "1m", Role.ACT),
            (7 * DAY, "expired", Role.BAD),
            (70 * DAY, "expired", Role.BAD),
        ],
    )
    def test_when_a_temporary_password_dies(self, ago: float, says: str, role: Role) -> None:
        told = row(status="FORCE_CHANGE_PASSWORD", modified=NOW - ago)
        assert parts(told, columns_at(77), Moment(NOW, 7), marked=False)[-1] == (says.ljust(7), role)

    def test_nothing_is_said_of_a_life_that_is_not_known(self) -> None:
        assert words(row(status="FORCE_CHANGE_PASSWORD"), 77, days=None).endswith(" " * 7)
        assert words(row(status="FORCE_CHANGE_PASSWORD", modified=0.0), 77).endswith(" " * 7)
        assert words(row(status="CONFIRMED", modified=NOW - 8 * DAY), 77).endswith(" " * 7)

    def test_the_phone_number_stands_where_there_is_no_address(self) -> None:
        assert "+351210000000" in words(row(attributes={"phone_number": "+351210000000"}), 79)

    def test_a_selected_user_has_a_sign(self) -> None:
        marked = parts(row(), columns_at(79), Moment(NOW), marked=True)
        assert marked[0] == (" ■ ", Role.MARK)

    def test_dates_say_the_day_within_half_a_year_and_the_month_before(self) -> None:
        moment = Moment(NOW)
        assert [day(NOW - days * DAY, moment) for days in (0, 14, 200)] == ["14 Oct", "30 Sep", "Mar 26"]
        assert day(0.0, moment) == ""

    def test_a_span_has_the_two_units_that_matter(self) -> None:
        assert [span(seconds) for seconds in (-1, 59, 3599, 3600, DAY, 6 * DAY + 4 * HOUR)] == [
            *("expired", "0m", "59m", "1h", "1d 0h", "6d 4h"),
        ]


class TestSearching:
    ANA = row("Ana", attributes={"email": "Silva@Example.com", "sub": "91c2f0aa", "name": "Ana Silva"})

    @pytest.mark.parametrize(
        ("text", "field", "exact", "found"),
        [
            ("silva", "", False, True),
            ("LVA", "", False, True),
            ("bruno", "", False, False),
            ("silva", "email", False, True),
            ("lva", "email", False, False),
            ("silva@example.com", "email", True, True),
            ("silva@example", "email", True, False),
            ("91c2", "sub", False, True),
            ("91c2", "username", False, False),
            ("ana silva", "name", True, True),
            ("\x02silva", "", False, True),
        ],
    )
    def test_anywhere_or_where_a_field_begins(self, text: str, field: str, exact: bool, found: bool) -> None:
        assert (needle(text, field, exact=exact) in self.ANA.searched) is found

    def test_one_field_does_not_run_into_the_next(self) -> None:
        assert needle("anasilva") not in self.ANA.searched

    def test_what_is_the_same_is_one_string_in_memory(self) -> None:
        told = row("".join(["ana@", "x.org"]), attributes={"email": "".join(["ana@x", ".org"])})
        assert told.username is told.contact
