"""The pools one finds in a new sandbox: somebody in every state a sign-in can meet, and for every challenge.

All of it is made up. Dates are counted back from the sandbox's clock.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from cognito_tui.cognito.model import Secret, UserStatus
from cognito_tui.sandbox.attributes import schema
from cognito_tui.sandbox.devices import DeviceTracking
from cognito_tui.sandbox.identifiers import letters, new_uuid
from cognito_tui.sandbox.mail import EmailSender
from cognito_tui.sandbox.pool import AppClient, User, UserPool
from cognito_tui.sandbox.sandbox import Sandbox
from cognito_tui.sandbox.session_tracking import SessionTracking
from cognito_tui.sandbox.totp import SoftwareToken

_CONFIRMED, _NEW = UserStatus.CONFIRMED, UserStatus.FORCE_CHANGE_PASSWORD

_SRP_FLOW = "USER_SRP_AUTH"
_REFRESH = "ALLOW_REFRESH_TOKEN_AUTH"
_SRP = "ALLOW_USER_SRP_AUTH"
_PASSWORD_FLOWS = ("ALLOW_USER_PASSWORD_AUTH", "ALLOW_ADMIN_USER_PASSWORD_AUTH", _SRP, _REFRESH)
_CHOICE_FLOWS = ("ALLOW_USER_AUTH", _SRP, _REFRESH)
_MFA = ("SMS_MFA", "SOFTWARE_TOKEN_MFA", "EMAIL_OTP")


@dataclass(frozen=True)
class Inhabitant:
    """A user of the sandbox as a person meets one.

    `username` is what one types, `client_id` the app client to sign in to, `flow` the AuthFlow that suits,
    `story` what happens then, in 60 characters at most. `totp_secret` is that of the authenticator app, in
    base32, of somebody who has one.
    """

    username: str
    password: Secret
    status: UserStatus
    user_pool_id: str
    client_id: str
    story: str
    flow: str = "USER_PASSWORD_AUTH"
    totp_secret: Secret | None = None


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
                            "ClientName": client.name,
                        }
                        for client in pool.clients.values()
                    ],
                    "users": [
                        {
                            "Username": each.username,
                            "Password": each.password.reveal(),
                            "UserStatus": str(each.status),
                            "ClientId": each.client_id,
                            "Flow": each.flow,
                            "Story": each.story,
                            "TotpSecret": each.totp_secret.reveal() if each.totp_secret else None,
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
    """Somebody to be: who has lived here for some `days`, and lacks attributes unless `complete`.

    `mfa` are the second factors, `totp` the secret of an authenticator app, `passkey` whether there is one.
    Only who is `reachable` has a verified phone number.
    """

    username: str
    password: str
    status: UserStatus
    story: str
    client: str = "Web app"
    days: int = 2
    complete: bool = True
    enabled: bool = True
    flow: str = "USER_PASSWORD_AUTH"
    mfa: tuple[str, ...] = ()
    totp: str = ""
    passkey: bool = False
    reachable: bool = False


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


_PRACTICE_CHALLENGES = (
    _Plan("jay", "Jay-made-up-1", _CONFIRMED, "the client takes SRP only", "Partner app", flow=_SRP_FLOW),
    _Plan("ida", "Ida-made-up-1", _CONFIRMED, "a code by SMS is asked", mfa=_MFA[:1], reachable=True),
    _Plan("eli", "Eli-made-up-1", _CONFIRMED, "a code by e-mail is asked", mfa=_MFA[2:]),
    _Plan(
        "pia",
        "Pia-made-up-1",
        _CONFIRMED,
        "a code of an authenticator app is asked",
        mfa=_MFA[1:2],
        totp="PIAMADEUPSECRETS",
    ),
    _Plan(
        "uma",
        "Uma-made-up-1",
        _CONFIRMED,
        "one of three second factors has to be chosen",
        mfa=_MFA,
        totp="UMAMADEUPSECRETS",
        reachable=True,
    ),
    _Plan(
        "rio",
        "Rio-made-up-1",
        _CONFIRMED,
        "two riddles are asked; say piano, then cold",
        "Riddle app",
        flow="CUSTOM_AUTH",
    ),
    _Plan(
        "ada",
        "Ada-made-up-1",
        _CONFIRMED,
        "a way in has to be chosen: password, code or passkey",
        "Choice app",
        flow="USER_AUTH",
        passkey=True,
        reachable=True,
    ),
    _Plan("ray", "Ray-made-up-1", _CONFIRMED, "signs in; each refresh token is good once", "Rotating app"),
)

_EMAIL_CHALLENGES = (
    _Plan(
        "ola@example.com",
        "Ola-made-up-1",
        _CONFIRMED,
        "a code by e-mail will do, without the password",
        "Members",
        flow="USER_AUTH",
    ),
)

_SECURE = (
    _Plan("noa", "Noa-made-up-1", _CONFIRMED, "an authenticator app has to be set up", "Safe"),
    _Plan(
        "sol",
        "Sol-made-up-1",
        _CONFIRMED,
        "a code is asked until the device is remembered",
        "Safe",
        flow=_SRP_FLOW,
        mfa=_MFA[1:2],
        totp="SOLMADEUPSECRETS",
    ),
)


def seed(sandbox: Sandbox) -> Seed:
    """Put three pools into `sandbox`: users with usernames, users known by e-mail, users who need MFA.

    What is added goes to the end, so that the same randomness makes the same ids as before.
    """
    now = sandbox.state.clock()
    practice = UserPool(
        "local_Practice1",
        "Practice",
        now - timedelta(days=90),
        schema("given_name", "phone_number"),
        mfa="OPTIONAL",
        mfa_factors=_MFA,
        first_factors=("PASSWORD", "EMAIL_OTP", "SMS_OTP", "WEB_AUTHN"),
        custom_auth=True,
        protects=True,
        sessions=SessionTracking(),
    )
    _add_client(sandbox, practice, "Web app", secret=True)
    _add_client(sandbox, practice, "Mobile app", hides_errors=False)
    _add_client(sandbox, practice, "Night job", flows=(_REFRESH,))
    email = UserPool(
        "local_EmailPool",
        "E-mail sign-in",
        now - timedelta(days=60),
        schema("email"),
        username_attributes=("email",),
        first_factors=("PASSWORD", "EMAIL_OTP"),
        email_sender=EmailSender.COGNITO_DEFAULT,
    )
    _add_client(sandbox, email, "Portal", secret=True)
    inhabitants = [
        *(_settle(sandbox, practice, plan) for plan in _PRACTICE),
        *(_settle(sandbox, email, plan) for plan in _EMAIL),
    ]
    secure = UserPool(
        "local_SecurePool",
        "MFA and devices",
        now - timedelta(days=30),
        mfa="ON",
        mfa_factors=_MFA[1:2],
        devices=DeviceTracking(user_decides=True),
        email_sender=EmailSender.COGNITO_DEFAULT,
    )
    _add_client(sandbox, practice, "Partner app", secret=True, flows=(_SRP, _REFRESH))
    _add_client(sandbox, practice, "Riddle app", secret=True, flows=("ALLOW_CUSTOM_AUTH", _REFRESH))
    _add_client(sandbox, practice, "Choice app", secret=True, flows=_CHOICE_FLOWS)
    _add_client(sandbox, practice, "Rotating app", secret=True, flows=_PASSWORD_FLOWS[:-1], rotation=10)
    _add_client(sandbox, email, "Members", secret=True, flows=_CHOICE_FLOWS)
    _add_client(sandbox, secure, "Safe", secret=True)
    inhabitants += [
        _settle(sandbox, pool, plan)
        for pool, plans in ((practice, _PRACTICE_CHALLENGES), (email, _EMAIL_CHALLENGES), (secure, _SECURE))
        for plan in plans
    ]
    for pool in (practice, email, secure):
        sandbox.state.pools[pool.pool_id] = pool
    return Seed((practice, email, secure), tuple(inhabitants))


def _add_client(
    sandbox: Sandbox,
    pool: UserPool,
    name: str,
    *,
    secret: bool = False,
    hides_errors: bool = True,
    flows: tuple[str, ...] = _PASSWORD_FLOWS,
    rotation: int | None = None,
) -> None:
    token_bytes = sandbox.state.token_bytes
    client = AppClient(
        letters(token_bytes, 26),
        name,
        pool.created,
        secrets=(Secret(letters(token_bytes, 51)),) if secret else (),
        explicit_auth_flows=flows,
        prevent_user_existence_errors=hides_errors,
        rotation=rotation,
    )
    pool.clients[client.client_id] = client


def _settle(sandbox: Sandbox, pool: UserPool, plan: _Plan) -> Inhabitant:
    sub = new_uuid(sandbox.state.token_bytes)
    since = sandbox.state.clock() - timedelta(days=plan.days)
    password, totp = Secret(plan.password), Secret(plan.totp) if plan.totp else None
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
        mfa=plan.mfa,
        token=SoftwareToken(totp) if totp else None,
        passkeys=(f"passkey-of-{plan.username}",) if plan.passkey else (),
    )
    pool.put(user)
    client_id = next(each.client_id for each in pool.clients.values() if each.name == plan.client)
    return Inhabitant(
        plan.username, password, plan.status, pool.pool_id, client_id, plan.story, plan.flow, totp
    )


def _attributes(plan: _Plan) -> dict[str, str]:
    name = plan.username.strip("[/]").removesuffix("@example.com")
    address = {"email": f"{name}@example.com", "email_verified": "true"}
    more = {"given_name": name.capitalize(), "phone_number": "+351210000000"}
    reached = {"phone_number_verified": "true"} if plan.reachable else {}
    return {**address, **(more if plan.complete else {}), **reached}
