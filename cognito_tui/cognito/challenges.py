"""The table of challenges: what to ask a person, and how the answers become ChallengeResponses."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from cognito_tui.cognito import attributes, json_text
from cognito_tui.cognito.described import UserPoolDescription
from cognito_tui.cognito.model import Challenge, Secret, SoftwareToken
from cognito_tui.cognito.steps import Answers

USER_ATTRIBUTE: Final = "userAttributes."
"""What NEW_PASSWORD_REQUIRED puts before an attribute's name (service model, ChallengeResponses)."""

TOTP: Final = "SOFTWARE_TOKEN_MFA"

LONGEST_PASSWORD: Final = 256
"""Service model, PasswordType."""

TOTP_DIGITS: Final = 6
"""Service model, SoftwareTokenMFAUserCodeType."""

LONGEST_CODE: Final = 2048
"""Service model, ConfirmationCodeType: no length of its own is told for codes by e-mail and SMS."""

CODES: Final = frozenset(
    {
        "SMS_MFA_CODE",
        "SMS_OTP_CODE",
        "EMAIL_OTP_CODE",
        "EMAIL_MFA_CODE",
        "SOFTWARE_TOKEN_MFA_CODE",
        "UserCode",
    }
)
"""Answers that are codes: good for a short time and once, so they are not remembered."""

_PUBLIC: Final = frozenset(
    {("SELECT_CHALLENGE", "ANSWER"), ("SELECT_MFA_TYPE", "ANSWER"), ("MFA_SETUP", "ANSWER")}
)
"""Answers that are one of Cognito's own words, and no secret."""


def _anything(_value: str) -> str | None:
    return None


@dataclass(frozen=True)
class Choice:
    """One of the values a field takes, and what it means to a person."""

    value: str
    label: str


@dataclass(frozen=True)
class Field:
    """Something to ask: `name` is its key among ChallengeResponses, `problem` what is wrong with a value.

    `choices` are the values there are, where one is to be chosen; `longest` is how many characters Cognito
    takes, of a code without what it was pasted with.
    """

    name: str
    label: str
    help: str = ""
    secret: bool = False
    required: bool = True
    problem: Callable[[str], str | None] = _anything
    choices: tuple[Choice, ...] = ()
    longest: int | None = None

    @property
    def is_new_password(self) -> bool:
        """Whether the pool's password policy is about it."""
        return self.name == "NEW_PASSWORD"

    @property
    def is_code(self) -> bool:
        """Whether it is a code, which is good once and may be pasted with blanks and dashes."""
        return self.name in CODES


@dataclass(frozen=True)
class Form:
    """What to ask a person for one challenge. `intro` says in a sentence or two what Cognito wants.

    `shown` is what Cognito told that has to be seen, or copied, to answer. `known` is False for a challenge
    this app has no table row for.
    """

    intro: str
    fields: tuple[Field, ...]
    known: bool = True
    shown: Mapping[str, str] | None = None


def form(
    challenge: Challenge,
    pool: UserPoolDescription | None = None,
    software_token: SoftwareToken | None = None,
) -> Form:
    """What to ask for `challenge`; one that is not in the table shows its parameters and takes an ANSWER.

    `software_token` is the prompt's own: with it, MFA_SETUP asks for the first code.
    """
    if challenge.name == "NEW_PASSWORD_REQUIRED":
        return _new_password_required(challenge, pool)
    if software_token is not None:
        return _FIRST_CODE
    return _FORMS.get(challenge.name, _unknown)(challenge)


def responses(challenge: Challenge, answers: Answers) -> dict[str, str | Secret]:
    """ChallengeResponses for `answers`, without USERNAME and SECRET_HASH, which `requests` adds.

    An attribute left empty is not sent: Cognito takes an empty value for a wrong one. Codes lose the blanks
    and dashes they were pasted with.
    """
    return {
        name: _response(challenge, name, value)
        for name, value in answers.items()
        if value or not name.startswith(USER_ATTRIBUTE)
    }


def _response(challenge: Challenge, name: str, value: str | Secret) -> str | Secret:
    if name.startswith(USER_ATTRIBUTE):
        return value
    text = plain(value)
    if (challenge.name, name) in _PUBLIC:
        return text.strip()
    return Secret(code(text) if name in CODES else text)


def plain(value: str | Secret | None) -> str:
    """An answer's text; none is empty."""
    return value.reveal() if isinstance(value, Secret) else value or ""


def code(typed: str) -> str:
    """A code as Cognito wants it: without the blanks and dashes that apps and mails put between figures."""
    return re.sub(r"[\s\u200b\u2060\ufeff\u00ad\u2010-\u2015\u2212-]", "", typed)


