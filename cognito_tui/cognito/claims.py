"""What each claim of a token means, and what is odd about its value.

Sources: Developer Guide, "Understanding the identity (ID) token", "Understanding the access token",
"Authentication levels with ACR and AMR claims"; RFC 7519 and 8176, OpenID Connect Core 1.0.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any, Final

from cognito_tui.cognito import spans, trust
from cognito_tui.cognito.attributes import STANDARD
from cognito_tui.cognito.expected import Expected
from cognito_tui.cognito.tokens import Jwt, number
from cognito_tui.cognito.visible import one_line

USER_ADMIN: Final = "aws.cognito.signin.user.admin"
"""The scope that GetUser and every other operation of the user's own needs."""

_SKEW: Final = 5.0
"""Seconds that two clocks may differ by without being worth a word."""

_MISSING: Final = "(missing)"


@dataclass(frozen=True)
class Claim:
    """One claim, to be looked at.

    Attributes:
        name: as the token has it.
        shown: its value in one line.
        meaning: what it says, in a few words.
        oddity: what is wrong or unusual about it; empty when nothing is.
        aside: of a time, how far away it is.
        copied: what a copy takes: text as it is, anything else as JSON.
    """

    name: str
    shown: str
    meaning: str
    oddity: str = ""
    aside: str = ""
    copied: str = ""


def read(jwt: Jwt, now: float, expected: Expected | None = None) -> tuple[Claim, ...]:
    """Every claim in an order that suits a reader, those that are missing among them.

    Args:
        jwt: the token.
        now: seconds since 1970.
        expected: whose tokens are expected; without it, nothing is odd about another pool or client.
    """
    names = [*jwt.claims, *(name for name in _needed(jwt) if name not in jwt.claims)]
    return tuple(_claim(name, jwt, now, expected) for name in sorted(names, key=_place_of))


def in_words(name: str, value: object) -> str:
    """A value of the claim `name` in one line, a time as such."""
    is_time = name in _CLAIMS and _CLAIMS[name].kind is _Kind.TIME
    seconds = number(value) if is_time else None
    return one_line(value) if seconds is None else spans.moment(seconds)


class _Kind(Enum):
    TEXT = "text"
    TEXTS = "a list of texts"
    TIME = "a time in seconds"
    TRUTH = "true or false"
    ANY = "anything"


@dataclass(frozen=True)
class _Known:
    kind: _Kind
    meaning: str


_ATTRIBUTE: Final = "attribute, as it was when the token was made"

_CLAIMS: Final[Mapping[str, _Known]] = {
    "sub": _Known(_Kind.TEXT, "the user's immutable id in this pool"),
    "cognito:username": _Known(_Kind.TEXT, "the real username: what a refresh must hash"),
    "username": _Known(_Kind.TEXT, "the real username: what a refresh must hash"),
    "email": _Known(_Kind.TEXT, _ATTRIBUTE),
    "email_verified": _Known(_Kind.TRUTH, "whether anybody has confirmed the address"),
    "phone_number": _Known(_Kind.TEXT, _ATTRIBUTE),
    "phone_number_verified": _Known(_Kind.TRUTH, "whether anybody has confirmed the number"),
    "cognito:groups": _Known(_Kind.TEXTS, "the user's groups in this pool"),
    "cognito:roles": _Known(_Kind.TEXTS, "the IAM roles of the groups"),
    "cognito:preferred_role": _Known(_Kind.TEXT, "the role of the group that comes first by precedence"),
    "identities": _Known(_Kind.ANY, "the external providers the user came by"),
    "token_use": _Known(_Kind.TEXT, "what the token is for"),
    "aud": _Known(_Kind.TEXT, "the app client it was made for"),
    "client_id": _Known(_Kind.TEXT, "the app client it was made for"),
    "scope": _Known(_Kind.TEXT, "what it may be used for"),
    "iss": _Known(_Kind.TEXT, "the pool that signed it"),
    "auth_time": _Known(_Kind.TIME, "when the user signed in"),
    "iat": _Known(_Kind.TIME, "when this token was made"),
    "nbf": _Known(_Kind.TIME, "not good before"),
    "exp": _Known(_Kind.TIME, "not good after"),
    "acr": _Known(_Kind.TEXT, "how strong the sign-in was, by the pool's own names"),
    "amr": _Known(_Kind.TEXTS, "how the user signed in"),
    "device_key": _Known(_Kind.TEXT, "the remembered device: a refresh must name it"),
    "jti": _Known(_Kind.TEXT, "id of this token"),
    "origin_jti": _Known(_Kind.TEXT, "id of the sign-in: revoking ends all its tokens"),
    "event_id": _Known(_Kind.TEXT, "id of the sign-in in the pool's logs"),
    "nonce": _Known(_Kind.TEXT, "what the app sent along, to know its own request again"),
    "at_hash": _Known(_Kind.TEXT, "ties the ID token to its access token"),
    "version": _Known(_Kind.ANY, "version of the token's form"),
    "act": _Known(_Kind.ANY, "who acts for the user, by token exchange"),
}
"""Every claim that Cognito makes, in the order a reader wants; attributes follow after the username."""

