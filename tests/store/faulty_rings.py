"""Back ends that pose as an operating system's, and do not what they should.

Loaded in processes of their own only: keyring registers every class of back ends it sees.
"""

from __future__ import annotations

import logging

from keyring.backend import KeyringBackend


class _Posing(KeyringBackend):
    """Works, in memory, under a trusted name."""

    priority = 0.1

    def __init_subclass__(cls) -> None:
        cls.__module__, cls.__qualname__ = "keyring.backends.SecretService", "Keyring"

    value: str | None = None

    def get_password(self, service: str, username: str) -> str | None:
        return self.value

    def set_password(self, service: str, username: str, password: str) -> None:
        self.value = password

    def delete_password(self, service: str, username: str) -> None:
        self.value = None


class Sound(_Posing):
    """Does what it should."""


class Forgetful(_Posing):
    """Keeps nothing, and says nothing, as KWallet does when writing fails."""

    def set_password(self, service: str, username: str, password: str) -> None:
        self.value = None


class Cutting(_Posing):
    """Keeps the beginning."""

    def set_password(self, service: str, username: str, password: str) -> None:
        self.value = password[:10]


class Clinging(_Posing):
    """Does not remove, and says nothing."""

    def delete_password(self, service: str, username: str) -> None:
        pass


class Quoting(_Posing):
    """Fails with the secret in its error and in its log."""

    def set_password(self, service: str, username: str, password: str) -> None:
        logging.getLogger("keyring.backend").error("cannot write %s", password)
        raise ValueError(f"cannot write {password!r}")
