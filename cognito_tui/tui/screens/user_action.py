"""Doing something about one user: who and what before, and the user as Cognito has it afterwards."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any, ClassVar, Final, Literal

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import HorizontalGroup, VerticalGroup
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Button, Input, Static

from cognito_tui.cognito.admin_requests import MFA_SETTINGS
from cognito_tui.cognito.errors import AnswerLost, CognitoError
from cognito_tui.cognito.explain import Explanation, Fix, Remedy, Situation, explain
from cognito_tui.cognito.model import Secret
from cognito_tui.cognito.steps import Answer, Call
from cognito_tui.cognito.user_actions import AboutAction, Action
from cognito_tui.cognito.user_offers import pointless, verdict_for, warning
from cognito_tui.cognito.users import User
from cognito_tui.cognito.verdicts import Outlook
from cognito_tui.cognito.visible import visible
from cognito_tui.tui.say import DONE, FAILED, NEEDS, plain, quiet, say
from cognito_tui.tui.screens.dialog import Dialog
from cognito_tui.tui.sight import relabel
from cognito_tui.tui.user_admin import UserAdmin, as_whom
from cognito_tui.tui.user_rows import date_words
from cognito_tui.tui.widgets.offers import Offer, Offers
from cognito_tui.tui.widgets.pane import Pane
from cognito_tui.tui.widgets.user_card import SIGNS
from cognito_tui.tui.working import begin


class Stage(Enum):
    """How far the dialog has come."""

    ASK = auto()
    SENDING = auto()
    OVER = auto()


@dataclass(frozen=True)
class Result:
    """What came of a dialog in which something was sent.

    `user` is the user as Cognito has it now; None where it is `gone`, or could not be looked at. `then` is
    another action the person wants instead, `sign_in_with` the password to sign in as the user with.
    """

    username: str
    user: User | None = None
    gone: bool = False
    then: Action | None = None
    sign_in_with: Secret | None = None


class ActionDialog(Dialog[Result]):
    """Asks before `action` is sent for `user`, sends it, and shows what came of it.

    Subclasses add a form, the calls it makes, and what is told afterwards.
    """

    HELP = """
    # A change

    Nothing is sent before you say so. Above the line stands who it is, as Cognito has the user now, and what
    the operation does to them.

    `y` or `enter`, whichever the button says, sends it; `esc` leaves. Afterwards the user is shown as Cognito
    has them then. When an answer is lost the app says so, and does not send it once more by itself.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "yes('y')", "Yes", show=False),
        Binding("enter", "yes('enter')", "Yes", show=False),
        Binding("n", "no", "No", show=False),
    ]

    def __init__(
        self, admin: UserAdmin, user: User, action: Action, about: AboutAction | None = None
    ) -> None:
        super().__init__()
        self.admin = admin
        self.user = user
        self.action = action
        self.about = about or action.about
        self.stage = Stage.ASK
        self._who = Static("")
        self._what = Static("", classes="gap")
        self._forecast = Static("", classes="gap forecast")
        self._told = Static("", classes="gap", id="action-told")
        self._ways = VerticalGroup(id="action-ways")
        self._yes = Button(f"{self.verb}  {self.yes_key}", variant=self._variant, id="yes")
        self._no = Button("Cancel  esc", id="no")
        self.identity = ""
        self._done_of: tuple[int, int] = (0, 0)
        self.answers: list[Answer] = []
        self._warned = False
        self._looked = asyncio.Event()
        self.result: Result | None = None

    # What a subclass says

    yes_key: ClassVar[str] = "y"
    """The key that sends; enter where letters are for a field."""

    @property
    def verb(self) -> str:
        """What the button says."""
        return self.about.label.rstrip("…")

    @property
    def title_words(self) -> str:
        """The title: what, and to whom."""
        return f"{self.about.label.rstrip('…')} · {visible(self.user.username)}"

    def form(self) -> ComposeResult:
        """The fields, if there are any."""
        yield from ()

    async def calls(self) -> Sequence[Call] | None:
        """What is sent; None, with the reason at its field, where the form is not right yet."""
        return ()

    def outcome(self, now: User | None) -> Content:
        """What is told besides of what was done."""
        return plain("")

    def ways_on(self) -> list[Offer]:
        """What can be done next."""
        return []

    def first_field(self) -> Widget | None:
        """What has the focus at first, where that is no button."""
        return None

    async def describe_first(self) -> None:
        """Learn of the pool what the form has to know."""

    async def know(self, user: User) -> None:
        """The user as Cognito has it right before the change."""
        self.user = user

    async def know_not(self, error: CognitoError) -> None:
        """The user could not be looked at; the change itself will tell why."""

    # The dialog

    @property
    def _variant(self) -> Literal["error", "primary"]:
        return "error" if self.about.destructive else "primary"

    def compose(self) -> ComposeResult:
        """Who, what, the form, what came of it, the ways on."""
        with Pane(title=self.title_words, classes="dialog action"):
            yield self._who
            yield self._what
            yield self._forecast
            with VerticalGroup(id="action-form"):
                yield from self.form()
            yield self._told
            yield self._ways
            with HorizontalGroup(classes="buttons"):
                yield self._no
                yield self._yes

    def on_mount(self) -> None:
        """The safe choice where something is lost; then look at the user as it is now."""
        self._told.display = False
        self.paint()
        (self.first_field() or (self._no if self.about.destructive else self._yes)).focus()
        begin(self, self.look_first, "look", "looking at the user before a change")

    def show_user(self, *, known: bool) -> None:
        """Whether there is somebody to show."""
        self._who.display = known

    async def look_first(self) -> None:
        """What has to be known before anything is sent, and as whom it would be."""
        signer = asyncio.ensure_future(self.admin.identity())
        try:
            await self.describe_first()
            await self.look()
        finally:
            self._looked.set()
        self.identity = await signer
        self.paint()

    async def look(self) -> None:
        """The user as it is right before."""
        try:
            user = await self.admin.look(self.user.username)
        except CognitoError as error:
            self.hush()
            await self.know_not(error)
        else:
            self.hush()
            await self.know(user)
            self.paint()

    def paint(self) -> None:
        """Say who and what, as it is known now."""
        self._who.update(who(self.user))
        self._what.update(Content("\n").join(self._what_it_does()))
        forecast = self.forecast()
        self._forecast.update(Content("\n").join(forecast))
        self._forecast.set_class(not forecast, "-none")

    def _what_it_does(self) -> list[Content]:
        profile = self.admin.in_use.profile
        aws = profile.aws_profile or ("default chain" if self.admin.in_use.endpoint.url is None else "")
        whose = (
            f"as {as_whom(self.identity)}"
            if self.identity
            else f"with the credentials of {aws}"
            if aws
            else ""
        )
        return [
            say(
                "[$text-primary]$operation[/]  $consequence",
                operation=self.about.operations[0],
                consequence=self.about.consequence,
            ),
            quiet(f"in the pool {profile.user_pool_id}, {profile.name} {whose}".rstrip()),
        ]

    def forecast(self) -> list[Content]:
        """What is known of how it will go, and what to think of before."""
        verdict = verdict_for(self.action, self.user)
        lines = []
        if nothing := pointless(self.action, self.user):
            lines.append(say(f"{NEEDS} It changes nothing: $nothing.", nothing=nothing))
        if verdict.outlook is Outlook.REFUSED:
            lines.append(say(f"{FAILED} Cognito is known to refuse it. $why", why=verdict.reason))
        elif verdict.outlook is Outlook.NOT_KNOWN:
            lines.append(say("[$text-warning]?[/] $why", why=verdict.reason))
        if think := warning(self.action, self.user):
            lines.append(say(f"{NEEDS} $think", think=think))
        return lines

    # Sending

    @on(Button.Pressed, "#yes")
    @on(Input.Submitted)
    def _pressed_yes(self, event: Button.Pressed | Input.Submitted) -> None:
        event.stop()
        self.go()

    def action_yes(self, _key: str) -> None:
        """Send it."""
        self.go()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Letters are keys only where no form takes them: what is typed before it is there does nothing."""
        if action == "yes":
            return parameters == (self.yes_key,)
        return action != "no" or self.yes_key == "y"

    def go(self) -> None:
        """Send it, once the dialog is there: the key may come before it, in one burst with what opened it."""
        self.call_later(self._begin_to_send)

    def _begin_to_send(self) -> None:
        if self.stage is Stage.ASK:
            begin(self, self._send, "send", "changing a user")

    async def _send(self) -> None:
        if not self._looked.is_set():
            self.tell(quiet("asking Cognito first …"))
            await self._looked.wait()
        calls = await self.calls()
        if calls is None:
            return
        self._enter(Stage.SENDING)
        self.tell(quiet("asking Cognito …"))
        self.answers.clear()
        for number, call in enumerate(calls):
            self._done_of = number, len(calls)
            try:
                self.answers.append((await self.admin.change(call)).body)
            except CognitoError as error:
                await self._failed(error)
                return
        self._done_of = len(calls), len(calls)
        await self._succeeded(calls)

    async def _succeeded(self, calls: Sequence[Call]) -> None:
        now = await self._look_afterwards()
        lines = [*carried_out(calls), *self._as_it_is(now)]
        if more := self.outcome(now):
            lines.append(more)
        self.tell(Content("\n").join(lines))
        self._over(self.ways_on())

    async def _look_afterwards(self) -> User | None:
        gone = self.action is Action.DELETE
        now: User | None = None
        if not gone:
            try:
                now = await self.admin.look(self.username_now)
            except CognitoError:
                now = None
        self.result = Result(self.username_now, now, gone=gone)
        return now

    @property
    def username_now(self) -> str:
        """Whom to look at afterwards."""
        return self.user.username

    def _as_it_is(self, now: User | None) -> list[Content]:
        """Before and after."""
        if now is None:
            gone = self.result is not None and self.result.gone
            return [quiet("The user is gone." if gone else "The user could not be looked at afterwards.")]
        heading = quiet("The user as Cognito has it now:")
        if not self.user.username:  # there was nobody before
            return [heading, who(now)]
        return [heading, *changed(self.user, now, self.admin)]

    async def _failed(self, error: CognitoError) -> None:
        told = explain(error, self._situation())
        lines = [say(f"{FAILED} [b $text-error]$name[/] $why", name=error.name, why=error.sentence)]
        if self._done_of[0]:
            lines.append(self._how_far())
        lines += [quiet(told.meaning)] if told.meaning else []
        lines += [
            say(
                "[$foreground 72%]$sure:[/] $text [$foreground 72%]$detail[/]",
                sure=cause.certainty,
                text=cause.text,
                detail=cause.detail,
            )
            for cause in told.causes
        ]
        if told.read_it:
            lines.append(quiet(told.read_it))
        if isinstance(error, AnswerLost) or self._done_of[0]:
            lines += self._as_it_is(await self._look_afterwards())
        self.tell(Content("\n").join(lines))
        self._over(_ways_out(told, self.user))

    def _how_far(self) -> Content:
        done, total = self._done_of
        return say(f"{NEEDS} $done of $total requests were done before it.", done=done, total=total)

    def _situation(self) -> Situation:
        in_use = self.admin.in_use
        return Situation(
            client=in_use.client,
            username=self.user.username,
            region=in_use.profile.region,
            endpoint_url=in_use.endpoint.url,
            aws_profile=in_use.profile.aws_profile or "",
        )

    def _over(self, ways: list[Offer]) -> None:
        self._enter(Stage.OVER)
        self.call_later(self._offer, ways)  # in the dialog's own queue, one after another

    async def _offer(self, ways: list[Offer]) -> None:
        if self.stage is not Stage.OVER or not self._ways.is_attached:
            return
        await self._ways.remove_children()
        if ways:
            offers = Offers(ways, short=True)
            await self._ways.mount(offers)
            offers.focus()
        else:
            self._no.focus()

    def _enter(self, stage: Stage) -> None:
        self.stage = stage
        self.set_class(stage is Stage.OVER, "-over")
        self._yes.display = stage is Stage.ASK
        relabel(self._no, "Close  esc" if stage is Stage.OVER else "Cancel  esc")
        self.refresh_bindings()

    def tell(self, words: Content) -> None:
        """Say what happens, or what is wrong."""
        self._told.update(words)
        self._told.display = True
        self._told.scroll_visible(animate=False)

    def hush(self) -> None:
        """Say no more of it."""
        self._told.display = False

    # Leaving

    @on(Offers.Chosen)
    async def _take_way(self, event: Offers.Chosen) -> None:
        event.stop()
        if isinstance(event.value, Fix):
            await self._take(event.value)
        else:
            self.take(event.value)

    async def _take(self, fix: Fix) -> None:
        match fix.remedy:
            case Remedy.OTHER_ACTION:
                known = self.result or Result(self.user.username, self.user)
                self.dismiss(Result(known.username, known.user, then=Action(fix.argument)))
            case _:
                self._enter(Stage.ASK)
                self.hush()
                await self._ways.remove_children()
                if fix.remedy is Remedy.RETRY:
                    self.go()
                else:
                    (self.first_field() or self._no).focus()

    def take(self, value: object) -> None:
        """Do what one of `ways_on` stands for."""

    @on(Button.Pressed, "#no")
    def _pressed_no(self, event: Button.Pressed) -> None:
        event.stop()
        self.action_cancel()

    def action_no(self) -> None:
        """Leave without sending, unless something was sent already."""
        if self.stage is Stage.ASK:
            self.action_cancel()

    def action_cancel(self) -> None:
        """Leave; while a request is under way, only when asked twice."""
        if self.stage is Stage.SENDING and not self._warned:
            self._warned = True
            self.tell(
                quiet("asking Cognito … esc once more leaves; the request may be carried out all the same")
            )
            return
        if self.stage is Stage.SENDING:
            self.result = Result(self.user.username)
        self.dismiss(self.result)


def who(user: User) -> Content:
    """The user in two lines."""
    contact = " ".join(filter(None, (user.email, user.phone_number)))
    status = say(SIGNS.get(user.status, "[$text-warning]! $status[/]"), status=user.status)
    enabled = "" if user.enabled else "  [$text-error]× disabled[/]"
    name = say(
        "[b]$name[/]  [$foreground 72%]$contact[/]\n", name=visible(user.username), contact=visible(contact)
    )
    return name + status + say(enabled)


def carried_out(calls: Sequence[Call]) -> list[Content]:
    """A line for each operation, and for what of the user: a group, attributes, a session."""
    if not calls:
        return [say(f"{DONE} [b]nothing to change[/]")]
    about: dict[str, list[str]] = {}
    for call in calls:
        about.setdefault(call.operation, []).extend(map(visible, _about_what(call)))
    return [
        say(f"{DONE} [b]$operation[/]$about", operation=operation, about=f"  {', '.join(names)}".rstrip())
        for operation, names in about.items()
    ]


_NAMES: Final = ("GroupName", "DeviceKey", "SessionId")
_LISTS: Final = ("UserAttributes", "UserAttributeNames")


def _about_what(call: Call) -> list[str]:
    params: Mapping[str, Any] = call.params
    if call.operation == "AdminCreateUser":  # the user as it is now says it all
        return []
    names = [str(params[name]) for name in _NAMES if name in params]
    attributes = [each for name in _LISTS for each in params.get(name) or ()]
    factors = {factor: params[member] for factor, member in MFA_SETTINGS.items() if member in params}
    return [
        *names,
        *(str(each["Name"]) if isinstance(each, Mapping) else str(each) for each in attributes),
        *(f"{factor} {'on' if told.get('Enabled') else 'off'}" for factor, told in factors.items()),
    ]


def changed(before: User, now: User, admin: UserAdmin) -> list[Content]:
    """What is not as it was; at least the status."""
    lines = [_step("status", before.status, now.status)]
    if before.enabled != now.enabled:
        words = {True: "yes", False: "no"}
        lines.append(_step("enabled", words[before.enabled], words[now.enabled]))
    names = dict.fromkeys([*before.attributes, *now.attributes])
    lines += [
        _step(name, before.attributes.get(name, ""), now.attributes.get(name, ""))
        for name in names
        if before.attributes and before.attributes.get(name) != now.attributes.get(name)
    ]
    if before.mfa is not None and (before.mfa, before.preferred_mfa) != (now.mfa, now.preferred_mfa):
        lines.append(_step("MFA", _mfa(before), _mfa(now)))
    if now.modified is not None and now.modified != before.modified:
        lines.append(_step("changed", "", date_words(now.modified.astimezone(admin.zone))))
    return lines


def _mfa(user: User) -> str:
    return ", ".join(f"{each} (preferred)" if each == user.preferred_mfa else each for each in user.mfa or ())


def _step(name: str, before: str, after: str) -> Content:
    label = name.ljust(10)
    if before == after or not before:
        return say("  [$foreground 72%]$label[/] $after", label=label, after=visible(after) or "none")
    return say(
        "  [$foreground 72%]$label $before ›[/] $after",
        label=label,
        before=visible(before),
        after=visible(after) or "none",
    )


_WAYS_OUT: Final = frozenset({Remedy.RETRY, Remedy.EDIT, Remedy.OTHER_ACTION})


def _ways_out(told: Explanation, user: User) -> list[Offer]:
    """What may help `user`: an error comes of several states, and another action fits some of them only."""
    return [
        Offer(fix.key, fix.text, fix.consequence, fix)
        for fix in told.fixes
        if fix.remedy in _WAYS_OUT and not _is_refused(fix, user)
    ]


def _is_refused(fix: Fix, user: User) -> bool:
    if fix.remedy is not Remedy.OTHER_ACTION:
        return False
    return verdict_for(Action(fix.argument), user).outlook is Outlook.REFUSED
