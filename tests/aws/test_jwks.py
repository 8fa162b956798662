"""Nothing is called valid but what the pool in use has signed for this client, now."""

from __future__ import annotations

import base64
import hmac
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import jwt as pyjwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cognito_tui.aws.fetching import LARGEST
from cognito_tui.aws.jwks import Jwks
from cognito_tui.cognito.expected import Expected
from cognito_tui.cognito.explain.values import Check
from cognito_tui.cognito.model import Secret
from cognito_tui.cognito.tokens import Jwt, decode
from cognito_tui.cognito.trust import Verdict, verdict
from tests.aws.calls import ANOTHER_NAME
from tests.aws.listener import NEVER, Listener, answer, listening, make_certificate, nobody_at
from tests.aws.signing import KID, jwk, public_pem, signed, stranger
from tests.cognito.jwts import ACCESS, CLIENT, ID, NOW, POOL, altered, part
from tests.sandbox.house import House

KEYS = {"keys": [jwk(stranger(), kid="other="), jwk()]}


def expected(url: str) -> Expected:
    return Expected(POOL, CLIENT, "eu-west-1", url)


@contextmanager
def pool(*answers: bytes) -> Iterator[tuple[Listener, Expected]]:
    """A pool whose keys are asked for over HTTP."""
    with listening(*(answers or (answer(KEYS),))) as listener:
        yield listener, expected(listener.url)


def signature(checks: tuple[Check, ...]) -> Check:
    assert checks[0].text == "signature"
    return checks[0]


class TestGood:
    @pytest.mark.parametrize("claims", [ID, ACCESS])
    def test_check_by_check(self, claims: dict[str, Any]) -> None:
        with pool() as (listener, wanted):
            checks = Jwks().verify(signed(claims), wanted, NOW)
        assert signature(checks) == Check("signature", True, "RS256 by the pool's key kQ7v0one=")
        assert verdict(checks) is Verdict.VALID
        (request,) = listener.requests
        assert request.path == f"/{POOL}/.well-known/jwks.json"
        assert request.headers["user-agent"].startswith("cognito-tui/")

    def test_of_the_sandbox(self, house: House, endpoint: str) -> None:
        result = house.ask("InitiateAuth", **house.start())["AuthenticationResult"]
        wanted = Expected(house.pool.pool_id, "openclient", "local", endpoint)
        keys = Jwks()
        for name in ("IdToken", "AccessToken"):
            checks = keys.verify(decode(Secret(result[name])), wanted, house.clock().timestamp())
            assert verdict(checks) is Verdict.VALID, checks


def test_keys_by_http_from_another_machine_call_nothing_valid() -> None:
    """Whoever is on the way could have put them there."""
    with pool() as (listener, _wanted):
        elsewhere = expected(listener.url.replace("127.0.0.1", ANOTHER_NAME))
        found = signature(Jwks().verify(signed(ID), elsewhere, NOW))
    assert found == Check(
        "signature",
        None,
        "not verified: key kQ7v0one= has signed it, but came over http from another machine, which anybody "
        "on the way could change",
    )


