"""What can be done about a user: each action, the operation behind it, and what comes of it.

The facts are the service model's, from the documentation of the operation that an action names.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Sends(StrEnum):
    """Whether Cognito sends the user a message."""

    NOTHING = "nothing"
    MESSAGE = "a message"
    PERHAPS = "perhaps a message"


class Action(StrEnum):
    """What an administrator may want for one user; the value stands in journals and reports."""

    RESEND_INVITATION = "resend"
    SET_TEMPORARY_PASSWORD = "set-temporary-password"  # noqa: S105 an action's name
    SET_PERMANENT_PASSWORD = "set-permanent-password"  # noqa: S105 an action's name
    CONFIRM = "confirm"
    RESET_PASSWORD = "reset"  # noqa: S105 an action's name
    ENABLE = "enable"
    DISABLE = "disable"
    VERIFY_EMAIL = "verify-email"
    VERIFY_PHONE = "verify-phone"
    CHANGE_ATTRIBUTES = "change-attributes"
    ADD_TO_GROUP = "add-to-group"
    REMOVE_FROM_GROUP = "remove-from-group"
    SET_MFA_PREFERENCE = "set-mfa-preference"
    REMOVE_TOTP = "remove-totp"
    FORGET_DEVICE = "forget-device"
    REVOKE_SESSION = "revoke-session"
    SIGN_OUT_EVERYWHERE = "sign-out"
    SIGN_IN_AS = "sign-in"
    DELETE = "delete"

    @property
    def about(self) -> AboutAction:
        """What is to be known of it."""
        return ABOUT[self]

    @property
    def label(self) -> str:
        """Its name for a person."""
        return ABOUT[self].label

    @property
    def consequence(self) -> str:
        """What comes of it, in one line without a full stop."""
        return ABOUT[self].consequence

    @property
    def operations(self) -> tuple[str, ...]:
        """Cognito's names of the operations it may take; the first is the usual one."""
        return ABOUT[self].operations

    @property
    def operation(self) -> str:
        """The operation it usually takes."""
        return ABOUT[self].operations[0]

    @property
    def iam_actions(self) -> tuple[str, ...]:
        """The IAM actions to grant for it; none for signing in, which is public."""
        return tuple(iam_action(each) for each in self.operations) if ABOUT[self].admin else ()

    @property
    def sends(self) -> Sends:
        """Whether Cognito sends the user a message."""
        return ABOUT[self].sends

    @property
    def destructive(self) -> bool:
        """Whether it takes something from the user that no other action gives back."""
        return ABOUT[self].destructive

    @property
    def sets_password(self) -> bool:
        """Whether it needs a password, typed or generated."""
        return self in {Action.SET_TEMPORARY_PASSWORD, Action.SET_PERMANENT_PASSWORD}


@dataclass(frozen=True)
class AboutAction:
    """What is to be known of an action; see the properties of `Action`."""

    label: str
    operations: tuple[str, ...]
    consequence: str
    sends: Sends = Sends.NOTHING
    destructive: bool = False
    admin: bool = True


def iam_action(operation: str) -> str:
    """The IAM action that allows `operation`, as a policy names it."""
    return f"cognito-idp:{operation}"


ABOUT: Final[Mapping[Action, AboutAction]] = {
    Action.RESEND_INVITATION: AboutAction(
        "Resend invitation",
        ("AdminCreateUser",),
        "sends a new temporary password; its days start again",
        sends=Sends.MESSAGE,
    ),
    Action.SET_TEMPORARY_PASSWORD: AboutAction(
        "Set temporary password",
        ("AdminSetUserPassword",),
        "FORCE_CHANGE_PASSWORD: to be changed at the next sign-in; sends nothing",
    ),
    Action.SET_PERMANENT_PASSWORD: AboutAction(
        "Set permanent password",
        ("AdminSetUserPassword",),
        "CONFIRMED at once; sends nothing",
    ),
    Action.CONFIRM: AboutAction(
        "Confirm",
        ("AdminConfirmSignUp",),
        "CONFIRMED without the code",
    ),
    Action.RESET_PASSWORD: AboutAction(
        "Reset password",
        ("AdminResetUserPassword",),
        "sends a code; no sign-in until a new password is set with it",
        sends=Sends.MESSAGE,
        destructive=True,
    ),
    Action.ENABLE: AboutAction("Enable", ("AdminEnableUser",), "may sign in again; the status stays"),
    Action.DISABLE: AboutAction(
        "Disable",
        ("AdminDisableUser",),
        "no sign-in, access tokens revoked; can be enabled again",
        destructive=True,
    ),
    Action.VERIFY_EMAIL: AboutAction(
        "Mark e-mail as verified",
        ("AdminUpdateUserAttributes",),
        "email_verified becomes true; sends nothing",
    ),
    Action.VERIFY_PHONE: AboutAction(
        "Mark phone as verified",
        ("AdminUpdateUserAttributes",),
        "phone_number_verified becomes true; sends nothing",
    ),
    Action.CHANGE_ATTRIBUTES: AboutAction(
        "Change attributes",
        ("AdminUpdateUserAttributes", "AdminDeleteUserAttributes"),
        "at once; a new e-mail or phone may have to be verified first",
        sends=Sends.PERHAPS,
    ),
    Action.ADD_TO_GROUP: AboutAction(
        "Add to group", ("AdminAddUserToGroup",), "the group is in cognito:groups of the next tokens"
    ),
    Action.REMOVE_FROM_GROUP: AboutAction(
        "Remove from group",
        ("AdminRemoveUserFromGroup",),
        "the group is missing from cognito:groups of the next tokens",
    ),
    Action.SET_MFA_PREFERENCE: AboutAction(
        "Set MFA preference",
        ("AdminSetUserMFAPreference",),
        "which second factors are on, and which is asked for",
    ),
    Action.REMOVE_TOTP: AboutAction(
        "Remove authenticator app",
        ("AdminDeleteSoftwareToken",),
        "the lost app's codes are refused; another can be set up",
        destructive=True,
    ),
    Action.FORGET_DEVICE: AboutAction(
        "Forget device",
        ("AdminForgetDevice",),
        "the device no longer stands for a second factor",
        destructive=True,
    ),
    Action.REVOKE_SESSION: AboutAction(
        "Revoke session",
        ("AdminRevokeUserSession",),
        "that session's refresh and access tokens are revoked",
        destructive=True,
    ),
    Action.SIGN_OUT_EVERYWHERE: AboutAction(
        "Sign out everywhere",
        ("AdminUserGlobalSignOut",),
        "all tokens are revoked; the managed login cookie stays",
        destructive=True,
    ),
    Action.SIGN_IN_AS: AboutAction(
        "Sign in as",
        ("InitiateAuth",),
        "opens the sign-in with this user; changes nothing yet",
        admin=False,
    ),
    Action.DELETE: AboutAction(
        "Delete…",
        ("AdminDeleteUser",),
        "for ever; asks for the name",
        destructive=True,
    ),
}


EXTERNAL_WARNING: Final = (
    "This user signs in with another identity provider. A password makes it a local user as well "
    "(CONFIRMED), which can then change its password and attributes here; AWS advises against it. "
    "Better: link a local user to it."
)
"""Service model, AdminSetUserPassword."""
