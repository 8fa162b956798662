"""The pools one finds in a new sandbox: somebody in every state a sign-in can meet.

All of it is made up. Dates are counted back from the sandbox's clock.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from cognito_tui.cognito.model import Secret, UserStatus
from cognito_tui.sandbox.attributes import schema
from cognito_tui.sandbox.identifiers import letters, new_uuid
from cognito_tui.sandbox.pool import AppClient, User, UserPool
from cognito_tui.sandbox.sandbox import Sandbox

_CONFIRMED, _NEW = UserStatus.CONFIRMED, UserStatus.FORCE_CHANGE_PASSWORD

_PASSWORD_FLOWS = ("ALLOW_USER_PASSWORD_AUTH", "ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH")


@dataclass(frozen=True)
class Inhabitant:
    """A user of the sandbox as a person meets one.

    `username` is what one types, `client_id` the app client to sign in to, `story` what happens then, in 60
    characters at most.
    """

    username: str
    password: Secret
    status: UserStatus
    user_pool_id: str
    client_id: str
    story: str


@dataclass(frozen=True)
class Seed:
    """What was sown: the pools with their app clients, and who lives there."""

    pools: tuple[UserPool, ...]
    inhabitants: tuple[Inhabitant, ...]

    def description(self, endpoint_url: str) -> dict[str, Any]:
        """What a program has to know to use it: the line of `cognito-tui sandbox --json`."""
        return {
            "endpoint": endpoint_url,
            "pools": [
                {
                    "UserPoolId": pool.pool_id,
                    "clients": [
                        {
                            "ClientId": client.client_id,
                            "ClientSecret": client.secrets[0].reveal() if client.secrets else None,
                        }
                        for client in pool.clients.values()
                    ],
                    "users": [
                        {
                            "Username": each.username,
                            "Password": each.password.reveal(),
                            "UserStatus": str(each.status),
                        }
                        for each in self.inhabitants
                        if each.user_pool_id == pool.pool_id
                    ],
                }
                for pool in self.pools
            ],
        }


@dataclass(frozen=True)
class _Plan:
    """Somebody to be: who has lived here for some `days`, and lacks attributes unless `complete`."""

    username: str
    password: str
    status: UserStatus
    story: str
    client: str = "Web app"
    days: int = 2
    complete: bool = True
    enabled: bool = True


_PRACTICE = (
    _Plan("ana", "Ana-made-up-1", _CONFIRMED, "signs in"),
    _Plan("ben", "Ben-temporary-1", _NEW, "a new password and two attributes are asked", complete=False),
    _Plan("eva", "Eva-temporary-1", _NEW, "a new password is asked, nothing else"),
    _Plan("tom", "Tom-temporary-1", _NEW, "the temporary password has expired", days=8),
    _Plan("lea", "Lea-made-up-1", _CONFIRMED, "the user is disabled", enabled=False),
    _Plan("kim", "Kim-made-up-1", UserStatus.UNCONFIRMED, "signed up and never confirmed it"),
    _Plan("max", "Max-made-up-1", UserStatus.RESET_REQUIRED, "the password has to be reset with a code"),
    _Plan("zoe", "Zoe-made-up-1", _CONFIRMED, "signs in to a client without a secret", "Mobile app"),
    _Plan("ivo", "Ivo-made-up-1", _CONFIRMED, "the client allows no password flow", "Night job"),
    _Plan("[/red]", "Red-made-up-1", _CONFIRMED, "signs in, whatever the name looks like"),
)

_EMAIL = (
    _Plan(
        "mia@example.com", "Mia-made-up-1", _CONFIRMED, "signs in by e-mail; the username is a UUID", "Portal"
    ),
    _Plan(
        "jon@example.com",
        "Jon-temporary-1",
        _NEW,
        "a new password is asked; the hash is over a UUID",
        "Portal",
    ),
)


def seed(sandbox: Sandbox) -> Seed:
    """Put two pools into `sandbox`: users with usernames in one, users known by e-mail in the other."""
    now = sandbox.state.clock()
    practice = UserPool(
        "local_Practice1", "Practice", now - timedelta(days=90), schema("given_name", "phone_number")
    )
    _add_client(sandbox, practice, "Web app", secret=True)
    _add_client(sandbox, practice, "Mobile app", hides_errors=False)
    _add_client(sandbox, practice, "Night job", flows=("ALLOW_REFRESH_TOKEN_AUTH",))
    email = UserPool(
        "local_EmailPool",
        "E-mail sign-in",
        now - timedelta(days=60),
        schema("email"),
        username_attributes=("email",),
    )
    _add_client(sandbox, email, "Portal", secret=True)
    inhabitants = [
        _settle(sandbox, pool, plan)
        for pool, plans in ((practice, _PRACTICE), (email, _EMAIL))
        for plan in plans
    ]
    for pool in (practice, email):
        sandbox.state.pools[pool.pool_id] = pool
    return Seed((practice, email), tuple(inhabitants))


def _add_client(
    sandbox: Sandbox,
    pool: UserPool,
    name: str,
    *,
    secret: bool = False,
    hides_errors: bool = True,
    flows: tuple[str, ...] = _PASSWORD_FLOWS,
) -> None:
    token_bytes = sandbox.state.token_bytes
    client = AppClient(
        letters(token_bytes, 26),
        name,
        pool.created,
        secrets=(Secret(letters(token_bytes, 51)),) if secret else (),
        explicit_auth_flows=flows,
        prevent_user_existence_errors=hides_errors,
    )
    pool.clients[client.client_id] = client


def _settle(sandbox: Sandbox, pool: UserPool, plan: _Plan) -> Inhabitant:
    sub = new_uuid(sandbox.state.token_bytes)
    since = sandbox.state.clock() - timedelta(days=plan.days)
    password = Secret(plan.password)
    user = User(
        username=sub if pool.username_attributes else plan.username,
        sub=sub,
        status=plan.status,
        created=since,
        modified=since,
        attributes=_attributes(plan),
        enabled=plan.enabled,
        passwords=(password,),
        password_set=since,
    )
    pool.put(user)
    client_id = next(each.client_id for each in pool.clients.values() if each.name == plan.client)
    return Inhabitant(plan.username, password, plan.status, pool.pool_id, client_id, plan.story)


def _attributes(plan: _Plan) -> dict[str, str]:
    name = plan.username.strip("[/]").removesuffix("@example.com")
    address = {"email": f"{name}@example.com", "email_verified": "true"}
    more = {"given_name": name.capitalize(), "phone_number": "+351210000000"}
    return {**address, **(more if plan.complete else {})}
