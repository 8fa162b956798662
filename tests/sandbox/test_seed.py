"""What the inhabitants' stories promise is what happens."""

from __future__ import annotations

import json
import random
import subprocess
import sys

import pytest

from cognito_tui.cognito.model import CLIENT_ID, USER_POOL_ID, UserStatus
from cognito_tui.sandbox.refusal import Refusal
from cognito_tui.sandbox.sandbox import Sandbox
from cognito_tui.sandbox.seed import Inhabitant, Seed, seed
from tests.sandbox.house import Clock, secret_hash, signing_key

OUTCOMES = {
    "ana": "tokens",
    "ben": 'NEW_PASSWORD_REQUIRED ["userAttributes.given_name","userAttributes.phone_number"]',
    "eva": "NEW_PASSWORD_REQUIRED []",
    "tom": "Temporary password has expired and must be reset by an administrator.",
    "lea": "User is disabled.",
    "kim": "User is not confirmed.",
    "max": "Password reset required for the user",
    "zoe": "tokens",
    "ivo": "USER_PASSWORD_AUTH flow not enabled for this client",
    "[/red]": "tokens",
    "mia@example.com": "tokens",
    "jon@example.com": "NEW_PASSWORD_REQUIRED []",
    "jay": "PASSWORD_VERIFIER",
    "ida": "SMS_MFA +********0000",
    "eli": "EMAIL_OTP e***@e***",
    "pia": "SOFTWARE_TOKEN_MFA",
    "uma": 'SELECT_MFA_TYPE ["SMS_MFA","SOFTWARE_TOKEN_MFA","EMAIL_OTP"]',
    "rio": "CUSTOM_CHALLENGE What has eighty-eight keys and opens no door?",
    "ada": "SELECT_CHALLENGE PASSWORD PASSWORD_SRP EMAIL_OTP SMS_OTP WEB_AUTHN",
    "ray": "tokens",
    "ola@example.com": "SELECT_CHALLENGE PASSWORD PASSWORD_SRP EMAIL_OTP",
    "noa": 'MFA_SETUP ["SOFTWARE_TOKEN_MFA"]',
    "sol": "PASSWORD_VERIFIER",
}

TOLD = (
    "requiredAttributes",
    "CODE_DELIVERY_DESTINATION",
    "MFAS_CAN_CHOOSE",
    "MFAS_CAN_SETUP",
    "riddle",
)
"""Parameters in which challenges tell something of the story."""


def sown() -> tuple[Sandbox, Seed]:
    sandbox = Sandbox(clock=Clock(), token_bytes=random.Random(2).randbytes, signing_key=signing_key())
    return sandbox, seed(sandbox)


def outcome(sandbox: Sandbox, who: Inhabitant) -> str:
    """What comes of signing in as the story tells."""
    client = sandbox.state.pools[who.user_pool_id].clients[who.client_id]
    given = {"USER_SRP_AUTH": {"SRP_A": "ab"}, "USER_PASSWORD_AUTH": {"PASSWORD": who.password.reveal()}}
    parameters = {"USERNAME": who.username, **given.get(who.flow, {})}
    if client.secrets:
        parameters["SECRET_HASH"] = secret_hash(who.username, who.client_id, client.secrets[0].reveal())
    params = {"ClientId": who.client_id, "AuthFlow": who.flow, "AuthParameters": parameters}
    try:
        answer = sandbox.answer("InitiateAuth", params)
    except Refusal as refusal:
        return refusal.message
    if "AuthenticationResult" in answer:
        return "tokens"
    told = [answer["ChallengeParameters"][name] for name in TOLD if name in answer["ChallengeParameters"]]
    return " ".join([answer["ChallengeName"], *told, *answer.get("AvailableChallenges", [])])


def test_everybodys_story_comes_true() -> None:
    sandbox, sowed = sown()
    assert {who.username: outcome(sandbox, who) for who in sowed.inhabitants} == OUTCOMES


def test_stories_are_short_and_each_is_another() -> None:
    stories = [who.story for who in sown()[1].inhabitants]
    assert all(0 < len(story) <= 60 for story in stories)
    assert len(set(stories)) == len(stories)


def test_every_password_could_have_been_chosen() -> None:
    _sandbox, sowed = sown()
    for who in sowed.inhabitants:
        pool = next(pool for pool in sowed.pools if pool.pool_id == who.user_pool_id)
        pool.password_policy.check(who.password.reveal())


