"""The tokens place: who is signed in, what the tokens say, whether it is true, and fresh ones."""

from __future__ import annotations

import shlex
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import ClassVar, Final

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.timer import Timer
from textual.widgets import ListView

from cognito_tui.cognito.described import AppClientDescription
from cognito_tui.cognito.errors import CognitoError, NoCredentials
from cognito_tui.cognito.explain import Explanation, Fix, Remedy, Situation, explain
from cognito_tui.cognito.flows.standing import State
from cognito_tui.cognito.model import AuthFlow, Secret, Tokens
from cognito_tui.cognito.pasted import NotAToken, token_in
from cognito_tui.cognito.steps import Call
from cognito_tui.cognito.tokens import Jwt, NotAJwt, decode
from cognito_tui.tui import looking, token_calls, token_keys
from cognito_tui.tui.account import Account, Send
from cognito_tui.tui.in_use import Admin, InUse, Kept
from cognito_tui.tui.looking import Subject
from cognito_tui.tui.messages import (
    Copy,
    EditProfile,
    GoTo,
    ShowValue,
    SignedCall,
    TokensChanged,
    TokensForgotten,
)
from cognito_tui.tui.say import DONE, FAILED, NEEDS, OPEN, quiet, say
from cognito_tui.tui.screens.choose_user import ChooseUser
from cognito_tui.tui.screens.confirm import Confirm
from cognito_tui.tui.screens.paste_token import PasteToken
from cognito_tui.tui.screens.place import SHOW_SECRETS, Place
from cognito_tui.tui.screens.write_token import WriteToken
from cognito_tui.tui.signed_in_users import TOKENS, SignedInUser
from cognito_tui.tui.widgets.error_pane import ErrorPane
from cognito_tui.tui.widgets.offers import Offers
from cognito_tui.tui.widgets.token_card import TokenCard
from cognito_tui.tui.widgets.token_view import TokenView
from cognito_tui.tui.working import begin, begin_beside
from cognito_tui.tui.world import World
from cognito_tui.walk import Reply

AHEAD: Final = 60.0
"""Seconds before they expire that tokens are refreshed by themselves; Cognito's live 5 minutes at least."""

Deed = Callable[[SignedInUser, Send], Awaitable[Content]]
"""Something done with somebody's tokens; gives what to say of it."""


@dataclass(frozen=True)
class Tried:
    """What was done, or was to be, with whose tokens: all it takes to do the same again."""

    user: SignedInUser
    what: str
    deed: Deed

    @property
    def title(self) -> str:
        """What it is called where its user is not the one who is shown."""
        user = self.user
        of = f"{user.name} of {user.in_use.profile.name}" if user.number > 0 else "a pasted token"
        return f"{self.what}: {of}"


