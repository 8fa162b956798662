"""Importing app clients: those marked become profiles, their secrets go to the vault."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import HorizontalGroup
from textual.content import Content
from textual.widgets import Button

from cognito_tui.cognito.described import AppClientDescription, UserPoolDescription
from cognito_tui.cognito.errors import CognitoError
from cognito_tui.cognito.listed import Named, app_clients
from cognito_tui.cognito.requests import describe_user_pool, describe_user_pool_client
from cognito_tui.cognito.visible import visible
from cognito_tui.store.errors import StoreError
from cognito_tui.store.importing import FoundClient, Source, import_client
from cognito_tui.store.patience import awaited
from cognito_tui.store.profile import Profile
from cognito_tui.store.safekeeping import Kept
from cognito_tui.store.trouble import Trouble, VaultError
from cognito_tui.tui.say import DONE, FAILED, NEEDS, OPEN, key, quiet, say
from cognito_tui.tui.screens.account_list import AccountList, missing
from cognito_tui.tui.secrets import backend_of
from cognito_tui.tui.sight import relabel
from cognito_tui.tui.widgets.pick_list import CAN_BE_PICKED, PickList, PickRow, State
from cognito_tui.tui.widgets.tick import Tick
from cognito_tui.tui.working import begin
from cognito_tui.tui.world import World


class ImportClients(AccountList):
    """The app clients of a user pool. Gives the names of the profiles that were made of some."""

    HELP = """
    # App clients

    `space` marks one, `a` marks all, `enter` imports those marked, or the one under the cursor. Each becomes
    a profile, named after pool and client; one that has a profile already says so and is left as it is.

    Its **client secret** goes straight to the keyring and is not shown. With `m` it stays in memory, for this
    run only. What fails can be imported once more; what is done is done.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("m", "this_run_only", "This run only", show=False),
        Binding("c", "copy_policy", "Copy the policy", show=False),
    ]

    WHAT = "Listing app clients"
    TITLES: ClassVar[Sequence[str]] = ("App client", "Client ID", "Profile")
    KEYS = "space marks · a marks all · enter imports · esc goes back"
    MARKS = True

    def __init__(self, world: World, source: Source, pool: Named) -> None:
        called = visible(pool.name or pool.id)
        super().__init__(world, source, app_clients(pool.id), f"Import from AWS › {called} › app clients")
        self._pool = pool
        self._made: list[str] = []
        self._known: Sequence[Profile] = ()
        self._importing = False
        self._ends = False
        self._denied = ""
        self._trouble = ""
        words = say(f"{key('m')} secrets for this run only, do not keep them")
        self._memory = Tick(words, value=False, id="memory")

    @property
    def pool_id(self) -> str:
        """The pool that is looked into."""
        return self._pool.id

    def parts(self) -> ComposeResult:
        """Where secrets go, the ways on."""
        yield self._memory
        with HorizontalGroup(classes="buttons"):
            yield Button("Import  enter", variant="primary", id="import")
            yield Button("Back  esc", id="back")

    def on_mount(self) -> None:
        """What is known here already, and what of the pool has to be asked."""
        try:
            self._known = self.world.profiles.load()
        except StoreError as error:
            self._trouble = error.sentence
        begin(self, self._ask_backend, "vault", "looking for the keyring")
        if not self._pool.name:
            begin(self, self._ask_name, "pool", "describing the pool")

    async def _ask_backend(self) -> None:
        backend = await backend_of(self.world.vault)
        if backend.kept is not Kept.KEYRING:
            self._memory.value = True

    async def _ask_name(self) -> None:
        """Of a pool that was named by its ID; without it profiles are called after that."""
        try:
            described = UserPoolDescription.of(await self.send_patiently(describe_user_pool(self._pool.id)))
        except CognitoError as error:
            self._denied = missing(error, self.source, self._pool.id)
            self.tell()
        else:
            self._pool = replace(self._pool, name=described.name)

    def found(self, client: Named) -> FoundClient:
        """The app client in this pool."""
        return FoundClient(self.source, self._pool, client)

    def row_for(self, named: Named) -> PickRow:
        """Which profile is about it, if one is."""
        try:
            known = self.found(named).known_as(self._known)
        except StoreError as error:
            return PickRow(named, State.TAKEN, "not possible", error.sentence)
        if known is None:
            return PickRow(named)
        return PickRow(named, State.TAKEN, known.name, f"The profile “{known.name}” is about it already.")

    # Choosing

    @on(PickList.Marked)
    def _marked(self, event: PickList.Marked) -> None:
        event.stop()
        self.tell()

    def tell(self) -> None:
        """Say what there is to say, and how many enter imports."""
        super().tell()
        button = self.query_one("#import", Button)
        relabel(button, self._label)
        button.disabled = self._importing or not self._chosen
        relabel(self.query_one("#back", Button), "Done  esc" if self._made else "Back  esc")

    @property
    def _label(self) -> str:
        if self._importing:
            return "Importing …"
        if marked := len(self.picks.marked):
            return f"Import {marked}  enter"
        failed = self.picks.row is not None and self.picks.row.state is State.FAILED
        return "Try again  enter" if failed else "Import this one  enter"

    @property
    def _chosen(self) -> Sequence[PickRow]:
        """Those that are marked, or the one under the cursor."""
        at = self.picks.row
        return self.picks.marked or ([at] if at and at.state in CAN_BE_PICKED else [])

    def say_more(self) -> Content:
        """How many were imported; what went wrong, or what became of the one under the cursor."""
        lines = [self._summary()] if self._made or self._count(State.FAILED) else []
        if self._trouble:
            lines.append(say(f"{FAILED} $why", why=self._trouble))
        elif (row := self.picks.row) and row.why:
            sign = {State.FAILED: FAILED, State.DONE: DONE}.get(row.state, OPEN)
            lines.append(say(f"{sign} $why", why=row.why))
        elif self._denied:
            words = f"{NEEDS} The pool's name could not be had. $grant {key('c')} copies the policy."
            lines.append(say(words, grant=self._denied))
        elif self.is_empty:
            lines.append(quiet("The user pool has no app client."))
        return Content("\n").join(lines)

    def _summary(self) -> Content:
        parts = [say(f"{DONE} [b]$count[/] imported", count=len(self._made))]
        if refused := self._count(State.FAILED):
            parts.append(say(f"{FAILED} [b]$count[/] not", count=refused))
        if left := len(self.picks.marked):
            parts.append(say(f"{NEEDS} [b]$count[/] to do", count=left))
        if self._denied:
            parts.append(say(f"{key('c')} copies the IAM policy"))
        return Content(" · ").join(parts)

    def _count(self, state: State) -> int:
        return sum(row.state is state for row in self.picks.rows)

    def action_this_run_only(self) -> None:
        """Whether secrets go to the vault, or stay in memory."""
        self._memory.toggle()

    def action_copy_policy(self) -> None:
        """Copy what the identity must be allowed."""
        self.copy_policy()

    # Importing

    @on(PickList.Chosen)
    @on(Button.Pressed, "#import")
    def _import(self, event: PickList.Chosen | Button.Pressed) -> None:
        event.stop()
        if self._chosen and not self._importing:
            begin(self, partial(self._import_all, self._chosen), "import", "importing app clients")

    async def _import_all(self, chosen: Sequence[PickRow]) -> None:
        """Import them one after another. A vault that does not keep one leaves it and the others marked."""
        self._importing, self._ends, self._trouble = True, False, ""
        for row in chosen:
            self.picks.put(replace(row, state=State.MARKED, note="", why=""))
        try:
            for row in chosen:
                if self._ends:
                    break
                if row.named not in self.picks.marked_names:  # taken out while others were imported
                    continue
                self.picks.put(PickRow(row.named, State.NOW, "asking"), go=True)
                self.tell()
                self.picks.put(await self._import_one(row.named))
        except VaultError as error:
            self._tell_trouble(error)
            self.picks.put(PickRow(row.named, State.MARKED, "not kept"))
        finally:
            self._importing = False
            self.tell()
        if self._made and not (self.picks.marked or self._count(State.FAILED)):
            self.leave(tuple(self._made))

    async def _import_one(self, client: Named) -> PickRow:
        """What became of it.

        Raises:
            VaultError: its secret was not kept, and no profile made.
        """
        found = self.found(client)
        try:
            if known := found.known_as(await awaited(self.world.profiles.load)):
                told = f"The profile “{known.name}” is about it already."
                return PickRow(client, State.TAKEN, known.name, told)
            answer = await self.send_patiently(describe_user_pool_client(self._pool.id, client.id))
            secret = AppClientDescription.of(answer).secret
            keep = partial(import_client, remember=self._memory.value)
            profile = await awaited(keep, self.world.profiles, self.world.vault, found, secret)
        except CognitoError as error:
            grant = missing(error, self.source, self._pool.id)
            self._denied = grant or self._denied
            told = f"{grant} {error.operation}: {error.name}: {error.sentence}".lstrip()
            return PickRow(client, State.FAILED, "not allowed" if grant else error.name, told)
        except StoreError as error:
            return PickRow(client, State.FAILED, "not saved", error.sentence)
        self._made.append(profile.name)
        how = "Its client secret is kept." if secret else "The client has no secret."
        note = "saved" if secret else "saved, no secret"
        return PickRow(client, State.DONE, note, f"Saved as “{profile.name}”. {how}")

    def _tell_trouble(self, error: VaultError) -> None:
        then = (
            "It may still be saved once the keyring is answered: look before you import it again."
            if error.trouble is Trouble.TIMEOUT
            else "Nothing was saved of it. Enter tries again, m keeps secrets for this run only."
        )
        self._trouble = f"{error.sentence} {then}"

    @on(Button.Pressed, "#back")
    def action_cancel(self) -> None:
        """Import no more; list no more; then back, or on with what was made."""
        if self._importing:
            self._ends = True
        elif self.under_way or not self._made:
            super().action_cancel()
        else:
            self.dismiss(tuple(self._made))
