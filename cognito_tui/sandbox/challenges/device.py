"""DEVICE_SRP_AUTH and DEVICE_PASSWORD_VERIFIER: SRP once more, with the password of a device."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from cognito_tui.sandbox.challenges import proof
from cognito_tui.sandbox.devices import no_such_device
from cognito_tui.sandbox.refusal import needed, wrong_password
from cognito_tui.sandbox.sign_in import Answer, Kept, SignIn, Stage, challenge
from cognito_tui.sandbox.state import State

BEGIN: Final = "DEVICE_SRP_AUTH"
NAME: Final = "DEVICE_PASSWORD_VERIFIER"


def ask(state: State, sign_in: SignIn) -> Answer:
    """DEVICE_SRP_AUTH, which tells nothing."""
    return challenge(state, sign_in, BEGIN, {})


def begun(state: State, sign_in: SignIn, _kept: Kept, responses: Mapping[str, str]) -> Answer:
    """DEVICE_SRP_AUTH was answered with SRP_A.

    Raises:
        Refusal: rows 34 and 49; InvalidParameterException for an SRP_A that is none.
    """
    key, srp_a = needed(responses, "DEVICE_KEY"), needed(responses, "SRP_A")
    device = sign_in.device
    if device is None or device.verifier is None:
        raise no_such_device()
    asked = proof.exchange(state, device.group_key + key, device.verifier, srp_a)
    parameters = {**proof.parameters(asked, sign_in.user.username), "DEVICE_KEY": key}
    return challenge(state, sign_in, NAME, parameters, asked)


def answered(state: State, sign_in: SignIn, kept: Kept, responses: Mapping[str, str]) -> SignIn:
    """The device's proof was given. A failed one does not lock the user out (inferred).

    Raises:
        Refusal: rows 34, 49 and 5.
    """
    needed(responses, "DEVICE_KEY")
    device = sign_in.device
    if device is None:
        raise no_such_device()
    if not proof.holds(state, kept, responses):
        raise wrong_password()
    used = replace(device, last_used=state.clock())
    return sign_in.with_user(sign_in.pool.put(sign_in.user.with_device(used))).at(Stage.DEVICE)
