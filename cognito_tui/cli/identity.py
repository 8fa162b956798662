"""As whom changes would be made: asked before the first one, and never of an endpoint that is not AWS."""

from __future__ import annotations

from dataclasses import dataclass

from cognito_tui.cli.pool import PoolChoice, redirected
from cognito_tui.cognito.errors import CognitoError, NoCredentials, Refused


@dataclass(frozen=True)
class Signer:
    """An ARN, empty where it is not known, and what there is to say of it."""

    arn: str
    sentence: str


def signer_of(choice: PoolChoice) -> Signer:
    """As whom the calls of `choice` are signed.

    Raises:
        Stop: there are no credentials, or AWS does not take them.
    """
    if choice.endpoint.url:
        return Signer("", redirected(choice.endpoint) or "")
    from cognito_tui.aws.account import caller_identity  # noqa: PLC0415 botocore is slow to load

    try:
        identity = caller_identity(choice.region, choice.aws_profile)
    except CognitoError as error:
        if isinstance(error, NoCredentials) or (isinstance(error, Refused) and error.denied):
            raise choice.stop_for(error) from None
        return Signer("", f"warning: as whom is not known: {error.operation}: {error.sentence}")
    return Signer(identity.arn, f"as {identity.arn}")
