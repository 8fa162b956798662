"""Choosing the user pool that profiles are imported from."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input

from cognito_tui.cognito.checks import user_pool_id_problem
from cognito_tui.cognito.explain import Fix, Remedy
from cognito_tui.cognito.listed import Named, user_pools
from cognito_tui.cognito.model import region_of
from cognito_tui.store.importing import Source
from cognito_tui.tui.say import OPEN, key, say
from cognito_tui.tui.screens.account_list import AccountList
from cognito_tui.tui.screens.import_clients import ImportClients
from cognito_tui.tui.widgets.form_row import FormRow
from cognito_tui.tui.widgets.inputs import IdInput
from cognito_tui.tui.widgets.pick_list import PickList
from cognito_tui.tui.working import begin
from cognito_tui.tui.world import World


class ChoosePool(AccountList):
    """The user pools of a region; one that may not be listed can be named by its ID."""

    HELP = """
    # The user pool

    `enter` lists the app clients of the pool under the cursor. `t` takes the **ID** of one: its clients may
    still be listed where the pools may not. Pools come in 60 at a time; `l` lists on after a stop or error.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("t", "type_id", "Type an ID", show=False)]

    WHAT = "Listing user pools"
    KEYS = "enter lists its app clients · t types an ID · esc goes back"
    TITLES: ClassVar[Sequence[str]] = ("User pool", "Pool ID")

    def __init__(self, world: World, source: Source) -> None:
        super().__init__(world, source, user_pools(), "Import from AWS › user pool")
        self._typed = IdInput()
        self._row = FormRow("Pool ID", self._typed, help=f"such as {source.region}_AbCdEf123; enter goes on")

    def parts(self) -> ComposeResult:
        """The ID, once it is to be typed."""
        self._row.display = False
        yield self._row

    def say_more(self) -> Content:
        """That there is nothing."""
        words = f"{OPEN} There are no user pools in $region. {key('t')} takes the ID of one."
        return say(words, region=self.source.region) if self.is_empty else Content()

    def way_on(self) -> list[Fix]:
        """Its clients may be listed where the pools may not."""
        return [Fix("t", Remedy.EDIT, "type the pool ID", "its app clients may still be listed")]

    async def take(self, fix: Fix) -> None:
        """Type the ID; or as everywhere."""
        if fix.remedy is Remedy.EDIT:
            self.action_type_id()
        else:
            await super().take(fix)

    def action_type_id(self) -> None:
        """Name a pool that is not in the list."""
        self._row.display = True
        self._typed.focus()

    @on(Input.Submitted)
    def _type(self, event: Input.Submitted) -> None:
        event.stop()
        problem = user_pool_id_problem(event.value) or self._elsewhere(event.value)
        self._row.show_problem(problem)
        if not problem:
            self._open(Named(event.value))

    def _elsewhere(self, pool_id: str) -> str | None:
        """Why calls would not find the pool: at AWS its ID begins with its region."""
        region = region_of(pool_id)
        if self.source.endpoint_url or region == self.source.region:
            return None
        return f"is in the region {region}, and this is {self.source.region}: esc goes back to that"

    @on(PickList.Chosen)
    def _chosen(self, event: PickList.Chosen) -> None:
        event.stop()
        self._open(event.row.named)

    def _open(self, pool: Named) -> None:
        if self.is_active:
            begin(self, partial(self._import_from, pool), "import", "importing profiles")

    async def _import_from(self, pool: Named) -> None:
        made = await self.app.push_screen_wait(ImportClients(self.world, self.source, pool))
        if made:
            self.leave(made)
