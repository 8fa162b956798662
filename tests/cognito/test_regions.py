from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import botocore.session
import pytest
from botocore.endpoint_provider import EndpointProvider

from cognito_tui.cognito.expected import Expected
from cognito_tui.cognito.regions import dns_suffix
from cognito_tui.cognito.snippets import Where

LOADER = botocore.session.Session().get_component("data_loader")
PARTITIONS: Mapping[str, Any] = LOADER.load_data("partitions")
ENDPOINTS = EndpointProvider(LOADER.load_service_model("cognito-idp", "endpoint-rule-set-1"), PARTITIONS)
REGIONS = sorted(
    region
    for partition in PARTITIONS["partitions"]
    for region in partition["regions"]
    if not region.endswith("-global")  # stands for a partition, and is no region
)


def botocores(region: str) -> str:
    """Where botocore would post to."""
    found = ENDPOINTS.resolve_endpoint(Region=region, UseDualStack=False, UseFIPS=False)
    return str(found.url)


def test_botocore_knows_regions_of_every_partition() -> None:
    suffixes = {each["outputs"]["dnsSuffix"] for each in PARTITIONS["partitions"]}
    assert len(REGIONS) > 40
    assert {dns_suffix(region) for region in REGIONS} == suffixes


@pytest.mark.parametrize("region", REGIONS)
def test_a_call_and_an_issuer_are_where_botocore_says(region: str) -> None:
    assert Where(region).url == f"{botocores(region)}/"
    pool = f"{region}_AbCdEf123"
    assert Expected(pool, "a-client", region).issuers[0] == f"{botocores(region)}/{pool}"


def test_a_region_that_nobody_knows_is_on_aws() -> None:
    assert dns_suffix("local") == "amazonaws.com"