class TestForged:
    """Each would be taken by a verifier that trusts what the token says of itself."""

    @staticmethod
    def refused(jwt: Jwt, *, asks: int = 1) -> str:
        with pool() as (listener, wanted):
            checks = Jwks().verify(jwt, wanted, NOW)
            assert len(listener.requests) == asks
        assert verdict(checks) is Verdict.INVALID
        assert signature(checks).good is False
        return signature(checks).result

    def test_alg_none(self) -> None:
        text = f"{part({'alg': 'none', 'kid': KID})}.{part(ID)}."
        assert self.refused(decode(Secret(text)), asks=0).startswith("alg is none: nobody has signed it")

    def test_hs256_with_the_public_key_for_a_secret(self) -> None:
        head = f"{part({'alg': 'HS256', 'kid': KID})}.{part(ID)}"
        mac = hmac.digest(public_pem(), head.encode(), "sha256")
        text = f"{head}.{base64.urlsafe_b64encode(mac).rstrip(b'=').decode()}"
        assert self.refused(decode(Secret(text)), asks=0).startswith("alg is HS256: whoever has the key")

    def test_another_algorithm_by_the_right_key(self) -> None:
        assert (
            self.refused(signed(ID, algorithm="RS512"), asks=0) == "alg is RS512: Cognito signs by RS256 only"
        )

    def test_a_strangers_key_under_the_pools_name(self) -> None:
        assert self.refused(signed(ID, stranger())).startswith("does not fit: the token was changed")

    def test_a_strangers_key_that_the_token_brings_along(self) -> None:
        with listening(answer({"keys": [jwk(stranger(), kid="evil")]})) as evil:
            header: dict[str, Any] = {
                "kid": "evil",
                "jku": f"{evil.url}/jwks.json",
                "jwk": jwk(stranger()),
                "x5u": evil.url,
            }
            found = self.refused(signed({**ID, "iss": evil.url}, stranger(), **header))
            assert evil.requests == []
        assert found == "is by the key evil, which is none of the pool's keys"

    def test_changed_claims(self) -> None:
        header, _payload, mac = signed(ID).text.reveal().split(".")
        text = f"{header}.{part({**ID, 'cognito:groups': ['root']})}.{mac}"
        assert self.refused(decode(Secret(text))).startswith("does not fit")

    def test_a_signature_that_is_missing(self) -> None:
        text = signed(ID).text.reveal().rpartition(".")[0] + "."
        assert self.refused(decode(Secret(text))).startswith("does not fit")

    def test_what_wants_more_of_its_reader(self) -> None:
        assert self.refused(signed(ID, crit=["exp"], exp=1)).startswith("does not fit")

    def test_no_key_id(self) -> None:
        assert self.refused(signed(ID, kid=None), asks=0) == "names no key: kid is missing"

    def test_a_key_id_that_would_break_a_line(self) -> None:
        assert "\\x1b" in self.refused(signed(ID, kid="\x1b[2J"))


class TestClaims:
    def test_each_is_checked_though_the_signature_is_good(self) -> None:
        bad = {
            "iss": altered(ID, iss="https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Other"),
            "aud": altered(ID, aud="other"),
            "token_use": altered(ID, token_use="refresh"),
            "exp": altered(ID, exp=NOW - 1),
        }
        with pool() as (_listener, wanted):
            keys = Jwks()
            for name, claims in bad.items():
                checks = keys.verify(signed(claims), wanted, NOW)
                assert [each.text for each in checks if each.good is False] == [name]
                assert verdict(checks) is Verdict.INVALID

    def test_time_is_the_callers_not_this_machines(self) -> None:
        with pool() as (_listener, wanted):
            claims = altered(ID, iat=NOW + 10**9, exp=NOW + 10**9 + 60, nbf=NOW + 10**9)
            assert verdict(Jwks().verify(signed(claims), wanted, NOW + 10**9 + 1)) is Verdict.VALID


class TestKeeping:
    def test_keys_are_asked_for_once(self) -> None:
        with pool() as (listener, wanted):
            keys = Jwks()
            for _ in range(3):
                assert verdict(keys.verify(signed(ID), wanted, NOW)) is Verdict.VALID
            assert len(listener.requests) == 1

    def test_once_anew_for_a_key_that_is_not_among_them(self) -> None:
        with pool(answer({"keys": [jwk(stranger(), kid="old")]}), answer(KEYS)) as (listener, wanted):
            keys = Jwks()
            assert verdict(keys.verify(signed(ID, stranger(), kid="old"), wanted, NOW)) is Verdict.VALID
            assert verdict(keys.verify(signed(ID), wanted, NOW)) is Verdict.VALID
            assert len(listener.requests) == 2

    def test_a_key_that_is_never_there_is_asked_for_once_a_time(self) -> None:
        with pool() as (listener, wanted):
            keys = Jwks()
            checks = keys.verify(signed(ID, stranger(), kid="gone"), wanted, NOW)
            assert signature(checks) == Check(
                "signature", False, "is by the key gone, which is none of the pool's keys"
            )
            assert len(listener.requests) == 1
            assert verdict(keys.verify(signed(ID), wanted, NOW)) is Verdict.VALID
            assert len(listener.requests) == 1

    def test_one_pool_has_not_anothers(self) -> None:
        with pool() as (listener, wanted):
            keys = Jwks()
            keys.verify(signed(ID), wanted, NOW)
            keys.verify(signed(ID), replace(wanted, user_pool_id="eu-west-1_Other"), NOW)
            assert [each.path.split("/")[1] for each in listener.requests] == [POOL, "eu-west-1_Other"]

    def test_a_failure_is_not_kept(self) -> None:
        with pool(answer(b"", 500), answer(KEYS)) as (_listener, wanted):
            keys = Jwks()
            assert verdict(keys.verify(signed(ID), wanted, NOW)) is Verdict.NOT_VERIFIED
            assert verdict(keys.verify(signed(ID), wanted, NOW)) is Verdict.VALID


