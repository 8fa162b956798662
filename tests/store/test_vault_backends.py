"""Only an operating system's keyring is used, and not even that is believed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import keyring.errors
import pytest

from cognito_tui.store.trouble import Trouble, failure
from tests.store.test_vault import NAME, ONE
from tests.store.test_vault_failures import NO_BUS

if TYPE_CHECKING:
    from tests.store.secret_service import SecretService

ROOT = Path(__file__).parent.parent.parent
CHAIN = "keyring.backends.chainer.ChainerBackend"
PLAIN = "tests.store.plain_ring.Plaintext"
FOUND = "Found(secret=Secret(••••••••), where=<Where.KEYRING: 'keyring'>)"
WELL = {
    "backend": ("KEYRING", "Secrets go to the Secret Service and nowhere else."),
    "keep": ("done", "None"),
    "find": ("done", FOUND),
    "drop": ("done", "None"),
    "look": ("done", "None"),
}


class Machine:
    """A machine with a package that offers a back end of readable files, as keyrings.alt does."""

    def __init__(self, directory: Path) -> None:
        self.plain_file = directory / "plain"
        self._packages = directory / "packages"
        info = self._packages / "plain_ring-1.dist-info"
        info.mkdir(parents=True)
        (info / "METADATA").write_text("Metadata-Version: 2.1\nName: plain-ring\nVersion: 1\n")
        (info / "entry_points.txt").write_text("[keyring.backends]\nplain = tests.store.plain_ring\n")

    def run(self, *command: str, backend: str | None = None) -> str:
        """What a program prints when the environment chooses `backend`; it must print no error."""
        environment = {**os.environ, "PYTHONPATH": str(self._packages), "PLAIN_FILE": str(self.plain_file)}
        environment.pop("PYTHON_KEYRING_BACKEND", None)
        if backend is not None:
            environment["PYTHON_KEYRING_BACKEND"] = backend
        ran = subprocess.run(
            [sys.executable, *command], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
        )
        assert ran.stderr == ""
        return ran.stdout

    def vault(self, backend: str | None = None) -> dict[str, tuple[str, str]]:
        """What becomes of each step of `vault_run`."""
        printed = self.run("-m", "tests.store.vault_run", backend=backend)
        leaked = ONE.reveal() in printed
        assert not leaked
        return {name: (outcome, said) for name, outcome, said in map(json.loads, printed.splitlines())}


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def no_step(kept: str, trouble: str, sentence: str) -> dict[str, tuple[str, str]]:
    return {name: (kept if name == "backend" else trouble, sentence) for name in WELL}


def test_a_readable_file_is_never_used_by_itself(machine: Machine) -> None:
    assert machine.vault() == no_step("MEMORY_ONLY", "NO_KEYRING", NO_BUS)
    assert not machine.plain_file.exists()


@pytest.mark.parametrize("backend", [PLAIN, CHAIN])
def test_a_readable_file_is_not_used_when_it_is_chosen(machine: Machine, backend: str) -> None:
    sentence = (
        f"PYTHON_KEYRING_BACKEND chooses {PLAIN}, which is no operating system's keyring and may write "
        "readable files. It is not used. Remove that choice to use the keyring."
    )
    assert machine.vault(backend) == no_step("PLAIN", "NOT_TRUSTED", sentence)
    assert not machine.plain_file.exists()


@pytest.mark.parametrize("backend", [None, CHAIN])
def test_the_keyring_is_used_and_a_readable_file_beside_it_is_not(
    machine: Machine, secret_service: SecretService, backend: str | None
) -> None:
    text = json.dumps({f"cognito-tui {NAME}": "somebody's"})
    machine.plain_file.write_text(text)
    assert machine.vault(backend) == WELL
    assert machine.plain_file.read_text() == text


def test_keyring_itself_would_use_the_readable_file(machine: Machine) -> None:
    used = machine.run(
        "-c", "import keyring; keyring.set_password('a', 'b', 'c'); print(keyring.get_keyring())"
    )
    assert used.startswith(PLAIN)
    assert machine.plain_file.exists()


@pytest.mark.parametrize(
    ("backend", "differing"),
    [
        ("Sound", {}),
        (
            "Forgetful",
            {
                "keep": (
                    "NOT_KEPT",
                    "The keyring did not keep the secret: reading it back gave something else.",
                ),
                "find": ("done", "None"),
            },
        ),
        (
            "Cutting",
            {
                "keep": (
                    "NOT_KEPT",
                    "The keyring did not keep the secret: reading it back gave something else.",
                )
            },
        ),
        (
            "Clinging",
            {
                "drop": (
                    "NOT_KEPT",
                    "The keyring did not remove the secret. Remove it in the keyring itself.",
                ),
                "look": ("done", FOUND),
            },
        ),
        (
            "Quoting",
            {
                "keep": (
                    "FAILED",
                    "The keyring could not do it (ValueError). Retry, or look into the keyring itself.",
                ),
                "find": ("done", "None"),
            },
        ),
    ],
)
def test_what_a_keyring_does_is_looked_at(
    machine: Machine, backend: str, differing: dict[str, tuple[str, str]]
) -> None:
    assert machine.vault(f"tests.store.faulty_rings.{backend}") == WELL | differing


@pytest.mark.parametrize(
    ("error", "trouble", "way_out"),
    [
        (
            keyring.errors.PasswordSetError("Can't store password on keychain: (-25308, 'Unknown Error')"),
            Trouble.LOCKED,
            "security unlock-keychain",
        ),
        (
            keyring.errors.KeyringError(
                "Can't get password from keychain: (-25293, 'Security Auth Failure')"
            ),
            Trouble.FAILED,
            "Allow it in Keychain Access",
        ),
        (keyring.errors.PasswordSetError("Cancelled by user"), Trouble.LOCKED, "then retry"),
        (keyring.errors.PasswordDeleteError("Cancelled by user"), Trouble.LOCKED, "then retry"),
        (keyring.errors.NoKeyringError("Install one"), Trouble.NO_KEYRING, "no D-Bus session"),
        (keyring.errors.InitError("Failed to open keyring: s3cret."), Trouble.GONE, "then retry"),
        (OSError(1312, "CredWrite", "s3cret"), Trouble.GONE, "then retry"),
        (Exception(1312, "CredWrite", "s3cret"), Trouble.LOCKED, "desktop session"),
        (Exception(1783, "CredWrite", "s3cret"), Trouble.FAILED, "(Exception)"),
        (TypeError("s3cret"), Trouble.FAILED, "(TypeError)"),
    ],
)
def test_what_cannot_be_had_here_is_told_by_its_text(
    error: Exception, trouble: Trouble, way_out: str
) -> None:
    told = failure(error)
    assert told.trouble is trouble
    assert way_out in told.sentence
    assert "s3cret" not in told.sentence


@pytest.mark.parametrize(
    ("platform", "locked", "none"),
    [
        ("linux", "on the desktop, or as the README tells", "no D-Bus session"),
        ("darwin", "security unlock-keychain", "macOS Keychain"),
        ("win32", "Unlock Windows itself", "Windows Credential Locker"),
    ],
)
def test_each_platform_has_its_own_way_out(
    monkeypatch: pytest.MonkeyPatch, platform: str, locked: str, none: str
) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    assert locked in failure(keyring.errors.KeyringLocked()).sentence
    assert none in failure(keyring.errors.NoKeyringError()).sentence
