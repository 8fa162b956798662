"""The user pool that a command is about, and the way there."""

from __future__ import annotations

import argparse
import os
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from cognito_tui.aws.endpoint import BadEndpoint, Endpoint, endpoint_in_use
from cognito_tui.cli.failing import stop_for, warning
from cognito_tui.cli.options import profile_named
from cognito_tui.cli.status import Status, Stop
from cognito_tui.cli.streams import say, secret_from_stdin
from cognito_tui.cognito import requests
from cognito_tui.cognito.checks import endpoint_problem, line_problem, region_problem, user_pool_id_problem
from cognito_tui.cognito.described import UserPoolDescription
from cognito_tui.cognito.errors import CognitoError, NoCredentials, NotDone, Refused
from cognito_tui.cognito.explain import Situation
from cognito_tui.cognito.model import AppClient, region_of
from cognito_tui.cognito.steps import Answer, Call

if TYPE_CHECKING:
    from cognito_tui.aws.client import Client

_BACK_OFF: Final = (1.0, 2.0, 4.0, 8.0)


def redirected(endpoint: Endpoint) -> str | None:
    """A sentence where it is not the profile that says where calls go."""
    by_variable = endpoint.url and endpoint.said_by != "profile"
    return f"calls go to {endpoint.url}, as {endpoint.said_by} says" if by_variable else None


@dataclass(frozen=True)
class PoolChoice:
    """A user pool, where it is, and as whom it is called; `profile` is the name of that which says so."""

    user_pool_id: str
    region: str
    endpoint: Endpoint
    aws_profile: str | None = None
    read_only: bool = False
    profile: str = ""

    def client(self, *, repeats: bool = True) -> Client:
        """The way there; `repeats` is whether it sends by itself once more what was not done."""
        from cognito_tui.aws.client import PAUSES, Client  # noqa: PLC0415 botocore is slow to load

        pauses = PAUSES if repeats else ()
        return Client(self.region, self.endpoint.url, self.aws_profile, pauses=pauses)

    def stop_for(self, error: CognitoError, username: str = "") -> Stop:
        """The end of a command that `error` keeps from going on."""
        situation = Situation(
            AppClient(self.user_pool_id, ""),
            username,
            region=self.region,
            endpoint_url=self.endpoint.url,
            aws_profile=self.aws_profile or "",
        )
        return stop_for(error, situation).and_then(redirected(self.endpoint) or "")


def pool_chosen(args: argparse.Namespace) -> PoolChoice:
    """The pool that the options and the profile say; each option overrides. No app client is needed.

    Raises:
        Stop: there is none, or a value is refused.
    """
    base = profile_named(args)
    pool = args.user_pool_id or (base.user_pool_id if base else "")
    if not pool:
        raise Stop(Status.USAGE, "cognito-tui: say which user pool: --profile, or --user-pool-id")
    region = args.region or (base.region if base and not args.user_pool_id else region_of(pool))
    if args.secret_stdin:
        secret_from_stdin()  # it is not needed; what follows it may be
    return PoolChoice(
        checked("--user-pool-id", pool, user_pool_id_problem(pool)),
        checked("--region", region, region_problem(region)),
        endpoint_chosen(args.endpoint_url, base.endpoint_url if base else None),
        aws_profile_chosen(args.aws_profile) or (base.aws_profile if base else None),
        read_only=bool(base and base.read_only),
        profile=base.name if base else "",
    )


def endpoint_chosen(option: str | None, of_profile: str | None = None) -> Endpoint:
    """Where calls go: the option, the profile, the environment.

    Raises:
        Stop: what counts is no URL.
    """
    if option:
        checked("--endpoint-url", option, endpoint_problem(option))
    try:
        return endpoint_in_use(option or of_profile, os.environ)
    except BadEndpoint as error:
        raise Stop(Status.USAGE, f"cognito-tui: {error}") from None


def aws_profile_chosen(option: str | None) -> str | None:
    """The AWS profile that the option says.

    Raises:
        Stop: it cannot be one.
    """
    return checked("--aws-profile", option, line_problem(option)) if option else None


def checked(option: str, value: str, problem: str | None) -> str:
    """`value`, if there is no problem with it.

    Raises:
        Stop: there is.
    """
    if problem:
        raise Stop(Status.USAGE, f"cognito-tui: {option} {problem}")
    return value


class Reader:
    """Sends calls that only read, one after the other; where Cognito throttles, it waits and asks again."""

    def __init__(self, choice: PoolChoice) -> None:
        self._choice = choice
        self._client = choice.client()

    def answer(self, call: Call, username: str = "") -> Answer:
        """What Cognito answers.

        Raises:
            Stop: it refuses, or is not reached.
        """
        try:
            return self.tried(call)
        except CognitoError as error:
            raise self._choice.stop_for(error, username) from None

    def tried(self, call: Call) -> Answer:
        """What Cognito answers.

        Raises:
            CognitoError: it refuses, or is not reached.
        """
        for pause in _BACK_OFF:
            try:
                return self._client.send(call).body
            except Refused as error:
                if not error.throttled:
                    raise
                say(f"{call.operation}: {error.code}: trying again in {pause:g} s")
            time.sleep(pause)
        return self._client.send(call).body

    def pool(self) -> tuple[UserPoolDescription | None, str]:
        """The pool as Cognito describes it; None where that is not allowed, and a sentence about it.

        Raises:
            Stop: nothing else would be answered either.
        """
        call = requests.describe_user_pool(self._choice.user_pool_id)
        try:
            return UserPoolDescription.of(self.tried(call)), ""
        except CognitoError as error:
            if isinstance(error, NoCredentials | NotDone) or _no_such_pool(error):
                raise self._choice.stop_for(error) from None
            return None, warning(error)


def _no_such_pool(error: CognitoError) -> bool:
    return isinstance(error, Refused) and error.code == "ResourceNotFoundException"
