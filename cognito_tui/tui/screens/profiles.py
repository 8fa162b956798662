"""The profiles place: every pool and client by its name, and where one begins without any."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Center, Horizontal, Middle, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import ListView, Static

from cognito_tui.cognito.auth_flows import DEFAULT
from cognito_tui.cognito.checks import is_loopback
from cognito_tui.store.errors import StoreError
from cognito_tui.store.patience import awaited
from cognito_tui.store.profile import Profile, items_only_used_by
from cognito_tui.store.safekeeping import Backend
from cognito_tui.store.safekeeping import Kept as Keeps
from cognito_tui.store.saving import delete
from cognito_tui.store.trouble import VaultError
from cognito_tui.tui.in_use import InUse, Kept, KeptSecret
from cognito_tui.tui.messages import EditProfile, EnterSandbox, ProfilesChanged, UseProfile
from cognito_tui.tui.say import DONE, FAILED, NEEDS, OPEN, key, plain, quiet, ruled, say
from cognito_tui.tui.screens.confirm import Confirm
from cognito_tui.tui.screens.import_from import ImportFrom
from cognito_tui.tui.screens.place import Place
from cognito_tui.tui.secrets import backend_of, look_for
from cognito_tui.tui.widgets.columns import Cell, line
from cognito_tui.tui.widgets.cursor_list import CursorList
from cognito_tui.tui.widgets.offers import Offer, Offers
from cognito_tui.tui.widgets.pane import Pane, Section
from cognito_tui.tui.widgets.row import Row
from cognito_tui.tui.working import begin, begin_beside
from cognito_tui.tui.world import World

SIGNS = {
    Kept.LOOKING: ("", "…"),
    Kept.KEYRING: (DONE, "keyring"),
    Kept.MEMORY: (NEEDS, "this run only"),
    Kept.NO_SECRET: (OPEN, "no secret"),
    Kept.MISSING: (FAILED, "missing"),
    Kept.UNAVAILABLE: (NEEDS, "unavailable"),
}
"""Sign and word for where a secret is."""


NOTHING_YET = object()
"""Stands for the profiles before the first look."""


class ProfilesPlace(Place):
    """Choosing, making, changing and deleting profiles."""

    PLACE = "profiles"

    HELP = """
    # Profiles

    A profile is a user pool and one of its app clients, under a name of this machine. Its client secret is in
    the keyring of the operating system, never in a file.

    - `enter` uses the profile, `n` makes a new one, `e` changes, `d` deletes it
    - `i` imports from AWS: lists user pools and app clients, and makes profiles of those you pick, their
      secrets straight into the keyring. That needs AWS credentials; what the identity may not do is said with
      the IAM action to grant
    - `r` reads the file and asks the keyring again
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "new", "New", tooltip="Make a profile", id="profiles.new"),
        Binding("e", "edit", "Edit", tooltip="Change the selected profile", id="profiles.edit"),
        Binding(
            "i",
            "import",
            "Import from AWS",
            tooltip="Make profiles of an account's app clients, with their secrets",
            id="profiles.import",
        ),
        Binding(
            "d", "delete", "Delete…", tooltip="Forget the selected profile; asks first", id="profiles.delete"
        ),
        Binding(
            "r",
            "reload",
            "Look again",
            show=False,
            tooltip="Read the file and ask the keyring again",
            id="profiles.reload",
        ),
    ]

    def __init__(self, world: World) -> None:
        super().__init__(world)
        self._profiles: tuple[Profile, ...] = ()
        self._shown: tuple[Profile, ...] | object | None = NOTHING_YET
        self._kept: dict[str, KeptSecret] = {}
        self._backend: Backend | None = None

    def body(self) -> ComposeResult:
        """The list with a card, or what stands in its place."""
        yield Vertical(id="profiles-body")

    async def on_screen_resume(self) -> None:
        """Show what there is; another program may have changed the file meanwhile."""
        if self._read() != self._shown:
            await self.reload()

    async def reload(self, select: str | None = None) -> None:
        """Read the profiles, show them, and ask the vault about their secrets."""
        self._kept.clear()
        self._shown = self._read()
        self._profiles = self._shown or ()
        body = self.query_one("#profiles-body", Vertical)
        await body.remove_children()
        if not body.is_attached:
            return  # the app ends
        if self._problem:
            await body.mount(_damaged(self._problem))
        elif self._profiles:
            await self._show_list(body, select)
        else:
            await body.mount(_first_run())
            body.query_one(Offers).focus()
        self.refresh_bindings()
        self.call_after_refresh(self._begin_to_ask)

    def _read(self) -> tuple[Profile, ...] | None:
        self._problem = ""
        try:
            return self.world.profiles.load()
        except StoreError as error:
            self._problem = error.sentence
            return None

    async def _show_list(self, body: Vertical, select: str | None) -> None:
        names = [profile.name for profile in self._profiles]
        wanted = select or (self.in_use.profile.name if self.in_use else "")
        rows = [ProfileRow(profile) for profile in self._profiles]
        table = ProfileList(*rows, initial_index=names.index(wanted) if wanted in names else 0)
        where = (
            f"{self.world.profiles_at} · no secrets in it"
            if self.world.profiles_at
            else "of the sandbox, in memory"
        )
        card = VerticalScroll(Card(), classes="pane", id="profile-card", can_focus=False)
        card.border_title = "Selected profile"
        heading = Static(HEADING, classes="list-head")
        await body.mount(
            Horizontal(
                Pane(heading, table, title="Profiles", subtitle=where, id="profile-list", classes="tight"),
                card,
            ),
            Static("", id="profile-line", classes="narrowonly"),
        )
        self._repaint()
        table.focus()

    def _begin_to_ask(self) -> None:
        # after the paint: its first question imports keyring
        if self.is_attached:  # and the app does not end
            begin(self, self._ask_vault, "vault", "asking the keyring")

    async def _ask_vault(self) -> None:
        self._backend = await backend_of(self.world.vault)
        for profile in self._profiles:
            state = await look_for(self.world.vault, profile)
            self._kept[profile.name] = state
            if state.kept is Kept.UNAVAILABLE:
                # asking once is enough: each time a dialogue may open
                self._kept |= {
                    other.name: state if other.has_secret else KeptSecret(Kept.NO_SECRET)
                    for other in self._profiles
                }
                break
        self._repaint()

    def in_use_changed(self, before: InUse | None, now: InUse | None) -> None:
        """Mark it in the list."""
        if now is not None and now.kept.kept is not Kept.LOOKING:
            self._kept[now.profile.name] = now.kept
        self._repaint()

    def _repaint(self) -> None:
        used = self.in_use.profile.name if self.in_use else None
        for row in self.query(ProfileRow):
            kept, sandbox = self._kept.get(row.profile.name), self.world.is_sandbox(row.profile.endpoint_url)
            row.show(kept, used=row.profile.name == used, sandbox=sandbox)
        for card in self.query(Card):
            if profile := self._selected:
                card.paint(profile, self._kept.get(profile.name), self._backend, used=profile.name == used)
        if profile := self._selected:
            for line_below in self.query("#profile-line").results(Static):
                told = _secret_fact(self._kept.get(profile.name), self._backend)
                line_below.update(say("[b]$name[/]  ", name=profile.name) + told)
        for line_below in self.query("#vault-line").results(Static):
            line_below.update(_vault_line(self._backend))

    @property
    def _selected(self) -> Profile | None:
        for table in self.query(ProfileList):
            if isinstance(table.highlighted_child, ProfileRow):
                return table.highlighted_child.profile
        return None

    @on(ListView.Highlighted)
    def _look(self) -> None:
        self._repaint()

    @on(ListView.Selected)
    def _use(self, event: ListView.Selected) -> None:
        event.stop()
        if isinstance(event.item, ProfileRow):
            self.post_message(UseProfile(event.item.profile))

    @on(Offers.Chosen)
    def _begin(self, event: Offers.Chosen) -> None:
        event.stop()
        match event.value:
            case "sandbox":
                self.post_message(EnterSandbox())
            case "import":
                self.action_import()
            case _:
                self.action_new()

    def action_new(self) -> None:
        """Open an empty form."""
        self.post_message(EditProfile(None))

    def action_import(self) -> None:
        """Make profiles of what an AWS account has; begin where the selected one is."""
        begin(self, partial(self._import, self._selected), "import", "importing profiles")

    async def _import(self, like: Profile | None) -> None:
        made = await self.app.push_screen_wait(ImportFrom(self.world, like))
        if made:
            self.call_later(self.reload, made[0])  # in the screen's own queue: one reload at a time
            what = "1 profile" if len(made) == 1 else f"{len(made):,} profiles"
            self.notify(f"{what} made. The first one is selected.", title="Imported from AWS", markup=False)

    def action_edit(self) -> None:
        """Open the form of the selected profile."""
        if self._selected:
            self.post_message(EditProfile(self._selected))

    async def action_reload(self) -> None:
        """Read the file and ask the keyring again."""
        await self.reload(self._selected.name if self._selected else None)

    def action_delete(self) -> None:
        """Ask, then delete."""
        if profile := self._selected:
            begin_beside(self, partial(self._delete, profile), "delete", "deleting a profile")

    async def _delete(self, profile: Profile) -> None:
        what = _deletion(
            profile,
            goes=bool(items_only_used_by(profile, (each for each in self._profiles if each.has_secret))),
            kept=self._kept[profile.name].kept if profile.name in self._kept else Kept.LOOKING,
        )
        if not await self.app.push_screen_wait(Confirm("Delete a profile", what, "Delete")):
            return
        try:
            dropped = await awaited(delete, self.world.profiles, self.world.vault, profile.name)
        except (StoreError, VaultError) as error:
            self.notify(
                error.sentence, title="Not all was deleted", severity="error", timeout=15, markup=False
            )
        else:
            told = "Its secret was removed from the vault." if dropped else ""
            self.notify(told, title="Deleted", markup=False)
        self.post_message(ProfilesChanged(gone=profile.name))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There must be a profile to change or delete, and a sound file to add to."""
        if action in {"edit", "delete"}:
            return bool(self._profiles)
        if action in {"new", "import"}:
            return not self._problem
        return True

    _problem: str = ""


class ProfileList(CursorList):
    """The profiles."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select_cursor", "Use", key_display="enter"),
    ]


