from __future__ import annotations

import base64
import contextlib
import hashlib
import json
import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pycognito.aws_srp import AWSSRP

from cognito_tui.cognito import srp
from cognito_tui.cognito.errors import NotCognito
from cognito_tui.cognito.model import AppClient, Device, Secret
from cognito_tui.cognito.srp import DeviceSecretVerifier, Ephemeral, Prover
from tests.cognito.srp_server import Server, revealed

VECTORS = json.loads((Path(__file__).parent.parent / "vectors" / "srp.json").read_text(encoding="utf-8"))
NOW = datetime(2026, 9, 5, 8, 3, 1, tzinfo=UTC)
ANA = Prover.user(AppClient("eu-west-1_AbCdEf123", "client"), "7d1f0c52", Secret("Correct-Horse7"))
E = Ephemeral.of(bytes(range(32)))
GOOD = {"SALT": "0f", "SRP_B": "abc", "SECRET_BLOCK": "aGk="}

CHUNK = 45


def chunks(cases: list[Any]) -> list[list[Any]]:
    return [cases[start : start + CHUNK] for start in range(0, len(cases), CHUNK)]


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def test_the_vectors_are_as_many_as_they_should_be_and_have_the_edges() -> None:
    salts = [case[4] for case in VECTORS["users"]]
    assert len(salts) == 1035
    assert {"0", "00", "0f0", "00ff", "ABCDEF"} <= set(salts)
    assert len(VECTORS["devices"]) == 100


@pytest.mark.parametrize("cases", chunks(VECTORS["users"]), ids=range(len(chunks(VECTORS["users"]))))
def test_a_user_proves_it_as_amazons_own_client_does(cases: list[Any]) -> None:
    for pool, username, password, a, salt, srp_b, block, seconds, srp_a, key, time, signature in cases:
        prover = Prover.user(AppClient(f"eu-west-1_{pool}", "client"), username, Secret(password))
        ephemeral = Ephemeral.of(bytes.fromhex(a.zfill(64)))
        assert sha256(ephemeral.srp_a) == srp_a
        assert srp.session_key(prover, ephemeral, int(salt, 16), int(srp_b, 16)).hex() == key
        now = datetime.fromtimestamp(seconds, UTC)
        assert srp.timestamp(now) == time
        assert srp.signature(prover, bytes.fromhex(key), block, time) == signature


def test_the_whole_proof_is_what_amazons_own_client_sends() -> None:
    pool, username, password, a, salt, srp_b, block, seconds, *_, time, signature = VECTORS["users"][3]
    prover = Prover.user(AppClient(f"eu-west-1_{pool}", "client"), username, Secret(password))
    parameters = {"SALT": salt, "SRP_B": srp_b, "SECRET_BLOCK": block}
    now = datetime.fromtimestamp(seconds, UTC)
    assert srp.proof(prover, Ephemeral.of(bytes.fromhex(a.zfill(64))), parameters, now) == {
        "PASSWORD_CLAIM_SIGNATURE": Secret(signature),
        "PASSWORD_CLAIM_SECRET_BLOCK": block,
        "TIMESTAMP": time,
    }


@pytest.mark.parametrize("cases", chunks(VECTORS["devices"]), ids=range(len(chunks(VECTORS["devices"]))))
def test_a_device_is_kept_and_proves_itself_as_with_amazons_own_client(cases: list[Any]) -> None:
    for group, key, password, kept_salt, kept, a, salt, srp_b, block, seconds, srp_a, shared, signed in cases:
        device = Device(key, group, Secret(password))
        random_salt = base64.b64decode(kept_salt)[-16:]
        config = DeviceSecretVerifier.of(device, random_salt).config
        assert config["Salt"] == kept_salt
        assert sha256(revealed(config["PasswordVerifier"])) == kept
        prover, ephemeral = Prover.device(device), Ephemeral.of(bytes.fromhex(a.zfill(64)))
        assert sha256(ephemeral.srp_a) == srp_a
        assert srp.session_key(prover, ephemeral, int(salt, 16), int(srp_b, 16)).hex() == shared
        time = srp.timestamp(datetime.fromtimestamp(seconds, UTC))
        assert srp.signature(prover, bytes.fromhex(shared), block, time) == signed


