"""From an error to its causes and fixes: (operation, code, message, what is known) -> `Explanation`.

The wordings are those of the catalogue of public records; two generations of some coexist, final dots vary,
so they are matched loosely. The first row that fits wins.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from cognito_tui.cognito.errors import BadRequest, CognitoError, Refused
from cognito_tui.cognito.explain import codes, devices, pool, secret_hash, sign_in, tokens, transport, users
from cognito_tui.cognito.explain.values import Cause, Certainty, Check, Explanation, Fix, Remedy, Situation

__all__ = [
    "Cause",
    "Certainty",
    "Check",
    "Explanation",
    "Fix",
    "Remedy",
    "Situation",
    "about_the_answer",
    "explain",
]

_Row = tuple[str, str, Callable[[Refused, Situation], Explanation]]

_ABOUT_USERS: Final[tuple[_Row, ...]] = (
    ("UnsupportedUserStateException", r"", users.resend_not_possible),
    ("NotAuthorizedException", r"User is disabled", users.disabled),
    ("NotAuthorizedException", r"cannot be reset in the current state", users.not_to_be_reset),
    ("NotAuthorizedException", r"cannot be confirmed", users.not_to_be_confirmed),
    ("UserNotFoundException", r"", users.no_such_user),
    ("ResourceNotFoundException", r"", users.not_there),
    ("UsernameExistsException", r"", users.username_taken),
    ("LimitExceededException", r"e-?mail limit", users.mail_limit),
    ("LimitExceededException|TooManyFailedAttemptsException", r"", users.limit_reached),
    ("CodeDeliveryFailureException|InvalidSmsRole.*|InvalidEmailRole.*", r"", users.not_sent),
    ("InvalidParameterException", r"Cannot reset password", users.nowhere_to_send),
    ("InvalidParameterException", r"email format|email or a phone number", users.not_a_username),
    ("InvalidParameterException", r"search attribute|parsing filter", users.bad_filter),
    ("UserPoolAddOnNotEnabledException", r"", users.no_threat_protection),
)
"""Of operations about users, before the catalogue of all."""

_CATALOGUE: Final[tuple[_Row, ...]] = (
    ("", r"not configured (for|with) secret", secret_hash.hash_unwanted),
    ("", r"configured (for|with) secret but .*not received", secret_hash.hash_missing),
    ("NotAuthorizedException", r"secret ?_?hash", secret_hash.hash_refused),
    ("NotAuthorizedException", r"Incorrect username or password", sign_in.wrong_password),
    ("NotAuthorizedException", r"Password attempts exceeded", sign_in.locked_out),
    ("NotAuthorizedException", r"User is disabled", sign_in.disabled),
    (
        "NotAuthorizedException",
        r"(Temporary password|User account) has expired",
        sign_in.temporary_password_expired,
    ),
    ("NotAuthorizedException", r"Invalid session", sign_in.session_over),
    ("NotAuthorizedException", r"already provided|unauthorized attribute", sign_in.already_provided),
    ("NotAuthorizedException", r"Invalid Refresh Token", tokens.invalid_refresh_token),
    (
        "NotAuthorizedException",
        r"Refresh Token has been revoked|Refresh Token has expired",
        tokens.refresh_token_over,
    ),
    ("NotAuthorizedException", r"required scopes", tokens.scope_missing),
    ("NotAuthorizedException", r"Access Token", tokens.access_token_over),
    ("RefreshTokenReuseException", r"", tokens.refresh_token_reused),
    ("", r"selected challenge is not available", codes.not_available),
    ("UserNotFoundException", r"", sign_in.no_such_user),
    ("ResourceNotFoundException", r"device", devices.lost),
    ("ResourceNotFoundException", r"", sign_in.no_such_client),
    ("UserNotConfirmedException", r"", sign_in.not_confirmed),
    ("PasswordResetRequiredException", r"", sign_in.reset_required),
    ("InvalidParameterException", r"Initiate Auth method not supported", sign_in.wrong_api),
    ("InvalidParameterException", r"flow not enabled|is not enabled for the client", sign_in.flow_off),
    ("InvalidParameterException", r"Custom auth lambda trigger", pool.no_custom_auth_triggers),
    ("InvalidParameterException", r"delivery config|not set up software token", codes.not_set_up),
    ("InvalidParameterException", r"", sign_in.bad_value),
    ("InvalidPasswordException", r"", sign_in.policy_not_met),
    ("PasswordHistoryPolicyViolationException", r"", sign_in.password_used_before),
    ("AliasExistsException", r"", sign_in.alias_taken),
    ("UnauthorizedException", r"", tokens.not_the_clients_token),
    ("UnsupportedTokenTypeException", r"", tokens.not_revocable),
    ("UnsupportedOperationException", r"", tokens.unsupported),
    ("LimitExceededException|TooManyFailedAttemptsException", r"", sign_in.limit_exceeded),
    (
        "UserLambdaValidationException|InvalidLambdaResponseException|UnexpectedLambdaException",
        r"",
        pool.trigger_failed,
    ),
    ("CodeMismatchException", r"", codes.wrong_code),
    ("EnableSoftwareTokenMFAException", r"", codes.set_up_failed),
    ("ExpiredCodeException", r"already been used", codes.used_code),
    ("ExpiredCodeException", r"", codes.expired_code),
    ("SoftwareTokenMFANotFoundException|MFAMethodNotFoundException", r"", codes.not_set_up),
    (
        "CodeDeliveryFailureException|InvalidSmsRole.*|InvalidEmailRole.*",
        r"",
        codes.not_delivered,
    ),
    ("DeviceKeyExistsException", r"", devices.remembered_already),
    ("InvalidUserPoolConfigurationException", r"", pool.misconfigured),
    ("FeatureUnavailableInTierException", r"", pool.not_in_this_plan),
    ("OperationNotEnabledException", r"", pool.not_enabled),
    ("ForbiddenException", r"", pool.blocked),
)


def explain(error: CognitoError, known: Situation) -> Explanation:
    """Why `error` happened, most likely cause first, and the ways out of it."""
    if not isinstance(error, Refused):
        return transport.unsent(error, known)
    if error.throttled:
        return transport.throttled(error, known)
    if error.denied:
        return transport.denied(error, known)
    rows = _ABOUT_USERS + _CATALOGUE if users.about_users(error.operation) else _CATALOGUE
    for code, message, row in rows:
        if re.fullmatch(code or ".*", error.code) and re.search(message, error.message, re.IGNORECASE):
            return row(error, known)
    return sign_in.anything(error, known)


_ABOUT_THE_ANSWER: Final[tuple[tuple[str, str], ...]] = (
    ("InvalidPasswordException", ""),
    ("PasswordHistoryPolicyViolationException", ""),
    ("CodeMismatchException", ""),
    ("EnableSoftwareTokenMFAException", ""),
    ("ExpiredCodeException", r"already been used"),
    ("AliasExistsException", ""),
    (
        "InvalidParameterException",
        r"^(?!.*(flow not enabled|method not supported|is not enabled|lambda trigger))",
    ),
    ("NotAuthorizedException", r"already provided|unauthorized attribute"),
)


_PROOFS: Final = frozenset({"PASSWORD", "SELECT_CHALLENGE", "WEB_AUTHN"})
"""Challenges whose answer is the proof itself: "Incorrect username or password" is about it."""


def about_the_answer(error: CognitoError, challenge: str) -> bool:
    """Whether `error` is about what was answered to `challenge`, so that another answer may do better."""
    if not isinstance(error, Refused):
        return type(error) in {CognitoError, BadRequest}  # the flow's own words about the answer
    wrong_proof = error.code == "NotAuthorizedException" and error.message.startswith("Incorrect username")
    return (wrong_proof and challenge in _PROOFS) or any(
        error.code == code and re.search(message, error.message, re.IGNORECASE)
        for code, message in _ABOUT_THE_ANSWER
    )
