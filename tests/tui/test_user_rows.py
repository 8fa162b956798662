"""What a row of the list keeps of a user, and what its cells say."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from cognito_tui.cognito.model import UserStatus
from cognito_tui.cognito.users import User
from cognito_tui.cognito.visible import visible
from cognito_tui.tui.cells import cut
from cognito_tui.tui.user_rows import (
    DAY,
    HOUR,
    Column,
    Looking,
    Moment,
    Role,
    UserRow,
    columns_at,
    day,
    looking_for,
    parts,
    row_of,
    span,
)
from tests.tui.made_up_users import NOW

SECONDS = NOW.timestamp()
TEMPORARY = UserStatus.FORCE_CHANGE_PASSWORD


def row(
    username: str = "ana",
    status: UserStatus = UserStatus.CONFIRMED,
    ago: float = DAY,
    enabled: bool = True,
    **attributes: str,
) -> UserRow:
    modified = NOW - timedelta(seconds=ago)
    told = attributes or {"email": "ana@example.com"}
    return row_of(User(username, told, enabled, status, NOW - timedelta(days=300), modified))


def words(of: UserRow, width: int, days: int | None = 7) -> str:
    return "".join(text for text, _ in parts(of, columns_at(width), Moment(SECONDS, days), marked=False))


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
            ("\u202eevil", "\\u202eevil"),
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
            (UserStatus.CONFIRMED, "● CONFIRMED "),
            (UserStatus.EXTERNAL_PROVIDER, "● EXTERNAL "),
            (UserStatus.FORCE_CHANGE_PASSWORD, "! FORCE_CHANGE "),
            (UserStatus.RESET_REQUIRED, "! RESET_REQUIRED"),
            (UserStatus.UNCONFIRMED, "○ UNCONFIRMED "),
            (UserStatus.UNKNOWN, "○ UNKNOWN "),
        ],
    )
    def test_a_status_is_a_sign_and_a_word(self, status: UserStatus, word: str) -> None:
        assert word in words(row(status=status), 79)

    def test_disabled_is_said(self) -> None:
        assert " no " in words(row(enabled=False), 79)
        assert " yes " in words(row(), 79)

    def test_disabled_stands_for_the_status_where_there_is_no_column_for_it(self) -> None:
        assert "● CONFIRMED" in words(row(enabled=False), 79)
        for width in (77, 40, 30):
            assert "× disabled" in words(row(enabled=False), width)
            assert "CONFIRMED" not in words(row(enabled=False), width)
            assert "● CONFIRMED" in words(row(), width)

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
        told = row(status=TEMPORARY, ago=ago)
        assert parts(told, columns_at(77), Moment(SECONDS, 7), marked=False)[-1] == (says.ljust(7), role)

    def test_nothing_is_said_of_a_life_that_is_not_known(self) -> None:
        assert words(row(status=TEMPORARY), 77, days=None).endswith(" " * 7)
        assert words(row_of(User("ana", status=TEMPORARY)), 77).endswith(" " * 7)
        assert words(row(ago=8 * DAY), 77).endswith(" " * 7)

    def test_the_phone_number_stands_where_there_is_no_address(self) -> None:
        assert "+351210000000" in words(row(phone_number="+351210000000"), 79)

    def test_a_selected_user_has_a_sign(self) -> None:
        marked = parts(row(), columns_at(79), Moment(SECONDS), marked=True)
        assert marked[0] == (" ■ ", Role.MARK)

    def test_dates_say_the_day_within_half_a_year_and_the_month_before(self) -> None:
        moment = Moment(SECONDS)
        days = [day(SECONDS - days * DAY, moment) for days in (0, 14, 200)]
        assert days == ["14 Oct", "30 Sep", "Mar 2026"]
        assert day(0.0, moment) == ""
        assert " Mar 2026 " in words(row(ago=200 * DAY), 79)

    def test_a_span_has_the_two_units_that_matter(self) -> None:
        assert [span(seconds) for seconds in (-1, 59, 3599, 3600, DAY, 6 * DAY + 4 * HOUR)] == [
            *("expired", "0m", "59m", "1h", "1d 0h", "6d 4h"),
        ]


class TestSearching:
    ANA = row("Ana", email="Silva@Example.com", sub="91c2f0aa-3d0e", name="Ana Silva")

    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ("silva", True),
            ("LVA", True),
            (" confirmed ", True),
            ("bruno", False),
            ("email:silva", True),
            ("E-Mail: silva", True),
            ("email:lva", False),
            ("email=silva@example.com", True),
            ("email=silva@example", False),
            ("sub:91c2", True),
            ("username:91c2", False),
            ("name=ana silva", True),
            ("status:confirmed", True),
            ("status:unconfirmed", False),
            ("anasilva", False),
            ("email:", True),
            ("", True),
            ("a:b", False),
            ("\x02silva", True),
            ("silva@example.com\x00", True),
        ],
    )
    def test_anywhere_or_where_a_field_begins(self, text: str, found: bool) -> None:
        assert (looking_for(text).needle in self.ANA.searched) is found

    @pytest.mark.parametrize(
        ("text", "enabled"), [("status:dis", False), ("Enabled", True), ("disabled", False)]
    )
    def test_whether_a_user_is_enabled(self, text: str, enabled: bool) -> None:
        assert looking_for(text) == Looking(enabled=enabled)

    def test_what_is_the_same_is_one_string_in_memory(self) -> None:
        told = row("".join(["ana@", "x.org"]), email="".join(["ana@x", ".org"]))
        assert told.username is told.contact
