"""The list of the users place: pages, kinds, searches, orders, and what stands there when it fails."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Horizontal, Vertical
from textual.timer import Timer
from textual.widgets import Input

from cognito_tui.cognito.described import UserPoolDescription
from cognito_tui.cognito.errors import CognitoError, NoCredentials, Refused
from cognito_tui.cognito.explain import Explanation, Fix, Remedy, Situation, explain
from cognito_tui.cognito.iam_policy import policy
from cognito_tui.cognito.user_filters import Search, meant
from cognito_tui.cognito.users import Chip
from cognito_tui.store.profile import Profile
from cognito_tui.tui.account import Account
from cognito_tui.tui.admin import AdminCalls
from cognito_tui.tui.in_use import Admin, InUse
from cognito_tui.tui.listing import Pages, Progress, Stage
from cognito_tui.tui.messages import Copy, EditProfile, EnterSandbox, SignedCall
from cognito_tui.tui.roll import AS_TOLD, SORTED_BY, Order, Roll
from cognito_tui.tui.screens.place import Place
from cognito_tui.tui.user_rows import Moment, UserRow, columns_at, looking_for, row_of
from cognito_tui.tui.widgets.chips import ORDER, Chips, holds, keep_of
from cognito_tui.tui.widgets.error_pane import ErrorPane
from cognito_tui.tui.widgets.load_line import LoadLine
from cognito_tui.tui.widgets.no_credentials import (
    AGAIN,
    AWS_PROFILE,
    POLICY,
    SANDBOX,
    NoCredentialsPane,
    copy_policy,
    look_again,
)
from cognito_tui.tui.widgets.offers import Offer, Offers
from cognito_tui.tui.widgets.pane import Pane
from cognito_tui.tui.widgets.search_line import SearchField, SearchLine
from cognito_tui.tui.widgets.user_list import UserList, UserListHead
from cognito_tui.tui.working import begin
from cognito_tui.tui.world import World

MINUTE: Final = 60.0

COUNT_AFTER: Final = 0.1
"""Seconds between two counts while pages come in."""

Problem = ErrorPane | NoCredentialsPane


def _chip(number: int) -> Binding:
    chip = ORDER[number - 1]
    return Binding(
        str(number),
        f"chip({number})",
        f"Show: {chip.value.lower()}",
        show=False,
        tooltip="Show the users of this kind",
        id=f"users.chip{number}",
    )


ESCAPES: Final = (
    Binding("escape", "stop", "Stop", key_display="esc", tooltip="Load no more; what is there stays"),
    Binding("escape", "show_all", "All users", key_display="esc", tooltip="Leave what the search found"),
    Binding("escape", "end_search", "End search", key_display="esc", tooltip="Show everybody again"),
)
"""One of them at a time. A subclass with its own meaning of the key has to name them again."""


class UserListing(Place):
    """Lists the users of the pool of the profile in use. What is done about one is for the place itself."""

    PLACE = "users"
    AUTO_FOCUS = "UserList"

    BINDINGS: ClassVar[list[BindingType]] = [
        *map(_chip, range(1, len(ORDER) + 1)),
        # with priority, so that what is typed in one burst with it goes to the field
        Binding(
            "slash",
            "search",
            "Search",
            key_display="/",
            tooltip="Search the users",
            priority=True,
            id="users.search",
        ),
        *ESCAPES,
        Binding(
            "l", "load_on", "Load on", show=False, tooltip="Ask for the pages that are missing", id="users.on"
        ),
        Binding("ctrl+r", "reload", "Reload", show=False, tooltip="List the users anew", id="users.reload"),
        Binding("o", "sort", "Sort", show=False, tooltip="Sort by the next column", id="users.sort"),
        Binding(
            "O", "turn_round", "Turn round", show=False, tooltip="Sort the other way round", id="users.turn"
        ),
    ]

    def __init__(self, world: World) -> None:
        super().__init__(world)
        self.users = UserList(id="users")
        self._chips = Chips()
        self._search = SearchLine(self._typed)
        self._head = UserListHead()
        self._pane = Pane(
            self._search, self._head, self.users, title="Users", id="users-pane", classes="grow tight"
        )
        self._line = LoadLine()
        self._everybody = self.users.roll
        self._chip = Chip.ALL
        self._order = AS_TOLD
        self.calls: AdminCalls | None = None
        self.account: Account | None = None
        self.pool: UserPoolDescription | None = None
        self._pages: Pages | None = None
        self._progress = Progress()
        self._before_search = Progress()
        self._counts: Timer | None = None
        self._in_the_footer: tuple[object, ...] = ()

    def body(self) -> ComposeResult:
        """The list and the card; in their place, what went wrong."""
        with Container(id="users-place"), Horizontal(id="users-columns"):
            with Vertical(id="users-left"):
                yield self._chips
                yield from self.above()
                yield self._pane
                yield self._line
                yield from self.strip()
            yield from self.card()

    def on_mount(self) -> None:
        """What dies in so many hours is told anew each minute."""
        self.users.tick(self.moment)
        self.set_interval(MINUTE, self._minute_passed)

    # The profile in use

    def in_use_changed(self, before: InUse | None, now: InUse | None) -> None:
        """Another pool has other users."""
        if now is None:
            return
        other = self.calls is None or _pool_of(self.calls.in_use) != _pool_of(now)
        if other:
            self._forget()
        if other or (before and before.profile != now.profile):
            self.calls = AdminCalls(now, self.world.calls, partial(self._signed, now))
            self.account = Account(now, self.calls.send)
            self.other_pool(self.calls, self.account)
        if other:
            self._load_soon()

    def lists(self, in_use: InUse) -> bool:
        """Whether the users of this pool are listed, or begin to be."""
        return (
            self.calls is not None
            and self._pages is not None
            and _pool_of(in_use) == _pool_of(self.calls.in_use)
        )

    def on_screen_resume(self) -> None:
        """Begin to load when somebody looks."""
        self._load_soon()

    def _forget(self) -> None:
        self.workers.cancel_group(self, "pages")
        self._pages, self.pool = None, None
        self._everybody = Roll()
        self.users.use(self._everybody)
        self.users.unmark()
        self._progress = Progress()
        if self.is_mounted:
            self._show()

    def _signed(self, in_use: InUse, admin: Admin) -> None:
        self.post_message(SignedCall(admin, in_use.signer))

    # Loading

    def _load_soon(self) -> None:
        if self.is_current and self.calls is not None and self._pages is None:
            self.call_later(self._load)

    async def _load(self) -> None:
        """List everybody from the first page."""
        await self._take_away_problem()
        # only now: meanwhile another pool may have come into use
        admin, account = self.calls, self.account
        if admin is None or account is None or self._pages is not None:
            return
        self._pages = Pages(admin.send, admin.in_use.profile.user_pool_id)
        self._run(self._pages, self._everybody)
        begin(self, partial(self._describe, account), "describe", "describing the pool")

    def _run(self, pages: Pages, roll: Roll) -> None:
        """Ask for all pages that are left."""
        self._go_on(replace(self._progress, stage=Stage.LOADING, error=None))
        begin(self, partial(self._pages_into, roll, pages), "pages", "listing users")

    async def _describe(self, account: Account) -> None:
        pool = await account.describe_pool(anew=True)
        if account is self.account and pool is not None:
            self.pool = pool
            self._before_search = replace(self._before_search, about=pool.estimated_users)
            self.users.tick(self.moment)
            self._go_on(replace(self._progress, about=pool.estimated_users))
            self.look_at(self.users.row)

    async def _pages_into(self, roll: Roll, pages: Pages) -> None:
        seen = {row.username for row in roll.all} if roll is not self._everybody else set()
        while not pages.over:
            try:
                page = await pages.next(self._wait)
            except CognitoError as error:
                self._failed(roll, error)
                return
            self._take(roll, [row_of(user) for user in page], seen)
        self._go_on(replace(self._progress, stage=Stage.DONE, at=f"{self.now:%H:%M}"))

    def _take(self, roll: Roll, page: list[UserRow], seen: set[str]) -> None:
        if roll is not self._everybody:  # several searches may find the same user
            page = [row for row in page if row.username not in seen]
            seen.update(row.username for row in page)
        self.users.extend(page)
        goes_on_again = self._progress.stage is not Stage.LOADING
        self._progress = replace(self._progress, stage=Stage.LOADING)
        if goes_on_again:
            self._go_on(self._progress)
        elif self._counts is None:  # not for each page: they come faster than anybody reads
            self._counts = self.set_timer(COUNT_AFTER, self.count)

    def put(self, row: UserRow) -> None:
        """Show what is known now of a user, in what a search found as in the whole list."""
        found = self.users.roll
        if found is not self._everybody:
            self._everybody.put(row)
            if found.has(row.username):
                self.users.put(row)
        else:
            self.users.put(row)
        self.count()

    def drop(self, username: str) -> None:
        """Show a user no longer, in what a search found as in the whole list."""
        self._everybody.drop(username)
        self.users.drop(username)
        self.count()

    def _wait(self, seconds: float) -> None:
        self._go_on(replace(self._progress, stage=Stage.WAITING, waits=seconds))

    def _failed(self, roll: Roll, error: CognitoError) -> None:
        self._go_on(replace(self._progress, stage=Stage.FAILED, error=error))
        if len(roll) == 0 and roll is self._everybody:
            # in the screen's own queue, one after another with what takes it away again
            self._pages = None
            self.call_later(self._show_problem, error)
        else:
            self.notify(error.sentence, title=error.name, severity="error", timeout=12, markup=False)

    def _go_on(self, progress: Progress) -> None:
        self._progress = progress
        self.count()
        self.update_footer()

    def count(self) -> None:
        """Say how many there are of each kind, and how far the list has come."""
        if self._counts is not None:
            self._counts.stop()
            self._counts = None
        if not self.is_mounted:
            return
        progress = self._progress = replace(self._progress, loaded=len(self.users.roll))
        self._line.show(progress)
        self._chips.show(self._chip, {chip: self._number(chip) for chip in ORDER})
        self._pane.border_subtitle = self._subtitle()
        if self.users.row is None:
            self.look_at(None)

    def _number(self, chip: Chip) -> str:
        roll, progress = self.users.roll, self._progress
        if progress.stage is Stage.IDLE:
            return ""
        if progress.stage is Stage.DONE:
            return f"{roll.count(partial(holds, chip)):,}"
        if chip is Chip.ALL and progress.about is not None and not progress.searched:
            return f"~{max(progress.about, len(roll)):,}"
        return f"{roll.count(partial(holds, chip)):,}+"

    def _subtitle(self) -> str:
        shown, marked = len(self.users.roll.shown), len(self.users.marked)
        if marked:
            return f"{marked:,} selected · b acts on them"
        if shown == len(self.users.roll):
            return "none selected"
        return f"none selected · b acts on all {shown:,}"

    def action_stop(self) -> None:
        """Load no more; what is there stays."""
        self.workers.cancel_group(self, "pages")
        self._go_on(replace(self._progress, stage=Stage.STOPPED))

    def action_load_on(self) -> None:
        """Ask for the pages that are missing."""
        if self._pages is not None:
            self._run(self._pages, self.users.roll)

    def action_reload(self) -> None:
        """List the users anew; who is selected stays so."""
        # in the screen's own queue, one after another with whatever else mounts and removes there
        self.call_later(self._reload)

    async def _reload(self) -> None:
        marked = set(self.users.marked)
        self._forget()
        self.users.mark_only(sorted(marked))
        await self._load()

    # Searching, filtering, sorting

    def _typed(self, _text: str) -> None:
        # within the key's own message: the list is painted together with the letter
        self._show()

    def _show(self) -> None:
        looking = looking_for(self._search.field.value)
        self.users.look(keep=keep_of(self._chip, looking.enabled), needle=looking.needle, order=self._order)
        self._head.show(self._order)
        self.count()
        self.update_footer()

    def action_search(self) -> None:
        """Go to the search field."""
        self.set_focus(self._search.field)

    @on(SearchField.Left)
    def _back_to_list(self, event: SearchField.Left) -> None:
        event.stop()
        self.users.focus()

    @on(Input.Submitted, "#user-search")
    def _ask_server(self, event: Input.Submitted) -> None:
        event.stop()
        searches = meant(event.value)
        self.users.focus()
        if not searches or self.calls is None:
            return
        try:
            filters = [search.filter for search in searches]
        except ValueError as error:
            self.notify(str(error), title="Not searched", severity="error", markup=False)
            return
        self._find(self.calls, filters, _in_words(searches))

    def _find(self, admin: AdminCalls, filters: list[str], what: str) -> None:
        """Show whom Cognito finds in place of everybody, who come back as they were."""
        if not self._progress.searched:
            stopped = self._progress.stage is not Stage.DONE
            self._before_search = replace(self._progress, stage=Stage.STOPPED) if stopped else self._progress
            self._listing_before = self._pages
        self._search.field.value = ""
        found = Roll()
        self.users.use(found)
        self._show()
        self._pages = Pages(admin.send, admin.in_use.profile.user_pool_id, filters)
        self._progress = Progress(searched=what)
        self._run(self._pages, found)

    def action_show_all(self) -> None:
        """Leave what the search found; everybody who was loaded is there again."""
        self.workers.cancel_group(self, "pages")
        at = self.users.row
        self.users.use(self._everybody)
        self._pages = self._listing_before
        self._show()
        if at is not None:
            self.users.go_to(at.username)
        self._go_on(self._before_search)

    def action_end_search(self) -> None:
        """Show everybody again."""
        self._search.field.value = ""

    def show_everybody(self) -> None:
        """Leave every search and kind."""
        if self._progress.searched:
            self.action_show_all()
        self._chip = Chip.ALL
        self._search.field.value = ""
        self._show()

    def action_chip(self, number: int) -> None:
        """Show the users of a kind."""
        self._chip = ORDER[number - 1]
        self._show()

    @on(Chips.Chosen)
    def _choose_chip(self, event: Chips.Chosen) -> None:
        event.stop()
        self.action_chip(ORDER.index(event.chip) + 1)

    def action_sort(self) -> None:
        """Sort by the next column that is shown, and after the last as Cognito tells."""
        shown = {column.key for column in columns_at(self.users.room)}
        keys = ["", *SORTED_BY]
        following = keys[keys.index(self._order.key) + 1 :]
        self._sort_by(Order(next((key for key in following if key in shown), "")))

    def action_turn_round(self) -> None:
        """Sort the other way round."""
        self._sort_by(replace(self._order, backwards=not self._order.backwards))

    @on(UserListHead.Clicked)
    def _title_clicked(self, event: UserListHead.Clicked) -> None:
        event.stop()
        same = event.key == self._order.key
        self._sort_by(Order(event.key, backwards=same and not self._order.backwards))

    def _sort_by(self, order: Order) -> None:
        self._order = order if order.key else AS_TOLD
        self._show()

    @on(UserList.Moved)
    def _moved(self, event: UserList.Moved) -> None:
        event.stop()
        self.look_at(event.row)

    @on(UserList.Marked)
    def _marked(self, event: UserList.Marked) -> None:
        event.stop()
        self.count()

    # For the place

    def above(self) -> ComposeResult:
        """What stands above the list."""
        yield from ()

    def strip(self) -> ComposeResult:
        """What stands below the list on a narrow screen."""
        yield from ()

    def card(self) -> ComposeResult:
        """What stands beside the list."""
        yield from ()

    def look_at(self, row: UserRow | None) -> None:
        """The cursor is on another user, or more is known of the pool."""

    def other_pool(self, calls: AdminCalls, account: Account) -> None:
        """Calls go to another pool now, or in another way; `account` tells of it."""

    @property
    def why_nobody(self) -> str:
        """Why no user is under the cursor."""
        if self._progress.under_way:
            return ""
        if len(self.users.roll):
            return "Nobody is like this."
        return "Cognito has found nobody." if self._progress.searched else "The pool has no users."

    @property
    def shows_list(self) -> bool:
        """Whether the list is there, and nothing stands in its place."""
        return bool(self.query_one("#users-columns").display)

    # What went wrong

    async def _show_problem(self, error: CognitoError) -> None:
        if self.calls is None or self._pages is not None:
            return
        await self._take_away_problem()
        profile = self.calls.in_use.profile
        problem: Problem
        if isinstance(error, NoCredentials):
            offers = _ways_out(profile, in_sandbox=self.world.practice is not None)
            problem = NoCredentialsPane(error, "Listing users", offers, "F3 Sign in, F6 Secret hash")
        else:
            problem = ErrorPane(error, _explained(error, self.calls.in_use))
        place = self.query_one("#users-place")
        if place.is_attached:  # and the app does not end
            self.query_one("#users-columns").display = False
            await place.mount(problem)
            problem.begin()

    async def _take_away_problem(self) -> None:
        await self.query(ErrorPane).remove()
        await self.query(NoCredentialsPane).remove()
        columns = self.query_one("#users-columns")
        if not columns.display:
            columns.display = True
            self.users.focus()

    @on(ErrorPane.FixChosen)
    async def _fix(self, event: ErrorPane.FixChosen) -> None:
        event.stop()
        match event.fix.remedy:
            case Remedy.COPY_COMMAND:
                self.post_message(Copy("IAM policy", event.fix.argument, sensitive=False))
            case Remedy.EDIT_PROFILE if self.calls:
                self.post_message(EditProfile(self.calls.in_use.profile))
            case _:
                await self._reload()

    @on(Offers.Chosen, "#offers")
    def _way_out(self, event: Offers.Chosen) -> None:
        event.stop()
        if self.calls is None:
            return
        profile = self.calls.in_use.profile
        if event.value == AGAIN:
            self.action_reload()
        elif event.value == AWS_PROFILE:
            self.post_message(EditProfile(profile))
        elif event.value == POLICY:
            allowed = policy(profile.user_pool_id, profile.region)
            self.post_message(Copy("IAM policy", allowed, sensitive=False))
        else:
            self.post_message(EnterSandbox())

    # The time, and the keys of the moment

    @property
    def now(self) -> datetime:
        """The time of day."""
        return self.world.means.now().astimezone(self.world.zone)

    @property
    def moment(self) -> Moment:
        """What the cells of the list depend on."""
        days = self.pool.password_policy.temporary_password_days if self.pool else None
        return Moment(self.now.timestamp(), days, self.world.zone)

    def _minute_passed(self) -> None:
        if self.is_current:
            self.users.tick(self.moment)
            self.look_at(self.users.row)

    def footer_state(self) -> tuple[object, ...]:
        """What the keys in the footer depend on."""
        progress, text = self._progress, self._search.field.value
        return progress.under_way, bool(progress.searched), bool(text), self.shows_list

    def update_footer(self) -> None:
        """Show other keys, if there are others: what each may do now is asked of every part of the place."""
        state = self.footer_state()
        if state != self._in_the_footer:
            self._in_the_footer = state
            self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Escape means one thing at a time; without a list there is only a way out."""
        progress = self._progress
        if action in _OF_THE_LIST and not self.shows_list:
            return False
        match action:
            case "search":
                return not isinstance(self.focused, Input)
            case "stop":
                return progress.under_way
            case "show_all":
                return bool(progress.searched) and not progress.under_way
            case "end_search":
                return not progress.under_way and not progress.searched and bool(self._search.field.value)
            case "load_on":
                return progress.can_go_on
        return True

    _listing_before: Pages | None = None


