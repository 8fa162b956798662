"""Answers to challenges from the file of `--answers`."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from cognito_tui.cli import authenticator
from cognito_tui.cli.authenticator import Authenticator, Clock, keep
from cognito_tui.cli.status import Status, Stop
from cognito_tui.cli.streams import rest_of_stdin
from cognito_tui.cognito import challenges, totp
from cognito_tui.cognito.challenges import TOTP, USER_ATTRIBUTE
from cognito_tui.cognito.errors import CognitoError, Refused
from cognito_tui.cognito.model import Challenge, Secret, SoftwareToken
from cognito_tui.cognito.steps import Answers, Prompt

TOTP_SECRET: Final = "TOTP_SECRET"  # noqa: S105 a key of the answers
"""What makes the codes of an authenticator app, in base32."""


def missing(challenge: str, parameters: Mapping[str, str], fields: Sequence[str]) -> Stop:
    """The end where an answer is wanted that nobody gives: stderr says which, in one line of JSON."""
    wanted = {"ChallengeName": challenge, "ChallengeParameters": dict(parameters), "Fields": list(fields)}
    return Stop(Status.ANSWER_MISSING, json.dumps(wanted))


@dataclass(frozen=True)
class Supply:
    """The values of one key: a list gives one a time, a string its only one to each challenge."""

    values: tuple[Secret, ...]
    is_list: bool


_NOTHING: Final = Supply((), is_list=True)


@dataclass
class Given:
    """Answers of `--answers`: by Cognito's own names, each perhaps qualified by its challenge.

    `served` counts what each key has given, a string's by challenge; `last` is what a field was given last.
    `authenticator` is that of the TOTP_SECRET in use; the key of one that is set up goes to
    `totp_secret_file`.
    """

    supplies: Mapping[str, Supply]
    totp_secret_file: Path | None
    clock: Clock
    authenticator: Authenticator | None = None
    kept: bool = False
    served: dict[tuple[str, str], int] = field(default_factory=dict)
    last: dict[tuple[str, str], Secret] = field(default_factory=dict)

    def answer(self, prompt: Prompt) -> Answers:
        """The next answer to `prompt`; after a refusal, what has no further value is given once more.

        Raises:
            Stop: there is none for a field that is required.
            CognitoError: the prompt's own refusal, when there is no further answer.
        """
        if prompt.software_token is not None:
            return self._set_up(prompt, prompt.software_token)
        challenge = prompt.challenge
        fields = challenges.form(challenge).fields
        names = [each.name for each in fields]
        if challenge.name == "NEW_PASSWORD_REQUIRED":
            names += [name for name in self._attributes(challenge.name) if name not in names]
        answers = {name: value for name in names if (value := self.next(challenge.name, name)) is not None}
        if challenge.name == TOTP and not answers and (code := self._code(prompt.refused)) is not None:
            answers = {"SOFTWARE_TOKEN_MFA_CODE": code}
        if prompt.refused is not None:
            known = {
                name: self.last[challenge.name, name] for name in names if (challenge.name, name) in self.last
            }
            if not self._is_another(challenge.name, answers, known | answers):
                raise prompt.refused
            answers = known | answers
        wanting = [each.name for each in fields if each.required and each.name not in answers]
        if wanting:
            raise missing(challenge.name, challenge.parameters, wanting)
        # an attribute is no secret: what is sent of it may be seen
        return {
            name: value.reveal() if name.startswith(USER_ATTRIBUTE) else value
            for name, value in answers.items()
        }

    def next(self, challenge: str, name: str) -> Secret | None:
        """The next value for `name` in `challenge`; qualified keys come before plain ones."""
        counter, left = self._left(challenge, name)
        if not left:
            return None
        self.served[counter] = self.served.get(counter, 0) + 1
        self.last[challenge, name] = left[0]
        return left[0]

    def _left(self, challenge: str, name: str) -> tuple[tuple[str, str], tuple[Secret, ...]]:
        """The values for `name` in `challenge` that are left, after what counts those that served."""
        key = next((key for key in (f"{challenge}.{name}", name) if key in self.supplies), name)
        supply = self.supplies.get(key, _NOTHING)
        counter = (key, "" if supply.is_list else challenge)
        return counter, supply.values[self.served.get(counter, 0) :]

    def _is_another(self, challenge: str, new: Mapping[str, Secret], answers: Mapping[str, Secret]) -> bool:
        """Whether `answers`, of which `new` are, may do better in `challenge` than those that were refused.

        The choice of PASSWORD is refused for the password, which is asked for after it.
        """
        chosen = answers.get("ANSWER") if challenge == "SELECT_CHALLENGE" else None
        if chosen == Secret("PASSWORD") and ("PASSWORD", "PASSWORD") in self.last:
            return bool(self._left("PASSWORD", "PASSWORD")[1])
        return bool(new)

    def check_setup(self, challenge: Challenge | None) -> None:
        """See that the key of an authenticator app will not be lost, before there is one.

        Raises:
            Stop: there is no file for it.
        """
        if self.totp_secret_file is None:
            raise missing("MFA_SETUP", challenge.parameters if challenge else {}, ["--totp-secret-file"])

    def told(self) -> list[str]:
        """Where the key of an authenticator app is, if one was kept."""
        return [f"the key of the authenticator app is in {self.totp_secret_file}"] if self.kept else []

    def unused(self) -> list[str]:
        """Keys that never served."""
        used = {key for key, _ in self.served}
        return [key for key in self.supplies if key not in used]

    def _code(self, refused: CognitoError | None) -> Secret | None:
        """A code of TOTP_SECRET: the next one where the last is used up, else that of the next secret."""
        used_up = isinstance(refused, Refused) and refused.code == "ExpiredCodeException"
        app = self.authenticator
        if app is not None and (refused is None or (used_up and app.patient)):
            return app.code()
        secret = self.next(TOTP, TOTP_SECRET)
        if secret is None:
            return None
        self.authenticator = Authenticator(totp.key(secret), self.clock)
        return self.authenticator.code()

    def _set_up(self, prompt: Prompt, token: SoftwareToken) -> Answers:
        """The first code of a key that is in its file by then."""
        if prompt.refused is not None:
            raise prompt.refused
        if self.totp_secret_file is not None:
            keep(token.secret_code, self.totp_secret_file)
            self.kept = True
        name = self.next(prompt.challenge.name, "FriendlyDeviceName")
        code = Authenticator(totp.key(token.secret_code), self.clock).code()
        return {"UserCode": code, **({"FriendlyDeviceName": name} if name else {})}

    def _attributes(self, challenge: str) -> list[str]:
        """User attributes among the keys: they may be added though the challenge does not ask for them."""
        names = (key.removeprefix(f"{challenge}.") for key in self.supplies)
        return [name for name in names if name.startswith(USER_ATTRIBUTE)]


def given(source: str, totp_secret_file: Path | None = None) -> Given:
    """Read `--answers FILE`, or `-` for stdin, and check it whole.

    Raises:
        Stop: it cannot be read, is not one JSON object of strings and lists of strings, or has a
            TOTP_SECRET that makes no codes.
    """
    try:
        found = json.loads((rest_of_stdin() if source == "-" else Path(source).read_bytes()).decode())
    except OSError as error:
        raise _unfit(str(error.strerror)) from None
    except UnicodeDecodeError:
        raise _unfit("not text in UTF-8") from None
    except json.JSONDecodeError as error:
        raise _unfit(f"not JSON, line {error.lineno}") from None
    except (ValueError, RecursionError):  # a number, or a nesting, beyond Python's limits
        raise _unfit("not a JSON object of strings and lists of strings") from None
    if not isinstance(found, dict):
        raise _unfit("not a JSON object")
    supplies = {key: _supply(key, value) for key, value in found.items()}
    return Given(supplies, totp_secret_file, authenticator.THIS_MACHINES)


def _supply(key: str, value: object) -> Supply:
    items: list[object] = value if isinstance(value, list) else [value]
    values = tuple(Secret(item) for item in items if isinstance(item, str))
    if len(values) < len(items):
        raise _unfit(f"{key} is neither a string nor a list of strings")
    if key in {TOTP_SECRET, f"{TOTP}.{TOTP_SECRET}"}:
        _check_keys(key, values)
    return Supply(values, isinstance(value, list))


def _check_keys(key: str, values: Sequence[Secret]) -> None:
    for value in values:
        try:
            totp.key(value)
        except ValueError as error:
            raise _unfit(f"{key}: {error}") from None


def _unfit(problem: str) -> Stop:
    return Stop(Status.USAGE, f"cognito-tui: --answers: {problem}")
