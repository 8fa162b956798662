"""What keeps a secret from being read from the keyring or kept there, in sentences."""

from __future__ import annotations

import os
import re
import sys
from enum import StrEnum
from typing import Final


class Trouble(StrEnum):
    """What is the matter. Retrying makes sense for all but `UNFIT`; keeping it in memory for all."""

    LOCKED = "locked"
    """The keyring is locked and was not unlocked: nobody could be asked, or the dialogue was cancelled."""
    TIMEOUT = "no answer in time"
    """Nothing came back in time. What was asked for may still happen."""
    GONE = "gone"
    """There was a keyring, and it no longer answers."""
    NO_KEYRING = "no keyring"
    """This machine, or this session, has none; or somebody switched it off."""
    MISCONFIGURED = "wrongly configured"
    """PYTHON_KEYRING_BACKEND or keyringrc.cfg name something that cannot be used."""
    NOT_TRUSTED = "not trusted"
    """They name a back end that is not an operating system's: it may write a readable file."""
    NOT_KEPT = "not kept"
    """It was written, and reading it back gave something else; or it was removed, and is still there."""
    UNFIT = "unfit"
    """No keyring can hold this value. It never went there."""
    FAILED = "failed"
    """Anything else."""


class VaultError(Exception):
    """Why the vault could not do it: what the `trouble` is, and a sentence with the way out.

    Nothing of the cause is held, neither its text nor its frames: a keyring's own errors may quote values.
    """

    def __init__(self, trouble: Trouble, sentence: str) -> None:
        super().__init__(sentence)
        self.trouble = trouble

    @property
    def sentence(self) -> str:
        """What happened and what to do, for a person."""
        return str(self)


def failure(error: Exception) -> VaultError:
    """What an exception out of a keyring call means.

    Told by class names and texts, since it may come from any of five libraries, most of which are not
    installed here. The text is looked at and never repeated.
    """
    said = str(error)
    kinds = {each.__name__ for each in type(error).__mro__}
    status = _STATUS.search(said)
    if status and status[1] in _BY_STATUS:
        return VaultError(*_BY_STATUS[status[1]])
    if kinds & {"KeyringLocked", "LockedException", "PromptDismissedException"} or _DISMISSED.search(said):
        unlock = _UNLOCK.get(sys.platform, _UNLOCK_DESKTOP)
        return VaultError(
            Trouble.LOCKED, f"The keyring is locked, or its dialogue was cancelled. {unlock}, then retry."
        )
    if "NoKeyringError" in kinds:
        return no_keyring()
    if kinds & {"InitError", "SecretServiceNotAvailableException", "OSError"}:
        return VaultError(
            Trouble.GONE,
            "The keyring no longer answers: its service has ended, or this terminal has outlived its desktop "
            "session. Start the service again, or open a new terminal, then retry.",
        )
    return VaultError(
        Trouble.FAILED,
        f"The keyring could not do it ({type(error).__name__}). Retry, or look into the keyring itself.",
    )


def no_keyring() -> VaultError:
    """The error where nothing that the system offers can be used."""
    why = _NONE.get(sys.platform) or (
        "no Secret Service runs in this D-Bus session. GNOME Keyring, KWallet and KeePassXC offer one."
        if os.environ.get("DBUS_SESSION_BUS_ADDRESS")
        else "there is no D-Bus session, as usual over SSH and in containers. The README tells a way."
    )
    return VaultError(Trouble.NO_KEYRING, f"There is no keyring here: {why}")


_STATUS: Final = re.compile(r"\((-?\d+),")
"""The status that errors of macOS and Windows begin with, as in `(-25308, 'Unknown Error')`."""

_REFUSED_BY_MACOS: Final = (
    Trouble.FAILED,
    "macOS refused this Python access to the Keychain. Allow it in Keychain Access, or use a signed Python.",
)
_BY_STATUS: Final = {
    "-25308": (  # errSecInteractionNotAllowed
        Trouble.LOCKED,
        "The Keychain is locked, and macOS may not ask here, as over SSH. "
        "Run `security unlock-keychain`, then retry.",
    ),
    "-25293": _REFUSED_BY_MACOS,  # errSecAuthFailed
    "-67030": _REFUSED_BY_MACOS,  # keyring calls it plist_missing
    "1312": (  # ERROR_NO_SUCH_LOGON_SESSION
        Trouble.LOCKED,
        "Windows opens its Credential Locker in a desktop session only, not over SSH or to a service.",
    ),
}

_DISMISSED: Final = re.compile("Prompt dismissed|Cancelled by user")
"""SecretStorage, where a first collection is to be made (InitError); KWallet, writing and removing."""

_UNLOCK_DESKTOP: Final = "Unlock it on the desktop, or as the README tells where there is none"
_UNLOCK: Final = {
    "darwin": "Allow the access, or run `security unlock-keychain`",
    "win32": "Unlock Windows itself",
}

_NONE: Final = {
    "darwin": "this Python cannot use the macOS Keychain.",
    "win32": "this Python cannot use the Windows Credential Locker.",
}
