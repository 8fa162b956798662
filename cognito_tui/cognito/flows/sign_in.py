"""Signing in: InitiateAuth, then every challenge Cognito finds, until there are tokens."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from cognito_tui.cognito import auth_flows, challenges, requests, srp
from cognito_tui.cognito.challenges import plain
from cognito_tui.cognito.errors import CognitoError, NotCognito, Refused
from cognito_tui.cognito.flows.mfa_setup import mfa_setup
from cognito_tui.cognito.means import Means
from cognito_tui.cognito.model import AppClient, AuthFlow, Challenge, Device, Secret, Tokens
from cognito_tui.cognito.secret_hash import Subject
from cognito_tui.cognito.srp import Ephemeral, Prover
from cognito_tui.cognito.steps import Answer, Call, Flow, Prompt
from cognito_tui.cognito.tokens import tokens_in

Responses = Mapping[str, str | Secret]

SRP_A_TO_COME: Final = "(made when it is sent)"
"""Stands for SRP_A where a request is shown beforehand."""


@dataclass(frozen=True)
class SignIn:
    """What a person says to sign in. `username` may be an alias; it is sent and hashed as typed.

    Attributes:
        client: the app client, with its secret if it has one.
        username: USERNAME.
        password: empty where the flow needs none, or where it shall be asked for.
        auth_flow: one of `auth_flows.SIGN_IN`.
        client_metadata: `ClientMetadata` of every request, for the pool's Lambda triggers.
        through_admin: send it through AdminInitiateAuth; ADMIN_* flows are anyway.
        preferred_challenge: PREFERRED_CHALLENGE of USER_AUTH; empty: let the user choose.
        with_srp: CUSTOM_AUTH begins with a proof of the password.
        device: a remembered device, whose DEVICE_KEY goes with every request.
    """

    client: AppClient
    username: str
    password: Secret = Secret("")  # noqa: RUF009 it is immutable
    auth_flow: AuthFlow = auth_flows.DEFAULT
    client_metadata: Mapping[str, str] = field(default_factory=dict)
    through_admin: bool = False
    preferred_challenge: str = ""
    with_srp: bool = False
    device: Device | None = None

    @property
    def admin(self) -> bool:
        """Whether it goes through AdminInitiateAuth, signed with AWS credentials."""
        return self.through_admin or self.auth_flow.is_admin

    @property
    def needs_password(self) -> bool:
        """Whether the first request has to have, or to prove, a password."""
        return auth_flows.ABOUT[self.auth_flow].password or (
            self.with_srp
            if self.auth_flow is AuthFlow.CUSTOM_AUTH
            else self.preferred_challenge in {"PASSWORD", "PASSWORD_SRP"}
        )

    @property
    def begins_with_srp(self) -> bool:
        """Whether the first request carries SRP_A."""
        return "SRP_A" in self._parameters(SRP_A_TO_COME)

    def first_call(self, srp_a: str = SRP_A_TO_COME) -> Call:
        """The request it begins with."""
        return requests.initiate_auth(
            self.client,
            self.auth_flow,
            {**self._parameters(srp_a), **_device_key(self.device)},
            subject=Subject(self.username),
            admin=self.admin,
            client_metadata=self.client_metadata,
        )

    def _parameters(self, srp_a: str) -> Responses:
        """AuthParameters without those that every flow has (service model, AuthParameters)."""
        match self.auth_flow:
            case AuthFlow.USER_SRP_AUTH:
                return {"SRP_A": srp_a}
            case AuthFlow.CUSTOM_AUTH:
                return {"CHALLENGE_NAME": "SRP_A", "SRP_A": srp_a} if self.with_srp else {}
            case AuthFlow.USER_AUTH:
                preferred = self.preferred_challenge
                named = {"PREFERRED_CHALLENGE": preferred} if preferred else {}
                return {**named, **_brought_along(preferred, self.password, srp_a)}
            case _:
                return {"PASSWORD": self.password}


def sign_in(start: SignIn, means: Means) -> Flow[Tokens]:
    """Walk from the first request to the tokens.

    A refused answer of a person comes back as the same prompt with the reason in `refused`. What is refused
    that no person has answered ends the flow; only a device that Cognito does not know any more is dropped,
    and the walk begins anew without it.

    Raises:
        CognitoError: of such a request; or `NotCognito` for an answer with neither tokens nor challenge.
    """
    try:
        return (yield from _Walk(start, means).tokens())
    except Refused as error:
        if start.device is None or not error.device_lost:
            raise
    tokens = yield from _Walk(replace(start, device=None), means).tokens()
    return replace(tokens, lost_device=start.device.key)


class _Walk:
    """One walk, and what it has learned: what Cognito calls the user, and the password once it was asked."""

    def __init__(self, start: SignIn, means: Means) -> None:
        self._start = start
        self._means = means
        self._subject = Subject(start.username)
        self._password = start.password
        self._device = start.device
        self._ephemeral: Ephemeral | None = None
        self._ways: Mapping[str, Callable[[Challenge], Flow[Answer]]] = {
            "PASSWORD_VERIFIER": self._prove,
            "PASSWORD": self._give_password,
            "PASSWORD_SRP": self._begin_srp,
            "SELECT_CHALLENGE": self._select,
            "DEVICE_SRP_AUTH": self._begin_device_srp,
            "DEVICE_PASSWORD_VERIFIER": self._prove_device,
            "MFA_SETUP": self._set_up_mfa,
        }

    def tokens(self) -> Flow[Tokens]:
        """Answer challenge after challenge."""
        srp_a = self._new_srp_a() if self._start.begins_with_srp else ""
        answer: Answer = yield self._start.first_call(srp_a)
        while (challenge := Challenge.of(answer)) is not None:
            self._subject = self._subject.after(challenge)
            answer = yield from self._ways.get(challenge.name, self._ask)(challenge)
        return _tokens(answer, self._subject)

    def _respond(self, challenge: Challenge, responses: Responses) -> Call:
        return requests.respond_to_auth_challenge(
            self._start.client,
            challenge,
            {**responses, **_device_key(self._device)},
            subject=self._subject,
            admin=self._start.admin,
            client_metadata=self._start.client_metadata,
        )

    def _new_srp_a(self) -> str:
        self._ephemeral = Ephemeral.of(self._means.token_bytes(srp.EPHEMERAL_BYTES))
        return self._ephemeral.srp_a

    def _proof(self, prover: Prover, challenge: Challenge) -> Responses:
        if self._ephemeral is None:
            raise NotCognito(
                "RespondToAuthChallenge", "It asks for a proof that was not begun: no SRP_A was sent."
            )
        return srp.proof(prover, self._ephemeral, challenge.parameters, self._means.now())

    # What a person answers

    def _ask(self, challenge: Challenge) -> Flow[Answer]:
        """Ask until Cognito takes an answer to `challenge`."""
        refused: CognitoError | None = None
        while True:
            answers = yield Prompt(challenge, self._subject, refused)
            try:
                answer: Answer = yield self._respond(challenge, challenges.responses(challenge, answers))
            except CognitoError as error:
                refused = self._about_the_answer(error)
            else:
                return answer

    def _about_the_answer(self, error: CognitoError) -> CognitoError:
        """`error`, for the same prompt again; one about the device is not the person's to answer."""
        if self._device is not None and isinstance(error, Refused) and error.device_lost:
            raise error
        return error

    def _select(self, challenge: Challenge) -> Flow[Answer]:
        """Let the person choose; what the choice needs goes along in the same answer."""
        refused: CognitoError | None = None
        while True:
            answers = yield Prompt(challenge, self._subject, refused)
            responses = challenges.responses(challenge, answers)
            chosen = plain(responses.get("ANSWER"))
            if chosen in {"PASSWORD", "PASSWORD_SRP"}:
                yield from self._know_password(replace(challenge, name=chosen, parameters={}))
            srp_a = self._new_srp_a() if chosen == "PASSWORD_SRP" else ""
            along = _brought_along(chosen, self._password, srp_a)
            try:
                answer: Answer = yield self._respond(challenge, {**responses, **along})
            except CognitoError as error:
                refused = self._about_the_answer(error)
                self._password = Secret("") if "PASSWORD" in along else self._password
            else:
                return answer

    # Passwords

    def _know_password(self, challenge: Challenge, refused: CognitoError | None = None) -> Flow[None]:
        """Ask for the password unless it is known and was not refused."""
        if refused is not None or not self._password:
            answers = yield Prompt(challenge, self._subject, refused)
            self._password = Secret(plain(answers.get("PASSWORD")))

    def _give_password(self, challenge: Challenge) -> Flow[Answer]:
        refused: CognitoError | None = None
        while True:
            yield from self._know_password(challenge, refused)
            try:
                answer: Answer = yield self._respond(challenge, {"PASSWORD": self._password})
            except CognitoError as error:
                refused = self._about_the_answer(error)
            else:
                return answer

    def _begin_srp(self, challenge: Challenge) -> Flow[Answer]:
        # asked now: the proof itself has to follow within seconds
        yield from self._know_password(challenge)
        answer: Answer = yield self._respond(challenge, {"SRP_A": self._new_srp_a()})
        return answer

    def _prove(self, challenge: Challenge) -> Flow[Answer]:
        prover = Prover.user(self._start.client, self._subject.username, self._password)
        answer: Answer = yield self._respond(challenge, self._proof(prover, challenge))
        return answer

    # Devices

    def _begin_device_srp(self, challenge: Challenge) -> Flow[Answer]:
        device = self._device or Device(challenge.parameters.get("DEVICE_KEY", ""))
        if not device.key:
            raise NotCognito("RespondToAuthChallenge", "It asks for a device, and none was told or sent.")
        if not (device.group_key and device.password):
            answers = yield Prompt(challenge, self._subject)
            group_key, password = (
                plain(answers.get(name)) for name in ("DEVICE_GROUP_KEY", "DEVICE_PASSWORD")
            )
            device = Device(device.key, group_key, Secret(password))
        self._device = device
        answer: Answer = yield self._respond(challenge, {"SRP_A": self._new_srp_a()})
        return answer

    def _prove_device(self, challenge: Challenge) -> Flow[Answer]:
        if self._device is None:
            raise NotCognito("RespondToAuthChallenge", "It asks for a device's proof that was not begun.")
        prover = Prover.device(self._device)
        answer: Answer = yield self._respond(challenge, self._proof(prover, challenge))
        return answer

    # A second factor

    def _set_up_mfa(self, challenge: Challenge) -> Flow[Answer]:
        client, username = self._start.client, self._start.username
        verified = yield from mfa_setup(challenge, self._subject, client.user_pool_id, username)
        answer: Answer = yield self._respond(verified, {})
        return answer


def _brought_along(challenge: str, password: Secret, srp_a: str) -> Responses:
    """What the choice of `challenge` may bring along, so that Cognito need not ask for it."""
    if not password:
        return {}
    match challenge:
        case "PASSWORD":
            return {"PASSWORD": password}
        case "PASSWORD_SRP":
            return {"SRP_A": srp_a}
        case _:
            return {}


def _device_key(device: Device | None) -> Responses:
    return {"DEVICE_KEY": device.key} if device else {}


def _tokens(answer: Answer, subject: Subject) -> Tokens:
    if "AuthenticationResult" not in answer:
        raise NotCognito("InitiateAuth", "The answer has neither tokens nor a challenge.")
    return tokens_in(answer, "InitiateAuth", subject.username)
