"""Devices: told with tokens, confirmed, remembered, proven, forgotten."""

from __future__ import annotations

from typing import Any

import pytest

from cognito_tui.cognito.model import Secret
from cognito_tui.sandbox.devices import DeviceTracking
from cognito_tui.sandbox.totp import SoftwareToken
from tests.sandbox.house import PASSWORD, House, secret_hash
from tests.sandbox.prover import Prover, device_secret

WRONG = ("NotAuthorizedException", "Incorrect username or password.")
NO_DEVICE = ("ResourceNotFoundException", "Device does not exist.")
FOREIGN = "local_00000000-0000-4000-8000-000000000000"
APP = SoftwareToken(Secret("ANAMADEUPSECRETS"))


class Machine:
    """A device of ana's, from the tokens that told of it."""

    def __init__(self, house: House, result: dict[str, Any]) -> None:
        self.house = house
        self.access_token: str = result["AccessToken"]
        metadata = result["NewDeviceMetadata"]
        self.key, self.group_key = metadata["DeviceKey"], metadata["DeviceGroupKey"]
        self.password, self.config = device_secret(metadata)

    def confirm(self) -> Any:
        return self.house.ask(
            "ConfirmDevice",
            AccessToken=self.access_token,
            DeviceKey=self.key,
            DeviceSecretVerifierConfig=self.config,
            DeviceName="a machine",
        )

    def status(self, status: str) -> None:
        self.ask("UpdateDeviceStatus", DeviceRememberedStatus=status)

    def ask(self, operation: str, **params: str) -> Any:
        return self.house.ask(operation, AccessToken=self.access_token, DeviceKey=self.key, **params)

    def prove(
        self, challenge: Any, password: str | None = None, client: str = "openclient"
    ) -> tuple[Any, dict[str, str]]:
        """DEVICE_PASSWORD_VERIFIER, and the answer to it."""
        assert challenge["ChallengeName"] == "DEVICE_SRP_AUTH"
        prover = Prover(password or self.password)
        hashed = {"SECRET_HASH": secret_hash("ana")} if client == "secretclient" else {}
        given = {"USERNAME": "ana", "DEVICE_KEY": self.key, "SRP_A": prover.srp_a, **hashed}
        asked = self.house.respond(challenge, client, **given)
        parameters, now = asked["ChallengeParameters"], self.house.clock()
        return asked, {**prover.device_proof(parameters, self.group_key, self.key, now), **hashed}


@pytest.fixture
def house() -> House:
    house = House()
    house.pool.devices = DeviceTracking()
    return house


@pytest.fixture
def machine(house: House) -> Machine:
    machine = Machine(house, signed_in(house))
    assert machine.confirm() == {"UserConfirmationNecessary": False}
    return machine


def signed_in(house: House, **parameters: str) -> Any:
    return house.begin("USER_PASSWORD_AUTH", PASSWORD=PASSWORD, **parameters)["AuthenticationResult"]


class TestTelling:
    def test_new_tokens_tell_of_a_new_device(self, house: House) -> None:
        first, second = (signed_in(house)["NewDeviceMetadata"] for _ in range(2))
        assert first["DeviceKey"].startswith("local_")
        assert first["DeviceKey"] != second["DeviceKey"]
        assert len(first["DeviceGroupKey"]) == 9

    def test_unless_the_pool_tracks_none(self, house: House) -> None:
        house.pool.devices = None
        assert "NewDeviceMetadata" not in signed_in(house, DEVICE_KEY=FOREIGN)

    def test_or_an_administrator_signs_in(self, house: House) -> None:
        start = house.start(flow="ADMIN_USER_PASSWORD_AUTH")
        start["AuthParameters"]["DEVICE_KEY"] = FOREIGN
        assert "NewDeviceMetadata" not in house.ask("AdminInitiateAuth", **start)["AuthenticationResult"]


