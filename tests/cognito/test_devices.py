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
    steps, kept = play(confirm_device(ACCESS, NEW, means(), device_name="a laptop"), [DECIDED])
    (call,) = calls(steps)
    assert kept is not None
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


@pytest.mark.parametrize("remember", [True, False, None])
@pytest.mark.parametrize("answer", [UNDECIDED, DECIDED, {}], ids=["asks", "does not ask", "says nothing"])
def test_the_users_word_is_passed_on_where_cognito_wants_it(
    remember: bool | None, answer: dict[str, bool]
) -> None:
    steps, kept = play(confirm_device(ACCESS, NEW, means(), remember=remember), [answer, {}])
    told = [
        call.params["DeviceRememberedStatus"]
        for call in calls(steps)
        if call.operation == "UpdateDeviceStatus"
    ]
    wanted = answer.get("UserConfirmationNecessary") and remember is not None
    assert told == (["remembered" if remember else "not_remembered"] if wanted else [])
    assert kept is not None


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
    _, kept = play(confirm_device(ACCESS, NEW, Means(bytes, lambda: NOW)), [DECIDED])
    assert kept is not None


def test_a_refusal_ends_the_flow() -> None:
    refused = refuse("ConfirmDevice", "NotAuthorizedException", "Access Token has expired")
    with pytest.raises(Refused, match="expired"):
        play(confirm_device(ACCESS, NEW, means()), [refused])
