"""The form of a profile: live checks, and the secret to the keyring before the profile to the file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import HorizontalGroup
from textual.content import Content
from textual.widgets import Button, Input, Select, Static

from cognito_tui.aws.endpoint import BadEndpoint, endpoint_in_use
from cognito_tui.cognito import checks
from cognito_tui.cognito.auth_flows import SIGN_IN
from cognito_tui.cognito.errors import CognitoError
from cognito_tui.cognito.flows.secret_test import SecretTest, Verdict, secret_test
from cognito_tui.cognito.model import AppClient, Secret, region_of
from cognito_tui.cognito.snippets import Where
from cognito_tui.cognito.steps import Answers, Prompt
from cognito_tui.store.errors import RefusedValue, StoreError
from cognito_tui.store.patience import awaited
from cognito_tui.store.profile import Profile
from cognito_tui.store.safekeeping import Kept
from cognito_tui.store.saving import save
from cognito_tui.store.trouble import Trouble, VaultError
from cognito_tui.tui.say import DONE, FAILED, NEEDS, OPEN, key, plain, quiet, say
from cognito_tui.tui.screens.dialog import Dialog
from cognito_tui.tui.secrets import backend_of
from cognito_tui.tui.widgets.body import Body
from cognito_tui.tui.widgets.form_row import FormRow
from cognito_tui.tui.widgets.inputs import IdInput, LineInput, SecretInput
from cognito_tui.tui.widgets.pane import Pane, Section
from cognito_tui.tui.widgets.tick import Tick
from cognito_tui.tui.world import World
from cognito_tui.walk import walk


@dataclass(frozen=True)
class Saved:
    """What was saved, and what it took the place of."""

    profile: Profile
    replacing: str | None


class ProfileForm(Dialog[Saved]):
    """Makes a profile, or changes `profile`. A secret that is kept already is never shown."""

    HELP = """
    # A profile

    A user pool and one of its app clients, under a name of your own. Only what is **needed** (`*`) is refused
    when it is missing or cannot be; whatever else looks odd is a warning, and can be saved.

    The **client secret** goes to the keyring, never to a file; the rest to `profiles.toml`. *Test the secret*
    signs in as a user who does not exist: Cognito looks at the hash first, so that its answer tells whether
    the secret is right.

    The **AWS profile** signs admin calls; empty is the default chain, as for the AWS CLI. The **endpoint** is
    for emulators and private endpoints only.
    """

    BINDINGS: ClassVar[list[BindingType]] = []

    def __init__(self, world: World, profile: Profile | None) -> None:
        super().__init__()
        self._world = world
        self._profile = profile
        self._called = LineInput(profile.name if profile else "", on_value=self._changed)
        self._pool = IdInput(profile.user_pool_id if profile else "", on_value=self._changed)
        self._region = IdInput(profile.region if profile else "", on_value=self._changed)
        self._client = IdInput(profile.client_id if profile else "", on_value=self._changed)
        self._secret = SecretInput(on_value=self._changed)
        self._aws_profile = IdInput((profile and profile.aws_profile) or "", on_value=self._changed)
        sandbox = world.practice.endpoint_url if world.practice else ""
        endpoint = profile.endpoint_url or "" if profile else sandbox
        self._endpoint = IdInput(endpoint, on_value=self._changed)
        prefers = (profile and profile.auth_flow) or ""
        flows = dict.fromkeys(flow for flow in (*map(str, SIGN_IN), prefers) if flow)
        self._flow = Select(
            [(plain(flow), flow) for flow in flows],
            prompt="no preference",
            value=prefers or Select.NULL,
            compact=True,
        )
        self._memory = Tick("this run only, do not keep it", value=False)
        self._no_secret = Tick("the client has no secret", value=False)
        self._read_only = Tick("read only: refuse admin changes", value=bool(profile and profile.read_only))
        self._rows = {
            "name": FormRow(
                "Name", self._called, required=True, help="what you call it; also in the top bar"
            ),
            "user_pool_id": FormRow("Pool ID", self._pool, required=True, help="such as eu-west-1_AbCdEf123"),
            "region": FormRow("Region", self._region, help="empty: what the pool ID begins with"),
            "client_id": FormRow("Client ID", self._client, required=True, help="of the app client"),
            "secret": FormRow("Client secret", self._secret),
            "aws_profile": FormRow(
                "AWS profile", self._aws_profile, help="signs admin calls; empty: default chain"
            ),
            "endpoint_url": FormRow(
                "Endpoint", self._endpoint, help="only for an emulator or a private endpoint"
            ),
        }
        self._told = Static("", id="form-told")
        self._goes_to = "goes to the keyring, never to a file"
        self._busy = False
        self._warned = False
        self._begun_with = self._typed
        self._region_typed = bool(profile and profile.region != region_of(profile.user_pool_id))

    def compose(self) -> ComposeResult:
        """The rows by subject, what happened, the ways on."""
        title = f"Profile {self._profile.name}" if self._profile else "New profile"
        with Pane(title=title, subtitle="* needed", classes="dialog profile-form"):
            with Body(id="profile-fields"):
                yield from (self._rows[name] for name in ("name", "user_pool_id", "client_id", "region"))
                yield Section("Secret")
                yield self._rows["secret"]
                yield FormRow("", self._memory)
                if self._profile and self._profile.has_secret:
                    yield FormRow("", self._no_secret)
                yield Section("Sign-in and admin calls")
                yield FormRow("Auth flow", self._flow)
                yield self._rows["aws_profile"]
                yield self._rows["endpoint_url"]
                yield FormRow("", self._read_only)
            yield self._told
            with HorizontalGroup(classes="buttons"):
                yield Button("Save  enter", variant="primary", id="save")
                yield Button("Test the secret", id="test")
                yield Button("Cancel  esc", id="cancel")

    def on_mount(self) -> None:
        """Ready to type."""
        self._told.display = False
        self._called.focus()
        self._changed("")
        self.run_worker(self._ask_backend(), description="looking for the keyring")

    async def _ask_backend(self) -> None:
        backend = await backend_of(self._world.vault)
        if backend.kept is Kept.KEYRING:
            self._goes_to = f"goes to the keyring ({backend.name}), never to a file"
        else:
            self._goes_to = f"this run only: {backend.why}"
            self._memory.value = True
        self._changed("")

    @property
    def _typed(self) -> tuple[str, ...]:
        """What a person would have to type again; the region follows the pool."""
        fields = (
            self._called,
            self._pool,
            self._client,
            self._secret,
            self._aws_profile,
            self._endpoint,
        )
        return tuple(field.value for field in fields)

    def action_cancel(self) -> None:
        """Leave; once more when something was typed."""
        if self._typed == self._begun_with or self._warned:
            self.dismiss(None)
            return
        self._warned = True
        self._tell(say(f"{NEEDS} Nothing is saved yet. {key('esc')} once more leaves all the same."))

    # Live checks

    def _changed(self, _value: str) -> None:
        if not self.is_mounted:
            return
        if not self._region_typed and not self._region.has_focus:
            with self.prevent(Input.Changed):
                self._region.value = region_of(self._pool.value)
        self._region_typed = self._region_typed or self._region.has_focus
        for row, problem, oddity, fine in self._findings():
            self._say(self._rows[row], problem, oddity, fine)

    def _findings(self) -> list[tuple[str, str | None, str | None, str]]:
        """For each row with something in it: what is refused, what is odd, what is fine."""
        pool, client, endpoint = self._pool.value, self._client.value, self._endpoint.value
        secret = self._secret.secret
        return [
            (
                "name",
                self._called.value and checks.line_problem(self._called.value),
                checks.around("name", self._called.value),
                "",
            ),
            ("user_pool_id", pool and checks.user_pool_id_problem(pool), None, ""),
            (
                "region",
                self._region.value and checks.region_problem(self._region.value),
                self._region_oddity(),
                "",
            ),
            (
                "client_id",
                client and checks.client_id_problem(client),
                client and checks.client_id_oddity(client),
                "",
            ),
            ("secret", None, checks.secret_oddity(secret, client) if secret else None, self._secret_help()),
            ("endpoint_url", checks.endpoint_problem(endpoint), checks.endpoint_oddity(endpoint), ""),
        ]

    def _region_oddity(self) -> str | None:
        pools = region_of(self._pool.value)
        return (
            f"the pool ID says {pools}"
            if self._region.value and pools and self._region.value != pools
            else None
        )

    def _secret_help(self) -> str:
        if self._secret.value:
            return "this run only" if self._memory.value else self._goes_to
        if self._profile and self._profile.has_secret and not self._no_secret.value:
            return "kept already; type to put another one in its place"
        return "empty: the client has no secret"

    @staticmethod
    def _say(row: FormRow, problem: str | None, oddity: str | None, fine: str) -> None:
        if problem:
            row.show_problem(problem)
        elif oddity:
            row.show_help(say("[$text-warning]! $oddity[/]", oddity=oddity))
        elif fine:
            row.show_help(fine)
        else:
            row.show_problem(None)

    def on_checkbox_changed(self) -> None:
        """Where the secret goes may have changed."""
        self._changed("")

    # Saving

    @on(Input.Submitted)
    @on(Button.Pressed, "#save")
    def _save(self, event: Input.Submitted | Button.Pressed) -> None:
        event.stop()
        profile = self._made()
        if profile is not None and not self._busy:
            self.run_worker(self._saved(profile), description="saving a profile")

    def _made(self) -> Profile | None:
        """The profile as typed; None, with the reason at its field, when it is refused."""
        old = self._profile
        keeps_old = bool(old and old.has_secret and not self._no_secret.value)
        try:
            return Profile(
                self._called.value,
                self._pool.value,
                self._client.value,
                region=self._region.value,
                endpoint_url=self._endpoint.value or None,
                aws_profile=self._aws_profile.value or None,
                auth_flow=None if self._flow.is_blank() else str(self._flow.value),
                has_secret=bool(self._secret.value) or keeps_old,
                read_only=self._read_only.value,
            )
        except RefusedValue as error:
            row = self._rows[error.key]
            row.show_problem(error.problem)
            row.query_one(LineInput).focus()
            return None

    async def _saved(self, profile: Profile) -> None:
        replacing = self._profile.name if self._profile else None
        secret = self._secret.secret if self._secret.value else None
        self._busy = True
        self._tell(quiet("keeping it …"))
        try:
            kept, left = await awaited(self._keep, profile, secret, replacing)
        except VaultError as error:
            self._tell(
                say(
                    f"{FAILED} $why\n[$foreground 72%]$then[/]",
                    why=error.sentence,
                    then="It may still be saved once the keyring is answered: look before you save again."
                    if error.trouble is Trouble.TIMEOUT
                    else "Nothing was saved. Save again to retry, or tick “this run only”.",
                )
            )
        except StoreError as error:
            self._tell(say(f"{FAILED} $why [$foreground 72%]Nothing was saved.[/]", why=error.sentence))
        else:
            if left:
                self.notify(left, severity="warning", timeout=15, markup=False)
            self.leave(Saved(kept, replacing))
        finally:
            self._busy = False

    def _keep(
        self, profile: Profile, secret: Secret | None, replacing: str | None
    ) -> tuple[Profile, str | None]:
        return save(
            self._world.profiles,
            self._world.vault,
            profile,
            secret,
            replacing=replacing,
            read=self._profile,
            remember=self._memory.value,
        )

    # Testing

    @on(Button.Pressed, "#test")
    def _test(self, event: Button.Pressed) -> None:
        event.stop()
        profile = self._made()
        if profile is not None and not self._busy:
            self.run_worker(
                self._tested(profile), description="testing a secret", exclusive=True, group="test"
            )

    async def _tested(self, profile: Profile) -> None:
        self._tell(quiet("asking Cognito …"))
        try:
            secret = await self._secret_to_test(profile)
            where = Where(profile.region, endpoint_in_use(profile.endpoint_url, self._world.environment).url)
            verdict = await self._ask_cognito(
                AppClient(profile.user_pool_id, profile.client_id, secret), where
            )
        except (CognitoError, VaultError) as error:
            self._tell(say(f"{OPEN} Not tested: $why", why=error.sentence))
        except BadEndpoint as error:
            self._tell(say(f"{OPEN} Not tested: $why", why=str(error)))
        else:
            self._tell(_told(verdict))

    async def _secret_to_test(self, profile: Profile) -> Secret | None:
        if self._secret.value or not profile.has_secret:
            return self._secret.secret if self._secret.value else None
        found = await awaited(self._world.vault.find, profile.item())
        return found.secret if found else None

    async def _ask_cognito(self, client: AppClient, where: Where) -> Verdict:
        async def nobody(_prompt: Prompt) -> Answers:
            raise AssertionError("a test of a secret asks nobody")

        flow = secret_test(client, f"cognito-tui-{self._world.random_hex()[:16]}", self._world.random_hex())
        return await walk(flow, call=lambda call: self._world.calls.send(where, call), ask=nobody)

    def _tell(self, words: Content) -> None:
        self._told.update(words)
        self._told.display = True

    @on(Button.Pressed, "#cancel")
    def _cancel(self) -> None:
        self.action_cancel()


def _told(verdict: Verdict) -> Content:
    sign = {
        SecretTest.ACCEPTED: DONE,
        SecretTest.REFUSED: FAILED,
        SecretTest.NOT_WANTED: NEEDS,
        SecretTest.NEEDED: FAILED,
        SecretTest.NO_SUCH_CLIENT: FAILED,
    }.get(verdict.outcome, OPEN)
    return say(f"{sign} $sentence", sentence=verdict.sentence)
