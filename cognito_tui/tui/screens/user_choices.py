"""Actions that choose among what a user or the pool has: groups, second factors, devices, sessions."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from cognito_tui.cognito import admin_requests
from cognito_tui.cognito.errors import CognitoError
from cognito_tui.cognito.steps import Call
from cognito_tui.cognito.user_actions import AboutAction, Action
from cognito_tui.cognito.users import User
from cognito_tui.cognito.visible import visible
from cognito_tui.tui.say import FAILED, quiet, say
from cognito_tui.tui.screens.user_action import ActionDialog
from cognito_tui.tui.user_admin import UserAdmin
from cognito_tui.tui.user_facts import device_words, session_words, why_missing
from cognito_tui.tui.user_rows import date_words
from cognito_tui.tui.widgets.choice import Choice, Option
from cognito_tui.tui.widgets.form_row import FormRow
from cognito_tui.tui.widgets.tick import Tick

MOST_PAGES: Final = 20
"""Pages of a list that are asked for, 60 entries each: more cannot be chosen from by eye."""


class Chooser(ActionDialog):
    """Loads what there is to choose from before it asks."""

    def __init__(
        self, admin: UserAdmin, user: User, action: Action, about: AboutAction | None = None
    ) -> None:
        super().__init__(admin, user, action, about)
        self._list = VerticalScroll(Static(quiet("asking Cognito …")), id="choices", can_focus=False)
        self._ready = False

    def form(self) -> ComposeResult:
        """The list, which comes later."""
        yield self._list

    async def know(self, user: User) -> None:
        """Now load the list."""
        await super().know(user)
        try:
            parts = await self.load()
        except CognitoError as error:
            await self.know_not(error)
            return
        if self._list.is_attached:
            await self._list.remove_children()
            await self._list.mount(*parts)
            self._ready = True
            for part in [each for each in self._list.query("*") if each.focusable][:1]:
                part.focus()

    async def know_not(self, error: CognitoError) -> None:
        """Say what is missing."""
        if self._list.is_attached:
            await self._list.remove_children()
            await self._list.mount(Static(say(f"{FAILED} $why", why=why_missing(error))))

    async def load(self) -> list[Widget]:
        """The parts of the list.

        Raises:
            CognitoError: it could not be had.
        """
        return []

    async def calls(self) -> Sequence[Call] | None:
        """What was chosen, where there is something to choose from."""
        if not self._ready:
            self.tell(quiet("There is nothing to choose from."))
            return None
        chosen = self.chosen()
        if not chosen:
            self.tell(quiet("Nothing is chosen yet."))
            return None
        return chosen

    def chosen(self) -> list[Call]:
        """The requests for what was chosen."""
        return []

    async def all_of(
        self, request: Callable[[str], Call], member: str, token: str
    ) -> list[Mapping[str, Any]]:
        """All pages of a list: `member` has the entries, `token` the token of the next page."""
        found: list[Mapping[str, Any]] = []
        page = ""
        for _ in range(MOST_PAGES):
            body = (await self.admin.send(request(page))).body
            found += [each for each in body.get(member) or () if isinstance(each, Mapping)]
            page = str(body.get(token) or "")
            if not page:
                break
        return found


class ChangeGroups(Chooser):
    """AdminAddUserToGroup and AdminRemoveUserFromGroup, for what is ticked otherwise than it was."""

    ABOUT: Final = AboutAction(
        "Change groups",
        ("AdminAddUserToGroup", "AdminRemoveUserFromGroup"),
        "the groups are in cognito:groups of the next tokens",
    )

    def __init__(self, admin: UserAdmin, user: User) -> None:
        super().__init__(admin, user, Action.ADD_TO_GROUP, self.ABOUT)
        self._ticks: dict[str, Tick] = {}
        self._was: frozenset[str] = frozenset()

    async def load(self) -> list[Widget]:
        """The groups of the pool, those of the user ticked."""
        pool, username = self.admin.user_pool_id, self.user.username
        theirs = await self.all_of(
            lambda page: admin_requests.admin_list_groups_for_user(pool, username, page),
            "Groups",
            "NextToken",
        )
        all_groups = await self.all_of(
            lambda page: admin_requests.list_groups(pool, page), "Groups", "NextToken"
        )
        self._was = frozenset(str(each.get("GroupName")) for each in theirs)
        names = sorted({str(each.get("GroupName")) for each in all_groups} | self._was)
        self._ticks = {name: Tick(Content(visible(name)), value=name in self._was) for name in names}
        return list(self._ticks.values()) or [Static(quiet("The pool has no groups."))]

    def chosen(self) -> list[Call]:
        """One request a group."""
        pool, username = self.admin.user_pool_id, self.user.username
        is_in = {name for name, tick in self._ticks.items() if tick.value}
        return [
            *(
                admin_requests.admin_add_user_to_group(pool, username, each)
                for each in sorted(is_in - self._was)
            ),
            *(
                admin_requests.admin_remove_user_from_group(pool, username, each)
                for each in sorted(self._was - is_in)
            ),
        ]


class SetMfaPreference(Chooser):
    """AdminSetUserMFAPreference."""

    def __init__(self, admin: UserAdmin, user: User) -> None:
        super().__init__(admin, user, Action.SET_MFA_PREFERENCE)
        self._ticks: dict[str, Tick] = {}
        names = tuple(admin_requests.MFA_SETTINGS)
        self._preferred = Choice(
            [Option("", "none", "the user chooses"), *(Option(name, name) for name in names)]
        )

    async def load(self) -> list[Widget]:
        """Each factor, and which is preferred."""
        has = self.user.mfa or ()
        self._ticks = {name: Tick(name, value=name in has) for name in admin_requests.MFA_SETTINGS}
        self._preferred.choose(self.user.preferred_mfa)
        return [
            *(FormRow("On" if n == 0 else "", tick) for n, tick in enumerate(self._ticks.values())),
            FormRow("Preferred", self._preferred),
        ]

    async def calls(self) -> Sequence[Call] | None:
        """A factor that is preferred has to be on."""
        preferred = self._preferred.value
        if self._ready and preferred and not self._ticks[preferred].value:
            self.tell(say(f"{FAILED} $name cannot be preferred: it is not on.", name=preferred))
            return None
        return await super().calls()

    def chosen(self) -> list[Call]:
        """One request, for the factors that are to change."""
        has, was, preferred = self.user.mfa or (), self.user.preferred_mfa, self._preferred.value
        factors = {
            name: tick.value
            for name, tick in self._ticks.items()
            if tick.value != (name in has) or (was != preferred and name in {was, preferred})
        }
        if not factors:
            return []
        pool, username = self.admin.user_pool_id, self.user.username
        named = preferred if preferred in factors else ""
        return [admin_requests.admin_set_user_mfa_preference(pool, username, factors, named)]


class ForgetDevices(Chooser):
    """AdminForgetDevice, for each device that is ticked."""

    def __init__(self, admin: UserAdmin, user: User) -> None:
        super().__init__(admin, user, Action.FORGET_DEVICE)
        self._ticks: dict[str, Tick] = {}

    async def load(self) -> list[Widget]:
        """The devices, none ticked."""
        pool, username = self.admin.user_pool_id, self.user.username
        devices = await self.all_of(
            lambda page: admin_requests.admin_list_devices(pool, username, page), "Devices", "PaginationToken"
        )
        self._ticks = {
            str(each.get("DeviceKey")): Tick(Content(visible(device_words(each)))) for each in devices
        }
        return list(self._ticks.values()) or [Static(quiet("The user has no devices."))]

    def chosen(self) -> list[Call]:
        """One request a device."""
        pool, username = self.admin.user_pool_id, self.user.username
        keys = [device for device, tick in self._ticks.items() if tick.value]
        return [admin_requests.admin_forget_device(pool, username, each) for each in keys]


class RevokeSessions(Chooser):
    """AdminUserGlobalSignOut, or AdminRevokeUserSession for one."""

    ALL: Final = ""

    def __init__(self, admin: UserAdmin, user: User, action: Action = Action.SIGN_OUT_EVERYWHERE) -> None:
        super().__init__(admin, user, action)
        everywhere = Option(self.ALL, "all of them", Action.SIGN_OUT_EVERYWHERE.consequence)
        self._choice = Choice([everywhere])

    @property
    def verb(self) -> str:
        """What the button says, whatever is chosen."""
        return "Revoke"

    @property
    def title_words(self) -> str:
        """The same whichever is chosen."""
        return f"Revoke sessions · {visible(self.user.username)}"

    async def load(self) -> list[Widget]:
        """All, or one of those the pool tracks; where it does not, that is said."""
        pool, username = self.admin.user_pool_id, self.user.username
        told = Static("")
        try:
            sessions = await self.all_of(
                lambda page: admin_requests.admin_list_user_sessions(pool, username, page),
                "Sessions",
                "NextToken",
            )
        except CognitoError as error:
            sessions = []
            told.update(quiet(f"Sessions cannot be listed: {why_missing(error)}"))
        everywhere = Option(self.ALL, "all of them", Action.SIGN_OUT_EVERYWHERE.consequence)
        options = [
            Option(str(each.get("SessionId")), visible(session_words(each, self._when))) for each in sessions
        ]
        self._choice.show([everywhere, *options])
        return [self._choice, told]

    def _when(self, moment: datetime) -> str:
        return date_words(moment.astimezone(self.admin.zone))

    def on_choice_changed(self, event: Choice.Changed) -> None:
        """Which operation it is."""
        event.stop()
        self.action = Action.REVOKE_SESSION if event.value else Action.SIGN_OUT_EVERYWHERE
        self.about = self.action.about
        self.paint()

    def chosen(self) -> list[Call]:
        """One request."""
        pool, username = self.admin.user_pool_id, self.user.username
        if self._choice.value == self.ALL:
            return [admin_requests.admin_user_global_sign_out(pool, username)]
        return [admin_requests.admin_revoke_user_session(pool, username, self._choice.value)]
