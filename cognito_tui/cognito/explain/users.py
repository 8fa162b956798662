"""Errors an administrator meets who does something about a user, and what to do instead."""

from __future__ import annotations

from typing import Final

from cognito_tui.cognito import checks
from cognito_tui.cognito.errors import Refused
from cognito_tui.cognito.explain import sign_in
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
from cognito_tui.cognito.user_actions import Action

_OF_A_SIGN_IN: Final = frozenset({"AdminInitiateAuth", "AdminRespondToAuthChallenge"})


def about_users(operation: str) -> bool:
    """Whether `operation` is one of an administrator's, about users and not about signing in as one."""
    return operation.startswith(("Admin", "List")) and operation not in _OF_A_SIGN_IN


def _instead(key: str, action: Action) -> Fix:
    return Fix(key, Remedy.OTHER_ACTION, action.label, action.consequence, action)


_RESEND: Final = _instead("i", Action.RESEND_INVITATION)
_SET_TEMPORARY: Final = _instead("t", Action.SET_TEMPORARY_PASSWORD)
_SET_PERMANENT: Final = _instead("p", Action.SET_PERMANENT_PASSWORD)


def resend_not_possible(_error: Refused, known: Situation) -> Explanation:
    """Row 60."""
    return Explanation(
        meaning="There is no invitation to resend: the user's status is not FORCE_CHANGE_PASSWORD.",
        causes=(
            Cause("The user has set a password since the list was loaded", Certainty.LIKELY, known.username),
            Cause("The user has signed up, and was never invited", Certainty.POSSIBLE),
        ),
        fixes=(_instead("w", Action.RESET_PASSWORD), _SET_TEMPORARY, RETRY),
        read_it="Look at the user again: its status says what helps now.",
    )


def not_to_be_reset(_error: Refused, _known: Situation) -> Explanation:
    """Row 10."""
    return Explanation(
        meaning="The user has no password of its own that could be reset.",
        causes=(
            Cause("A temporary password waits", Certainty.LIKELY, "status FORCE_CHANGE_PASSWORD"),
            Cause("The sign-up was never confirmed", Certainty.POSSIBLE, "status UNCONFIRMED"),
        ),
        fixes=(_RESEND, _SET_TEMPORARY, _SET_PERMANENT, _instead("k", Action.CONFIRM)),
        read_it="In FORCE_CHANGE_PASSWORD, resend the invitation or set a password; ForgotPassword is "
        "refused there as well. In UNCONFIRMED, confirm the user first.",
    )


def not_to_be_confirmed(_error: Refused, known: Situation) -> Explanation:
    """Row 23; the message names the status."""
    return Explanation(
        meaning="There is no sign-up to confirm.",
        causes=(
            Cause(
                "The user is confirmed already, or was never unconfirmed", Certainty.CERTAIN, known.username
            ),
        ),
        fixes=(_SET_TEMPORARY, RETRY),
        read_it="The message ends with the user's status.",
    )


def disabled(_error: Refused, known: Situation) -> Explanation:
    """Row 7."""
    return Explanation(
        meaning="The user is switched off, whatever its status: Cognito refuses this until it is enabled.",
        causes=(Cause("An administrator has disabled the user", Certainty.CERTAIN, known.username),),
        fixes=(_instead("n", Action.ENABLE), RETRY),
    )


def nowhere_to_send(_error: Refused, _known: Situation) -> Explanation:
    """Row 39."""
    return Explanation(
        meaning="Cognito has nowhere to send a code to: no e-mail address or phone number is verified.",
        causes=(
            Cause("email_verified and phone_number_verified are not true", Certainty.LIKELY),
            Cause("The user has neither e-mail address nor phone number", Certainty.POSSIBLE),
        ),
        fixes=(
            _instead("v", Action.VERIFY_EMAIL),
            _instead("h", Action.VERIFY_PHONE),
            _SET_TEMPORARY,
            _SET_PERMANENT,
        ),
        read_it="Marking an address as verified lets whoever reads it set the password.",
    )


def mail_limit(_error: Refused, _known: Situation) -> Explanation:
    """Row 58, of messages: 50 a day and account with Cognito's own sender (Developer Guide, quotas)."""
    return Explanation(
        meaning="Cognito sends no more e-mail today.",
        causes=(
            Cause(
                "The pool mails through Cognito's own sender",
                Certainty.LIKELY,
                "COGNITO_DEFAULT: 50 e-mails a day and account, for all its pools",
            ),
            Cause("SES has a limit of its own", Certainty.POSSIBLE, "EmailSendingAccount DEVELOPER"),
        ),
        fixes=(_SET_TEMPORARY, RETRY),
        read_it="Setting a password sends nothing and has no such limit. For more mail a day, the pool's "
        "EmailConfiguration has to use SES (EmailSendingAccount DEVELOPER).",
    )


