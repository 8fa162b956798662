"""Answers to challenges: from a file of `--answers`, or from the person at the terminal."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from cognito_tui.cli.status import Status, Stop
from cognito_tui.cli.streams import ask, clean, has_terminal, say
from cognito_tui.cognito import challenges
from cognito_tui.cognito.challenges import Field
from cognito_tui.cognito.model import Secret
from cognito_tui.cognito.steps import Answers, Prompt


def missing(challenge: str, parameters: Mapping[str, str], fields: Sequence[str]) -> Stop:
    """The end where an answer is wanted that nobody gives: stderr says which, in one line of JSON."""
    wanted = {"ChallengeName": challenge, "ChallengeParameters": dict(parameters), "Fields": list(fields)}
    return Stop(Status.ANSWER_MISSING, json.dumps(wanted, ensure_ascii=False))


@dataclass
class Given:
    """Answers of `--answers`: by Cognito's own names, each perhaps qualified by its challenge.

    A string serves once a challenge, a list gives one item a time. `used` holds the keys that served.
    """

    values: Mapping[str, str | list[str]]
    used: set[str] = field(default_factory=set)
    _served: dict[tuple[str, str], int] = field(default_factory=dict)
    _last: dict[tuple[str, str], str] = field(default_factory=dict)

    def answer(self, prompt: Prompt) -> Answers:
        """The next answer to `prompt`.

        Raises:
            Stop: none was ever given for a field that is required.
            CognitoError: the prompt's own refusal, when there is no further answer.
        """
        challenge = prompt.challenge
        fields = challenges.form(challenge).fields
        names = [each.name for each in fields]
        if challenge.name == "NEW_PASSWORD_REQUIRED":
            names += [each for each in self._unqualified(challenge.name) if each not in names]
        fresh = {name: value for name in names if (value := self.next(challenge.name, name)) is not None}
        if prompt.refused is not None and not fresh:
            raise prompt.refused
        answers = {name: fresh.get(name, self._last.get((challenge.name, name))) for name in names}
        wanting = [each.name for each in fields if each.required and answers[each.name] is None]
        if wanting:
            raise missing(challenge.name, challenge.parameters, wanting)
        return {name: value for name, value in answers.items() if value is not None}

    def next(self, challenge: str, name: str) -> str | None:
        """The next value for `name` in `challenge`; qualified keys come before plain ones."""
        for key in (f"{challenge}.{name}", name):
            if key not in self.values:
                continue
            value = self.values[key]
            items = value if isinstance(value, list) else [value]
            # a list goes on from challenge to challenge, a string serves each of them once
            counter = (key, "" if isinstance(value, list) else challenge)
            served = self._served.get(counter, 0)
            if served >= len(items):
                return None
            self._served[counter] = served + 1
            self.used.add(key)
            self._last[challenge, name] = items[served]
            return items[served]
        return None

    def _unqualified(self, challenge: str) -> list[str]:
        """User attributes among the keys: they may be added though the challenge does not ask for them."""
        names = [key.removeprefix(f"{challenge}.") for key in self.values]
        return [name for name in names if name.startswith(challenges.USER_ATTRIBUTE)]

    def unused(self) -> list[str]:
        """Keys that never served."""
        return [key for key in self.values if key not in self.used]


def given(source: str) -> Given:
    """Read `--answers FILE`, or `-` for stdin, and check it whole.

    Raises:
        Stop: it cannot be read, or is not one JSON object of strings and lists of strings.
    """
    try:
        text = sys.stdin.buffer.read().decode() if source == "-" else Path(source).read_text(encoding="utf-8")
    except OSError as error:
        raise Stop(Status.USAGE, f"cognito-tui: --answers: {error.strerror}") from None
    except UnicodeDecodeError:
        raise Stop(Status.USAGE, "cognito-tui: --answers: not text in UTF-8") from None
    try:
        values = json.loads(text)
    except ValueError as error:
        line = getattr(error, "lineno", 1)
        raise Stop(Status.USAGE, f"cognito-tui: --answers: not JSON, line {line}") from None
    if not isinstance(values, dict):
        raise Stop(Status.USAGE, "cognito-tui: --answers: not a JSON object")
    for key, value in values.items():
        items = value if isinstance(value, list) else [value]
        if not all(isinstance(item, str) for item in items):
            raise Stop(
                Status.USAGE,
                f"cognito-tui: --answers: {clean(key)} is neither a string nor a list of strings",
            )
    return Given(values)


def asked(prompt: Prompt) -> Answers:
    """Ask the person at the terminal; say first why the last answer was not taken.

    Raises:
        Stop: there is no terminal.
    """
    challenge = prompt.challenge
    form = challenges.form(challenge)
    if not has_terminal():
        raise missing(challenge.name, challenge.parameters, [each.name for each in form.fields])
    if prompt.refused is not None:
        say(f"{prompt.refused.name}: {prompt.refused.sentence}")
    else:
        say(f"{challenge.name}: {form.intro}")
        if not form.known:
            for name, value in challenge.parameters.items():
                say(f"  {name}: {value}")
    return {each.name: _answer(each) for each in form.fields}


def _answer(wanted: Field) -> str | Secret:
    while True:
        label = f"{wanted.label} ({wanted.help})" if wanted.help else wanted.label
        value = ask(label, hidden=wanted.secret)
        problem = wanted.problem(value) if value else ("required" if wanted.required else None)
        if problem is None:
            return Secret(value) if wanted.secret else value
        say(f"  {problem}")
