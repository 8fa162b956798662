"""The live SECRET_HASH: the hash, the username it is over and the recipe, always beside each other."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from cognito_tui.cognito import checks
from cognito_tui.cognito.model import MASK, AppClient
from cognito_tui.cognito.secret_hash import Subject, secret_hash
from cognito_tui.tui.in_use import InUse, Kept
from cognito_tui.tui.messages import Copy
from cognito_tui.tui.say import key, quiet, say
from cognito_tui.tui.widgets.pane import Pane


class HashPane(Pane):
    """Bottom left of the sign-in place. It shows the hash in the clear: that is what it is for."""

    def __init__(self) -> None:
        super().__init__(title="SECRET_HASH", id="hash")
        self._hash = ""
        self._value = Static("", id="hash-value")
        self._over = Static("", classes="narrowonly")
        self._recipe = Static(
            quiet("= Base64( HMAC_SHA256( key, message ))"), id="hash-recipe", classes="wideonly"
        )
        self._parts = Static("", id="hash-parts", classes="wideonly")
        self._warning = Static("")

    def compose(self) -> ComposeResult:
        """The hash, then the recipe, then what is odd about its parts."""
        yield from (self._value, self._over, self._recipe, self._parts, self._warning)

    @property
    def value(self) -> str:
        """The hash, or empty when there is none."""
        return self._hash

    def show(self, in_use: InUse, subject: Subject, *, refused: bool = False) -> None:
        """Paint the hash over `subject`; `refused` when Cognito has just turned it down."""
        client, username = in_use.client, subject.username
        if client.secret is None or not username:
            self._show_none(*_why_none(in_use))
            return
        self._hash = _hash(client, username)
        colour = "$text-error" if refused else "$text-primary"
        # layout=False: the hash changes with every key, its size never does
        self._value.update(
            say(f"[b {colour}]$hash[/]", hash=self._hash or "the username is not text"), layout=False
        )
        self._over.update(say("[$foreground 72%]over[/] $username", username=username), layout=False)
        self._parts.update(_parts(client, username))
        self.set_class(False, "-no-hash")
        self.set_class(False, "-no-parts")
        oddities = checks.hash_oddities(username, client.client_id, client.secret)
        self._warn(oddities[0] if oddities else "")
        self.border_subtitle = _subtitle(subject, refused=refused)

    def show_not_needed(self, call: str) -> None:
        """Say that the next request carries none."""
        self._show_none(quiet(f"{call} carries none."), Content())
        self.border_subtitle = "not needed now"

    def on_click(self, event: events.Click) -> None:
        """A click copies it."""
        event.stop()
        if self._hash:
            self.post_message(Copy("SECRET_HASH", self._hash, sensitive=False))

    def _show_none(self, why: Content, what: Content) -> None:
        self._hash = ""
        self._value.update(why)
        self._over.update(what)
        self._parts.update(what)
        self.set_class(True, "-no-hash")
        self.set_class(not what.plain, "-no-parts")
        self._warn("")
        self.border_subtitle = ""

    def _warn(self, oddity: str) -> None:
        self._warning.display = bool(oddity)
        self._warning.update(say("[$text-warning]! $oddity[/]", oddity=oddity))


def _hash(client: AppClient, username: str) -> str:
    try:
        return secret_hash(username, client.client_id, client.secret) if client.secret is not None else ""
    except UnicodeEncodeError:
        return ""


def _parts(client: AppClient, username: str) -> Content:
    return say(
        f"[$foreground 72%]key     [/] client secret {MASK}  $length characters\n"
        "[$foreground 72%]message [/] $username\n         + $client",
        length=len(client.secret or ""),
        username=username,
        client=client.client_id,
    )


def _subtitle(subject: Subject, *, refused: bool) -> str:
    over = "what you typed" if subject.typed else subject.source
    return f"× refused · over {over}" if refused else f"over {over} · F9 copies"


def _why_none(in_use: InUse) -> tuple[Content, Content]:
    match in_use.kept.kept:
        case Kept.NO_SECRET:
            return quiet("This client has no secret: no SECRET_HASH."), Content()
        case Kept.LOOKING:
            return quiet("asking the keyring for the client secret …"), Content()
        case Kept.MISSING:
            return say("[$text-error]× The client secret is missing.[/]"), say(f"{key('F2')} e enters it")
        case Kept.UNAVAILABLE:
            return say("[$text-warning]! $why[/]", why=in_use.kept.sentence), Content()
        case _:
            return quiet("Type a username: the hash follows every key."), Content()