def test_there_is_somebody_in_every_state() -> None:
    statuses = {who.status for who in sown()[1].inhabitants}
    assert statuses == {
        UserStatus.CONFIRMED,
        UserStatus.FORCE_CHANGE_PASSWORD,
        UserStatus.UNCONFIRMED,
        UserStatus.RESET_REQUIRED,
    }


def test_ids_and_secrets_look_like_cognitos() -> None:
    for pool in sown()[1].pools:
        assert USER_POOL_ID.fullmatch(pool.pool_id)
        for client in pool.clients.values():
            assert CLIENT_ID.fullmatch(client.client_id)
            assert len(client.client_id) == 26
            assert [len(secret) for secret in client.secrets] in ([], [51])
    kinds = [len(client.secrets) for pool in sown()[1].pools for client in pool.clients.values()]
    assert kinds == [1, 0, 0, 1, 1, 1, 1, 1, 1, 1]


def test_whoever_has_an_authenticator_app_tells_its_secret() -> None:
    sandbox, sowed = sown()
    with_secret = {who.username for who in sowed.inhabitants if who.totp_secret}
    assert with_secret == {"pia", "uma", "sol"}
    for who in sowed.inhabitants:
        user = sandbox.state.pools[who.user_pool_id].find(who.username)
        assert user
        assert (user.token.secret if user.token else None) == who.totp_secret


def test_the_flow_of_each_is_one_the_client_allows() -> None:
    _sandbox, sowed = sown()
    for who in sowed.inhabitants:
        client = next(pool.clients[who.client_id] for pool in sowed.pools if who.client_id in pool.clients)
        assert client.allows(f"ALLOW_{who.flow}") or who.username == "ivo"


def test_the_same_randomness_sows_the_same() -> None:
    (_, first), (_, second) = sown(), sown()
    assert first.inhabitants == second.inhabitants
    assert first.description("http://127.0.0.1:1") == second.description("http://127.0.0.1:1")


def test_the_description_is_what_a_program_needs() -> None:
    _sandbox, sowed = sown()
    description = json.loads(json.dumps(sowed.description("http://127.0.0.1:4321")))
    assert set(description) == {"endpoint", "pools"}
    assert description["endpoint"] == "http://127.0.0.1:4321"
    assert [pool["UserPoolId"] for pool in description["pools"]] == [
        "local_Practice1",
        "local_EmailPool",
        "local_SecurePool",
    ]
    for pool in description["pools"]:
        assert set(pool) == {"UserPoolId", "clients", "users"}
        assert all(set(client) == {"ClientId", "ClientSecret", "ClientName"} for client in pool["clients"])
        names = {"Username", "Password", "UserStatus", "ClientId", "Flow", "Story", "TotpSecret"}
        assert all(set(user) == names for user in pool["users"])
        assert {user["ClientId"] for user in pool["users"]} == {each["ClientId"] for each in pool["clients"]}
    assert description["pools"][0]["clients"][1]["ClientSecret"] is None
    assert description["pools"][0]["users"][0] == {
        "Username": "ana",
        "Password": "Ana-made-up-1",
        "UserStatus": "CONFIRMED",
        "ClientId": description["pools"][0]["clients"][0]["ClientId"],
        "Flow": "USER_PASSWORD_AUTH",
        "Story": "signs in",
        "TotpSecret": None,
    }
    assert len(description["pools"][0]["users"]) == 18


def test_no_password_or_secret_shows_in_a_repr() -> None:
    _sandbox, sowed = sown()
    shown = repr(sowed)
    assert "made-up" not in shown
    assert "temporary-1" not in shown
    for pool in sowed.pools:
        for client in pool.clients.values():
            assert all(secret.reveal() not in shown for secret in client.secrets)


@pytest.mark.parametrize("unwanted", ["jwt", "cryptography", "boto3", "botocore", "asyncio"])
def test_starting_it_imports_nothing_slow(unwanted: str) -> None:
    code = (
        "import sys\n"
        "from cognito_tui.sandbox.sandbox import Sandbox\n"
        "from cognito_tui.sandbox.seed import seed\n"
        "from cognito_tui.sandbox.server import SandboxServer\n"
        "sandbox = Sandbox(); seed(sandbox)\n"
        "with SandboxServer(sandbox):\n"
        f"    sys.exit({unwanted!r} in sys.modules)\n"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
