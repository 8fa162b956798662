"""What a sign-in may carry besides: the part of the first form that is folded until it is wanted."""

from __future__ import annotations

from textual.widgets import Collapsible

from cognito_tui.cognito.auth_flows import ABOUT, PREFERRED_CHALLENGES
from cognito_tui.cognito.model import AuthFlow
from cognito_tui.tui import client_metadata
from cognito_tui.tui.widgets.choice import Choice, Option
from cognito_tui.tui.widgets.form_row import FormRow
from cognito_tui.tui.widgets.inputs import LineInput
from cognito_tui.tui.widgets.pane import Section
from cognito_tui.tui.widgets.tick import Tick

_NOTES = {
    "PASSWORD": "sent over TLS",
    "PASSWORD_SRP": "proved, not sent",
    "EMAIL_OTP": "a code by e-mail",
    "SMS_OTP": "a code by SMS",
    "WEB_AUTHN": "a passkey",
}


class More(Collapsible):
    """Settings that most sign-ins do without; each is there for the flows that take it."""

    def __init__(self) -> None:
        preferences = [Option(name, name, _NOTES[name]) for name in PREFERRED_CHALLENGES]
        self._preferred_title = Section("PREFERRED_CHALLENGE")
        self._preferred = Choice([Option("", "none", "the user is asked"), *preferences], id="preferred")
        self._with_srp = Tick("prove the password by SRP first", id="with-srp")
        self._through_admin = Tick("through AdminInitiateAuth, signed", id="through-admin")
        self._device_key = LineInput(id="device-key")
        self._metadata = LineInput(id="client-metadata")
        self._metadata_row = FormRow("ClientMetadata", self._metadata, help="key=value, key=value")
        super().__init__(
            self._preferred_title,
            self._preferred,
            self._with_srp,
            self._through_admin,
            FormRow("DEVICE_KEY", self._device_key, help="empty: that of the remembered device"),
            self._metadata_row,
            title="More: metadata, device key, preference",
            id="more-settings",
        )
        self._flow = AuthFlow.USER_SRP_AUTH

    def show_for(self, flow: AuthFlow) -> None:
        """Show what `flow` takes."""
        self._flow = flow
        self._preferred_title.display = self._preferred.display = flow is AuthFlow.USER_AUTH
        self._with_srp.display = flow is AuthFlow.CUSTOM_AUTH
        self._through_admin.display = self._takes_both

    @property
    def _takes_both(self) -> bool:
        return ABOUT[self._flow].public and ABOUT[self._flow].admin

    @property
    def preferred_challenge(self) -> str:
        """PREFERRED_CHALLENGE, or empty."""
        return self._preferred.value if self._flow is AuthFlow.USER_AUTH else ""

    @property
    def with_srp(self) -> bool:
        """Whether CUSTOM_AUTH begins with a proof of the password."""
        return self._with_srp.value and self._flow is AuthFlow.CUSTOM_AUTH

    @property
    def through_admin(self) -> bool:
        """Whether AdminInitiateAuth takes the place of InitiateAuth."""
        return self._through_admin.value and self._takes_both

    @property
    def device_key(self) -> str:
        """DEVICE_KEY as it was typed, without blanks around it."""
        return self._device_key.value.strip()

    @property
    def client_metadata(self) -> dict[str, str]:
        """ClientMetadata; none while it is not right."""
        try:
            return client_metadata.read(self._metadata.value)
        except ValueError:
            return {}

    def check(self) -> bool:
        """Show what is wrong with ClientMetadata; whether nothing is."""
        try:
            client_metadata.read(self._metadata.value)
        except ValueError as error:
            self._metadata_row.show_problem(str(error))
            return False
        self._metadata_row.show_problem(None)
        return True

    def focus_what_is_wrong(self) -> None:
        """Unfold it, and go to the field that `check` complained of."""
        self.collapsed = False
        self._metadata.focus()

    def clear(self) -> None:
        """As it was at first."""
        self._preferred.choose("")
        self._with_srp.value = self._through_admin.value = False
        self._device_key.value = self._metadata.value = ""
        self.collapsed = True
