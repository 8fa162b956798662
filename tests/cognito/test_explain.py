from __future__ import annotations

from dataclasses import replace

import pytest

from cognito_tui.cognito.described import AppClientDescription
from cognito_tui.cognito.errors import (
    AnswerLost,
    BadRequest,
    CognitoError,
    NoCredentials,
    NotCognito,
    NotDone,
    Refused,
)
from cognito_tui.cognito.explain import Certainty, Remedy, Situation, about_the_answer, explain
from cognito_tui.cognito.model import AppClient, Secret
from cognito_tui.cognito.secret_hash import Subject
from tests.service_model import model

OURS, THEIRS = Secret("o" * 51), Secret("t" * 51)
CLIENT = AppClient("eu-west-1_AbCdEf123", "4f8k2mq0v7t1s9d3a6h5j8n1cp", OURS)
KNOWN = Situation(
    CLIENT, "ana", "USER_PASSWORD_AUTH", Subject("ana"), secret_is="in the keyring", region="eu-west-1"
)
PUBLIC = replace(KNOWN, client=replace(CLIENT, secret=None), hashed=None)


def na(message: str) -> Refused:
    return Refused("InitiateAuth", "NotAuthorizedException", message)


def ip(message: str) -> Refused:
    return Refused("InitiateAuth", "InvalidParameterException", message)


