"""A user pool: its users, its app clients, and who is meant by a name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

from cognito_tui.cognito.model import Secret, UserStatus
from cognito_tui.sandbox.attributes import VERIFIED_BY, Attribute, schema
from cognito_tui.sandbox.devices import Device, DeviceTracking
from cognito_tui.sandbox.directory import Directory
from cognito_tui.sandbox.groups import Group
from cognito_tui.sandbox.lockout import Attempts
from cognito_tui.sandbox.mail import EmailSender
from cognito_tui.sandbox.passwords import LONGEST_HISTORY, PasswordPolicy
from cognito_tui.sandbox.refusal import Refusal
from cognito_tui.sandbox.session_tracking import SessionTracking
from cognito_tui.sandbox.totp import SoftwareToken

_DEFAULT_FLOWS: Final = ("ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_SRP_AUTH", "ALLOW_CUSTOM_AUTH")
"""What a client allows when ExplicitAuthFlows is unset (service model, ExplicitAuthFlows)."""


@dataclass(frozen=True)
class User:
    """A user. `username` is canonical, `attributes` are without `sub`, `passwords` newest first.

    `mfa` are the factors that are switched on, `token` an authenticator app that was verified, `passkeys` the
    ids of WebAuthn credentials, `devices` those that tokens told of, by their keys.
    """

    username: str
    sub: str
    status: UserStatus
    created: datetime
    modified: datetime
    attributes: Mapping[str, str] = field(default_factory=dict)
    enabled: bool = True
    passwords: tuple[Secret, ...] = ()
    password_set: datetime | None = None
    attempts: Attempts = field(default_factory=Attempts)
    groups: tuple[str, ...] = ()
    mfa: tuple[str, ...] = ()
    preferred_mfa: str = ""
    token: SoftwareToken | None = None
    passkeys: tuple[str, ...] = ()
    devices: Mapping[str, Device] = field(default_factory=dict)

    def has_password(self, password: Secret) -> bool:
        """Whether `password` is the current one."""
        return bool(self.passwords) and self.passwords[0] == password

    def with_password(self, password: Secret, status: UserStatus, now: datetime) -> User:
        """With a new password, and the status that comes of it."""
        return replace(
            self,
            passwords=(password, *self.passwords)[:LONGEST_HISTORY],
            password_set=now,
            status=status,
            modified=now,
        )

    def confirmed(self, now: datetime) -> User:
        """In CONFIRMED, with the password as it is."""
        return replace(self, status=UserStatus.CONFIRMED, modified=now)

    def with_device(self, device: Device) -> User:
        """With a device, new or changed."""
        return replace(self, devices={**self.devices, device.key: device})

    def verified(self, attribute: str) -> bool:
        """Whether an e-mail address or phone number is there and verified."""
        return bool(self.attributes.get(attribute)) and self.attributes.get(VERIFIED_BY[attribute]) == "true"

    def told(self) -> dict[str, str]:
        """All attributes, as answers have them."""
        return {"sub": self.sub, **self.attributes}


@dataclass(frozen=True)
class AppClient:
    """An app client: no secret, one or two; `auth_session_validity` in minutes.

    PreventUserExistenceErrors is ENABLED or, as for a client the API made without it, LEGACY. `rotation` is
    RetryGracePeriodSeconds of a client with RefreshTokenRotation, which excludes ALLOW_REFRESH_TOKEN_AUTH.
    `revocation` is EnableTokenRevocation.
    """

    client_id: str
    name: str
    created: datetime
    secrets: tuple[Secret, ...] = ()
    explicit_auth_flows: tuple[str, ...] = ()
    write_attributes: tuple[str, ...] = ()
    auth_session_validity: int = 3
    prevent_user_existence_errors: bool = False
    rotation: int | None = None
    revocation: bool = True

    def allows(self, *switches: str) -> bool:
        """Whether one of `switches` is among ExplicitAuthFlows."""
        return any(switch in (self.explicit_auth_flows or _DEFAULT_FLOWS) for switch in switches)

    def may_write(self, attribute: str) -> bool:
        """Whether its users may set `attribute`.

        Unset WriteAttributes are the standard attributes; what says that an address is verified is never
        a user's to write (service model, WriteAttributes; row 21).
        """
        if attribute == "sub" or attribute in VERIFIED_BY.values():
            return False
        if not self.write_attributes:
            return not attribute.startswith(("custom:", "dev:"))
        return attribute in self.write_attributes


@dataclass
class UserPool:
    """A user pool, its settings, its app clients by id, its groups by name and its users by `sub`.

    `mfa` is MfaConfiguration: OFF, OPTIONAL or ON; `mfa_factors` those the pool has, `first_factors` what
    USER_AUTH may begin with (AllowedFirstAuthFactors). With `custom_auth` it has the triggers of CUSTOM_AUTH.
    `account_recovery` are the RecoveryMechanisms in their order, none when AccountRecoverySetting is unset.
    Where it `protects`, AdvancedSecurityMode is AUDIT and the tier PLUS; `sessions` says that it tracks them.
    """

    pool_id: str
    name: str
    created: datetime
    schema: tuple[Attribute, ...] = field(default_factory=schema)
    password_policy: PasswordPolicy = field(default_factory=PasswordPolicy)
    alias_attributes: tuple[str, ...] = ()
    username_attributes: tuple[str, ...] = ()
    case_sensitive: bool = False
    mfa: str = "OFF"
    mfa_factors: tuple[str, ...] = ()
    first_factors: tuple[str, ...] = ("PASSWORD",)
    devices: DeviceTracking | None = None
    custom_auth: bool = False
    email_sender: EmailSender = EmailSender.DEVELOPER
    account_recovery: tuple[str, ...] = ()
    protects: bool = False
    sessions: SessionTracking | None = None
    clients: dict[str, AppClient] = field(default_factory=dict)
    groups: dict[str, Group] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)
    _directory: Directory = field(default_factory=Directory, repr=False)

    @property
    def short_id(self) -> str:
        """The pool id without its region: the pool's name as SRP has it."""
        return self.pool_id.partition("_")[2]

    def put(self, user: User) -> User:
        """Keep `user` as it now is."""
        self._directory.enter(self.users.get(user.sub), user)
        self.users[user.sub] = user
        return user

    def remove(self, user: User) -> None:
        """Have `user` no more."""
        self._directory.leave(self.users.pop(user.sub))

    def line(self, begin: int = 0) -> Iterator[tuple[int, User]]:
        """Each user as created, with a place in line that is theirs for ever, from place `begin` on."""
        return ((at, self.users[sub]) for at, sub in self._directory.line(begin) if sub in self.users)

    def folded(self, name: str) -> str:
        """A name as it is compared: case counts only in a case-sensitive pool (UsernameConfiguration)."""
        return name if self.case_sensitive else name.casefold()

    def names(self, user: User) -> dict[str, str]:
        """What `user` can be found by: the username, and each alias the pool takes, by attribute.

        As an alias, an e-mail address or phone number counts only once it is verified; as what users sign
        in with, always (Developer Guide, "Customizing sign-in attributes").
        """
        aliases = {
            attribute: user.attributes.get(attribute, "")
            for attribute in (*self.username_attributes, *self.alias_attributes)
            if attribute in self.username_attributes
            or attribute not in VERIFIED_BY
            or user.verified(attribute)
        }
        names = {"username": user.username, **aliases}
        return {what: self.folded(name) for what, name in names.items() if name}

    def find(self, name: str) -> User | None:
        """Who signs in with `name`. A `sub` is no such name, unless it is the username."""
        wanted = self.folded(name)
        return next((user for user in self._candidates(name) if wanted in self.names(user).values()), None)

    def find_canonical(self, username: str) -> User | None:
        """Who has that canonical username."""
        wanted = self.folded(username)
        found = (user for user in self._candidates(username) if self.folded(user.username) == wanted)
        return next(found, None)

    def _candidates(self, name: str) -> Iterator[User]:
        return (self.users[sub] for sub in self._directory.candidates(name))

    def find_for_admin(self, name: str) -> User | None:
        """Who an administrator means by `name`: also a `sub` (service model, AdminGetUser.Username)."""
        return self.find(name) or self.users.get(name)

    def taken(self, user: User) -> str | None:
        """Which of the names of `user` is another user's already: `username`, or the alias attribute."""
        return next(
            (
                what
                for what, name in self.names(user).items()
                for other in self._candidates(name)
                if other.sub != user.sub and name in self.names(other).values()
            ),
            None,
        )

    def check_aliases(self, user: User) -> None:
        """See that `user`, with attributes that are new, is not found by somebody else's alias.

        Raises:
            Refusal: AliasExistsException, row 59.
        """
        if taken := self.taken(user):
            raise Refusal("AliasExistsException", f"An account with the given {taken} already exists.")

    def required_and_missing(self, user: User) -> list[str]:
        """The required attributes `user` has no value for."""
        told = user.told()
        return [each.name for each in self.schema if each.required and not told.get(each.name)]
