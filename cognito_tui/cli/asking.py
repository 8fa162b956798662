"""Answers of the person at the terminal."""

from __future__ import annotations

from cognito_tui.cli.answers import missing
from cognito_tui.cli.streams import ask, has_terminal, tell
from cognito_tui.cognito import challenges
from cognito_tui.cognito.challenges import Field, Form
from cognito_tui.cognito.model import Secret, SoftwareToken
from cognito_tui.cognito.password_policy import PasswordPolicy
from cognito_tui.cognito.steps import Answers, Prompt


def asked(prompt: Prompt) -> Answers:
    """Ask the person at the terminal; say first what Cognito wants, or why it has not taken the last answer.

    Raises:
        Stop: there is no terminal.
    """
    challenge = prompt.challenge
    form = challenges.form(challenge, software_token=prompt.software_token)
    if not has_terminal():
        raise missing(challenge.name, challenge.parameters, [each.name for each in form.fields])
    if prompt.refused is not None:
        tell(f"{prompt.refused.name}: {prompt.refused.sentence}")
    elif prompt.software_token is not None:
        _tell_key(prompt.software_token)
    else:
        tell(f"{challenge.name}: {form.intro}")
        _tell_shown(form)
    return {each.name: _answer(each) for each in form.fields}


def _tell_key(token: SoftwareToken) -> None:
    tell("MFA_SETUP: Put the key into an authenticator app, then give the code it shows.")
    tell(f"  key: {token.secret_code.reveal()}")
    tell(f"  URI: {token.uri.reveal()}")


def _tell_shown(form: Form) -> None:
    for name, value in (form.shown or {}).items():
        tell(f"  {name}: {value}")


def _answer(wanted: Field) -> str | Secret:
    for number, choice in enumerate(wanted.choices, 1):
        tell(f"  {number} {choice.value}{f': {choice.label}' if choice.label else ''}")
    if wanted.is_new_password:
        rules = ", ".join(rule.word for rule in PasswordPolicy().rules(""))
        tell(f"  The pool's policy is not known here; Cognito's default is: {rules}")
    value = _fitting(wanted)
    while wanted.is_new_password and ask(f"{wanted.label} again", hidden=True) != value:
        tell("  the two are not the same")
        value = _fitting(wanted)
    return Secret(value) if wanted.secret else value


def _fitting(wanted: Field) -> str:
    """What is typed, asked for again until it can be right; a choice may be typed as its number."""
    by_number = {str(number): choice.value for number, choice in enumerate(wanted.choices, 1)}
    hints = ("number or name" if wanted.choices else wanted.help, "" if wanted.required else "may be empty")
    hint = "; ".join(filter(None, hints))
    while True:
        typed = ask(f"{wanted.label} ({hint})" if hint else wanted.label, hidden=wanted.secret)
        value = by_number.get(typed.strip(), typed)
        problem = wanted.problem(value) if value else ("required" if wanted.required else None)
        if problem is None:
            return value
        tell(f"  {problem}")
