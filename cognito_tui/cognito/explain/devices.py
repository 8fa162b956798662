"""Errors about remembered devices: row 49 of the catalogue, and what a device's proof meets."""

from __future__ import annotations

from cognito_tui.cognito.errors import Refused
from cognito_tui.cognito.explain.values import EDIT, START_AGAIN, Cause, Certainty, Explanation, Situation


def lost(_error: Refused, _known: Situation) -> Explanation:
    """Row 49: Cognito does not know the device of the request."""
    return Explanation(
        meaning="Cognito does not know this device.",
        causes=(
            Cause("The device was forgotten", Certainty.LIKELY, "by the user or an administrator"),
            Cause("It is another user's or another pool's", Certainty.POSSIBLE),
        ),
        fixes=(START_AGAIN, EDIT),
        read_it="A sign-in without DEVICE_KEY works as ever, with a second factor where one is wanted.",
    )


def wrong_proof(_known: Situation) -> Explanation:
    """Row 5, at DEVICE_PASSWORD_VERIFIER."""
    return Explanation(
        meaning="The device could not prove itself; the user's own password was taken before.",
        causes=(
            Cause(
                "The verifier Cognito has is not of this device's password",
                Certainty.LIKELY,
                "ConfirmDevice takes a wrong one without a word",
            ),
            Cause("The proof came too late", Certainty.POSSIBLE, "Cognito waits for it some seconds"),
        ),
        fixes=(START_AGAIN, EDIT),
        read_it="Forget the device and sign in without it; then it can be remembered anew.",
    )


def remembered_already(_error: Refused, _known: Situation) -> Explanation:
    """`DeviceKeyExistsException` of ConfirmDevice."""
    return Explanation(
        meaning="The device is remembered already.",
        causes=(Cause("ConfirmDevice was called before for this sign-in", Certainty.CERTAIN),),
        fixes=(START_AGAIN, EDIT),
        read_it="Each sign-in names a new device until one of them is sent along.",
    )
