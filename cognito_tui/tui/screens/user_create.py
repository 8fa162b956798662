"""Creating a user, with or without an invitation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from cognito_tui.cognito import attributes, checks
from cognito_tui.cognito.admin_requests import admin_create_user
from cognito_tui.cognito.model import Secret, UserStatus
from cognito_tui.cognito.steps import Call
from cognito_tui.cognito.user_actions import AboutAction, Action, Sends
from cognito_tui.cognito.users import User, user_from
from cognito_tui.tui.say import NEEDS, quiet, say
from cognito_tui.tui.screens.user_attributes import VERIFIED, AttributeRow
from cognito_tui.tui.screens.user_password import HandsOver
from cognito_tui.tui.user_admin import UserAdmin
from cognito_tui.tui.widgets.body import Body
from cognito_tui.tui.widgets.form_row import FormRow
from cognito_tui.tui.widgets.inputs import LineInput, SecretInput
from cognito_tui.tui.widgets.offers import Offer
from cognito_tui.tui.widgets.tick import Tick

ABOUT: Final = AboutAction(
    "New user",
    ("AdminCreateUser",),
    "FORCE_CHANGE_PASSWORD, with a temporary password",
    sends=Sends.MESSAGE,
)

SET_PASSWORD: Final = "set password"  # noqa: S105 not one


class CreateUser(HandsOver):
    """AdminCreateUser."""

    yes_key = "enter"

    def __init__(self, admin: UserAdmin) -> None:
        super().__init__(admin, User(""), Action.RESEND_INVITATION, ABOUT)
        self._username = LineInput()
        self._username_row = FormRow("Username", self._username, required=True, help=self._by_address())
        self._rows = {name: self._row(name) for name in (*VERIFIED, *self._required())}
        self._verified = {name: Tick("verified", value=name == "email") for name in VERIFIED}
        self._asked = Static(quiet("asking Cognito what the pool requires …"))
        self._asked.display = admin.pool is None
        self._field = SecretInput(on_value=self._say_what_comes)
        self._invite = Tick("send the invitation", value=True)

    def _by_address(self) -> str:
        signs_in_by = self.admin.pool.username_attributes if self.admin.pool else ()
        return f"users sign in by {' or '.join(signs_in_by)} here: type that" if signs_in_by else ""

    def _required(self) -> list[str]:
        schema = self.admin.pool.schema if self.admin.pool else ()
        known = {"sub", "email", "phone_number"}
        return [each.name for each in schema if each.required and each.name not in known]

    def _row(self, name: str) -> AttributeRow:
        schema = self.admin.pool.attribute(name) if self.admin.pool else None
        return AttributeRow(name, "", attributes.hint(name, schema))

    @property
    def verb(self) -> str:
        """What the button says."""
        return "Create"

    @property
    def title_words(self) -> str:
        """There is nobody yet."""
        return "New user"

    def form(self) -> ComposeResult:
        """Name, addresses, what the pool requires, the invitation."""
        with Body(id="attribute-fields"):
            yield self._username_row
            yield FormRow("", self._invite)
            for name, row in self._rows.items():
                yield row
                if name in VERIFIED:
                    yield FormRow("", self._verified[name])
            yield self._asked
            yield FormRow("Password", self._field, help="temporary; empty: Cognito makes one")

    def first_field(self) -> Widget | None:
        """The name."""
        return self._username

    def paint(self) -> None:
        """Nobody to show before; afterwards it is the same as for others."""
        self.about = replace(ABOUT, consequence=self._what_comes())
        super().paint()
        self.show_user(known=bool(self.user.username))

    @on(Tick.Changed)
    def _ticked(self, event: Tick.Changed) -> None:
        event.stop()
        self.paint()

    def _say_what_comes(self, _password: str) -> None:
        if self.is_mounted:
            self.paint()

    def _what_comes(self) -> str:
        """The status, the password, and who is told of it."""
        invites, pool = self._invite.value, self.admin.pool
        if self._field.value:
            return f"FORCE_CHANGE_PASSWORD, with this password; {_sends(invites)}"
        if pool is None:
            unless = ", or none where the pool signs in by a code"
        elif pool.signs_in_by_code:
            return f"perhaps without a password: the pool signs in by a code; {_sends(invites)}"
        else:
            unless = ""
        known = "" if invites else ", which nobody is told"
        return f"FORCE_CHANGE_PASSWORD, with a password Cognito makes{known}{unless}; {_sends(invites)}"

    async def describe_first(self) -> None:
        """What the pool requires has a field, too."""
        await self.admin.describe_pool()
        missing = {name: self._row(name) for name in self._required() if name not in self._rows}
        self._asked.display = False
        self._username_row.explain(self._by_address())
        if missing and self._asked.is_attached:
            self._rows |= missing
            await self.query_one("#attribute-fields").mount(*missing.values(), before=self._asked)

    async def look(self) -> None:
        """There is nobody to look at."""
        self.hush()

    def forecast(self) -> list[Content]:
        """Nothing is known of who is not there."""
        return []

    async def calls(self) -> Sequence[Call] | None:
        """One request, when the values are right."""
        username = self._username.value.strip()
        if problem := checks.line_problem(username):
            self._username_row.show_problem(problem)
            self._username.focus()
            return None
        self._username_row.show_problem(None)
        values = {name: row.value.strip() for name, row in self._rows.items()}
        if self._problems(values):
            return None
        given = {name: value for name, value in values.items() if value}
        for name, tick in self._verified.items():
            if name in given:
                given[VERIFIED[name]] = "true" if tick.value else "false"
        self._password = self._field.secret
        return [self._request(username, given, self._password or None)]

    def _request(self, username: str, given: Mapping[str, str], password: Secret | None) -> Call:
        by_mail = "email" in given or "@" in username
        return admin_create_user(
            self.admin.user_pool_id,
            username,
            given,
            temporary_password=password,
            invite=self._invite.value,
            delivery_mediums=("EMAIL",) if by_mail else ("SMS",),
        )

    def _problems(self, values: Mapping[str, str]) -> bool:
        found = False
        required = self._required()
        for name, value in values.items():
            schema = self.admin.pool.attribute(name) if self.admin.pool else None
            problem = attributes.problem(name, value, schema) if value else None
            if not value and name in required:
                problem = "required by the pool"
            self._rows[name].show_problem(problem)
            found = found or problem is not None
        return found

    @property
    def username_now(self) -> str:
        """What Cognito calls the user: in some pools a UUID."""
        told = self.answers[0].get("User") if self.answers else None
        if isinstance(told, Mapping):
            return user_from(told).username
        return self._username.value.strip()

    def outcome(self, now: User | None) -> Content:
        """What the user was sent, and what is still missing for a sign-in."""
        invited = self._invite.value
        lines = [quiet("The invitation was sent." if invited else "Nothing was sent to the user.")]
        if self._password:
            lines += [quiet(until)] if (until := self.until(now)) else []
        elif now is not None and now.status is UserStatus.CONFIRMED:
            lines.append(say(f"{NEEDS} No password was set: the user signs in by a code. p sets one."))
        elif not invited:
            lines.append(say(f"{NEEDS} Nobody knows the password that Cognito made. p sets another."))
        return Content("\n").join(lines)

    def ways_on(self) -> list[Offer]:
        """Hand over the password that was typed; without one, set one."""
        if self._password:
            return super().ways_on()
        if self.result is None or self.result.user is None:
            return []
        if self._invite.value and self.result.user.status is not UserStatus.CONFIRMED:
            return []
        return [Offer("p", "set a password", "temporary or permanent", SET_PASSWORD)]

    def take(self, value: object) -> None:
        """Set a password, or as after setting one."""
        if value == SET_PASSWORD and self.result is not None:
            self.dismiss(replace(self.result, then=Action.SET_TEMPORARY_PASSWORD))
        else:
            super().take(value)


def _sends(invites: bool) -> str:
    return "sends the invitation" if invites else "sends nothing"
