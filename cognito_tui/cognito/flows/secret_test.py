"""Testing a client secret with a harmless public call: a sign-in for a user name nobody has.

Cognito checks the SECRET_HASH of a request before it looks for the user, so its answer tells whether the
hash was accepted. It changes nothing; it leaves one failed sign-in of an unknown user in the pool's logs.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from cognito_tui.cognito import requests
from cognito_tui.cognito.errors import Refused
from cognito_tui.cognito.model import AppClient, Secret
from cognito_tui.cognito.secret_hash import Subject
from cognito_tui.cognito.steps import Flow


class SecretTest(StrEnum):
    """What a test of the secret has shown."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    NOT_WANTED = "not wanted"
    NEEDED = "needed"
    NO_SUCH_CLIENT = "no such client"
    SAYS_NOTHING = "says nothing"


@dataclass(frozen=True)
class Verdict:
    """The outcome of a test, with a sentence that says what it proves and what not."""

    outcome: SecretTest
    sentence: str


def secret_test(client: AppClient, nobody: str, random_hex: str) -> Flow[Verdict]:
    """Ask Cognito about the secret of `client`.

    Args:
        client: the client and the secret to test; without a secret, whether one is needed.
        nobody: a random user name that no user has.
        random_hex: some 256 random bits in hexadecimal, to stand for a password or an SRP_A.

    Raises:
        CognitoError: when no answer came.
    """
    attempts: tuple[tuple[str, Mapping[str, str | Secret]], ...] = (
        ("USER_PASSWORD_AUTH", {"PASSWORD": Secret(random_hex)}),
        ("USER_SRP_AUTH", {"SRP_A": random_hex}),
        ("CUSTOM_AUTH", {}),
    )
    first: Verdict | None = None
    for auth_flow, parameters in attempts:
        try:
            yield requests.initiate_auth(client, auth_flow, parameters, subject=Subject(nobody))
        except Refused as error:
            verdict = _read(error, client)
        else:
            verdict = _accepted(client)
        if verdict.outcome is not SecretTest.SAYS_NOTHING:
            return verdict
        first = first or verdict
    return first or Verdict(SecretTest.SAYS_NOTHING, "")


def _accepted(client: AppClient) -> Verdict:
    if client.secret is None:
        return Verdict(SecretTest.ACCEPTED, "The client answers without a SECRET_HASH: it has no secret.")
    return Verdict(
        SecretTest.ACCEPTED,
        "Cognito accepted the hash: this is the client's secret. It says nothing of any user or password.",
    )


def _read(error: Refused, client: AppClient) -> Verdict:
    said = error.message
    if re.search(r"not configured (for|with) secret", said, re.IGNORECASE):
        return Verdict(SecretTest.NOT_WANTED, "The client has no secret: leave the field empty.")
    if re.search(r"secret ?_?hash|configured (for|with) secret", said, re.IGNORECASE):
        if client.secret is None:
            return Verdict(SecretTest.NEEDED, "The client has a secret, and it has to be given here.")
        return Verdict(SecretTest.REFUSED, "Cognito refused the hash: this is not the secret of this client.")
    if error.code == "ResourceNotFoundException":
        return Verdict(SecretTest.NO_SUCH_CLIENT, "There is no such client in this region.")
    if error.code == "UserNotFoundException" or "Incorrect username or password" in said:
        return _accepted(client)
    return Verdict(SecretTest.SAYS_NOTHING, f"It says nothing about the secret: {error.code}: {said}")
