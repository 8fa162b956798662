"""What can be done about one user now, what cannot and why, and what to think of before."""

from __future__ import annotations

from dataclasses import dataclass

from cognito_tui.cognito.model import UserStatus
from cognito_tui.cognito.user_actions import EXTERNAL_WARNING, Action
from cognito_tui.cognito.users import User
from cognito_tui.cognito.verdicts import Outlook, Verdict, verdict


@dataclass(frozen=True)
class Judged:
    """An action for one user: the verdict, and a warning where a person should think twice."""

    action: Action
    verdict: Verdict
    warning: str = ""


def verdict_for(action: Action, user: User) -> Verdict:
    """What Cognito says to `action` for `user`: by status, and by what else is known of it."""
    found = verdict(action, user.status, user.enabled)
    if action is Action.RESET_PASSWORD and found.offered and not _can_recover(user):
        return Verdict(
            Outlook.REFUSED,
            'There is nowhere to send the code: "Cannot reset password for the user as there is no '
            'registered/verified email or phone_number".',
            "public records",
        )
    return found


def _can_recover(user: User) -> bool:
    """Whether a code can reach the user, as far as its attributes were told at all."""
    return user.email_verified or user.phone_number_verified or not user.attributes


def pointless(action: Action, user: User) -> str:
    """Why `action` would change nothing for `user`, in a few words; empty where it would, or nobody knows."""
    match action:
        case Action.ENABLE if user.enabled:
            return "enabled already"
        case Action.DISABLE if not user.enabled:
            return "disabled already"
        case Action.VERIFY_EMAIL if user.attributes:
            return _nothing_to_verify("e-mail address", user.email, verified=user.email_verified)
        case Action.VERIFY_PHONE if user.attributes:
            return _nothing_to_verify("phone number", user.phone_number, verified=user.phone_number_verified)
        case _:
            return ""


def _nothing_to_verify(what: str, value: str, *, verified: bool) -> str:
    return f"{what} verified already" if verified else "" if value else f"no {what}"


def warning(action: Action, user: User) -> str:
    """What to think of before `action`; empty where there is nothing."""
    if action.sets_password and user.status is UserStatus.EXTERNAL_PROVIDER:
        return EXTERNAL_WARNING
    if action is Action.RESEND_INVITATION and not (user.email or user.phone_number):
        return "The user has neither e-mail address nor phone number: there is nowhere to send it."
    return ""


def offers(user: User) -> tuple[Judged, ...]:
    """What can be done about `user` now and would change something; what is not known to work comes last."""
    judged = (each for each in _judged(user) if each.verdict.offered and not pointless(each.action, user))
    return tuple(sorted(judged, key=lambda each: each.verdict.outlook is not Outlook.WORKS))


def refusals(user: User) -> tuple[Judged, ...]:
    """What is documented to be refused for `user` as it is; each verdict says why."""
    return tuple(each for each in _judged(user) if not each.verdict.offered)


def _judged(user: User) -> tuple[Judged, ...]:
    return tuple(Judged(action, verdict_for(action, user), warning(action, user)) for action in Action)
