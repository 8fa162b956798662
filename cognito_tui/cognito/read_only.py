"""What a read-only profile lets through."""

from __future__ import annotations

from typing import Final

from cognito_tui.cognito.steps import Call

_SIGN_IN: Final = frozenset(
    {
        "InitiateAuth",
        "AdminInitiateAuth",
        "RespondToAuthChallenge",
        "AdminRespondToAuthChallenge",
        "GetTokensFromRefreshToken",
    }
)
_OWN_TOKENS: Final = frozenset({"RevokeToken", "GlobalSignOut"})
_WITHIN_A_SIGN_IN: Final = frozenset({"AssociateSoftwareToken", "VerifySoftwareToken"})
"""Steps of a sign-in, unless they carry an access token: then they change a signed-in user's factors."""


def allowed_when_read_only(call: Call) -> bool:
    """Whether a read-only profile lets `call` go out.

    It lets reads through, signing in with all its challenges, refreshing, and revoking one's own tokens.
    """
    if call.operation in _WITHIN_A_SIGN_IN:
        return "AccessToken" not in call.params
    return call.reads_only or call.operation in _SIGN_IN | _OWN_TOKENS


def refusal_when_read_only(call: Call) -> str:
    """Why a read-only profile does not let `call` go out, and what to do, in one sentence."""
    return (
        f"{call.operation} was not sent: the profile is read only, so this app reads, signs in and revokes "
        "its own tokens, and changes nothing else in the user pool; edit the profile to allow it."
    )
