"""What an error means for a user and for the run: again later, the end of the run, in doubt, or no."""

from __future__ import annotations

import re
from enum import Enum
from typing import Final

from cognito_tui.cognito.errors import (
    AnswerLost,
    CognitoError,
    NoCredentials,
    NotCognito,
    NotDone,
    Refused,
)
from cognito_tui.cognito.user_actions import iam_action


class Setback(Enum):
    """What follows from an error. Only after the first two, nothing at all was done."""

    LATER = "later"
    """Turned away for a rate, or nobody reached: the same once more, after a while."""
    END = "end"
    """It would be the same for every user."""
    DOUBT = "doubt"
    """It may have been carried out."""
    REFUSED = "refused"
    """Cognito's no to this user."""


_DAILY: Final = re.compile(r"daily|e-?mail limit", re.IGNORECASE)
"""In the message of a LimitExceededException that lasts until tomorrow (row 58 of the catalogue: "Exceeded
daily email limit for the operation or the account")."""


def setback(error: CognitoError) -> Setback:
    """What follows from `error`, of a change as of a look."""
    match error:
        case NotDone():
            return Setback.LATER
        case NoCredentials():
            return Setback.END
        case AnswerLost() | NotCognito():
            return Setback.DOUBT
        case Refused() if error.throttled:
            return Setback.LATER
        case Refused() if error.status >= 500:
            return Setback.DOUBT
        case Refused() if error.denied or error.code == "ResourceNotFoundException":
            return Setback.END
        case Refused(code="LimitExceededException"):
            return Setback.END if is_daily_limit(error) else Setback.LATER
        case _:
            return Setback.REFUSED


def is_daily_limit(error: CognitoError) -> bool:
    """Whether Cognito sends no more messages today."""
    is_limit = isinstance(error, Refused) and error.code == "LimitExceededException"
    return is_limit and bool(_DAILY.search(str(error)))


def told(error: CognitoError) -> str:
    """The code or a short name, and the sentence of an error."""
    return f"{error.name}: {error.sentence}"


def why_it_ended(error: CognitoError) -> str:
    """Why the run cannot go on, and what to do, for a person."""
    if is_daily_limit(error):
        return (
            f"Cognito sends no more messages today ({told(error)}) The rest is planned: resume it tomorrow, "
            "or let the pool mail through Amazon SES."
        )
    if isinstance(error, Refused) and error.code == "AccessDeniedException":
        return f"{told(error)} Grant the IAM action {iam_action(error.operation)}, then resume."
    if isinstance(error, Refused) and error.denied:
        return f"{told(error)} Sign in to AWS again, then resume."
    if isinstance(error, Refused) and error.throttled:
        return f"Cognito turns every request away for its rate ({told(error)}) Resume later, or more slowly."
    return f"{error.operation}: {told(error)} The rest is planned: resume when that is put right."
