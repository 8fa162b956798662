"""What the names of AWS end in, by region."""

from __future__ import annotations

from typing import Final

_SUFFIXES: Final = {
    "cn-": "amazonaws.com.cn",
    "eu-isoe-": "cloud.adc-e.uk",
    "eusc-": "amazonaws.eu",
    "us-iso-": "c2s.ic.gov",
    "us-isob-": "sc2s.sgov.gov",
    "us-isof-": "csp.hci.ic.gov",
}
"""`dnsSuffix` of the partitions that have another one than amazonaws.com (botocore, data/partitions.json)."""


def dns_suffix(region: str) -> str:
    """The end of host names in `region`; that of most regions for one that nobody knows."""
    return next(
        (suffix for prefix, suffix in _SUFFIXES.items() if region.startswith(prefix)), "amazonaws.com"
    )
