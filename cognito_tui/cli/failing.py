"""What went wrong, as the lines of stderr and the exit status."""

from __future__ import annotations

from cognito_tui.cli.status import Status, Stop
from cognito_tui.cognito.errors import (
    AnswerLost,
    BadRequest,
    CognitoError,
    NoCredentials,
    NotCognito,
    NotDone,
    Refused,
)
from cognito_tui.cognito.explain import Certainty, Situation, explain
from cognito_tui.cognito.user_actions import iam_action


def stop_for(error: CognitoError, situation: Situation) -> Stop:
    """The end of a command for which Cognito, or the way to it, has failed.

    The first line is Cognito's own words, verbatim; what is likely stands after it.
    """
    if isinstance(error, Refused):
        first = f"cognito-tui: {error.operation}: {error.code}: {error.message}"
    else:
        first = f"cognito-tui: {error.operation}: {error.sentence}"
    return Stop(_status(error), first, *_likely(error, situation))


def warning(error: CognitoError, what: str = "") -> str:
    """A line for what could be gone on without, with the IAM action to grant where one is missing.

    `what` the call was about stands before it.
    """
    about = f"{what}: " if what else ""
    denied = isinstance(error, Refused) and error.denied
    grant = f". Grant the IAM action {iam_action(error.operation)}." if denied else ""
    sentence = error.sentence.removesuffix(".") if denied else error.sentence
    return f"warning: {about}{error.operation}: {error.name}: {sentence}{grant}"


def _status(error: CognitoError) -> Status:
    match error:
        case Refused():
            return Status.CREDENTIALS if error.denied else Status.REFUSED
        case NoCredentials():
            return Status.CREDENTIALS
        case BadRequest():
            return Status.USAGE
        case NotDone() | AnswerLost() | NotCognito():
            return Status.NETWORK
        case _:
            return Status.REFUSED


def _likely(error: CognitoError, situation: Situation) -> list[str]:
    explanation = explain(error, situation)
    lines = [explanation.meaning]
    lines += [
        f"{cause.certainty}: {cause.text}{f' ({cause.detail})' if cause.detail else ''}"
        for cause in explanation.causes
        if cause.certainty is not Certainty.RULED_OUT
    ]
    return [line for line in lines if line]
