"""Which endpoint the calls of a profile go to, and who says so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from cognito_tui.cognito.checks import endpoint_problem

VARIABLES: Final = ("AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER", "AWS_ENDPOINT_URL")
"""Variables that redirect calls, the narrower first (AWS SDKs reference, "Service-specific endpoints")."""


@dataclass(frozen=True)
class Endpoint:
    """`url` is None for AWS itself; `said_by` is `profile`, the variable's name, or empty."""

    url: str | None = None
    said_by: str = ""


class BadEndpoint(ValueError):
    """An environment variable names an endpoint that is no URL. `str()` is a sentence for a person."""


def endpoint_in_use(of_profile: str | None, environment: Mapping[str, str]) -> Endpoint:
    """The profile's endpoint; without one, what the environment says, as the AWS CLI would follow it.

    Raises:
        BadEndpoint: the variable that counts holds no URL. Going to AWS instead would be a surprise.
    """
    if of_profile:
        return Endpoint(of_profile, "profile")
    if environment.get("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "").lower() == "true":
        return Endpoint()
    for variable in VARIABLES:
        if url := environment.get(variable):
            if endpoint_problem(url):
                raise BadEndpoint(f"{variable} is set, but {endpoint_problem(url)}. Unset it, or correct it.")
            return Endpoint(url, variable)
    return Endpoint()
