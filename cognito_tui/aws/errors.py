"""From what botocore raises to the `CognitoError` tree. No message of botocore's that may quote a value."""

from __future__ import annotations

import re
import socket
from typing import Final

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

_NOT_DONE = (
    exceptions.ConnectTimeoutError,
    exceptions.EndpointConnectionError,
    exceptions.ProxyConnectionError,
)

_LOST = (
    exceptions.ReadTimeoutError,
    exceptions.ConnectionClosedError,
    exceptions.IncompleteReadError,
    exceptions.HTTPClientError,
    exceptions.SSLError,
)

_NO_TLS: Final = {
    "CERTIFICATE_VERIFY_FAILED": "The TLS certificate was not accepted.",
    "WRONG_VERSION_NUMBER": "What listens there does not speak TLS: is the endpoint http, not https?",
    "RECORD_LAYER_FAILURE": "What listens there does not speak TLS: is the endpoint http, not https?",
    "NO_CERTIFICATE_OR_CRL_FOUND": "AWS_CA_BUNDLE or REQUESTS_CA_BUNDLE names a file without certificates.",
}
"""Reasons of OpenSSL that come before the request is sent."""


def translated(operation: str, error: Exception) -> CognitoError:
    """The `CognitoError` for anything that came out of a botocore call to `operation`."""
    match error:
        case exceptions.ClientError():
            return _refused(operation, error)
        case exceptions.ParamValidationError():
            return BadRequest(operation, _members(str(error)))
        case exceptions.SSLError() if reason := _no_tls(error):
            return NotDone(operation, reason)
        case exceptions.HTTPClientError() if isinstance(_cause(error), ValueError):
            # ours was checked, and urllib3 reads all URLs before it opens a connection
            return NotDone(operation, "The URL of the proxy cannot be read: see HTTPS_PROXY and HTTP_PROXY.")
        case _ if isinstance(error, _NOT_DONE):
            waited = isinstance(error, exceptions.ConnectTimeoutError)
            return NotDone(operation, _unreached(error), waited=waited)
        case _ if isinstance(error, _LOST):
            return AnswerLost(operation, f"No answer came back ({type(error).__name__}).")
        case _:
            return NotCognito(operation, f"The answer could not be read ({type(error).__name__}).")


def unusable(operation: str, error: Exception, aws_profile: str | None) -> CognitoError:
    """The `CognitoError` for anything that keeps a client from being built: region, endpoint, credentials."""
    match error:
        case exceptions.InvalidRegionError():
            return BadRequest(operation, "The region is not one that can stand in a host name.")
        case ValueError() if "endpoint" in str(error).lower():
            return BadRequest(operation, "The host of the endpoint has characters that no host name has.")
        case _:
            return NoCredentials(operation, _credentials_sentence(error, aws_profile))


def _refused(operation: str, error: exceptions.ClientError) -> CognitoError:
    answer = error.response
    about = answer.get("Error", {})
    metadata = answer.get("ResponseMetadata", {})
    code, status = str(about.get("Code", "")), int(metadata.get("HTTPStatusCode") or 0)
    # a web server that is not Cognito gives botocore a status and no error type
    if code.isdigit() or not code:
        return NotCognito(
            operation, f"The endpoint answered HTTP {status or code} without an error of Cognito's.", status
        )
    return Refused(operation, code, str(about.get("Message", "")), status, str(metadata.get("RequestId", "")))


def _members(report: str) -> str:
    """The members botocore complains of, one a line; its own words would quote their values."""
    names = re.findall(r"^Invalid \w+ for parameter ([\w.\[\]]+), value:", report, re.MULTILINE)
    names += re.findall(r'^Missing required parameter in [\w.\[\]]+: "(\w+)"$', report, re.MULTILINE)
    return f"The service model does not take the value of {', '.join(names) or 'a member'}."


def _credentials_sentence(error: Exception, aws_profile: str | None) -> str:
    whose = f"AWS profile {aws_profile!r}" if aws_profile else "default chain"
    option = f" --profile {aws_profile}" if aws_profile else ""
    match error:
        case exceptions.ProfileNotFound():
            said_by = "" if aws_profile else ", which AWS_PROFILE names"
            return (
                f"There is no AWS profile {error.kwargs.get('profile')!r} in ~/.aws{said_by}. "
                "There are: aws configure list-profiles"
            )
        case exceptions.NoCredentialsError():
            return (
                f"No AWS credentials found ({whose}): not in the environment, in ~/.aws, in an SSO session. "
                f"To make some: aws configure{option}"
            )
        case exceptions.PartialCredentialsError():
            return (
                f"The AWS credentials are incomplete ({whose}): {error.kwargs.get('cred_var')} is missing. "
                f"Complete them: aws configure{option}"
            )
        case exceptions.SSOError() | exceptions.TokenRetrievalError() | exceptions.NoAuthTokenError():
            return f"The SSO session has ended or was never begun ({whose}). Begin one: aws sso login{option}"
        case exceptions.ConfigParseError():
            return f"{error.kwargs.get('path')} cannot be read: it is damaged. Correct it by hand."
        case exceptions.ClientError():
            said = f"{error.operation_name}: {error.response.get('Error', {}).get('Code', '')}"
        case _:
            said = type(error).__name__
    return (
        f"The AWS credentials could not be had ({whose}): {said}. "
        f"To see why: aws sts get-caller-identity{option}"
    )


def _cause(error: Exception) -> object:
    """What botocore has caught: urllib3's exception, mostly."""
    return getattr(error, "kwargs", {}).get("error")


def _unreached(error: Exception) -> str:
    """Why nobody was reached; the system's own exception is behind urllib3's."""
    cause = _cause(error)
    reasons = (cause, getattr(cause, "__cause__", None))
    if isinstance(error, exceptions.ConnectTimeoutError):
        return "Nobody answered within the time-out."
    if isinstance(error, exceptions.ProxyConnectionError):
        return "The proxy could not be reached, or did not let the request through."
    if any(isinstance(reason, socket.gaierror) for reason in reasons):
        return "The endpoint cannot be reached: there is no such name."
    if any(isinstance(reason, ConnectionRefusedError) for reason in reasons):
        return "The endpoint cannot be reached: the connection was refused."
    return "The endpoint cannot be reached: there is no way to it from here."


def _no_tls(error: Exception) -> str | None:
    """Why TLS did not come about, where that is certain; None where it may have broken later."""
    reason = re.search(r"\[\w+: (\w+)\]", str(error))
    return _NO_TLS.get(reason[1]) if reason else None
