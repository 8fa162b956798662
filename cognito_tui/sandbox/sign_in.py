"""A sign-in on its way: what is known of it between one request and the next."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import TYPE_CHECKING, Any, Final

from cognito_tui.sandbox.devices import Device, no_such_device
from cognito_tui.sandbox.pool import AppClient, User, UserPool

if TYPE_CHECKING:
    from cognito_tui.sandbox.state import State

Answer = dict[str, Any]
"""What an operation answers, as JSON has it."""

Kept = Any
"""What the file of a challenge keeps for the answer: the code it sent, the riddle it gave."""

_CANONICAL: Final = {"USERNAME", "USER_ID_FOR_SRP"}
_UNTRACKED: Final = {"ADMIN_USER_PASSWORD_AUTH", "ADMIN_NO_SRP_AUTH"}


class Stage(IntEnum):
    """How far a sign-in is."""

    BEGUN = 0
    FIRST_FACTOR = 1
    MFA = 2
    DEVICE = 3


@dataclass(frozen=True)
class SignIn:
    """Who signs in, through which client, how it began and how far it is.

    `typed` is the USERNAME of the first request, `told` whether an answer has named the canonical one.
    `user` is a ghost when nobody has that name and the client hides it: it is not in the pool.
    """

    pool: UserPool
    client: AppClient
    user: User
    flow: str
    admin: bool
    typed: str
    device_key: str = ""
    stage: Stage = Stage.BEGUN
    told: bool = False

    @property
    def is_ghost(self) -> bool:
        """Whether there is no such user."""
        return self.user.sub not in self.pool.users

    @property
    def device(self) -> Device | None:
        """The confirmed device that takes part."""
        device = self.user.devices.get(self.device_key)
        return device if self.tracks_devices and device and device.verifier else None

    @property
    def tracks_devices(self) -> bool:
        """Whether devices count; in the admin password flow they never do (Developer Guide, devices)."""
        return self.pool.devices is not None and self.flow not in _UNTRACKED

    def at(self, stage: Stage) -> SignIn:
        """The same, arrived at `stage`."""
        return replace(self, stage=stage)

    def with_user(self, user: User) -> SignIn:
        """The same, with `user` as it now is."""
        return replace(self, user=user)

    def with_device(self, parameters: Mapping[str, str]) -> SignIn:
        """The same with the DEVICE_KEY of a request, if it has one and devices count.

        Raises:
            Refusal: row 49.
        """
        key = parameters.get("DEVICE_KEY")
        if not key or not self.tracks_devices:
            return self
        claimed = replace(self, device_key=key)
        if claimed.device is None:
            raise no_such_device()
        return claimed

    def means(self, username: str) -> bool:
        """Whether USERNAME of a challenge's answer may be `username`.

        It is the canonical one once an answer has told it; until then what was typed at the start will do
        (service model, AdminInitiateAuth, ChallengeParameters; that the typed one does is inferred).
        """
        names = [self.user.username] if self.told else [self.user.username, self.typed]
        return self.pool.folded(username) in map(self.pool.folded, names)


def challenge(
    state: State, sign_in: SignIn, name: str, parameters: Mapping[str, str], kept: Kept = None
) -> Answer:
    """The answer that asks `name` of whoever signs in, with a new Session."""
    told = replace(sign_in, told=sign_in.told or not _CANONICAL.isdisjoint(parameters))
    return {
        "ChallengeName": name,
        "Session": state.sessions.begin(told, name, kept),
        "ChallengeParameters": dict(parameters),
    }


def as_json(value: object) -> str:
    """A list or an object as ChallengeParameters have it: one string of JSON."""
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)