def limit_reached(_error: Refused, known: Situation) -> Explanation:
    """Row 58, of anything else."""
    return Explanation(
        meaning="A limit for this user or this account is used up.",
        causes=(Cause("Too many attempts in a short time", Certainty.LIKELY, known.username),),
        fixes=(RETRY,),
        read_it="Most limits of a user are counted by the hour.",
    )


def not_sent(_error: Refused, _known: Situation) -> Explanation:
    """Row 65, and roles that may not send."""
    return Explanation(
        meaning="Cognito could not send the message.",
        causes=(
            Cause("SES or SNS is in its sandbox", Certainty.LIKELY, "it sends to verified recipients only"),
            Cause(
                "The user cannot be reached by the medium",
                Certainty.POSSIBLE,
                "no e-mail address, or no phone",
            ),
            Cause("The pool's role may not send", Certainty.POSSIBLE, "its trust or its policy"),
        ),
        fixes=(_SET_TEMPORARY, RETRY),
        read_it="Look at the user before the next try: whether Cognito has changed it all the same, "
        "no record tells.",
    )


def no_such_user(_error: Refused, known: Situation) -> Explanation:
    """Row 45."""
    oddity = checks.username_oddity(known.username)
    return Explanation(
        meaning="This pool has no such user.",
        causes=(
            *((Cause(oddity.capitalize(), Certainty.LIKELY),) if oddity else ()),
            Cause("The user was deleted since the list was loaded", Certainty.LIKELY, known.username),
            Cause(
                "The name is no username and no alias of this pool",
                Certainty.POSSIBLE,
                "letter case may count",
            ),
        ),
        fixes=(RETRY, EDIT_PROFILE),
        read_it="In a pool whose users sign in with an e-mail address, the username is a UUID.",
    )


def not_there(error: Refused, known: Situation) -> Explanation:
    """Row 48, or a group, device or session that is not there."""
    if "pool" in error.message.lower():
        return sign_in.no_such_client(error, known)
    return Explanation(
        meaning="What the request names is not there, or not any more.",
        causes=(
            Cause("The group, device or session is gone, or another's", Certainty.LIKELY, known.username),
        ),
        fixes=(RETRY,),
        read_it="Load the user again to see what it has.",
    )


def username_taken(_error: Refused, known: Situation) -> Explanation:
    """Row 59: the username itself, or an e-mail or phone number that is a sign-in name here."""
    return Explanation(
        meaning="The pool has a user of this name already; nothing was created.",
        causes=(
            Cause("The username is taken", Certainty.LIKELY, known.username),
            Cause("The e-mail or phone number is another user's sign-in name", Certainty.POSSIBLE),
        ),
        fixes=(EDIT, _RESEND),
        read_it="If it is the same person and still in FORCE_CHANGE_PASSWORD, resend the invitation.",
    )


def not_a_username(_error: Refused, _known: Situation) -> Explanation:
    """Rows 37 and 38: what the pool wants for a username depends on how its users sign in."""
    return Explanation(
        meaning="The pool does not take a username of this form.",
        causes=(
            Cause("AliasAttributes has email", Certainty.POSSIBLE, "then a username is no e-mail address"),
            Cause(
                "UsernameAttributes is set",
                Certainty.POSSIBLE,
                "then it is an e-mail address or a phone number",
            ),
        ),
        fixes=(EDIT,),
        read_it="Which of the two it is stands in the message.",
    )


def bad_filter(_error: Refused, _known: Situation) -> Explanation:
    """Row 43."""
    return Explanation(
        meaning="ListUsers does not take this filter.",
        causes=(
            Cause(
                "An attribute it cannot search for",
                Certainty.LIKELY,
                "custom attributes, and standard ones but a few",
            ),
            Cause('A " or \\ without a \\ before it', Certainty.POSSIBLE, 'email ^= "ana"'),
        ),
        fixes=(EDIT,),
    )


def no_threat_protection(_error: Refused, known: Situation) -> Explanation:
    """`UserPoolAddOnNotEnabledException` of AdminListUserAuthEvents."""
    return Explanation(
        meaning="The pool keeps no history of sign-ins.",
        causes=(Cause("Threat protection is off", Certainty.CERTAIN, known.client.user_pool_id),),
        fixes=(RETRY,),
        read_it="It belongs to the Plus plan, and records from the day it is switched on.",
    )