HEADING = quiet(
    line(
        [Cell("  Name", 16), Cell("Pool ID", 21), Cell("Secret", 15), Cell("Endpoint", 12), Cell("Client", 0)]
    ).plain
)


class ProfileRow(Row):
    """One profile, one line."""

    def __init__(self, profile: Profile) -> None:
        super().__init__()
        self.profile = profile

    def show(self, kept: KeptSecret | None, *, used: bool, sandbox: bool) -> None:
        """Show what is known of it now."""
        profile = self.profile
        sign, word = _secret_sign(kept.kept if kept else Kept.LOOKING, sandbox=sandbox)
        style = {"●": "", "○": "$foreground 72%"}.get(Content.from_markup(sign).plain, "$text-warning")
        style_of_name = "bold" if used else ""
        self.paint(
            line(
                [
                    Cell(f"{'›' if used else ' '} {profile.name}", 16, style_of_name, keeps_end=True),
                    Cell(profile.user_pool_id, 21, "$foreground 72%"),
                    Cell(word, 15, style, sign),
                    Cell(_at(profile, sandbox=sandbox), 12),
                    Cell(profile.client_id, 0, "$foreground 72%"),
                ]
            )
        )


def _secret_sign(kept: Kept, *, sandbox: bool) -> tuple[str, str]:
    return (DONE, "in memory") if sandbox and kept is Kept.MEMORY else SIGNS[kept]


