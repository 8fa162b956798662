"""The sandbox's first place: who lives there, with which password, and what happens when they sign in."""

from __future__ import annotations

from typing import ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import ListView, Static

from cognito_tui.cognito.model import UserStatus
from cognito_tui.sandbox.seed import Inhabitant
from cognito_tui.tui.messages import SignInAs
from cognito_tui.tui.say import DONE, NEEDS, OPEN, quiet, say
from cognito_tui.tui.screens.place import Place
from cognito_tui.tui.widgets.columns import Cell, line
from cognito_tui.tui.widgets.cursor_list import CursorList
from cognito_tui.tui.widgets.pane import Pane
from cognito_tui.tui.widgets.row import Row
from cognito_tui.tui.world import World

SIGNS: Final = {UserStatus.CONFIRMED: DONE, UserStatus.UNCONFIRMED: OPEN}
"""Signs of the states in which nothing has to be done by an admin; the others have NEEDS."""

COLUMNS: Final = (("Username", 15), ("Password", 15), ("Status", 23), ("Flow", 18), ("What happens", 0))

NARROW: Final = 4
"""How many of the columns a narrow screen has. All of what happens is told below the list, of one user."""


class InhabitantsPlace(Place):
    """Choosing somebody fills the sign-in form."""

    PLACE = "inhabitants"

    HELP = """
    # The sandbox

    A user pool inside this program, as strict as the real one: hashes, policies, sessions and lock-outs are
    checked. Nothing of it is written anywhere, and nothing of yours is read.

    `enter` takes a user to the sign-in place, with name, password and flow filled in. Every password is made
    up. Codes that are sent come as a message; `ctrl+o` fills them in.
    """

    def __init__(self, world: World) -> None:
        super().__init__(world)
        self._people: tuple[Inhabitant, ...] = ()

    def body(self) -> ComposeResult:
        """One pane, one user a line."""
        with Pane(
            title="Who would you like to be?", subtitle="every password is made up", classes="grow tight"
        ):
            for columns, size in ((COLUMNS, "wideonly"), (COLUMNS[:NARROW], "narrowonly")):
                heading = line([Cell(*column) for column in columns])
                yield Static(quiet(heading.plain), classes=f"list-head {size}")
            yield Inhabitants(id="inhabitants")
        yield Static("", id="inhabitant-story")

    async def on_screen_resume(self) -> None:
        """Everybody as they are now: whoever signed in has changed."""
        people = self.world.practice.inhabitants() if self.world.practice else ()
        if people == self._people:
            return
        self._people = people
        table = self.query_one(Inhabitants)
        at = table.index or 0
        await table.clear()
        await table.extend(_Row(person, self._client_of(person)) for person in people)
        table.index = at
        table.focus()

    @on(ListView.Highlighted)
    def _look(self, event: ListView.Highlighted) -> None:
        event.stop()
        if isinstance(event.item, _Row):
            person, client = event.item.person, event.item.client
            story = say(
                "[b]$user[/] [$foreground 72%]· $client ·[/] $story",
                user=person.username,
                client=client,
                story=person.story,
            )
            self.query_one("#inhabitant-story", Static).update(story)

    def _client_of(self, person: Inhabitant) -> str:
        return next(
            (profile.name for profile in self.world.profiles.load() if profile.client_id == person.client_id),
            "",
        )

    @on(ListView.Selected)
    def _chosen(self, event: ListView.Selected) -> None:
        event.stop()
        if isinstance(event.item, _Row):
            person = event.item.person
            for profile in self.world.profiles.load():
                if profile.client_id == person.client_id:
                    self.post_message(SignInAs(person.username, person.password, profile, person.flow))
                    return


class Inhabitants(CursorList):
    """The list."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select_cursor", "Sign in as", key_display="enter"),
    ]


class _Row(Row):
    def __init__(self, person: Inhabitant, client: str) -> None:
        told = (
            Cell(person.username, 15, "bold"),
            Cell(person.password.reveal(), 15, "$foreground 72%"),
            Cell(person.status, 23, "", SIGNS.get(person.status, NEEDS)),
            Cell(person.flow, 18, "$text-primary"),
            Cell(person.story, 0, "$foreground 72%"),
        )
        super().__init__(line(told), line(told[:NARROW]))
        self.person = person
        self.client = client