NO_SET = "What the endpoint has there is no JSON Web Key Set."
NO_KEY = "The key set has no key for RS256."
WITHOUT_KEYS = {
    "404": (answer({}, 404), "The endpoint does not have it (HTTP 404): no such user pool there?"),
    "500": (answer(KEYS, 500), "The endpoint answered HTTP 500."),
    "204": (answer(b"", 204), "The endpoint answered HTTP 204."),
    "web page": (answer(b"<html>"), NO_SET),
    "not UTF-8": (answer(b"\xff\xfe\xfa"), NO_SET),
    "a list": (answer([jwk()]), NO_SET),
    "keys are no list": (answer({"keys": jwk()}), NO_SET),
    "too deep": (answer(b"[" * 60_000), NO_SET),
    "no keys": (answer({"keys": []}), NO_KEY),
    "nonsense for keys": (answer({"keys": [1, None, "a", [], {}]}), NO_KEY),
    "no kid": (answer({"keys": [jwk(kid=...)]}), NO_KEY),  # type: ignore[arg-type] # left out
    "kid no text": (answer({"keys": [jwk(kid=1)]}), NO_KEY),  # type: ignore[arg-type] # on purpose
    "not for signing": (answer({"keys": [jwk(use="enc")]}), NO_KEY),
    "another algorithm": (answer({"keys": [jwk(alg="RS512")]}), NO_KEY),
    "symmetric": (answer({"keys": [{"kty": "oct", "k": "AAAA", "kid": KID, "alg": "HS256"}]}), NO_KEY),
    "a private key": (answer({"keys": [jwk(d="AQAB")]}), NO_KEY),
    "n missing": (answer({"keys": [jwk(n=...)]}), NO_KEY),
    "n no text": (answer({"keys": [jwk(n=3)]}), NO_KEY),
    "n not base64": (answer({"keys": [jwk(n="ä")]}), NO_KEY),
    "n even": (answer({"keys": [jwk(n="AAAA")]}), NO_KEY),
    "e of one": (answer({"keys": [jwk(e="AQ")]}), NO_KEY),
    "half": (answer(b'{"keys": [', length=999), "The answer broke off."),
    "hung up": (b"", "No answer came back (ConnectionClosedError)."),
    "huge": (
        answer(b" " * (LARGEST + 1)),
        "The answer is longer than 65,536 bytes.",
    ),
    "redirect": (
        answer(b"", 302, [("Location", "http://127.0.0.1:1/jwks.json")]),
        "The endpoint sends elsewhere (HTTP 302); that is not followed.",
    ),
}


@pytest.mark.parametrize("name", WITHOUT_KEYS)
def test_without_keys_nothing_is_valid_and_nothing_is_invalid(name: str) -> None:
    said, sentence = WITHOUT_KEYS[name]
    with pool(said) as (listener, wanted):
        checks = Jwks().verify(signed(ID), wanted, NOW)
        assert len(listener.requests) == 1
    assert signature(checks) == Check("signature", None, f"not verified, there are no keys: {sentence}")
    assert verdict(checks) is Verdict.NOT_VERIFIED


def test_a_key_that_is_too_short_is_none() -> None:
    short = rsa.generate_private_key(65537, 1024)
    with pool(answer({"keys": [jwk(short)]})) as (_listener, wanted):
        assert NO_KEY in signature(Jwks().verify(signed(ID), wanted, NOW)).result


def test_a_key_on_a_curve_is_none() -> None:
    curve = json.loads(
        pyjwt.algorithms.ECAlgorithm.to_jwk(ec.generate_private_key(ec.SECP256R1()).public_key())
    )
    with pool(answer({"keys": [{**curve, "kid": KID, "alg": "RS256"}]})) as (_listener, wanted):
        assert verdict(Jwks().verify(signed(ID), wanted, NOW)) is Verdict.NOT_VERIFIED


