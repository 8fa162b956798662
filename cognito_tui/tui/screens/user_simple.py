"""The actions that need nothing but the user, and deleting, which asks for the name."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.app import ComposeResult
from textual.widgets import Button

from cognito_tui.bulk.orders import request_for
from cognito_tui.cognito.admin_requests import admin_delete_user
from cognito_tui.cognito.steps import Call
from cognito_tui.cognito.user_actions import Action
from cognito_tui.cognito.users import User
from cognito_tui.tui.screens.user_action import ActionDialog
from cognito_tui.tui.user_admin import UserAdmin
from cognito_tui.tui.widgets.form_row import FormRow
from cognito_tui.tui.widgets.inputs import LineInput


class SimpleAction(ActionDialog):
    """One request with the username."""

    async def calls(self) -> Sequence[Call] | None:
        """The request of the action."""
        request = request_for(self.action, self.admin.user_pool_id)
        return [await request(self.user.username, self.user)]


class DeleteUser(ActionDialog):
    """Asks for the name; the safe choice has the focus, and what is typed goes to the field all the same."""

    yes_key = "enter"

    def __init__(self, admin: UserAdmin, user: User) -> None:
        super().__init__(admin, user, Action.DELETE)
        self._typed = LineInput()
        self._row = FormRow("Username", self._typed, help="type it to delete the user for ever")

    def form(self) -> ComposeResult:
        """The name."""
        yield self._row

    def on_key(self, event: events.Key) -> None:
        """Letters are for the name, whatever has the focus."""
        if isinstance(self.focused, Button) and event.is_printable and event.character:
            event.stop()
            event.prevent_default()
            self._typed.focus()
            self._typed.insert_text_at_cursor(event.character)

    async def calls(self) -> Sequence[Call] | None:
        """AdminDeleteUser, once the name is there."""
        if self._typed.value != self.user.username:
            self._row.show_problem("that is not the username")
            self._typed.focus()
            return None
        return [admin_delete_user(self.admin.user_pool_id, self.user.username)]
