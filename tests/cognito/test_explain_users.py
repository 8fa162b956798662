"""What an administrator is told who does something about a user."""

from __future__ import annotations

import pytest

from cognito_tui.cognito.errors import AnswerLost, CognitoError, NoCredentials, Refused
from cognito_tui.cognito.explain import Remedy, Situation, explain
from cognito_tui.cognito.model import AppClient
from cognito_tui.cognito.user_actions import Action
from tests.service_model import model

KNOWN = Situation(AppClient("eu-west-1_AbCdEf123", ""), "b.okafor", region="eu-west-1", aws_profile="dev")


def refused(operation: str, code: str, message: str) -> Refused:
    return Refused(operation, code, message)


ROWS: list[tuple[str, str, str, str, list[Action]]] = [
    # operation, code, Cognito's words, words of ours, other actions offered
    (
        "AdminConfirmSignUp",
        "NotAuthorizedException",
        "User cannot be confirmed. Current status is CONFIRMED",
        "no sign-up to confirm",
        [Action.SET_TEMPORARY_PASSWORD],
    ),
    (
        "AdminCreateUser",
        "CodeDeliveryFailureException",
        "Email address is not verified.",
        "could not send",
        [Action.SET_TEMPORARY_PASSWORD],
    ),
    (
        "AdminCreateUser",
        "InvalidParameterException",
        "Username cannot be of email format, since user pool is configured for email alias.",
        "username of this form",
        [],
    ),
    (
        "AdminCreateUser",
        "InvalidParameterException",
        "Username should be either an email or a phone number.",
        "username of this form",
        [],
    ),
    (
        "AdminCreateUser",
        "LimitExceededException",
        "Exceeded daily email limit for the operation or the account. If a higher limit is required, ...",
        "no more e-mail today",
        [Action.SET_TEMPORARY_PASSWORD],
    ),
    (
        "AdminCreateUser",
        "UnsupportedUserStateException",
        "Resend not possible. b.okafor status is not FORCE_CHANGE_PASSWORD",
        "no invitation to resend",
        [Action.RESET_PASSWORD, Action.SET_TEMPORARY_PASSWORD],
    ),
    (
        "AdminCreateUser",
        "UsernameExistsException",
        "User account already exists",
        "already",
        [Action.RESEND_INVITATION],
    ),
    (
        "AdminListUserAuthEvents",
        "UserPoolAddOnNotEnabledException",
        "x",
        "no history of sign-ins",
        [],
    ),
    (
        "AdminResetUserPassword",
        "InvalidEmailRoleAccessPolicyException",
        "x",
        "could not send",
        [Action.SET_TEMPORARY_PASSWORD],
    ),
    (
        "AdminResetUserPassword",
        "InvalidParameterException",
        "Cannot reset password for the user as there is no registered/verified email or phone_number",
        "nowhere to send",
        [
            Action.VERIFY_EMAIL,
            Action.VERIFY_PHONE,
            Action.SET_TEMPORARY_PASSWORD,
            Action.SET_PERMANENT_PASSWORD,
        ],
    ),
    (
        "AdminResetUserPassword",
        "LimitExceededException",
        "Attempt limit exceeded, please try after some time.",
        "limit for this user",
        [],
    ),
    (
        "AdminResetUserPassword",
        "NotAuthorizedException",
        "User is disabled.",
        "switched off",
        [Action.ENABLE],
    ),
    (
        "AdminResetUserPassword",
        "NotAuthorizedException",
        "User password cannot be reset in the current state.",
        "no password of its own",
        [
            Action.RESEND_INVITATION,
            Action.SET_TEMPORARY_PASSWORD,
            Action.SET_PERMANENT_PASSWORD,
            Action.CONFIRM,
        ],
    ),
    (
        "AdminResetUserPassword",
        "UserLambdaValidationException",
        "CustomMessage failed with error no.",
        "Lambda",
        [],
    ),
    (
        "AdminSetUserMFAPreference",
        "UserNotConfirmedException",
        "User is not confirmed.",
        "never confirmed",
        [],
    ),
    ("AdminSetUserPassword", "InvalidPasswordException", "Password not long enough", "password policy", []),
    ("AdminSetUserPassword", "TooManyRequestsException", "Too many requests", "rate", []),
    ("AdminSetUserPassword", "UserNotFoundException", "User does not exist.", "no such user", []),
    ("AdminAddUserToGroup", "ResourceNotFoundException", "Group not found.", "not there", []),
    (
        "AdminUpdateUserAttributes",
        "AliasExistsException",
        "An account with the email already exists.",
        "Another user",
        [],
    ),
    ("ListUsers", "InvalidParameterException", "Error while parsing filter.", "this filter", []),
    ("ListUsers", "InvalidParameterException", "Invalid search attribute: custom:x", "this filter", []),
    (
        "ListUsers",
        "ResourceNotFoundException",
        "User pool eu-west-1_AbCdEf123 does not exist.",
        "user pool where we asked",
        [],
    ),
]


