"""What the keys of the users place do to the user under the cursor, and what of it can be done now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from cognito_tui.cognito.user_actions import Action
from cognito_tui.cognito.user_offers import Judged, offers, pointless, refusals
from cognito_tui.cognito.users import User
from cognito_tui.cognito.verdicts import Outlook


@dataclass(frozen=True)
class Deed:
    """A key, and the actions that its dialog lets choose from; `title` where there are several.

    `brief` is what comes of it in the 31 cells of a card, `what` in a line, unless it is the action's own.
    `section` is the part of the card it belongs to, where that is not the one of what can be done.
    """

    key: str
    actions: tuple[Action, ...]
    brief: str
    title: str = ""
    what: str = ""
    section: str = ""

    @property
    def label(self) -> str:
        """What stands beside the key."""
        return self.title or self.actions[0].label.rstrip("…")

    @property
    def consequence(self) -> str:
        """What comes of it, in a line."""
        return self.what or self.actions[0].consequence


DEEDS: Final = (
    Deed("r", (Action.RESEND_INVITATION,), "new password, days start again"),
    Deed(
        "p",
        (Action.SET_TEMPORARY_PASSWORD, Action.SET_PERMANENT_PASSWORD),
        "temporary or permanent",
        title="Set password",
        what="temporary or permanent, generated or typed; sends nothing",
    ),
    Deed("c", (Action.CONFIRM,), "CONFIRMED without the code"),
    Deed("w", (Action.RESET_PASSWORD,), "sends a code; RESET_REQUIRED"),
    Deed("e", (Action.ENABLE,), "may sign in again"),
    Deed("s", (Action.SIGN_IN_AS,), "opens the sign-in place"),
    Deed("m", (Action.CHANGE_ATTRIBUTES,), "and say what is verified"),
    Deed("x", (Action.DISABLE,), "no sign-in, tokens revoked"),
    Deed("v", (Action.VERIFY_EMAIL,), "email_verified becomes true", section="Attributes"),
    Deed("V", (Action.VERIFY_PHONE,), "phone_number_verified is true", section="Attributes"),
    Deed(
        "a",
        (Action.ADD_TO_GROUP, Action.REMOVE_FROM_GROUP),
        "in cognito:groups from now on",
        title="Change groups",
        what="they are in cognito:groups of the next tokens",
        section="Groups",
    ),
    Deed("f", (Action.SET_MFA_PREFERENCE,), "which second factors are on", section="MFA"),
    Deed("t", (Action.REMOVE_TOTP,), "the lost app's codes end", section="MFA"),
    Deed("i", (Action.FORGET_DEVICE,), "no second factor any more", section="Devices"),
    Deed(
        "q",
        (Action.SIGN_OUT_EVERYWHERE, Action.REVOKE_SESSION),
        "one of them, or all tokens",
        title="Revoke sessions",
        what="one of them, or all tokens of the user",
        section="Sessions",
    ),
    Deed("d", (Action.DELETE,), "for ever; asks for the name"),
)
"""In the order of the card: what frees a user first, deleting last."""

BY_KEY: Final = {deed.key: deed for deed in DEEDS}


@dataclass(frozen=True)
class Offered:
    """A deed that can be done now; `certain` is False where no record tells whether it works."""

    deed: Deed
    certain: bool

    @property
    def operation(self) -> str:
        """What it usually takes, as Cognito calls it."""
        return self.deed.actions[0].operation


@dataclass(frozen=True)
class NotNow:
    """A deed that Cognito is known to refuse, and why."""

    deed: Deed
    reason: str


def can_be_done(user: User) -> tuple[Offered, ...]:
    """What can be done about `user` now, in the order of the card; what is not known to work comes last."""
    judged = {each.action: each for each in offers(user)}
    possible = (
        _offered(deed, found)
        for deed in DEEDS
        if (found := [judged[action] for action in deed.actions if action in judged])
    )
    return tuple(sorted(possible, key=lambda each: not each.certain))


def _offered(deed: Deed, found: Sequence[Judged]) -> Offered:
    return Offered(deed, certain=any(each.verdict.outlook is Outlook.WORKS for each in found))


def cannot_be_done(user: User) -> tuple[NotNow, ...]:
    """What Cognito is known to refuse for `user` as it is, and why."""
    reasons = {each.action: each.verdict.reason for each in refusals(user)}
    return tuple(
        NotNow(deed, reasons[deed.actions[0]])
        for deed in DEEDS
        if all(action in reasons for action in deed.actions)
    )


def why_not(deed: Deed, user: User) -> str:
    """Why `deed`, which is not offered for `user`, is not: it is refused, or would change nothing."""
    refused = next((each.reason for each in cannot_be_done(user) if each.deed is deed), "")
    if refused:
        return f"{refused} ctrl+p sends it all the same."
    return f"It would change nothing: {pointless(deed.actions[0], user)}."
