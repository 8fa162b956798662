"""The list of users by keys and mouse, and what of it is lines_made."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from textual.app import App, ComposeResult
from textual.events import MouseScrollDown
from textual.message import Message
from textual.pilot import Pilot
from textual.strip import Strip

from cognito_tui.cognito.model import UserStatus
from cognito_tui.cognito.users import User
from cognito_tui.tui.app import CognitoApp
from cognito_tui.tui.roll import AS_TOLD, Order
from cognito_tui.tui.theme import DARK, LIGHT
from cognito_tui.tui.user_rows import Moment, UserRow, row_of
from cognito_tui.tui.widgets.user_list import UserList, UserListHead
from tests.tui import picture
from tests.tui.made_up_users import NOW, made_up


class Counted(UserList):
    """Counts the lines it is asked for."""

    lines_made = 0

    def render_line(self, y: int) -> Strip:
        self.lines_made += 1
        return super().render_line(y)


class House(App[None]):
    """The list alone, in the colours of the app."""

    CSS_PATH = CognitoApp.CSS_PATH

    def __init__(self, rows: list[UserRow]) -> None:
        super().__init__()
        self.register_theme(DARK)
        self.register_theme(LIGHT)
        self.theme = DARK.name
        self.rows = rows
        self.heard: list[Message] = []

    def compose(self) -> ComposeResult:
        yield UserListHead()
        yield Counted()

    def on_mount(self) -> None:
        users = self.query_one(UserList)
        users.tick(Moment(NOW.timestamp(), 7))
        users.focus()
        users.extend(self.rows)

    def on_user_list_moved(self, event: UserList.Moved) -> None:
        self.heard.append(event)

    def on_user_list_opened(self, event: UserList.Opened) -> None:
        self.heard.append(event)

    def on_user_list_marked(self, event: UserList.Marked) -> None:
        self.heard.append(event)

    def on_user_list_head_clicked(self, event: UserListHead.Clicked) -> None:
        self.heard.append(event)


@asynccontextmanager
async def house(rows: list[UserRow], size: tuple[int, int] = (80, 21)) -> AsyncIterator[Pilot[None]]:
    """Twenty users in sight below the titles."""
    async with House(rows).run_test(size=size) as pilot:
        await pilot.pause()
        yield pilot


def users_of(pilot: Pilot[None]) -> Counted:
    return pilot.app.query_one(Counted)


def under_the_cursor(users: UserList) -> str:
    return users.row.username if users.row else ""


def text(pilot: Pilot[None]) -> str:
    return picture.text(picture.svg(pilot.app))


def heard(pilot: Pilot[None]) -> list[Message]:
    assert isinstance(pilot.app, House)
    return pilot.app.heard


@pytest.mark.parametrize(
    ("keys", "cursor"),
    [
        ("down", 1),
        ("j j k", 1),
        ("up", 0),
        ("G", 199),
        ("end", 199),
        ("G g", 0),
        ("end home", 0),
        ("pagedown", 19),
        ("pagedown pagedown pageup", 19),
        ("end pagedown", 199),
    ],
)
async def test_the_cursor_goes_where_the_keys_say_and_stays_in_sight(keys: str, cursor: int) -> None:
    async with house(made_up(0, 200)) as pilot:
        await pilot.press(*keys.split())
        assert users_of(pilot).cursor == cursor
        await pilot.pause()
        assert f"user{cursor:06}" in text(pilot)


async def test_moving_the_cursor_paints_two_lines() -> None:
    async with house(made_up(0, 200)) as pilot:
        users = users_of(pilot)
        users.lines_made = 0
        await pilot.press("down")
        await pilot.pause()
        assert users.lines_made == 2


async def test_a_page_below_what_is_in_sight_paints_nothing() -> None:
    async with house(made_up(0, 60)) as pilot:
        users = users_of(pilot)
        users.lines_made = 0
        users.extend(made_up(60, 120))
        await pilot.pause()
        assert users.lines_made == 0
        await pilot.press("end")
        await pilot.pause()
        assert "user000119" in text(pilot)


async def test_selecting_goes_on_to_the_next() -> None:
    async with house(made_up(0, 60)) as pilot:
        await pilot.press("space", "space", "down", "space", "up", "space")
        users = users_of(pilot)
        assert users.marked == {"user000000", "user000001"}
        assert [line[1] for line in text(pilot).splitlines()[1:6]] == ["■", "■", " ", " ", " "]
        told = [event.usernames for event in heard(pilot) if isinstance(event, UserList.Marked)]
        assert told[-1] == users.marked


async def test_selected_users_stay_so_when_they_are_not_shown() -> None:
    async with house(made_up(0, 60)) as pilot:
        users = users_of(pilot)
        await pilot.press("space")
        users.look(keep=None, needle="user000017", order=AS_TOLD)
        await pilot.press("space")
        users.look(keep=None, needle="", order=AS_TOLD)
        assert users.marked == {"user000000", "user000017"}


async def test_who_is_under_the_cursor_is_told_once() -> None:
    async with house(made_up(0, 60)) as pilot:
        await pilot.press("down", "enter")
        await pilot.pause()
        names = [
            (type(event).__name__, event.row and event.row.username)
            for event in heard(pilot)
            if isinstance(event, UserList.Moved | UserList.Opened)
        ]
        assert names == [("Moved", "user000000"), ("Moved", "user000001"), ("Opened", "user000001")]


async def test_sorted_pages_come_in_around_the_user_one_looks_at() -> None:
    async with house(made_up(100, 160)) as pilot:
        users = users_of(pilot)
        users.look(keep=None, needle="", order=Order("username"))
        await pilot.press("end")
        await pilot.pause()
        before = text(pilot)
        users.extend(made_up(0, 60))
        await pilot.pause()
        assert under_the_cursor(users) == "user000159"
        # the scrollbar apart, the screen is the same
        assert [line[:79].rstrip() for line in text(pilot).splitlines()] == [
            line[:79].rstrip() for line in before.splitlines()
        ]


async def test_a_filter_keeps_the_cursor_on_its_user_or_goes_to_the_first() -> None:
    async with house(made_up(0, 60)) as pilot:
        users = users_of(pilot)
        await pilot.press(*["down"] * 17)
        users.look(keep=None, needle="7", order=AS_TOLD)
        assert under_the_cursor(users) == "user000017"
        users.look(keep=None, needle="user00003", order=AS_TOLD)
        assert users.cursor == 0
        users.look(keep=None, needle="nobody", order=AS_TOLD)
        assert under_the_cursor(users) == ""
        await pilot.press("space", "enter", "down", "end")
        assert users.marked == set()


async def test_a_user_that_is_gone_leaves_the_cursor_in_the_list() -> None:
    async with house(made_up(0, 3)) as pilot:
        users = users_of(pilot)
        await pilot.press("end", "space")
        users.drop("user000002")
        assert under_the_cursor(users) == "user000001"
        assert users.marked == set()
        users.put(made_up(1, 2)[0]._replace(status=UserStatus.UNCONFIRMED))
        users.put(made_up(7, 8)[0])
        await pilot.pause()
        assert "UNCONFIRMED" in text(pilot).splitlines()[2]
        assert "user000007" in text(pilot)


async def test_the_mouse_points_selects_opens_scrolls_and_sorts() -> None:
    async with house(made_up(0, 200)) as pilot:
        users = users_of(pilot)
        await pilot.hover(UserList, offset=(20, 6))
        await pilot.click(UserList, offset=(20, 5))
        assert users.cursor == 5
        await pilot.click(UserList, offset=(1, 7))
        assert (users.cursor, users.marked) == (7, {"user000007"})
        await pilot.click(UserList, offset=(20, 8), times=2)
        opened = [event for event in heard(pilot) if isinstance(event, UserList.Opened)]
        assert [event.row.username for event in opened] == ["user000008"]
        await pilot._post_mouse_events([MouseScrollDown], UserList, offset=(20, 8))
        assert users.scroll_offset.y > 0
        assert users.cursor == 8
        await pilot.click(UserListHead, offset=(40, 0))
        clicked = [event.key for event in heard(pilot) if isinstance(event, UserListHead.Clicked)]
        assert clicked == ["status"]


async def test_the_titles_say_what_is_sorted_and_which_way() -> None:
    async with house(made_up(0, 3)) as pilot:
        head = pilot.app.query_one(UserListHead)
        head.show(Order("modified"))
        await pilot.pause()
        assert "Change ▲" in text(pilot)
        head.show(Order("status", backwards=True))
        await pilot.pause()
        assert "Status ▼" in text(pilot)


async def test_data_is_data() -> None:
    hostile = [
        row_of(User(name, {"email": name}))
        for name in ("[/red]", "a\x1b[31mb", "日本語" * 9, "\ud800", "two\nlines", "[b]$name")
    ]
    async with house(hostile) as pilot:
        seen = text(pilot)
        assert all(name in seen for name in ("[/red]", "a\\x1b[31mb", "\\ud800", "two\\x0alines", "[b]$name"))
        assert "\x1b" not in seen


async def test_another_theme_is_followed() -> None:
    async with house(made_up(0, 60)) as pilot:
        pictures = set()
        for theme in (DARK.name, LIGHT.name, "nord", "ansi-dark"):
            pilot.app.theme = theme
            await pilot.pause()
            await pilot.pause()
            pictures.add(picture.svg(pilot.app))
        assert len(pictures) == 4


async def test_the_cursor_is_quieter_without_the_focus() -> None:
    async with house(made_up(0, 60)) as pilot:
        focused = picture.svg(pilot.app)
        pilot.app.set_focus(None)
        await pilot.pause()
        assert picture.svg(pilot.app) != focused


async def test_a_smaller_screen_keeps_the_cursor_in_sight() -> None:
    async with house(made_up(0, 60)) as pilot:
        await pilot.press(*["down"] * 19)
        await pilot.resize_terminal(60, 9)
        await pilot.pause()
        assert "user000019" in text(pilot)