CATALOGUE: list[tuple[Refused, str]] = [
    # rows of the catalogue that these flows can meet, with a word their explanation cannot do without
    (na("Unable to verify secret hash for client 4f8k"), "another one"),
    (na("SecretHash does not match for the client: 4f8k"), "another one"),
    (na("Client 4f8k is configured for secret but secret was not received"), "no SECRET_HASH"),
    (na("Client 4f8k is configured with secret but SECRET_HASH was not received"), "no SECRET_HASH"),
    (ip("App client 4f8k is not configured for secret but secret hash was received"), "no secret"),
    (na("Incorrect username or password."), "does not say which"),
    (na("Password attempts exceeded"), "for a while"),
    (na("User is disabled."), "switched off"),
    (na("Temporary password has expired and must be reset by an administrator."), "temporary password"),
    (na("User account has expired, it must be reset by an administrator."), "temporary password"),
    (na("Cannot modify an already provided email"), "attribute"),
    (na("A client attempted to write unauthorized attribute"), "attribute"),
    (na("Invalid session for the user, session is expired."), "Session"),
    (na("Invalid session for the user, session can only be used once."), "Session"),
    (na("Invalid session for the user."), "Session"),
    (ip("USER_PASSWORD_AUTH flow not enabled for this client"), "does not allow"),
    (ip("Auth flow not enabled for this client"), "does not allow"),
    (ip("USER_SRP_AUTH is not enabled for the client."), "does not allow"),
    (ip("Initiate Auth method not supported."), "does not exist for this operation"),
    (ip("Missing required parameter USERNAME"), "a value"),
    (ip("Invalid attributes given, given_name is missing"), "a value"),
    (Refused("InitiateAuth", "UserNotFoundException", "User does not exist."), "no such user"),
    (
        Refused("InitiateAuth", "ResourceNotFoundException", "User pool client 4f8k does not exist."),
        "No such",
    ),
    (Refused("InitiateAuth", "UserNotConfirmedException", "User is not confirmed."), "never confirmed"),
    (
        Refused(
            "R", "InvalidPasswordException", "Password does not conform to policy: Password not long enough"
        ),
        "password policy",
    ),
    (
        Refused("R", "PasswordHistoryPolicyViolationException", "Password has previously been used"),
        "had before",
    ),
    (
        Refused("InitiateAuth", "PasswordResetRequiredException", "Password reset required for the user"),
        "new password",
    ),
    (Refused("InitiateAuth", "LimitExceededException", "Attempt limit exceeded"), "limit"),
    (
        Refused("RespondToAuthChallenge", "AliasExistsException", "An account with the email exists."),
        "Another",
    ),
    (Refused("InitiateAuth", "UnsupportedOperationException", "x"), "does not exist"),
    (Refused("InitiateAuth", "TooManyRequestsException", "Too many requests"), "rate"),
    (
        Refused("InitiateAuth", "UserLambdaValidationException", "PreAuthentication failed with error no."),
        "Lambda",
    ),
    (na("Invalid Refresh Token."), "refresh token"),
    (na("Refresh Token has expired"), "too old"),
    (na("Refresh Token has been revoked"), "revoked"),
    (na("Access Token has expired"), "access token"),
    (na("Invalid Access Token"), "access token"),
    (na("Access Token has been revoked"), "access token"),
    (na("Access Token does not have required scopes"), "may not be used"),
    (Refused("GetTokensFromRefreshToken", "RefreshTokenReuseException", "x"), "used before"),
    (ip("CUSTOM_AUTH is not enabled for the client."), "CUSTOM_AUTH"),
    (ip("USER_AUTH is not enabled for the client."), "USER_AUTH"),
    (ip("Refresh Token flow not enabled for this client"), "REFRESH_TOKEN_AUTH"),
    (ip("Custom auth lambda trigger is not configured for the user pool."), "no triggers"),
    (ip("User does not have delivery config set to turn on SOFTWARE_TOKEN_MFA"), "not set up"),
    (ip("User has not set up software token mfa"), "not set up"),
    (ip("The selected challenge is not available"), "does not offer"),
    (na("The selected challenge is not available"), "does not offer"),
    (Refused("RespondToAuthChallenge", "ResourceNotFoundException", "Device does not exist."), "this device"),
    (Refused("ConfirmDevice", "DeviceKeyExistsException", "x"), "already"),
    (
        Refused("R", "CodeMismatchException", "Invalid code or auth state for the user."),
        "not the one Cognito has sent",
    ),
    (
        Refused("VerifySoftwareToken", "CodeMismatchException", "Invalid code received for user"),
        "authenticator",
    ),
    (
        Refused("R", "ExpiredCodeException", "Your software token has already been used once."),
        "takes each code",
    ),
    (Refused("R", "ExpiredCodeException", "Invalid code provided, please request a code again."), "too old"),
    (
        Refused(
            "VerifySoftwareToken",
            "EnableSoftwareTokenMFAException",
            "Code mismatch and fail enable Software Token MFA",
        ),
        "authenticator app",
    ),
    (
        Refused("R", "SoftwareTokenMFANotFoundException", "Software Token MFA does not exist for the user."),
        "not set up",
    ),
    (Refused("R", "MFAMethodNotFoundException", "x"), "not set up"),
    (Refused("R", "CodeDeliveryFailureException", "x"), "could not send"),
    (Refused("R", "InvalidSmsRoleTrustRelationshipException", "x"), "could not send"),
    (Refused("R", "InvalidEmailRoleAccessPolicyException", "x"), "could not send"),
    (Refused("R", "InvalidUserPoolConfigurationException", "x"), "not set up for this"),
    (Refused("R", "InvalidLambdaResponseException", "Unrecognizable lambda output"), "Lambda"),
    (Refused("R", "UnexpectedLambdaException", "x"), "Lambda"),
    (Refused("R", "FeatureUnavailableInTierException", "x"), "feature plan"),
    (Refused("R", "OperationNotEnabledException", "x"), "not switched on"),
    (Refused("R", "ForbiddenException", "Request not allowed due to WAF block."), "firewall"),
    (Refused("AdminInitiateAuth", "AccessDeniedException", "not authorized to perform"), "AWS credentials"),
    (
        Refused("AdminInitiateAuth", "UnrecognizedClientException", "security token is invalid"),
        "AWS credentials",
    ),
]


@pytest.mark.parametrize(("error", "word"), CATALOGUE, ids=[error.message[:40] for error, _ in CATALOGUE])
def test_every_row_of_the_catalogue_has_an_explanation_and_a_way_out(error: Refused, word: str) -> None:
    explanation = explain(error, PUBLIC if "not received" in error.message else KNOWN)
    assert word in explanation.meaning
    assert explanation.fixes
    keys = [fix.key for fix in explanation.fixes]
    assert len(keys) == len(set(keys)), "one key, one way out"
    assert OURS.reveal() not in repr(explanation)


