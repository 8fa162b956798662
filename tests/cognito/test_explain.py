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
        (Refused("R", "AliasExistsException", "An account with the email already exists."), True),
        (ip("Invalid attributes given, given_name is missing"), True),
        (na("Cannot modify an already provided email"), True),
        (na("Invalid session for the user, session is expired."), False),
        (na("Incorrect username or password."), False),
        (ip("USER_PASSWORD_AUTH flow not enabled for this client"), False),
        (AnswerLost("R", "x"), False),
    ],
    ids=lambda value: getattr(value, "message", value),
)
def test_only_what_is_about_the_answer_stays_in_its_form(error: CognitoError, same_form: bool) -> None:
    assert about_the_answer(error) is same_form
