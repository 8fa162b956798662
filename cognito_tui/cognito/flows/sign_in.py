"""Signing in: InitiateAuth, then every challenge Cognito finds, until there are tokens."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from cognito_tui.cognito import challenges, requests
from cognito_tui.cognito.errors import CognitoError, NotCognito
from cognito_tui.cognito.model import AppClient, AuthFlow, Challenge, Secret, Tokens
from cognito_tui.cognito.secrecy import sealed
from cognito_tui.cognito.secret_hash import Subject
from cognito_tui.cognito.steps import Answer, Call, Flow, Prompt
from cognito_tui.cognito.tokens import claims


@dataclass(frozen=True)
class SignIn:
    """What a person says to sign in. `username` may be an alias; it is sent and hashed as typed."""

    client: AppClient
    username: str
    password: Secret
    auth_flow: AuthFlow = AuthFlow.USER_PASSWORD_AUTH
    client_metadata: Mapping[str, str] = field(default_factory=dict)
    through_admin: bool = False

    @property
    def admin(self) -> bool:
        """Whether it goes through AdminInitiateAuth, signed with AWS credentials."""
        return self.through_admin or self.auth_flow.is_admin

    @property
    def first_call(self) -> Call:
        """The request it begins with."""
        return requests.initiate_auth(
            self.client,
            self.auth_flow,
            {"PASSWORD": self.password},
            subject=Subject(self.username),
            admin=self.admin,
            client_metadata=self.client_metadata,
        )


def sign_in(start: SignIn) -> Flow[Tokens]:
    """Walk from the first request to the tokens.

    A refused answer comes back as the same prompt with the reason in `refused`; only what is refused before
    the first challenge ends the flow.

    Raises:
        CognitoError: of the first request; or `NotCognito` for an answer with neither tokens nor challenge.
    """
    subject = Subject(start.username)
    answer: Answer = yield start.first_call
    while (challenge := Challenge.of(answer)) is not None:
        subject = subject.after(challenge)
        answer = yield from _answered(start, challenge, subject)
    return _tokens(answer, subject)


def _answered(start: SignIn, challenge: Challenge, subject: Subject) -> Flow[Answer]:
    """Ask until Cognito takes an answer to `challenge`."""
    refused: CognitoError | None = None
    while True:
        answers = yield Prompt(challenge, subject, refused)
        call = requests.respond_to_auth_challenge(
            start.client,
            challenge,
            challenges.responses(answers),
            subject=subject,
            admin=start.admin,
            client_metadata=start.client_metadata,
        )
        try:
            answer: Answer = yield call
        except CognitoError as error:
            refused = error
        else:
            return answer


def _tokens(answer: Answer, subject: Subject) -> Tokens:
    result = answer.get("AuthenticationResult")
    if not isinstance(result, Mapping):
        raise NotCognito("InitiateAuth", "The answer has neither tokens nor a challenge.")
    tokens = Tokens(sealed(result), subject.username)
    told = claims(tokens.token("AccessToken")).get("username")
    return replace(tokens, username=told) if isinstance(told, str) and told else tokens
