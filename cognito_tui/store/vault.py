"""The vault over the keyring of the operating system. The only file that imports keyring.

Every call to a keyring may block, some for ever, behind a dialogue that nobody answers, and none has a
time-out of its own. What they raise is not only keyring's own errors.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from sys import platform
from typing import TYPE_CHECKING, Final, TypeVar

from cognito_tui.cognito.model import Secret
from cognito_tui.store.item import SERVICE, AnyItem
from cognito_tui.store.safekeeping import Backend, Found, Kept, MemoryVault, Where, refuse_unfit
from cognito_tui.store.trouble import Trouble, VaultError, failure, no_keyring

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

T = TypeVar("T")

_DESKTOP: Final[Mapping[str, str]] = {
    "keyring.backends.SecretService.Keyring": "Secret Service",
    "keyring.backends.libsecret.Keyring": "Secret Service",
    "keyring.backends.kwallet.DBusKeyring": "KWallet",
    "keyring.backends.kwallet.DBusKeyringKWallet4": "KWallet",
}
_OF_SYSTEM: Final[Mapping[str, Mapping[str, str]]] = {
    "darwin": {"keyring.backends.macOS.Keyring": "macOS Keychain"},
    "win32": {"keyring.backends.Windows.WinVaultKeyring": "Windows Credential Locker"},
}
_TRUSTED: Final[Mapping[str, str]] = _OF_SYSTEM.get(platform, _DESKTOP)
"""The back ends that are an operating system's own, by class, and their names. No other is ever called:
others write readable files, keep nothing, or ask for a password in the middle of the terminal."""

_KEEP_NOTHING: Final = frozenset({"keyring.backends.fail.Keyring", "keyring.backends.null.Keyring"})

_NAMESAKES: Final = 9
"""More items of one name than anybody has: when as many were removed, removing does not work."""


class KeyringVault:
    """The vault over the operating system's keyring, and memory for what does not get there.

    It looks for the keyring when first asked. Once found, it stays with it; until then, it looks each time.
    Without a lock of its own: one call that hangs must not keep others from being tried.
    """

    def __init__(self) -> None:
        self._memory = MemoryVault()
        self._found: _Trusted | None = None

    def backend(self) -> Backend:
        """What secrets are kept in; see `Vault.backend`."""
        try:
            name = self._keyring().name
        except VaultError as error:
            kept = Kept.PLAIN if error.trouble is Trouble.NOT_TRUSTED else Kept.MEMORY_ONLY
            return Backend(kept, "memory", error.sentence)
        return Backend(Kept.KEYRING, name, f"Secrets go to the {name} and nowhere else.")

    def find(self, item: AnyItem) -> Found | None:
        """The secret of `item`; see `Vault.find`."""
        if remembered := self._memory.find(item):
            return remembered
        secret = self._keyring().read(item)
        return Found(secret, Where.KEYRING) if secret else None

    def keep(self, item: AnyItem, secret: Secret) -> None:
        """Write `secret` to the keyring, and read it back; see `Vault.keep`."""
        refuse_unfit(secret)
        remembered = self._memory.find(item)
        keyring = self._keyring()
        if not keyring.write(item, secret):
            keyring.remove(item)  # another program's item of the same name may stand before it
            if not keyring.write(item, secret):
                raise VaultError(
                    Trouble.NOT_KEPT,
                    "The keyring did not keep the secret: reading it back gave something else.",
                )
        if self._memory.find(item) in (remembered, Found(secret, Where.MEMORY)):  # no other since
            self._memory.drop(item)

    def remember(self, item: AnyItem, secret: Secret) -> None:
        """Hold `secret` until this run ends; see `Vault.remember`."""
        self._memory.remember(item, secret)

    def drop(self, item: AnyItem) -> None:
        """Forget `item` in memory and in the keyring; see `Vault.drop`."""
        self._memory.drop(item)
        self._keyring().remove(item)

    def _keyring(self) -> _Trusted:
        if self._found is None:
            self._found = _told(_choose)
        return self._found


@dataclass(frozen=True)
class _Trusted:
    """A back end of the operating system. Every method raises `VaultError` and nothing else."""

    name: str
    ring: KeyringBackend

    def read(self, item: AnyItem) -> Secret | None:
        return _told(lambda: _sealed(self.ring.get_password(SERVICE, str(item))))

    def write(self, item: AnyItem, secret: Secret) -> bool:
        """Whether it can be read back: not every back end says when it failed."""
        _told(lambda: self.ring.set_password(SERVICE, str(item), secret.reveal()))
        return self.read(item) == secret

    def remove(self, item: AnyItem) -> None:
        """Remove all of that name: each one removed lets an older one of another program appear."""
        for _ in range(_NAMESAKES):
            if self.read(item) is None:
                return
            _told(lambda: self.ring.delete_password(SERVICE, str(item)))
        raise VaultError(
            Trouble.NOT_KEPT, "The keyring did not remove the secret. Remove it in the keyring itself."
        )


def _sealed(value: str | None) -> Secret | None:
    return None if value is None else Secret(value)


def _told(call: Callable[[], T]) -> T:
    """`call()`, whose exceptions become sentences. They are let go of: their frames hold the secret."""
    try:
        return call()
    except VaultError as error:
        told = error
    except Exception as error:
        told = failure(error)
    raise told


def _choose() -> _Trusted:
    """The keyring that the person has configured, or else the best that the system offers.

    As keyring itself chooses, had it no back ends but the trusted ones: those of other packages are not
    even loaded.

    Raises:
        VaultError: there is none, or it is none of the system's.
    """
    logging.getLogger("keyring").setLevel(logging.CRITICAL + 1)  # its warnings would be painted over the app
    where, ring = _configured()
    if ring is None:
        return _best()
    rings = tuple(getattr(ring, "backends", ())) or (ring,)  # a chain also reads from those not trusted
    for each in rings:
        if name := _TRUSTED.get(_class_of(each)):
            return _Trusted(name, each)
    if all(_class_of(each) in _KEEP_NOTHING for each in rings):
        raise VaultError(Trouble.NO_KEYRING, f"{where} switches the keyring off. Remove that to use it.")
    chosen = ", ".join(map(_class_of, rings))
    raise VaultError(
        Trouble.NOT_TRUSTED,
        f"{where} chooses {chosen}, which is no operating system's keyring and may write readable files. "
        "It is not used. Remove that choice to use the keyring.",
    )


def _configured() -> tuple[str, KeyringBackend | None]:
    """Where a back end is configured, and that back end; None where nothing is configured."""
    from keyring import core  # noqa: PLC0415 only where it is needed
    from keyring.util.platform_ import config_root  # noqa: PLC0415 only where it is needed

    file = str(Path(config_root(), "keyringrc.cfg"))
    for where, load in (("PYTHON_KEYRING_BACKEND", core.load_env), (file, core.load_config)):
        try:
            ring = load()
        except Exception as error:
            raise VaultError(
                Trouble.MISCONFIGURED,
                f"{where} chooses a keyring that cannot be used here ({type(error).__name__}). "
                "Correct it or remove it, then start again.",
            ) from None
        if ring is not None:
            return where, ring
    return "", None


def _best() -> _Trusted:
    from keyring.core import load_keyring  # noqa: PLC0415 only where it is needed

    usable: list[tuple[float, _Trusted]] = []
    for class_name, name in _TRUSTED.items():
        with suppress(Exception):  # not here: whatever it raises means just that
            ring = load_keyring(class_name)
            usable.append((ring.priority, _Trusted(name, ring)))
    if not usable:
        raise no_keyring()
    return max(usable, key=lambda each: each[0])[1]


def _class_of(ring: KeyringBackend) -> str:
    return f"{type(ring).__module__}.{type(ring).__qualname__}"