class TestConfirming:
    def test_happens_once(self, machine: Machine) -> None:
        params = {"AccessToken": machine.access_token, "DeviceKey": machine.key}
        assert machine.house.refused(
            "ConfirmDevice", **params, DeviceSecretVerifierConfig=machine.config
        ) == ("DeviceKeyExistsException", "Device key already exists.")

    def test_asks_the_user_where_the_pool_says_so(self, house: House) -> None:
        house.pool.devices = DeviceTracking(user_decides=True)
        machine = Machine(house, signed_in(house))
        assert machine.confirm() == {"UserConfirmationNecessary": True}
        assert status_of(machine) == "not_remembered"
        machine.status("remembered")
        assert status_of(machine) == "remembered"

    def test_is_for_a_device_the_tokens_told_of(self, house: House) -> None:
        token = signed_in(house)["AccessToken"]
        assert house.refused("ConfirmDevice", AccessToken=token, DeviceKey=FOREIGN) == NO_DEVICE

    @pytest.mark.parametrize(
        ("config", "words"),
        [
            ({}, "Missing required parameter Salt"),
            ({"Salt": "AAAA"}, "Missing required parameter PasswordVerifier"),
            ({"Salt": "AAAA", "PasswordVerifier": "not base64"}, "PasswordVerifier is not base64"),
            ({"Salt": "ü", "PasswordVerifier": "AAAA"}, "Salt is not base64"),
        ],
    )
    def test_needs_verifier_and_salt(self, house: House, config: dict[str, str], words: str) -> None:
        machine = Machine(house, signed_in(house))
        machine.config = config
        params = {"AccessToken": machine.access_token, "DeviceKey": machine.key}
        assert house.refused("ConfirmDevice", **params, DeviceSecretVerifierConfig=config) == (
            "InvalidParameterException",
            words,
        )

    def test_takes_a_wrong_verifier_in_silence(self, house: House) -> None:
        machine = Machine(house, signed_in(house))
        machine.config["PasswordVerifier"] = "AAAA"
        assert machine.confirm() == {"UserConfirmationNecessary": False}
        challenge = house.begin("USER_PASSWORD_AUTH", PASSWORD=PASSWORD, DEVICE_KEY=machine.key)
        asked, proof = machine.prove(challenge)
        assert house.rejected(asked, **proof) == WRONG


class TestProving:
    def challenge(self, machine: Machine) -> Any:
        key = machine.key
        return machine.house.begin("USER_PASSWORD_AUTH", PASSWORD=PASSWORD, DEVICE_KEY=key)

    def test_the_password_of_the_device_gives_tokens(self, house: House, machine: Machine) -> None:
        asked, proof = machine.prove(self.challenge(machine))
        assert asked["ChallengeName"] == "DEVICE_PASSWORD_VERIFIER"
        parameters = asked["ChallengeParameters"]
        assert set(parameters) == {"SALT", "SRP_B", "SECRET_BLOCK", "USERNAME", "DEVICE_KEY"}
        assert (parameters["USERNAME"], parameters["DEVICE_KEY"]) == ("ana", machine.key)
        result = house.respond(asked, **proof)["AuthenticationResult"]
        assert "NewDeviceMetadata" not in result

    def test_many_salts_do(self, house: House) -> None:
        for _ in range(8):
            machine = Machine(house, signed_in(house))
            machine.confirm()
            asked, proof = machine.prove(self.challenge(machine))
            assert house.respond(asked, **proof)

    def test_a_wrong_one_does_not_and_leaves_the_session_good(self, house: House, machine: Machine) -> None:
        asked, proof = machine.prove(self.challenge(machine))
        _asked, wrong = machine.prove(self.challenge(machine), "wrong")
        wrong = {**proof, "PASSWORD_CLAIM_SIGNATURE": wrong["PASSWORD_CLAIM_SIGNATURE"]}
        assert house.rejected(asked, **wrong) == WRONG
        assert house.respond(asked, **proof)

    @pytest.mark.parametrize(
        ("name", "value", "refusal"),
        [
            ("TIMESTAMP", "Sun Mar 01 12:00:00 UTC 2026", WRONG),
            ("PASSWORD_CLAIM_SECRET_BLOCK", "AAAA", WRONG),
            ("DEVICE_KEY", FOREIGN, NO_DEVICE),
            ("DEVICE_KEY", "", ("InvalidParameterException", "Missing required parameter DEVICE_KEY")),
        ],
    )
    def test_each_part_counts(
        self, machine: Machine, name: str, value: str, refusal: tuple[str, str]
    ) -> None:
        asked, proof = machine.prove(self.challenge(machine))
        assert machine.house.rejected(asked, **{**proof, name: value}) == refusal

    def test_it_follows_srp_whose_answer_names_the_device(self, house: House, machine: Machine) -> None:
        prover = Prover(PASSWORD)
        challenge = house.begin("USER_SRP_AUTH", SRP_A=prover.srp_a, DEVICE_KEY=machine.key)
        proven = prover.proof(challenge["ChallengeParameters"], house.clock())
        asked, proof = machine.prove(house.respond(challenge, **proven, DEVICE_KEY=machine.key))
        assert house.respond(asked, **proof)["AuthenticationResult"]

    def test_its_hash_is_over_the_canonical_username(self, house: House, machine: Machine) -> None:
        house.pool.alias_attributes = ("email",)
        challenge = house.begin(
            "USER_PASSWORD_AUTH",
            client="secretclient",
            username="ana@example.com",
            PASSWORD=PASSWORD,
            DEVICE_KEY=machine.key,
        )
        asked, proof = machine.prove(challenge, client="secretclient")
        wrong = {**proof, "SECRET_HASH": secret_hash("ana@example.com")}
        assert house.rejected(asked, "secretclient", **wrong)[1].startswith("Unable to verify secret hash")
        assert house.respond(asked, "secretclient", **proof)["AuthenticationResult"]