# A user with a temporary password


def _new_password_required(challenge: Challenge, pool: UserPoolDescription | None) -> Form:
    asked = [name.removeprefix(USER_ATTRIBUTE) for name in challenge.listed("requiredAttributes")]
    return Form(
        intro="The user came with a temporary password. Before it gives tokens, Cognito wants a new one"
        + (" and what is missing of the user." if asked else "."),
        fields=(
            Field("NEW_PASSWORD", "New password", secret=True, longest=LONGEST_PASSWORD),
            *(attribute_field(name, pool) for name in asked),
        ),
    )


def attribute_field(name: str, pool: UserPoolDescription | None = None, *, required: bool = True) -> Field:
    """The field for a user attribute of NEW_PASSWORD_REQUIRED."""
    schema = pool.attribute(name) if pool else None
    return Field(
        USER_ATTRIBUTE + name,
        name,
        help=attributes.hint(name, schema),
        required=required,
        problem=lambda value: attributes.problem(name, value, schema),
    )


def more_attributes(challenge: Challenge, pool: UserPoolDescription | None = None) -> tuple[str, ...]:
    """Attributes that may be added to NEW_PASSWORD_REQUIRED though nobody asks for them.

    Never one that has a value: Cognito answers "Cannot modify an already provided email".
    """
    known = [each.name for each in pool.schema if each.mutable] if pool else list(attributes.STANDARD)
    asked = {name.removeprefix(USER_ATTRIBUTE) for name in challenge.listed("requiredAttributes")}
    given = {name for name, value in challenge.mapped("userAttributes").items() if value}
    return tuple(
        name
        for name in known
        if name not in asked
        and name not in given
        and (name in attributes.STANDARD or name.startswith("custom:"))
    )


# Codes


def delivery(challenge: Challenge) -> str:
    """Where Cognito has sent the code, in a sentence: medium and masked destination, as far as it told."""
    medium = challenge.parameters.get("CODE_DELIVERY_DELIVERY_MEDIUM", "")
    to = challenge.parameters.get("CODE_DELIVERY_DESTINATION", "")
    by = {"SMS": " by SMS", "EMAIL": " by e-mail"}.get(medium, f" by {medium}" if medium else "")
    return f"Cognito has sent it{by}{f' to {to}' if to else ''}." if by or to else ""


def code_problem(typed: str) -> str | None:
    """Why `typed` cannot be a code of SOFTWARE_TOKEN_MFA."""
    found = code(typed)
    if found.isascii() and found.isdigit() and len(found) == TOTP_DIGITS:
        return None
    return f"{TOTP_DIGITS} figures"


def _sent_code(name: str, what: str) -> Callable[[Challenge], Form]:
    def asked(challenge: Challenge) -> Form:
        return Form(
            intro=f"{what} {delivery(challenge)}".rstrip(),
            fields=(Field(name, "Code", longest=LONGEST_CODE, help="blanks and dashes do not matter"),),
        )

    return asked


def _software_token(challenge: Challenge) -> Form:
    device = challenge.parameters.get("FRIENDLY_DEVICE_NAME", "")
    return Form(
        intro="Second factor: the code that the authenticator app shows now"
        + (f", on {device}." if device else ".")
        + " Each code is good for 30 seconds and once.",
        fields=(_totp_field("SOFTWARE_TOKEN_MFA_CODE"),),
    )


def _totp_field(name: str) -> Field:
    return Field(name, "Code", help=f"{TOTP_DIGITS} figures", problem=code_problem, longest=TOTP_DIGITS)


# What is chosen

_SAYS: Final = {
    "SMS_MFA": "a code by SMS",
    "EMAIL_MFA": "a code by e-mail",
    "EMAIL_OTP": "a code by e-mail",
    "SMS_OTP": "a code by SMS",
    TOTP: "a code from an authenticator app",
    "PASSWORD": "the password, sent over TLS",
    "PASSWORD_SRP": "the password, proved by SRP",
    "WEB_AUTHN": "a passkey or security key",
}


def _choice(label: str, values: Sequence[str]) -> Field:
    return Field(
        "ANSWER",
        label,
        help=" or ".join(values),
        choices=tuple(Choice(value, _SAYS.get(value, "")) for value in values),
        problem=lambda typed: (
            None if not values or typed.strip() in values else f"one of {', '.join(values)}"
        ),
    )


def _select_mfa_type(challenge: Challenge) -> Form:
    return Form(
        intro="The user has more than one second factor: which shall it be?",
        fields=(_choice("Second factor", challenge.listed("MFAS_CAN_CHOOSE")),),
    )