class TokensPlace(Place):
    """Tokens of everybody who is signed in, and any that is pasted."""

    PLACE = "tokens"

    HELP = """
    # Tokens

    The ID, access and refresh token of a sign-in: what each claim means, what is odd about it, and whether
    the pool has signed it. Tokens live in memory and go with the app.

    - `1` `2` `3` choose a token, `u` another user who is signed in
    - `p` takes any other token to look at; so does pasting it right here
    - `r` refreshes and shows what has changed, `a` does so by itself a minute before they expire
    - `v` revokes the refresh token, `s` signs the user out everywhere; both ask first
    - `g` asks Cognito whether the access token is still good: it tells expired from revoked
    - `c` verifies again: signature, issuer, client, use and time
    """

    BINDINGS: ClassVar[list[BindingType]] = [*token_keys.SHOWN, SHOW_SECRETS, *token_keys.OTHERS]

    def __init__(self, world: World) -> None:
        super().__init__(world)
        self._member = TOKENS[0]
        self._at: int | None = None
        self._signed_in: tuple[SignedInUser, ...] = ()
        self._pasted: Jwt | None = None
        self._pastes = 0
        self._shown: int | None = None
        self._accounts: dict[tuple[str, str, str, str | None], Account] = {}
        self._being_asked: set[int] = set()
        self._failed: Tried | None = None
        self._ticking: Timer | None = None
        self._view = TokenView()

    def body(self) -> ComposeResult:
        """All of it."""
        yield self._view

    def on_mount(self) -> None:
        """Follow who is signed in. Textual calls this for each class of the hierarchy."""
        self._ticking = self.set_interval(1.0, self._tick)
        self.watch(self.app, "signed_in", self._follow_users)

    # Who and what is looked at

    def _follow_users(self, signed_in: tuple[SignedInUser, ...]) -> None:
        before, self._signed_in = {each.number for each in self._signed_in}, signed_in
        numbers = [each.number for each in signed_in]
        if came := [number for number in numbers if number not in before]:
            self._at, self._pasted, self._member = came[-1], None, TOKENS[0]
        elif self._at not in numbers:
            self._at = numbers[-1] if numbers else None
        self._show_soon()

    def in_use_changed(self, before: InUse | None, now: InUse | None) -> None:
        """A pasted token is compared with the profile in use."""
        self._show_soon()

    def on_screen_resume(self) -> None:
        """Show everything as it is now."""
        if self._ticking is not None:
            self._ticking.resume()
        self._show_soon(focus=True)

    def on_screen_suspend(self) -> None:
        """The clock need not go on, unless something has to be refreshed by itself."""
        if self._ticking is not None and not any(each.automatic for each in self._signed_in):
            self._ticking.pause()

    @property
    def _user(self) -> SignedInUser | None:
        if self._pasted is not None:
            return None
        return next((each for each in self._signed_in if each.number == self._at), None)

    @property
    def _number(self) -> int | None:
        """Whose tokens are looked at; whoever has a pasted one has a number below 0, another for each."""
        return self._at if self._pasted is None else -self._pastes

    @property
    def _subject(self) -> Subject:
        user = self._user
        place = self._signed_in.index(user) + 1 if user else 0
        described = self._described(user) if user else None
        return Subject(self._member, user, self._pasted, self.in_use, described, place, len(self._signed_in))

    @property
    def _now(self) -> float:
        return self.world.means.now().timestamp()

    def _tick(self) -> None:
        # in the timer's own task, not in the screen's queue
        for user in self._signed_in:
            if user.automatic and user.number not in self._being_asked and self._ends_soon(user):
                self._carry_out(user, "Refreshing by itself", self._refreshing(""))
        if self.is_current:
            self.call_later(self._show)

    def _ends_soon(self, user: SignedInUser) -> bool:
        expires = user.expires()
        return expires is not None and expires - self._now <= AHEAD

    def _show_soon(self, *, focus: bool = False) -> None:
        """Show what there is to see, and look up what is not known yet."""
        self.call_later(self._show, focus=focus)
        if self.is_current:
            begin(self, self._look_at_signatures, "signatures", "verifying")
            if self._user is not None:
                self._describe_soon(self._user.in_use)

    async def _show(self, *, focus: bool = False) -> None:
        """Paint; always in the screen's own queue, so that an older view never comes after a newer one."""
        if self._view.is_attached:  # and the app does not end
            if self._shown != self._number:  # what was said was said of another
                self._shown, self._failed = self._number, None
                self._view.say(Content())
                await self._view.clear_error()
            view = looking.view(self._subject, self.world.signatures, self._now, shown=self.show_secrets)
            await self._view.show(view, focus=focus and self.is_current)
        self.refresh_bindings()  # what can be copied is known by now

    def watch_show_secrets(self, show: bool) -> None:
        """Show the token itself in place of its claims, or hide it again."""
        self._show_soon()

    # What is looked up: signatures, and what the account tells of the client

    async def _look_at_signatures(self, *, anew: bool = False) -> None:
        for jwt, expected in self._subject.to_verify():
            await self.world.signatures.look(jwt, expected, anew=anew)
        self.call_later(self._show)

    def _describe_soon(self, in_use: InUse) -> None:
        if in_use.client_in_use not in self._accounts:
            account = Account(in_use, partial(self._send_signed, in_use))
            self._accounts[in_use.client_in_use] = account
            begin_beside(self, partial(self._describe, account), "describe", "what the client allows")

    async def _describe(self, account: Account) -> None:
        await account.describe_client()
        self.call_later(self._show)

    def _described(self, user: SignedInUser) -> AppClientDescription | None:
        account = self._accounts.get(user.in_use.client_in_use)
        return account.client if account else None

    async def _send_signed(self, in_use: InUse, call: Call) -> Reply:
        """Send a call that needs AWS credentials, and tell whether there are any."""
        try:
            reply = await self.world.calls.send(in_use.where, call)
        except NoCredentials:
            self.post_message(SignedCall(Admin.NO_CREDENTIALS, in_use.signer))
            raise
        self.post_message(SignedCall(Admin.WORKS, in_use.signer))
        return reply

    # What is done with tokens

    def _carry_out(self, user: SignedInUser, what: str, deed: Deed) -> None:
        """Do it with the tokens that `user` has by now, for they may have been refreshed since one has asked.

        One thing at a time for each user: a refresh token that rotates is good once.
        """
        now = self._as_now(user)
        if now is None:
            self.notify(f"{user.name} is signed in no more.", severity="warning", markup=False)
            return
        if now.number in self._being_asked:
            self.notify("Cognito is still being asked about these tokens.", severity="warning")
            return
        self._being_asked.add(now.number)
        if now.number == self._number:
            self._view.say(quiet(f"{what} …"))
        begin_beside(self, partial(self._carried_out, Tried(now, what, deed)), "deeds", what)

    async def _carried_out(self, tried: Tried) -> None:
        user = tried.user
        try:
            news = await tried.deed(user, partial(self.world.calls.send, user.in_use.where))
        except CognitoError as error:
            await self._fail(tried, error)
        else:
            await self._tell(tried, news)
        finally:
            self._being_asked.discard(user.number)
        self._show_soon()

    async def _tell(self, tried: Tried, news: Content) -> None:
        """Say how it went where its user is shown, and with the name where that is not seen."""
        is_shown = tried.user.number == self._number
        if is_shown:
            self._view.say(news)
            await self._view.clear_error()
        if news.plain and not (is_shown and self.is_current):
            self.notify(news.plain, title=tried.title, markup=False)

    def _as_now(self, user: SignedInUser) -> SignedInUser | None:
        """The same with the tokens of now; None when nobody has them any more."""
        if user.number < 0:
            return user
        return next((each for each in self._signed_in if each.number == user.number), None)

    def _is_automatic(self, user: SignedInUser) -> bool:
        """Whether they refresh by themselves by now: one may say so while they are being refreshed."""
        now = self._as_now(user)
        return now is not None and now.automatic

    def _keep(self, user: SignedInUser, *, stop: bool = False) -> None:
        """Tell the app what the tokens are now; `stop` when they refresh by themselves no more.

        They count here at once: until the app knows, the clock may tick, and use a refresh token twice.
        """
        automatic = self._is_automatic(user) and not user.ended and not stop
        kept = replace(user, automatic=automatic)
        self._signed_in = tuple(kept if each.number == kept.number else each for each in self._signed_in)
        self.post_message(TokensChanged(kept))

    def action_refresh(self) -> None:
        """Get fresh tokens."""
        if self._user is not None:
            self._carry_out(self._user, "Refreshing", self._refreshing(""))

    def action_refresh_by_flow(self) -> None:
        """Get fresh tokens by REFRESH_TOKEN_AUTH."""
        if self._user is not None:
            asked = str(AuthFlow.REFRESH_TOKEN_AUTH)
            self._carry_out(self._user, f"Refreshing by {asked}", self._refreshing(asked))

    def _refreshing(self, asked: str) -> Deed:
        async def deed(user: SignedInUser, send: Send) -> Content:
            described = self._described(user)
            rotates = described.rotates if described else None
            fresh = await token_calls.refresh(user, send, asked=asked, rotates=rotates)
            too_soon = self._is_automatic(fresh) and self._ends_soon(fresh)
            self._keep(fresh, stop=too_soon)
            if too_soon:  # the next refresh would follow at once, and so on for ever
                return say(_CLOCK_AHEAD)
            return looking.refreshed_words(fresh, self._now)

        return deed

    def action_automatic(self) -> None:
        """Refresh by itself from now on, or no more."""
        user = self._user
        if user and user.ended and not user.automatic:
            self._view.say(say("[$text-error]×[/] The tokens are $ended: sign in again.", ended=user.ended))
        elif user:
            self.post_message(TokensChanged(replace(user, automatic=not user.automatic)))
            self._view.say(
                quiet("○ They are not refreshed by themselves any more.")
                if user.automatic
                else say(f"{DONE} They are refreshed by themselves, a minute before they expire.")
            )

    def action_revoke(self) -> None:
        """Ask, then revoke."""
        self._ask("Revoke the refresh token?", _REVOKE, "Revoke", self._revoked)

    async def _revoked(self, user: SignedInUser, send: Send) -> Content:
        self._keep(await token_calls.revoke(user, send))
        return say(f"{DONE} Revoked: the refresh token, and the access tokens it gave.")

    def action_sign_out(self) -> None:
        """Ask, then sign out everywhere."""
        self._ask("Sign out everywhere?", _SIGN_OUT, "Sign out", self._signed_out)

    async def _signed_out(self, user: SignedInUser, send: Send) -> Content:
        over = await token_calls.sign_out(user, send)
        for each in self._signed_in:
            if each.is_the_same_user(over):
                self._keep(replace(each, ended=over.ended))
        return say(f"{DONE} [b]$name[/] is signed out everywhere.", name=user.name)

    def action_forget(self) -> None:
        """Ask, then forget the tokens of this sign-in."""
        self._ask("Forget these tokens?", _FORGET, "Forget", self._forgotten)

    async def _forgotten(self, user: SignedInUser, _send: Send) -> Content:
        self.post_message(TokensForgotten(user.number))
        return Content()

    def _ask(self, title: str, what: str, yes: str, deed: Deed) -> None:
        if user := self._user:
            question = Confirm(title, say(what, name=user.name), yes)
            begin(self, partial(self._asked, question, user, yes, deed), "dialog", title)

    async def _asked(self, question: Confirm, user: SignedInUser, yes: str, deed: Deed) -> None:
        if await self.app.push_screen_wait(question):
            self._carry_out(user, yes, deed)

    def action_get_user(self) -> None:
        """Ask whether the access token is still good."""
        user = self._user
        if user is None and self._pasted is not None and self.in_use is not None:
            # somebody who has the pasted token for an access token, and nothing else
            user = SignedInUser(-self._pastes, self.in_use, Tokens({"AccessToken": self._pasted.text}, ""))
        if user is not None:
            self._carry_out(user, "Asking GetUser", self._told_by_get_user)

    async def _told_by_get_user(self, user: SignedInUser, send: Send) -> Content:
        found = await token_calls.still_good(user.tokens.token("AccessToken") or Secret(""), send)
        if found.state is State.REVOKED:
            self._keep(replace(user, ended=user.ended or "revoked"))
        sign = {State.GOOD: DONE, State.NOT_TOLD: OPEN}.get(found.state, FAILED)
        return say(f"{sign} [b]$state[/]: $sentence", state=found.state, sentence=found.sentence)

    def action_verify(self) -> None:
        """Verify once more; keys that could not be had are asked for again."""
        look = partial(self._look_at_signatures, anew=True)
        begin(self, look, "signatures", "verifying")

    # When Cognito refuses

    async def _fail(self, tried: Tried, error: CognitoError) -> None:
        now = self._as_now(tried.user)
        if now is not None and now.automatic:
            self._keep(now, stop=True)
        is_shown = tried.user.number == self._number
        if is_shown:
            self._view.say(Content())
        if is_shown and self.is_current:
            self._failed = tried
            explanation = explain(error, self._situation(tried.user))
            await self._view.fail(ErrorPane(error, _with_ways_back(explanation)))
        else:
            words = f"× {error.name}: {error.sentence}"
            self.notify(words, title=tried.title, severity="error", timeout=15, markup=False)

    def _situation(self, user: SignedInUser) -> Situation:
        in_use = user.in_use
        return Situation(
            in_use.client,
            user.name,
            "",
            secret_is="in the keyring" if in_use.kept.kept is Kept.KEYRING else "in memory",
            region=in_use.profile.region,
            endpoint_url=in_use.endpoint.url,
            aws_profile=in_use.profile.aws_profile or "",
            described=self._described(user),
        )

    @on(ErrorPane.FixChosen)
    async def _fix(self, event: ErrorPane.FixChosen) -> None:
        event.stop()
        failed = self._failed
        await self.action_back()
        match event.fix.remedy:
            case Remedy.RETRY if failed is not None:
                self._carry_out(failed.user, failed.what, failed.deed)
            case Remedy.START_AGAIN:
                self.post_message(GoTo("sign_in"))
            case Remedy.EDIT_PROFILE if failed is not None:
                self.post_message(EditProfile(failed.user.in_use.profile))

    # Choosing

    @on(TokenCard.Chosen)
    def _card_chosen(self, event: TokenCard.Chosen) -> None:
        event.stop()
        self.call_later(self.action_choose, event.member)

    async def action_choose(self, member: str) -> None:
        """Look at one of the three."""
        self._member, self._pasted = member, None
        await self._view.clear_error()
        self._show_soon(focus=True)

    def action_other_user(self) -> None:
        """Choose among those who are signed in."""
        begin(self, self._choose_user, "dialog", "choosing a user")

    async def _choose_user(self) -> None:
        chosen = await self.app.push_screen_wait(ChooseUser(self._signed_in, self._at))
        if chosen is not None:
            self._at = chosen
            await self.action_choose(self._member)

    def action_paste(self) -> None:
        """Look at any token."""
        begin(self, self._paste, "dialog", "pasting a token")

    async def _paste(self) -> None:
        jwt = await self.app.push_screen_wait(PasteToken())
        if jwt is not None:
            await self._look_at(jwt)

    async def on_paste(self, event: events.Paste) -> None:
        """A token that is pasted here is looked at."""
        event.stop()
        try:
            jwt = decode(token_in(event.text))
        except (NotAToken, NotAJwt) as error:
            self.notify(str(error), title="Nothing to look at", severity="error", markup=False)
        else:
            await self._look_at(jwt)

    async def _look_at(self, jwt: Jwt) -> None:
        self._pasted = jwt
        self._pastes += 1
        await self._view.clear_error()
        self._show_soon(focus=True)

    async def action_back(self) -> None:
        """From an explanation, or a pasted token, back to who is signed in."""
        if self._view.error is not None:
            await self._view.clear_error()
        else:
            self._pasted = None
        self._show_soon(focus=True)

    # Taking along

    def action_copy_value(self) -> None:
        """Copy the value under the cursor."""
        if claim := self._view.claim:
            self.post_message(Copy(claim.name, claim.copied, sensitive=False))

    def action_copy_report(self) -> None:
        """Copy the explanation as text."""
        if self._view.error is not None:
            self.post_message(Copy("Report", self._view.error.report, sensitive=False))

    @on(ListView.Selected, "#claims-list")
    def _show_claim(self, event: ListView.Selected) -> None:
        event.stop()
        if claim := self._view.claim:
            self.post_message(ShowValue(claim.name, claim.copied))

    def action_copy_token(self) -> None:
        """Copy the token."""
        self._copy_as(_capital(self._subject.name), str)

    def action_copy_header(self) -> None:
        """Copy the header that an API wants."""
        if self._user is not None and self._member == "RefreshToken":
            self.notify("No API takes a refresh token: 1 or 2 chooses another.", severity="warning")
        else:
            self._copy_as("Authorization header", "Authorization: Bearer {}".format)

    def action_copy_export(self) -> None:
        """Copy a line that gives the token to a shell."""
        name = "COGNITO_TOKEN" if self._pasted is not None else _VARIABLES[self._member]
        self._copy_as(name, lambda text: f"export {name}={shlex.quote(text)}")

    def _copy_as(self, what: str, form: Callable[[str], str]) -> None:
        if token := self._subject.token:
            self.post_message(Copy(what, form(token.reveal()), shown_by="f"))

    def action_full_width(self) -> None:
        """Show the token full width."""
        if token := self._subject.token:
            self.post_message(ShowValue(_capital(self._subject.name), token.reveal()))

    def action_write(self) -> None:
        """Write the token to a file."""
        if token := self._subject.token:
            write = partial(self._write, self._subject.name, token)
            begin(self, write, "dialog", "writing a token")

    async def _write(self, what: str, token: Secret) -> None:
        if path := await self.app.push_screen_wait(WriteToken(what, token)):
            self.notify(f"Written to {path}, for your eyes only.", title=_capital(what), markup=False)

    @on(Offers.Chosen)
    async def _take(self, event: Offers.Chosen) -> None:
        event.stop()
        if isinstance(event.value, GoTo):
            self.post_message(GoTo(event.value.place))
        elif isinstance(event.value, str):
            await self.run_action(event.value)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What needs somebody who is signed in, or a token, is there with them only."""
        if action in token_keys.NEED_A_USER:
            return self._user is not None
        if action in token_keys.NEED_A_TOKEN:
            return self._subject.token is not None and self._view.error is None
        match action:
            case "choose":
                return bool(self._signed_in)
            case "other_user":
                return len(self._signed_in) > 1
            case "back":
                return self._view.error is not None or self._pasted is not None
            case "copy_value":
                return self._view.claim is not None
            case "copy_report":
                return self._view.error is not None
            case "get_user":
                return self._user is not None or (self._pasted is not None and self.in_use is not None)
        return True


_VARIABLES: Final = {
    "IdToken": "COGNITO_ID_TOKEN",
    "AccessToken": "COGNITO_ACCESS_TOKEN",
    "RefreshToken": "COGNITO_REFRESH_TOKEN",
}
"""As `cognito-tui sign-in --output env` has them."""

_TILL_THEN: Final = (
    "[$foreground 72%]Whoever checks a token without asking Cognito takes it until it expires.[/]"
)

_REVOKE: Final = (
    "The refresh token of [b]$name[/] ends, and with it the access tokens of this sign-in: RevokeToken.\n\n"
    + _TILL_THEN
)
_SIGN_OUT: Final = (
    "Every token of [b]$name[/] ends, of every app client of the pool, on every machine: GlobalSignOut.\n\n"
    + _TILL_THEN
)
_FORGET: Final = (
    "This app forgets the tokens of [b]$name[/].\n\n"
    "[$foreground 72%]Nothing is sent: they stay good until they expire.[/]"
)

_CLOCK_AHEAD: Final = (
    f"{NEEDS} The clock of this machine seems to be ahead: by it, fresh tokens are already about to expire. "
    "They are not refreshed by themselves any more."
)

_BACK: Final = Fix("e", Remedy.EDIT, "back", "to the tokens")
_SIGN_IN: Final = Fix("i", Remedy.START_AGAIN, "sign in again", "at the sign-in place")


def _with_ways_back(explanation: Explanation) -> Explanation:
    """The same with the ways out that this place has."""
    others = [fix for fix in explanation.fixes if fix.remedy in {Remedy.RETRY, Remedy.EDIT_PROFILE}]
    again = [_SIGN_IN] if any(fix.remedy is Remedy.START_AGAIN for fix in explanation.fixes) else []
    return replace(explanation, fixes=(*again, *others, _BACK))


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]
