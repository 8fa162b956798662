"""What comes next in a sign-in, and at last the tokens."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from cognito_tui.cognito.model import UserStatus
from cognito_tui.sandbox.challenges import (
    choice,
    codes,
    custom,
    device,
    mfa,
    new_password,
    password,
    password_verifier,
    web_authn,
)
from cognito_tui.sandbox.devices import new_device
from cognito_tui.sandbox.sign_in import Answer, Kept, SignIn, Stage
from cognito_tui.sandbox.state import State

Answered = Callable[[State, SignIn, Kept, Mapping[str, str]], Answer | SignIn]

CHALLENGES: Final[Mapping[str, Answered]] = {
    new_password.NAME: new_password.answered,
    password.NAME: password.answered,
    password_verifier.NAME: password_verifier.answered,
    password_verifier.CHOICE: password_verifier.srp_a_answered,
    choice.NAME: choice.answered,
    **dict.fromkeys(codes.WAYS, codes.answered),
    custom.NAME: custom.answered,
    web_authn.NAME: web_authn.answered,
    mfa.SOFTWARE_TOKEN: mfa.token_answered,
    mfa.SELECT: mfa.selected,
    mfa.SETUP: mfa.set_up,
    device.BEGIN: device.begun,
    device.NAME: device.answered,
}
"""Each challenge that can be answered, and by what."""


def next_step(state: State, sign_in: SignIn) -> Answer:
    """A new password, a second factor, the device, or tokens.

    A remembered device takes the place of the second factor where the pool has it so.

    Raises:
        Refusal: row 8.
    """
    if sign_in.user.status is UserStatus.FORCE_CHANGE_PASSWORD:
        return new_password.ask(state, sign_in)
    if sign_in.stage < Stage.MFA and not _is_trusted(sign_in) and (asked := mfa.asked(state, sign_in)):
        return asked
    if sign_in.stage < Stage.DEVICE and sign_in.device:
        return device.ask(state, sign_in)
    return _authenticated(state, sign_in)


def _is_trusted(sign_in: SignIn) -> bool:
    known, tracking = sign_in.device, sign_in.pool.devices
    return bool(known and known.remembered and tracking and tracking.challenge_on_new_device)


def _authenticated(state: State, sign_in: SignIn) -> Answer:
    """The answer that ends a sign-in; with a device that is new, NewDeviceMetadata."""
    user, pool, key, news = sign_in.user, sign_in.pool, sign_in.device_key, {}
    if not sign_in.device:
        key = ""
    if sign_in.tracks_devices and not key:
        found = new_device(pool.pool_id, state.token_bytes, state.clock())
        user, key = pool.put(user.with_device(found)), found.key
        news = {"NewDeviceMetadata": {"DeviceKey": found.key, "DeviceGroupKey": found.group_key}}
    _note(state, sign_in)
    refresh, grant = state.refresh_tokens.issue(sign_in.client.client_id, user.sub, key)
    result = state.signer.mint(
        user, grant, state.issuer(pool), now=state.clock(), token_bytes=state.token_bytes
    )
    return {
        "ChallengeParameters": {},
        "AuthenticationResult": {**result, "RefreshToken": refresh, **news},
    }


def _note(state: State, sign_in: SignIn) -> None:
    """Remember the sign-in where the pool does, and make room for its session.

    At the limit the least recently used session of the user goes (service model, MaxPerUser).
    """
    user, pool, tokens = sign_in.user, sign_in.pool, state.refresh_tokens
    if pool.protects:
        second = {"Mfa": True} if sign_in.stage >= Stage.MFA and user.mfa else {}
        state.auth_events.record(
            user.sub, state.clock(), passed=True, challenges={"Password": True, **second}
        )
    if pool.sessions:
        by_use = sorted(tokens.families(user.sub), key=lambda family: family.active)
        for family in by_use[: max(0, len(by_use) - pool.sessions.most + 1)]:
            tokens.revoke_family(family.origin)
