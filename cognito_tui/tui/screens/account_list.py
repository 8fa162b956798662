"""A list of an account's, page by page, in a dialog; what went wrong stands in its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical
from textual.content import Content
from textual.widgets import Static

from cognito_tui.cognito.checks import is_loopback
from cognito_tui.cognito.errors import CognitoError, NoCredentials, Refused
from cognito_tui.cognito.explain import Explanation, Fix, Remedy, Situation, explain
from cognito_tui.cognito.iam_policy import import_policy, resource_of
from cognito_tui.cognito.listed import ListPages, Named
from cognito_tui.cognito.model import AppClient
from cognito_tui.cognito.snippets import Where
from cognito_tui.cognito.steps import Answer, Call
from cognito_tui.cognito.user_actions import iam_action
from cognito_tui.store.importing import Source
from cognito_tui.tui.listing import Progress, Stage, patiently
from cognito_tui.tui.messages import Copy
from cognito_tui.tui.say import quiet
from cognito_tui.tui.screens.dialog import Dialog
from cognito_tui.tui.widgets.error_pane import ErrorPane
from cognito_tui.tui.widgets.load_line import LoadLine
from cognito_tui.tui.widgets.no_credentials import (
    AGAIN,
    AWS_PROFILE,
    POLICY,
    NoCredentialsPane,
    copy_policy,
    look_again,
)
from cognito_tui.tui.widgets.offers import Offer, Offers
from cognito_tui.tui.widgets.pane import Pane
from cognito_tui.tui.widgets.pick_list import PickHead, PickList, PickRow
from cognito_tui.tui.working import begin
from cognito_tui.tui.world import World


class AccountList(Dialog[tuple[str, ...]]):
    """Lists what `source` has, as the pages come in. Gives the names of the profiles that were made."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("l", "list_on", "List on", show=False)]

    WHAT: ClassVar[str] = ""
    """What needs AWS credentials, for a sentence that begins with it."""

    TITLES: ClassVar[Sequence[str]] = ("Name", "ID")
    MARKS: ClassVar[bool] = False
    KEYS: ClassVar[str] = ""
    """The keys of the list."""

    def __init__(self, world: World, source: Source, pages: ListPages, title: str) -> None:
        super().__init__()
        self.world = world
        self.source = source
        self.picks = PickList(marks=self.MARKS, id="account-list")
        self._pages = pages
        self._pane = Pane(title=title, subtitle=self.KEYS, classes="dialog account")
        self._progress = Progress()
        self._load_line = LoadLine()
        self._below = Static("", id="account-told")

    # What a subclass says

    @property
    def pool_id(self) -> str:
        """The user pool that is looked into; empty for all."""
        return ""

    def row_for(self, named: Named) -> PickRow:
        """The line of what was listed."""
        return PickRow(named)

    def parts(self) -> ComposeResult:
        """What stands below the list."""
        yield from ()

    def say_more(self) -> Content:
        """What is told of the line under the cursor, or of all."""
        return Content()

    def way_on(self) -> list[Fix]:
        """What else can be done where the list is refused."""
        return []

    # The list

    def compose(self) -> ComposeResult:
        """Where, the list, how far it has come."""
        with self._pane:
            yield Static(quiet(where_words(self.source)), classes="cut")
            with Container(id="account-place"), Vertical(id="account-columns"):
                yield PickHead(self.TITLES, marks=self.MARKS)
                yield self.picks
            yield self._load_line
            yield self._below
            yield from self.parts()

    def on_mount(self) -> None:
        """Begin to list."""
        self.picks.focus()
        self.action_list_on()

    async def send(self, call: Call) -> Answer:
        """Send `call` there.

        Raises:
            CognitoError: see `cognito.errors`.
        """
        source = self.source
        where = Where(source.region, source.endpoint_url, source.aws_profile)
        return (await self.world.calls.send(where, call)).body

    async def send_patiently(self, call: Call) -> Answer:
        """The same, sent again after a while where Cognito turns it away for its rate."""
        return await patiently(partial(self.send, call), self._wait)

    @property
    def under_way(self) -> bool:
        """Whether pages are being asked for."""
        return self._progress.under_way

    def action_list_on(self) -> None:
        """Ask for the pages that are missing."""
        if not (self._pages.over or self.under_way or self.has_class("-problem")):
            self._go_on(replace(self._progress, stage=Stage.LOADING, error=None))
            begin(self, self._ask_pages, "pages", f"{self.WHAT.lower()}")

    async def _ask_pages(self) -> None:
        while not self._pages.over:
            try:
                answer = await self.send_patiently(self._pages.call)
            except CognitoError as error:
                await self._failed(error)
                return
            self.picks.extend([self.row_for(each) for each in self._pages.take(answer)])
            self._go_on(replace(self._progress, stage=Stage.LOADING))
        now = self.world.means.now().astimezone(self.world.zone)
        self._go_on(replace(self._progress, stage=Stage.DONE, at=f"{now:%H:%M}"))

    def _wait(self, seconds: float) -> None:
        self._go_on(replace(self._progress, stage=Stage.WAITING, waits=seconds))

    def _go_on(self, progress: Progress) -> None:
        self._progress = replace(progress, loaded=self.picks.count)
        self._load_line.show(self._progress)
        self.tell()

    def tell(self) -> None:
        """Say what there is to say below the list."""
        self._below.update(self.say_more())

    @property
    def is_empty(self) -> bool:
        """Whether all pages came, and nothing was on them."""
        return self._progress.stage is Stage.DONE and not self.picks.count

    @on(PickList.Moved)
    def _moved(self, event: PickList.Moved) -> None:
        event.stop()
        self.tell()

    def action_cancel(self) -> None:
        """List no more; then go back."""
        if self.under_way:
            self.workers.cancel_group(self, "pages")
            self._go_on(replace(self._progress, stage=Stage.STOPPED))
        else:
            self.dismiss(None)

    # What went wrong

    async def _failed(self, error: CognitoError) -> None:
        self._go_on(replace(self._progress, stage=Stage.FAILED, error=error))
        if self.picks.count:
            told = missing(error, self.source, self.pool_id) or error.sentence
            self.notify(told, title=error.name, severity="error", timeout=12, markup=False)
            return
        problem: ErrorPane | NoCredentialsPane
        if isinstance(error, NoCredentials):
            problem = NoCredentialsPane(error, self.WHAT, self._ways_out(), "a profile made by hand: n")
        else:
            problem = ErrorPane(error, self._explained(error))
        place = self.query_one("#account-place")
        if place.is_attached:  # and the app does not end
            self._shows_problem(True)
            await place.mount(problem)
            problem.begin()

    def _shows_problem(self, shows: bool) -> None:
        self.set_class(shows, "-problem")
        self._pane.border_subtitle = "esc goes back" if shows else self.KEYS

    @property
    def policy(self) -> str:
        """What the identity must be allowed."""
        return import_policy(self.source.region, self.pool_id or "*")

    def _ways_out(self) -> list[Offer]:
        about = "its name goes into the form before; empty: the default chain"
        return [
            Offer("p", "Choose an AWS profile", about, AWS_PROFILE),
            look_again(),
            copy_policy(self.policy, "an import"),
        ]

    def _explained(self, error: CognitoError) -> Explanation:
        source = self.source
        known = Situation(
            AppClient(self.pool_id, ""),
            "",
            region=source.region,
            endpoint_url=source.endpoint_url,
            aws_profile=source.aws_profile or "",
        )
        told = explain(error, known)
        fixes = [Fix("r", Remedy.RETRY, "try again", "lists from the first page"), *self.way_on()]
        fixes.append(Fix("o", Remedy.EDIT_PROFILE, "go back", "another region, AWS profile or endpoint"))
        if grant := missing(error, source, self.pool_id):
            fixes.append(
                Fix("c", Remedy.COPY_COMMAND, "copy the IAM policy", "the actions of an import", self.policy)
            )
            told = replace(told, meaning=grant)
        return replace(told, fixes=tuple(fixes))

    @on(ErrorPane.FixChosen)
    async def _fix(self, event: ErrorPane.FixChosen) -> None:
        event.stop()
        await self.take(event.fix)

    async def take(self, fix: Fix) -> None:
        """Take a way out."""
        match fix.remedy:
            case Remedy.COPY_COMMAND:
                self.copy_policy()
            case Remedy.EDIT_PROFILE:
                self.dismiss(None)
            case _:
                await self.try_again()

    @on(Offers.Chosen, "#offers")
    async def _way_out(self, event: Offers.Chosen) -> None:
        event.stop()
        match event.value:
            case value if value == AGAIN:
                await self.try_again()
            case value if value == POLICY:
                self.copy_policy()
            case _:
                self.dismiss(None)

    def copy_policy(self) -> None:
        """Copy what the identity must be allowed."""
        self.post_message(Copy("IAM policy", self.policy, sensitive=False))

    async def try_again(self) -> None:
        """The list once more in the place of what went wrong."""
        await self.query("#account-place > ErrorPane, #account-place > NoCredentialsPane").remove()
        self._shows_problem(False)
        self.picks.focus()
        self.action_list_on()


def missing(error: CognitoError, source: Source, pool_id: str) -> str:
    """The IAM action to grant and on what, where that is what is missing; else nothing."""
    if not isinstance(error, Refused) or error.code != "AccessDeniedException":
        return ""
    resource = resource_of(error.operation, source.region, pool_id or "*")
    return f"Grant the IAM action {iam_action(error.operation)} on {resource}."


def where_words(source: Source) -> str:
    """Where it is looked, and as whom."""
    stands_in = "stand-in credentials" if is_loopback(source.endpoint_url) else "default chain of credentials"
    whose = f"AWS profile {source.aws_profile}" if source.aws_profile else stands_in
    return f"{source.endpoint_url or 'AWS'}, {source.region} · {whose}"
