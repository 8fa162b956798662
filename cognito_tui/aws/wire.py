"""The botocore client that calls go through: what it takes from outside, and what it takes for an answer."""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from botocore import UNSIGNED
from botocore.config import Config
from botocore.configprovider import BOTOCORE_DEFAUT_SESSION_VARIABLES, ConstantProvider
from botocore.exceptions import IncompleteReadError, NoCredentialsError
from botocore.loaders import Loader
from botocore.session import Session

from cognito_tui import __version__
from cognito_tui.cognito.checks import is_loopback

# At DEBUG botocore and urllib3 log passwords, hashes and client secrets.
for _name in ("botocore", "urllib3"):
    logging.getLogger(_name).setLevel(logging.INFO)

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


@dataclass(frozen=True)
class Place:
    """Where calls go, as whom when they are signed, and how many seconds they may take."""

    region: str
    endpoint_url: str | None
    aws_profile: str | None
    connect_timeout: float
    read_timeout: float


@dataclass(frozen=True)
class Wire:
    """A botocore client for cognito-idp, and the `credentials` it signs with; None: nobody's."""

    client: Any
    credentials: Any

    def fetch_credentials(self) -> None:
        """Have credentials that are good now; those of a role or an SSO session are fetched at first use."""
        if self.credentials:
            self.credentials.get_frozen_credentials()


def wire_to(place: Place, *, signed: bool) -> Wire:
    """Build it.

    Raises:
        Exception: whatever botocore finds wrong with region, endpoint and credentials.
    """
    stand_in = signed and not place.aws_profile and is_loopback(place.endpoint_url)
    real = signed and not stand_in
    session = session_for_signing(place.aws_profile) if real else _session(frozenset(), None)
    client = session.create_client(
        "cognito-idp",
        region_name=place.region,
        endpoint_url=place.endpoint_url,
        aws_access_key_id=STAND_IN if stand_in else None,
        aws_secret_access_key=STAND_IN if stand_in else None,
        verify=ca_bundle() or True,
        config=Config(
            signature_version=None if signed else UNSIGNED,
            connect_timeout=place.connect_timeout,
            read_timeout=place.read_timeout,
            retries={"mode": "standard", "total_max_attempts": 1},
            proxies={} if is_loopback(place.endpoint_url) else None,
            ignore_configured_endpoint_urls=True,
            user_agent_extra=f"cognito-tui/{__version__}",
        ),
    )
    client.meta.events.register("before-parse.cognito-identity-provider", _refuse_half_an_answer)
    client.meta.events.register("after-call.cognito-identity-provider", _refuse_what_is_no_json)
    credentials = session.get_credentials() if real else None
    if real and credentials is None:
        raise NoCredentialsError
    return Wire(client, credentials)


def session_for_signing(aws_profile: str | None) -> Session:
    """A botocore session that takes from outside nothing but whose credentials there are."""
    return _session(_WHOSE_CREDENTIALS, aws_profile)


def _session(from_outside: frozenset[str], aws_profile: str | None) -> Session:
    """A botocore session that takes only the variables `from_outside` from environment and config files."""
    session = Session(profile=aws_profile)
    session.register_component("data_loader", _models())
    settings = session.get_component("config_store")
    defaults = {name: default for name, (_, _, default, _) in BOTOCORE_DEFAUT_SESSION_VARIABLES.items()}
    nowhere = {"config_file": os.devnull, "credentials_file": os.devnull, "s3": None, "proxies_config": None}
    for name, value in {**defaults, **nowhere}.items():
        if name not in from_outside:
            settings.set_config_provider(name, ConstantProvider(value))
    return session


@cache
def _models() -> Loader:
    """Botocore's own models, read once for all sessions; none of ~/.aws/models."""
    return Loader(extra_search_paths=[Loader.BUILTIN_DATA_PATH], include_default_search_paths=False)


def ca_bundle() -> str | None:
    """Whom to trust, where a variable names a file of certificates: a proxy that opens TLS needs it."""
    bundles = (os.environ.get(variable, "") for variable in ("AWS_CA_BUNDLE", "REQUESTS_CA_BUNDLE"))
    return next((bundle for bundle in bundles if Path(bundle).is_file()), None)


def _refuse_half_an_answer(response_dict: Mapping[str, Any], **_event: object) -> None:
    """Botocore takes what came before the connection broke for the whole answer.

    Raises:
        IncompleteReadError: it did.
    """
    headers, actual = response_dict["headers"], len(response_dict["body"])
    expected = length_told(headers)
    if actual < expected or (not actual and "content-length" not in headers):
        raise IncompleteReadError(actual_bytes=actual, expected_bytes=expected)


def _refuse_what_is_no_json(http_response: Any, parsed: Mapping[str, Any], **_event: object) -> None:
    """Botocore takes a web page, if only its status is 200, for an answer that says nothing.

    Raises:
        ValueError: it did.
    """
    if http_response.status_code < 300 and http_response.content and not parsed.keys() - {"ResponseMetadata"}:
        json.loads(http_response.content)


def length_told(headers: Mapping[str, str]) -> int:
    """Content-Length; 0 where it is not told."""
    told = headers.get("content-length", "")
    return int(told) if told.isdecimal() else 0
