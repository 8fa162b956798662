"""The users place: the list, the user under the cursor, and what is done about users."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from typing import ClassVar, Final

from textual import events, on
from textual.app import ComposeResult, SystemCommand
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Static

from cognito_tui.cognito.auth_flows import DEFAULT
from cognito_tui.cognito.errors import CognitoError
from cognito_tui.cognito.model import Secret
from cognito_tui.cognito.read_only import refusal_when_read_only
from cognito_tui.cognito.steps import Answer, Call
from cognito_tui.cognito.user_actions import Action
from cognito_tui.cognito.users import User
from cognito_tui.cognito.visible import visible
from cognito_tui.off_loop import off_loop
from cognito_tui.tui.account import Account
from cognito_tui.tui.admin import AdminCalls
from cognito_tui.tui.bulk_work import Left, left_behind
from cognito_tui.tui.deeds import BY_KEY, DEEDS, Deed, can_be_done, cannot_be_done, why_not
from cognito_tui.tui.messages import Copy, SignInAs, UserSeen
from cognito_tui.tui.say import NEEDS, key, quiet, say
from cognito_tui.tui.screens.bulk import Bulk
from cognito_tui.tui.screens.bulk_choice import BulkChoice, ForMany
from cognito_tui.tui.screens.user_action import ActionDialog, Result
from cognito_tui.tui.screens.user_attributes import ChangeAttributes
from cognito_tui.tui.screens.user_choices import (
    ChangeGroups,
    ForgetDevices,
    RevokeSessions,
    SetMfaPreference,
)
from cognito_tui.tui.screens.user_create import CreateUser
from cognito_tui.tui.screens.user_listing import ESCAPES, UserListing
from cognito_tui.tui.screens.user_password import SetPassword
from cognito_tui.tui.screens.user_simple import DeleteUser, SimpleAction
from cognito_tui.tui.user_admin import UserAdmin
from cognito_tui.tui.user_facts import GET, FactFinder, with_told
from cognito_tui.tui.user_rows import UserRow, row_of
from cognito_tui.tui.widgets.user_card import Known, UserCard, standing, with_row
from cognito_tui.tui.widgets.user_list import UserList
from cognito_tui.tui.working import begin
from cognito_tui.tui.world import World

GLANCE: Final = 0.06
"""Seconds on a user before the card shows it: laying it out takes longer than a key."""

REST: Final = 0.3
"""Seconds on a user before more is asked of it: not of those the cursor flies over."""

IN_THE_STRIP: Final = 3
"""Deeds that a narrow screen names below the list; the card has all."""


def _deed(deed: Deed) -> Binding:
    operations = ", ".join(dict.fromkeys(action.operation for action in deed.actions))
    return Binding(
        deed.key,
        f"deed('{deed.key}')",
        deed.label if deed.key == "s" else f"{deed.label}…",
        key_display=deed.key,
        show=deed.key == "s",
        tooltip=f"{operations}: {deed.consequence}",
        id=f"users.{deed.actions[0].value}",
    )


class UsersPlace(UserListing):
    """The users of the pool of the profile in use, and what can be done about them."""

    PLACE = "users"

    HELP = """
    # Users

    Everybody in the pool, as the pages of ListUsers come in. Nothing waits for the last page.

    - `1` to `6` show a kind of user, `/` searches what is loaded with every letter, and `enter` there asks
      Cognito itself: any part of a name, or `email:ana`, `email=ana@example.com`, `phone:`, `sub:`, `name:`,
      `status:`
    - `space` selects, `o` sorts by the next column, `O` turns the order round
    - `esc` stops loading and keeps what is there, then leads back to everybody
    - **Dies in** is counted from the last change of the user, the best evidence that Cognito gives: the
      temporary password dies then or earlier

    The card says what can be done about the selected user now, each on its key; what Cognito is known to
    refuse stands below with the reason, and `ctrl+p` sends it all the same. Whatever changes a user asks
    first, and shows the user as Cognito has it afterwards.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "b",
            "bulk",
            "Bulk",
            tooltip="One action on the selected users, or all that are shown",
            id="users.bulk",
        ),
        Binding(
            "u",
            "go_on",
            "Unfinished",
            show=False,
            tooltip="Go on with the bulk run that was left",
            id="users.left",
        ),
        Binding("n", "create", "New user", tooltip="Create a user: AdminCreateUser", id="users.new"),
        *map(_deed, DEEDS),
        Binding("y", "copy", "Copy name", show=False, tooltip="Copy the username", id="users.copy"),
        *ESCAPES,
        Binding("escape", "close_card", "Back", key_display="esc", tooltip="Back to the list"),
    ]

    def __init__(self, world: World) -> None:
        super().__init__(world)
        self._strip = Static("", id="user-strip", classes="narrowonly")
        self._card = UserCard()
        self._known: Known | None = None
        self._finder: FactFinder | None = None
        self._admin: UserAdmin | None = None
        self._timers_of_a_look: list[Timer] = []
        self._paints_soon = False
        self._left: Left | None = None
        self._left_line = Static("", id="left-run")

    def on_mount(self) -> None:
        """Hear of users that other places have looked at."""
        self.watch(self.app, "seen", self._seen, init=False)

    def on_screen_resume(self) -> None:
        """Ask what was not asked for while nobody looked."""
        if self.users.row is not None and (self._known is None or not self._known.asked):
            self._known = None
            self.look_at(self.users.row)

    def _seen(self, seen: UserSeen | None) -> None:
        """Take over a user as another place had it from Cognito; what else was known is from before."""
        if seen is None or not self.lists(seen.in_use):
            return
        if self._known is not None and self._known.row.username == seen.user.username:
            self._known = None
        self.put(row_of(seen.user))

    def above(self) -> ComposeResult:
        """A bulk run that was left, if there is one."""
        yield self._left_line

    def strip(self) -> ComposeResult:
        """The user under the cursor in two lines."""
        yield self._strip

    def card(self) -> ComposeResult:
        """The user under the cursor in full."""
        yield self._card

    def other_pool(self, calls: AdminCalls, account: Account) -> None:
        """Ask and change there."""
        self._known = None
        self._finder = FactFinder(calls.send, calls.in_use.profile.user_pool_id)
        self._admin = UserAdmin(
            calls,
            account,
            self.world.means,
            self.world.zone,
            self._complain,
            keeps_log=self.world.practice is None,
        )
        self._show_left(None)
        self.look_at(self.users.row)
        self._look_for_left_soon(calls)

    def _look_for_left_soon(self, calls: AdminCalls) -> None:
        if self.world.practice is None:
            begin(self, partial(self._look_for_left, calls), "left", "looking for a run that was left")

    async def _look_for_left(self, calls: AdminCalls) -> None:
        in_use = calls.in_use
        left = await off_loop(None, left_behind, in_use.profile.user_pool_id, in_use.endpoint.url)
        if calls is self.calls:
            self._show_left(left)

    def _show_left(self, left: Left | None) -> None:
        self._left = left
        self._left_line.display = left is not None
        if left is not None:
            words = f"{NEEDS} $label was left with [b]$count[/] users to do · {key('u')} goes on"
            label = left.action.label.rstrip("…")
            self._left_line.update(say(words, label=label, count=f"{left.to_do:,}"))
        self.refresh_bindings()

    def _complain(self, sentence: str) -> None:
        self.notify(sentence, title="Not written down", severity="warning", timeout=15, markup=False)

    # The user under the cursor

    def look_at(self, row: UserRow | None) -> None:
        """Show the user, and ask for more after a rest."""
        if row is None:
            self._known = None
            self._card.show_nobody(self.why_nobody)
            self._strip.update(quiet(self.why_nobody))
            return
        same = self._known is not None and self._known.row.username == row.username
        self._known = with_row(self._known, row)
        if same:
            self._show_known()
        else:
            self._look_closer()
        self.update_footer()

    def _look_closer(self) -> None:
        """Show the user after a glance, and ask for more after a rest."""
        self.workers.cancel_group(self, "facts")
        for timer in self._timers_of_a_look:
            timer.stop()
        self._timers_of_a_look = [self.set_timer(GLANCE, self._show_known), self.set_timer(REST, self._ask)]

    @property
    def has_asked(self) -> bool:
        """Whether Cognito was asked for all about the user under the cursor, and the answers are shown."""
        return self._known is None or (self._known.asked and not self._paints_soon)

    def _show_known(self) -> None:
        known, self._paints_soon = self._known, False
        if known is None:
            return
        read_only = self.calls is not None and self.calls.in_use.profile.read_only
        self._card.show(known, self.moment, read_only=read_only)
        lines = standing(known.row, self.moment).split("\n")
        first = Content("  ").join([say("[b]$name[/]", name=known.row.username), *lines])
        keys = [
            say(f"{key(each.deed.key)} $label", label=each.deed.label.lower())
            for each in can_be_done(known.user)[:IN_THE_STRIP]
        ]
        self._strip.update(
            first + "\n" + Content("  ").join([*keys, say(f"{key('enter')} card")]), layout=False
        )

    def _ask(self) -> None:
        known, finder = self._known, self._finder
        if known is None or finder is None or known.asked or self not in self.app.screen_stack:
            return
        self._known = Known(known.row, known.facts, asked=True)
        self._show_known()
        tell = partial(self._learn, known.row.username)
        begin(self, partial(finder.find, known.row.username, tell), "facts", "what Cognito tells of a user")

    def _learn(self, username: str, operation: str, told: Answer | CognitoError) -> None:
        known = self._known
        if known is None or known.row.username != username:
            return
        facts, row = with_told(known.facts, operation, told), known.row
        if operation == GET and facts.user is not None:
            row = row_of(replace(facts.user, username=username))
        self._known = Known(row, facts, asked=True)
        if row != known.row:  # the list is older than that
            self.put(row)
        if not self._paints_soon:  # several parts come at once
            self._paints_soon = True
            self.set_timer(GLANCE, self._show_known)

    def show_user(self, username: str) -> None:
        """Go to a user, who may not be loaded yet, and may be known by an alias."""
        begin(self, partial(self._show_user, username), "show", "looking for a user")

    async def _show_user(self, username: str) -> None:
        if self._admin is None:
            return
        self.show_everybody()
        try:
            user = await self._admin.look(username)
        except CognitoError as error:
            self.notify(error.sentence, title=f"{username}: {error.name}", severity="error", markup=False)
            return
        self.put(row_of(user))
        self.users.go_to(user.username)
        self.users.focus()

    @on(UserList.Opened)
    def _open_card(self, event: UserList.Opened) -> None:
        event.stop()
        self.add_class("-card")
        self._card.focus()

    def action_close_card(self) -> None:
        """Back to the list."""
        self.remove_class("-card")
        self.users.focus()
        self.refresh_bindings()

    def action_copy(self) -> None:
        """Copy the username."""
        if row := self.users.row:
            self.post_message(Copy("Username", row.username, sensitive=False))

    # What is done about the user

    @property
    def _under_cursor(self) -> User | None:
        """The user under the cursor now: a key may come in one burst with the one that moves it."""
        row = self.users.row
        return with_row(self._known, row).user if row is not None else None

    def action_deed(self, key: str) -> None:
        """Ask, then do what is on the key to the user under the cursor."""
        if user := self._under_cursor:
            self._open(BY_KEY[key].actions[0], user)

    def on_key(self, event: events.Key) -> None:
        """What cannot be done says why, whether or not the card is in sight."""
        user = self._under_cursor
        deed = BY_KEY.get(event.character or "")
        if user is None or deed is None or not self.shows_list or self._can_do(deed.key):
            return
        event.stop()
        self.notify(why_not(deed, user), title=f"{deed.label}: not now", timeout=4, markup=False)

    def action_bulk(self) -> None:
        """Choose an action for the selected users, or for all that are shown."""
        if self._admin is None or self.calls is None or self._is_refused("AdminCreateUser"):
            return
        marked = self.users.marked
        names = [row.username for row in self.users.roll.all if row.username in marked] if marked else []
        names += sorted(marked - set(names))
        shown = names or [row.username for row in self.users.roll.shown]
        self.app.push_screen(
            BulkChoice(shown, selected=bool(marked)), partial(self._do_many, self.calls, self._admin)
        )

    def _do_many(self, calls: AdminCalls, admin: UserAdmin, chosen: ForMany | None) -> None:
        if chosen is not None:
            keeps_journal = self.world.practice is None
            self._carry_on(Bulk(chosen, calls, admin, keeps_journal=keeps_journal))

    def action_go_on(self) -> None:
        """Go on with the bulk run that was left."""
        left, calls, admin = self._left, self.calls, self._admin
        if left is None or calls is None or admin is None or self._is_refused(left.about.operation):
            return
        chosen = ForMany(left.action, tuple(each.username for each in left.records))
        self._carry_on(Bulk(chosen, calls, admin, keeps_journal=True, left=left))

    def _carry_on(self, dialog: Bulk) -> None:
        self.app.push_screen(dialog, self._carried_on)

    def _carried_on(self, changed: bool | None) -> None:
        if not changed:
            return
        self.users.unmark()
        self.action_reload()
        if self.calls is not None:
            self._look_for_left_soon(self.calls)

    def action_create(self) -> None:
        """Create a user."""
        if self._admin is not None and not self._is_refused("AdminCreateUser"):
            self._ask_in(CreateUser(self._admin))

    def _open(self, action: Action, user: User) -> None:
        if self._admin is None:
            return
        if action is Action.SIGN_IN_AS:
            self._sign_in(user.username, Secret(""))
        elif not self._is_refused(action.operation):
            self._ask_in(_DIALOGS.get(action, _simple(action))(self._admin, user))

    def _is_refused(self, operation: str) -> bool:
        """Whether the profile is read only; then the person is told."""
        if self.calls is None or not self.calls.in_use.profile.read_only:
            return False
        why = refusal_when_read_only(Call(operation, {}))
        self.notify(why, title="Read only", severity="warning", timeout=12, markup=False)
        return True

    def _ask_in(self, dialog: ActionDialog) -> None:
        # at once, not in a worker: the next key of a burst is for the dialog
        self.app.push_screen(dialog, self._carried_out)

    def _carried_out(self, result: Result | None) -> None:
        if result is None:
            return
        self._show_result(result)
        if result.then is not None and result.user is not None:
            self.call_later(self._open, result.then, result.user)
        elif result.sign_in_with is not None:
            self._sign_in(result.username, result.sign_in_with)

    def _show_result(self, result: Result) -> None:
        """Show what is known now."""
        self._known = None
        if result.gone:
            self.drop(result.username)
            self.action_close_card()  # it would be of the next user
        elif result.user is not None:
            if not self.users.roll.has(result.username):
                self.show_everybody()
            self.put(row_of(result.user))
            self.users.go_to(result.username)
        else:  # what came of it is not known
            self.show_user(result.username)
        self.look_at(self.users.row)

    def _sign_in(self, username: str, password: Secret) -> None:
        """Straight to the sign-in place with this user, by what users of the pool sign in with."""
        if self.calls is None:
            return
        by_address = self.pool is not None and bool(self.pool.username_attributes)
        position = self.users.roll.position(username)
        contact = self.users.roll.shown[position].contact if position is not None else ""
        name = contact if by_address and contact else username
        self._known = None  # it may be another after that
        profile = self.calls.in_use.profile
        self.post_message(SignInAs(name, password, profile, profile.auth_flow or DEFAULT))

    # The keys of the moment

    def palette(self) -> Iterable[SystemCommand]:
        """What Cognito is known to refuse can be sent all the same, to see its answer."""
        user = self._under_cursor
        if user is None or not self.shows_list:
            return
        for refused in cannot_be_done(user):
            for action in refused.deed.actions:
                title = f"{action.label.rstrip('…')} all the same  {visible(user.username)}"
                yield SystemCommand(title, refused.reason, partial(self._open, action, user))

    def footer_state(self) -> tuple[object, ...]:
        """Signing in has a key in the footer, and the card one to leave it."""
        return *super().footer_state(), self._can_do("s"), self._card.has_focus

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What can be done now has a key; escape means one thing at a time."""
        match action:
            case "deed":
                return self._can_do(str(parameters[0]))
            case "copy":
                return self.shows_list and self.users.row is not None
            case "go_on":
                return self._left is not None and self.shows_list
            case "create" | "bulk":
                return self.shows_list
            case "close_card":
                return self._card.has_focus
            case "stop" | "show_all" | "end_search" if self._card.has_focus:
                return False
        return super().check_action(action, parameters)

    def _can_do(self, key: str) -> bool:
        user = self._under_cursor
        if user is None or not self.shows_list:
            return False
        return any(each.deed.key == key for each in can_be_done(user))


def _simple(action: Action) -> Callable[[UserAdmin, User], ActionDialog]:
    return lambda admin, user: SimpleAction(admin, user, action)


_DIALOGS: Final[dict[Action, Callable[[UserAdmin, User], ActionDialog]]] = {
    Action.SET_TEMPORARY_PASSWORD: SetPassword,
    Action.SET_PERMANENT_PASSWORD: lambda admin, user: SetPassword(
        admin, user, Action.SET_PERMANENT_PASSWORD
    ),
    Action.CHANGE_ATTRIBUTES: ChangeAttributes,
    Action.ADD_TO_GROUP: ChangeGroups,
    Action.REMOVE_FROM_GROUP: ChangeGroups,
    Action.SET_MFA_PREFERENCE: SetMfaPreference,
    Action.FORGET_DEVICE: ForgetDevices,
    Action.REVOKE_SESSION: RevokeSessions,
    Action.SIGN_OUT_EVERYWHERE: RevokeSessions,
    Action.DELETE: DeleteUser,
}