@pytest.mark.filterwarnings("ignore:datetime.datetime.utcnow:DeprecationWarning")
def test_pycognito_proves_the_same() -> None:
    draw = random.Random(11)
    for _ in range(50):
        username, password, pool = (f"{draw.getrandbits(64):x}" for _ in range(3))
        a = draw.randbytes(32)
        # it pads the salt as it came, so one with leading zeros is not for it
        salt = f"{draw.randrange(1 << 120, 1 << 128):x}"
        parameters = {
            "USER_ID_FOR_SRP": username,
            "SALT": salt,
            "SRP_B": f"{draw.getrandbits(3071):x}",
            "SECRET_BLOCK": base64.b64encode(draw.randbytes(30)).decode(),
        }
        theirs = AWSSRP(username, password, f"eu-west-1_{pool}", "client", client=object())
        theirs.small_a_value = int.from_bytes(a)
        theirs.large_a_value = theirs.calculate_a()
        proved = theirs.process_challenge(parameters, {"USERNAME": username})

        ephemeral = Ephemeral.of(a)
        assert ephemeral.srp_a == theirs.get_auth_params()["SRP_A"]
        prover = Prover.user(AppClient(f"eu-west-1_{pool}", "client"), username, Secret(password))
        key = srp.session_key(prover, ephemeral, int(salt, 16), int(parameters["SRP_B"], 16))
        signed = srp.signature(prover, key, parameters["SECRET_BLOCK"], proved["TIMESTAMP"])
        assert signed == proved["PASSWORD_CLAIM_SIGNATURE"]


small = st.integers(min_value=1, max_value=(1 << 128) - 1)
text = st.text(st.characters(codec="utf-8"), min_size=1, max_size=20)


@settings(max_examples=25, deadline=None)
@given(
    text, text, text, st.tuples(small, small, st.text("0", max_size=3)), st.binary(min_size=32, max_size=32)
)
def test_an_independent_server_accepts_the_right_password_and_no_other(
    username: str, password: str, wrong: str, of_server: tuple[int, int, str], a: bytes
) -> None:
    salt, b, zeros = of_server
    server = Server("AbCdEf123", username, password, salt, b)
    ephemeral = Ephemeral.of(a)
    parameters = {"SALT": f"{zeros}{salt:x}", "SRP_B": f"{server.public:x}", "SECRET_BLOCK": "aGk="}
    prover = Prover("AbCdEf123", username, Secret(password))
    assert server.accepts(ephemeral.public, srp.proof(prover, ephemeral, parameters, NOW))
    if wrong != password:
        other = replace(prover, password=Secret(wrong))
        assert not server.accepts(ephemeral.public, srp.proof(other, ephemeral, parameters, NOW))


@given(st.integers(min_value=0, max_value=1 << 600))
def test_numbers_are_written_as_java_writes_them(number: int) -> None:
    written = srp.pad_hex(number)
    assert int.from_bytes(written, signed=True) == number
    assert written == number.to_bytes(len(written))
    shortest = len(written) == 1 or written[:1] != b"\0" or written[1] >= 0x80
    assert shortest


def test_k_is_the_known_one() -> None:
    assert f"{srp._K:x}" == "538282c4354742d7cbbde2359fcf67f9f5b3a6b08791e5011b43b8a5b66d9ee6"


@pytest.mark.parametrize(
    ("now", "written"),
    [
        (NOW, "Sat Sep 5 08:03:01 UTC 2026"),
        (datetime(2024, 2, 29, 23, 59, 59, tzinfo=UTC), "Thu Feb 29 23:59:59 UTC 2024"),
        (datetime(2026, 1, 1, 1, 0, 0, tzinfo=timezone(timedelta(hours=2))), "Wed Dec 31 23:00:00 UTC 2025"),
    ],
)
def test_the_timestamp_is_utc_with_the_day_unpadded(now: datetime, written: str) -> None:
    assert srp.timestamp(now) == written


class LocalisedNowhere(datetime):
    """A time that cannot be written in the words of the locale."""

    def strftime(self, format: str) -> str:  # noqa: A002 its name
        raise AssertionError("the names of days and months would be the locale's")

    __format__ = strftime


def test_the_timestamp_is_english_whatever_the_locale() -> None:
    assert srp.timestamp(LocalisedNowhere(2026, 9, 5, 8, 3, 1, tzinfo=UTC)) == "Sat Sep 5 08:03:01 UTC 2026"


