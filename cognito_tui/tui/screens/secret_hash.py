"""The place for one thing: a SECRET_HASH, live, over whatever is typed."""

from __future__ import annotations

from typing import ClassVar, Final

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input, Select, Static

from cognito_tui.cognito import checks
from cognito_tui.cognito.model import MASK, Secret
from cognito_tui.cognito.secret_hash import secret_hash
from cognito_tui.tui.in_use import InUse
from cognito_tui.tui.messages import Copy
from cognito_tui.tui.say import key, quiet, say
from cognito_tui.tui.screens.place import COPY_HASH, SHOW_SECRETS, Place
from cognito_tui.tui.widgets.form_row import FormRow
from cognito_tui.tui.widgets.inputs import IdInput, LineInput, SecretInput
from cognito_tui.tui.widgets.pane import Pane
from cognito_tui.tui.world import World

IN_PYTHON: Final = """\
mac = hmac.digest(
    secret.encode(),
    (username + client_id).encode(),
    "sha256",
)
secret_hash = base64.b64encode(mac).decode()"""

RECIPE: Final = say(
    "[$foreground 72%]Base64( HMAC_SHA256([/] secret[$foreground 72%],[/] username + client ID "
    "[$foreground 72%]))[/]"
)

LONGEST_SHOWN: Final = 40
"""Characters of a username that the line below the hash has room for on the smallest screen."""

OF_THE_PROFILE: Final = "profile"
TYPED: Final = "typed"


class SecretHashPlace(Place):
    """Username, client ID and secret in; the hash out, painted with every key."""

    PLACE = "secret_hash"

    HELP = """
    # SECRET_HASH

    `Base64( HMAC_SHA256( client secret, username + client ID ))`, over exactly the characters you type.

    `F9` copies the hash, `F9` once more shows it full width. In a script: `cognito-tui secret-hash --help`
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        SHOW_SECRETS,
        COPY_HASH,
        Binding("escape", "leave_field", "Leave field", show=False),
    ]

    def __init__(self, world: World) -> None:
        super().__init__(world)
        self._value = ""
        self._username = LineInput(on_value=self._typed, id="hash-username")
        self._client_id = IdInput(on_value=self._typed, id="hash-client-id")
        self._which = Select([("type it below", TYPED)], allow_blank=False, compact=True, id="hash-which")
        self._secret = SecretInput(on_value=self._typed, id="hash-secret")
        self._secret_row = FormRow("Client secret", self._secret, help="stays in memory, this run only")
        self._hash = Static("", id="big-hash")
        self._over = Static("", id="big-over")
        self._warnings = Static("", id="hash-warnings")

    def body(self) -> ComposeResult:
        """The parts, the same in code, and the hash with room around it."""
        with Vertical(id="hash-place"):
            with Horizontal(id="hash-parts-row"):
                with Pane(title="Make a SECRET_HASH", classes="half"):
                    yield FormRow("Username", self._username)
                    yield FormRow("Client ID", self._client_id)
                    yield FormRow("Secret", self._which)
                    yield self._secret_row
                    yield Static(RECIPE, classes="gap wideonly")
                with Pane(title="The same in Python", classes="half wideonly"):
                    yield Static("", id="in-python")
            with Vertical(id="big"):
                yield self._hash
                yield self._over
            yield self._warnings

    def on_mount(self) -> None:
        """Colour the code; the colouring is imported here, after the first paint of the app."""
        from cognito_tui.tui.colouring import coloured  # noqa: PLC0415 pygments is not for the first paint

        self.query_one("#in-python", Static).update(coloured(IN_PYTHON, "python"))
        self._username.focus()
        self._paint()

    def in_use_changed(self, before: InUse | None, now: InUse | None) -> None:
        """Offer the secret of the profile in use, and take its client ID."""
        if now is None:
            return
        options = [(Text("type it below"), TYPED)]
        if now.kept.secret is not None:
            options.insert(0, (Text(f"{now.kept.kept} · {now.profile.name}"), OF_THE_PROFILE))
        appears = now.kept.secret is not None and (before is None or before.kept.secret is None)
        if before is None or before.client_in_use != now.client_in_use or appears:
            self._which.set_options(options)
            self._which.value = options[0][1]
        if before is None or before.client_in_use != now.client_in_use:
            self._client_id.value = now.profile.client_id
        self._paint()

    def _typed(self, _value: str) -> None:
        # within the key's own message: the hash is painted together with the letter
        if self.is_mounted:
            self._paint()

    @property
    def _client_secret(self) -> Secret:
        if self._which.value == OF_THE_PROFILE and self.in_use and self.in_use.kept.secret:
            return self.in_use.kept.secret
        return self._secret.secret

    def _paint(self) -> None:
        username, client_id, secret = self._username.value, self._client_id.value, self._client_secret
        missing = [
            what
            for what, value in (
                ("a username", username),
                ("a client ID", client_id),
                ("a client secret", secret),
            )
            if not value
        ]
        self._value = "" if missing else self._hashed(username, client_id, secret)
        if not self._value:
            self._hash.update(say("[$foreground 45%]$mask[/]", mask=MASK * 5), layout=False)
            needs = f"needs {', '.join(missing)}" if missing else "the username is not text in UTF-8"
            self._over.update(quiet(needs), layout=False)
        else:
            self._hash.update(say("[b $text-primary]$hash[/]", hash=self._value), layout=False)
            self._over.update(_over(username, len(self._value)), layout=False)
        oddities = checks.hash_oddities(username, client_id, secret) if username and secret else ()
        self._warnings.update(
            Content("\n").join(say("[$text-warning]! $oddity[/]", oddity=oddity) for oddity in oddities)
        )

    @staticmethod
    def _hashed(username: str, client_id: str, secret: Secret) -> str:
        try:
            return secret_hash(username, client_id, secret)
        except UnicodeEncodeError:
            return ""

    @on(Select.Changed, "#hash-which")
    def _other_secret(self) -> None:
        self._secret_row.display = self._which.value == TYPED
        self._paint()

    @on(Input.Submitted)
    def _enter(self) -> None:
        self.action_copy_hash()

    def action_copy_hash(self) -> None:
        """Copy the hash."""
        if self._value:
            self.post_message(Copy("SECRET_HASH", self._value, sensitive=False))
        else:
            self.notify("There is no SECRET_HASH to copy yet.", severity="warning")

    def action_leave_field(self) -> None:
        """Leave the field, so that plain letters and digits are keys again."""
        self.set_focus(None)

    def watch_show_secrets(self, show: bool) -> None:
        """Show or mask the typed secret."""
        self._secret.password = not show


def _over(username: str, length: int) -> Content:
    return say(
        "[$foreground 72%]over[/] $username [$foreground 72%]· $length characters · changes as you type ·[/] "
        f"{key('F9')} [$foreground 72%]copies it[/]",
        username=username if len(username) <= LONGEST_SHOWN else f"{username[: LONGEST_SHOWN - 1]}…",
        length=length,
    )
