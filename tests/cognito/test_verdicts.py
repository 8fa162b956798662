"""The table of verdicts beside another one, written from the record: W works, R refused, ? not known."""

from __future__ import annotations

import pytest

from cognito_tui.cognito.model import UserStatus
from cognito_tui.cognito.user_actions import Action
from cognito_tui.cognito.verdicts import CURRENT, Outlook, Verdict, verdict
from tests.service_model import model

FORCE, CONF, RESET, UNCONF, EXT = (
    "FORCE_CHANGE_PASSWORD",
    "CONFIRMED",
    "RESET_REQUIRED",
    "UNCONFIRMED",
    "EXTERNAL_PROVIDER",
)

ENABLED = """
                        FORCE_CHANGE_PASSWORD CONFIRMED RESET_REQUIRED UNCONFIRMED EXTERNAL_PROVIDER
resend                  W                     R         R              R           R
set-temporary-password  W                     W         W              ?           W
set-permanent-password  W                     W         W              ?           W
confirm                 ?                     R         ?              W           ?
reset                   R                     W         ?              R           ?
sign-in                 W                     W         R              R           R
enable                  ?                     ?         ?              ?           ?
disable                 W                     W         W              W           W
verify-email            W                     W         W              W           W
verify-phone            W                     W         W              W           W
change-attributes       W                     W         W              W           W
add-to-group            W                     W         W              W           W
remove-from-group       W                     W         W              W           W
set-mfa-preference      W                     W         R              R           ?
remove-totp             W                     W         W              R           ?
forget-device           W                     W         W              W           ?
revoke-session          W                     W         W              W           W
sign-out                W                     W         W              W           W
delete                  W                     W         W              W           W
"""

DISABLED = """
                        FORCE_CHANGE_PASSWORD CONFIRMED RESET_REQUIRED UNCONFIRMED EXTERNAL_PROVIDER
resend                  R                     R         R              R           R
set-temporary-password  R                     R         R              R           R
set-permanent-password  R                     R         R              R           R
confirm                 R                     R         R              R           R
reset                   R                     R         R              R           R
sign-in                 R                     R         R              R           R
enable                  W                     W         W              W           W
disable                 ?                     ?         ?              ?           ?
verify-email            ?                     ?         ?              ?           ?
verify-phone            ?                     ?         ?              ?           ?
change-attributes       ?                     ?         ?              ?           ?
add-to-group            ?                     ?         ?              ?           ?
remove-from-group       ?                     ?         ?              ?           ?
set-mfa-preference      ?                     ?         R              R           ?
remove-totp             ?                     ?         ?              R           ?
forget-device           ?                     ?         ?              ?           ?
revoke-session          ?                     ?         ?              ?           ?
sign-out                ?                     ?         ?              ?           ?
delete                  ?                     ?         ?              ?           ?
"""

SIGNS = {"W": Outlook.WORKS, "R": Outlook.REFUSED, "?": Outlook.NOT_KNOWN}


def cells(table: str) -> dict[tuple[str, str], Outlook]:
    head, *rows = table.strip("\n").splitlines()
    statuses = head.split()
    return {
        (action, status): SIGNS[sign]
        for action, *signs in (row.split() for row in rows)
        for status, sign in zip(statuses, signs, strict=True)
    }


def judged(table: str, *, enabled: bool) -> dict[tuple[str, str], Outlook]:
    return {
        (action, status): verdict(Action(action), UserStatus(status), enabled).outlook
        for action, status in cells(table)
    }


def test_every_cell_of_enabled_users() -> None:
    assert judged(ENABLED, enabled=True) == cells(ENABLED)


def test_every_cell_of_disabled_users() -> None:
    assert judged(DISABLED, enabled=False) == cells(DISABLED)


@pytest.mark.parametrize("table", [DISABLED, ENABLED], ids=["disabled", "enabled"])
def test_the_tables_are_complete(table: str) -> None:
    assert set(cells(table)) == {(str(action), str(status)) for action in Action for status in CURRENT}


def test_of_a_status_that_cognito_no_longer_gives_nothing_is_claimed() -> None:
    disused = set(UserStatus) - set(CURRENT)
    assert disused == {"ARCHIVED", "COMPROMISED", "UNKNOWN"}
    for status in disused:
        for action in Action:
            assert verdict(action, status, enabled=True).outlook is Outlook.NOT_KNOWN
        assert verdict(Action.ENABLE, status, enabled=False).outlook is Outlook.WORKS


def every_verdict() -> list[Verdict]:
    return [
        verdict(action, status, enabled)
        for action in Action
        for status in UserStatus
        for enabled in (False, True)
    ]


def test_what_is_claimed_has_a_source_and_what_is_not_known_has_none() -> None:
    operations = model()["operations"]
    for each in every_verdict():
        assert each.reason.endswith((".", '."', '".')), each.reason
        assert bool(each.source) is (each.outlook is not Outlook.NOT_KNOWN)
        if each.source.startswith("service model, "):
            assert each.source.removeprefix("service model, ") in operations


@pytest.mark.parametrize(
    ("action", "status", "enabled", "words"),
    [
        (Action.CONFIRM, CONF, True, "User cannot be confirmed. Current status is CONFIRMED"),
        (Action.RESEND_INVITATION, CONF, True, "status is not FORCE_CHANGE_PASSWORD"),
        (Action.RESET_PASSWORD, FORCE, True, "User password cannot be reset in the current state."),
        (Action.RESET_PASSWORD, UNCONF, True, "User password cannot be reset in the current state."),
        (Action.SET_PERMANENT_PASSWORD, CONF, False, "User is disabled."),
        (Action.SIGN_IN_AS, FORCE, True, "NEW_PASSWORD_REQUIRED"),
        (Action.SIGN_IN_AS, RESET, True, "PasswordResetRequiredException"),
        (Action.SIGN_IN_AS, UNCONF, True, "UserNotConfirmedException"),
        (Action.SET_PERMANENT_PASSWORD, EXT, True, "CONFIRMED"),
    ],
)
def test_reasons_quote_cognito(action: Action, status: str, enabled: bool, words: str) -> None:
    assert words in verdict(action, UserStatus(status), enabled).reason


def test_enabling_is_not_advised_where_it_would_not_help() -> None:
    reason = verdict(Action.RESEND_INVITATION, UserStatus.CONFIRMED, enabled=False).reason
    assert "Enable" not in reason


@pytest.mark.parametrize(
    ("action", "status", "error"),
    [
        (Action.REMOVE_TOTP, UNCONF, "UserNotConfirmedException"),
        (Action.SET_MFA_PREFERENCE, RESET, "PasswordResetRequiredException"),
        (Action.SET_MFA_PREFERENCE, UNCONF, "UserNotConfirmedException"),
    ],
)
def test_a_refusal_by_the_service_model_stands_in_it(action: Action, status: str, error: str) -> None:
    assert error in verdict(action, UserStatus(status), enabled=True).reason
    assert error in {each["shape"] for each in model()["operations"][action.operation]["errors"]}


@pytest.mark.parametrize(
    ("status", "error"), [(RESET, "PasswordResetRequiredException"), (UNCONF, "UserNotConfirmedException")]
)
def test_what_works_for_a_status_has_no_error_for_it_in_the_service_model(status: str, error: str) -> None:
    for action in set(Action) - {Action.SIGN_IN_AS}:
        errors = {each["shape"] for each in model()["operations"][action.operation]["errors"]}
        if error in errors:
            assert verdict(action, UserStatus(status), enabled=True).outlook is not Outlook.WORKS
