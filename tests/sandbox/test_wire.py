"""Whole walks over HTTP with boto3: what is asked, and that the next answer leads on."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from cognito_tui.cognito.model import Secret
from cognito_tui.sandbox.challenges.web_authn import pretended
from cognito_tui.sandbox.totp import SoftwareToken
from tests.sandbox.house import secret_hash
from tests.sandbox.place import Place
from tests.sandbox.prover import Prover, device_secret


class Walk:
    """One inhabitant signing in, by somebody else's client."""

    def __init__(self, place: Place, cognito: Any, username: str) -> None:
        self.place, self.cognito, self.who = place, cognito, place.who(username)
        self.secret = place.secret(self.who)
        self.username = username
        self.answer: dict[str, Any] = {}

    def hashed(self, parameters: dict[str, str]) -> dict[str, str]:
        made = secret_hash(self.username, self.who.client_id, self.secret)
        return {"USERNAME": self.username, "SECRET_HASH": made, **parameters}

    def begin(self, flow: str, **parameters: str) -> None:
        self._take(
            self.cognito.initiate_auth(
                ClientId=self.who.client_id, AuthFlow=flow, AuthParameters=self.hashed(parameters)
            )
        )

    def say(self, challenge: str, **responses: str) -> None:
        """Answer what must be `challenge`."""
        assert self.answer["ChallengeName"] == challenge
        session = {"Session": self.answer["Session"]} if "Session" in self.answer else {}
        self._take(
            self.cognito.respond_to_auth_challenge(
                ClientId=self.who.client_id,
                ChallengeName=challenge,
                ChallengeResponses=self.hashed(responses),
                **session,
            )
        )

    def _take(self, answer: dict[str, Any]) -> None:
        self.answer = answer
        told = answer["ChallengeParameters"]
        self.username = told.get("USER_ID_FOR_SRP", told.get("USERNAME", self.username))

    @property
    def told(self) -> dict[str, str]:
        told: dict[str, str] = self.answer["ChallengeParameters"]
        return told

    @property
    def result(self) -> dict[str, Any]:
        result: dict[str, Any] = self.answer["AuthenticationResult"]
        return result

    def proof(self, prover: Prover) -> dict[str, str]:
        return prover.proof(self.told, datetime.now(UTC))

    def code(self) -> str:
        code = self.place.sandbox.state.outbox.messages[-1].code
        assert code
        return code.reveal()

    def app_code(self) -> str:
        assert self.who.totp_secret
        return SoftwareToken(self.who.totp_secret).code(datetime.now(UTC))


@pytest.mark.parametrize("flow", ["USER_SRP_AUTH", "CUSTOM_AUTH", "USER_AUTH"])
def test_srp_in_each_flow_that_has_it(place: Place, flow: str) -> None:
    username, more = {
        "USER_SRP_AUTH": ("jay", {}),
        "CUSTOM_AUTH": ("rio", {"CHALLENGE_NAME": "SRP_A"}),
        "USER_AUTH": ("ola@example.com", {"PREFERRED_CHALLENGE": "PASSWORD_SRP"}),
    }[flow]
    with place.boto3(signed=False) as cognito:
        walk = Walk(place, cognito, username)
        prover = Prover(walk.who.password.reveal(), walk.who.user_pool_id)
        walk.begin(flow, SRP_A=prover.srp_a, **more)
        assert ("Session" in walk.answer) == (flow != "USER_SRP_AUTH")
        walk.say("PASSWORD_VERIFIER", **walk.proof(prover))
        if flow == "CUSTOM_AUTH":
            walk.say("CUSTOM_CHALLENGE", ANSWER="piano")
            walk.say("CUSTOM_CHALLENGE", ANSWER="cold")
        assert walk.result["RefreshToken"]


@pytest.mark.parametrize("way", ["PASSWORD", "EMAIL_OTP", "SMS_OTP", "WEB_AUTHN"])
def test_each_choice_there_is(place: Place, way: str) -> None:
    with place.boto3(signed=False) as cognito:
        walk = Walk(place, cognito, "ada")
        walk.begin("USER_AUTH")
        assert way in walk.answer["AvailableChallenges"]
        walk.say("SELECT_CHALLENGE", ANSWER=way)
        if way == "PASSWORD":
            walk.say(way, PASSWORD=walk.who.password.reveal())
        elif way == "WEB_AUTHN":
            walk.say(way, CREDENTIAL=pretended(walk.told["CREDENTIAL_REQUEST_OPTIONS"]))
        else:
            walk.say(way, **{f"{way}_CODE": walk.code()})
        assert walk.result["IdToken"]


