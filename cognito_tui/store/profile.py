"""A profile: a user pool and one of its app clients, under a name. It never holds a secret."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import KW_ONLY, dataclass, fields, replace
from typing import Final
from urllib.parse import urlsplit

from cognito_tui.cognito.checks import (
    client_id_problem,
    endpoint_problem,
    line_problem,
    region_problem,
    user_pool_id_problem,
)
from cognito_tui.cognito.model import region_of
from cognito_tui.store.errors import AnotherClient, RefusedValue
from cognito_tui.store.item import LABELS, DeviceItem, Item, Label

_CHECKS: Final[Mapping[str, Callable[[str], str | None]]] = {
    "name": line_problem,
    "user_pool_id": user_pool_id_problem,
    "client_id": client_id_problem,
    "region": region_problem,
    "endpoint_url": endpoint_problem,
    "aws_profile": line_problem,
    "auth_flow": line_problem,
}


@dataclass(frozen=True)
class Profile:
    """A user pool and one of its app clients, under a name of this machine.

    Attributes:
        name: any one line.
        user_pool_id: `UserPoolId`.
        client_id: `ClientId`.
        region: when empty, what the user pool id begins with.
        endpoint_url: where Cognito is, when it is not AWS: an emulator, a private endpoint.
        aws_profile: the AWS profile that signs admin calls; None: the default chain.
        auth_flow: `AuthFlow` to begin with; None: no preference. Not checked against those we know.
        has_secret: whether the app client has a client secret.
        read_only: whether this app refuses admin changes in the user pool; signing in is none.

    Raises:
        RefusedValue: for a value that can never work (see `cognito_tui.cognito.checks`).
    """

    name: str
    user_pool_id: str
    client_id: str
    _: KW_ONLY
    region: str = ""
    endpoint_url: str | None = None
    aws_profile: str | None = None
    auth_flow: str | None = None
    has_secret: bool = False
    read_only: bool = False

    def __post_init__(self) -> None:
        if not self.region:
            object.__setattr__(self, "region", region_of(self.user_pool_id))
        for key, problem_of in _CHECKS.items():
            value = getattr(self, key)
            if value is not None and (problem := line_problem(value) or problem_of(value)):
                raise RefusedValue(key, problem)

    @property
    def endpoint(self) -> str:
        """Where Cognito is, for the vault: `aws`, or the host and port of `endpoint_url`."""
        if self.endpoint_url is None:
            return "aws"
        parts = urlsplit(self.endpoint_url)
        host = parts.hostname or ""
        port = parts.port or {"http": 80, "https": 443}[parts.scheme]
        return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"

    def item(self, label: Label = "1") -> Item:
        """The vault item that its client secret is kept in."""
        return Item(self.endpoint, self.region, self.user_pool_id, self.client_id, label)

    def device_item(self, username: str) -> DeviceItem:
        """The vault item of the device that its user pool remembers of a user; `username` is canonical."""
        return DeviceItem(self.endpoint, self.region, self.user_pool_id, username)


_CLIENT: Final = ("user_pool_id", "client_id", "region", "endpoint_url")


def merged(read: Profile, wanted: Profile, now: Profile) -> Profile:
    """`now` with what `wanted` changes in `read`: what another program has changed since then stays.

    What names the client changes as a whole, and with it whether it has a secret: the pool of one and the
    client of another would be neither's.

    Raises:
        AnotherClient: `wanted` changes the client, and `now` has another one than `read`.
    """
    names = [field.name for field in fields(Profile)]
    changes = {name: getattr(wanted, name) for name in names if getattr(wanted, name) != getattr(read, name)}
    if not changes.keys().isdisjoint((*_CLIENT, "has_secret")):
        if _client(now) not in (_client(read), _client(wanted)):
            raise AnotherClient(now.name)
        changes |= {name: getattr(wanted, name) for name in (*_CLIENT, "has_secret")}
    return replace(now, **changes)


def _client(profile: Profile) -> tuple[str | None, ...]:
    return tuple(getattr(profile, name) for name in _CLIENT)


def items_only_used_by(profile: Profile, all_profiles: Iterable[Profile]) -> tuple[Item, ...]:
    """The vault items that nobody needs when `profile` is gone, or has become another.

    None as long as one of the other profiles uses the same app client at the same endpoint. Of a client
    without a secret nothing is in the vault.
    """
    others = {other.item() for other in all_profiles if other != profile}
    if not profile.has_secret or profile.item() in others:
        return ()
    return tuple(profile.item(label) for label in LABELS)
