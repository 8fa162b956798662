"""The sign-in place: left what Cognito asks, right what was said."""

from __future__ import annotations

from typing import ClassVar, Final

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.timer import Timer
from textual.widgets import Static

from cognito_tui.cognito.errors import CognitoError, NoCredentials
from cognito_tui.cognito.explain import Explanation, Fix, Remedy, about_the_answer, explain
from cognito_tui.cognito.flows.sign_in import SignIn
from cognito_tui.cognito.model import AuthFlow, Secret, Tokens
from cognito_tui.cognito.secret_hash import Subject
from cognito_tui.cognito.snippets import Where
from cognito_tui.cognito.steps import Call, Prompt
from cognito_tui.tui.account import Account
from cognito_tui.tui.attempt import Attempt
from cognito_tui.tui.in_use import Admin, InUse, Kept
from cognito_tui.tui.messages import Copy, DropSecret, EditProfile, SignedCall, WantSecret
from cognito_tui.tui.say import key, say
from cognito_tui.tui.screens.place import SHOW_SECRETS, Place
from cognito_tui.tui.widgets.challenge_form import ChallengeForm
from cognito_tui.tui.widgets.error_pane import ErrorPane
from cognito_tui.tui.widgets.hash_pane import HashPane
from cognito_tui.tui.widgets.sign_in_form import SignInForm
from cognito_tui.tui.widgets.signed_in import SignedIn
from cognito_tui.tui.widgets.talk import Talk
from cognito_tui.tui.widgets.timeline import Planned, outcome
from cognito_tui.tui.world import World
from cognito_tui.walk import Conversation, Exchange, Reply

BY_THE_CHECK: Final = "read only, by the check"
"""What the conversation says of calls that the flow did not make."""

PREVIEW_AFTER: Final = 0.15
"""Seconds without a key before the previewed request is painted anew; only the hash has to be live."""

Stage = SignInForm | ChallengeForm | ErrorPane | SignedIn