def _at(profile: Profile, *, sandbox: bool) -> str:
    if sandbox:
        return "sandbox"
    return "AWS" if profile.endpoint_url is None else profile.endpoint


class Card(Static):
    """The selected profile in full."""

    def paint(
        self, profile: Profile, kept: KeptSecret | None, backend: Backend | None, *, used: bool
    ) -> None:
        """Show all there is to know of it."""
        sections = [
            say("[b]$name[/] [$foreground 72%]$used[/]", name=profile.name, used="in use" if used else ""),
            _facts("Pool", _pool_facts(profile)),
            _facts("Secret", [_secret_fact(kept, backend)]),
            _facts("Admin calls", [plain(_admin(profile))]),
            _facts("Sign-in", [plain(profile.auth_flow or DEFAULT)]),
        ]
        if profile.read_only:
            sections.append(say("\n[$text-warning]![/] read only: admin changes are refused"))
        self.update(Content("\n").join(sections))


def _facts(title: str, lines: list[Content]) -> Content:
    return Content("\n").join([plain(""), ruled(title, 33), *lines])


def _admin(profile: Profile) -> str:
    if profile.aws_profile:
        return f"AWS profile {profile.aws_profile}"
    return "stand-in credentials" if is_loopback(profile.endpoint_url) else "default chain of AWS credentials"


