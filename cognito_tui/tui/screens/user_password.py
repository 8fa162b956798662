"""Setting a password: temporary or permanent, generated or typed; shown once, and kept nowhere."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widget import Widget

from cognito_tui.cognito.admin_requests import admin_set_user_password
from cognito_tui.cognito.model import MASK, Secret
from cognito_tui.cognito.new_password import handing_over, new_password
from cognito_tui.cognito.steps import Call
from cognito_tui.cognito.user_actions import Action
from cognito_tui.cognito.users import User, temporary_password_expires
from cognito_tui.tui.copying import CLEARED
from cognito_tui.tui.messages import Copy
from cognito_tui.tui.say import DONE, OPEN, quiet, say
from cognito_tui.tui.screens.user_action import ActionDialog, Result
from cognito_tui.tui.user_admin import UserAdmin
from cognito_tui.tui.user_rows import date_words
from cognito_tui.tui.widgets.choice import Choice, Option
from cognito_tui.tui.widgets.columns import flowed
from cognito_tui.tui.widgets.form_row import FormRow
from cognito_tui.tui.widgets.inputs import SecretInput
from cognito_tui.tui.widgets.offers import Offer
from cognito_tui.tui.widgets.tick import Tick

ROOM = 54
"""Cells for the rules of the policy, below the field."""

KINDS = {"temporary": Action.SET_TEMPORARY_PASSWORD, "permanent": Action.SET_PERMANENT_PASSWORD}
GENERATED, TYPED = "generated", "typed"
COPY, MESSAGE, SIGN_IN = "copy", "message", "sign in"


class HandsOver(ActionDialog):
    """Sets a password, `_password`, and offers to hand it over."""

    sensitive = True

    def until(self, now: User | None) -> str:
        """How long a temporary password is good."""
        expires = temporary_password_expires(now, self.admin.policy.temporary_password_days) if now else None
        if expires is None:
            return ""
        known = "" if self.admin.pool else ", by Cognito's default of 7 days"
        return f"It is good until {date_words(expires.astimezone(self.admin.zone))}{known}."

    def ways_on(self) -> list[Offer]:
        """Hand it over, or go on with it."""
        return [
            Offer("y", "copy the password", CLEARED, COPY),
            Offer("Y", "copy a message for the user", "username, password, until when", MESSAGE),
            Offer("s", "sign in as this user", "with the password, in the sign-in place", SIGN_IN),
        ]

    def take(self, value: object) -> None:
        """Copy, or sign in."""
        now = self.result.user if self.result else None
        user = now or self.user
        match value:
            case "copy":
                self.post_message(Copy("Password", self._password.reveal()))
            case "message":
                days = self.admin.policy.temporary_password_days
                expires = temporary_password_expires(now, days) if now else None
                name = user.email if user.username == user.sub else user.username
                words = handing_over(name or self.username_now, self._password, expires)
                self.post_message(Copy("Message for the user", words.reveal()))
            case "sign in":
                self.dismiss(Result(self.username_now, now, sign_in_with=self._password))

    _password = Secret("")


class SetPassword(HandsOver):
    """AdminSetUserPassword, which sends no message: handing the password over is the person's."""

    def __init__(self, admin: UserAdmin, user: User, action: Action = Action.SET_TEMPORARY_PASSWORD) -> None:
        super().__init__(admin, user, action)
        self._kind = Choice([Option(name, name, each.consequence) for name, each in KINDS.items()], id="kind")
        self._how = Choice(self._ways_to_it(), id="how")
        self._field = SecretInput(on_value=self._tick_off)
        self._row = FormRow("Password", self._field)
        self._shown = Tick("show what is typed", id="show-typed")

    def _ways_to_it(self) -> list[Option]:
        policy = "to the pool's policy" if self.admin.pool else "to Cognito's policy"
        return [Option(GENERATED, "generate", policy), Option(TYPED, "type it")]

    async def describe_first(self) -> None:
        """The pool's policy."""
        await self.admin.describe_pool()
        self._how.show(self._ways_to_it())
        self._tick_off(self._field.value)

    @property
    def verb(self) -> str:
        """What the button says."""
        return "Set password"

    @property
    def title_words(self) -> str:
        """The same whichever kind it is."""
        return f"Set password · {self.user.username}"

    def form(self) -> ComposeResult:
        """Which kind, and where it comes from."""
        yield FormRow("Kind", self._kind)
        yield FormRow("Password", self._how)
        yield self._row
        yield FormRow("", self._shown, id="show-typed-row")

    def on_mount(self) -> None:
        """The kind that was asked for; nothing to type yet."""
        kind = next((name for name, each in KINDS.items() if each is self.action), "temporary")
        self._kind.choose(kind)
        self._show_field()

    def first_field(self) -> Widget | None:
        """The kind."""
        return self._kind

    @on(Choice.Changed)
    def _chosen(self, event: Choice.Changed) -> None:
        event.stop()
        self.action = KINDS[self._kind.value]
        self.about = self.action.about
        self._show_field()
        self.paint()

    def _show_field(self) -> None:
        typed = self._how.value == TYPED
        self._row.display = self.query_one("#show-typed-row").display = typed
        self._tick_off(self._field.value)

    @on(Tick.Changed, "#show-typed")
    def _show_typed(self, event: Tick.Changed) -> None:
        event.stop()
        self._field.password = not event.value

    def _tick_off(self, password: str) -> None:
        if not self._row.is_mounted:
            return
        rules = [
            say(f"{DONE if rule.met else OPEN} $word", word=rule.word)
            for rule in self.admin.policy.rules(password)
        ]
        self._row.show_help(flowed(rules, ROOM))

    async def calls(self) -> Sequence[Call] | None:
        """AdminSetUserPassword."""
        if self._how.value == GENERATED:
            self._password = new_password(self.admin.policy, self.admin.means.token_bytes)
        elif not self._field.value:
            self._row.show_problem("type a password")
            self._field.focus()
            return None
        else:
            self._password = self._field.secret
        permanent = self._kind.value == "permanent"
        return [
            admin_set_user_password(
                self.admin.user_pool_id, self.user.username, self._password, permanent=permanent
            )
        ]

    def outcome(self, now: User | None) -> Content:
        """The password, this once."""
        generated = self._how.value == GENERATED
        lines = [
            say(
                "\n[$foreground 72%]$kind password[/]  [b]$password[/]",
                kind=self._kind.value,
                password=self._password.reveal() if generated else f"{MASK} as typed",
            ),
            quiet("It is shown this once and kept nowhere. Cognito has sent nothing to the user."),
        ]
        if until := self.until(now):
            lines.append(quiet(until))
        return Content("\n").join(lines)