class SignInPlace(Place):
    """Signs in to the pool of the profile in use, step by step."""

    PLACE = "sign_in"

    HELP = """
    # Sign in

    Left: what Cognito asks now. Right: every request and every answer.

    The **SECRET_HASH** below the form is over the username you type, and over what Cognito calls the user as
    soon as it says so. `F9` copies it, `F9` once more shows it full width.

    - `enter` sends, `esc` goes back, `tab` goes on
    - `F8` shows or masks secrets, until you leave the place
    - in the conversation `y` copies what the tab shows
    - on a small screen `F3` flips between the form and the conversation
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "stop_waiting", "Stop waiting", key_display="esc"),
        Binding("escape", "start_again", "Start again", key_display="esc"),
        Binding("escape", "back_to_form", "Back to form", key_display="esc"),
        Binding("y", "copy_report", "Copy report"),
        SHOW_SECRETS,
        Binding("f9", "copy_hash", "Copy hash", key_display="F9", id="hash.copy"),
    ]

    def __init__(self, world: World) -> None:
        super().__init__(world)
        self._form = SignInForm(self._username_typed)
        self._hash = HashPane()
        self._talk = Talk()
        self._strip = Strip()
        self._stage: Stage = self._form
        self._conversation = Conversation()
        self._account: Account | None = None
        self._attempt: Attempt | None = None
        self._calling = False
        self._retry_with_secret = False
        self._preview_timer: Timer | None = None

    def body(self) -> ComposeResult:
        """Left the stage and the hash, right the talk."""
        with Horizontal(id="columns"):
            with Vertical(id="left"):
                yield self._form
                yield self._strip
                yield self._hash
            yield self._talk

    # The profile in use, and the username typed

    def in_use_changed(self, before: InUse | None, now: InUse | None) -> None:
        """Start afresh with another profile; only repaint when more is known of the same one."""
        if now is None:
            return
        if before is None or before.profile != now.profile:
            self._account = Account(now, self._check)
            self._form.fill(auth_flow=now.profile.auth_flow)
            self._forget_attempt()
            self.call_later(self._show_form)
        self._paint_hash()
        self._preview_soon()
        if self._retry_with_secret and not now.secret_is_awaited:
            self._retry_with_secret = False
            self._submit_again()

    def fill(self, username: str, password: Secret) -> None:
        """Put a user's name and password in the form, as one who was chosen elsewhere."""
        self._forget_attempt()
        self._form.fill(username=username, password=password)
        self.call_later(self._show_form)

    def _username_typed(self, _username: str) -> None:
        # within the key's own message: the hash is painted together with the letter
        if self.is_mounted:
            self._paint_hash()

    def _paint_hash(self) -> None:
        if self.in_use is None:
            return
        stage, asks = self._stage, self._attempt if self._stage is not self._form else None
        subject = asks.subject if asks else Subject(self._form.username)
        refused = isinstance(stage, ErrorPane) and stage.is_about_the_hash
        self._hash.show(self.in_use, subject, refused=refused)

    @on(SignInForm.Edited)
    def _preview_soon(self) -> None:
        if self._preview_timer is not None:
            self._preview_timer.stop()
        self._preview_timer = self.set_timer(PREVIEW_AFTER, self._preview)

    async def _preview(self) -> None:
        """Before anything is said: what would be."""
        if self.in_use is None or self._conversation.exchanges:
            return
        start = self._start(self._form.username, self._form.password, self._form.auth_flow, self.in_use)
        await self._talk.plan(start.auth_flow, admin=start.admin, hashed=self.in_use.profile.has_secret)
        self._talk.preview(start.first_call, self.in_use.where)

    # Walking

    @on(SignInForm.Submitted)
    def _submitted(self, event: SignInForm.Submitted) -> None:
        event.stop()
        self._begin(event.username, event.password, event.auth_flow)

    def _begin(self, username: str, password: Secret, auth_flow: AuthFlow, *, replay: bool = False) -> None:
        in_use = self.in_use
        if in_use is None or self._calling:
            return
        if in_use.secret_is_awaited:
            self._ask_for_secret(in_use)
            return
        remembered = self._attempt.remembered if self._attempt and replay else {}
        self._conversation = Conversation(changed=self._said)
        start = self._start(username, password, auth_flow, in_use)
        self._attempt = Attempt(start, in_use, self._conversation, remembered)
        self.run_worker(self._walk(self._attempt), group="walk", exclusive=True, description="a sign-in")

    @staticmethod
    def _start(username: str, password: Secret, auth_flow: AuthFlow, in_use: InUse) -> SignIn:
        return SignIn(in_use.client, username, password, auth_flow)

    async def _walk(self, attempt: Attempt) -> None:
        try:
            tokens = await attempt.run(self._send, self._show_prompt)
        except CognitoError as error:
            await self._show_error(attempt, error)
        else:
            await self._show_tokens(tokens)

    async def _send(self, call: Call) -> Reply:
        """Send a call of the flow."""
        self._set_calling(calling=True)
        try:
            reply = await self.world.calls.send(self._where, call)
        except NoCredentials:
            self.post_message(SignedCall(Admin.NO_CREDENTIALS))
            raise
        finally:
            self._set_calling(calling=False)
        if call.signed:
            self.post_message(SignedCall(Admin.WORKS))
        return reply

    async def _check(self, call: Call) -> Reply:
        """Send a call that only looks something up; it joins the conversation when it is over."""
        conversation = self._conversation
        began = conversation.clock()
        try:
            reply = await self.world.calls.send(self._where, call)
        except NoCredentials:
            # nothing was said, so the conversation is silent too; the badge tells
            self.post_message(SignedCall(Admin.NO_CREDENTIALS))
            raise
        except CognitoError as error:
            took = conversation.clock() - began
            conversation.add(Exchange(0, call, error=error, seconds=took, note=BY_THE_CHECK))
            raise
        self.post_message(SignedCall(Admin.WORKS))
        conversation.add(Exchange(0, call, reply, seconds=conversation.clock() - began, note=BY_THE_CHECK))
        return reply

    @property
    def _where(self) -> Where:
        return self.in_use.where if self.in_use else Where("")

    def _set_calling(self, *, calling: bool) -> None:
        self._calling = calling
        self._stage.border_subtitle = "asking Cognito …" if calling else ""
        self.refresh_bindings()

    def _said(self, _exchange: Exchange) -> None:
        self.call_later(self._paint_talk)

    async def _paint_talk(self) -> None:
        if self.in_use is None or not self._conversation.exchanges:
            return
        attempt, waiting = self._attempt, None
        if attempt and attempt.prompt and attempt.waits_for_an_answer:
            waiting = self._waiting(attempt.prompt, attempt.start)
        await self._talk.show(self._conversation.exchanges, self.in_use.where, waiting)
        self._strip.tell(self._conversation.exchanges)

    def _waiting(self, prompt: Prompt, start: SignIn) -> Planned:
        operation = "AdminRespondToAuthChallenge" if start.admin else "RespondToAuthChallenge"
        does = f"will hash over {prompt.subject.username}" if start.client.secret else "no hash in this call"
        number = str(len(self._conversation.exchanges) + 1)
        return Planned(operation, prompt.challenge.name, does, "waiting for you", number)

    # What stands on the stage

    async def _put_on_stage(self, stage: Stage) -> None:
        """Show `stage` in place of what was there; forms stay behind it with all that was typed."""
        left = self.query_one("#left", Vertical)
        kept: tuple[Stage, ...] = (stage, self._form)
        if isinstance(stage, ErrorPane) and isinstance(self._stage, ChallengeForm):
            kept = (*kept, self._stage)
        if stage not in left.children:
            await left.mount(stage, before=self._strip)
        for other in [*left.query(ChallengeForm), *left.query(ErrorPane), *left.query(SignedIn)]:
            if other not in kept:
                await other.remove()
        for other in kept:
            other.display = other is stage
        self._stage = stage
        self._paint_hash()
        self.refresh_bindings()
        stage.begin()
        await self._paint_talk()

    async def _show_form(self) -> None:
        await self._put_on_stage(self._form)

    async def _show_prompt(self, prompt: Prompt) -> None:
        """Ask; after a refused answer the same form says why, or an explanation stands in front of it."""
        form = next(iter(self.query(ChallengeForm)), None)
        if prompt.refused is None or form is None:
            typed = self._attempt.remembered.get(prompt.challenge.name, {}) if self._attempt else {}
            form = ChallengeForm(prompt, self._account.pool if self._account else None, self.world.now, typed)
            await self._put_on_stage(form)
            self.run_worker(self._describe(form), group="describe", description="what the account tells")
        elif about_the_answer(prompt.refused):
            form.refuse(prompt.refused)
            await self._put_on_stage(form)
        elif self._attempt is not None:
            await self._show_error(self._attempt, prompt.refused)

    async def _describe(self, form: ChallengeForm) -> None:
        if self._account is None or (self.in_use and self.in_use.admin is Admin.NO_CREDENTIALS):
            return
        pool = await self._account.describe_pool()
        client = await self._account.describe_client() if pool else None
        if form.is_mounted:
            form.describe(pool, client.auth_session_minutes if client else None)

    async def _show_error(self, attempt: Attempt, error: CognitoError) -> None:
        explanation = self._explained(attempt, error)
        self._talk.read(len(self._conversation.exchanges), explanation.read_it)
        pane = ErrorPane(error, explanation)
        await self._put_on_stage(pane)
        if pane.is_about_the_hash:
            self.run_worker(
                self._compare_secret(attempt, pane, error),
                group="describe",
                description="comparing the secret",
            )

    def _explained(self, attempt: Attempt, error: CognitoError) -> Explanation:
        return explain(error, attempt.situation(self._account.client if self._account else None))

    async def _compare_secret(self, attempt: Attempt, pane: ErrorPane, error: CognitoError) -> None:
        """Look whether the account knows another secret for this client, and explain anew."""
        if self._account is None or (self.in_use and self.in_use.admin is Admin.NO_CREDENTIALS):
            return
        await self._account.describe_client(anew=True)
        if pane.is_mounted and self._stage is pane:
            await pane.explain(self._explained(attempt, error))

    async def _show_tokens(self, tokens: Tokens) -> None:
        pane = SignedIn(tokens)
        await self._put_on_stage(pane)
        self.run_worker(
            self._tell_status(pane, tokens.username), group="describe", description="the user's status"
        )

    async def _tell_status(self, pane: SignedIn, username: str) -> None:
        status = None
        if self._account and self.in_use and self.in_use.admin is not Admin.NO_CREDENTIALS:
            status = await self._account.user_status(username)
        if not pane.is_mounted:
            return
        if status:
            pane.tell_status(status, "as AdminGetUser has it now")
        else:
            pane.tell_status("CONFIRMED", "Cognito gives tokens after a password to no other status")

    # Answers, fixes and keys

    @on(ChallengeForm.Answered)
    def _answered(self, event: ChallengeForm.Answered) -> None:
        event.stop()
        if self._attempt:
            self._attempt.answer(event.answers)

    @on(ErrorPane.FixChosen)
    async def _fix(self, event: ErrorPane.FixChosen) -> None:
        event.stop()
        await self._do(event.fix)

    async def _do(self, fix: Fix) -> None:
        match fix.remedy:
            case Remedy.EDIT:
                await self.action_back_to_form()
            case Remedy.RETRY:
                self._submit_again()
            case Remedy.START_AGAIN:
                self._replay()
            case Remedy.OTHER_FLOW:
                self._form.fill(auth_flow=fix.argument)
                self._replay()
            case Remedy.COPY_COMMAND:
                self.post_message(Copy("AWS CLI command", fix.argument, sensitive=False))
            case Remedy.EDIT_PROFILE if self.in_use:
                self.post_message(EditProfile(self.in_use.profile))
            case Remedy.USE_POOL_SECRET if (
                self._account and self._account.client and self._account.client.secret
            ):
                self._retry_with_secret = True
                self.post_message(WantSecret(self._account.client.secret))
            case Remedy.ENTER_SECRET if self.in_use:
                self._ask_for_secret(self.in_use)
            case Remedy.DROP_SECRET:
                self._retry_with_secret = True
                self.post_message(DropSecret())

    def _ask_for_secret(self, in_use: InUse) -> None:
        if in_use.kept.kept is Kept.LOOKING:
            self.notify("The keyring is still being asked for the client secret.", severity="warning")
            return
        self._retry_with_secret = True
        self.post_message(WantSecret())

    def _submit_again(self) -> None:
        """Send what was refused once more: the answer to the challenge, or the first request."""
        attempt = self._attempt
        if (
            attempt
            and attempt.waits_for_an_answer
            and attempt.start.client == (self.in_use and self.in_use.client)
        ):
            attempt.repeat_answer()
        else:
            self._replay()

    def _replay(self) -> None:
        """The same walk from the first request, with what was answered before in the forms."""
        self._begin(self._form.username, self._form.password, self._form.auth_flow, replay=True)

    def _forget_attempt(self) -> None:
        self.workers.cancel_group(self, "walk")
        self._attempt = None
        self._retry_with_secret = False
        self._conversation = Conversation()
        self._strip.tell(())

    @on(ChallengeForm.StartAgain)
    async def action_start_again(self) -> None:
        """Leave the walk and go back to the first form."""
        self.workers.cancel_group(self, "walk")
        await self._show_form()

    async def action_back_to_form(self) -> None:
        """From an explanation back to the form it is about."""
        challenge = next(iter(self.query(ChallengeForm)), None)
        await self._put_on_stage(challenge or self._form)

    async def action_stop_waiting(self) -> None:
        """Do not wait for the answer to the call under way."""
        self.workers.cancel_group(self, "walk")
        self.notify("The request may have been carried out all the same.", title="Stopped waiting")
        await self._show_form()

    @on(SignedIn.Again)
    async def _again(self, event: SignedIn.Again) -> None:
        event.stop()
        if event.as_other:
            self._form.fill(username="", password=Secret(""))
        self._forget_attempt()
        await self._show_form()
        self._preview_soon()

    def action_copy_hash(self) -> None:
        """Copy the hash that stands there."""
        if self._hash.value:
            self.post_message(Copy("SECRET_HASH", self._hash.value, sensitive=False))
        else:
            self.notify("There is no SECRET_HASH to copy yet.", severity="warning")

    def action_copy_report(self) -> None:
        """Copy the explanation as text."""
        if isinstance(self._stage, ErrorPane):
            self.post_message(Copy("Report", self._stage.report, sensitive=False))

    def watch_show_secrets(self, show: bool) -> None:
        """Mask or show everywhere in the place."""
        self._talk.show_secrets(show=show)
        for part in [self._form, *self.query(ChallengeForm), *self.query(SignedIn)]:
            part.show_secrets(show=show)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Escape means one thing at a time; the report is there with the error only."""
        match action:
            case "stop_waiting":
                return self._calling
            case "start_again":
                return isinstance(self._stage, ChallengeForm) and not self._calling
            case "back_to_form":
                return isinstance(self._stage, ErrorPane) and not self._calling
            case "copy_report":
                return isinstance(self._stage, ErrorPane)
        return True

    def here_again(self) -> None:
        """F3 while here: on a narrow screen the other half is shown."""
        self.toggle_class("-flip")
        if self.has_class("-flip"):
            self._talk.take_focus()
        else:
            self._stage.begin()

    @on(events.Click, "#strip")
    def _strip_clicked(self) -> None:
        self.here_again()


class Strip(Static):
    """On a narrow screen, the conversation in one line."""

    def __init__(self) -> None:
        super().__init__("", classes="narrowonly strip", id="strip")
        self.tell(())

    def tell(self, exchanges: list[Exchange] | tuple[Exchange, ...]) -> None:
        """Say how much was said, and the last of it."""
        if not exchanges:
            self.update(say(f"{key('F3')} conversation  [$foreground 72%]nothing said yet[/]"))
            return
        last = [exchange for exchange in exchanges if not exchange.note][-1]
        self.update(
            say(
                f"{key('F3')} conversation  [$foreground 72%]$count, last[/] $what › $outcome",
                count=f"{len(exchanges)} exchange{'s' if len(exchanges) != 1 else ''}",
                what=last.call.about or last.call.operation,
                outcome=outcome(last),
            )
        )
