"""Errors a sign-in meets, and what frees the user from each."""

from __future__ import annotations

import re
import shlex
from dataclasses import replace
from typing import Final

from cognito_tui.cognito import checks
from cognito_tui.cognito.auth_flows import ABOUT
from cognito_tui.cognito.errors import Refused
from cognito_tui.cognito.explain import devices, pool
from cognito_tui.cognito.explain.values import (
    EDIT,
    EDIT_PROFILE,
    RETRY,
    SHOW_USER,
    START_AGAIN,
    Cause,
    Certainty,
    Check,
    Explanation,
    Fix,
    Remedy,
    Situation,
)
from cognito_tui.cognito.model import AuthFlow


def wrong_password(_error: Refused, known: Situation) -> Explanation:
    """Row 5: the same words for a wrong password, an unknown user, and a device or trigger that said no."""
    if known.challenge == "DEVICE_PASSWORD_VERIFIER":
        return devices.wrong_proof(known)
    if known.challenge == "CUSTOM_CHALLENGE":
        return pool.custom_auth_failed(known)
    oddity = checks.username_oddity(known.username)
    return Explanation(
        meaning="Wrong password, or no such user: Cognito does not say which.",
        causes=(
            *((Cause(oddity.capitalize(), Certainty.LIKELY),) if oddity else ()),
            Cause("The password is not the user's", Certainty.LIKELY, "letter case; a blank copied along"),
            Cause("No such user in this pool", Certainty.LIKELY, "masked by PreventUserExistenceErrors"),
            *(
                (Cause("The proof came too late", Certainty.POSSIBLE, "Cognito waits for it some seconds"),)
                if known.challenge == "PASSWORD_VERIFIER"
                else ()
            ),
        ),
        checks=_hash_was_right(known),
        fixes=(EDIT, SHOW_USER, _command(known, "copy: ask for the user", "admin-get-user")),
        read_it="A wrong or missing SECRET_HASH gives another message, so the hash was accepted."
        if known.client.secret
        else "",
    )


def locked_out(_error: Refused, _known: Situation) -> Explanation:
    """Row 6: five failures, then 2^(n-5) seconds, up to about 15 minutes (Developer Guide, lockout)."""
    return Explanation(
        meaning="Too many wrong passwords: Cognito refuses even the right one for a while.",
        causes=(
            Cause(
                "Five or more failures in a row",
                Certainty.CERTAIN,
                "1 s, then double each time, up to 15 minutes",
            ),
        ),
        fixes=(RETRY, EDIT),
        read_it="Waiting is enough; nothing has to be unlocked.",
    )


def disabled(_error: Refused, known: Situation) -> Explanation:
    """Row 7."""
    return Explanation(
        meaning="The user is switched off, whatever its status.",
        causes=(Cause("An administrator has disabled the user", Certainty.CERTAIN),),
        fixes=(SHOW_USER, _command(known, "copy: enable the user", "admin-enable-user"), EDIT),
    )


def temporary_password_expired(_error: Refused, known: Situation) -> Explanation:
    """Rows 8 and 9."""
    return Explanation(
        meaning="The temporary password was not used in time and is dead.",
        causes=(
            Cause(
                "Older than the pool's TemporaryPasswordValidityDays",
                Certainty.CERTAIN,
                "7 days unless set otherwise",
            ),
        ),
        fixes=(
            SHOW_USER,
            _command(known, "copy: send a new one", "admin-create-user", "--message-action", "RESEND"),
            EDIT,
        ),
        read_it="A new temporary password starts the clock again: AdminCreateUser with RESEND mails one, "
        "AdminSetUserPassword sets one and mails nothing.",
    )


def not_confirmed(_error: Refused, known: Situation) -> Explanation:
    """Row 50."""
    return Explanation(
        meaning="The user has signed up and never confirmed it.",
        causes=(Cause("The code of the sign-up was never given back", Certainty.CERTAIN),),
        fixes=(SHOW_USER, _command(known, "copy: confirm the user", "admin-confirm-sign-up"), EDIT),
    )


def reset_required(_error: Refused, known: Situation) -> Explanation:
    """Row 51."""
    return Explanation(
        meaning="The user must set a new password with a code before signing in.",
        causes=(
            Cause("An administrator has reset the password", Certainty.LIKELY, "status RESET_REQUIRED"),
            Cause("The user was imported and never had one", Certainty.POSSIBLE),
        ),
        fixes=(SHOW_USER, _command(known, "copy: send a code", "admin-reset-user-password"), EDIT),
        read_it="ForgotPassword sends a code, ConfirmForgotPassword takes it with the new password.",
    )


