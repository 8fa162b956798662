"""Which refusals the form itself shows, and which need an explanation in its place."""

from __future__ import annotations

from typing import Final

from cognito_tui.cognito.errors import BadRequest, CognitoError, Refused
from cognito_tui.cognito.explain import about_the_answer

_PROOFS: Final = frozenset({"PASSWORD", "SELECT_CHALLENGE", "WEB_AUTHN"})
"""Challenges whose answer is the proof itself: "Incorrect username or password" is about it."""


def keeps_the_form(error: CognitoError, challenge: str) -> bool:
    """Whether the form of `challenge` shows why its answer was not taken, and asks again."""
    if not isinstance(error, Refused):
        return type(error) in {CognitoError, BadRequest}  # the flow's own words about the answer
    wrong_proof = error.code == "NotAuthorizedException" and error.message.startswith("Incorrect username")
    return about_the_answer(error) or (wrong_proof and challenge in _PROOFS)
