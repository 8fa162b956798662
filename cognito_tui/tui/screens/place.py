"""What every place has: the two lines at the top, the body, the line of keys, and the state they show."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, Final

from textual.app import ComposeResult, SystemCommand
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.reactive import reactive

from cognito_tui.tui.in_use import InUse
from cognito_tui.tui.messages import GoTo
from cognito_tui.tui.screens.app_screen import AppScreen
from cognito_tui.tui.widgets.bars import ContextBar, PlacesBar
from cognito_tui.tui.widgets.keys_bar import KeysBar
from cognito_tui.tui.world import World

SHOW_SECRETS: Final = Binding(
    "f8",
    "toggle_secrets",
    "Show secrets",
    key_display="F8",
    tooltip="Show or mask secrets in this place",
    id="secrets",
)
"""For the places that have secrets to show."""


COPY_HASH: Final = Binding(
    "f9",
    "copy_hash",
    "Copy hash",
    key_display="F9",
    tooltip="Copy the SECRET_HASH that stands here",
    id="hash.copy",
)
"""For the places that have a hash to copy."""


class Place(AppScreen[None]):
    """A place of the app. Subclasses say what is in the `body`, and what to do when the profile changes."""

    VERTICAL_BREAKPOINTS = [(0, "-tiny"), (18, "-short"), (30, "-tall")]  # noqa: RUF012 as Textual declares it

    BINDINGS: ClassVar[list[BindingType]] = [
        # where no field has the focus; terminals and desktops take some of the F-keys
        Binding("2", "go('profiles')", "Profiles", show=False),
        Binding("3", "go('sign_in')", "Sign in", show=False),
        Binding("4", "go('tokens')", "Tokens", show=False),
        Binding("5", "go('users')", "Users", show=False),
        Binding("6", "go('secret_hash')", "Secret hash", show=False),
    ]

    PLACE: ClassVar[str] = ""

    in_use: reactive[InUse | None] = reactive(None, init=False)
    show_secrets: reactive[bool] = reactive(False, init=False)

    def __init__(self, world: World) -> None:
        super().__init__()
        self.world = world

    def compose(self) -> ComposeResult:
        """Context, places, body, keys."""
        yield ContextBar(id="context")
        yield PlacesBar(self.PLACE)
        with Container(id="body"):
            yield from self.body()
        yield KeysBar()

    def body(self) -> ComposeResult:
        """The place itself."""
        yield from ()

    def on_mount(self) -> None:
        """Follow the profile in use. Textual calls this for each class of the hierarchy."""
        self.watch(self.app, "in_use", self._follow)

    def _follow(self, in_use: InUse | None) -> None:
        before, self.in_use = self.in_use, in_use
        practice = self.world.practice is not None
        sandbox = self.world.is_sandbox(in_use.endpoint.url) if in_use else practice
        self.query_one(ContextBar).show(in_use, sandbox=sandbox)
        self.query_one(PlacesBar).show(sandbox=practice, without_profile=in_use is None)
        self.in_use_changed(before, in_use)

    def palette(self) -> Iterable[SystemCommand]:
        """What the command palette offers here that has no key."""
        return ()

    def in_use_changed(self, before: InUse | None, now: InUse | None) -> None:
        """Another profile is in use, or more is known of the one that is."""

    def on_screen_suspend(self) -> None:
        """Mask again on leaving; a dialog or the palette above is no leaving."""
        if self not in self.app.screen_stack:
            self.show_secrets = False

    def action_toggle_secrets(self) -> None:
        """Show or mask secrets in this place."""
        self.show_secrets = not self.show_secrets

    def action_go(self, place: str) -> None:
        """Go to another place."""
        self.post_message(GoTo(place))