def _pool_facts(profile: Profile) -> list[Content]:
    at = profile.endpoint_url or f"AWS, {profile.region}"
    rows = (("pool", profile.user_pool_id), ("client", profile.client_id), ("at", at))
    return [
        say("[$foreground 72%]$label[/] $value", label=label.ljust(6), value=value) for label, value in rows
    ]


def _secret_fact(kept: KeptSecret | None, backend: Backend | None) -> Content:
    keyring = backend.name if backend else "keyring"
    match kept.kept if kept else Kept.LOOKING:
        case Kept.KEYRING if kept and kept.secret:
            return say(
                f"{DONE} in the keyring [$foreground 72%]$keyring, $length characters[/]",
                keyring=keyring,
                length=len(kept.secret),
            )
        case Kept.MEMORY:
            return say(f"{NEEDS} in memory, this run only")
        case Kept.NO_SECRET:
            return say(f"{OPEN} the client has none")
        case Kept.MISSING:
            return say(f"{FAILED} not in the keyring: {key('e')} enters it")
        case Kept.UNAVAILABLE if kept:
            return say(f"{NEEDS} $why {key('r')} asks again", why=kept.sentence)
        case _:
            return quiet("asking the keyring …")


def _deletion(profile: Profile, *, goes: bool, kept: Kept) -> Content:
    where = "memory" if kept is Kept.MEMORY else "the keyring"
    secret = (
        f"Its client secret is removed from {where}: no other profile uses the client."
        if goes
        else f"Another profile uses the same client: the secret stays in {where}."
        if profile.has_secret
        else "The client has no secret; nothing is in the keyring."
    )
    return say(
        "The profile [b]$name[/] is deleted from this machine.\n$secret\n\n"
        "[$foreground 72%]Nothing is changed in the user pool.[/]",
        name=profile.name,
        secret=secret,
    )


def _first_run() -> Middle:
    offers = [
        Offer(
            "t",
            "Try the sandbox",
            "a pool inside this program, with users and client secrets.\nNo account, no network.",
            "sandbox",
        ),
        Offer(
            "i",
            "Import from AWS",
            "lists an account's user pools and app clients, fetches the\nsecrets, puts them in the keyring.",
            "import",
        ),
        Offer(
            "a",
            "Add by hand",
            "pool ID, client ID, client secret. Needs no AWS credentials:\nsign-in is a public call.",
            "new",
        ),
    ]
    return Middle(
        Center(
            Vertical(
                Static(say("[b]Work with Amazon Cognito user pools, and see every word that is said.[/]")),
                Static(
                    quiet("A profile is one user pool and one app client. You have none yet."), classes="gap"
                ),
                Offers(offers, id="offers"),
                Static(quiet("looking for the keyring …"), id="vault-line", classes="gap"),
                id="welcome",
            )
        )
    )


def _vault_line(backend: Backend | None) -> Content:
    if backend is None:
        return quiet("looking for the keyring …")
    sign = DONE if backend.kept is Keeps.KEYRING else NEEDS
    return say(f"{sign} [$foreground 72%]$why[/]", why=backend.why)


def _damaged(problem: str) -> Middle:
    return Middle(
        Center(
            Vertical(
                Static(say("[b $text-error]× The profiles cannot be read.[/]")),
                Static(plain(problem), classes="gap"),
                Section("What to do"),
                Static(say(f"Correct the line in an editor, then {key('r')} reads it again.")),
                id="welcome",
            )
        )
    )