class TestAForeignKey:
    def test_is_refused_with_a_password(self, house: House) -> None:
        start = house.start()
        start["AuthParameters"]["DEVICE_KEY"] = FOREIGN
        assert house.refused("InitiateAuth", **start) == NO_DEVICE

    def test_is_told_only_to_whom_has_the_password(self, house: House) -> None:
        start = house.start(password="wrong")
        start["AuthParameters"]["DEVICE_KEY"] = FOREIGN
        assert house.refused("InitiateAuth", **start) == WRONG

    def test_is_refused_by_password_verifier_which_can_be_answered_without(self, house: House) -> None:
        """As clients do, that forget the device and try again."""
        prover = Prover(PASSWORD)
        challenge = house.begin("USER_SRP_AUTH", SRP_A=prover.srp_a, DEVICE_KEY=FOREIGN)
        proven = prover.proof(challenge["ChallengeParameters"], house.clock())
        assert house.rejected(challenge, **proven, DEVICE_KEY=FOREIGN) == NO_DEVICE
        assert house.respond(challenge, **proven)["AuthenticationResult"]["NewDeviceMetadata"]

    def test_so_is_one_that_was_never_confirmed_or_is_forgotten(self, house: House, machine: Machine) -> None:
        unconfirmed = Machine(house, signed_in(house))
        machine.ask("ForgetDevice")
        for key in (unconfirmed.key, machine.key):
            start = house.start()
            start["AuthParameters"]["DEVICE_KEY"] = key
            assert house.refused("InitiateAuth", **start) == NO_DEVICE


class TestSecondFactor:
    @pytest.fixture(autouse=True)
    def mfa(self, house: House, machine: Machine) -> None:
        house.pool.mfa, house.pool.mfa_factors = "ON", ("SOFTWARE_TOKEN_MFA",)
        house.change(mfa=house.pool.mfa_factors, token=APP, devices=house.now("ana").devices)

    def begun(self, house: House, **parameters: str) -> Any:
        return house.begin("USER_PASSWORD_AUTH", PASSWORD=PASSWORD, **parameters)

    def test_a_remembered_device_takes_its_place(self, house: House, machine: Machine) -> None:
        asked, proof = machine.prove(self.begun(house, DEVICE_KEY=machine.key))
        assert house.respond(asked, **proof)["AuthenticationResult"]

    def test_one_that_is_not_remembered_does_not(self, house: House, machine: Machine) -> None:
        machine.status("not_remembered")
        self.both(house, machine)

    def test_nor_any_where_the_pool_does_not_have_it_so(self, house: House, machine: Machine) -> None:
        house.pool.devices = DeviceTracking(challenge_on_new_device=False)
        self.both(house, machine)

    def both(self, house: House, machine: Machine) -> None:
        """First the code, then the device."""
        first = self.begun(house, DEVICE_KEY=machine.key)
        assert first["ChallengeName"] == "SOFTWARE_TOKEN_MFA"
        second = house.respond(first, SOFTWARE_TOKEN_MFA_CODE=APP.code(house.clock()))
        asked, proof = machine.prove(second)
        assert house.respond(asked, **proof)["AuthenticationResult"]

    def test_without_the_key_it_is_asked(self, house: House) -> None:
        first = self.begun(house)
        code = APP.code(house.clock())
        assert house.respond(first, SOFTWARE_TOKEN_MFA_CODE=code)["AuthenticationResult"]["NewDeviceMetadata"]