def no_such_user(_error: Refused, known: Situation) -> Explanation:
    """Row 45."""
    oddity = checks.username_oddity(known.username)
    return Explanation(
        meaning="This pool has no such user.",
        causes=(
            *((Cause(oddity.capitalize(), Certainty.LIKELY),) if oddity else ()),
            Cause("Another pool's user, or a typing error", Certainty.LIKELY, known.client.user_pool_id),
            Cause(
                "The pool does not take this alias", Certainty.POSSIBLE, "a sub is not a sign-in name either"
            ),
        ),
        fixes=(EDIT, EDIT_PROFILE),
    )


def no_such_client(_error: Refused, known: Situation) -> Explanation:
    """Rows 47 and 48."""
    fits = known.client.user_pool_id.startswith(f"{known.region}_")
    ids = Cause("The id is not right, or it was deleted", Certainty.LIKELY, known.client.client_id)
    region = Cause(
        "The region is not the pool's",
        Certainty.RULED_OUT if fits else Certainty.LIKELY,
        f"asked in {known.region or 'an unknown region'}",
    )
    elsewhere = Cause(
        "The endpoint has other pools, or was started anew", Certainty.LIKELY, known.endpoint_url or ""
    )
    return Explanation(
        meaning="No such app client or user pool where we asked.",
        causes=(
            *((elsewhere,) if known.endpoint_url else ()),
            *((ids, region) if fits else (region, ids)),
        ),
        checks=(Check("the pool ID begins with the region", fits),),
        fixes=(EDIT_PROFILE, EDIT),
    )


def flow_off(error: Refused, known: Situation) -> Explanation:
    """Rows 27 to 30 and 33: the client does not let in the flow that the message names, or ours."""
    flow = _flow_meant(error, known)
    about = ABOUT.get(flow) if flow else None
    switch = about.to_switch_on if about else f"ALLOW_{known.auth_flow}"
    return Explanation(
        meaning=f"The app client does not allow {flow or known.auth_flow}.",
        causes=(
            Cause(f"{switch} is not among its ExplicitAuthFlows", Certainty.CERTAIN, _older_kind(known)),
            *(
                (Cause("Without a password, CUSTOM_AUTH is taken for granted", Certainty.POSSIBLE),)
                if flow is AuthFlow.CUSTOM_AUTH and known.auth_flow != AuthFlow.CUSTOM_AUTH
                else ()
            ),
            *(
                (Cause("Its tokens rotate: GetTokensFromRefreshToken takes them", Certainty.POSSIBLE),)
                if flow is AuthFlow.REFRESH_TOKEN_AUTH
                else ()
            ),
        ),
        fixes=(*_other_flows(known), EDIT, EDIT_PROFILE),
        read_it="To switch it on, UpdateUserPoolClient must be given every setting of the client: "
        "it resets those it is not given.",
    )


def _flow_meant(error: Refused, known: Situation) -> AuthFlow | None:
    if re.match("Refresh Token", error.message, re.IGNORECASE):
        return AuthFlow.REFRESH_TOKEN_AUTH
    named = re.match(r"\w+_AUTH\b", error.message)
    flow = named[0] if named else known.auth_flow
    return AuthFlow(flow) if flow in set(AuthFlow) else None


def _older_kind(known: Situation) -> str:
    """That the client's flows have to be renamed first: ALLOW_* cannot be mixed with the older values."""
    flows = known.described.explicit_auth_flows if known.described else ()
    older = [flow for flow in flows if not flow.startswith("ALLOW_")]
    return f"{', '.join(older)} is of the older kind: rename it first" if older else ""


def wrong_api(_error: Refused, known: Situation) -> Explanation:
    """Row 32: an admin flow sent to the public operation, or the other way round."""
    return Explanation(
        meaning=f"{known.auth_flow} does not exist for this operation.",
        causes=(
            Cause(
                "ADMIN_* flows go to AdminInitiateAuth only, USER_PASSWORD_AUTH to InitiateAuth only",
                Certainty.CERTAIN,
            ),
        ),
        fixes=(*_other_flows(known), EDIT),
    )


def session_over(error: Refused, known: Situation) -> Explanation:
    """Rows 12 to 14."""
    used = error.session_used
    if used and known.after_lost:
        return _taken_all_the_same(known)
    expired = "expired" in error.message
    return Explanation(
        meaning="The Session of this walk is no longer good. The password was not changed by this answer.",
        causes=(
            Cause("It was used already: Cognito took an answer before", Certainty.CERTAIN)
            if used
            else Cause(
                "It is older than the client's AuthSessionValidity",
                Certainty.CERTAIN,
                "3 minutes unless set otherwise",
            )
            if expired
            else Cause("It belongs to another user, client or challenge", Certainty.LIKELY),
        ),
        fixes=(START_AGAIN,),
        read_it="An answer whose reply was lost counts as used: the new password may be set already."
        if used
        else "",
    )


