"""More users for the practice pools: one for every cell of what an administrator may do to whom.

They are beside the inhabitants `seed` tells of, whom a person signs in as: here is every status, enabled and
disabled, temporary passwords of every age, and what a card can show. Their ids come from their names, so
that the randomness of the sandbox is left as it is.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from cognito_tui.cognito.model import Secret, UserStatus
from cognito_tui.sandbox.devices import Device
from cognito_tui.sandbox.groups import Group
from cognito_tui.sandbox.identifiers import uuid_of
from cognito_tui.sandbox.pool import User, UserPool
from cognito_tui.sandbox.sandbox import Sandbox
from cognito_tui.sandbox.srp import Verifier
from cognito_tui.sandbox.totp import SoftwareToken

_NEW, _CONFIRMED = UserStatus.FORCE_CHANGE_PASSWORD, UserStatus.CONFIRMED
_EXTERNAL = UserStatus.EXTERNAL_PROVIDER
_PASSWORD: Final = Secret("Made-up-for-all-1")
"""That of everybody here, but for whom Google or Apple vouches."""


@dataclass(frozen=True)
class _Case:
    """Somebody who is in `status` since `days`, and can be written to only if `reachable`."""

    username: str
    status: UserStatus
    days: float
    enabled: bool = True
    reachable: bool = True
    groups: tuple[str, ...] = ()
    mfa: tuple[str, ...] = ()


_CASES: Final = (
    _Case("nils", _NEW, 0.25, groups=("beta",)),
    _Case("olga", _NEW, 6.125),
    _Case("paul", _NEW, 12),
    _Case("rosa", _NEW, 3, enabled=False),
    _Case("tara", _CONFIRMED, 200, groups=("staff", "beta"), mfa=("SOFTWARE_TOKEN_MFA",)),
    _Case("udo", _CONFIRMED, 45, reachable=False),
    _Case("vera", _CONFIRMED, 380, enabled=False, groups=("staff",)),
    _Case("xena", UserStatus.UNCONFIRMED, 1),
    _Case("yuri", UserStatus.UNCONFIRMED, 30, enabled=False),
    _Case("will", UserStatus.RESET_REQUIRED, 5),
    _Case("zita", UserStatus.RESET_REQUIRED, 60, enabled=False),
    _Case("Google_114093847561230987654", _EXTERNAL, 90),
    _Case("SignInWithApple_001234.0a1b2c3d4e5f.1234", _EXTERNAL, 150, enabled=False),
)


def settle(sandbox: Sandbox) -> None:
    """Have them live in the seeded pools of `sandbox`, with groups, a history and a remembered device."""
    now = sandbox.state.clock()
    practice, secure = (sandbox.state.pools[pool_id] for pool_id in ("local_Practice1", "local_SecurePool"))
    for precedence, name in enumerate(("admins", "staff", "beta")):
        description = f"Made up: {name}"
        practice.groups[name] = Group(name, practice.created, description, precedence=precedence)
    for case in _CASES:
        _put(practice, case, now)
    tara = practice.find_canonical("tara")
    if tara:
        for days, passed in ((9, True), (2, False), (1, True)):
            sandbox.state.auth_events.record(
                tara.sub, now - timedelta(days=days), passed=passed, challenges={"Password": passed}
            )
    _put_with_device(secure, _Case("kay", _CONFIRMED, 20, mfa=("SOFTWARE_TOKEN_MFA",)), now)


def _put(pool: UserPool, case: _Case, now: datetime) -> User:
    since, is_external = now - timedelta(days=case.days), case.status is _EXTERNAL
    return pool.put(
        User(
            username=case.username,
            sub=uuid_of(pool.pool_id, case.username),
            status=case.status,
            created=since,
            modified=since,
            attributes=_attributes(case),
            enabled=case.enabled,
            passwords=() if is_external else (_PASSWORD,),
            password_set=None if is_external else since,
            groups=case.groups,
            mfa=case.mfa,
            token=SoftwareToken(Secret("MADEUPFORALLTHEM")) if case.mfa else None,
        )
    )


def _put_with_device(pool: UserPool, case: _Case, now: datetime) -> None:
    """Nobody has the password of the device: its verifier is made up."""
    user, used = _put(pool, case, now), now - timedelta(days=1)
    device = Device(
        f"local_{uuid_of('device', user.sub)}",
        "-madeup01",
        user.created,
        used,
        used,
        "Phone",
        Verifier(1, 2),
        remembered=True,
    )
    pool.put(user.with_device(device))


def _attributes(case: _Case) -> dict[str, str]:
    name = case.username.partition("_")[2] or case.username
    address = f"{name.partition('.')[0]}@example.com"
    attributes = {
        "email": address,
        "email_verified": "true" if case.reachable else "false",
        "given_name": case.username.partition("_")[0].capitalize(),
        "phone_number": "+351210000000",
    }
    if case.status is not _EXTERNAL:
        return attributes
    provider, _, user_id = case.username.partition("_")
    identity = {"userId": user_id, "providerName": provider, "providerType": provider, "primary": True}
    return {**attributes, "identities": json.dumps([identity])}