@pytest.mark.parametrize("multiple", [0, srp.N, 2 * srp.N], ids=["0", "N", "2N"])
def test_a_server_number_that_would_give_the_key_away_is_refused(multiple: int) -> None:
    with pytest.raises(NotCognito, match="SRP_B is a multiple of N"):
        srp.proof(ANA, E, {**GOOD, "SRP_B": f"{multiple:x}"}, NOW)


def test_a_scrambler_of_zero_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(srp, "_scrambler", lambda *_numbers: 0)  # nobody can find numbers that make it so
    with pytest.raises(NotCognito, match="u = 0"):
        srp.proof(ANA, E, GOOD, NOW)


@pytest.mark.parametrize("name", ["SALT", "SRP_B"])
@pytest.mark.parametrize("value", [None, "", "xyz", "-1", "0x12", "1_2", " 12", "1２"])
def test_what_is_no_hexadecimal_number_is_refused(name: str, value: str | None) -> None:
    parameters = {key: item for key, item in {**GOOD, name: value}.items() if item is not None}
    with pytest.raises(NotCognito, match=f"{name} is not a hexadecimal number"):
        srp.proof(ANA, E, parameters, NOW)


def test_a_secret_block_that_is_not_base64_is_refused() -> None:
    with pytest.raises(NotCognito, match="SECRET_BLOCK is not Base64"):
        srp.proof(ANA, E, {**GOOD, "SECRET_BLOCK": "a"}, NOW)


@given(st.dictionaries(st.sampled_from(["SALT", "SRP_B", "SECRET_BLOCK"]), st.text(max_size=6)))
@settings(deadline=None)
def test_odd_parameters_make_a_proof_or_a_sentence_never_a_traceback(parameters: dict[str, str]) -> None:
    with contextlib.suppress(NotCognito):
        srp.proof(ANA, E, parameters, NOW)


def test_a_password_with_half_a_character_is_only_wrong() -> None:
    assert srp.proof(replace(ANA, password=Secret("\ud800")), E, GOOD, NOW)


DEVICE = Device("eu-west-1_6a1f", "-group", srp.device_password(bytes(range(40))))


def test_a_device_password_is_forty_bytes_in_base64() -> None:
    assert base64.b64decode(DEVICE.password.reveal()) == bytes(range(40))


def test_a_verifier_takes_its_own_device_and_no_other() -> None:
    verifier = DeviceSecretVerifier.of(DEVICE, b"0123456789abcdef")
    random_b = bytes(range(32, 64))
    assert verifier.takes(DEVICE, E, random_b)
    assert not verifier.takes(replace(DEVICE, password=Secret("other")), E, random_b)
    assert not verifier.takes(replace(DEVICE, group_key="-other"), E, random_b)
    assert not replace(verifier, verifier=verifier.verifier + 1).takes(DEVICE, E, random_b)
    assert not replace(verifier, salt=verifier.salt + 1).takes(DEVICE, E, random_b)


@pytest.mark.parametrize("salt", [bytes(16), b"\x00" + b"\x11" * 15, b"\xff" * 16, b"\x80" + bytes(15)])
def test_an_independent_server_with_the_verifier_accepts_the_device(salt: bytes) -> None:
    config = DeviceSecretVerifier.of(DEVICE, salt).config
    sent = int.from_bytes(base64.b64decode(revealed(config["Salt"])))
    assert sent == int.from_bytes(salt)
    server = Server(DEVICE.group_key, DEVICE.key, DEVICE.password.reveal(), sent, 12345)
    assert int.from_bytes(base64.b64decode(revealed(config["PasswordVerifier"]))) == server.verifier
    parameters = {"SALT": f"{sent:x}", "SRP_B": f"{server.public:x}", "SECRET_BLOCK": "aGk="}
    assert server.accepts(E.public, srp.proof(Prover.device(DEVICE), E, parameters, NOW))


def test_no_secret_of_a_proof_is_shown() -> None:
    shown = repr(
        (ANA, E, DEVICE, srp.proof(ANA, E, GOOD, NOW), DeviceSecretVerifier.of(DEVICE, b"1" * 16).config)
    )
    assert bytes(range(32)).hex() not in shown
    assert "Correct-Horse7" not in shown
    assert DEVICE.password.reveal() not in shown
