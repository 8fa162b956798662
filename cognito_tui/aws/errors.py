"""From what botocore raises to the `CognitoError` tree. No message of botocore's that may quote a value."""

from __future__ import annotations

import re

from botocore import exceptions

from cognito_tui.cognito.errors import (
    AnswerLost,
    BadRequest,
    CognitoError,
    NoCredentials,
    NotCognito,
    NotDone,
    Refused,
)

_NO_CREDENTIALS = (
    exceptions.NoCredentialsError,
    exceptions.PartialCredentialsError,
    exceptions.CredentialRetrievalError,
    exceptions.MetadataRetrievalError,
    exceptions.ProfileNotFound,
    exceptions.ConfigParseError,
    exceptions.ConfigNotFound,
    exceptions.InvalidConfigError,
    exceptions.InfiniteLoopConfigError,
    exceptions.UnknownCredentialError,
    exceptions.SSOError,
    exceptions.TokenRetrievalError,
    exceptions.NoAuthTokenError,
)

_NOT_DONE = (
    exceptions.ConnectTimeoutError,
    exceptions.EndpointConnectionError,
    exceptions.ProxyConnectionError,
    exceptions.SSLError,
)

_LOST = (exceptions.ReadTimeoutError, exceptions.ConnectionClosedError, exceptions.HTTPClientError)


def translated(operation: str, error: Exception, aws_profile: str | None = None) -> CognitoError:
    """The `CognitoError` for anything that came out of a botocore call to `operation`."""
    match error:
        case exceptions.ClientError():
            return _refused(operation, error)
        case exceptions.ParamValidationError():
            return BadRequest(operation, _members(str(error)))
        case _ if isinstance(error, _NO_CREDENTIALS):
            return NoCredentials(operation, _credentials_sentence(error, aws_profile))
        case _ if isinstance(error, _NOT_DONE):
            return NotDone(
                operation, _unreached(error), waited=isinstance(error, exceptions.ConnectTimeoutError)
            )
        case _ if isinstance(error, _LOST):
            return AnswerLost(operation, f"No answer came back ({type(error).__name__}).")
        case exceptions.InvalidRegionError():
            return BadRequest(operation, "The region is not one that can stand in a host name.")
        case _:
            return NotCognito(operation, f"The answer could not be read ({type(error).__name__}).")


def unusable(operation: str, error: Exception, aws_profile: str | None) -> CognitoError:
    """The `CognitoError` for anything that keeps a client from being built: settings, credentials, region."""
    known = translated(operation, error, aws_profile)
    if not isinstance(known, NotCognito):
        return known
    return NoCredentials(
        operation, f"The AWS settings of this machine cannot be used ({type(error).__name__})."
    )


def _refused(operation: str, error: exceptions.ClientError) -> CognitoError:
    answer = error.response
    about = answer.get("Error", {})
    metadata = answer.get("ResponseMetadata", {})
    code, status = str(about.get("Code", "")), int(metadata.get("HTTPStatusCode") or 0)
    # a web server that is not Cognito gives botocore a status and no error type
    if code.isdigit() or not code:
        return NotCognito(
            operation, f"The endpoint answered HTTP {status or code} without an error of Cognito's."
        )
    return Refused(operation, code, str(about.get("Message", "")), status, str(metadata.get("RequestId", "")))


def _members(report: str) -> str:
    """The members botocore complains of; its own words would quote their values."""
    names = re.findall(r"parameter (?:in )?([\w.\[\]]+)", report)
    missing = re.findall(r'Missing required parameter in \w+: "(\w+)"', report)
    which = ", ".join(dict.fromkeys([*missing, *(name for name in names if name != "input")]))
    return f"The service model does not take the value of {which or 'a member'}."


def _credentials_sentence(error: Exception, aws_profile: str | None) -> str:
    whose = f"AWS profile {aws_profile!r}" if aws_profile else "default chain"
    match error:
        case exceptions.ProfileNotFound():
            return f"There is no AWS profile {error.kwargs.get('profile')!r} in ~/.aws."
        case exceptions.NoCredentialsError():
            return (
                f"No AWS credentials found ({whose}): not in the environment, in ~/.aws, in an SSO session."
            )
        case exceptions.PartialCredentialsError():
            return f"The AWS credentials are incomplete ({whose}): {error.kwargs.get('cred_var')} is missing."
        case exceptions.SSOError() | exceptions.TokenRetrievalError() | exceptions.NoAuthTokenError():
            again = f" --profile {aws_profile}" if aws_profile else ""
            return f"The SSO session has ended or was never begun ({whose}): aws sso login{again}"
        case exceptions.ConfigParseError():
            return f"{error.kwargs.get('path')} cannot be read: it is damaged."
        case _:
            return f"The AWS credentials could not be had ({whose}, {type(error).__name__})."


def _unreached(error: Exception) -> str:
    match error:
        case exceptions.ConnectTimeoutError():
            return "Nobody answered within the time-out."
        case exceptions.ProxyConnectionError():
            return "The proxy could not be reached."
        case exceptions.SSLError():
            return "The TLS certificate was not accepted."
        case _:
            return "The endpoint cannot be reached: no such name, no route, or the connection was refused."
