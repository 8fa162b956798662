"""`Call` in, `Reply` or `CognitoError` out.

Public operations go out unsigned from a session that knows no AWS profile, no config file and no environment:
an unsigned boto3 client still fails on AWS_PROFILE=nope or a damaged ~/.aws/config. Admin operations are
signed with the AWS profile asked for, or the default chain; to an endpoint on this machine without one, with
stand-in credentials, so that nothing of a real identity goes to an emulator.
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Sequence
from typing import Any, Final

from cognito_tui.aws.errors import translated, unusable
from cognito_tui.aws.wire import Place, Wire, length_told, wire_to
from cognito_tui.cognito.errors import AnswerLost, CognitoError, NotDone, Refused
from cognito_tui.cognito.secrecy import revealed, sealed
from cognito_tui.cognito.snippets import snake
from cognito_tui.cognito.steps import Call
from cognito_tui.walk import Reply

CONNECT_TIMEOUT: Final = 5.0
READ_TIMEOUT: Final = 20.0

PAUSES: Final = (0.2, 0.6)
"""Seconds before a request is repeated that was definitely not done."""


class Client:
    """Sends the calls of one profile. Blocking; botocore clients are built at first use, for all threads.

    `pauses` are the seconds before a request is sent once more, none where the caller sees to that itself,
    as a bulk run does, whose pace counts every request; `pause` waits them. The time-outs are in seconds.
    """

    def __init__(
        self,
        region: str,
        endpoint_url: str | None = None,
        aws_profile: str | None = None,
        *,
        pauses: Sequence[float] = PAUSES,
        pause: Callable[[float], None] = time.sleep,
        connect_timeout: float = CONNECT_TIMEOUT,
        read_timeout: float = READ_TIMEOUT,
    ) -> None:
        self._place = Place(region, endpoint_url, aws_profile, connect_timeout, read_timeout)
        self._pauses = tuple(pauses)
        self._pause = pause
        self._wires: dict[bool, Wire] = {}
        # one each for signed and public calls: those never wait for somebody's credentials
        self._locks = {True: threading.Lock(), False: threading.Lock()}

    def send(self, call: Call) -> Reply:
        """Carry out `call`. What was definitely not done is repeated after `pauses`; of the rest, only reads.

        Raises:
            CognitoError: see `cognito.errors`.
        """
        outcome = self._outcome(call)
        for pause in self._pauses:
            if not _may_be_repeated(call, outcome):
                break
            self._pause(pause)
            outcome = self._outcome(call)
        if isinstance(outcome, CognitoError):
            raise outcome
        return outcome

    def prepare(self) -> None:
        """Build the client of public operations beforehand, so that the first call need not wait for it."""
        with contextlib.suppress(Exception):
            self._client(signed=False)

    def _outcome(self, call: Call) -> Reply | CognitoError:
        """What comes of sending `call` once.

        An error is returned and raised elsewhere: raised here, it would hold botocore's own as its context,
        whose frames have the request in clear.
        """
        try:
            client = self._client(signed=call.signed)
        except Exception as error:
            self._forget(signed=call.signed)
            return unusable(call.operation, error, self._place.aws_profile)
        try:
            answer = sealed(getattr(client, snake(call.operation))(**revealed(call.params)))
        except Exception as error:
            told = translated(call.operation, error)
            if isinstance(told, Refused) and told.denied:
                self._forget(signed=call.signed)
            return told
        metadata = answer.pop("ResponseMetadata", {})
        return Reply(
            body=answer,
            status=int(metadata.get("HTTPStatusCode", 200)),
            request_id=str(metadata.get("RequestId", "")),
            size=length_told(metadata.get("HTTPHeaders", {})),
        )

    def _client(self, *, signed: bool) -> Any:
        with self._locks[signed]:
            if signed not in self._wires:
                self._wires[signed] = wire_to(self._place, signed=signed)
            self._wires[signed].fetch_credentials()  # here, so that failing is not the call's
            return self._wires[signed].client

    def _forget(self, *, signed: bool) -> None:
        """Build the client anew next time: credentials that did not do may have been renewed by then."""
        with self._locks[signed]:
            self._wires.pop(signed, None)


def _may_be_repeated(call: Call, outcome: Reply | CognitoError) -> bool:
    match outcome:
        case NotDone():
            return not outcome.waited
        case Refused():
            return outcome.throttled or (call.reads_only and outcome.status >= 500)
        case AnswerLost():
            return call.reads_only
        case _:
            return False