KNOWN: Final = tuple(_CLAIMS)
"""The names of those claims."""

_ORDER: Final = {name: place for place, name in enumerate(KNOWN)}
_ATTRIBUTES_AT: Final = _ORDER["phone_number_verified"] + 0.5
_OTHERS_AT: Final = len(_ORDER)


def _place_of(name: str) -> tuple[float, str]:
    if name in _ORDER:
        return _ORDER[name], name
    return _ATTRIBUTES_AT if _is_attribute(name) else _OTHERS_AT, name


def _is_attribute(name: str) -> bool:
    return name in STANDARD or name.startswith(("custom:", "dev:"))


def _needed(jwt: Jwt) -> tuple[str, ...]:
    """Claims that every token of Cognito's has."""
    return "sub", "token_use", trust.client_claim(jwt), "iss", "iat", "exp"


def _claim(name: str, jwt: Jwt, now: float, expected: Expected | None) -> Claim:
    value = jwt.claims.get(name)
    known = _CLAIMS.get(name) or _Known(
        _Kind.ANY, _ATTRIBUTE if _is_attribute(name) else "not one of Cognito's own: a trigger can add claims"
    )
    if name not in jwt.claims:
        return Claim(name, _MISSING, known.meaning, "missing: every token of Cognito's has it")
    seconds = number(value) if known.kind is _Kind.TIME else None
    oddity = _wrong_kind(value, known.kind) or _oddity(name, jwt, now, expected)
    return Claim(
        name,
        in_words(name, value),
        _meaning(name, jwt) or known.meaning,
        oddity,
        "" if seconds is None else spans.from_now(seconds - now),
        value if isinstance(value, str) else one_line(value),
    )


def _wrong_kind(value: object, kind: _Kind) -> str:
    match kind:
        case _Kind.TEXT:
            fits = isinstance(value, str)
        case _Kind.TEXTS:
            fits = isinstance(value, list) and all(isinstance(item, str) for item in value)
        case _Kind.TIME:
            fits = number(value) is not None
        case _Kind.TRUTH:
            fits = isinstance(value, bool) or (isinstance(value, str) and value in {"true", "false"})
        case _:
            fits = True
    return "" if fits else f"{_what(value)}, where {kind.value} belongs"


def _what(value: object) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "true or false"
        case int() | float():
            return "a number"
        case str():
            return "text"
        case list():
            return "a list"
        case _:
            return "an object"


# Meanings that depend on the value


def _meaning(name: str, jwt: Jwt) -> str:
    """What the claim says by its value; empty where it always says the same."""
    if name == "aud" and jwt.use == "access":
        return "the resource it is bound to"
    return _MEANINGS[name](jwt.claims[name]) if name in _MEANINGS else ""


def _use(value: object) -> str:
    match value:
        case "id":
            return "an ID token: for your app, not for APIs"
        case "access":
            return "an access token: for APIs, not for who it is"
        case _:
            return "what the token is for"


