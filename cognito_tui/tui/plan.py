"""What a sign-in is going to say, before anything is said."""

from __future__ import annotations

from typing import Final

from cognito_tui.cognito.flows.sign_in import SignIn
from cognito_tui.cognito.model import AuthFlow
from cognito_tui.cognito.steps import Prompt
from cognito_tui.tui.widgets.timeline import Planned

_MORE: Final = Planned(
    "more challenges", "if the pool wants them", "new password, MFA code, MFA set-up, device", number="…"
)
_TOKENS: Final = Planned("Tokens", "ID, access, refresh", "kept in memory, this run only")

_CODES: Final = {
    "EMAIL_OTP": "sends the code that came by e-mail",
    "SMS_OTP": "sends the code that came by SMS",
    "WEB_AUTHN": "sends what the passkey has signed",
}


def planned(start: SignIn) -> tuple[Planned, ...]:
    """The exchanges that `start` leads to, as far as they are certain, and what may follow."""
    hashed = start.client.secret is not None
    steps = [(str(start.auth_flow), _first(start)), *_following(start)]
    exchanges = [
        Planned(_operation(start, number), about, _with_hash(does, number, hashed=hashed), number=str(number))
        for number, (about, does) in enumerate(steps, 1)
    ]
    return (*exchanges, _MORE, _TOKENS)


def _operation(start: SignIn, number: int) -> str:
    operation = "InitiateAuth" if number == 1 else "RespondToAuthChallenge"
    return f"Admin{operation}" if start.admin else operation


def _with_hash(does: str, number: int, *, hashed: bool) -> str:
    if not hashed:
        return does
    return f"{does} and the hash over the username" if number == 1 else f"{does}; hash over USER_ID_FOR_SRP"


def _first(start: SignIn) -> str:
    proves = start.auth_flow is AuthFlow.USER_SRP_AUTH or start.with_srp
    if proves or (start.preferred_challenge == "PASSWORD_SRP" and start.password):
        return "sends SRP_A"
    if start.auth_flow in {AuthFlow.USER_AUTH, AuthFlow.CUSTOM_AUTH} and not (
        start.preferred_challenge == "PASSWORD" and start.password
    ):
        return "names the user"
    return "sends the password"


def _following(start: SignIn) -> list[tuple[str, str]]:
    proof = ("PASSWORD_VERIFIER", "proves the password")
    match start.auth_flow:
        case AuthFlow.USER_SRP_AUTH:
            return [proof]
        case AuthFlow.CUSTOM_AUTH:
            return [proof] * start.with_srp + [("CUSTOM_CHALLENGE", "answers what the triggers ask")]
        case AuthFlow.USER_AUTH:
            return _chosen(start, proof)
        case _:
            return []


def _chosen(start: SignIn, proof: tuple[str, str]) -> list[tuple[str, str]]:
    match start.preferred_challenge:
        case "":
            return [("SELECT_CHALLENGE", "says which way in is chosen")]
        case "PASSWORD":
            return [] if start.password else [("PASSWORD", "sends the password")]
        case "PASSWORD_SRP":
            return [proof] if start.password else [("PASSWORD_SRP", "sends SRP_A"), proof]
        case name:
            return [(name, _CODES.get(name, "answers it"))]


def waiting(prompt: Prompt, start: SignIn, said: int) -> tuple[Planned, ...]:
    """What follows the answer to `prompt`; `said` exchanges went before."""
    name = prompt.challenge.name
    answer = "AdminRespondToAuthChallenge" if start.admin else "RespondToAuthChallenge"
    over = f"will hash over {prompt.subject.username}" if start.client.secret else "no hash in this call"
    if name != "MFA_SETUP":
        return (Planned(answer, name, over, "waiting for you", str(said + 1)),)
    nothing = "no hash in this call"
    if prompt.software_token is None:
        return (Planned("AssociateSoftwareToken", "", nothing, "waiting for you", str(said + 1)),)
    return (
        Planned("VerifySoftwareToken", "", nothing, "waiting for the code", str(said + 1)),
        Planned(answer, name, over, number=str(said + 2)),
    )