def _select_challenge(challenge: Challenge) -> Form:
    return Form(
        intro="The user may sign in in more than one way: which shall it be?",
        fields=(_choice("Sign in by", challenge.available),),
    )


SET_UP_ELSEWHERE: Final = {
    "SMS_MFA": "give the user a phone_number, then start again",
    "EMAIL_OTP": "give the user an email, then start again",
    "EMAIL_MFA": "give the user an email, then start again",
}
"""Factors that MFA_SETUP names and that no answer sets up (service model, ChallengeName: "collect a
phone_number or email attribute for the user. Then restart the authentication flow")."""


def _mfa_setup(challenge: Challenge) -> Form:
    offered = challenge.listed("MFAS_CAN_SETUP")
    elsewhere = [f"For {name}: {SET_UP_ELSEWHERE[name]}." for name in offered if name in SET_UP_ELSEWHERE]
    chosen = _choice("Set up", offered)
    field = Field(
        chosen.name,
        chosen.label,
        help=chosen.help,
        choices=chosen.choices,
        problem=lambda typed: SET_UP_ELSEWHERE.get(typed.strip()) or chosen.problem(typed),
    )
    return Form(
        intro=" ".join(["The pool wants a second factor, and the user has none yet.", *elsewhere]),
        fields=(field,),
    )


_FIRST_CODE: Final = Form(
    intro="Show the QR code to an authenticator app, or type the key into it; then give the code it shows.",
    fields=(
        _totp_field("UserCode"),
        Field("FriendlyDeviceName", "Device name", help="how the user will know the app", required=False),
    ),
)


# Passwords, passkeys and devices


def _password(_challenge: Challenge) -> Form:
    return Form(
        intro="Cognito wants the user's password.",
        fields=(Field("PASSWORD", "Password", secret=True, longest=LONGEST_PASSWORD),),
    )


def _credential_problem(value: str) -> str | None:
    try:
        found = json_text.opened(value)
    except ValueError:
        return "not JSON"
    return None if isinstance(found, dict) else "not a JSON object"


def _web_authn(challenge: Challenge) -> Form:
    options = challenge.parameters.get("CREDENTIAL_REQUEST_OPTIONS")
    return Form(
        intro="A passkey has to sign the options below: give them to navigator.credentials.get() in a "
        "browser at the pool's relying party, and paste what it returns as AuthenticationResponseJSON.",
        fields=(
            Field("CREDENTIAL", "Credential", help="a JSON object", secret=True, problem=_credential_problem),
        ),
        shown={"CREDENTIAL_REQUEST_OPTIONS": options} if options else None,
    )


def _device(_challenge: Challenge) -> Form:
    return Form(
        intro="Cognito knows the device key and wants the device to prove itself: with the group key and "
        "password that were kept when it was remembered.",
        fields=(
            Field("DEVICE_GROUP_KEY", "Device group key"),
            Field("DEVICE_PASSWORD", "Device password", secret=True),
        ),
    )


# What the pool's triggers ask, and what nobody has heard of yet


def _custom_challenge(challenge: Challenge) -> Form:
    public = {name: value for name, value in challenge.parameters.items() if name != "USERNAME"}
    return Form(
        intro="The pool's CreateAuthChallenge trigger asks; what it told stands below. It may ask again.",
        fields=(Field("ANSWER", "Answer"),),
        shown=public,
    )


def _unknown(challenge: Challenge) -> Form:
    return Form(
        intro="A challenge this app does not know: its parameters stand below, and ANSWER is what it takes.",
        fields=(Field("ANSWER", "Answer"),),
        known=False,
        shown=challenge.parameters,
    )


_FORMS: Final[Mapping[str, Callable[[Challenge], Form]]] = {
    "SMS_MFA": _sent_code("SMS_MFA_CODE", "Second factor: a code by SMS."),
    "EMAIL_OTP": _sent_code("EMAIL_OTP_CODE", "A code by e-mail."),
    "EMAIL_MFA": _sent_code("EMAIL_MFA_CODE", "Second factor: a code by e-mail."),
    "SMS_OTP": _sent_code("SMS_OTP_CODE", "A code by SMS."),
    TOTP: _software_token,
    "SELECT_MFA_TYPE": _select_mfa_type,
    "SELECT_CHALLENGE": _select_challenge,
    "MFA_SETUP": _mfa_setup,
    "PASSWORD": _password,
    "PASSWORD_SRP": _password,
    "ADMIN_NO_SRP_AUTH": _password,
    "WEB_AUTHN": _web_authn,
    "DEVICE_SRP_AUTH": _device,
    "CUSTOM_CHALLENGE": _custom_challenge,
}
"""What to ask for a challenge; NEW_PASSWORD_REQUIRED stands apart, since the pool's schema is about it."""
