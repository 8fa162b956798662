"""What looking at a user tells of a change whose answer is not known."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from cognito_tui.bulk.evidence import AT_ONCE, Found, decide
from cognito_tui.bulk.records import Before
from cognito_tui.cognito.user_actions import Action

THEN = datetime(2026, 11, 20, 12, tzinfo=UTC)
LATER = THEN + timedelta(milliseconds=1)
SENT = THEN + timedelta(days=2)

STUCK = Before("ana", "FORCE_CHANGE_PASSWORD", True, THEN - timedelta(days=9), THEN)
CONFIRMED = replace(STUCK, status="CONFIRMED")
UNCONFIRMED = replace(STUCK, status="UNCONFIRMED")
RESET = replace(STUCK, status="RESET_REQUIRED")
DISABLED = replace(STUCK, enabled=False)
GONE = None


def later(user: Before, modified: datetime = LATER) -> Before:
    return replace(user, modified=modified)


CASES = {
    "confirmed": (Action.CONFIRM, UNCONFIRMED, later(CONFIRMED), Found.DONE),
    "deleted": (Action.DELETE, STUCK, GONE, Found.DONE),
    "deleted and made anew": (Action.DELETE, STUCK, replace(STUCK, created=LATER), Found.DONE),
    "disabled": (Action.DISABLE, STUCK, later(DISABLED), Found.DONE),
    "enabled": (Action.ENABLE, DISABLED, later(STUCK), Found.DONE),
    "enabled, though its date stands still": (Action.ENABLE, DISABLED, STUCK, Found.DONE),
    "invited again, a little later by this clock": (
        Action.RESEND_INVITATION,
        STUCK,
        later(STUCK, SENT + AT_ONCE),
        Found.DONE,
    ),
    "invited again": (Action.RESEND_INVITATION, STUCK, later(STUCK), Found.DONE),
    "permanent password": (Action.SET_PERMANENT_PASSWORD, STUCK, later(CONFIRMED), Found.DONE),
    "permanent password once more": (Action.SET_PERMANENT_PASSWORD, CONFIRMED, later(CONFIRMED), Found.DONE),
    "reset": (Action.RESET_PASSWORD, CONFIRMED, later(RESET), Found.DONE),
    "temporary password": (Action.SET_TEMPORARY_PASSWORD, CONFIRMED, later(STUCK), Found.DONE),
    "temporary password once more": (Action.SET_TEMPORARY_PASSWORD, STUCK, later(STUCK), Found.DONE),
    # not done, whatever is known of the date
    "still unconfirmed": (Action.CONFIRM, UNCONFIRMED, UNCONFIRMED, Found.NOT_DONE),
    "still there": (Action.DELETE, STUCK, STUCK, Found.NOT_DONE),
    "still there, and changed": (Action.DELETE, STUCK, later(CONFIRMED), Found.NOT_DONE),
    "still enabled": (Action.DISABLE, STUCK, STUCK, Found.NOT_DONE),
    "still confirmed": (Action.RESET_PASSWORD, CONFIRMED, CONFIRMED, Found.NOT_DONE),
    # unclear
    "gone": (Action.RESEND_INVITATION, STUCK, GONE, Found.UNCLEAR),
    "another user": (Action.RESEND_INVITATION, STUCK, later(replace(STUCK, created=THEN)), Found.UNCLEAR),
    "signed in meanwhile": (Action.RESEND_INVITATION, STUCK, later(CONFIRMED), Found.UNCLEAR),
    "reset once more": (Action.RESET_PASSWORD, RESET, RESET, Found.UNCLEAR),
    "invited again, but the next day": (
        Action.RESEND_INVITATION,
        STUCK,
        later(STUCK, SENT + timedelta(days=1)),
        Found.UNCLEAR,
    ),
    "invited again, but too late for the request": (
        Action.RESEND_INVITATION,
        STUCK,
        later(STUCK, SENT + AT_ONCE + timedelta(seconds=1)),
        Found.UNCLEAR,
    ),
    "confirmed, but the next day": (
        Action.CONFIRM,
        UNCONFIRMED,
        later(CONFIRMED, SENT + timedelta(days=1)),
        Found.UNCLEAR,
    ),
    "disabled, but too late for the request": (
        Action.DISABLE,
        STUCK,
        later(DISABLED, SENT + AT_ONCE + timedelta(seconds=1)),
        Found.UNCLEAR,
    ),
    "permanent password, or the user's own, the next day": (
        Action.SET_PERMANENT_PASSWORD,
        STUCK,
        later(CONFIRMED, SENT + timedelta(days=1)),
        Found.UNCLEAR,
    ),
    "invited, or not": (Action.RESEND_INVITATION, STUCK, STUCK, Found.UNCLEAR),
    "changed, but still enabled": (Action.DISABLE, STUCK, later(STUCK), Found.UNCLEAR),
    "a date that went back": (Action.RESEND_INVITATION, later(STUCK), STUCK, Found.UNCLEAR),
    "no date": (Action.RESEND_INVITATION, STUCK, replace(STUCK, modified=None), Found.UNCLEAR),
    "an action that leaves no trace": (Action.SIGN_OUT_EVERYWHERE, STUCK, STUCK, Found.UNCLEAR),
}


@pytest.mark.parametrize("case", CASES)
def test_what_the_user_shows(case: str) -> None:
    action, before, now, found = CASES[case]
    assert decide(action, before, now, sent=SENT, date_moves=False).found is found


@pytest.mark.parametrize("action", [Action.RESEND_INVITATION, Action.SET_TEMPORARY_PASSWORD])
def test_a_date_that_would_have_moved_and_stands_still_is_evidence(action: Action) -> None:
    finding = decide(action, STUCK, STUCK, sent=SENT, date_moves=True)
    assert finding.found is Found.NOT_DONE
    assert finding.sentence == "Read back: unchanged since 2026-11-20 12:00:00 UTC."


@pytest.mark.parametrize("case", [name for name, case in CASES.items() if case[3] is not Found.UNCLEAR])
def test_knowing_of_the_date_changes_nothing_that_was_clear(case: str) -> None:
    action, before, now, found = CASES[case]
    assert decide(action, before, now, sent=SENT, date_moves=True).found is found
