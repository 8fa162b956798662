from __future__ import annotations

from dataclasses import replace

import pytest

from cognito_tui.cognito.expected import Expected
from tests.cognito.jwts import CLIENT, EXPECTED, ISSUER, POOL

UPDATED = f"https://issuer-cognito-idp.eu-west-1.amazonaws.com/{POOL}"
HERE = replace(EXPECTED, endpoint_url="http://127.0.0.1:9229/")


class TestIssuers:
    def test_aws_has_two_names_for_a_pool(self) -> None:
        assert EXPECTED.issuers == (ISSUER, UPDATED)

    def test_the_service_model_has_the_same_two(self) -> None:
        from tests.service_model import model  # noqa: PLC0415 only here

        told = model()["shapes"]["IssuerConfigurationType"]["members"]["Type"]["documentation"]
        for name in (
            "https://cognito-idp.[region].amazonaws.com/",
            "https://issuer-cognito-idp.[region].amazonaws.com/",
        ):
            assert name in told

    def test_a_replica_signs_by_its_own_region(self) -> None:
        found = replace(EXPECTED, region="us-east-1").issuers
        assert found[0] == f"https://cognito-idp.us-east-1.amazonaws.com/{POOL}"
        assert ISSUER in found

    @pytest.mark.parametrize(
        ("region", "suffix"),
        [
            ("cn-north-1", "amazonaws.com.cn"),
            ("eusc-de-east-1", "amazonaws.eu"),
            ("us-gov-west-1", "amazonaws.com"),
        ],
    )
    def test_some_regions_have_other_names(self, region: str, suffix: str) -> None:
        pool = f"{region}_Abc"
        assert Expected(pool, CLIENT, region).issuers[0] == f"https://cognito-idp.{region}.{suffix}/{pool}"

    @pytest.mark.parametrize(
        "issuer",
        [
            ISSUER,
            UPDATED,
            f"http://127.0.0.1:9229/{POOL}",
            f"http://localhost:9229/{POOL}",
            f"http://[::1]:9229/{POOL}",
        ],
    )
    def test_an_emulator_signs_by_its_own_address_or_by_awss(self, issuer: str) -> None:
        assert HERE.is_issued_here(issuer)

    @pytest.mark.parametrize(
        "issuer",
        [
            None,
            1,
            [],
            "",
            "nonsense",
            f"{ISSUER}/",
            f"{ISSUER}x",
            ISSUER.replace("https", "http"),
            ISSUER.replace("eu-west-1.", "eu-west-2."),
            ISSUER.replace(".com", ".com.evil.example"),
            f"http://127.0.0.1:9230/{POOL}",
            "http://127.0.0.1:9229/eu-west-1_Other",
            f"http://127.0.0.1:9229/{POOL}?a",
            f"https://127.0.0.1:9229/{POOL}",
            f"http://example.com:9229/{POOL}",
            f"http://127.0.0.1:nonsense/{POOL}",
        ],
    )
    def test_anybody_else_is_somebody_else(self, issuer: object) -> None:
        assert not HERE.is_issued_here(issuer)

    def test_this_machine_is_no_name_of_a_pool_on_aws(self) -> None:
        assert not EXPECTED.is_issued_here(f"http://127.0.0.1:9229/{POOL}")


class TestKeys:
    @pytest.mark.parametrize("issuer", [ISSUER, UPDATED])
    def test_are_where_the_pool_signs(self, issuer: str) -> None:
        assert EXPECTED.jwks_url(issuer) == f"{issuer}/.well-known/jwks.json"

    @pytest.mark.parametrize("issuer", [None, 1, "https://evil.example/pool", f"{ISSUER}@evil.example"])
    def test_are_never_where_the_token_says(self, issuer: object) -> None:
        assert EXPECTED.jwks_url(issuer) == f"{ISSUER}/.well-known/jwks.json"

    @pytest.mark.parametrize("issuer", [ISSUER, UPDATED, None])
    def test_are_at_the_endpoint_in_use(self, issuer: object) -> None:
        assert HERE.jwks_url(issuer) == f"http://127.0.0.1:9229/{POOL}/.well-known/jwks.json"
