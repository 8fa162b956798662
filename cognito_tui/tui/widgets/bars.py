"""The two lines at the top: whom we talk to, and the places one can go."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

from cognito_tui.cognito.checks import is_loopback
from cognito_tui.cognito.model import region_of
from cognito_tui.tui.in_use import Admin, InUse, Kept
from cognito_tui.tui.messages import GoTo
from cognito_tui.tui.say import DONE, say
from cognito_tui.tui.widgets.row_text import RowText


@dataclass(frozen=True)
class Badge:
    """A word of state in line 1. `look` is its class: quiet when well, on a ground when someone must act."""

    text: str
    look: str = "quiet"

    @property
    def content(self) -> Content:
        """The word with its sign."""
        signs = {"good": f"{DONE} ", "warn": "! ", "bad": "× ", "none": "○ "}
        return say(f"{signs.get(self.look, '')}$text", text=self.text)


class ContextBar(Horizontal):
    """Line 1: the profile, its pool and client; where the secret is, where calls go, as whom."""

    def compose(self) -> ComposeResult:
        """Left what is in use, right the badges, which never shrink."""
        yield Static(say("[b]cognito-tui[/]"), classes="ctx", id="ctx-app")
        yield Static("", classes="ctx", id="ctx-profile")
        yield Static("", classes="client", id="ctx-client")
        for part in ("secret", "endpoint", "admin"):
            yield Static("", classes="badge", id=f"badge-{part}")

    def show(self, in_use: InUse | None, *, sandbox: bool) -> None:
        """Say what is in use now; `sandbox` when calls go to the practice pools."""
        app = self.query_one("#ctx-app", Static)
        app.update(say("[b]cognito-tui[/] [$foreground 72%]›[/]" if in_use else "[b]cognito-tui[/]"))
        app.set_class(in_use is None, "-alone")
        for part, badge in _badges(in_use, sandbox=sandbox).items():
            widget = self.query_one(f"#badge-{part}", Static)
            widget.display = badge is not None
            if badge is not None:
                widget.update(badge.content)
                widget.set_classes(f"badge {badge.look}")
        if in_use is None:
            self.query_one("#ctx-profile", Static).update(say("[$foreground 72%]no profile in use[/]"))
            self.query_one("#ctx-client", Static).update("")
            return
        profile = in_use.profile
        pool = profile.user_pool_id
        if profile.region != region_of(pool):
            pool = f"{pool} ({profile.region})"
        self.query_one("#ctx-profile", Static).update(
            say("[b $text-primary]$name[/] [$foreground 75%]$pool[/]", name=profile.name, pool=pool)
        )
        self.query_one("#ctx-client", Static).update(
            say("[$foreground 72%]· $client[/]", client=profile.client_id)
        )


def _badges(in_use: InUse | None, *, sandbox: bool) -> dict[str, Badge | None]:
    if in_use is None:
        return {"secret": None, "endpoint": Badge("sandbox", "sandbox") if sandbox else None, "admin": None}
    return {
        "secret": IN_MEMORY if sandbox and in_use.kept.kept is Kept.MEMORY else _SECRET[in_use.kept.kept],
        "endpoint": _endpoint_badge(in_use, sandbox=sandbox),
        "admin": _admin_badge(in_use),
    }


IN_MEMORY: Final = Badge("secret: in memory", "good")
"""In the sandbox that is as it should be."""

_SECRET: Final = {
    Kept.LOOKING: Badge("secret: …"),
    Kept.KEYRING: Badge("secret: keyring", "good"),
    Kept.MEMORY: Badge("secret: this run only", "warn"),
    Kept.NO_SECRET: Badge("no secret", "none"),
    Kept.MISSING: Badge("secret: missing", "bad"),
    Kept.UNAVAILABLE: Badge("secret: keyring unavailable", "warn"),
}


def _endpoint_badge(in_use: InUse, *, sandbox: bool) -> Badge:
    if sandbox:
        return Badge("sandbox", "sandbox")
    if in_use.endpoint.url is None:
        return Badge("AWS")
    host = urlsplit(in_use.endpoint.url).netloc.rpartition("@")[2]
    if in_use.endpoint.said_by == "profile":
        return Badge(host)
    return Badge(f"{host} by {in_use.endpoint.said_by}", "warn")


def _admin_badge(in_use: InUse) -> Badge | None:
    if in_use.admin is Admin.NO_CREDENTIALS:
        return Badge("no AWS credentials", "warn")
    stand_in = is_loopback(in_use.endpoint.url) and not in_use.profile.aws_profile
    whose = in_use.profile.aws_profile or ("stand-in" if stand_in else "default chain")
    return Badge(f"admin: {whose}", "good" if in_use.admin is Admin.WORKS else "quiet")


@dataclass(frozen=True)
class PlaceTab:
    """A place one can go to, and the key that goes there."""

    place: str
    key: str
    title: str


PLACES: Final = (
    PlaceTab("profiles", "F2", "Profiles"),
    PlaceTab("sign_in", "F3", "Sign in"),
    PlaceTab("tokens", "F4", "Tokens"),
    PlaceTab("users", "F5", "Users"),
    PlaceTab("secret_hash", "F6", "Secret hash"),
)

NEEDS_PROFILE: Final = frozenset({"sign_in", "users"})
"""Places that are about the pool of the profile in use."""

SANDBOX_PLACE: Final = PlaceTab("inhabitants", "F12", "Sandbox")


class PlacesBar(Horizontal):
    """Line 2: the places as tabs, the one we are at on the ground of the body."""

    def __init__(self, here: str) -> None:
        super().__init__()
        self._here = here

    def compose(self) -> ComposeResult:
        """One tab a place."""
        for tab in (*PLACES, SANDBOX_PLACE):
            yield _Tab(tab, here=tab.place == self._here)

    def show(self, *, sandbox: bool, without_profile: bool) -> None:
        """Show the sandbox's tab only there, and dim what needs a profile while there is none in use."""
        for tab in self.query(_Tab):
            tab.display = sandbox or tab.tab != SANDBOX_PLACE
            tab.set_class(without_profile and tab.tab.place in NEEDS_PROFILE, "-dim")


class _Tab(RowText):
    def __init__(self, tab: PlaceTab, *, here: bool) -> None:
        words = "[b $text-accent]$key[/] [b]$title[/]" if here else "[$foreground 72%]$key[/] $title"
        super().__init__(say(words, key=tab.key, title=tab.title), classes="place")
        self.tab = tab
        self.set_class(here, "-here")

    def on_click(self, event: events.Click) -> None:
        event.stop()
        self.post_message(GoTo(self.tab.place))
