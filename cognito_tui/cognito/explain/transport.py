"""Errors that are not about the request: the way to Cognito, and the right to call it."""

from __future__ import annotations

from typing import Final

from cognito_tui.cognito.errors import (
    AnswerLost,
    BadRequest,
    CognitoError,
    NoCredentials,
    NotAwaited,
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
from cognito_tui.cognito.steps import reads_only
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
                causes=()
                if isinstance(error, NotAwaited)
                else (Cause(f"The connection to {where} broke", Certainty.LIKELY),),
                fixes=(RETRY, EDIT),
                read_it=_if_it_was_done(error, known),
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


_WITH_A_SESSION: Final = (
    'If Cognito did take it, the same answer again gets "session can only be used once"; then start again.'
)

_REPEATED: Final = {
    "RespondToAuthChallenge": _WITH_A_SESSION,
    "AdminRespondToAuthChallenge": _WITH_A_SESSION,
    "AssociateSoftwareToken": _WITH_A_SESSION,
    "VerifySoftwareToken": _WITH_A_SESSION,
    "ConfirmDevice": "If it was done, trying again gets DeviceKeyExistsException.",
    "UpdateDeviceStatus": "Trying again does no harm: it sets the same status.",
    "GetTokensFromRefreshToken": (
        "The refresh token may be used up. Where the client rotates them, Cognito takes it again for "
        "RetryGracePeriodSeconds, 60 at most; later that counts as reuse, and only a new sign-in helps. "
        "Where it does not rotate them, trying again does no harm."
    ),
    "RevokeToken": "Trying again does no harm: what is revoked stays revoked.",
    "GlobalSignOut": (
        'Trying again does no harm. If it was done, Cognito says "Access Token has been revoked" then.'
    ),
}
"""What comes of doing it twice (service model; the words about a Session are measured)."""


def _if_it_was_done(error: AnswerLost, known: Situation) -> str:
    if reads_only(error.operation):
        return "It only reads: trying again does no harm."
    return f"It was not repeated by itself. {_done_twice(error.operation, known)}".rstrip()


def _done_twice(operation: str, known: Situation) -> str:
    if about_users(operation):
        return (
            "Look at the user before you do: its status and last-modified date tell whether it was done, "
            "and a second invitation would be a second password."
        )
    if operation in {"InitiateAuth", "AdminInitiateAuth"}:
        if known.auth_flow.startswith("REFRESH_"):
            return "Trying again does no harm: this flow uses no refresh token up."
        return "Trying again begins another sign-in: a code is sent again, a wrong password counts again."
    return _REPEATED.get(operation, "")


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
