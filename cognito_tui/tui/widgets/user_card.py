"""The selected user."""

from __future__ import annotations

from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from cognito_tui.cognito.model import UserStatus
from cognito_tui.tui.cells import visible
from cognito_tui.tui.say import quiet, say
from cognito_tui.tui.user_rows import Moment, UserRow, lives, span


class UserCard(VerticalScroll):
    """All there is to know of one user, and what can be done now."""

    def __init__(self) -> None:
        self._head = Static("")
        super().__init__(self._head, classes="pane", id="user-card")
        self.border_title = "Selected user"

    def show(self, row: UserRow, moment: Moment) -> None:
        """Show a user as the list has it."""
        self._head.update(head(row, moment))

    def show_nobody(self, why: str) -> None:
        """There is no user to show."""
        self._head.update(quiet(why))


def head(row: UserRow, moment: Moment) -> Content:
    """Who it is, and what its status means."""
    contact = "" if row.contact == row.username else row.contact
    return say(
        "[b]$username[/]\n[$foreground 72%]$contact[/]\n\n",
        username=visible(row.username),
        contact=visible(contact),
    ) + standing(row, moment)


SIGNS = {
    UserStatus.CONFIRMED: "[$text-success]● $status[/]",
    UserStatus.EXTERNAL_PROVIDER: "[$foreground 72%]● $status[/]",
    UserStatus.UNCONFIRMED: "[$text-warning]○ $status[/]",
}


def standing(row: UserRow, moment: Moment) -> Content:
    """The status in full, and below it what it means."""
    words = say(SIGNS.get(row.status, "[$text-warning]! $status[/]"), status=row.status)
    if not row.enabled:
        words += say("\n[$text-error]×[/] disabled: no sign-in until it is enabled")
    if row.enabled or row.status is not UserStatus.CONFIRMED:
        words += say("\n[$foreground 72%]$meaning[/]", meaning=meaning(row, moment))
    return words


_MEANS = {
    UserStatus.CONFIRMED: "signs in",
    UserStatus.EXTERNAL_PROVIDER: "signs in with another identity provider",
    UserStatus.UNCONFIRMED: "has signed up and never confirmed it",
    UserStatus.RESET_REQUIRED: "has to set a new password with a code before signing in",
    UserStatus.ARCHIVED: "a status that is no longer used",
    UserStatus.COMPROMISED: "a status that is no longer used",
    UserStatus.UNKNOWN: "a status that this app does not know",
}


def meaning(row: UserRow, moment: Moment) -> str:
    """What a status means for the user."""
    if row.status is not UserStatus.FORCE_CHANGE_PASSWORD:
        return _MEANS[row.status]
    left = lives(row, moment)
    if left is None:
        return "has a temporary password only"
    return "the temporary password has expired" if left <= 0 else f"temporary password dies in {span(left)}"
