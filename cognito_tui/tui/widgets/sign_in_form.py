"""The first form: who signs in, with which password, by which flow."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import HorizontalGroup, VerticalGroup
from textual.message import Message
from textual.widgets import Button, Checkbox, Input, Static

from cognito_tui.cognito import checks
from cognito_tui.cognito.auth_flows import ABOUT, SIGN_IN
from cognito_tui.cognito.described import AppClientDescription
from cognito_tui.cognito.flows.sign_in import SignIn
from cognito_tui.cognito.model import AppClient, AuthFlow, Device, Secret
from cognito_tui.tui.say import NEEDS, quiet, say
from cognito_tui.tui.widgets.body import Body
from cognito_tui.tui.widgets.choice import Choice, Option
from cognito_tui.tui.widgets.form_row import FormRow
from cognito_tui.tui.widgets.inputs import LineInput, SecretInput
from cognito_tui.tui.widgets.more import More
from cognito_tui.tui.widgets.pane import Pane, Section

_NOTES: Final = {
    AuthFlow.USER_SRP_AUTH: "password not sent",
    AuthFlow.USER_PASSWORD_AUTH: "password over TLS",
    AuthFlow.USER_AUTH: "the user chooses how",
    AuthFlow.CUSTOM_AUTH: "what triggers ask",
    AuthFlow.ADMIN_USER_PASSWORD_AUTH: "signed, as an admin",
    AuthFlow.ADMIN_NO_SRP_AUTH: "its legacy name",
}

WHO: Final = "username, e-mail or phone"
_KEPT: Final = "kept in memory, this run only"
_NOT_NEEDED: Final = "this flow begins without it"


class SignInForm(Pane):
    """Username, password, flow, and what a sign-in may carry besides.

    `on_username` follows every key of the username.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "submit", "Sign in", show=False)]

    class Submitted(Message):
        """The person wants to sign in."""

    class Edited(Message):
        """Something in the form has changed: the request that enter would send is another one."""

    def __init__(self, on_username: Callable[[str], None]) -> None:
        super().__init__(title="What Cognito asks now", classes="grow", id="sign-in-form")
        self._client: AppClientDescription | None = None
        self._username = LineInput(on_value=on_username, id="username")
        self._password = SecretInput(id="password")
        self._flow = Choice(self._flows, id="flow")
        self._flow_help = Static("", id="flow-help")
        self._more = More()
        self._username_row = FormRow("Username", self._username, help=WHO)
        self._password_row = FormRow("Password", self._password, help=_KEPT)

    def compose(self) -> ComposeResult:
        """The form, scrolling where the screen is low."""
        with Body():
            yield Static(
                say("[b]Sign in[/] [$foreground 72%]to the pool of this profile[/]"), classes="form-title"
            )
            yield self._username_row
            yield self._password_row
            yield Section("Auth flow")
            yield VerticalGroup(self._flow, self._flow_help, id="flows")
            with HorizontalGroup(classes="buttons"):
                yield Button("Sign in  enter", variant="primary", id="submit")
            yield self._more

    def on_mount(self) -> None:
        """Say what the first flow does."""
        self._show_flow()

    # What stands in it

    @property
    def username(self) -> str:
        """What was typed, to the letter."""
        return self._username.value

    @property
    def auth_flow(self) -> AuthFlow:
        """The chosen flow."""
        return AuthFlow(self._flow.value)

    def start(self, client: AppClient, device: Device | None = None) -> SignIn:
        """What the form says, for `client`; `device` is what is known of the user's remembered one."""
        key = self._more.device_key
        if key and (device is None or device.key != key):
            device = Device(key)
        return SignIn(
            client,
            self._username.value,
            self._password.secret,
            self.auth_flow,
            client_metadata=self._more.client_metadata,
            through_admin=self._more.through_admin,
            preferred_challenge=self._more.preferred_challenge,
            with_srp=self._more.with_srp,
            device=device,
        )

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

    def clear(self) -> None:
        """Leave the flow as it is, and nothing else."""
        self.fill(username="", password=Secret(""))
        self._more.clear()

    def describe(self, client: AppClientDescription | None) -> None:
        """Take in which flows the client allows; None: it is not known."""
        self._client = client
        self._flow.show(self._flows)
        self._show_flow()

    def begin(self) -> None:
        """Put the focus on the first field that is empty."""
        self.query_one(Body).begin(self._password if self._username.value else self._username)

    def show_secrets(self, *, show: bool) -> None:
        """Show or mask the password."""
        self._password.password = not show

    # Flows

    @property
    def _flows(self) -> list[Option]:
        return [
            Option(flow, flow, _NOTES[flow], "" if self._allows(flow) else "off for client")
            for flow in SIGN_IN
        ]

    def _allows(self, flow: AuthFlow) -> bool:
        return self._client is None or self._client.allows(flow)

    @property
    def _needs_password(self) -> bool:
        return self.start(AppClient("", "")).needs_password

    def _show_flow(self) -> None:
        flow = self.auth_flow
        about = ABOUT[flow]
        self._flow_help.update(
            quiet(about.does)
            if self._allows(flow)
            else say(f"{NEEDS} switch on [b]$switch[/] in ExplicitAuthFlows", switch=about.to_switch_on)
        )
        self._more.show_for(flow)
        self._password_row.show_help(_KEPT if self._needs_password else _NOT_NEEDED)

    # Sending it

    @on(Input.Submitted)
    def _enter(self, event: Input.Submitted) -> None:
        event.stop()
        if event.input is self._username and not self._password.value and self._needs_password:
            self._password.focus()
        else:
            self.action_submit()

    @on(Button.Pressed, "#submit")
    def action_submit(self) -> None:
        """Sign in with what was typed."""
        # "user<TAB>password<ENTER>" may come in one burst: let the username take all its keys first
        self._username.call_later(self._submit_what_was_typed)

    def _submit_what_was_typed(self) -> None:
        problem = checks.line_problem(self._username.value)
        if not self._username.value:
            self._username_row.show_problem("type a username first")
            self._username.focus()
        elif problem:
            self._username_row.show_problem(f"the username {problem}")
            self._username.focus()
        elif self._needs_password and not self._password.value:
            self._password_row.show_problem("type a password first")
            self._password.focus()
        elif not self._more.check():
            self._more.focus_what_is_wrong()
        else:
            self.post_message(self.Submitted())

    @on(Input.Changed)
    @on(Choice.Changed)
    @on(Checkbox.Changed)
    def _changed(self, event: Input.Changed | Choice.Changed | Checkbox.Changed) -> None:
        event.stop()
        if isinstance(event, Input.Changed) and event.input is self._username:
            oddity = checks.username_oddity(self._username.value)
            self._username_row.show_help(say("[$text-warning]! $oddity[/]", oddity=oddity) if oddity else WHO)
        else:
            self._more.check()
            self._show_flow()
        self.post_message(self.Edited())
