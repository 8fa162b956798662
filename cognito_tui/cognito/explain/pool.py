"""Errors of the pool's own making: triggers, roles, plan and firewall (rows 31, 57, 62 to 64)."""

from __future__ import annotations

import re

from cognito_tui.cognito.errors import Refused
from cognito_tui.cognito.explain.values import (
    EDIT,
    EDIT_PROFILE,
    RETRY,
    START_AGAIN,
    Cause,
    Certainty,
    Explanation,
    Situation,
)

_TRIGGER_SPOKE = re.compile(r"(?P<trigger>\w+) failed with error (?P<words>.*)", re.DOTALL)


def trigger_failed(error: Refused, _known: Situation) -> Explanation:
    """Row 57: the message is a prefix of Cognito's and the Lambda's own words."""
    spoke = _TRIGGER_SPOKE.search(error.message)
    if error.code == "InvalidLambdaResponseException":
        what = "its answer is not what Cognito wants of this trigger"
    elif error.code == "UnexpectedLambdaException":
        what = "it could not be called, or broke"
    else:
        what = "it said no" if spoke else "its code"
    return Explanation(
        meaning="A Lambda trigger of the pool turned it down; its own words stand in the message.",
        causes=(
            Cause(
                f"{spoke['trigger']}: {what}" if spoke else f"The trigger: {what}",
                Certainty.CERTAIN,
                spoke["words"].strip() if spoke else "",
            ),
        ),
        fixes=(EDIT, RETRY),
        read_it="The function's own log in CloudWatch tells more.",
    )


def no_custom_auth_triggers(_error: Refused, known: Situation) -> Explanation:
    """Row 31."""
    return Explanation(
        meaning="The pool has no triggers for CUSTOM_AUTH.",
        causes=(
            Cause(
                "DefineAuthChallenge, CreateAuthChallenge or VerifyAuthChallengeResponse is missing",
                Certainty.CERTAIN,
                known.client.user_pool_id,
            ),
        ),
        fixes=(EDIT, EDIT_PROFILE),
    )


def custom_auth_failed(_known: Situation) -> Explanation:
    """Row 5, at CUSTOM_CHALLENGE: the same words as for a wrong password."""
    return Explanation(
        meaning="The pool's triggers have ended the sign-in.",
        causes=(
            Cause(
                "The answer was wrong once too often", Certainty.LIKELY, "DefineAuthChallenge decides when"
            ),
            Cause("DefineAuthChallenge has failed the user for another reason", Certainty.POSSIBLE),
        ),
        fixes=(START_AGAIN, EDIT),
        read_it="Cognito has the words of a wrong password for it; no password need be wrong.",
    )


def misconfigured(error: Refused, _known: Situation) -> Explanation:
    """Roles and settings of the pool: `InvalidUserPoolConfigurationException` and its like."""
    return Explanation(
        meaning="The pool is not set up for this; its administrator has to see to it.",
        causes=(Cause(error.code.removesuffix("Exception"), Certainty.CERTAIN),),
        fixes=(RETRY, EDIT),
    )


def not_in_this_plan(error: Refused, known: Situation) -> Explanation:
    """Row 62."""
    return Explanation(
        meaning="The pool's feature plan does not have this.",
        causes=(
            Cause(
                f"{known.auth_flow or error.operation} needs the Essentials or Plus plan",
                Certainty.LIKELY,
                "the pool is on Lite",
            ),
        ),
        fixes=(EDIT, EDIT_PROFILE),
    )


def not_enabled(_error: Refused, known: Situation) -> Explanation:
    """Row 63."""
    return Explanation(
        meaning="The operation is not switched on for this pool here.",
        causes=(
            Cause("This region has only a replica of the pool", Certainty.POSSIBLE, known.region),
            Cause("A setting of the pool or the client rules it out", Certainty.POSSIBLE),
        ),
        fixes=(EDIT_PROFILE, EDIT),
    )


def blocked(_error: Refused, known: Situation) -> Explanation:
    """Row 64."""
    return Explanation(
        meaning="A firewall in front of the pool turned the request away; Cognito has not seen it.",
        causes=(
            Cause(
                "A rule of the pool's AWS WAF web ACL",
                Certainty.LIKELY,
                f"this address, its rate, or the request; pool {known.client.user_pool_id}",
            ),
        ),
        fixes=(RETRY, EDIT),
        read_it="The web ACL's sampled requests tell which rule it was.",
    )