@pytest.mark.parametrize("factor", ["SMS_MFA", "EMAIL_OTP", "SOFTWARE_TOKEN_MFA"])
def test_each_second_factor_there_is(place: Place, factor: str) -> None:
    with place.boto3(signed=False) as cognito:
        walk = Walk(place, cognito, "uma")
        walk.begin("USER_PASSWORD_AUTH", PASSWORD=walk.who.password.reveal())
        walk.say("SELECT_MFA_TYPE", ANSWER=factor)
        code = walk.app_code() if factor == "SOFTWARE_TOKEN_MFA" else walk.code()
        walk.say(factor, **{f"{factor}_CODE": code})
        assert walk.result["IdToken"]


def test_an_authenticator_app_is_set_up_on_the_way(place: Place) -> None:
    with place.boto3(signed=False) as cognito:
        walk = Walk(place, cognito, "noa")
        walk.begin("USER_PASSWORD_AUTH", PASSWORD=walk.who.password.reveal())
        associated = cognito.associate_software_token(Session=walk.answer["Session"])
        code = SoftwareToken(Secret(associated["SecretCode"])).code(datetime.now(UTC))
        verified = cognito.verify_software_token(Session=associated["Session"], UserCode=code)
        walk.answer["Session"] = verified["Session"]
        walk.say("MFA_SETUP")
        assert walk.result["NewDeviceMetadata"]


def test_a_device_is_remembered_and_takes_the_place_of_the_code(place: Place) -> None:
    with place.boto3(signed=False) as cognito:
        walk = Walk(place, cognito, "sol")
        prover = Prover(walk.who.password.reveal(), walk.who.user_pool_id)
        walk.begin("USER_SRP_AUTH", SRP_A=prover.srp_a)
        walk.say("PASSWORD_VERIFIER", **walk.proof(prover))
        walk.say("SOFTWARE_TOKEN_MFA", SOFTWARE_TOKEN_MFA_CODE=walk.app_code())
        metadata = walk.result["NewDeviceMetadata"]
        key, group_key = metadata["DeviceKey"], metadata["DeviceGroupKey"]
        password, config = device_secret(metadata)
        device = {"AccessToken": walk.result["AccessToken"], "DeviceKey": key}
        confirmed = cognito.confirm_device(**device, DeviceSecretVerifierConfig=config)
        assert confirmed["UserConfirmationNecessary"] is True
        cognito.update_device_status(**device, DeviceRememberedStatus="remembered")

        walk.begin("USER_SRP_AUTH", SRP_A=prover.srp_a, DEVICE_KEY=key)
        walk.say("PASSWORD_VERIFIER", **walk.proof(prover), DEVICE_KEY=key)
        knowing = Prover(password)
        walk.say("DEVICE_SRP_AUTH", SRP_A=knowing.srp_a, DEVICE_KEY=key)
        walk.say(
            "DEVICE_PASSWORD_VERIFIER", **knowing.device_proof(walk.told, group_key, key, datetime.now(UTC))
        )
        assert "NewDeviceMetadata" not in walk.result

        cognito.forget_device(**device)
        walk.begin("USER_SRP_AUTH", SRP_A=prover.srp_a, DEVICE_KEY=key)
        with pytest.raises(cognito.exceptions.ResourceNotFoundException, match="Device does not exist"):
            walk.say("PASSWORD_VERIFIER", **walk.proof(prover), DEVICE_KEY=key)
        walk.say("PASSWORD_VERIFIER", **walk.proof(prover))
        assert walk.answer["ChallengeName"] == "SOFTWARE_TOKEN_MFA"


def test_a_refresh_token_is_good_once(place: Place) -> None:
    with place.boto3(signed=False) as cognito:
        walk = Walk(place, cognito, "ray")
        walk.begin("USER_PASSWORD_AUTH", PASSWORD=walk.who.password.reveal())
        client = {"ClientId": walk.who.client_id, "ClientSecret": walk.secret}
        first = walk.result["RefreshToken"]
        second = cognito.get_tokens_from_refresh_token(RefreshToken=first, **client)
        assert second["AuthenticationResult"]["RefreshToken"] != first
        cognito.revoke_token(Token=first, **client)
        token = second["AuthenticationResult"]["AccessToken"]
        with pytest.raises(cognito.exceptions.NotAuthorizedException, match="has been revoked"):
            cognito.get_user(AccessToken=token)
