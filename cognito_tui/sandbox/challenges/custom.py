"""CUSTOM_CHALLENGE: what the three Lambda triggers of a pool would do, here two riddles.

DefineAuthChallenge lets somebody in who has solved both, asks again after a wrong answer, and gives up after
the third for one riddle. CreateAuthChallenge tells the riddle in public parameters, VerifyAuthChallenge takes
the answer without regard to case, article and blanks.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from cognito_tui.sandbox.refusal import invalid_parameter, needed, triggers_gave_up
from cognito_tui.sandbox.sign_in import Answer, Kept, SignIn, Stage, challenge
from cognito_tui.sandbox.state import State

NAME: Final = "CUSTOM_CHALLENGE"

RIDDLES: Final = (
    ("What has eighty-eight keys and opens no door?", "piano"),
    ("What can be caught and not be thrown?", "cold"),
)
"""What is asked, and the answer."""

_TRIES: Final = 3


@dataclass(frozen=True)
class _Round:
    number: int = 0
    failures: int = 0


def check_triggers(sign_in: SignIn) -> None:
    """See that the pool has triggers.

    Raises:
        Refusal: row 31.
    """
    if not sign_in.pool.custom_auth:
        raise invalid_parameter("Custom auth lambda trigger is not configured for the user pool.")


def ask(state: State, sign_in: SignIn, at: _Round = _Round()) -> Answer:
    """The riddle of a round, for a ghost too: a trigger that gave it away would be a bad one."""
    parameters = {
        "USERNAME": sign_in.user.username,
        "riddle": RIDDLES[at.number][0],
        "round": f"{at.number + 1} of {len(RIDDLES)}",
        "triesLeft": str(_TRIES - at.failures),
    }
    return challenge(state, sign_in, NAME, parameters, at)


def answered(state: State, sign_in: SignIn, kept: Kept, responses: Mapping[str, str]) -> Answer | SignIn:
    """An answer was given: the next round, the same once more, or the end. There is no MFA after it.

    Raises:
        Refusal: row 34; row 14 when the triggers give up, which ends the Session.
    """
    answer = needed(responses, "ANSWER").strip().casefold()
    for article in ("a ", "an ", "the "):
        answer = answer.removeprefix(article)
    if sign_in.is_ghost or answer.strip() != RIDDLES[kept.number][1]:
        if kept.failures + 1 == _TRIES:
            raise triggers_gave_up()
        return ask(state, sign_in, _Round(kept.number, kept.failures + 1))
    if kept.number + 1 < len(RIDDLES):
        return ask(state, sign_in, _Round(kept.number + 1))
    return sign_in.at(Stage.MFA)
