"""Errors that are not about the request: the way to Cognito, and the right to call it."""

from __future__ import annotations

from cognito_tui.cognito.errors import (
    AnswerLost,
    BadRequest,
    CognitoError,
    NoCredentials,
    NotCognito,
    NotDone,
    Refused,
)
from cognito_tui.cognito.explain.users import about_users
from cognito_tui.cognito.explain.values import (
    EDIT,
    EDIT_PROFILE,
    RETRY,
    Cause,
    Certainty,
    Explanation,
    Fix,
    Remedy,
    Situation,
)
from cognito_tui.cognito.user_actions import iam_action


def unsent(error: CognitoError, known: Situation) -> Explanation:
    """Anything but an answer of Cognito's."""
    where = known.endpoint_url or f"cognito-idp in {known.region}"
    match error:
        case NotDone():
            return Explanation(
                meaning="Nothing was sent: trying again is safe.",
                causes=(
                    Cause(
                        f"No way to {where} from here", Certainty.LIKELY, "network, VPN, proxy or firewall"
                    ),
                    Cause("The region or the endpoint is not right", Certainty.POSSIBLE),
                ),
                fixes=(RETRY, EDIT_PROFILE, EDIT),
            )
        case AnswerLost():
            return Explanation(
                meaning="The request went out. Whether Cognito has carried it out is not known.",
                causes=(Cause(f"The connection to {where} broke", Certainty.LIKELY),),
                fixes=(RETRY, EDIT),
                read_it=_if_it_was_done(error),
            )
        case NotCognito():
            return Explanation(
                meaning="What answered is not Cognito, or not all of it.",
                causes=(Cause(f"{where} is something else", Certainty.LIKELY),),
                fixes=(EDIT_PROFILE, RETRY, EDIT),
            )
        case NoCredentials():
            return no_credentials(error, known)
        case BadRequest():
            return Explanation(
                meaning="Nothing was sent: the service model does not allow the request.",
                fixes=(EDIT, EDIT_PROFILE),
            )
        case _:
            return Explanation(meaning="", fixes=(RETRY, EDIT))


def no_credentials(error: CognitoError, known: Situation) -> Explanation:
    """A signed operation without usable credentials."""
    whose = f"the AWS profile {known.aws_profile}" if known.aws_profile else "the default chain"
    return Explanation(
        meaning=f"{known.auth_flow or error.operation} is an admin call, signed with AWS credentials: "
        f"those of {whose}.",
        fixes=(*_public_instead(known), RETRY, EDIT_PROFILE, EDIT),
        read_it="Public flows need no AWS credentials." if known.auth_flow else "",
    )


def _if_it_was_done(error: AnswerLost) -> str:
    if about_users(error.operation):
        return (
            "It was not repeated by itself. Look at the user before you do: its status and last-modified "
            "date tell whether it was done, and a second invitation would be a second password."
        )
    return (
        "It was not repeated by itself. If Cognito did take it, the same answer again gets "
        '"session can only be used once"; then start again.'
    )


def denied(error: Refused, known: Situation) -> Explanation:
    """AWS did not take the signature, or the identity may not call the operation."""
    whose = known.aws_profile or "the default chain"
    if error.code == "AccessDeniedException":
        cause = Cause(
            f"{whose} may not call it", Certainty.CERTAIN, f"IAM action {iam_action(error.operation)}"
        )
    elif error.expired:
        cause = Cause(f"The credentials of {whose} have expired", Certainty.CERTAIN, "sign in to AWS again")
    else:
        cause = Cause(f"The credentials of {whose} are not valid here", Certainty.LIKELY)
    return Explanation(
        meaning="This is about AWS credentials, not about the user.",
        causes=(cause,),
        fixes=(*_public_instead(known), RETRY, EDIT_PROFILE, EDIT),
    )


def throttled(_error: Refused, _known: Situation) -> Explanation:
    """Too many requests: nothing was done."""
    return Explanation(
        meaning="Cognito turned the request away for its rate; nothing was done.",
        causes=(Cause("The account's or the pool's quota is used up", Certainty.CERTAIN),),
        fixes=(RETRY, EDIT),
    )


def _public_instead(known: Situation) -> tuple[Fix, ...]:
    if not known.auth_flow.startswith("ADMIN_"):
        return ()
    return (Fix("f", Remedy.OTHER_FLOW, "USER_PASSWORD_AUTH", "needs no credentials", "USER_PASSWORD_AUTH"),)
