"""Tokens at last: what was got, for whom, and the ways to take them along."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from cognito_tui.cognito.model import MASK, Device, Secret, Tokens
from cognito_tui.tui.copying import CLEARED
from cognito_tui.tui.messages import Copy, GoTo, ShowValue
from cognito_tui.tui.say import DONE, say
from cognito_tui.tui.widgets.body import Body
from cognito_tui.tui.widgets.offers import Offer, Offers
from cognito_tui.tui.widgets.pane import Pane, Section

NAMES = {"IdToken": "ID token", "AccessToken": "access token", "RefreshToken": "refresh token"}


class SignedIn(Pane):
    """The end of a walk."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "again", "Sign in again", show=False),
        Binding("y", "copy", "Copy", show=False, tooltip="Copy the token under the cursor"),
        Binding("v", "view", "View", tooltip="Show the token under the cursor full width"),
        Binding(
            "t",
            "tokens",
            "Tokens",
            show=False,
            tooltip="Claims, signature, refresh and revocation of these tokens",
        ),
    ]

    @dataclass
    class Again(Message):
        """The person wants another sign-in; `as_other` with an empty form."""

        as_other: bool

    @dataclass
    class Remember(Message):
        """The person wants the new device to be remembered."""

        pane: SignedIn
        device: Device

    @dataclass
    class Forget(Message):
        """The person wants this machine to forget the user's device."""

        pane: SignedIn

    def __init__(self, tokens: Tokens) -> None:
        super().__init__(title="Signed in", classes="grow")
        self._tokens = tokens
        self._new_device = tokens.new_device
        self._device: Device | None = None
        self._device_line = Static("", id="device-line")
        self._status = Static("", id="user-status")
        self._shown = False

    def compose(self) -> ComposeResult:
        """Who, the user's status, the tokens, what next."""
        with Body():
            yield Static(say("[b $text-success]● Signed in[/] as [b]$user[/]", user=self._tokens.username))
            yield self._status
            yield Section(self._title)
            yield Static("", id="tokens-text")
            yield self._device_line
            yield Section("Take them along")
            yield self._offers()

    def _offers(self) -> Offers:
        new = Offer("r", "remember this device …", "Cognito has named it", self.Remember)
        known = Offer("f", "forget the device", "on this machine", self.Forget)
        return Offers(
            [
                *(
                    Offer(str(n), f"copy the {NAMES[name]}", CLEARED, name)
                    for n, name in enumerate(self._present, 1)
                ),
                *((new,) if self._new_device else ()),
                *((known,) if self._device else ()),
                Offer("s", "sign in again", "same user, same flow", False),
                Offer("o", "sign in as another", "an empty form", True),
            ],
            short=True,
        )

    def on_mount(self) -> None:
        """Show what there is."""
        self._device_line.display = False
        self._paint()
        self.begin()

    def begin(self) -> None:
        """Put the focus on the ways on."""
        self.query_one(Body).begin(self.query_one(Offers))

    def show_secrets(self, *, show: bool) -> None:
        """Show or mask the tokens."""
        self._shown = show
        self._paint()

    def tell_status(self, status: str, source: str) -> None:
        """Say the user's status, and who says so."""
        self._status.update(
            say(f"{DONE} [b]$status[/] [$foreground 72%]$source[/]", status=status, source=source)
        )

    def tell_device(self, words: Content, device: Device | None = None, *, undecided: bool = False) -> None:
        """Say what became of the device; `device` is the one that is kept, `undecided` whether for good."""
        if not self.is_mounted:
            return
        new = self._new_device
        if device is not None and new is not None and device.key == new.key and not undecided:
            self._new_device = None
        self._device = device
        self._device_line.update(words)
        self._device_line.display = True
        # in the pane's own queue: whoever tells it may be cancelled, or not be alone
        self.call_later(self._offer_anew)

    async def _offer_anew(self) -> None:
        body, old, new = self.query_one(Body), self.query_one(Offers), self._offers()
        index, focused = old.index, old.has_focus
        await body.mount(new, before=old)
        await old.remove()
        new.index = index
        if focused:
            body.begin(new)

    @property
    def username(self) -> str:
        """What Cognito calls the user."""
        return self._tokens.username

    @property
    def access_token(self) -> Secret:
        """The access token; empty when there is none."""
        return self._tokens.token("AccessToken") or Secret("")

    @property
    def _present(self) -> list[str]:
        return [name for name in NAMES if self._tokens.token(name)]

    @property
    def _title(self) -> str:
        seconds = self._tokens.result.get("ExpiresIn")
        good_for = f", good for {seconds // 60} min" if isinstance(seconds, int) else ""
        return f"In memory{good_for} · t reads them"

    def _value(self, name: str) -> str:
        token = self._tokens.token(name)
        return token.reveal() if token else ""

    def _paint(self) -> None:
        lines: list[Content] = []
        for name in self._present:
            value = self._value(name)
            shown = value if self._shown else f"{value[:10]}…{MASK}"
            lines.append(
                say(
                    "[$text-primary]$name[/] $value  [$foreground 72%]$length characters[/]",
                    name=name.ljust(12),
                    value=shown,
                    length=f"{len(value):,}",
                )
            )
        self.query_one("#tokens-text", Static).update(Content("\n").join(lines))

    def action_again(self) -> None:
        """Back to the form, as it was."""
        self.post_message(self.Again(as_other=False))

    def action_copy(self) -> None:
        """Copy the token under the cursor."""
        if name := self._under_cursor:
            self.post_message(Copy(NAMES[name], self._value(name)))

    def action_view(self) -> None:
        """Show the token under the cursor full width."""
        if name := self._under_cursor:
            self.post_message(ShowValue(NAMES[name], self._value(name)))

    def action_tokens(self) -> None:
        """Go where more can be done with them."""
        self.post_message(GoTo("tokens"))

    @property
    def _under_cursor(self) -> str | None:
        index = self.query_one(Offers).index or 0
        return self._present[index] if index < len(self._present) else None

    @on(Offers.Chosen)
    def _take(self, event: Offers.Chosen) -> None:
        event.stop()
        if isinstance(event.value, str):
            self.post_message(Copy(NAMES[event.value], self._value(event.value)))
        elif isinstance(event.value, bool):
            self.post_message(self.Again(event.value))
        elif event.value is self.Remember and self._new_device is not None:
            self.post_message(self.Remember(self, self._new_device))
        elif event.value is self.Forget:
            self.post_message(self.Forget(self))
