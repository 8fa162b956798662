"""Errors about tokens: rows 15 to 20 and 61 of the catalogue."""

from __future__ import annotations

from cognito_tui.cognito.errors import Refused
from cognito_tui.cognito.explain.sign_in import wrong_api
from cognito_tui.cognito.explain.values import (
    EDIT,
    EDIT_PROFILE,
    RETRY,
    START_AGAIN,
    Cause,
    Certainty,
    Explanation,
    Situation,
)


def invalid_refresh_token(_error: Refused, known: Situation) -> Explanation:
    """Row 15: one sentence for many causes."""
    return Explanation(
        meaning="Cognito does not take the refresh token, and does not say why.",
        causes=(
            Cause("It was issued for another client or pool", Certainty.LIKELY, known.client.client_id),
            Cause("It was rotated out, revoked, or the user has signed out everywhere", Certainty.LIKELY),
            Cause(
                "The pool remembers devices, and DEVICE_KEY is missing or another one",
                Certainty.POSSIBLE,
                "it has to be the one of the sign-in",
            ),
            Cause(
                "The sign-in was an admin's", Certainty.POSSIBLE, "no device tracking: it cannot be refreshed"
            ),
        ),
        fixes=(START_AGAIN, EDIT_PROFILE, EDIT),
    )


def refresh_token_over(error: Refused, _known: Situation) -> Explanation:
    """Rows 16 and 17."""
    revoked = "revoked" in error.message
    return Explanation(
        meaning=f"The refresh token {'was revoked' if revoked else 'is too old'}: sign in again.",
        causes=(
            Cause("RevokeToken or a sign-out has ended it", Certainty.CERTAIN)
            if revoked
            else Cause(
                "It is older than the client's RefreshTokenValidity",
                Certainty.CERTAIN,
                "30 days unless set otherwise",
            ),
        ),
        fixes=(START_AGAIN, EDIT),
    )


def refresh_token_reused(_error: Refused, _known: Situation) -> Explanation:
    """Row 61: the client rotates refresh tokens, and this one was used up."""
    return Explanation(
        meaning="The refresh token was used before: the client rotates them, and each is good once.",
        causes=(
            Cause("A newer one was given in exchange, and was not kept", Certainty.LIKELY),
            Cause("Somebody else has used it", Certainty.POSSIBLE, "which is what rotation is to show"),
        ),
        fixes=(START_AGAIN, EDIT),
        read_it="For RetryGracePeriodSeconds, 60 at most, the old one still works.",
    )


def access_token_over(_error: Refused, _known: Situation) -> Explanation:
    """Rows 18 and 19."""
    return Explanation(
        meaning="Cognito does not take the access token.",
        causes=(
            Cause("It has run out", Certainty.LIKELY, "an hour unless set otherwise"),
            Cause("It was revoked, or the user has signed out everywhere", Certainty.POSSIBLE),
            Cause("It is an ID token", Certainty.POSSIBLE, "only the access token does"),
        ),
        fixes=(START_AGAIN, EDIT),
    )


def scope_missing(_error: Refused, _known: Situation) -> Explanation:
    """Row 20."""
    return Explanation(
        meaning="The access token may not be used for this.",
        causes=(
            Cause(
                "It lacks the scope aws.cognito.signin.user.admin",
                Certainty.CERTAIN,
                "tokens of the hosted pages have it only when it was asked for",
            ),
        ),
        fixes=(START_AGAIN, EDIT),
    )


def not_the_clients_token(_error: Refused, known: Situation) -> Explanation:
    """UnauthorizedException of RevokeToken (service model); its wordings are not known."""
    return Explanation(
        meaning="Cognito does not let this client revoke the token.",
        causes=(
            Cause("It was issued to another client", Certainty.LIKELY, f"not to {known.client.client_id}"),
            Cause("The client secret is missing or another one", Certainty.LIKELY)
            if known.client.secret is None
            else Cause("The client secret is another one", Certainty.POSSIBLE),
        ),
        fixes=(EDIT_PROFILE, EDIT),
    )


def not_revocable(_error: Refused, _known: Situation) -> Explanation:
    """UnsupportedTokenTypeException of RevokeToken (service model)."""
    return Explanation(
        meaning="Only refresh tokens can be revoked.",
        causes=(
            Cause(
                "It is an ID or access token",
                Certainty.LIKELY,
                "those go with the refresh token of the same sign-in",
            ),
        ),
        fixes=(EDIT,),
    )


def unsupported(error: Refused, known: Situation) -> Explanation:
    """UnsupportedOperationException: of RevokeToken it is about the client, elsewhere about the API."""
    if error.operation != "RevokeToken":
        return wrong_api(error, known)
    return Explanation(
        meaning="The client does not let its tokens be revoked.",
        causes=(
            Cause(
                "EnableTokenRevocation is off for it",
                Certainty.LIKELY,
                "tokens without the claim origin_jti show the same",
            ),
        ),
        fixes=(RETRY, EDIT_PROFILE),
        read_it="A global sign-out ends them all the same.",
    )
