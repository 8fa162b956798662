"""What a vault is: its words, its contract, and the simplest one, which is memory."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Final, Protocol

from cognito_tui.cognito.checks import line_problem
from cognito_tui.cognito.model import Secret
from cognito_tui.store.item import AnyItem
from cognito_tui.store.trouble import Trouble, VaultError

LONGEST: Final = 1280
"""UTF-16 units of a secret: what Windows takes (CRED_MAX_CREDENTIAL_BLOB_SIZE, 2560 bytes)."""


class Kept(Enum):
    """What secrets are kept in on this machine."""

    KEYRING = "keyring"
    MEMORY_ONLY = "memory only"
    PLAIN = "plain"
    """A back end is configured that may write readable files. It is not used: memory only as well."""


@dataclass(frozen=True)
class Backend:
    """What secrets are kept in, its own name (`Secret Service`, `macOS Keychain`), and a sentence on it."""

    kept: Kept
    name: str
    why: str


class Where(Enum):
    """Where a secret was found."""

    KEYRING = "keyring"
    MEMORY = "memory"


@dataclass(frozen=True)
class Found:
    """A secret, and where it is."""

    secret: Secret
    where: Where


class Vault(Protocol):
    """Where client secrets and devices are.

    Its methods may block: call them through `cognito_tui.store.patience`.
    """

    def backend(self) -> Backend:
        """What secrets are kept in. Never raises: what is the matter stands in `why`."""
        ...

    def find(self, item: AnyItem) -> Found | None:
        """The secret of `item`, what was remembered before what the keyring has; None: there is none.

        Raises:
            VaultError: it is not in memory, and the keyring could not be asked.
        """
        ...

    def keep(self, item: AnyItem, secret: Secret) -> None:
        """Keep `secret` for good: write it to the keyring, and read it back.

        After a time-out it may still get there, when somebody answers the dialogue at last: `find` tells.

        Raises:
            VaultError: it is not known to be kept, and an older one may be lost (macOS removes it first).
        """
        ...

    def remember(self, item: AnyItem, secret: Secret) -> None:
        """Hold `secret` in memory until this run ends. Never blocks.

        Raises:
            VaultError: `UNFIT`, nothing else.
        """
        ...

    def drop(self, item: AnyItem) -> None:
        """Forget `item`, in memory and in the keyring. It need not be there.

        Raises:
            VaultError: memory has forgotten it; the keyring may still have it.
        """
        ...


class MemoryVault:
    """A vault that ends with the run: the demo's."""

    def __init__(self) -> None:
        self._secrets: dict[AnyItem, Secret] = {}

    def backend(self) -> Backend:
        """Memory."""
        return Backend(Kept.MEMORY_ONLY, "memory", "Secrets are in memory, and gone when you quit.")

    def find(self, item: AnyItem) -> Found | None:
        """The secret of `item`; see `Vault.find`."""
        secret = self._secrets.get(item)
        return None if secret is None else Found(secret, Where.MEMORY)

    def keep(self, item: AnyItem, secret: Secret) -> None:
        """As `remember`: there is nothing for good here."""
        self.remember(item, secret)

    def remember(self, item: AnyItem, secret: Secret) -> None:
        """Hold `secret` until this run ends; see `Vault.remember`."""
        refuse_unfit(secret)
        self._secrets[item] = secret

    def drop(self, item: AnyItem) -> None:
        """Forget `item`; see `Vault.drop`."""
        self._secrets.pop(item, None)


def refuse_unfit(secret: Secret) -> None:
    """Let nothing into a vault that some keyring would cut, mangle or choke on.

    Raises:
        VaultError: `UNFIT`.
    """
    if problem := line_problem(secret.reveal()):
        raise VaultError(Trouble.UNFIT, f"The client secret {problem}.")
    if len(secret.reveal().encode("utf-16-le")) > 2 * LONGEST:
        raise VaultError(
            Trouble.UNFIT, f"The client secret is too long for a keyring, which takes {LONGEST} characters."
        )