@pytest.mark.parametrize(
    "error",
    [
        NotDone("InitiateAuth", "x"),
        AnswerLost("InitiateAuth", "x"),
        NotCognito("InitiateAuth", "x"),
        NoCredentials("AdminInitiateAuth", "x"),
        BadRequest("InitiateAuth", "x"),
        CognitoError("InitiateAuth", "x"),
        Refused("InitiateAuth", "NeverSeenException", "what"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_everything_has_a_way_out(error: CognitoError) -> None:
    assert explain(error, KNOWN).fixes


@pytest.mark.parametrize(
    ("operation", "words"),
    [
        ("AssociateSoftwareToken", "session can only be used once"),
        ("ConfirmDevice", "DeviceKeyExistsException"),
        ("GetTokensFromRefreshToken", "RetryGracePeriodSeconds, 60 at most; later that counts as reuse"),
        ("GetUser", "It only reads"),
        ("GlobalSignOut", "no harm. If it was done, Cognito says"),
        ("InitiateAuth", "another sign-in"),
        ("NeverHeardOf", "It was not repeated by itself."),
        ("RespondToAuthChallenge", "session can only be used once"),
        ("RevokeToken", "no harm"),
        ("UpdateDeviceStatus", "no harm"),
    ],
)
def test_what_comes_of_repeating_depends_on_the_operation(operation: str, words: str) -> None:
    told = explain(AnswerLost(operation, "x"), KNOWN).read_it
    assert words in told
    assert ("session" in told) is (words == "session can only be used once")
    assert ("not repeated by itself" in told) is (operation != "GetUser")


def test_what_is_said_of_a_lost_answer_names_what_the_service_model_has() -> None:
    shapes, operations = model()["shapes"], model()["operations"]
    rotation = shapes["RefreshTokenRotationType"]["members"]["RetryGracePeriodSeconds"]["shape"]
    assert shapes[rotation]["max"] == 60
    assert "DeviceKeyExistsException" in [each["shape"] for each in operations["ConfirmDevice"]["errors"]]
    assert "Access Token has been revoked" in operations["GlobalSignOut"]["documentation"].replace(
        "<code>", ""
    )
    for operation in ("GetTokensFromRefreshToken", "GetUser", "GlobalSignOut", "RevokeToken"):
        assert "Session" not in shapes[operations[operation]["input"]["shape"]]["members"]


@pytest.mark.parametrize("operation", ["AdminInitiateAuth", "InitiateAuth"])
def test_a_refresh_by_the_flow_uses_nothing_up(operation: str) -> None:
    refreshing = replace(KNOWN, auth_flow="REFRESH_TOKEN_AUTH")
    assert "uses no refresh token up" in explain(AnswerLost(operation, "x"), refreshing).read_it


WRONG_HASH = na("Unable to verify secret hash for client 4f8k2mq0v7t1s9d3a6h5j8n1cp")


def test_another_secret_of_the_pool_makes_it_certain_and_is_offered() -> None:
    explanation = explain(WRONG_HASH, replace(KNOWN, described=AppClientDescription("c", secret=THEIRS)))
    first = explanation.causes[0]
    assert first.certainty is Certainty.CERTAIN
    assert OURS.fingerprint() in first.detail
    assert THEIRS.fingerprint() in first.detail
    assert explanation.fixes[0].remedy is Remedy.USE_POOL_SECRET
    assert [check.good for check in explanation.checks if "DescribeUserPoolClient" in check.text] == [False]


def test_the_same_secret_rules_it_out() -> None:
    explanation = explain(WRONG_HASH, replace(KNOWN, described=AppClientDescription("c", secret=OURS)))
    assert explanation.causes[0].certainty is Certainty.RULED_OUT
    assert Remedy.USE_POOL_SECRET not in [fix.remedy for fix in explanation.fixes]


def test_without_a_description_it_is_likely_only() -> None:
    explanation = explain(WRONG_HASH, KNOWN)
    assert explanation.causes[0].certainty is Certainty.LIKELY
    assert [check.good for check in explanation.checks if "DescribeUserPoolClient" in check.text] == [None]
    assert [fix.remedy for fix in explanation.fixes] == [Remedy.ENTER_SECRET, Remedy.EDIT]


def test_the_client_id_pasted_as_the_secret_is_certain() -> None:
    client = replace(CLIENT, secret=Secret(CLIENT.client_id))
    assert explain(WRONG_HASH, replace(KNOWN, client=client)).causes[0].certainty is Certainty.CERTAIN


def test_a_missing_hash_is_said_to_be_missing_even_by_the_older_wording() -> None:
    explanation = explain(WRONG_HASH, PUBLIC)
    assert "carried no SECRET_HASH" in explanation.meaning


def test_another_flow_is_offered_only_where_the_client_allows_it() -> None:
    off = ip("USER_PASSWORD_AUTH flow not enabled for this client")

    def flows(*allowed: str) -> list[str]:
        described = AppClientDescription("c", explicit_auth_flows=allowed)
        fixes = explain(off, replace(KNOWN, described=described)).fixes
        return [fix.argument for fix in fixes if fix.remedy is Remedy.OTHER_FLOW]

    assert flows("ALLOW_ADMIN_USER_PASSWORD_AUTH") == ["ADMIN_USER_PASSWORD_AUTH"]
    assert flows("ALLOW_REFRESH_TOKEN_AUTH") == []


@pytest.mark.parametrize(
    ("tried", "message", "switch"),
    [
        ("USER_SRP_AUTH", "USER_SRP_AUTH is not enabled for the client.", "ALLOW_USER_SRP_AUTH"),
        ("USER_AUTH", "USER_AUTH is not enabled for the client.", "ALLOW_USER_AUTH"),
        ("CUSTOM_AUTH", "CUSTOM_AUTH is not enabled for the client.", "ALLOW_CUSTOM_AUTH"),
        ("USER_SRP_AUTH", "CUSTOM_AUTH is not enabled for the client.", "ALLOW_CUSTOM_AUTH"),
        ("ADMIN_NO_SRP_AUTH", "Auth flow not enabled for this client", "ALLOW_ADMIN_USER_PASSWORD_AUTH"),
        ("REFRESH_TOKEN", "Refresh Token flow not enabled for this client", "ALLOW_REFRESH_TOKEN_AUTH"),
        ("NEWER_AUTH", "Auth flow not enabled for this client", "ALLOW_NEWER_AUTH"),
    ],
)
def test_the_switch_that_lets_a_flow_in_is_named(tried: str, message: str, switch: str) -> None:
    explanation = explain(ip(message), replace(KNOWN, auth_flow=tried))
    assert explanation.causes[0].text == f"{switch} is not among its ExplicitAuthFlows"


def test_flows_of_the_older_kind_are_to_be_renamed_first() -> None:
    described = AppClientDescription("c", explicit_auth_flows=("USER_PASSWORD_AUTH",))
    off = ip("USER_SRP_AUTH is not enabled for the client.")
    explanation = explain(off, replace(KNOWN, auth_flow="USER_SRP_AUTH", described=described))
    assert "USER_PASSWORD_AUTH is of the older kind" in explanation.causes[0].detail


@pytest.mark.parametrize(
    ("challenge", "word"),
    [
        ("", "Wrong password"),
        ("PASSWORD_VERIFIER", "Wrong password"),
        ("DEVICE_PASSWORD_VERIFIER", "device could not prove"),
        ("CUSTOM_CHALLENGE", "triggers have ended"),
    ],
)
def test_one_sentence_of_cognitos_means_what_the_challenge_makes_of_it(challenge: str, word: str) -> None:
    explanation = explain(na("Incorrect username or password."), replace(KNOWN, challenge=challenge))
    assert word in explanation.meaning
    late = [cause for cause in explanation.causes if "too late" in cause.text]
    assert bool(late) is (challenge in {"PASSWORD_VERIFIER", "DEVICE_PASSWORD_VERIFIER"})


@pytest.mark.parametrize("challenge", ["SOFTWARE_TOKEN_MFA", "MFA_SETUP"])
def test_a_wrong_code_of_an_app_is_about_its_clock(challenge: str) -> None:
    wrong = Refused("RespondToAuthChallenge", "CodeMismatchException", "Invalid code or auth state.")
    explanation = explain(wrong, replace(KNOWN, challenge=challenge))
    assert any("clock" in cause.text for cause in explanation.causes)


def test_the_trigger_that_spoke_is_named_with_its_words() -> None:
    said = "PreAuthentication failed with error Not on a Sunday."
    (cause,) = explain(Refused("InitiateAuth", "UserLambdaValidationException", said), KNOWN).causes
    assert cause.text == "PreAuthentication: it said no"
    assert cause.detail == "Not on a Sunday."


def test_a_command_for_an_admin_is_quoted_and_holds_no_secret() -> None:
    known = replace(
        KNOWN,
        username="$(rm -rf ~)'",
        endpoint_url="http://127.0.0.1:9",
        aws_profile="my admin",
    )
    fix = next(f for f in explain(na("User is disabled."), known).fixes if f.remedy is Remedy.COPY_COMMAND)
    assert fix.argument == (
        "aws cognito-idp admin-enable-user --user-pool-id eu-west-1_AbCdEf123 "
        "--username '$(rm -rf ~)'\"'\"'' --region eu-west-1 --endpoint-url http://127.0.0.1:9 "
        "--profile 'my admin'"
    )


@pytest.mark.parametrize(
    ("error", "same_form"),
    [
        (Refused("R", "InvalidPasswordException", "Password not long enough"), True),
        (Refused("R", "CodeMismatchException", "Invalid code"), True),
        (Refused("R", "EnableSoftwareTokenMFAException", "Code mismatch"), True),
        (Refused("R", "ExpiredCodeException", "Your software token has already been used once."), True),
        (Refused("R", "ExpiredCodeException", "Invalid code provided, please request a code again."), False),
        (ip("The selected challenge is not available"), True),
        (ip("USER_SRP_AUTH is not enabled for the client."), False),
        (ip("Custom auth lambda trigger is not configured for the user pool."), False),
        (Refused("R", "ResourceNotFoundException", "Device does not exist."), False),
        (Refused("R", "AliasExistsException", "An account with the email already exists."), True),
        (ip("Invalid attributes given, given_name is missing"), True),
        (na("Cannot modify an already provided email"), True),
        (na("Invalid session for the user, session is expired."), False),
        (na("Incorrect username or password."), False),
        (ip("USER_PASSWORD_AUTH flow not enabled for this client"), False),
        (CognitoError("R", "the flow's own words"), True),
        (BadRequest("R", "x"), True),
        (AnswerLost("R", "x"), False),
        (NoCredentials("R", "x"), False),
        (NotCognito("R", "x"), False),
        (NotDone("R", "x"), False),
    ],
    ids=str,
)
def test_only_what_is_about_the_answer_stays_in_its_form(error: CognitoError, same_form: bool) -> None:
    assert about_the_answer(error, "NEW_PASSWORD_REQUIRED") is same_form


@pytest.mark.parametrize(
    ("challenge", "same_form"),
    [
        ("CUSTOM_CHALLENGE", False),
        ("PASSWORD", True),
        ("PASSWORD_VERIFIER", False),
        ("SELECT_CHALLENGE", True),
        ("WEB_AUTHN", True),
    ],
)
def test_a_wrong_proof_is_about_the_answer_where_the_answer_is_the_proof(
    challenge: str, same_form: bool
) -> None:
    assert about_the_answer(na("Incorrect username or password."), challenge) is same_form
    assert not about_the_answer(na("Password attempts exceeded"), challenge)


@pytest.mark.parametrize(
    ("region", "endpoint_url", "first", "last"),
    [
        ("eu-west-1", None, ("The id is not right", "likely"), ("The region", "ruled out")),
        ("us-east-1", None, ("The region", "likely"), ("The id is not right", "likely")),
        ("eu-west-1", "http://127.0.0.1:9229", ("The endpoint", "likely"), ("The region", "ruled out")),
    ],
)
def test_a_client_that_is_not_there_is_not_blamed_on_a_region_that_fits(
    region: str, endpoint_url: str | None, first: tuple[str, str], last: tuple[str, str]
) -> None:
    error = Refused("InitiateAuth", "ResourceNotFoundException", "User pool client 4f8k does not exist.")
    known = Situation(CLIENT, "ana", region=region, endpoint_url=endpoint_url)
    causes = explain(error, known).causes
    for cause, (words, certainty) in ((causes[0], first), (causes[-1], last)):
        assert cause.text.startswith(words)
        assert cause.certainty == certainty
