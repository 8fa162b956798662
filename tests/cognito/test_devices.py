from __future__ import annotations

import base64

import pytest

from cognito_tui.cognito.errors import BadRequest, Refused
from cognito_tui.cognito.flows.devices import confirm_device
from cognito_tui.cognito.means import Means
from cognito_tui.cognito.model import Device, Secret
from cognito_tui.cognito.srp import DeviceSecretVerifier
from tests.cognito.srp_server import Server, revealed
from tests.dialogue import NOW, calls, means, play, refuse

ACCESS = Secret("eyJ.access.token")
NEW = Device("eu-west-1_6a1f", "-group")
UNDECIDED = {"UserConfirmationNecessary": True}
DECIDED = {"UserConfirmationNecessary": False}


def test_cognito_gets_a_verifier_that_fits_the_password_that_is_kept() -> None:
    steps, confirmed = play(confirm_device(ACCESS, NEW, means(), device_name="a laptop"), [DECIDED])
    (call,) = calls(steps)
    assert confirmed is not None
    kept = confirmed.device
    assert (kept.key, kept.group_key) == (NEW.key, NEW.group_key)
    assert len(base64.b64decode(kept.password.reveal())) == 40
    assert call.operation == "ConfirmDevice"
    assert not call.signed
    config = call.params["DeviceSecretVerifierConfig"]
    salt = int.from_bytes(base64.b64decode(revealed(config["Salt"])))
    server = Server(NEW.group_key, NEW.key, kept.password.reveal(), salt, 1)
    assert int.from_bytes(base64.b64decode(revealed(config["PasswordVerifier"]))) == server.verifier
    assert call.params["DeviceName"] == "a laptop"
    assert kept.password.reveal() not in repr(steps)


@pytest.mark.parametrize(
    ("answer", "decides"),
    [(UNDECIDED, True), (DECIDED, False), ({}, False)],
    ids=["asks", "does not", "silent"],
)
def test_whether_the_user_decides_is_cognitos_word(answer: dict[str, bool], decides: bool) -> None:
    steps, confirmed = play(confirm_device(ACCESS, NEW, means()), [answer])
    assert [call.operation for call in calls(steps)] == ["ConfirmDevice"]
    assert confirmed is not None
    assert confirmed.user_decides is decides


def test_each_device_has_a_password_and_a_salt_of_its_own() -> None:
    shared = means()
    first, second = (play(confirm_device(ACCESS, NEW, shared), [DECIDED]) for _ in range(2))
    assert first[1] != second[1]
    salts = [calls(steps)[0].params["DeviceSecretVerifierConfig"]["Salt"] for steps, _ in (first, second)]
    assert salts[0] != salts[1]


def test_a_verifier_that_does_not_fit_is_not_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    right = DeviceSecretVerifier.of
    monkeypatch.setattr(
        DeviceSecretVerifier,
        "of",
        lambda device, salt: DeviceSecretVerifier(right(device, salt).salt, right(device, salt).verifier + 1),
    )
    with pytest.raises(BadRequest, match="nothing was sent"):
        play(confirm_device(ACCESS, NEW, means()), [])


def test_randomness_that_is_all_zeros_still_fits() -> None:
    _, confirmed = play(confirm_device(ACCESS, NEW, Means(bytes, lambda: NOW)), [DECIDED])
    assert confirmed is not None


def test_a_refusal_ends_the_flow() -> None:
    refused = refuse("ConfirmDevice", "NotAuthorizedException", "Access Token has expired")
    with pytest.raises(Refused, match="expired"):
        play(confirm_device(ACCESS, NEW, means()), [refused])
