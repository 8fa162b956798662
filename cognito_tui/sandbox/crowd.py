"""A user pool with thousands of users, for the asking."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from cognito_tui.cognito.model import Secret, UserStatus
from cognito_tui.sandbox.identifiers import letters, uuid_of
from cognito_tui.sandbox.mail import EmailSender
from cognito_tui.sandbox.pool import AppClient, User, UserPool
from cognito_tui.sandbox.sandbox import Sandbox

POOL_ID: Final = "local_Crowd1"
PASSWORD: Final = Secret("Crowd-made-up-1")
"""That of everybody in it but the federated users."""

_NEW = UserStatus.FORCE_CHANGE_PASSWORD
_CASES: Final = {
    3: (_NEW, 1.0),
    7: (_NEW, 6.125),
    11: (_NEW, 20.0),
    13: (UserStatus.UNCONFIRMED, 2.0),
    17: (UserStatus.RESET_REQUIRED, 4.0),
    19: (UserStatus.EXTERNAL_PROVIDER, 100.0),
}
"""Of each twenty users who is not CONFIRMED, with status and age in days."""


def gather(sandbox: Sandbox, number: int = 5000, status: UserStatus | None = None) -> UserPool:
    """Put a pool with `number` users into `sandbox`: `user00000` and so on, known by e-mail too.

    In each twenty there are three with a temporary password (fresh, dying and dead), one unconfirmed, one to
    be reset and one federated; each fiftieth is disabled. With `status` everybody has that since yesterday,
    and is enabled. Cognito itself sends this pool's e-mail, fifty a day.
    """
    state = sandbox.state
    now, token_bytes = state.clock(), state.token_bytes
    pool = UserPool(
        POOL_ID,
        f"A crowd of {number}",
        now - timedelta(days=800),
        alias_attributes=("email",),
        email_sender=EmailSender.COGNITO_DEFAULT,
    )
    client = AppClient(
        letters(token_bytes, 26),
        "Crowd app",
        pool.created,
        secrets=(Secret(letters(token_bytes, 51)),),
        explicit_auth_flows=("ALLOW_USER_PASSWORD_AUTH", "ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"),
        prevent_user_existence_errors=True,
    )
    pool.clients[client.client_id] = client
    for index in range(number):
        pool.put(_somebody(index, now, status))
    state.pools[pool.pool_id] = pool
    return pool


def _somebody(index: int, now: datetime, status: UserStatus | None) -> User:
    usual, days = _CASES.get(index % 20, (UserStatus.CONFIRMED, 30.0 + index % 700))
    if status:
        usual, days = status, 1.0
    name, since = f"user{index:05}", now - timedelta(days=days)
    return User(
        username=name,
        sub=uuid_of(POOL_ID, name),
        status=usual,
        created=since,
        modified=since,
        attributes={"email": f"{name}@example.com", "email_verified": "true", "given_name": f"User {index}"},
        enabled=bool(status) or index % 50 != 0,
        passwords=() if usual is UserStatus.EXTERNAL_PROVIDER else (PASSWORD,),
        password_set=since,
    )
