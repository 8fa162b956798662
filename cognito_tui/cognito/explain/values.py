"""What an explanation is made of, and what it may take into account."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from cognito_tui.cognito.described import AppClientDescription
from cognito_tui.cognito.model import AppClient
from cognito_tui.cognito.secret_hash import Subject


class Certainty(StrEnum):
    """How sure a cause is, as the word that stands behind it."""

    CERTAIN = "certain"
    LIKELY = "likely"
    POSSIBLE = "possible"
    RULED_OUT = "ruled out"


@dataclass(frozen=True)
class Cause:
    """One reason the call may have failed for, and what speaks for or against it."""

    text: str
    certainty: Certainty
    detail: str = ""


@dataclass(frozen=True)
class Check:
    """Something that was looked at: `good` is True, False, or None when it could not be told."""

    text: str
    good: bool | None
    result: str = ""


class Remedy(StrEnum):
    """What a fix does."""

    EDIT = "edit"
    RETRY = "retry"
    START_AGAIN = "start again"
    USE_POOL_SECRET = "use the pool's secret"  # noqa: S105 a deed, no secret
    ENTER_SECRET = "enter the secret"  # noqa: S105 a deed, no secret
    DROP_SECRET = "drop the secret"  # noqa: S105 a deed, no secret
    OTHER_FLOW = "other flow"
    OTHER_ACTION = "other action"
    SHOW_USER = "show the user"
    EDIT_PROFILE = "edit the profile"
    COPY_COMMAND = "copy a command"


@dataclass(frozen=True)
class Fix:
    """One way out, on one key. `argument` is the flow to take, the `Action` to do or the command to copy."""

    key: str
    remedy: Remedy
    text: str
    consequence: str
    argument: str = ""


@dataclass(frozen=True)
class Explanation:
    """Why a call failed and what to do. `meaning` is one sentence; causes and fixes go from best to worst.

    `read_it` says what the message does not say, where it is often misread.
    """

    meaning: str
    causes: tuple[Cause, ...] = ()
    checks: tuple[Check, ...] = ()
    fixes: tuple[Fix, ...] = ()
    read_it: str = ""


@dataclass(frozen=True)
class Situation:
    """What is known when a call has failed, of a sign-in or about a user.

    `username` is as typed, `hashed` what the failed call hashed; `challenge` is the one being answered, empty
    at the first call; `auth_flow` is empty where nobody signs in. `secret_is` says where the secret is kept
    ("in the keyring"). `described` is the client as the account has it, where it could be read; `aws_profile`
    is whom signed calls go out as. `after_lost` says that no answer came to the same request before.
    """

    client: AppClient
    username: str
    auth_flow: str = ""
    hashed: Subject | None = None
    challenge: str = ""
    secret_is: str = "known"  # noqa: S105 a place, no secret
    region: str = ""
    endpoint_url: str | None = None
    aws_profile: str = ""
    described: AppClientDescription | None = None
    after_lost: bool = False


EDIT = Fix("e", Remedy.EDIT, "edit the form", "nothing is lost")
RETRY = Fix("r", Remedy.RETRY, "try again", "sends the same once more")
SHOW_USER = Fix("u", Remedy.SHOW_USER, "open the user", "what an admin can do now")
START_AGAIN = Fix("s", Remedy.START_AGAIN, "start again", "from the first request")
EDIT_PROFILE = Fix("o", Remedy.EDIT_PROFILE, "open the profile", "ids and region")
