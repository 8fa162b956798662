"""Where profiles are imported from: whose credentials, which region, which endpoint."""

from __future__ import annotations

from typing import Final

from textual import events, on
from textual.app import ComposeResult
from textual.containers import HorizontalGroup
from textual.content import Content
from textual.widgets import Button, Input, Static

from cognito_tui.aws.endpoint import BadEndpoint, Endpoint, endpoint_in_use
from cognito_tui.cognito.checks import endpoint_oddity, endpoint_problem, line_problem, region_problem
from cognito_tui.cognito.visible import visible
from cognito_tui.off_loop import off_loop
from cognito_tui.store.importing import Source
from cognito_tui.store.profile import Profile
from cognito_tui.tui.say import quiet, say
from cognito_tui.tui.screens.dialog import Dialog
from cognito_tui.tui.screens.import_pool import ChoosePool
from cognito_tui.tui.widgets.form_row import FormRow
from cognito_tui.tui.widgets.inputs import IdInput, LineInput
from cognito_tui.tui.widgets.pane import Pane
from cognito_tui.tui.working import begin
from cognito_tui.tui.world import World


class ImportFrom(Dialog[tuple[str, ...]]):
    """Asks for the account, then for pool and app clients. Gives the names of the profiles that were made.

    It begins with where the profile `like` is.
    """

    HELP = """
    # Import from AWS

    Makes profiles of app clients that exist already. The calls are signed as the AWS CLI signs its own: with
    the **AWS profile** that is named, or, where none is, with what the default chain finds (variables, SSO,
    a role).

    It takes `cognito-idp:ListUserPools`, `ListUserPoolClients`, `DescribeUserPool` and
    `DescribeUserPoolClient`; the last one gives the client secrets. What is missing is named when it is
    refused, with the policy to grant. Nothing is changed at AWS.
    """

    def __init__(self, world: World, like: Profile | None) -> None:
        super().__init__()
        self._world = world
        self._like = like
        endpoint = (like and like.endpoint_url) or (world.practice.endpoint_url if world.practice else "")
        self._aws_profile = LineInput((like and like.aws_profile) or "")
        self._region = IdInput(like.region if like and endpoint else "")
        self._endpoint = IdInput(endpoint)
        self._looked_up: tuple[str | None, str] = None, ""
        self._rows = {
            "aws_profile": FormRow("AWS profile", self._aws_profile, help="empty: the default chain"),
            "region": FormRow("Region", self._region, required=True, help="such as eu-west-1"),
            "endpoint": FormRow("Endpoint", self._endpoint, help=self._endpoint_help),
        }

    @property
    def _endpoint_help(self) -> str:
        try:
            by_variable = endpoint_in_use(None, self._world.environment)
        except BadEndpoint as error:
            return str(error)
        if by_variable.url:
            return f"empty: {by_variable.url}, as {by_variable.said_by} says"
        return "only for an emulator or a private endpoint"

    def compose(self) -> ComposeResult:
        """What will happen, the rows, the ways on."""
        with Pane(title="Import from AWS", subtitle="* needed", classes="dialog import-from"):
            yield Static(_what_happens(sandbox=self._world.practice is not None))
            yield from self._rows.values()
            with HorizontalGroup(classes="buttons"):
                yield Button("List the user pools  enter", variant="primary", id="list")
                yield Button("Cancel  esc", id="cancel")

    def on_mount(self) -> None:
        """Ready to type; what is usual here comes a moment later."""
        self._aws_profile.focus()
        begin(self, self._look_up, "profiles", "looking for AWS profiles and the region")

    async def _look_up(self) -> None:
        """Which AWS profiles there are, and the usual region."""
        if self._world.practice is None:
            if found := await off_loop(None, _aws_profiles):
                names = ", ".join(map(visible, found[:NAMED]))
                more = f" and {len(found) - NAMED} more" if len(found) > NAMED else ""
                help_line = f"empty: the default chain. Found here: {names}{more}"
                self._rows["aws_profile"].show_help(help_line)
            await self._look_up_region()

    async def _look_up_region(self) -> None:
        """Put the usual region of the AWS profile in its field, unless another one was typed."""
        aws_profile, region = self._aws_profile.value, self._region.value
        before = self._looked_up
        if region not in {"", before[1]} or aws_profile == before[0]:
            return
        usual = await off_loop(None, _usual_region, aws_profile or None)
        usual = usual or (self._like.region if self._like else "")
        self._looked_up = aws_profile, usual
        if self._region.value == region and self.is_attached:
            self._region.value = usual

    def on_descendant_blur(self, event: events.DescendantBlur) -> None:
        """Another AWS profile may have another region."""
        if event.widget is self._aws_profile and self._world.practice is None:
            begin(self, self._look_up_region, "usual", "looking for the region")

    @on(Input.Submitted)
    @on(Button.Pressed, "#list")
    def _go_on(self, event: Input.Submitted | Button.Pressed) -> None:
        event.stop()
        if self.is_active:
            begin(self, self._import, "import", "importing profiles")

    async def _import(self) -> None:
        if self._world.practice is None:
            await self._look_up_region()
        source = self._source()
        if source is None:
            return
        made = await self.app.push_screen_wait(ChoosePool(self._world, source))
        if made:
            self.leave(made)

    def _source(self) -> Source | None:
        """As typed; None, with the reason at its field, when it is refused."""
        aws_profile, region = self._aws_profile.value.strip(), self._region.value
        problems = {
            "aws_profile": aws_profile and line_problem(aws_profile),
            "region": region_problem(region),
            "endpoint": endpoint_problem(self._endpoint.value),
        }
        endpoint = Endpoint()
        try:
            endpoint = endpoint_in_use(self._endpoint.value, self._world.environment)
        except BadEndpoint as error:
            problems["endpoint"] = str(error)
        for row, problem in problems.items():
            self._rows[row].show_problem(problem or None)
            if problem:
                self._rows[row].query_one(LineInput).focus()
                return None
        self._warn(endpoint.url or "")
        return Source(region, endpoint.url, aws_profile or None)

    def _warn(self, endpoint_url: str) -> None:
        if oddity := endpoint_oddity(endpoint_url):
            self._rows["endpoint"].show_help(say("[$text-warning]! $oddity[/]", oddity=oddity))

    @on(Button.Pressed, "#cancel")
    def _cancel(self) -> None:
        self.action_cancel()


NAMED: Final = 5
"""AWS profiles that are told by name."""


def _what_happens(*, sandbox: bool) -> Content:
    where = "memory, as all of the sandbox" if sandbox else "the keyring"
    return quiet(
        "Lists user pools and app clients with AWS credentials. Of those you pick, each becomes a profile, "
        f"and its client secret goes straight into {where}."
    )


def _aws_profiles() -> tuple[str, ...]:
    from cognito_tui.aws.account import aws_profiles  # noqa: PLC0415 botocore is not for the first paint

    return aws_profiles()


def _usual_region(aws_profile: str | None) -> str | None:
    from cognito_tui.aws.account import usual_region  # noqa: PLC0415 botocore is not for the first paint

    return usual_region(aws_profile)
