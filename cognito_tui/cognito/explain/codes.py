"""Errors about codes and the factors they belong to: rows 41, 42, 52 to 55, 65 and 66 of the catalogue."""

from __future__ import annotations

from cognito_tui.cognito.errors import Refused
from cognito_tui.cognito.explain.values import (
    EDIT,
    RETRY,
    START_AGAIN,
    Cause,
    Certainty,
    Explanation,
    Situation,
)

_TOTP = frozenset({"SOFTWARE_TOKEN_MFA", "MFA_SETUP"})


def wrong_code(error: Refused, known: Situation) -> Explanation:
    """Row 52. The Session is still good: the same question may be answered again."""
    if known.challenge in _TOTP or error.operation == "VerifySoftwareToken":
        return _wrong_totp()
    return Explanation(
        meaning="The code is not the one Cognito has sent.",
        causes=(
            Cause(
                "A typing error, or the code of an earlier message", Certainty.LIKELY, "the last one counts"
            ),
            Cause("The code of another sign-in", Certainty.POSSIBLE, "each sign-in sends its own"),
        ),
        fixes=(EDIT, START_AGAIN),
        read_it="The sign-in goes on: give another code. Start again to be sent a new one.",
    )


def set_up_failed(_error: Refused, _known: Situation) -> Explanation:
    """Row 54: VerifySoftwareToken did not take the first code."""
    return _wrong_totp(
        Cause("The app has the key of an earlier QR code", Certainty.POSSIBLE, "each set-up makes a new key")
    )


def _wrong_totp(*others: Cause) -> Explanation:
    return Explanation(
        meaning="The code of the authenticator app does not fit.",
        causes=(
            Cause("The code had run out when it arrived", Certainty.LIKELY, "each is good for 30 seconds"),
            Cause("The clock of the app's device is wrong", Certainty.LIKELY, "codes are made of the time"),
            *(others or (Cause("The code of another user or pool", Certainty.POSSIBLE),)),
        ),
        fixes=(EDIT, START_AGAIN),
        read_it="The sign-in goes on: give the next code.",
    )


def used_code(_error: Refused, _known: Situation) -> Explanation:
    """Row 53, of an authenticator app."""
    return Explanation(
        meaning="Cognito takes each code of an authenticator app once, and this one was taken already.",
        causes=(
            Cause(
                "It was used to sign in, or to set up the app", Certainty.CERTAIN, "less than 30 seconds ago"
            ),
        ),
        fixes=(EDIT, START_AGAIN),
        read_it="Wait until the app shows another code, and give that.",
    )


def expired_code(_error: Refused, _known: Situation) -> Explanation:
    """Row 53."""
    return Explanation(
        meaning="The code is too old.",
        causes=(
            Cause("Codes of a sign-in last as long as its Session", Certainty.LIKELY, "3 to 15 minutes"),
        ),
        fixes=(START_AGAIN, EDIT),
        read_it="Starting again sends a new code.",
    )


def not_set_up(_error: Refused, known: Situation) -> Explanation:
    """Rows 41, 42 and 55, and MFAMethodNotFoundException."""
    return Explanation(
        meaning="The user has not set up this second factor.",
        causes=(
            Cause(
                "No authenticator app was verified", Certainty.LIKELY, "AssociateSoftwareToken comes first"
            ),
            Cause("No verified e-mail or phone number to send a code to", Certainty.LIKELY, known.username),
        ),
        fixes=(START_AGAIN, EDIT),
    )


def not_available(_error: Refused, known: Situation) -> Explanation:
    """Row 66: USER_AUTH does not offer what was chosen or preferred."""
    return Explanation(
        meaning="USER_AUTH does not offer this way to sign in to this user.",
        causes=(
            Cause(
                "It is not among the pool's AllowedFirstAuthFactors",
                Certainty.LIKELY,
                known.client.user_pool_id,
            ),
            Cause(
                "The user lacks what it needs",
                Certainty.LIKELY,
                "a password, a verified e-mail or phone number, a passkey",
            ),
            Cause("The user still has a temporary password", Certainty.POSSIBLE, "then only passwords do"),
        ),
        fixes=(EDIT, START_AGAIN),
        read_it="Without PREFERRED_CHALLENGE Cognito lists what there is to choose from.",
    )


def not_delivered(_error: Refused, _known: Situation) -> Explanation:
    """Row 65, and roles that may not send."""
    return Explanation(
        meaning="Cognito could not send the code.",
        causes=(
            Cause("SES or SNS is in its sandbox", Certainty.LIKELY, "it sends to verified recipients only"),
            Cause("The pool's role may not send", Certainty.POSSIBLE, "its trust or its policy"),
        ),
        fixes=(RETRY, START_AGAIN, EDIT),
    )
