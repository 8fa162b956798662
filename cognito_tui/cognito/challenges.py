"""The table of challenges: what to ask a person, and how the answers become ChallengeResponses."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from cognito_tui.cognito import attributes
from cognito_tui.cognito.described import UserPoolDescription
from cognito_tui.cognito.model import Challenge, Secret
from cognito_tui.cognito.steps import Answers

USER_ATTRIBUTE: Final = "userAttributes."
"""What NEW_PASSWORD_REQUIRED puts before an attribute's name (service model, ChallengeResponses)."""


def _anything(_value: str) -> str | None:
    return None


@dataclass(frozen=True)
class Field:
    """Something to ask: `name` is its key among ChallengeResponses, `problem` what is wrong with a value."""

    name: str
    label: str
    help: str = ""
    secret: bool = False
    required: bool = True
    problem: Callable[[str], str | None] = _anything

    @property
    def is_new_password(self) -> bool:
        """Whether the pool's password policy is about it."""
        return self.name == "NEW_PASSWORD"


@dataclass(frozen=True)
class Form:
    """What to ask a person for one challenge. `intro` says in a sentence or two what Cognito wants.

    `known` is False for a challenge this app has no table row for; then its parameters have to be shown.
    """

    intro: str
    fields: tuple[Field, ...]
    known: bool = True


def form(challenge: Challenge, pool: UserPoolDescription | None = None) -> Form:
    """What to ask for `challenge`; one that is not in the table shows its parameters and takes an ANSWER."""
    return _FORMS.get(challenge.name, _unknown)(challenge, pool)


def responses(answers: Answers) -> dict[str, str | Secret]:
    """ChallengeResponses for `answers`, without USERNAME and SECRET_HASH, which `requests` adds.

    An attribute left empty is not sent: Cognito takes an empty value for a wrong one.
    """
    return {
        name: value if name.startswith(USER_ATTRIBUTE) or isinstance(value, Secret) else Secret(value)
        for name, value in answers.items()
        if value or not name.startswith(USER_ATTRIBUTE)
    }


def _new_password_required(challenge: Challenge, pool: UserPoolDescription | None) -> Form:
    asked = [name.removeprefix(USER_ATTRIBUTE) for name in challenge.listed("requiredAttributes")]
    return Form(
        intro="The user came with a temporary password. Before it gives tokens, Cognito wants a new one"
        + (" and what is missing of the user." if asked else "."),
        fields=(
            Field("NEW_PASSWORD", "New password", secret=True),
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


def _unknown(_challenge: Challenge, _pool: UserPoolDescription | None) -> Form:
    return Form(
        intro="A challenge this app does not know: its parameters stand below, and ANSWER is what it takes.",
        fields=(Field("ANSWER", "Answer"),),
        known=False,
    )


_FORMS: Final[Mapping[str, Callable[[Challenge, UserPoolDescription | None], Form]]] = {
    "NEW_PASSWORD_REQUIRED": _new_password_required,
}
