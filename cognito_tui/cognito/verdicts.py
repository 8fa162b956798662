"""Which action works for which user: a complete table, action x status x enabled.

Three rules fill it. What a public record or the service model tells of an action and a status stands as it
was told. About passwords, confirming and signing in, which depend on the status, no record is no knowledge.
About the rest the service model's word holds for every status, unless it lists an error of a status' own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from cognito_tui.cognito.model import UserStatus
from cognito_tui.cognito.user_actions import Action


class Outlook(StrEnum):
    """What Cognito will say."""

    WORKS = "works"
    REFUSED = "refused"
    NOT_KNOWN = "not known"


@dataclass(frozen=True)
class Verdict:
    """What Cognito will say to an action, and how that is known.

    `reason` is one sentence or two. `source` is where it is documented; empty where it is not known.
    """

    outlook: Outlook
    reason: str
    source: str = ""

    @property
    def offered(self) -> bool:
        """Whether it may be offered: it works, or nobody has told that it does not."""
        return self.outlook is not Outlook.REFUSED


_RECORDS: Final = "public records"


def _model(action: Action) -> str:
    return f"service model, {action.operation}"


def _works(action: Action, reason: str) -> Verdict:
    return Verdict(Outlook.WORKS, reason, _model(action))


def _refused(reason: str, source: str = _RECORDS) -> Verdict:
    return Verdict(Outlook.REFUSED, reason, source)


def _not_known(reason: str) -> Verdict:
    return Verdict(Outlook.NOT_KNOWN, reason)


_DISABLED: Final = _refused('Enable the user first: "User is disabled."')
_NO_RECORD: Final = _not_known("There is no record of it for a user of this status.")
_NO_STATUS: Final = _not_known("This app knows nothing of users of this status.")
_PERHAPS_DISABLED: Final = _not_known(
    'Cognito answers much with "User is disabled."; whether this as well, no record tells.'
)
_NOTHING_TO_RESEND: Final = _refused(
    'Only FORCE_CHANGE_PASSWORD has an invitation to resend: "Resend not possible. … status is not '
    'FORCE_CHANGE_PASSWORD".'
)
_NO_RESET: Final = '"User password cannot be reset in the current state."'

CURRENT: Final = (
    UserStatus.FORCE_CHANGE_PASSWORD,
    UserStatus.CONFIRMED,
    UserStatus.RESET_REQUIRED,
    UserStatus.UNCONFIRMED,
    UserStatus.EXTERNAL_PROVIDER,
)
"""The statuses that Cognito still gives; ARCHIVED, COMPROMISED and UNKNOWN are no longer used (service
model, UserType)."""

_BY_STATUS: Final[Mapping[Action, Mapping[UserStatus, Verdict]]] = {
    Action.RESEND_INVITATION: {
        UserStatus.FORCE_CHANGE_PASSWORD: _works(
            Action.RESEND_INVITATION, "A new temporary password is sent, and its days start again."
        ),
        UserStatus.CONFIRMED: _NOTHING_TO_RESEND,
        UserStatus.RESET_REQUIRED: _NOTHING_TO_RESEND,
        UserStatus.UNCONFIRMED: _NOTHING_TO_RESEND,
        UserStatus.EXTERNAL_PROVIDER: _NOTHING_TO_RESEND,
    },
    Action.SET_TEMPORARY_PASSWORD: {
        UserStatus.FORCE_CHANGE_PASSWORD: _works(
            Action.SET_TEMPORARY_PASSWORD, "It takes the place of the old one, and its days start again."
        ),
        UserStatus.CONFIRMED: _works(
            Action.SET_TEMPORARY_PASSWORD, "The user's own password is gone: FORCE_CHANGE_PASSWORD."
        ),
        UserStatus.RESET_REQUIRED: _works(
            Action.SET_TEMPORARY_PASSWORD, "It takes the place of the reset: FORCE_CHANGE_PASSWORD."
        ),
        UserStatus.EXTERNAL_PROVIDER: _works(
            Action.SET_TEMPORARY_PASSWORD,
            "The user becomes a local one: CONFIRMED, as the service model has it for any password.",
        ),
    },
    Action.SET_PERMANENT_PASSWORD: {
        UserStatus.FORCE_CHANGE_PASSWORD: _works(
            Action.SET_PERMANENT_PASSWORD, "The temporary password is gone: CONFIRMED."
        ),
        UserStatus.CONFIRMED: _works(
            Action.SET_PERMANENT_PASSWORD, "It takes the place of the user's own password."
        ),
        UserStatus.RESET_REQUIRED: _works(
            Action.SET_PERMANENT_PASSWORD, "It takes the place of the reset: CONFIRMED."
        ),
        UserStatus.EXTERNAL_PROVIDER: _works(
            Action.SET_PERMANENT_PASSWORD, "The user becomes a local one: CONFIRMED."
        ),
    },
    Action.CONFIRM: {
        UserStatus.CONFIRMED: _refused(
            'There is nothing to confirm: "User cannot be confirmed. Current status is CONFIRMED".'
        ),
        UserStatus.UNCONFIRMED: _works(Action.CONFIRM, "The user becomes CONFIRMED without the code."),
    },
    Action.RESET_PASSWORD: {
        UserStatus.FORCE_CHANGE_PASSWORD: _refused(f"A temporary password waits: {_NO_RESET}"),
        UserStatus.CONFIRMED: _works(
            Action.RESET_PASSWORD,
            "The user becomes RESET_REQUIRED and is sent a code, if e-mail or phone number is verified and "
            "the pool has account recovery.",
        ),
        UserStatus.UNCONFIRMED: _refused(f"The sign-up was never confirmed: {_NO_RESET}"),
    },
    Action.SIGN_IN_AS: {
        UserStatus.FORCE_CHANGE_PASSWORD: Verdict(
            Outlook.WORKS,
            "With the temporary password, while it lives; NEW_PASSWORD_REQUIRED is asked next.",
            "service model, AdminSetUserPassword",
        ),
        UserStatus.CONFIRMED: Verdict(
            Outlook.WORKS, "With the user's own password.", "service model, AdminSetUserPassword"
        ),
        UserStatus.RESET_REQUIRED: _refused(
            "A new password has to be set with a code first: PasswordResetRequiredException."
        ),
        UserStatus.UNCONFIRMED: _refused("Confirm the user first: UserNotConfirmedException."),
        UserStatus.EXTERNAL_PROVIDER: _refused(
            "The user has no password here and signs in with another identity provider."
        ),
    },
    Action.SET_MFA_PREFERENCE: {
        UserStatus.RESET_REQUIRED: _refused(
            "PasswordResetRequiredException: the password has to be set first.",
            _model(Action.SET_MFA_PREFERENCE),
        ),
        UserStatus.UNCONFIRMED: _refused(
            "UserNotConfirmedException: confirm the user first.", _model(Action.SET_MFA_PREFERENCE)
        ),
        UserStatus.EXTERNAL_PROVIDER: _NO_RECORD,
    },
    Action.REMOVE_TOTP: {
        UserStatus.UNCONFIRMED: _refused(
            "UserNotConfirmedException: confirm the user first.", _model(Action.REMOVE_TOTP)
        ),
        UserStatus.EXTERNAL_PROVIDER: _NO_RECORD,
    },
    Action.FORGET_DEVICE: {UserStatus.EXTERNAL_PROVIDER: _NO_RECORD},
}
"""What is told of an action and a status, of users that are enabled."""

_DEPENDS_ON_STATUS: Final = frozenset(
    {
        Action.RESEND_INVITATION,
        Action.SET_TEMPORARY_PASSWORD,
        Action.SET_PERMANENT_PASSWORD,
        Action.CONFIRM,
        Action.RESET_PASSWORD,
        Action.SIGN_IN_AS,
    }
)
"""Actions that no record means no knowledge for; a disabled user is refused each of them."""


def verdict(action: Action, status: UserStatus, enabled: bool) -> Verdict:
    """What Cognito says to `action` for a user of that `status`, `enabled` or not."""
    if not enabled:
        return _when_disabled(action, status)
    if status not in CURRENT:
        return _NO_STATUS
    if action is Action.ENABLE:
        return _not_known("The user is enabled already; no record tells what Cognito says to that.")
    told = _BY_STATUS.get(action, {}).get(status)
    return told or (_NO_RECORD if action in _DEPENDS_ON_STATUS else _for_every_status(action))


def _for_every_status(action: Action) -> Verdict:
    return _works(action, "The service model names no status that is refused it.")


def _when_disabled(action: Action, status: UserStatus) -> Verdict:
    if action is Action.ENABLE:
        return _works(Action.ENABLE, "The user may sign in again; the status stays as it is.")
    if action is Action.DISABLE:
        return _not_known("The user is disabled already; no record tells what Cognito says to that.")
    told = _BY_STATUS.get(action, {}).get(status)
    if told is not None and not told.offered:
        return told
    return _DISABLED if action in _DEPENDS_ON_STATUS else _PERHAPS_DISABLED