def _confirmed(what: str) -> Callable[[object], str]:
    def meaning(value: object) -> str:
        good = value is True or value == "true"
        return f"Cognito or an admin has confirmed the {what}" if good else f"nobody has confirmed the {what}"

    return meaning


def _level(value: object) -> str:
    found = re.fullmatch(r"urn:cognito:loa:([1-4])", value) if isinstance(value, str) else None
    return f"how strong the sign-in was: level {found[1]} of 4" if found else _CLAIMS["acr"].meaning


_METHODS: Final = {
    "pwd": "password",
    "otp": "one-time code",
    "sms": "code by SMS",
    "mfa": "more than one factor",
    "swk": "key in software",
    "hwk": "key in hardware",
    "user": "presence of the user",
    "pop": "proof of a key",
    "fpt": "fingerprint",
    "face": "face",
    "pin": "PIN",
}
"""RFC 8176, section 2: those that a sign-in to Cognito can come by."""


def _methods(value: object) -> str:
    texts = [item for item in value if isinstance(item, str)] if isinstance(value, list) else []
    told = [_METHODS[item] for item in texts if item in _METHODS]
    return f"how the user signed in: {', '.join(told)}" if told else _CLAIMS["amr"].meaning


_MEANINGS: Final[Mapping[str, Callable[[Any], str]]] = {
    "token_use": _use,
    "email_verified": _confirmed("address"),
    "phone_number_verified": _confirmed("number"),
    "acr": _level,
    "amr": _methods,
}


# What is odd


def _oddity(name: str, jwt: Jwt, now: float, expected: Expected | None) -> str:
    match name:
        case "iss":
            return trust.issuer_problem(jwt, expected) if expected else ""
        case "aud" | "client_id":
            counts = expected is not None and name == trust.client_claim(jwt)
            return trust.client_problem(jwt, expected) if expected and counts else ""
        case "token_use":
            return trust.use_problem(jwt, expected or Expected("", "", ""))
        case "exp":
            return trust.expiry_problem(jwt, now) or _lifetime(jwt)
        case "nbf":
            return trust.not_before_problem(jwt, now)
        case "iat" | "auth_time":
            return _ahead(jwt.claims[name], now) or _signed_in_later(name, jwt)
        case "scope":
            return _scope(jwt)
        case _:
            return ""


def _lifetime(jwt: Jwt) -> str:
    if jwt.expires is None or jwt.issued is None:
        return ""
    lasts = jwt.expires - jwt.issued
    if lasts <= 0:
        return "is not after iat: the token was never good"
    return "" if lasts <= spans.DAY else f"{spans.span(lasts)} after iat: Cognito's own last a day at most"


def _ahead(value: object, now: float) -> str:
    seconds = number(value)
    if seconds is None or seconds <= now + _SKEW:
        return ""
    return f"{spans.span(seconds - now)} ahead of this machine's clock: one of the two is wrong"


def _signed_in_later(name: str, jwt: Jwt) -> str:
    signed_in, made = number(jwt.claims.get("auth_time")), jwt.issued
    if name != "auth_time" or signed_in is None or made is None or signed_in <= made + _SKEW:
        return ""
    return "is after iat: the token would be older than its sign-in"


def _scope(jwt: Jwt) -> str:
    scopes = str(jwt.claims["scope"]).split()
    if jwt.use != "access" or USER_ADMIN in scopes:
        return ""
    return f"without {USER_ADMIN}: GetUser is refused"


# The header


def header_oddities(jwt: Jwt) -> tuple[str, ...]:
    """What is odd about the header, which is looked at before anything is verified."""
    names_keys = [name for name in ("jku", "x5u", "jwk", "x5c") if name in jwt.header]
    kid = jwt.header.get("kid")
    found = (
        trust.algorithm_problem(jwt),
        ""
        if isinstance(kid, str) and kid
        else "kid is missing: which of the pool's keys signed it is not told",
        f"{', '.join(names_keys)}: a token that brings its own key; nobody should use it"
        if names_keys
        else "",
        "crit: it wants something of its reader that Cognito's tokens never do"
        if "crit" in jwt.header
        else "",
    )
    return tuple(oddity for oddity in found if oddity)
