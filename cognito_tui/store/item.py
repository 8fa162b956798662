"""The names under which client secrets and remembered devices are in the keyring."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

SERVICE: Final = "cognito-tui"
"""The service of every item of this app; no item of another service is ever touched."""

Label: TypeAlias = Literal["1", "2"]

LABELS: Final[tuple[Label, ...]] = ("1", "2")
"""An app client can have two client secrets at a time (service model, AddUserPoolClientSecret)."""


@dataclass(frozen=True)
class Item:
    """One client secret's place in the keyring; `str()` is the item's user name.

    It names the app client, not a profile: renaming a profile touches no item, and two profiles of one
    client share it. `endpoint` is `aws` or host and port.
    """

    endpoint: str
    region: str
    user_pool_id: str
    client_id: str
    label: Label = "1"

    def __str__(self) -> str:
        return f"{self.endpoint}/{self.region}/{self.user_pool_id}/{self.client_id}/{self.label}"


@dataclass(frozen=True)
class DeviceItem:
    """A remembered device's place in the keyring; `str()` is the item's user name.

    `username` is the canonical one: what a person types may be an alias, and Cognito knows the device of the
    user. `~` keeps it apart from a client id, which never has one (service model, ClientIdType).
    """

    endpoint: str
    region: str
    user_pool_id: str
    username: str

    def __str__(self) -> str:
        return f"{self.endpoint}/{self.region}/{self.user_pool_id}/~device/{self.username}"


AnyItem: TypeAlias = Item | DeviceItem