_OF_THE_LIST: Final = frozenset({"chip", "search", "sort", "turn_round"})


def _pool_of(in_use: InUse) -> tuple[object, ...]:
    """What makes it another pool, or another way to it."""
    return in_use.profile.user_pool_id, in_use.where


def _in_words(searches: tuple[Search, ...]) -> str:
    """What the server is asked for: attribute, sign and value."""
    return " or ".join(f"{each.attribute}{'=' if each.exact else ':'}{each.value}" for each in searches)


def _ways_out(profile: Profile, *, in_sandbox: bool) -> list[Offer]:
    """What can be done without credentials."""
    offers = [
        Offer(
            "p",
            f"Choose an AWS profile for “{profile.name}”",
            "its name goes into the profile's form; empty: the default chain",
            AWS_PROFILE,
        ),
        look_again(),
        copy_policy(policy(profile.user_pool_id, profile.region), "this place"),
        Offer("t", "Look at the users of the sandbox", "nothing to set up", SANDBOX),
    ]
    return offers[:-1] if in_sandbox else offers


COPY_POLICY: Final = "copy the IAM policy"


def _explained(error: CognitoError, in_use: InUse) -> Explanation:
    """Why the users could not be listed, and the ways out that this place has."""
    profile = in_use.profile
    known = Situation(
        client=in_use.client,
        username="",
        region=profile.region,
        endpoint_url=in_use.endpoint.url,
        aws_profile=profile.aws_profile or "",
    )
    told = explain(error, known)
    fixes = [fix for fix in told.fixes if fix.remedy in {Remedy.RETRY, Remedy.EDIT_PROFILE}]
    if not any(fix.remedy is Remedy.RETRY for fix in fixes):
        fixes.insert(0, Fix("r", Remedy.RETRY, "try again", "lists the users from the first page"))
    if isinstance(error, Refused) and error.denied:
        needed = policy(profile.user_pool_id, profile.region)
        fixes.append(Fix("c", Remedy.COPY_COMMAND, COPY_POLICY, "the actions of this place", needed))
    return replace(told, fixes=tuple(fixes))
