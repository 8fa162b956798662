"""Whose AWS credentials signed calls go out with, and which region is meant when none is said."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Final

from botocore.config import Config
from botocore.exceptions import NoCredentialsError

from cognito_tui.aws.errors import translated, unusable
from cognito_tui.aws.wire import ca_bundle, session_for_signing
from cognito_tui.cognito.errors import CognitoError

OPERATION: Final = "GetCallerIdentity"

_PATIENCE: Final = 5.0
"""Seconds to connect, and to answer: it is a line for the person, and must not keep anybody waiting."""


@dataclass(frozen=True)
class Identity:
    """Who AWS takes the signer for: an ARN of a user or of a role's session, and the account's number."""

    arn: str
    account: str


def caller_identity(region: str, aws_profile: str | None) -> Identity:
    """Ask STS as whom calls are signed, which needs no permission. Blocking.

    Not to be asked where calls go to an endpoint that is not AWS: whose emulator it is, is nobody's business.

    Raises:
        CognitoError: about `GetCallerIdentity`; `NoCredentials` when there is nobody.
    """
    outcome = _outcome(region, aws_profile)
    if isinstance(outcome, CognitoError):
        raise outcome
    return outcome


def usual_region(aws_profile: str | None) -> str | None:
    """The region that the AWS CLI would take: AWS_REGION, AWS_DEFAULT_REGION, the AWS profile's; or None."""
    for variable in ("AWS_REGION", "AWS_DEFAULT_REGION"):
        if found := os.environ.get(variable):
            return found
    try:
        config = session_for_signing(aws_profile).get_scoped_config()
    except Exception:  # no such profile, a damaged file: the first call says so
        return None
    return str(config["region"]) if config.get("region") else None


def aws_profiles() -> tuple[str, ...]:
    """The names of the AWS profiles on this machine; none where the files cannot be read. Blocking."""
    try:
        return tuple(session_for_signing(None).available_profiles)
    except Exception:  # a damaged file: the first call says so
        return ()


def _sts_endpoint() -> str | None:
    """What the variable for STS says; what is said of every service is meant for an emulator of Cognito."""
    if os.environ.get("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "").lower() == "true":
        return None
    return os.environ.get("AWS_ENDPOINT_URL_STS") or None


def _outcome(region: str, aws_profile: str | None) -> Identity | CognitoError:
    """An error is returned and raised elsewhere: here its context would be botocore's own."""
    try:
        session = session_for_signing(aws_profile)
        credentials = session.get_credentials()
        if credentials is None:
            raise NoCredentialsError  # noqa: TRY301 it becomes a sentence like all the others
        credentials.get_frozen_credentials()
        client = session.create_client(
            "sts",
            region_name=region,
            endpoint_url=_sts_endpoint(),
            verify=ca_bundle() or True,
            config=Config(
                connect_timeout=_PATIENCE,
                read_timeout=_PATIENCE,
                retries={"total_max_attempts": 2},
                ignore_configured_endpoint_urls=True,
            ),
        )
    except Exception as error:
        return unusable(OPERATION, error, aws_profile)
    try:
        answer = client.get_caller_identity()
    except Exception as error:
        return translated(OPERATION, error)
    return Identity(str(answer.get("Arn", "")), str(answer.get("Account", "")))
