"""What screens and widgets ask of the app. They never import it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from textual.message import Message

from cognito_tui.cognito.model import Secret, Tokens
from cognito_tui.cognito.users import User
from cognito_tui.store.profile import Profile
from cognito_tui.tui.in_use import Admin, InUse
from cognito_tui.tui.signed_in_users import SignedInUser


@dataclass
class UseProfile(Message):
    """Put a profile in use and go to its sign-in place."""

    profile: Profile


@dataclass
class ProfilesChanged(Message):
    """profiles.toml or the vault was changed here: read anew. `gone` no longer exists."""

    gone: str


@dataclass
class WantSecret(Message):
    """The profile in use needs another secret: store this one, or ask the person for it."""

    secret: Secret | None = None
    given_up: Callable[[], None] = lambda: None


@dataclass
class DropSecret(Message):
    """The client of the profile in use has no secret after all."""


@dataclass
class EditProfile(Message):
    """Open the form of a profile; None: of a new one."""

    profile: Profile | None


@dataclass
class SignedCall(Message):
    """A signed call went through, or there are no credentials for one."""

    admin: Admin
    signer: tuple[str | None, ...]


@dataclass
class Copy(Message):
    """Copy a value; `what` names it in the message. `sensitive` ones are cleared again after a while.

    `shown_by` is the key that shows a sensitive one full width, where it could not be copied.
    """

    what: str
    value: str = field(repr=False)
    sensitive: bool = True
    shown_by: str = "v"


@dataclass
class ShowValue(Message):
    """Show a value full width, to be selected with the mouse."""

    what: str
    value: str = field(repr=False)


@dataclass
class GoTo(Message):
    """Go to a place by its name."""

    place: str


@dataclass
class EnterSandbox(Message):
    """Go into the sandbox: the same app, another world."""


@dataclass
class SignInAs(Message):
    """Fill the sign-in form: an inhabitant of the sandbox was chosen."""

    username: str
    password: Secret
    profile: Profile
    auth_flow: str


@dataclass
class TokensCame(Message):
    """A sign-in has ended with tokens; they are kept in memory."""

    in_use: InUse
    tokens: Tokens


@dataclass
class TokensChanged(Message):
    """More is known of somebody who is signed in, or the tokens are others now."""

    user: SignedInUser


@dataclass
class TokensForgotten(Message):
    """Forget the tokens of a sign-in; nothing is sent."""

    number: int


@dataclass
class ShowUser(Message):
    """Go to the users place, and to this user there."""

    username: str


@dataclass
class UserSeen(Message):
    """A user as AdminGetUser had it just now, in the pool that was in use then."""

    in_use: InUse
    user: User


@dataclass
class ShowQr(Message):
    """Show a QR code on the whole screen."""

    text: Secret


@dataclass
class CodeSent(Message):
    """The sandbox has sent a code: `medium` is SMS or EMAIL, `destination` masked as Cognito tells it."""

    medium: str
    destination: str
    code: Secret

    @property
    def to(self) -> str:
        """How and where it went."""
        return f"{'SMS' if self.medium == 'SMS' else 'E-mail'} to {self.destination}"
