"""Whether a token can be trusted, check by check: pure but for the signature, which `aws.jwks` looks at.

Every check says what it found, and when it failed what that means.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Final

from cognito_tui.cognito.expected import Expected
from cognito_tui.cognito.explain.values import Check
from cognito_tui.cognito.spans import span
from cognito_tui.cognito.tokens import Jwt, number
from cognito_tui.cognito.visible import one_line

ALGORITHM: Final = "RS256"
"""The one algorithm Cognito signs with (Developer Guide, "Verifying JSON web tokens")."""


class Verdict(StrEnum):
    """What the checks come to."""

    VALID = "valid"
    INVALID = "invalid"
    NOT_VERIFIED = "not verified"


def verdict(checks: Sequence[Check]) -> Verdict:
    """Invalid when one failed; valid only when there are checks, and every one was done and is good."""
    if any(check.good is False for check in checks):
        return Verdict.INVALID
    if checks and all(check.good for check in checks):
        return Verdict.VALID
    return Verdict.NOT_VERIFIED


def checks_of_claims(jwt: Jwt, expected: Expected, now: float) -> tuple[Check, ...]:
    """Issuer, client, use and time, in this order. `now` is in seconds since 1970."""
    name = client_claim(jwt)
    found = [
        _check("iss", issuer_problem(jwt, expected), f"is user pool {expected.user_pool_id}"),
        _check(name, client_problem(jwt, expected), f"is client {expected.client_id}"),
        _check("token_use", use_problem(jwt, expected), f"is {jwt.use}"),
        _check("exp", expiry_problem(jwt, now), f"is ahead, {span((jwt.expires or now) - now)} left"),
    ]
    if "nbf" in jwt.claims:
        found.append(_check("nbf", not_before_problem(jwt, now), "is behind"))
    return tuple(found)


def client_claim(jwt: Jwt) -> str:
    """The claim that names the app client: `aud` in ID tokens, `client_id` in access tokens."""
    if jwt.use in {"id", "access"}:
        return "aud" if jwt.use == "id" else "client_id"
    return "aud" if "aud" in jwt.claims else "client_id"


def algorithm_problem(jwt: Jwt) -> str:
    """Why the header cannot be that of a token of Cognito's; empty when it can."""
    told = jwt.header.get("alg")
    if told == ALGORITHM:
        return ""
    if isinstance(told, str) and told.lower() == "none":
        return "alg is none: nobody has signed it, anybody can have written it"
    if isinstance(told, str) and told.startswith("HS"):
        return (
            f"alg is {one_line(told)}: whoever has the key to check it could have made it, a public one even"
        )
    if told is None:
        return f"alg is missing: Cognito signs by {ALGORITHM}"
    return f"alg is {one_line(told)}: Cognito signs by {ALGORITHM} only"


def issuer_problem(jwt: Jwt, expected: Expected) -> str:
    """Why `iss` is not the pool; empty when it is."""
    issuer = jwt.claims.get("iss")
    if expected.is_issued_here(issuer):
        return ""
    if issuer is None:
        return "is missing: who made the token is not told"
    if not isinstance(issuer, str):
        return "is no text: no pool is called so"
    if issuer.rpartition("/")[2] == expected.user_pool_id:
        return "has the pool's id at another address: not this pool's"
    return f"is another pool's: not {expected.user_pool_id}"


def client_problem(jwt: Jwt, expected: Expected) -> str:
    """Why the token is not for the client; empty when it is."""
    name = client_claim(jwt)
    told = jwt.claims.get(name)
    if told is None:
        return "is missing: for which client it was made is not told"
    if not isinstance(told, str):
        return "is no text: no client is called so"
    return "" if told == expected.client_id else f"is another client's: not {expected.client_id}"


def use_problem(jwt: Jwt, expected: Expected) -> str:
    """Why `token_use` is not what it has to be; empty when it is."""
    if "token_use" not in jwt.claims:
        return "is missing: it is not known what the token is for"
    if jwt.use not in {"id", "access"}:
        return "is neither id nor access"
    if expected.token_use and jwt.use != expected.token_use:
        return f"is {jwt.use}: the {_NAMES[jwt.use]} where the {_NAMES[expected.token_use]} belongs"
    return ""


_NAMES: Final = {"id": "ID token", "access": "access token"}


def expiry_problem(jwt: Jwt, now: float) -> str:
    """Why `exp` does not let the token be used; empty when it does."""
    if "exp" not in jwt.claims:
        return "is missing: the token would be good for ever"
    if jwt.expires is None:
        return "is no time"
    return "" if now < jwt.expires else f"is over: it expired {span(now - jwt.expires)} ago"


def not_before_problem(jwt: Jwt, now: float) -> str:
    """Why `nbf` does not let the token be used yet; empty when it does, or is not there."""
    if "nbf" not in jwt.claims:
        return ""
    begins = number(jwt.claims["nbf"])
    if begins is None:
        return "is no time"
    return "" if begins <= now else f"is {span(begins - now)} ahead: the token is not good yet"


def _check(claim: str, problem: str, good: str) -> Check:
    return Check(claim, not problem, problem or good)
