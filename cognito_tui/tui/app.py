"""The app: its places, its theme, and the profile in use."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, ClassVar, Final

from textual import on
from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.css.query import NoMatches
from textual.driver import Driver
from textual.reactive import reactive
from textual.screen import Screen
from textual.theme import Theme
from textual.timer import Timer
from textual.worker import WorkerFailed

from cognito_tui.aws.endpoint import BadEndpoint, endpoint_in_use
from cognito_tui.cognito.snippets import Where
from cognito_tui.off_loop import off_loop
from cognito_tui.store.errors import StoreError
from cognito_tui.store.patience import awaited
from cognito_tui.store.profile import Profile
from cognito_tui.store.safekeeping import Kept as Keeps
from cognito_tui.store.saving import save
from cognito_tui.store.trouble import VaultError
from cognito_tui.tui import messages
from cognito_tui.tui.clipboard import Copied
from cognito_tui.tui.commands import commands, keys
from cognito_tui.tui.copying import CLEARED_AFTER, Copying
from cognito_tui.tui.in_use import Admin, InUse, Kept, KeptSecret
from cognito_tui.tui.practice import practice_world
from cognito_tui.tui.say import plain, say
from cognito_tui.tui.screens.dialog import Dialog
from cognito_tui.tui.screens.help import Help
from cognito_tui.tui.screens.inhabitants import InhabitantsPlace
from cognito_tui.tui.screens.place import Place
from cognito_tui.tui.screens.profile_form import ProfileForm
from cognito_tui.tui.screens.profiles import ProfilesPlace
from cognito_tui.tui.screens.secret_dialog import Entered, SecretDialog
from cognito_tui.tui.screens.secret_hash import SecretHashPlace
from cognito_tui.tui.screens.show_qr import ShowQr
from cognito_tui.tui.screens.show_value import ShowValue
from cognito_tui.tui.screens.sign_in import SignInPlace
from cognito_tui.tui.screens.tokens import TokensPlace
from cognito_tui.tui.screens.users import UsersPlace
from cognito_tui.tui.secrets import backend_of, look_for
from cognito_tui.tui.signed_in_users import SignedInUser
from cognito_tui.tui.theme import DARK, LIGHT
from cognito_tui.tui.widgets.bars import NEEDS_PROFILE
from cognito_tui.tui.working import begin, begin_beside
from cognito_tui.tui.world import World

PLACES: Final[dict[str, Callable[[World], Place]]] = {
    "profiles": ProfilesPlace,
    "sign_in": SignInPlace,
    "tokens": TokensPlace,
    "users": UsersPlace,
    "secret_hash": SecretHashPlace,
    "inhabitants": InhabitantsPlace,
}

SIGNALS: Final = {"SIGTERM": 143, "SIGHUP": 129}
"""Signals that end the app with the terminal as it was, and the exit status of each (128 + its number)."""


def _place(place: str, key: str, title: str, what: str) -> Binding:
    """The key of a place; not in the footer, for it stands in the second line."""
    return Binding(
        key.lower(), f"go('{place}')", title, key_display=key, show=False, tooltip=what, id=f"go.{place}"
    )


class CognitoApp(App[None]):
    """Work with Amazon Cognito user pools, and see every word that is said."""

    TITLE = "cognito-tui"
    CSS_PATH = Path(__file__).parent / "cognito_tui.tcss"

    BINDINGS: ClassVar[list[BindingType]] = [
        # With priority, so that the focus moves in the key's own message: a name and a password that come in
        # one burst, as from a password manager, land in their own fields.
        Binding("tab", "focus_next", "Next field", show=False, priority=True),
        Binding("shift+tab", "focus_previous", "Previous field", show=False, priority=True),
        _place("profiles", "F2", "Profiles", "The pools and clients this machine knows by name"),
        _place("sign_in", "F3", "Sign in", "Walk a sign-in step by step"),
        _place("tokens", "F4", "Tokens", "Read, verify, refresh and revoke the tokens of who is signed in"),
        _place("users", "F5", "Users", "Who is in the pool, who is stuck, and how to set them free"),
        _place("secret_hash", "F6", "Secret hash", "A SECRET_HASH over whatever you type"),
        _place("inhabitants", "F12", "Sandbox", "Who lives in the sandbox"),
        Binding(
            "f1", "help", "Help", key_display="F1", priority=True, tooltip="Help about this place", id="help"
        ),
        Binding("question_mark", "help", "Help", show=False),
        Binding("ctrl+q", "quit", "Quit", show=False, priority=True),
    ]

    in_use: reactive[InUse | None] = reactive(None)
    signed_in: reactive[tuple[SignedInUser, ...]] = reactive(())
    seen: reactive[messages.UserSeen | None] = reactive(None, always_update=True)

    def __init__(
        self,
        world: World,
        *,
        first: Profile | None = None,
        theme: str = DARK.name,
        keep_theme: Callable[[str], None] = lambda _name: None,
        told_at_start: tuple[str, ...] = (),
    ) -> None:
        super().__init__()
        self._world = world
        self._life = 0
        self._sign_ins = 0
        self._first = first
        self._keep_theme = keep_theme
        self._told_at_start = list(told_at_start)
        self._copying = Copying(world.environment, world.now)
        self._clearing: Timer | None = None
        self._wanted = "sign_in"  # where to, once a profile is chosen
        self.register_theme(DARK)
        self.register_theme(LIGHT)
        if theme in self.available_themes:
            self.theme = theme
        else:
            self.theme = DARK.name
            self._told_at_start.append(f"There is no theme {theme!r}; this is {DARK.name}.")
        self._enter(world)

    # Worlds and places

    def _enter(self, world: World) -> None:
        """Make the places of `world`; each world has screens of its own."""
        self._world = world
        self._life += 1
        for place in PLACES:
            self.add_mode(self._mode(place), partial(self._made, place, world))

    def _made(self, place: str, world: World) -> Place:
        made = PLACES[place](world)
        # It will be styled by the sheet there is; Textual 8.2.8 takes what is new for out of date, and parses
        # the whole sheet twice.
        made._css_update_count = self._css_update_count  # noqa: SLF001 there is no other way
        return made

    def _mode(self, place: str) -> str:
        return f"{place} {self._life}"

    def get_driver_class(self) -> type[Driver]:
        """Textual's, mended where it can be."""
        usual = super().get_driver_class()
        if os.name != "posix":
            return usual
        from cognito_tui.tui.terminal import TerminalDriver  # noqa: PLC0415 not for Windows

        return TerminalDriver if issubclass(TerminalDriver, usual) else usual

    def get_default_screen(self) -> Screen[None]:
        """An empty one: the first place is a mode."""
        return Screen()

    async def on_mount(self) -> None:
        """Go to the first place, then let slower things be loaded."""
        self._follow_signals()
        self.theme_changed_signal.subscribe(self, self._theme_changed)
        await self.switch_mode(self._mode(self._first_place))
        if self._first is not None:
            self.call_after_refresh(self._use, self._first)
        for sentence in self._told_at_start:
            self.notify(sentence, severity="warning", timeout=12, markup=False)
        self.set_timer(0.3, self._prepare)

    @property
    def _first_place(self) -> str:
        if self._world.practice is not None:
            return "inhabitants"
        return "sign_in" if self._first is not None else "profiles"

    def _prepare(self) -> None:
        # botocore takes longer to import than the first paint; by the first enter it is there
        where = self.in_use.where if self.in_use else Where("us-east-1")
        prepare = partial(off_loop, None, self._world.calls.prepare, where)
        begin_beside(self, prepare, "prepare", "preparing calls")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The sandbox's place is there in the sandbox only."""
        return self._world.practice is not None or (action, parameters) != ("go", ("inhabitants",))

    def action_go(self, place: str) -> None:
        """Go to a place; F3 at the sign-in place flips it on a narrow screen."""
        if place == "inhabitants" and self._world.practice is None:
            return
        self._wanted = "sign_in"
        if place in NEEDS_PROFILE and self.in_use is None:
            self.notify("Choose a profile first.", severity="warning")
            self._wanted, place = place, "profiles"
        if self.current_mode == self._mode(place):
            if isinstance(self.screen, SignInPlace):
                self.screen.here_again()
            return
        self.switch_mode(self._mode(place))

    @on(messages.GoTo)
    def _go_to(self, event: messages.GoTo) -> None:
        self.action_go(event.place)

    @on(messages.EnterSandbox)
    async def _enter_sandbox(self) -> None:
        old = [self._mode(place) for place in PLACES]
        self.in_use = None
        self.signed_in, self.seen = (), None  # they were of another world
        self._enter(practice_world(self._world.environment))
        await self.switch_mode(self._mode("inhabitants"))
        for mode in old:
            await self.remove_mode(mode)

    # The profile in use

    def _use(self, profile: Profile) -> bool:
        """Put `profile` in use and look for its secret; False when its calls would go nobody knows where."""
        try:
            endpoint = endpoint_in_use(profile.endpoint_url, self._world.environment)
        except BadEndpoint as error:
            self.notify(str(error), title="Not used", severity="error", timeout=15, markup=False)
            return False
        self._look_at(InUse(profile, endpoint))
        return True

    def _look_at(self, in_use: InUse) -> None:
        self.in_use = in_use
        begin(self, partial(self._find_secret, in_use), "secret", "asking the keyring")

    async def _find_secret(self, in_use: InUse) -> None:
        kept = await look_for(self._world.vault, in_use.profile)
        if self.in_use is not None and self.in_use.client_in_use == in_use.client_in_use:
            self.in_use = self.in_use.with_secret(kept)

    @on(messages.UseProfile)
    def _use_profile(self, event: messages.UseProfile) -> None:
        if self._use(event.profile):
            self.action_go(self._wanted)

    @on(messages.SignInAs)
    async def _sign_in_as(self, event: messages.SignInAs) -> None:
        if not self._use(event.profile):
            return
        await self.switch_mode(self._mode("sign_in"))
        if isinstance(self.screen, SignInPlace):
            self.screen.fill(event.username, event.password, event.auth_flow)

    @on(messages.ShowUser)
    async def _show_user(self, event: messages.ShowUser) -> None:
        await self.switch_mode(self._mode("users"))
        if isinstance(self.screen, UsersPlace):
            self.screen.show_user(event.username)

    @on(messages.SignedCall)
    def _signed_call(self, event: messages.SignedCall) -> None:
        if self.in_use is None or self.in_use.signer != event.signer:
            return
        if self.in_use.admin is not event.admin:
            self.in_use = replace(self.in_use, admin=event.admin)

    @on(messages.EditProfile)
    def _edit_profile(self, event: messages.EditProfile) -> None:
        begin(self, partial(self._edit, event.profile), "dialog", "the form of a profile")

    async def _edit(self, profile: Profile | None) -> None:
        saved = await self.push_screen_wait(ProfileForm(self._world, profile))
        if saved is None:
            return
        used = self.in_use.profile.name if self.in_use else None
        if used is None or used == saved.replacing:
            self._use(saved.profile)
        self._reload_profiles(saved.profile.name)
        self.notify("Saved", title=saved.profile.name, markup=False)

    @on(messages.ProfilesChanged)
    def _profiles_changed(self, event: messages.ProfilesChanged) -> None:
        if self.in_use is not None and self.in_use.profile.name == event.gone:
            self.in_use = None
        self._reload_profiles()

    def _reload_profiles(self, select: str | None = None) -> None:
        # in the screen's own queue: one reload at a time
        if isinstance(self.screen, ProfilesPlace):
            self.screen.call_later(self.screen.reload, select)

    @on(messages.WantSecret)
    def _want_secret(self, event: messages.WantSecret) -> None:
        if self.in_use is not None:
            begin(self, partial(self._get_secret, self.in_use, event), "dialog", "entering a secret")

    async def _get_secret(self, in_use: InUse, wanted: messages.WantSecret) -> None:
        """Keep the secret there is, or ask for one until it is kept or the person gives up."""
        vault = self._world.vault
        entered: Entered | None = None
        if wanted.secret is not None:
            entered = Entered(wanted.secret, remember=in_use.kept.kept is Kept.MEMORY)
        why = _why_asked(in_use)
        while True:
            if entered is None:
                can_keep = (await backend_of(vault)).kept is Keeps.KEYRING
                entered = await self.push_screen_wait(
                    SecretDialog(in_use.profile.client_id, why, can_keep=can_keep)
                )
            if entered is None:
                wanted.given_up()
                return
            if entered.secret is None:
                self._look_at(in_use)
                return
            try:
                await awaited(
                    vault.remember if entered.remember else vault.keep, in_use.profile.item(), entered.secret
                )
            except VaultError as error:
                why, entered = say("[$text-error]× $why[/]", why=error.sentence), None
                continue
            kept = Kept.MEMORY if entered.remember or self._world.practice else Kept.KEYRING
            await self._secret_is(in_use, KeptSecret(kept, entered.secret))
            return

    @on(messages.DropSecret)
    def _drop_secret(self) -> None:
        if self.in_use is not None:
            drop = partial(self._secret_is, self.in_use, KeptSecret(Kept.NO_SECRET))
            begin_beside(self, drop, "drop", "dropping a secret")

    async def _secret_is(self, in_use: InUse, kept: KeptSecret) -> None:
        """Change the profile to what its client is; another one may be in use by now."""
        has_secret = kept.kept is not Kept.NO_SECRET
        saved = None
        if in_use.profile.has_secret is not has_secret:
            saved = await self._save(in_use.profile, replace(in_use.profile, has_secret=has_secret))
        now = self.in_use
        if now is not None and now.client_in_use == in_use.client_in_use:
            profile = saved or replace(now.profile, has_secret=has_secret)
            same = profile.aws_profile == now.profile.aws_profile
            admin = now.admin if same else Admin.UNTRIED
            self.in_use = replace(now, profile=profile, kept=kept, admin=admin)

    async def _save(self, read: Profile, profile: Profile) -> Profile | None:
        """Save what `profile` changes in `read`; return what is in the file then, None when that failed."""
        try:
            keep = partial(save, replacing=read.name, read=read)
            saved, left = await awaited(keep, self._world.profiles, self._world.vault, profile, None)
        except (StoreError, VaultError) as error:
            self.notify(error.sentence, title="Not saved", severity="error", timeout=15, markup=False)
            return None
        if left:
            self.notify(left, severity="warning", timeout=15, markup=False)
        return saved

    # Who is signed in

    @on(messages.TokensCame)
    def _tokens_came(self, event: messages.TokensCame) -> None:
        self._sign_ins += 1
        self.signed_in = (*self.signed_in, SignedInUser(self._sign_ins, event.in_use, event.tokens))

    @on(messages.UserSeen)
    def _user_seen(self, event: messages.UserSeen) -> None:
        self.seen = event

    @on(messages.TokensChanged)
    def _tokens_changed(self, event: messages.TokensChanged) -> None:
        self.signed_in = tuple(
            event.user if each.number == event.user.number else each for each in self.signed_in
        )

    @on(messages.TokensForgotten)
    def _tokens_forgotten(self, event: messages.TokensForgotten) -> None:
        self.signed_in = tuple(each for each in self.signed_in if each.number != event.number)

    # Copying

    @on(messages.Copy)
    def _copy(self, event: messages.Copy) -> None:
        if not event.sensitive and self._copying.again(event.value):
            self.push_screen(ShowValue(event.what, event.value, sensitive=False))
            return
        begin_beside(self, partial(self._copied, event), "copy", "copying")

    async def _copied(self, event: messages.Copy) -> None:
        copied = await self._copying.copy(event.value, self._write, sensitive=event.sensitive)
        shown_by = event.shown_by if event.sensitive else "Once more"
        self.notify(_told(copied, shown_by, sensitive=event.sensitive), title=event.what, markup=False)
        if event.sensitive and copied.tool:
            if self._clearing is not None:
                self._clearing.stop()  # what it was for is no longer there
            self._clearing = self.set_timer(CLEARED_AFTER, self._clear_clipboard)

    async def _clear_clipboard(self) -> None:
        if await self._copying.clear():
            self.notify("The clipboard was cleared.")

    def _write(self, sequence: str) -> None:
        if self._driver is not None:
            self._driver.write(sequence)

    def copy_to_clipboard(self, text: str) -> None:
        """Text selected in a field or with the mouse, by the way that arrives here."""
        self._clipboard = text
        screen = self.screen
        sensitive = screen.sensitive if isinstance(screen, Dialog) else _shows_secrets(screen)
        event = messages.Copy("Selection", text, sensitive=sensitive)
        begin_beside(self, partial(self._copied, event), "copy", "copying")

    @on(messages.ShowValue)
    def _show_value(self, event: messages.ShowValue) -> None:
        self.push_screen(ShowValue(event.what, event.value, sensitive=True))

    @on(messages.ShowQr)
    def _show_qr(self, event: messages.ShowQr) -> None:
        self.push_screen(ShowQr(event.text.reveal()))

    # Help, palette, theme, the end

    def action_help(self) -> None:
        """Open the help about this place or dialog, or close it."""
        if isinstance(self.screen, Help):
            self.screen.dismiss()
        elif isinstance(self.screen, Place) or self.screen.HELP:
            self.push_screen(Help(self.screen.HELP, keys(self, self.screen)))

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """No screenshot: it would write what is on the screen to a file."""
        others = [
            SystemCommand("Theme", "Choose the colours; the choice is kept", self.action_change_theme),
            SystemCommand("Quit", "Leave; tokens and passwords go with the app", self.action_quit),
        ]
        if self._world.practice is None:
            enter = partial(self.post_message, messages.EnterSandbox())
            others.append(SystemCommand("Sandbox", "Practise in a pool inside this program", enter))
        if isinstance(screen, Place):
            others += screen.palette()
        return commands(self, screen, others)

    def _theme_changed(self, theme: Theme) -> None:
        keep = partial(off_loop, None, self._keep_theme, theme.name)
        begin_beside(self, keep, "theme", "keeping the theme")

    def _follow_signals(self) -> None:
        loop = asyncio.get_running_loop()
        for name, status in SIGNALS.items():
            with contextlib.suppress(AttributeError, NotImplementedError, RuntimeError, ValueError):
                loop.add_signal_handler(getattr(signal, name), partial(self.exit, return_code=status))

    def finish(self) -> None:
        """After the run: take from the clipboard what is sensitive and still ours, and close the sandbox."""
        self._copying.clear_now()
        if self._world.practice is not None:
            self._world.practice.close()

    def _handle_exception(self, error: Exception) -> None:
        # what is mounted while the app is being left gets no children, and hears of it all the same
        cause = error.error if isinstance(error, WorkerFailed) else error
        if not (self._exit and isinstance(cause, NoMatches)):
            super()._handle_exception(error)

    def _fatal_error(self) -> None:
        # Textual's own report prints the local variables of every frame, secrets among them. There is no
        # setting for it; tests/tui/test_hygiene.py holds this override to its word.
        from rich.segment import Segments  # noqa: PLC0415 only for a crash
        from rich.traceback import Traceback  # noqa: PLC0415 only for a crash

        self.bell()
        report = Traceback(show_locals=False, width=None, max_frames=20)
        self._exit_renderables.append(Segments(self.console.render(report, self.console.options)))
        self._close_messages_no_wait()


def _shows_secrets(screen: Screen[Any]) -> bool:
    return isinstance(screen, Place) and screen.show_secrets


def _why_asked(in_use: InUse) -> Content:
    match in_use.kept.kept:
        case Kept.UNAVAILABLE:
            return say("[$text-warning]! $why[/]", why=in_use.kept.sentence)
        case Kept.MISSING:
            return plain("The client secret of this profile is missing.")
        case _:
            return plain("Another client secret takes the place of the one that is kept.")


def _told(copied: Copied, shown_by: str, *, sensitive: bool) -> str:
    """What became of a copy, and what one can do where it did not arrive."""
    if copied.tool:
        return f"{copied.sentence}; cleared in {CLEARED_AFTER:.0f} s." if sensitive else f"{copied.sentence}."
    stays = "; it stays there until you copy another thing" if sensitive and copied.sent else ""
    return f"{copied.sentence}{stays}. {shown_by} shows it full width."
