"""What there is to see of somebody's tokens, or of one that was pasted: computed here, painted elsewhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Final

from textual.content import Content

from cognito_tui.cognito.claims import Claim, header_oddities, read
from cognito_tui.cognito.described import AppClientDescription
from cognito_tui.cognito.differences import Difference, differences
from cognito_tui.cognito.expected import Expected
from cognito_tui.cognito.explain.values import Check
from cognito_tui.cognito.flows.refresh import Way, way
from cognito_tui.cognito.model import Secret
from cognito_tui.cognito.spans import countdown, moment, span
from cognito_tui.cognito.tokens import Jwt, number
from cognito_tui.cognito.trust import Verdict, checks_of_claims, verdict
from cognito_tui.tui.in_use import InUse
from cognito_tui.tui.say import DONE, FAILED, OPEN, key, quiet, say
from cognito_tui.tui.signatures import Signatures
from cognito_tui.tui.signed_in_users import USES, SignedInUser, expected_of
from cognito_tui.tui.widgets.token_card import Glance

NAMES: Final = {"IdToken": "ID token", "AccessToken": "access token", "RefreshToken": "refresh token"}

_ENDS: Final = {
    "revoked": frozenset({"AccessToken", "RefreshToken"}),
    "signed out": frozenset({"IdToken", "AccessToken", "RefreshToken"}),
}
"""Which tokens end by RevokeToken and by GlobalSignOut (service model)."""


class Stands(Enum):
    """What stands in the middle of the place."""

    NOBODY = "nobody"
    CLAIMS = "claims"
    TEXT = "the token itself"
    REFRESH = "the refresh token"


@dataclass(frozen=True)
class Subject:
    """What is looked at: one of somebody's tokens, a pasted one, or nothing yet.

    `place` of `count` is the user's among those who are signed in; `in_use` what a pasted token is compared
    with; `described` the client of the user as the account has it.
    """

    member: str
    user: SignedInUser | None = None
    pasted: Jwt | None = None
    in_use: InUse | None = None
    described: AppClientDescription | None = None
    place: int = 1
    count: int = 1

    @property
    def token(self) -> Secret | None:
        """The token itself."""
        if self.pasted is not None:
            return self.pasted.text
        return self.user.tokens.token(self.member) if self.user else None

    @property
    def jwt(self) -> Jwt | None:
        """The token, where it can be read."""
        if self.pasted is not None:
            return self.pasted
        return self.user.jwt(self.member) if self.user else None

    @property
    def expected(self) -> Expected | None:
        """Whose token it has to be; None where no profile says it."""
        if self.user is not None:
            return self.user.expected(self.member)
        return expected_of(self.in_use) if self.in_use else None

    @property
    def name(self) -> str:
        """What it is called in a sentence."""
        return "pasted token" if self.pasted is not None else NAMES[self.member]

    def to_verify(self) -> list[tuple[Jwt, Expected]]:
        """The tokens whose signatures are of interest."""
        if self.user is not None:
            return [(jwt, self.user.expected(each)) for each in USES if (jwt := self.user.jwt(each))]
        return [(self.pasted, self.expected)] if self.pasted and self.expected else []


@dataclass(frozen=True)
class RefreshView:
    """What is said of the refresh token."""

    way: Way
    facts: tuple[str, ...]
    automatic: bool


@dataclass(frozen=True)
class View:
    """All there is to paint. `cards` are empty for a pasted token; `over` says how the token has ended."""

    stands: Stands
    who: tuple[Content, Content] | None = None
    cards: Mapping[str, Glance] = field(default_factory=dict)
    chosen: str = ""
    title: str = ""
    claims: tuple[Claim, ...] = ()
    was: Mapping[str, Difference] = field(default_factory=dict)
    header_oddities: tuple[str, ...] = ()
    checks: tuple[Check, ...] = ()
    why_not: str = ""
    over: str = ""
    token: Secret | None = None
    refresh: RefreshView | None = None


def view(subject: Subject, signatures: Signatures, now: float, *, shown: bool) -> View:
    """What there is to see at `now`; `shown` when the person wants the token itself."""
    user, jwt, expected = subject.user, subject.jwt, subject.expected
    who, cards = _BACK, {}
    if user is not None:
        who = _who(user, subject.place, subject.count)
        cards = _cards(subject, signatures, now)
    elif subject.pasted is None:
        return View(Stands.NOBODY)
    stands = Stands.TEXT if shown and subject.token is not None else Stands.CLAIMS
    if stands is Stands.CLAIMS and user is not None and subject.member not in USES:
        stands = Stands.REFRESH
    was = changed(user, subject.member) if user else {}
    claims = read(jwt, now, expected) if jwt else ()
    return View(
        stands=stands,
        who=who,
        cards=cards,
        chosen=subject.member if user else "",
        title=_title(subject, claims, was),
        claims=claims,
        was=was,
        header_oddities=header_oddities(jwt) if jwt else (),
        checks=_checks(jwt, expected, signatures, now),
        why_not=_why_not(jwt, expected),
        over=_ended(user, subject.member) if user else "",
        token=subject.token,
        refresh=_refresh(subject) if stands is Stands.REFRESH else None,
    )


_BACK: Final = (
    say("[b]A pasted token[/] [$foreground 72%]· in memory only[/]"),
    say(f"{key('esc')} [$foreground 72%]leaves it[/]"),
)


def changed(user: SignedInUser, member: str) -> dict[str, Difference]:
    """The claims that the last refresh has changed, by name."""
    before, now = user.jwt_before(member), user.jwt(member)
    return {each.name: each for each in differences(before, now)} if before and now else {}


def refreshed_words(user: SignedInUser, at: float) -> Content:
    """What a refresh has brought."""
    told = _changes(user)
    if user.before is not None and user.before.token("RefreshToken") != user.tokens.token("RefreshToken"):
        told.append("another refresh token")
    return say(
        f"{DONE} Refreshed at $at by [b]$operation[/]. [$foreground 72%]Changed: $changed. $why[/]",
        at=moment(at).split()[3],
        operation=user.way.operation if user.way else "",
        changed="; ".join(told) or "nothing",
        why=user.way.why[0] if user.way else "",
    )


def _changes(user: SignedInUser) -> list[str]:
    names = {each: ", ".join(changed(user, each)) for each in USES}
    if len(set(names.values())) == 1:
        return [f"{told} of both tokens" for told in set(names.values()) if told]
    return [f"{told} of the {NAMES[each]}" for each, told in names.items() if told]


def _ended(user: SignedInUser, member: str) -> str:
    """How this app knows the token to have ended; empty when it does not."""
    return user.ended if member in _ENDS.get(user.ended, ()) else ""


def _checks(
    jwt: Jwt | None, expected: Expected | None, signatures: Signatures, now: float
) -> tuple[Check, ...]:
    """All checks as they are now; none as long as nobody has looked at the signature."""
    signature = signatures.known(jwt, expected) if jwt and expected else None
    if jwt is None or expected is None or signature is None:
        return ()
    return (signature, *checks_of_claims(jwt, expected, now))


def _why_not(jwt: Jwt | None, expected: Expected | None) -> str:
    if jwt is None:
        return "Nothing can be verified of what is no JWT."
    if expected is None:
        return "Not verified: put a profile in use, whose pool it is compared with."
    return "verifying …"


def _title(subject: Subject, claims: Sequence[Claim], was: Mapping[str, Difference]) -> str:
    odd = sum(bool(each.oddity) for each in claims)
    facts = [
        f"Claims of the {subject.name}" if claims else f"The {subject.name} cannot be read as a JWT",
        f"{odd} odd" if odd else "",
        f"{len(was)} changed by the refresh" if was else "",
    ]
    return " · ".join(filter(None, facts))


# Who, and the three cards


def _who(user: SignedInUser, place: int, count: int) -> tuple[Content, Content]:
    left = say(
        "[b]$name[/] [$foreground 72%]of $profile[/]", name=user.name, profile=user.in_use.profile.name
    )
    automatic = f"{DONE} [$foreground 72%]refreshes by itself[/]  " if user.automatic else ""
    several = f"$place of $count  {key('u')} [$foreground 72%]another[/]" if count > 1 else ""
    return left, say(automatic + several, place=place, count=count)


def _cards(subject: Subject, signatures: Signatures, now: float) -> dict[str, Glance]:
    user = subject.user
    if user is None:
        return {}
    found = {
        each: _of_jwt(
            user.tokens.token(each),
            user.jwt(each),
            _checks(user.jwt(each), user.expected(each), signatures, now),
            now,
            _ended(user, each),
        )
        for each in USES
    }
    return {**found, "RefreshToken": _of_refresh_token(user, subject.described, now)}


def _of_jwt(token: Secret | None, jwt: Jwt | None, checks: Sequence[Check], now: float, over: str) -> Glance:
    if token is None or jwt is None:
        return Glance(quiet("○ none came" if token is None else "○ cannot be read"), Content(), token)
    expires, issued = jwt.expires, jwt.issued
    return Glance(
        state=_over(over) if over else _state(checks),
        figure=_figure(expires, now),
        token=token,
        left=None if expires is None else max(expires - now, 0.0),
        lasts=1.0 if expires is None or issued is None else expires - issued,
    )


def _state(checks: Sequence[Check]) -> Content:
    if not checks:
        return quiet("○ not verified yet")
    match verdict(checks):
        case Verdict.VALID:
            return say(f"{DONE} [$text-success]verified[/]")
        case Verdict.NOT_VERIFIED:
            return say(f"{OPEN} not verified")
        case _:
            failed = [check.text for check in checks if check.good is False]
            return _over("expired" if failed == ["exp"] else "not valid")


def _over(how: str) -> Content:
    return say(f"{FAILED} [$text-error]$how[/]", how=how)


def _of_refresh_token(user: SignedInUser, described: AppClientDescription | None, now: float) -> Glance:
    """The refresh token; how long it lives only the description of the client tells."""
    token = user.tokens.token("RefreshToken")
    if token is None:
        return Glance(quiet("○ none came"), Content(), None)
    over = _ended(user, "RefreshToken")
    ends = _refresh_token_ends(user, described)
    rotation = "" if described is None else "rotates" if described.rotates else "no rotation"
    return Glance(
        state=_over(over) if over else say(f"{OPEN} opaque"),
        figure=_figure(ends, now),
        token=token,
        note=rotation,
        left=None if ends is None else max(ends - now, 0.0),
        lasts=float(described.refresh_token_seconds) if described else 1.0,
    )


def _figure(ends: float | None, now: float) -> Content:
    if ends is None:
        return Content()
    if ends <= now:
        return quiet(f"{span(now - ends)} ago")
    return say("[b]$left[/]", left=countdown(ends - now))


# The refresh token


def _refresh_token_ends(user: SignedInUser, described: AppClientDescription | None) -> float | None:
    """When it expires, counted from the sign-in: rotation does not make it live longer."""
    access = user.jwt("AccessToken")
    signed_in = number(access.claims.get("auth_time")) if access else None
    return None if described is None or signed_in is None else signed_in + described.refresh_token_seconds


def _refresh(subject: Subject) -> RefreshView | None:
    user, described = subject.user, subject.described
    start = user.refresh() if user else None
    if user is None or start is None:
        return None
    ends = _refresh_token_ends(user, described)
    facts = [
        "How long it lives is not known here: 30 days, unless the client says otherwise."
        if described is None or ends is None
        else f"It lives for {span(described.refresh_token_seconds)} from the sign-in: until {moment(ends)}."
    ]
    chosen = way(start, rotates=described.rotates if described else None)
    if user.way is not None and user.way.operation != chosen.operation:
        facts.append(f"The last refresh went by {user.way.operation}. {user.way.why[0]}")
    return RefreshView(chosen, tuple(facts), user.automatic)
