"""Whose tokens are expected: a pool and an app client, and the names the pool may sign by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from cognito_tui.cognito.checks import is_loopback
from cognito_tui.cognito.model import region_of
from cognito_tui.cognito.regions import dns_suffix

_HOSTS: Final = ("cognito-idp", "issuer-cognito-idp")
"""Service model, IssuerConfigurationType: ORIGINAL and UPDATED."""


@dataclass(frozen=True)
class Expected:
    """The client whose tokens are looked for, in its user pool.

    `endpoint_url` is where the pool is when it is not AWS. `token_use` is `id` or `access` where it is known
    which of the two the token has to be.
    """

    user_pool_id: str
    client_id: str
    region: str
    endpoint_url: str | None = None
    token_use: str = ""

    @property
    def issuers(self) -> tuple[str, ...]:
        """What `iss` may be, the likeliest first.

        AWS has two names for a pool, the original and the updated one, either of which may be in the region
        of a replica. An emulator signs by its own address or by AWS's.
        """
        regions = dict.fromkeys((self.region, region_of(self.user_pool_id)))
        ours = tuple(
            f"https://{host}.{region}.{dns_suffix(region)}/{self.user_pool_id}"
            for region in regions
            for host in _HOSTS
        )
        return (f"{self.endpoint_url.rstrip('/')}/{self.user_pool_id}", *ours) if self.endpoint_url else ours

    def is_issued_here(self, issuer: object) -> bool:
        """Whether `issuer` is a name of the pool; of this machine, one of its names is as good as another."""
        if not isinstance(issuer, str):
            return False
        return issuer in self.issuers or bool(
            self.endpoint_url
            and is_loopback(self.endpoint_url)
            and is_loopback(issuer)
            and _after_host(issuer) == _after_host(self.issuers[0])
        )

    def jwks_url(self, issuer: object) -> str:
        """Where the pool's keys are: at the endpoint in use; on AWS by that of the pool's names in `iss`.

        It is never anything else that a token says.
        """
        known = issuer if not self.endpoint_url and issuer in self.issuers else self.issuers[0]
        return f"{known}/.well-known/jwks.json"


def _after_host(url: str) -> tuple[str, int | None, str, str]:
    parts = urlsplit(url)
    return parts.scheme, parts.port, parts.path, parts.query + parts.fragment