def status_of(machine: Machine) -> str:
    attributes = machine.ask("GetDevice")["Device"]["DeviceAttributes"]
    return str(next(each["Value"] for each in attributes if "remembered_status" in each["Name"]))


class TestLooking:
    def test_at_one(self, house: House, machine: Machine) -> None:
        device = machine.ask("GetDevice")["Device"]
        assert device["DeviceKey"] == machine.key
        assert device["DeviceCreateDate"] == house.clock().timestamp()
        assert {"Name": "device_name", "Value": "a machine"} in device["DeviceAttributes"]
        assert status_of(machine) == "remembered"

    def test_at_all_that_are_confirmed(self, house: House, machine: Machine) -> None:
        other = Machine(house, signed_in(house))
        other.confirm()
        signed_in(house)
        listed = house.ask("ListDevices", AccessToken=machine.access_token, Limit=1)
        assert [each["DeviceKey"] for each in listed["Devices"]] == [machine.key]
        rest = house.ask(
            "ListDevices", AccessToken=machine.access_token, PaginationToken=listed["PaginationToken"]
        )
        assert [each["DeviceKey"] for each in rest["Devices"]] == [other.key]

    def test_at_none_that_is_forgotten(self, house: House, machine: Machine) -> None:
        machine.ask("ForgetDevice")
        params = {"AccessToken": machine.access_token, "DeviceKey": machine.key}
        for operation in ("GetDevice", "ForgetDevice", "UpdateDeviceStatus"):
            assert house.refused(operation, **params) == NO_DEVICE

    def test_at_none_that_was_never_confirmed(self, house: House) -> None:
        machine = Machine(house, signed_in(house))
        params = {"AccessToken": machine.access_token, "DeviceKey": machine.key}
        assert house.refused("GetDevice", **params) == NO_DEVICE

    def test_only_with_a_token(self, house: House, machine: Machine) -> None:
        assert house.refused("GetDevice", DeviceKey=machine.key)[1] == "Invalid Access Token"


class TestRefreshing:
    def test_needs_the_device_the_token_came_with(self, house: House) -> None:
        result = signed_in(house)
        token, key = result["RefreshToken"], result["NewDeviceMetadata"]["DeviceKey"]
        for given in ({}, {"DEVICE_KEY": FOREIGN}):
            parameters = {"REFRESH_TOKEN": token, **given}
            refused = house.refused(
                "InitiateAuth",
                ClientId="openclient",
                AuthFlow="REFRESH_TOKEN_AUTH",
                AuthParameters=parameters,
            )
            assert refused == ("NotAuthorizedException", "Invalid Refresh Token")
        assert house.begin("REFRESH_TOKEN_AUTH", REFRESH_TOKEN=token, DEVICE_KEY=key)
        assert house.ask(
            "GetTokensFromRefreshToken", ClientId="openclient", RefreshToken=token, DeviceKey=key
        )

    def test_ends_with_the_device(self, house: House, machine: Machine) -> None:
        asked, proof = machine.prove(
            house.begin("USER_PASSWORD_AUTH", PASSWORD=PASSWORD, DEVICE_KEY=machine.key)
        )
        token = house.respond(asked, **proof)["AuthenticationResult"]["RefreshToken"]
        given = {"REFRESH_TOKEN": token, "DEVICE_KEY": machine.key}
        assert house.begin("REFRESH_TOKEN_AUTH", **given)
        machine.ask("ForgetDevice")
        assert (
            house.refused(
                "InitiateAuth", ClientId="openclient", AuthFlow="REFRESH_TOKEN_AUTH", AuthParameters=given
            )
            == NO_DEVICE
        )

    def test_never_works_after_an_administrators_sign_in(self, house: House) -> None:
        """The Developer Guide says so."""
        result = house.ask("AdminInitiateAuth", **house.start(flow="ADMIN_USER_PASSWORD_AUTH"))
        token = result["AuthenticationResult"]["RefreshToken"]
        params = {"ClientId": "openclient", "RefreshToken": token}
        assert house.refused("GetTokensFromRefreshToken", **params)[1] == "Invalid Refresh Token"
        start = house.start(flow="REFRESH_TOKEN_AUTH")
        start["AuthParameters"] = {"REFRESH_TOKEN": token, "DEVICE_KEY": ""}
        assert house.refused("InitiateAuth", **start)[1] == "Invalid Refresh Token"
