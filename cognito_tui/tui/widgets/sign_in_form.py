"""The first form: who signs in, with which password, by which flow."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from textual import on
from textual.app import ComposeResult
from textual.containers import HorizontalGroup, VerticalScroll
from textual.message import Message
from textual.widgets import Button, Input, Static

from cognito_tui.cognito import checks
from cognito_tui.cognito.model import AuthFlow, Secret
from cognito_tui.tui.say import say
from cognito_tui.tui.widgets.choice import Choice, Option
from cognito_tui.tui.widgets.form_row import FormRow
from cognito_tui.tui.widgets.inputs import LineInput, SecretInput
from cognito_tui.tui.widgets.pane import Pane, Section

FLOWS: Final = (
    Option(AuthFlow.USER_PASSWORD_AUTH, "USER_PASSWORD_AUTH", "password over TLS"),
    Option(AuthFlow.ADMIN_USER_PASSWORD_AUTH, "ADMIN_USER_PASSWORD_AUTH", "signed, as an admin"),
    Option(AuthFlow.ADMIN_NO_SRP_AUTH, "ADMIN_NO_SRP_AUTH", "its legacy name"),
)

WHO: Final = "username, e-mail or phone"


class SignInForm(Pane):
    """Username, password and flow. `on_username` follows every key of the username."""

    @dataclass
    class Submitted(Message):
        """The person wants to sign in."""

        username: str
        password: Secret
        auth_flow: AuthFlow

    @dataclass
    class Edited(Message):
        """Something in the form has changed: the request that enter would send is another one."""

    def __init__(self, on_username: Callable[[str], None]) -> None:
        super().__init__(title="What Cognito asks now", classes="grow", id="sign-in-form")
        self._username = LineInput(on_value=on_username, id="username")
        self._password = SecretInput(id="password")
        self._flow = Choice(FLOWS, id="flow")
        self._username_row = FormRow("Username", self._username, help=WHO)
        self._password_row = FormRow("Password", self._password, help="kept in memory, this run only")

    def compose(self) -> ComposeResult:
        """The form, scrolling where the screen is low."""
        with VerticalScroll(can_focus=False):
            yield Static(
                say("[b]Sign in[/] [$foreground 72%]to the pool of this profile[/]"), classes="form-title"
            )
            yield self._username_row
            yield self._password_row
            yield Section("Auth flow")
            yield self._flow
            with HorizontalGroup(classes="buttons"):
                yield Button("Sign in  enter", variant="primary", id="submit")

    @property
    def username(self) -> str:
        """What was typed, to the letter."""
        return self._username.value

    @property
    def password(self) -> Secret:
        """What was typed, to the letter."""
        return self._password.secret

    @property
    def auth_flow(self) -> AuthFlow:
        """The chosen flow."""
        return AuthFlow(self._flow.value)

    def fill(
        self, *, username: str | None = None, password: Secret | None = None, auth_flow: str | None = None
    ) -> None:
        """Put values in the form."""
        if username is not None:
            self._username.value = username
        if password is not None:
            self._password.value = password.reveal()
        if auth_flow is not None:
            self._flow.choose(auth_flow)

    def begin(self) -> None:
        """Put the focus on the first field that is empty."""
        (self._password if self._username.value else self._username).focus()

    def show_secrets(self, *, show: bool) -> None:
        """Show or mask the password."""
        self._password.password = not show

    @on(Input.Submitted)
    def _enter(self, event: Input.Submitted) -> None:
        event.stop()
        if event.input is self._username and not self._password.value:
            self._password.focus()
        else:
            self._submit()

    @on(Button.Pressed, "#submit")
    def _submit(self) -> None:
        # "user<TAB>password<ENTER>" may come in one burst: let the username take all its keys first
        self._username.call_later(self._submit_what_was_typed)

    def _submit_what_was_typed(self) -> None:
        if not self._username.value:
            self._username_row.show_problem("type a username first")
            self._username.focus()
            return
        if problem := checks.line_problem(self._username.value):
            self._username_row.show_problem(f"the username {problem}")
            self._username.focus()
            return
        self.post_message(self.Submitted(self._username.value, self._password.secret, self.auth_flow))

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        if event.input is self._username:
            oddity = checks.username_oddity(self._username.value)
            self._username_row.show_help(say("[$text-warning]! $oddity[/]", oddity=oddity) if oddity else WHO)
        self.post_message(self.Edited())

    @on(Choice.Changed)
    def _other_flow(self, event: Choice.Changed) -> None:
        event.stop()
        self.post_message(self.Edited())