@pytest.mark.parametrize(("operation", "code", "message", "words", "actions"), ROWS)
def test_each_error_has_its_explanation_and_the_actions_that_help(
    operation: str, code: str, message: str, words: str, actions: list[Action]
) -> None:
    explanation = explain(refused(operation, code, message), KNOWN)
    assert words in explanation.meaning
    assert explanation.fixes
    keys = [fix.key for fix in explanation.fixes]
    assert len(keys) == len(set(keys)), "one key, one way out"
    offered = [Action(fix.argument) for fix in explanation.fixes if fix.remedy is Remedy.OTHER_ACTION]
    assert offered == actions


@pytest.mark.parametrize(
    "operation", sorted(each for each in model()["operations"] if each.startswith(("Admin", "ListUser")))
)
def test_a_missing_permission_is_named_as_iam_has_it(operation: str) -> None:
    error = refused(operation, "AccessDeniedException", "User: arn:aws:iam::1:user/x is not authorized")
    explanation = explain(error, KNOWN)
    assert any(f"IAM action cognito-idp:{operation}" == cause.detail for cause in explanation.causes)
    assert any("dev" in cause.text for cause in explanation.causes)


def test_the_daily_limit_is_said_with_what_lifts_it() -> None:
    explanation = explain(
        refused("AdminCreateUser", "LimitExceededException", "Exceeded daily email limit for the account"),
        KNOWN,
    )
    told = repr(explanation)
    assert "50 e-mails a day" in told
    assert "DEVELOPER" in told


def test_a_lost_answer_is_not_to_be_repeated_blindly() -> None:
    lost = explain(AnswerLost("AdminCreateUser", "x"), KNOWN)
    assert "second password" in lost.read_it
    assert "session" not in lost.read_it
    assert "session" in explain(AnswerLost("AdminRespondToAuthChallenge", "x"), KNOWN).read_it


@pytest.mark.parametrize("operation", ["AdminGetUser", "AdminListDevices", "ListUsers"])
def test_a_read_may_be_repeated(operation: str) -> None:
    lost = explain(AnswerLost(operation, "x"), KNOWN)
    assert lost.read_it == "It only reads: trying again does no harm."


@pytest.mark.parametrize(
    "error",
    [
        NoCredentials("ListUsers", "x"),
        refused("AdminGetUserAuthFactors", "FeatureUnavailableInTierException", "x"),
    ],
    ids=["credentials", "tier"],
)
def test_without_a_flow_the_operation_is_named(error: CognitoError) -> None:
    told = repr(explain(error, KNOWN))
    assert error.operation in told
    assert "Public flows" not in told


@pytest.mark.parametrize("operation", ["AdminInitiateAuth", "RespondToAuthChallenge"])
def test_a_sign_in_is_explained_as_ever(operation: str) -> None:
    explanation = explain(refused(operation, "NotAuthorizedException", "User is disabled."), KNOWN)
    assert not [fix for fix in explanation.fixes if fix.remedy is Remedy.OTHER_ACTION]
