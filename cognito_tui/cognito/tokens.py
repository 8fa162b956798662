"""JSON Web Tokens, read without trusting them (RFC 7515, 7519). `trust` says whether one can be trusted."""

from __future__ import annotations

import binascii
import json
import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from cognito_tui.cognito.errors import NotCognito
from cognito_tui.cognito.model import Secret, Tokens
from cognito_tui.cognito.secrecy import revealed, sealed

DEEPEST: Final = 100
"""Levels of objects and lists. Whatever shows a value recurses, and so has to stop somewhere."""


class NotAJwt(ValueError):
    """It cannot be read as a JWT. `str()` is a sentence for a person, without anything of the token."""


@dataclass(frozen=True)
class Jwt:
    """What a token says of itself: `header` and `claims` as its JSON has them. Nothing of it is verified."""

    text: Secret
    header: Mapping[str, Any]
    claims: Mapping[str, Any]

    @property
    def use(self) -> str:
        """`token_use`: `id` or `access` in tokens of Cognito's; empty when it is not told."""
        told = self.claims.get("token_use")
        return told if isinstance(told, str) else ""

    @property
    def expires(self) -> float | None:
        """`exp`, in seconds since 1970."""
        return number(self.claims.get("exp"))

    @property
    def issued(self) -> float | None:
        """`iat`, in seconds since 1970."""
        return number(self.claims.get("iat"))


def decode(token: Secret) -> Jwt:
    """Read `token`, three parts of Base64URL between dots.

    Raises:
        NotAJwt: it is not that; the sentence says what it is instead, or which part is broken.
    """
    parts = token.reveal().split(".")
    if len(parts) == 5:
        raise NotAJwt(
            "This has five parts: it is encrypted (JWE), as Cognito's refresh tokens are. "
            "Only Cognito can read it."
        )
    if len(parts) != 3:
        raise NotAJwt(f"This has {_counted(len(parts))} between dots; a JWT has three.")
    header, payload = _object("header", parts[0]), _object("payload", parts[1])
    _bytes("signature", parts[2])
    return Jwt(token, header, payload)


def claims(token: Secret | None) -> Mapping[str, Any]:
    """The claims of an ID or access token, unverified; empty when it is not a JWT."""
    try:
        return decode(token).claims if token else {}
    except NotAJwt:
        return {}


_TOKENS: Final = ("IdToken", "AccessToken", "RefreshToken")


def tokens_in(answer: Mapping[str, Any], operation: str, username: str) -> Tokens:
    """The tokens in Cognito's `answer` to `operation`; theirs is `username` unless they tell it themselves.

    Raises:
        NotCognito: there are none, or they are not such as a Cognito gives.
    """
    result = answer.get("AuthenticationResult")
    told = sealed(result) if isinstance(result, Mapping) else {}
    if not told.keys() & {"IdToken", "AccessToken"}:
        raise NotCognito(operation, "The answer has no tokens.")
    for name in _TOKENS:
        if not isinstance(told.get(name, Secret("")), Secret):
            raise NotCognito(operation, f"The answer's {name} is not a string.")
    try:
        json.dumps(revealed(told), ensure_ascii=False, default=str).encode()
    except UnicodeEncodeError:
        raise NotCognito(operation, "The answer has half a character among its tokens.") from None
    return with_username(Tokens(told, username))


def with_username(tokens: Tokens) -> Tokens:
    """`tokens` with the canonical username that they themselves tell, where they do."""
    for token, claim in (("AccessToken", "username"), ("IdToken", "cognito:username")):
        told = claims(tokens.token(token)).get(claim)
        if isinstance(told, str) and told:
            return replace(tokens, username=told)
    return tokens


def number(value: object) -> float | None:
    """A NumericDate (RFC 7519, section 2); None for what is no number, or none a calendar could have."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < _END_OF_TIME:
        return None
    return float(value)


_END_OF_TIME: Final = 253_402_300_800
"""The year 10000."""

_FOREIGN: Final = re.compile(r"[^A-Za-z0-9_-]")

_URL_SAFE: Final = str.maketrans("-_", "+/")


def _counted(parts: int) -> str:
    return "one part, not several," if parts == 1 else f"{parts} parts"


def _bytes(name: str, part: str) -> bytes:
    """A part of a token, out of Base64URL (RFC 7515, section 2), which has no padding; some is let pass."""
    bare = part.rstrip("=")
    if foreign := _FOREIGN.search(bare):
        character = foreign[0] if foreign[0].isprintable() else f"U+{ord(foreign[0]):04X}"
        raise NotAJwt(f"The {name} has a character that Base64URL does not have: {character}")
    if len(bare) % 4 == 1:
        raise NotAJwt(f"The {name} is broken: Base64URL of that length does not exist. Was it cut off?")
    return binascii.a2b_base64(bare.translate(_URL_SAFE) + "=" * (-len(bare) % 4))


def _object(name: str, part: str) -> dict[str, Any]:
    """The JSON object in a part of a token."""
    if not part:
        raise NotAJwt(f"The {name} is empty.")
    try:
        text = _bytes(name, part).decode()
    except UnicodeDecodeError:
        raise NotAJwt(f"The {name} is not text in UTF-8.") from None
    try:
        found = json.loads(
            text, object_pairs_hook=_once_each, parse_constant=_no_number, parse_float=_finite_number
        )
    except _Twice as error:
        raise NotAJwt(f"The {name} has a member twice: which one counts is anybody's guess.") from error
    except ValueError:
        raise NotAJwt(f"The {name} is not JSON.") from None
    except RecursionError:
        raise _too_deep(name) from None
    if not isinstance(found, dict):
        raise NotAJwt(f"The {name} is JSON, but no object.")
    if _is_deeper(found, DEEPEST):
        raise _too_deep(name)
    return found


def _too_deep(name: str) -> NotAJwt:
    return NotAJwt(f"The {name} is nested more than {DEEPEST} levels deep: no token is.")


def _is_deeper(value: object, levels: int) -> bool:
    """Whether objects and lists stand inside one another more than `levels` times. It does not recurse."""
    level = [value]
    for _ in range(levels):
        level = [inner for each in level for inner in _inside(each)]
    return any(isinstance(each, dict | list) for each in level)


def _inside(value: object) -> Iterable[object]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()


class _Twice(ValueError):
    pass


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise _Twice
    return found


def _no_number(_name: str) -> float:
    """NaN and Infinity, which JSON does not have and Python takes."""
    raise ValueError


def _finite_number(digits: str) -> float:
    value = float(digits)
    if not math.isfinite(value):
        raise ValueError
    return value
