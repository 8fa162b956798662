"""MFA_SETUP: give a user who has none a second factor, within the sign-in."""

from __future__ import annotations

from dataclasses import replace

from cognito_tui.cognito import challenges, requests, totp
from cognito_tui.cognito.challenges import SET_UP_ELSEWHERE, TOTP, plain
from cognito_tui.cognito.errors import BadRequest, CognitoError, NotCognito
from cognito_tui.cognito.model import Challenge, Secret, SoftwareToken
from cognito_tui.cognito.secret_hash import Subject
from cognito_tui.cognito.steps import Answer, Flow, Prompt


def mfa_setup(challenge: Challenge, subject: Subject, issuer: str, username: str) -> Flow[Challenge]:
    """Set up an authenticator app; return `challenge` with the Session that answers it.

    AssociateSoftwareToken makes a key, which stays the same however many codes are refused. `issuer` and
    `username` are what the authenticator app will call it.

    Raises:
        CognitoError: no key was made.
    """
    yield from _chosen(challenge, subject)
    answer: Answer = yield requests.associate_software_token(challenge.session)
    secret_code = answer.get("SecretCode")
    if not isinstance(secret_code, Secret):
        raise NotCognito("AssociateSoftwareToken", "The answer has no SecretCode.")
    token = SoftwareToken(secret_code, totp.otpauth_uri(secret_code, issuer, username))
    return (yield from _verified(_with_session(challenge, answer), subject, token))


def _chosen(challenge: Challenge, subject: Subject) -> Flow[None]:
    """Ask what to set up where that is not plain, until it is the authenticator app."""
    if challenge.listed("MFAS_CAN_SETUP") in {(), (TOTP,)}:
        return
    refused: CognitoError | None = None
    while True:
        answers = yield Prompt(challenge, subject, refused)
        chosen = plain(challenges.responses(challenge, answers).get("ANSWER"))
        if chosen not in SET_UP_ELSEWHERE:
            return
        refused = BadRequest(
            "RespondToAuthChallenge", f"No answer sets up {chosen}: {SET_UP_ELSEWHERE[chosen]}."
        )


def _verified(challenge: Challenge, subject: Subject, token: SoftwareToken) -> Flow[Challenge]:
    refused: CognitoError | None = None
    while True:
        answers = yield Prompt(challenge, subject, refused, token)
        code = Secret(challenges.code(plain(answers.get("UserCode"))))
        name = plain(answers.get("FriendlyDeviceName"))
        try:
            answer: Answer = yield requests.verify_software_token(challenge.session, code, name)
        except CognitoError as error:
            refused = error
            continue
        challenge = _with_session(challenge, answer)
        if answer.get("Status") != "ERROR":
            return challenge
        refused = CognitoError("VerifySoftwareToken", "Cognito has not taken the code: Status is ERROR.")


def _with_session(challenge: Challenge, answer: Answer) -> Challenge:
    newest = answer.get("Session")
    return replace(challenge, session=newest) if isinstance(newest, Secret) else challenge