def _taken_all_the_same(known: Situation) -> Explanation:
    """The answer before went out, and its reply never came."""
    new_password = known.challenge == "NEW_PASSWORD_REQUIRED"
    return Explanation(
        meaning="The answer that was lost was carried out, most likely: its Session is used up."
        + (" The new password is set then." if new_password else ""),
        causes=(Cause("Cognito took the answer, and its reply was lost on the way", Certainty.LIKELY),),
        fixes=(replace(START_AGAIN, consequence="with the new password") if new_password else START_AGAIN,),
        read_it="If the new password is refused, it was not taken, and the old one is still good."
        if new_password
        else "",
    )


def already_provided(_error: Refused, _known: Situation) -> Explanation:
    """Rows 11 and 21."""
    return Explanation(
        meaning="An attribute was sent that the user has already, or that this client may not write.",
        causes=(
            Cause(
                "The attribute has a value, or is not among the client's WriteAttributes", Certainty.CERTAIN
            ),
        ),
        fixes=(EDIT, START_AGAIN),
    )


def limit_exceeded(_error: Refused, _known: Situation) -> Explanation:
    """Row 58."""
    return Explanation(
        meaning="A limit for this user or this account is used up.",
        causes=(Cause("Too many attempts in a short time", Certainty.LIKELY),),
        fixes=(EDIT, RETRY),
    )


def bad_value(_error: Refused, _known: Situation) -> Explanation:
    """Rows 34 to 36 and 44: a value that Cognito does not take."""
    return Explanation(meaning="Cognito does not take a value of the request.", fixes=(EDIT,))


def policy_not_met(_error: Refused, _known: Situation) -> Explanation:
    """Row 56: the message names the first demand that is not met."""
    return Explanation(
        meaning="The new password does not meet the pool's password policy.",
        causes=(Cause("What it lacks stands in the message", Certainty.CERTAIN, "one demand at a time"),),
        fixes=(EDIT,),
    )


def password_used_before(_error: Refused, _known: Situation) -> Explanation:
    """PasswordHistorySize of the pool (service model, PasswordPolicyType)."""
    return Explanation(
        meaning="The pool's password policy does not take a password that the user had before.",
        causes=(Cause("It is among the last PasswordHistorySize passwords", Certainty.CERTAIN),),
        fixes=(EDIT,),
    )


def alias_taken(_error: Refused, _known: Situation) -> Explanation:
    """Row 59: an e-mail or a phone number is a sign-in name here, and another user has it."""
    return Explanation(
        meaning="Another user of the pool has this e-mail or phone number as a sign-in name.",
        causes=(Cause("The value is an alias of another user", Certainty.CERTAIN),),
        fixes=(EDIT,),
    )


def anything(error: Refused, known: Situation) -> Explanation:
    """An error nobody has described yet."""
    return Explanation(
        meaning=f"{error.operation} was refused.",
        fixes=(EDIT, RETRY, *((START_AGAIN,) if known.challenge else ())),
    )


def _hash_was_right(known: Situation) -> tuple[Check, ...]:
    if not known.client.secret:
        return ()
    return (Check("SECRET_HASH", good=True, result="accepted"),)


_OFFERED: Final = {
    AuthFlow.USER_PASSWORD_AUTH: "password over TLS",
    AuthFlow.ADMIN_USER_PASSWORD_AUTH: "as an admin",
}
"""Flows that may stand in for another, best first."""


def _other_flows(known: Situation) -> tuple[Fix, ...]:
    """The best other flow that the client is not known to refuse."""
    for flow, says in _OFFERED.items():
        same = flow == known.auth_flow or (flow.is_admin and known.auth_flow.startswith("ADMIN_"))
        if not same and (known.described is None or known.described.allows(flow)):
            return (Fix("f", Remedy.OTHER_FLOW, flow, says, flow),)
    return ()


def _command(known: Situation, text: str, operation: str, *options: str) -> Fix:
    """An AWS CLI command for an admin; it holds ids and the username, never a secret."""
    words = ["aws", "cognito-idp", operation, "--user-pool-id", known.client.user_pool_id]
    words += ["--username", known.username, *options, "--region", known.region]
    if known.endpoint_url:
        words += ["--endpoint-url", known.endpoint_url]
    if known.aws_profile:
        words += ["--profile", known.aws_profile]
    return Fix("c", Remedy.COPY_COMMAND, text, "AWS CLI command", shlex.join(words))