@pytest.mark.parametrize("alg", [..., "RS256"])
@pytest.mark.parametrize("use", [..., "sig"])
def test_a_key_need_not_say_what_it_is_for(alg: object, use: object) -> None:
    with pool(answer({"keys": [jwk(alg=alg, use=use)]})) as (_listener, wanted):
        assert verdict(Jwks().verify(signed(ID), wanted, NOW)) is Verdict.VALID


def test_nobody_there() -> None:
    checks = Jwks().verify(signed(ID), expected(nobody_at()), NOW)
    assert signature(checks).result == (
        "not verified, there are no keys: The endpoint cannot be reached: the connection was refused."
    )
    assert verdict(checks) is Verdict.NOT_VERIFIED


def test_offline_what_is_certain_is_still_said() -> None:
    checks = Jwks().verify(signed(altered(ID, exp=NOW - 60)), expected(nobody_at()), NOW)
    assert verdict(checks) is Verdict.INVALID


def test_silence_has_an_end() -> None:
    with pool(NEVER) as (_listener, wanted):
        checks = Jwks(timeouts=(1.0, 0.05)).verify(signed(ID), wanted, NOW)
    assert "No answer came back (ReadTimeoutError)." in signature(checks).result


def test_so_has_an_answer_that_never_ends() -> None:
    with pool(NEVER) as (_listener, wanted):
        checks = Jwks(patience=0.05).verify(signed(ID), wanted, NOW)
    assert signature(checks).result.endswith("The answer did not come within 0 seconds.")


class TestTheWay:
    def test_this_machine_is_never_asked_by_a_proxy(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("HTTP_PROXY", nobody_at())
        monkeypatch.setenv("http_proxy", nobody_at())
        with pool() as (_listener, wanted):
            assert verdict(Jwks().verify(signed(ID), wanted, NOW)) is Verdict.VALID

    def test_others_are_asked_by_the_proxy_there_is(self, monkeypatch: pytest.MonkeyPatch) -> None:
        with listening(answer(KEYS)) as proxy:
            monkeypatch.setenv("HTTP_PROXY", proxy.url)
            wanted = expected("http://cognito.invalid")
            checks = Jwks().verify(signed({**ID, "iss": wanted.issuers[0]}), wanted, NOW)
        assert signature(checks).good is None
        assert all(each.good for each in checks[1:])
        assert verdict(checks) is Verdict.NOT_VERIFIED
        assert proxy.requests[0].path == f"http://cognito.invalid/{POOL}/.well-known/jwks.json"

    def test_a_certificate_that_nobody_vouches_for_is_refused(self, tmp_path: Path) -> None:
        certificate = make_certificate(tmp_path / "made.pem")
        with listening(answer(KEYS), certificate=certificate) as listener:
            checks = Jwks().verify(signed(ID), expected(listener.url), NOW)
            assert listener.requests == []
        assert "The TLS certificate was not accepted." in signature(checks).result
        assert verdict(checks) is Verdict.NOT_VERIFIED

    def test_one_that_is_vouched_for_is_taken(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        certificate = make_certificate(tmp_path / "made.pem")
        monkeypatch.setenv("AWS_CA_BUNDLE", str(certificate))
        with listening(answer(KEYS), certificate=certificate) as listener:
            checks = Jwks().verify(
                signed({**ID, "iss": f"{listener.url}/{POOL}"}), expected(listener.url), NOW
            )
        assert verdict(checks) is Verdict.VALID


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
odd_keys = st.fixed_dictionaries(
    {},
    optional={
        "kty": st.sampled_from(["RSA", "EC", "oct", 1]),
        "kid": st.just(KID) | anything,
        "n": st.text("AQab-_=", max_size=12) | anything,
        "e": st.sampled_from(["AQAB", "AA", ""]) | anything,
        "alg": st.just("RS256") | anything,
        "x5c": anything,
    },
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(odd_keys, max_size=3) | anything)
def test_no_key_set_crashes_it_or_makes_anything_valid(listed: object) -> None:
    with pool(answer({"keys": listed})) as (_listener, wanted):
        checks = Jwks().verify(signed(ID), wanted, NOW)
    assert verdict(checks) is not Verdict.VALID
