"""A call as one would write it elsewhere: JSON, curl, the AWS CLI, boto3.

The body goes in by standard input, credentials by a pipe, nothing secret as an argument: a process list is
readable by everybody.
"""

from __future__ import annotations

import json
import pprint
import re
import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from cognito_tui.cognito import json_text
from cognito_tui.cognito.regions import dns_suffix
from cognito_tui.cognito.secrecy import masked, revealed
from cognito_tui.cognito.steps import Call

TARGET = "AWSCognitoIdentityProviderService"
"""`targetPrefix` of the service model."""


@dataclass(frozen=True)
class Where:
    """Where a call goes: region, endpoint URL when it is not AWS itself, AWS profile for signed calls."""

    region: str
    endpoint_url: str | None = None
    aws_profile: str | None = None

    @property
    def url(self) -> str:
        """The URL that is posted to."""
        aws = f"https://cognito-idp.{self.region}.{dns_suffix(self.region)}"
        return (self.endpoint_url or aws).rstrip("/") + "/"


def snake(operation: str) -> str:
    """An operation as boto3 has it: `InitiateAuth` is `initiate_auth`."""
    spaced = re.sub(r"(.)([A-Z][a-z]+)", r"\1_\2", operation)
    return re.sub(r"([a-z0-9])([A-Z])", r"\1_\2", spaced).lower()


def as_json(value: Any, *, show: bool) -> str:
    """`value` as indented JSON, secrets masked unless `show`."""
    return json.dumps(revealed(value) if show else masked(value), indent=2, ensure_ascii=False, default=str)


def opened(answer: Mapping[str, Any]) -> dict[str, Any]:
    """`answer` with JSON that stands in strings of ChallengeParameters as JSON, for the eye."""
    parameters = answer.get("ChallengeParameters")
    if not isinstance(parameters, Mapping):
        return dict(answer)
    return {**answer, "ChallengeParameters": {name: _opened(value) for name, value in parameters.items()}}


def _opened(value: Any) -> Any:
    if not (isinstance(value, str) and value[:1] in {"{", "["}):
        return value
    try:
        return json_text.opened(value)
    except ValueError:
        return value


class Maker(Protocol):
    """How a call is written for another program."""

    def __call__(self, call: Call, where: Where, *, show: bool) -> str:
        """`call` as text, secrets masked unless `show`."""
        ...


_CREDENTIALS = (
    'printf \'user = "%s:%s"\\nheader = "X-Amz-Security-Token: %s"\\n\' '
    '"$AWS_ACCESS_KEY_ID" "$AWS_SECRET_ACCESS_KEY" "$AWS_SESSION_TOKEN"'
)
"""The credentials as a config file of curl's: by the shell's own printf they reach no process list.

Without a session token curl leaves the header out.
"""


def curl(call: Call, where: Where, *, show: bool) -> str:
    """A curl command for bash or zsh; a signed call takes its credentials from the environment."""
    lines = [f"curl {shlex.quote(where.url)}"]
    if call.signed:
        lines.append(f"--aws-sigv4 aws:amz:{where.region}:cognito-idp")
        lines.append(f"--config <({_CREDENTIALS})")
    lines.append("--header 'Content-Type: application/x-amz-json-1.1'")
    lines.append(f"--header 'X-Amz-Target: {TARGET}.{call.operation}'")
    lines.append("--data-binary @- <<'JSON'")
    return " \\\n  ".join(lines) + f"\n{as_json(call.params, show=show)}\nJSON"


def aws_cli(call: Call, where: Where, *, show: bool) -> str:
    """An AWS CLI command that reads the whole request from standard input."""
    lines = [
        f"aws cognito-idp {snake(call.operation).replace('_', '-')}",
        f"--region {shlex.quote(where.region)}",
    ]
    if where.endpoint_url:
        lines.append(f"--endpoint-url {shlex.quote(where.endpoint_url)}")
    if not call.signed:
        lines.append("--no-sign-request")
    elif where.aws_profile:
        lines.append(f"--profile {shlex.quote(where.aws_profile)}")
    lines.append("--cli-input-json file:///dev/stdin <<'JSON'")
    return " \\\n  ".join(lines) + f"\n{as_json(call.params, show=show)}\nJSON"


def boto3(call: Call, where: Where, *, show: bool) -> str:
    """The same call in Python."""
    options = [f"region_name={where.region!r}"]
    if where.endpoint_url:
        options.append(f"endpoint_url={where.endpoint_url!r}")
    head = ["import boto3"]
    maker = "boto3"
    if not call.signed:
        head += ["from botocore import UNSIGNED", "from botocore.config import Config"]
        options.append("config=Config(signature_version=UNSIGNED)")
    elif where.aws_profile:
        maker = f"boto3.Session(profile_name={where.aws_profile!r})"
    params = revealed(call.params) if show else masked(call.params)
    members = "".join(f"    {name}={_python(value)},\n" for name, value in params.items())
    return (
        "\n".join(head)
        + f'\n\ncognito = {maker}.client(\n    "cognito-idp",\n'
        + "".join(f"    {option},\n" for option in options)
        + f")\nanswer = cognito.{snake(call.operation)}(\n{members})"
    )


def _python(value: Any) -> str:
    if not isinstance(value, dict) or not value:
        return repr(value)
    inner = "".join(f"        {name!r}: {pprint.pformat(item)},\n" for name, item in value.items())
    return "{\n" + inner + "    }"
