"""The sign-in place: left what Cognito asks, right what was said."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any, ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.timer import Timer
from textual.widget import Widget

from cognito_tui.cognito.auth_flows import DEFAULT
from cognito_tui.cognito.errors import CognitoError, NoCredentials, NotAwaited
from cognito_tui.cognito.explain import Explanation, Fix, Remedy, about_the_answer, explain
from cognito_tui.cognito.model import Secret, Tokens, UserStatus
from cognito_tui.cognito.secret_hash import Subject
from cognito_tui.cognito.steps import Call, Prompt
from cognito_tui.sandbox.outbox import Message
from cognito_tui.store.profile import Profile
from cognito_tui.tui.account import Account
from cognito_tui.tui.attempt import Attempt, Remembered
from cognito_tui.tui.device_desk import DeviceDesk
from cognito_tui.tui.devices import Devices
from cognito_tui.tui.in_use import Admin, InUse, Kept
from cognito_tui.tui.messages import (
    CodeSent,
    Copy,
    DropSecret,
    EditProfile,
    ShowUser,
    SignedCall,
    TokensCame,
    UserSeen,
    WantSecret,
)
from cognito_tui.tui.plan import planned, waiting
from cognito_tui.tui.screens.place import COPY_HASH, SHOW_SECRETS, Place
from cognito_tui.tui.screens.remember_device import RememberDevice
from cognito_tui.tui.widgets.challenge_form import ChallengeForm
from cognito_tui.tui.widgets.error_pane import ErrorPane
from cognito_tui.tui.widgets.hash_pane import HashPane
from cognito_tui.tui.widgets.sign_in_form import SignInForm
from cognito_tui.tui.widgets.signed_in import SignedIn
from cognito_tui.tui.widgets.strip import Strip
from cognito_tui.tui.widgets.talk import Talk
from cognito_tui.tui.widgets.timeline import Planned
from cognito_tui.tui.working import begin, begin_beside
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
    - of an authenticator app that is set up, `F9` copies the key
    - in the sandbox `ctrl+o` fills in the code that was sent, or that the app shows
    - in the conversation `y` copies what the tab shows
    - on a small screen `F3` flips between the form and the conversation
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "escape", "stop_waiting", "Stop waiting", key_display="esc", tooltip="Wait no more for the answer"
        ),
        Binding(
            "escape",
            "start_again",
            "Start again",
            key_display="esc",
            tooltip="Leave the walk for the first form",
        ),
        Binding("escape", "back_to_form", "Back", key_display="esc", tooltip="The form the error is about"),
        Binding("y", "copy_report", "Copy report", tooltip="Copy what went wrong, as text without secrets"),
        Binding(
            "ctrl+o",
            "fill_in",
            "Fill",
            priority=True,  # an enter that follows at once comes after it
            tooltip="Fill in the code that the sandbox has at hand",
        ),
        SHOW_SECRETS,
        COPY_HASH,
        Binding("f9", "copy_key", "Copy key", key_display="F9", tooltip="Copy the TOTP key"),
    ]

    def __init__(self, world: World) -> None:
        super().__init__(world)
        self._form = SignInForm(self._username_typed)
        self._hash = HashPane()
        self._talk = Talk()
        self._strip = Strip()
        self._stage: Stage = self._form
        self._left_at: Widget | None = None
        self._conversation = Conversation()
        self._account: Account | None = None
        self._described: Account | None = None
        self._attempt: Attempt | None = None
        self._waits = 0
        self._under_way: asyncio.Future[Reply] | None = None
        self._retry_with_secret = False
        self._typed_for: Profile | None = None
        self._preview_timer: Timer | None = None
        self._devices = DeviceDesk(Devices(world.vault), world.means, self._whether_to_remember)
        self._stop_listening: Callable[[], None] = lambda: None

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
        if before is None or before.client_in_use != now.client_in_use:
            self._form.fill(auth_flow=now.profile.auth_flow or DEFAULT)
            self._form.describe(None)
            self._forget_what_is_not_for(now.profile)
            self._forget_attempt()
            self.call_later(self._show_form)
        if before is None or before.signer != now.signer:
            self._account = Account(now, partial(self._check, now))
            self._describe_soon()
        self._paint_hash()
        self._preview_soon()
        if self._retry_with_secret and not now.secret_is_awaited:
            self._retry_with_secret = False
            self._submit_again()

    def _forget_what_is_not_for(self, now: Profile) -> None:
        """What was typed for one profile is nothing for another to see."""
        before, self._typed_for = self._typed_for, now
        if before is None or before.name == now.name:
            return
        if before.user_pool_id != now.user_pool_id:
            self._form.clear()
        self._form.fill(password=Secret(""))

    def fill(self, username: str, password: Secret, auth_flow: str) -> None:
        """Put a user's name, password and flow in the form, as one who was chosen elsewhere."""
        self._forget_attempt()
        self.remove_class("-flip")
        self._form.clear()
        self._form.fill(username=username, password=password, auth_flow=auth_flow)
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
        if self._sets_up_totp:
            self._hash.show_not_needed("VerifySoftwareToken")
            return
        refused = isinstance(stage, ErrorPane) and stage.is_about_the_hash
        self._hash.show(self.in_use, subject, refused=refused)

    @property
    def _sets_up_totp(self) -> bool:
        return isinstance(self._stage, ChallengeForm) and self._stage.prompt.software_token is not None

    @on(SignInForm.Edited)
    def _preview_soon(self) -> None:
        if self._preview_timer is not None:
            self._preview_timer.stop()
        self._preview_timer = self.set_timer(PREVIEW_AFTER, self._preview)

    async def _preview(self) -> None:
        """Before anything is said: what would be."""
        if self.in_use is None or self._conversation.exchanges:
            return
        known = self._devices.kept.known(self.in_use.profile.device_item(self._form.username))
        start = self._form.start(self.in_use.client, known)
        await self._talk.plan(start.auth_flow, planned(start))
        self._talk.preview(start.first_call(), self.in_use.where)

    def on_screen_resume(self) -> None:
        """Look which flows the client allows, when somebody sees them."""
        self._describe_soon()

    def _describe_soon(self) -> None:
        account = self._asked
        if account is None or account is self._described or not self.is_current:
            return
        self._described = account
        begin_beside(self, partial(self._describe_flows, account), "flows", "what the client allows")

    async def _describe_flows(self, account: Account) -> None:
        client = await account.describe_client()
        if account is self._account:
            self._form.describe(client)

    @property
    def _asked(self) -> Account | None:
        """The account, where there are credentials to ask it."""
        known = self.in_use is not None and self.in_use.admin is Admin.NO_CREDENTIALS
        return None if known else self._account

    # Walking

    @on(SignInForm.Submitted)
    def _submitted(self, event: SignInForm.Submitted) -> None:
        event.stop()
        self._begin()

    def _begin(self, remembered: Remembered | None = None) -> None:
        """Walk what the form says, giving again by itself what is `remembered` of an earlier walk."""
        in_use = self.in_use
        if in_use is None or self._calling:
            return
        if in_use.secret_is_awaited:
            self._ask_for_secret(in_use)
            return
        begin(self, partial(self._sign_in, in_use, remembered), "walk", "a sign-in")

    async def _sign_in(self, in_use: InUse, remembered: Remembered | None) -> None:
        with self._waiting():
            device = await self._devices.kept.find(in_use.profile.device_item(self._form.username))
        self._conversation = Conversation(self._said, self.world.stopwatch)
        self._talk.begin()
        start = self._form.start(in_use.client, device)
        self._attempt = Attempt(start, in_use, self._conversation, self.world.means, remembered)
        await self._walk(self._attempt)

    async def _walk(self, attempt: Attempt) -> None:
        try:
            tokens = await attempt.run(partial(self._send, attempt.in_use), self._show_prompt)
        except CognitoError as error:
            await self._show_error(attempt, error)
        else:
            await self._show_tokens(attempt, tokens)

    async def _send(self, in_use: InUse, call: Call) -> Reply:
        """Send a call of a flow that `in_use` has begun; another profile may be in use by now."""
        try:
            with self._waiting():
                reply = await self._unless_stopped(call, self.world.calls.send(in_use.where, call))
        except NoCredentials:
            self._signed(Admin.NO_CREDENTIALS, in_use)
            raise
        if call.signed:
            self._signed(Admin.WORKS, in_use)
        return reply

    async def _unless_stopped(self, call: Call, sending: Coroutine[Any, Any, Reply]) -> Reply:
        """Wait for the reply, as long as the person does.

        Raises:
            NotAwaited: they do not; what was sent may be carried out all the same.
        """
        self._under_way = under_way = asyncio.ensure_future(sending)
        try:
            return await under_way
        except asyncio.CancelledError:
            worker = asyncio.current_task()
            if worker is None or worker.cancelling():
                raise
            raise NotAwaited(call.operation, "You did not wait for the answer.") from None

    async def _check(self, in_use: InUse, call: Call) -> Reply:
        """Send a call that only looks something up where `in_use` is.

        It joins a conversation that has begun when it is over; before that, nobody has said anything yet.
        """
        conversation = self._conversation
        began = conversation.clock()
        try:
            reply = await self.world.calls.send(in_use.where, call)
        except NoCredentials:
            # nothing was said, so the conversation is silent too; the badge tells
            self._signed(Admin.NO_CREDENTIALS, in_use)
            raise
        except CognitoError as error:
            took = conversation.clock() - began
            _looked_up(conversation, Exchange(0, call, error=error, seconds=took, note=BY_THE_CHECK))
            raise
        self._signed(Admin.WORKS, in_use)
        took = conversation.clock() - began
        _looked_up(conversation, Exchange(0, call, reply, seconds=took, note=BY_THE_CHECK))
        return reply

    def _signed(self, admin: Admin, in_use: InUse) -> None:
        """Tell how a call that `in_use` signs has gone."""
        self.post_message(SignedCall(admin, in_use.signer))

    @property
    def _calling(self) -> bool:
        """Whether an answer is waited for."""
        return self._waits > 0

    @contextmanager
    def _waiting(self) -> Iterator[None]:
        """Count an answer as waited for; a worker that is put aside before it begins has never waited."""
        self._waits += 1
        self._tell_calling()
        try:
            yield
        finally:
            self._waits -= 1
            self._tell_calling()

    def _tell_calling(self) -> None:
        self._stage.border_subtitle = "asking Cognito …" if self._calling else ""
        self.refresh_bindings()

    def _said(self, _exchange: Exchange) -> None:
        self.call_later(self._paint_talk)

    async def _paint_talk(self) -> None:
        if self.in_use is None or not self._conversation.exchanges:
            return
        attempt, said = self._attempt, self._conversation.exchanges
        follows: tuple[Planned, ...] = ()
        if attempt and attempt.prompt and attempt.waits_for_an_answer:
            follows = waiting(attempt.prompt, attempt.start, len(said))
        await self._talk.show(said, self.in_use.where, follows)
        self._strip.tell(self._conversation.exchanges)

    # What stands on the stage

    async def _put_on_stage(self, stage: Stage) -> None:
        """Show `stage` in place of what was there; forms stay behind it with all that was typed."""
        left = self.query_one("#left", Vertical)
        kept: tuple[Stage, ...] = (stage, self._form)
        if isinstance(stage, ErrorPane) and isinstance(self._stage, ChallengeForm):
            kept = (*kept, self._stage)
        if not left.is_attached:
            return  # the app ends
        if stage not in left.children:
            await left.mount(stage, before=self._strip)
        for other in [*left.query(ChallengeForm), *left.query(ErrorPane), *left.query(SignedIn)]:
            if other not in kept:
                await other.remove()
        for other in kept:
            other.display = other is stage
        if stage is not self._stage:
            self.remove_class("-flip")  # what takes the keys now has to be seen
        self._stage = stage
        if not isinstance(stage, ErrorPane):
            stage.show_secrets(show=self.show_secrets)
        self._paint_hash()
        self.refresh_bindings()
        stage.begin()
        await self._paint_talk()

    async def _show_form(self) -> None:
        await self._put_on_stage(self._form)

    async def _show_prompt(self, prompt: Prompt) -> None:
        """Ask; after a refused answer the same form says why, or an explanation stands in front of it."""
        attempt, form = self._attempt, next(iter(self.query(ChallengeForm)), None)
        if attempt is None:
            return
        self._take_new_password(attempt)
        if form is None or prompt.refused is None or not form.asks_the_same(prompt):
            form = self._form_of(prompt, attempt)
            await self._put_on_stage(form)
            begin_beside(self, partial(self._describe, form), "describe", "what the account tells")
        if prompt.refused is None:
            return
        if about_the_answer(prompt.refused, prompt.challenge.name):
            form.refuse(prompt.refused)
            await self._put_on_stage(form)
        else:
            await self._show_error(attempt, prompt.refused)

    def _form_of(self, prompt: Prompt, attempt: Attempt) -> ChallengeForm:
        practice = self.world.practice
        return ChallengeForm(
            prompt,
            self._account.pool if self._account else None,
            self.world.now,
            attempt.remembered.typed(prompt),
            began=attempt.clock_of(prompt, self.world.now()),
            can_fill_in=practice is not None and self._code_for(prompt) is not None,
        )

    def _take_new_password(self, attempt: Attempt) -> None:
        """The next sign-in needs the password that Cognito has taken, not the temporary one."""
        if attempt.new_password is not None:
            self._form.fill(password=attempt.new_password)

    async def _describe(self, form: ChallengeForm) -> None:
        account = self._asked
        if account is None:
            return
        pool = await account.describe_pool()
        client = await account.describe_client() if pool else None
        if form.is_mounted:
            form.describe(pool, client.auth_session_minutes if client else None)

    async def _show_error(self, attempt: Attempt, error: CognitoError) -> None:
        explanation = self._explained(attempt, error)
        self._talk.read(len(self._conversation.exchanges), explanation.read_it)
        pane = ErrorPane(error, explanation)
        await self._put_on_stage(pane)
        if pane.is_about_the_client:
            look = partial(self._look_at_client, attempt, pane, error)
            begin_beside(self, look, "describe", "looking at the app client")

    def _explained(self, attempt: Attempt, error: CognitoError) -> Explanation:
        return explain(error, attempt.situation(self._account.client if self._account else None))

    async def _look_at_client(self, attempt: Attempt, pane: ErrorPane, error: CognitoError) -> None:
        """Look what the account knows of this client, its secret and its flows, and explain anew."""
        account = self._asked
        if account is None:
            return
        await account.describe_client(anew=True)
        if pane.is_mounted and self._stage is pane:
            await pane.explain(self._explained(attempt, error))

    async def _show_tokens(self, attempt: Attempt, tokens: Tokens) -> None:
        self._take_new_password(attempt)
        self.post_message(TokensCame(attempt.in_use, tokens))
        pane = SignedIn(tokens)
        await self._put_on_stage(pane)
        status = partial(self._tell_status, pane, attempt.in_use, tokens.username)
        begin_beside(self, status, "describe", "the user's status")
        device = partial(self._devices.tell, pane, attempt.in_use.profile, attempt.start.username, tokens)
        begin_beside(self, device, "device", "the user's device")

    async def _tell_status(self, pane: SignedIn, in_use: InUse, username: str) -> None:
        account = self._asked
        user = await account.look(username) if account else None
        if user is not None:
            self.post_message(UserSeen(in_use, user))
        if not pane.is_mounted:
            return
        if user is not None and user.status is not UserStatus.UNKNOWN:
            pane.tell_status(user.status, "as AdminGetUser has it now")
        else:
            pane.tell_status("CONFIRMED", "Cognito gives tokens after a password to no other status")

    # Devices

    @on(SignedIn.Remember)
    def _remember_device(self, event: SignedIn.Remember) -> None:
        event.stop()
        if self._attempt is not None:
            send = self._conversation.recording(partial(self._send, self._attempt.in_use))
            profile = self._attempt.in_use.profile
            remember = partial(self._devices.remember, event.pane, profile, event.device, send)
            begin(self, remember, "device", "remembering the device")

    async def _whether_to_remember(self) -> bool | None:
        return await self.app.push_screen_wait(RememberDevice())

    @on(SignedIn.Forget)
    async def _forget_device(self, event: SignedIn.Forget) -> None:
        event.stop()
        if self._attempt is not None:
            await self._devices.forget(event.pane, self._attempt.in_use.profile)

    # The sandbox's messages

    def on_mount(self) -> None:
        """In the sandbox, hear of codes that are sent."""
        if self.world.practice is not None:
            self._stop_listening = self.world.practice.inbox.listen(self._heard)

    def on_unmount(self) -> None:
        """Hear no more."""
        self._stop_listening()

    def _heard(self, message: Message) -> None:
        # in the thread that serves the request
        if message.code is not None:
            self.post_message(CodeSent(message.medium, message.masked, message.code))

    @on(CodeSent)
    def _code_sent(self, event: CodeSent) -> None:
        self.notify(f"{event.code.reveal()}   ctrl+o fills it in", title=event.to, timeout=12, markup=False)

    def _code_for(self, prompt: Prompt) -> Secret | None:
        practice, in_use = self.world.practice, self.in_use
        if practice is None or in_use is None:
            return None
        return practice.inbox.answer(prompt, in_use.profile.user_pool_id)

    @on(ChallengeForm.FillIn)
    def action_fill_in(self) -> None:
        """Fill in the code that is at hand now."""
        if isinstance(self._stage, ChallengeForm) and (code := self._code_for(self._stage.prompt)):
            self._stage.fill_in(code)

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
            case Remedy.USE_POOL_SECRET if (
                self._account and self._account.client and self._account.client.secret
            ):
                self._retry_with_secret = True
                self.post_message(WantSecret(self._account.client.secret, self._no_retry))
            case Remedy.ENTER_SECRET if self.in_use:
                self._ask_for_secret(self.in_use)
            case Remedy.DROP_SECRET:
                self._retry_with_secret = True
                self.post_message(DropSecret())
            case _:
                self._leave_to_others(fix)

    def _leave_to_others(self, fix: Fix) -> None:
        """What is done elsewhere, and leaves the sign-in as it is."""
        match fix.remedy:
            case Remedy.COPY_COMMAND:
                self.post_message(Copy("AWS CLI command", fix.argument, sensitive=False))
            case Remedy.SHOW_USER if self._attempt:
                self.post_message(ShowUser(self._attempt.start.username))
            case Remedy.EDIT_PROFILE if self.in_use:
                self.post_message(EditProfile(self.in_use.profile))

    def _ask_for_secret(self, in_use: InUse) -> None:
        if in_use.kept.kept is Kept.LOOKING:
            self.notify("The keyring is still being asked for the client secret.", severity="warning")
            return
        self._retry_with_secret = True
        self.post_message(WantSecret(given_up=self._no_retry))

    def _no_retry(self) -> None:
        self._retry_with_secret = False

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
        self._begin(self._attempt.remembered if self._attempt else None)

    def _forget_attempt(self) -> None:
        self.workers.cancel_group(self, "walk")
        self._attempt = None
        self._retry_with_secret = False
        self._conversation = Conversation()
        self._strip.tell(())

    @on(ChallengeForm.StartAgain)
    async def action_start_again(self) -> None:
        """Leave the walk for the first form, as if nothing had been said."""
        self._forget_attempt()
        await self._show_form()
        self._preview_soon()

    async def action_back_to_form(self) -> None:
        """From an explanation back to the form it is about."""
        challenge = next(iter(self.query(ChallengeForm)), None)
        await self._put_on_stage(challenge or self._form)

    async def action_stop_waiting(self) -> None:
        """Do not wait for the answer to the call under way. Of a challenge, the form stays as it is."""
        if self._attempt is not None and self._attempt.prompt is not None and self._under_way is not None:
            self._under_way.cancel()
            return
        self.workers.cancel_group(self, "walk")
        self.notify("The request may have been carried out all the same.", title="Stopped waiting")
        await self._show_form()

    @on(SignedIn.Again)
    async def _again(self, event: SignedIn.Again) -> None:
        event.stop()
        if event.as_other:
            self._form.clear()
        self._forget_attempt()
        await self._show_form()
        self._preview_soon()

    def action_copy_hash(self) -> None:
        """Copy the hash that stands there."""
        if self._hash.value:
            self.post_message(Copy("SECRET_HASH", self._hash.value, sensitive=False))
        else:
            self.notify("There is no SECRET_HASH to copy yet.", severity="warning")

    def action_copy_key(self) -> None:
        """Copy the TOTP key of the set-up."""
        if isinstance(self._stage, ChallengeForm):
            self._stage.copy_key()

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
            case "copy_hash":
                has_one = not isinstance(self._stage, ErrorPane) and not self._sets_up_totp
                return has_one and not self.has_class("-flip")
            case "copy_key":
                return self._sets_up_totp
            case "fill_in":
                return isinstance(self._stage, ChallengeForm) and self._stage.can_fill_in
        return True

    def here_again(self) -> None:
        """F3 while here: on a narrow screen the other half is shown."""
        self.toggle_class("-flip")
        self.refresh_bindings()
        if self.has_class("-flip"):
            self._left_at = self.focused
            self._talk.take_focus()
        elif self._left_at is not None and self._stage in self._left_at.ancestors:
            self._left_at.focus()
        else:
            self._stage.begin()


def _looked_up(conversation: Conversation, exchange: Exchange) -> None:
    if conversation.exchanges:
        conversation.add(exchange)
