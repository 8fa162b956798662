"""Whatever a keyring does, the vault says it in a sentence, and the sentence holds no secret."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from pathlib import Path
from traceback import TracebackException
from typing import TYPE_CHECKING

import pytest

from cognito_tui.cognito.model import Secret
from cognito_tui.store.patience import awaited, waited_for
from cognito_tui.store.safekeeping import Backend, Found, Kept, Where
from cognito_tui.store.trouble import Trouble, VaultError
from cognito_tui.store.vault import KeyringVault
from tests.store.test_vault import ITEM, ONE, TWO

if TYPE_CHECKING:
    from tests.store.secret_service import SecretService

# keyring leaves the connection open when it raises KeyringLocked
pytestmark = pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning")

SECRET = ONE.reveal()
LOCKED = (
    "The keyring is locked, or its dialogue was cancelled. "
    "Unlock it on the desktop, or as the README tells where there is none, then retry."
)
GONE = (
    "The keyring no longer answers: its service has ended, or this terminal has outlived its desktop "
    "session. Start the service again, or open a new terminal, then retry."
)
NO_BUS = (
    "There is no keyring here: there is no D-Bus session, as usual over SSH and in containers. "
    "The README tells a way."
)
NO_SERVICE = (
    "There is no keyring here: no Secret Service runs in this D-Bus session. "
    "GNOME Keyring, KWallet and KeePassXC offer one."
)

Act = Callable[[KeyringVault], object]
ACTS: dict[str, Act] = {
    "find": lambda vault: vault.find(ITEM),
    "keep": lambda vault: vault.keep(ITEM, ONE),
    "drop": lambda vault: vault.drop(ITEM),
}


@pytest.fixture(params=list(ACTS.values()), ids=list(ACTS))
def act(request: pytest.FixtureRequest) -> Act:
    found: Act = request.param
    return found


@pytest.fixture
def vault(secret_service: SecretService) -> KeyringVault:
    """One that has found its keyring, with a secret in it."""
    vault = KeyringVault()
    vault.keep(ITEM, TWO)
    return vault


def trouble_of(call: Callable[[], object]) -> tuple[Trouble, str]:
    """What the `VaultError` tells that `call` has to raise."""
    with pytest.raises(VaultError) as caught:
        call()
    return told(caught.value)


def told(error: VaultError) -> tuple[Trouble, str]:
    """What `error` tells, after a look that neither it nor what led to it holds the secret."""
    leaks = [each for each in (error, error.__context__) if each and SECRET in shown(each)]
    assert leaks == []
    return error.trouble, error.sentence


def shown(error: BaseException) -> str:
    """The traceback with all local values: more than a crash of the app would print."""
    return "".join(TracebackException.from_exception(error, capture_locals=True).format())


def test_the_scan_of_a_traceback_sees_a_value() -> None:
    def careless(value: str) -> None:
        raise LookupError

    with pytest.raises(LookupError) as caught:
        careless(SECRET)
    assert SECRET in shown(caught.value)


class TestOfAKeyringThatWasThere:
    def test_locked_and_nobody_to_ask(
        self, vault: KeyringVault, secret_service: SecretService, act: Act
    ) -> None:
        secret_service.lock()
        assert trouble_of(lambda: act(vault)) == (Trouble.LOCKED, LOCKED)
        secret_service.unlock()
        act(vault)

    def test_locked_and_cancelled_asks_once(
        self, vault: KeyringVault, secret_service: SecretService, act: Act
    ) -> None:
        secret_service.lock()
        with secret_service.prompter("cancels") as dialogues:
            assert trouble_of(lambda: act(vault)) == (Trouble.LOCKED, LOCKED)
            assert dialogues.read_text() == "asked\n"

    def test_locked_and_nobody_answers(
        self, vault: KeyringVault, secret_service: SecretService, act: Act
    ) -> None:
        secret_service.lock()
        with secret_service.prompter("hangs"):
            trouble, sentence = trouble_of(lambda: waited_for(act, vault, patience=0.2))
            assert trouble is Trouble.TIMEOUT
            assert sentence == (
                "The keyring has not answered in 0.2 s. It may be waiting for an unlock dialogue, perhaps on "
                "another screen: answer that, then retry."
            )
            secret_service.unlock()
            waited_for(act, vault)

    async def test_the_event_loop_does_not_wait_either(
        self, vault: KeyringVault, secret_service: SecretService
    ) -> None:
        assert await awaited(vault.find, ITEM) == Found(TWO, Where.KEYRING)
        secret_service.freeze()
        began = time.monotonic()
        with pytest.raises(VaultError) as caught:
            await awaited(vault.keep, ITEM, ONE, patience=0.2)
        assert time.monotonic() - began < 5
        assert told(caught.value)[0] is Trouble.TIMEOUT
        secret_service.thaw()

    def test_what_was_given_up_may_still_be_kept_and_find_tells(
        self, vault: KeyringVault, secret_service: SecretService
    ) -> None:
        secret_service.freeze()
        assert trouble_of(lambda: waited_for(vault.keep, ITEM, ONE, patience=0.2))[0] is Trouble.TIMEOUT
        vault.remember(ITEM, ONE)
        secret_service.thaw()
        let_it_end("keep")
        assert vault.find(ITEM) == Found(ONE, Where.KEYRING)

    def test_what_was_remembered_since_is_not_lost_to_what_was_given_up(
        self, vault: KeyringVault, secret_service: SecretService
    ) -> None:
        secret_service.freeze()
        assert trouble_of(lambda: waited_for(vault.keep, ITEM, ONE, patience=0.2))[0] is Trouble.TIMEOUT
        vault.remember(ITEM, Secret("newer"))
        secret_service.thaw()
        let_it_end("keep")
        assert KeyringVault().find(ITEM) == Found(ONE, Where.KEYRING)
        assert vault.find(ITEM) == Found(Secret("newer"), Where.MEMORY)

    def test_no_collection_yet(self, vault: KeyringVault, secret_service: SecretService, act: Act) -> None:
        secret_service.kill_daemon()
        secret_service.forget()
        secret_service.start_daemon()
        assert trouble_of(lambda: act(vault)) == (Trouble.LOCKED, LOCKED)

    def test_the_service_ends_and_comes_back(
        self, vault: KeyringVault, secret_service: SecretService, act: Act
    ) -> None:
        secret_service.kill_daemon()
        assert trouble_of(lambda: act(vault)) == (Trouble.GONE, GONE)
        secret_service.start_daemon()
        secret_service.unlock()
        act(vault)

    def test_the_bus_ends(self, vault: KeyringVault, secret_service: SecretService, act: Act) -> None:
        secret_service.stop()
        assert trouble_of(lambda: act(vault)) == (Trouble.GONE, GONE)

    @pytest.mark.parametrize("address", [None, "", "garbage", "unix:path=/nowhere"])
    def test_the_bus_is_no_longer_known(
        self, vault: KeyringVault, monkeypatch: pytest.MonkeyPatch, address: str | None, act: Act
    ) -> None:
        if address is None:
            monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS")
        else:
            monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        assert trouble_of(lambda: act(vault)) == (Trouble.GONE, GONE)

    def test_memory_works_all_the_same(self, vault: KeyringVault, secret_service: SecretService) -> None:
        secret_service.stop()
        vault.remember(ITEM, ONE)
        assert vault.find(ITEM) == Found(ONE, Where.MEMORY)
        assert trouble_of(lambda: vault.drop(ITEM)) == (Trouble.GONE, GONE)
        assert trouble_of(lambda: vault.find(ITEM)) == (Trouble.GONE, GONE)


class TestOfAKeyringThatWasNeverThere:
    def test_no_bus_until_there_is_one(
        self, secret_service: SecretService, monkeypatch: pytest.MonkeyPatch, act: Act
    ) -> None:
        monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS")
        vault = KeyringVault()
        assert vault.backend() == Backend(Kept.MEMORY_ONLY, "memory", NO_BUS)
        assert trouble_of(lambda: act(vault)) == (Trouble.NO_KEYRING, NO_BUS)
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", secret_service.address)
        assert vault.backend().kept is Kept.KEYRING
        act(vault)

    def test_no_service_until_there_is_one(self, secret_service: SecretService, act: Act) -> None:
        secret_service.kill_daemon()
        vault = KeyringVault()
        assert vault.backend() == Backend(Kept.MEMORY_ONLY, "memory", NO_SERVICE)
        assert trouble_of(lambda: act(vault)) == (Trouble.NO_KEYRING, NO_SERVICE)
        secret_service.start_daemon()
        secret_service.unlock()
        assert vault.backend().kept is Kept.KEYRING

    @pytest.mark.parametrize(
        ("backend", "kind"),
        [
            ("", "ValueError"),
            ("nonsense", "ValueError"),
            ("no.such.Module", "ModuleNotFoundError"),
            ("keyring.backends.SecretService.Nothing", "AttributeError"),
            ("keyring.backends.SecretService.Keyring", "RuntimeError"),
            ("keyring.backends.macOS.Keyring", "RuntimeError"),
        ],
    )
    def test_a_variable_that_chooses_what_cannot_be_used(
        self, monkeypatch: pytest.MonkeyPatch, backend: str, kind: str, act: Act
    ) -> None:
        monkeypatch.setenv("PYTHON_KEYRING_BACKEND", backend)
        sentence = (
            f"PYTHON_KEYRING_BACKEND chooses a keyring that cannot be used here ({kind}). "
            "Correct it or remove it, then start again."
        )
        assert KeyringVault().backend() == Backend(Kept.MEMORY_ONLY, "memory", sentence)
        assert trouble_of(lambda: act(KeyringVault())) == (Trouble.MISCONFIGURED, sentence)

    @pytest.mark.parametrize(
        ("text", "kind"),
        [
            ("[backend]\ndefault-keyring=no.such.Keyring\n", "ModuleNotFoundError"),
            ("no section\n", "MissingSectionHeaderError"),
            ("[backend]\ndefault-keyring=keyring.backends.SecretService.Keyring\n", "RuntimeError"),
        ],
    )
    def test_a_file_that_chooses_what_cannot_be_used(
        self, monkeypatch: pytest.MonkeyPatch, text: str, kind: str
    ) -> None:
        monkeypatch.delenv("PYTHON_KEYRING_BACKEND")
        file = keyringrc(text)
        sentence = (
            f"{file} chooses a keyring that cannot be used here ({kind}). "
            "Correct it or remove it, then start again."
        )
        vault = KeyringVault()
        assert vault.backend() == Backend(Kept.MEMORY_ONLY, "memory", sentence)
        assert trouble_of(lambda: vault.find(ITEM)) == (Trouble.MISCONFIGURED, sentence)

    def test_a_file_that_chooses_nothing_is_passed_over_in_silence(
        self, secret_service: SecretService, caplog: pytest.LogCaptureFixture
    ) -> None:
        keyringrc("[backend]\n")
        assert KeyringVault().backend().kept is Kept.KEYRING
        assert caplog.records == []

    @pytest.mark.parametrize("backend", ["fail", "null"])
    def test_the_keyring_is_switched_off(
        self, monkeypatch: pytest.MonkeyPatch, backend: str, act: Act
    ) -> None:
        monkeypatch.setenv("PYTHON_KEYRING_BACKEND", f"keyring.backends.{backend}.Keyring")
        sentence = "PYTHON_KEYRING_BACKEND switches the keyring off. Remove that to use it."
        assert KeyringVault().backend() == Backend(Kept.MEMORY_ONLY, "memory", sentence)
        assert trouble_of(lambda: act(KeyringVault())) == (Trouble.NO_KEYRING, sentence)


def keyringrc(text: str) -> Path:
    """keyring's own configuration file with `text` in it."""
    file = Path(os.environ["HOME"], ".config", "python_keyring", "keyringrc.cfg")
    file.parent.mkdir(parents=True)
    file.write_text(text)
    return file


def let_it_end(call: str) -> None:
    """Wait for a call that was given up and goes on in its thread."""
    for thread in threading.enumerate():
        if thread.name == call:
            thread.join()
