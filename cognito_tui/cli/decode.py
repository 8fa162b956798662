"""`cognito-tui tokens decode`: what a token says, and whether it is true."""

from __future__ import annotations

import argparse
import json
import os
import time
from collections.abc import Sequence
from typing import Final

from cognito_tui.cli.attempt import endpoint_of
from cognito_tui.cli.given_token import add_file, given_token
from cognito_tui.cli.options import add_client, chosen
from cognito_tui.cli.pool import redirected
from cognito_tui.cli.status import Status, Stop
from cognito_tui.cli.streams import say
from cognito_tui.cognito.claims import Claim, header_oddities, read
from cognito_tui.cognito.expected import Expected
from cognito_tui.cognito.explain.values import Check
from cognito_tui.cognito.tokens import Jwt, NotAJwt, decode
from cognito_tui.cognito.trust import Verdict, verdict
from cognito_tui.cognito.visible import one_line, visible


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Its arguments."""
    add_file(parser)
    parser.add_argument(
        "--verify", action="store_true", help="check signature, issuer, client, use and time as well"
    )
    parser.add_argument("--json", action="store_true", help="as JSON")
    add_client(parser)


def run(args: argparse.Namespace) -> Status:
    """Print what the token says; with --verify only when it is valid."""
    expected, told = _expected(args)
    token = given_token(args.file, "Token", Status.REFUSED)
    try:
        jwt = decode(token)
    except NotAJwt as error:
        raise Stop(Status.REFUSED, f"cognito-tui: not a JWT: {error}") from None
    now = time.time()
    checks = _verified(jwt, expected, now, told) if args.verify and expected else ()
    claims = read(jwt, now, expected)
    print(_as_json(jwt, claims, checks) if args.json else _as_text(jwt, claims, checks))
    if told and args.verify:
        say(told)
    if not args.verify and not args.json:
        say("not verified: anybody can write such a token. --verify checks it against a pool and client.")
    return Status.DONE


def _expected(args: argparse.Namespace) -> tuple[Expected | None, str]:
    """Whose token it should be, where that is said, and what there is to tell of the endpoint.

    Raises:
        Stop: it has to be said for --verify, or what is said does not do.
    """
    names = (args.profile, args.user_pool_id, args.client_id, os.environ.get("COGNITO_TUI_PROFILE"))
    if not args.verify and not any(names):
        return None, ""
    choice = chosen(args)
    profile, endpoint = choice.profile, endpoint_of(choice)
    expected = Expected(profile.user_pool_id, profile.client_id, profile.region, endpoint.url)
    return expected, redirected(endpoint) or ""


def _verified(jwt: Jwt, expected: Expected, now: float, told: str) -> tuple[Check, ...]:
    """The checks of a token that is valid.

    Raises:
        Stop: it is not, or could not be verified; which checks failed.
    """
    from cognito_tui.aws.jwks import Jwks  # noqa: PLC0415 botocore and cryptography are slow to load

    checks = Jwks().verify(jwt, expected, now)
    match verdict(checks):
        case Verdict.VALID:
            return checks
        case Verdict.INVALID:
            first = next(check for check in checks if check.good is False)
            raise Stop(
                Status.REFUSED, f"cognito-tui: not valid: {_sentence(first)}", *_others(checks, first), told
            )
        case _:
            first = next(check for check in checks if check.good is None)
            raise Stop(
                Status.UNVERIFIED,
                f"cognito-tui: could not be verified: {_sentence(first)}",
                *_others(checks, first),
                told,
            )


_WORDS: Final = {True: "good", False: "failed", None: "not known"}


def _others(checks: Sequence[Check], first: Check) -> list[str]:
    return [f"{_WORDS[check.good]}: {_sentence(check)}" for check in checks if check is not first]


def _sentence(check: Check) -> str:
    return f"{check.text} {check.result}"


def _as_json(jwt: Jwt, claims: Sequence[Claim], checks: Sequence[Check]) -> str:
    """Everything, for a program: as the token has it, with what was found about it. ASCII throughout."""
    odd = [("", oddity) for oddity in header_oddities(jwt)]
    odd += [(claim.name, claim.oddity) for claim in claims if claim.oddity]
    return json.dumps(
        {
            "header": jwt.header,
            "claims": jwt.claims,
            "oddities": [{"claim": name or None, "oddity": oddity} for name, oddity in odd],
            "verdict": str(verdict(checks)),
            "checks": [{"check": each.text, "good": each.good, "result": each.result} for each in checks],
        }
    )


def _as_text(jwt: Jwt, claims: Sequence[Claim], checks: Sequence[Check]) -> str:
    """The header, the claims each with its meaning and what is odd, and the checks."""
    names = [*jwt.header, *(claim.name for claim in claims), *(check.text for check in checks)]
    width = min(max(len(visible(name)) for name in names), _WIDEST)
    lines = [f"{visible(name):{width}}  {one_line(value)}" for name, value in jwt.header.items()]
    lines += [f"{'!':>{width}}  {oddity}" for oddity in header_oddities(jwt)]
    lines.append("")
    for claim in claims:
        aside = f", {claim.aside}" if claim.aside else ""
        lines.append(f"{visible(claim.name):{width}}  {claim.shown}{aside}  ({claim.meaning})")
        if claim.oddity:
            lines.append(f"{'!':>{width}}  {claim.oddity}")
    if checks:
        lines += ["", f"{'':{width}}  {verdict(checks)}"]
        lines += [f"{check.text:{width}}  {check.result}" for check in checks]
    return "\n".join(lines)


_WIDEST: Final = 24
"""Characters of a name that the others are lined up with."""
