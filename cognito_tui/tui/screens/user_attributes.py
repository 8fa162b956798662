"""Changing attributes of a user, and whether e-mail and phone number count as verified."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.widget import Widget
from textual.widgets import Select

from cognito_tui.cognito import attributes
from cognito_tui.cognito.admin_requests import admin_delete_user_attributes, admin_update_user_attributes
from cognito_tui.cognito.errors import CognitoError
from cognito_tui.cognito.steps import Call
from cognito_tui.cognito.user_actions import Action
from cognito_tui.cognito.users import User
from cognito_tui.cognito.visible import visible
from cognito_tui.tui.say import FAILED, quiet, say
from cognito_tui.tui.screens.user_action import ActionDialog
from cognito_tui.tui.user_admin import UserAdmin
from cognito_tui.tui.widgets.body import Body
from cognito_tui.tui.widgets.form_row import FormRow
from cognito_tui.tui.widgets.inputs import LineInput
from cognito_tui.tui.widgets.tick import Tick

VERIFIED: Final = {"email": "email_verified", "phone_number": "phone_number_verified"}
FIRST: Final = ("email", "phone_number")


class AttributeRow(FormRow):
    """A field for one attribute."""

    def __init__(self, name: str, value: str, hint: str) -> None:
        self.attribute = name
        self.field = LineInput(value)
        super().__init__(visible(name), self.field, help=hint)

    @property
    def value(self) -> str:
        """What stands there."""
        return self.field.value


class ChangeAttributes(ActionDialog):
    """AdminUpdateUserAttributes, and AdminDeleteUserAttributes for what was emptied."""

    yes_key = "enter"

    def __init__(self, admin: UserAdmin, user: User) -> None:
        super().__init__(admin, user, Action.CHANGE_ATTRIBUTES)
        self._fields = Body(id="attribute-fields")
        self._rows: dict[str, AttributeRow] = {}
        self._ticks: dict[str, Tick] = {}
        self._begun_with: Mapping[str, str] = {}

    def form(self) -> ComposeResult:
        """The fields come when the user was looked at."""
        yield self._fields

    async def describe_first(self) -> None:
        """Which attributes there are, and which may change."""
        await self.admin.describe_pool()

    async def know(self, user: User) -> None:
        """Fill the form with what Cognito has."""
        await super().know(user)
        if not self._fields.is_attached:
            return
        self._begun_with = user.attributes
        others = [name for name in user.attributes if self._may_change(name) and name not in FIRST]
        for name in (*FIRST, *others):
            await self._add(name)
        await self._fields.mount(Select(self._more(), prompt="add an attribute …", compact=True, id="more"))
        self._rows[FIRST[0]].field.focus()

    async def know_not(self, error: CognitoError) -> None:
        """Without the values there is nothing to change."""
        self.tell(say(f"{FAILED} $name $why", name=error.name, why=error.sentence))

    def _may_change(self, name: str) -> bool:
        schema = self.admin.pool.attribute(name) if self.admin.pool else None
        fixed = name in {"sub", "identities", *VERIFIED.values()} or name.startswith("cognito:")
        return not fixed and (schema is None or schema.mutable)

    async def _add(self, name: str) -> AttributeRow:
        schema = self.admin.pool.attribute(name) if self.admin.pool else None
        row = AttributeRow(name, self._begun_with.get(name, ""), attributes.hint(name, schema))
        self._rows[name] = row
        parts: list[Widget] = [row]
        if name in VERIFIED:
            ticked = self._begun_with.get(VERIFIED[name], "").lower() == "true"
            self._ticks[name] = Tick("verified", value=ticked)
            parts.append(FormRow("", self._ticks[name]))
        await self._fields.mount(*parts, before="#more" if self._fields.query("#more") else None)
        return row

    def _more(self) -> list[tuple[Text, str]]:
        schema = self.admin.pool.schema if self.admin.pool else ()
        names = [each.name for each in schema] or list(attributes.STANDARD)
        return [(Text(name), name) for name in names if name not in self._rows and self._may_change(name)]

    @on(Select.Changed, "#more")
    async def _add_another(self, event: Select.Changed) -> None:
        event.stop()
        if event.select.is_blank():
            return
        row = await self._add(str(event.value))
        self._fields.query_one("#more", Select).set_options(self._more())
        row.field.focus()

    async def calls(self) -> Sequence[Call] | None:
        """What was changed and what was emptied; nothing else."""
        if not self._rows or self._problems():
            return None
        old = self._begun_with
        values = {name: row.value for name, row in self._rows.items()}
        given = {name: value for name, value in values.items() if value and value != old.get(name)}
        given |= self._verified(values)
        emptied = [name for name, value in values.items() if not value and old.get(name)]
        if not given and not emptied:
            self.tell(quiet("Nothing is changed yet."))
            return None
        pool, username = self.admin.user_pool_id, self.user.username
        return [
            *([admin_update_user_attributes(pool, username, given)] if given else ()),
            *([admin_delete_user_attributes(pool, username, emptied)] if emptied else ()),
        ]

    def _verified(self, values: Mapping[str, str]) -> dict[str, str]:
        """Whether it is verified, wherever that or the value itself was changed."""
        told = {}
        for name, tick in self._ticks.items():
            was = self._begun_with.get(VERIFIED[name], "").lower() == "true"
            if values[name] and (tick.value != was or values[name] != self._begun_with.get(name)):
                told[VERIFIED[name]] = "true" if tick.value else "false"
        return told

    def _problems(self) -> bool:
        """Show what is wrong with the values; whether anything is."""
        found = False
        for name, row in self._rows.items():
            schema = self.admin.pool.attribute(name) if self.admin.pool else None
            same = row.value == self._begun_with.get(name, "")
            problem = None if same or not row.value else attributes.problem(name, row.value, schema)
            row.show_problem(problem)
            found = found or problem is not None
        return found
