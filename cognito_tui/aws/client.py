"""`Call` in, `Reply` or `CognitoError` out.

Public operations go out unsigned from a session that knows no AWS profile, no config file and no environment:
an unsigned boto3 client still fails on AWS_PROFILE=nope or a damaged ~/.aws/config. Admin operations are
signed with the AWS profile asked for, or the default chain; to an endpoint on this machine without one, with
stand-in credentials, so that nothing of a real identity goes to an emulator.
"""

from __future__ import annotations

import contextlib
import logging
import os
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from botocore import UNSIGNED
from botocore.config import Config
from botocore.configprovider import BOTOCORE_DEFAUT_SESSION_VARIABLES, ConstantProvider
from botocore.session import Session

from cognito_tui import __version__
from cognito_tui.aws.errors import translated, unusable
from cognito_tui.cognito.checks import is_loopback
from cognito_tui.cognito.errors import CognitoError, NotDone, Refused
from cognito_tui.cognito.secrecy import revealed, sealed
from cognito_tui.cognito.snippets import snake
from cognito_tui.cognito.steps import Call
from cognito_tui.walk import Reply

# At DEBUG botocore and urllib3 log passwords, hashes and client secrets.
for _name in ("botocore", "urllib3"):
    logging.getLogger(_name).setLevel(logging.INFO)

CONNECT_TIMEOUT: Final = 5.0
READ_TIMEOUT: Final = 20.0

PAUSES: Final = (0.2, 0.6)
"""Seconds before a request is repeated that was definitely not done."""

STAND_IN: Final = "stand-in"
"""Access key and secret key for an endpoint on this machine: emulators want any, and check none."""

_WHOSE_CREDENTIALS: Final = frozenset(
    {
        "profile",
        "config_file",
        "credentials_file",
        "metadata_service_timeout",
        "metadata_service_num_attempts",
        "ec2_metadata_service_endpoint",
        "ec2_metadata_service_endpoint_mode",
        "ec2_metadata_v1_disabled",
        "imds_use_ipv6",
    }
)
"""Session variables that say where credentials come from: all that a signed session takes from outside."""


class Client:
    """Sends the calls of one profile. Blocking; botocore clients are built at first use, for all threads."""

    def __init__(
        self,
        region: str,
        endpoint_url: str | None = None,
        aws_profile: str | None = None,
        *,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        self.region = region
        self.endpoint_url = endpoint_url
        self.aws_profile = aws_profile
        self._pause = pause
        self._clients: dict[tuple[bool, bool], Any] = {}
        self._lock = threading.Lock()

    def send(self, call: Call) -> Reply:
        """Carry out `call`; a definite "not done" is repeated twice, nothing else is.

        Raises:
            CognitoError: see `cognito.errors`.
        """
        for pause in PAUSES:
            try:
                return self._send(call)
            except CognitoError as error:
                if not _surely_not_done(error):
                    raise
            self._pause(pause)
        return self._send(call)

    def prepare(self) -> None:
        """Build the client of public operations beforehand, so that the first call need not wait for it."""
        with contextlib.suppress(Exception):
            self._client(Call("InitiateAuth", {}))

    def _send(self, call: Call) -> Reply:
        try:
            client = self._client(call)
        except Exception as error:
            raise unusable(call.operation, error, self.aws_profile) from None
        try:
            answer = getattr(client, snake(call.operation))(**revealed(call.params))
        except Exception as error:
            raise translated(call.operation, error, self.aws_profile) from None
        metadata = answer.pop("ResponseMetadata", {})
        return Reply(
            body=sealed(answer),
            status=int(metadata.get("HTTPStatusCode", 200)),
            request_id=str(metadata.get("RequestId", "")),
            size=int(metadata.get("HTTPHeaders", {}).get("content-length") or 0),
        )

    def _client(self, call: Call) -> Any:
        kind = (call.signed, call.reads_only)
        with self._lock:
            if kind not in self._clients:
                self._clients[kind] = self._built(signed=call.signed, retries=2 if call.reads_only else 0)
            return self._clients[kind]

    def _built(self, *, signed: bool, retries: int) -> Any:
        stand_in = signed and not self.aws_profile and is_loopback(self.endpoint_url)
        session = _session(_WHOSE_CREDENTIALS if signed and not stand_in else frozenset(), self.aws_profile)
        return session.create_client(
            "cognito-idp",
            region_name=self.region,
            endpoint_url=self.endpoint_url,
            aws_access_key_id=STAND_IN if stand_in else None,
            aws_secret_access_key=STAND_IN if stand_in else None,
            verify=_ca_bundle(),
            config=Config(
                signature_version=None if signed else UNSIGNED,
                connect_timeout=CONNECT_TIMEOUT,
                read_timeout=READ_TIMEOUT,
                retries={"mode": "standard", "total_max_attempts": 1 + retries},
                proxies={} if is_loopback(self.endpoint_url) else None,
                ignore_configured_endpoint_urls=True,
                user_agent_extra=f"cognito-tui/{__version__}",
            ),
        )


def _session(from_outside: frozenset[str], aws_profile: str | None) -> Session:
    """A botocore session that takes only the variables `from_outside` from environment and config files."""
    session = Session(profile=aws_profile if from_outside else None)
    settings = session.get_component("config_store")
    for name, (_, _, default, _) in BOTOCORE_DEFAUT_SESSION_VARIABLES.items():
        if name not in from_outside:
            default_here = os.devnull if name in {"config_file", "credentials_file"} else default
            settings.set_config_provider(name, ConstantProvider(default_here))
    return session


def _ca_bundle() -> str | None:
    """AWS_CA_BUNDLE where it is a file: behind a proxy that opens TLS, public calls need it too."""
    bundle = os.environ.get("AWS_CA_BUNDLE", "")
    return bundle if bundle and Path(bundle).is_file() else None


def _surely_not_done(error: CognitoError) -> bool:
    return (isinstance(error, NotDone) and not error.waited) or (
        isinstance(error, Refused) and error.throttled
    )
