"""Names out of files, and results into them, whatever users are called."""

from __future__ import annotations

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cognito_tui.bulk.records import Record, State
from cognito_tui.bulk.table import (
    NoNames,
    csv_line,
    guarded,
    report_as_csv,
    report_as_json,
    unguarded,
    usernames,
)
from tests.bulk.scripted_pool import BEGINNING

RECORDS = [
    Record("ana", State.DONE, BEGINNING),
    Record('=HYPERLINK("http://evil")', State.FAILED, BEGINNING, code="X", message='a, "b"\nc'),
]


class TestNames:
    @pytest.mark.parametrize(
        "text",
        [
            "ana\nben",
            "ana\r\nben\r\n",
            "ana\rben\r",
            "username,x\rana,\rben,\r",
            "\n\nana\n\nben\n",
            "\ufeffana\nben\nana\n",
            " ana\t\nben \n",
            "username\nana\nben\n",
            '"Username","Status"\r\n"ana","x"\r\n"ben","y"\r\n',
            "Status,USERNAME\nx,ana\ny,ben\nz\n",
            '\ufeffUsername,name\nana,"two\nlines"\nben,\n',
        ],
    )
    def test_one_a_line_or_a_column_of_csv(self, text: str) -> None:
        assert usernames(text) == ("ana", "ben")

    def test_a_line_is_taken_as_it_stands(self) -> None:
        assert usernames('a,b\n\'+4915112345678\n[/red]\n"x"') == ("a,b", "'+4915112345678", "[/red]", '"x"')

    def test_phone_numbers_survive_a_spreadsheet(self) -> None:
        assert usernames("Username\n'+4915112345678\n+4915112345679\n") == (
            "+4915112345678",
            "+4915112345679",
        )

    @pytest.mark.parametrize(
        ("text", "problem"),
        [
            ("", "there is no username in it"),
            ("\n \n", "there is no username in it"),
            ("Username,Status\n,x\n", "there is no username in it"),
            ("ana\nbe\0n\n", "line 2 has a NUL character inside"),
            ("ana\nb\x0bn\n", "line 2 has a line break inside"),
            pytest.param(
                "a" * 131_073,
                "line 1 is neither a username nor a header of CSV (field larger than field limit (131072))",
                id="a line that is too long",
            ),
            pytest.param(
                f"username,x\nana,{'a' * 131_073}\n",
                "line 2 is not CSV (field larger than field limit (131072))",
                id="a cell that is too long",
            ),
            ('username\nana\n"ben', "line 3 is not CSV (unexpected end of data)"),
            ('username\n"ana\nben"\n', "line 3 has a line break inside"),
        ],
    )
    def test_what_is_no_list_of_names_is_told_with_its_line(self, text: str, problem: str) -> None:
        with pytest.raises(NoNames) as caught:
            usernames(text)
        assert str(caught.value) == problem


class TestCells:
    @pytest.mark.parametrize("cell", ["=1+1", "+49151", "-2", "@SUM(A1)", "\t=1", "\r=1", "\n=1"])
    def test_what_a_spreadsheet_computes_is_guarded(self, cell: str) -> None:
        assert guarded(cell) == f"'{cell}"

    @pytest.mark.parametrize("cell", ["", "ana", "a=b", "'quoted", "1+1"])
    def test_nothing_else_is(self, cell: str) -> None:
        assert guarded(cell) == cell

    @given(st.text(alphabet="'=+-@\t\r\na\"", max_size=6))
    def test_no_two_cells_become_one(self, cell: str) -> None:
        """Else a user named `'+49` could be taken for +49."""
        assert unguarded(guarded(cell)) == cell
        assert not guarded(cell).startswith(tuple("=+-@\t\r\n"))

    def test_a_line_is_csv(self) -> None:
        assert next(csv.reader([csv_line(["a,b", '"', "=x", ""])])) == ["a,b", '"', "'=x", ""]

    @pytest.mark.parametrize("cell", ["x\n=1", "x\r=1", "x\r\n=1"])
    def test_no_cell_begins_a_line(self, cell: str) -> None:
        assert csv_line([cell, "b"]) == f'"{cell}",b'


def test_the_report_for_a_spreadsheet() -> None:
    assert list(csv.reader(io.StringIO(report_as_csv(RECORDS), newline=""))) == [
        ["Username", "Outcome", "Code", "Message"],
        ["ana", "done", "", ""],
        ['\'=HYPERLINK("http://evil")', "failed", "X", 'a, "b"\nc'],
    ]


def test_the_report_for_a_program() -> None:
    assert json.loads(report_as_json(RECORDS)) == [
        {"Username": "ana", "Outcome": "done", "Code": "", "Message": ""},
        {
            "Username": '=HYPERLINK("http://evil")',
            "Outcome": "failed",
            "Code": "X",
            "Message": 'a, "b"\nc',
        },
    ]
