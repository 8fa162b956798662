"""A private D-Bus session with a real Secret Service on it. The machine's own keyring is not touched."""

# jeepney has no types, and is there on Linux only
# mypy: disable-error-code="import-untyped, import-not-found"
from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Final

from jeepney import DBusAddress, MatchRule, message_bus, new_method_call
from jeepney.io.blocking import DBusConnection, Proxy, open_dbus_connection
from secretstorage.util import format_secret, open_session

MASTER_PASSWORD: Final = b"of the rig"
"""Not empty: gnome-keyring does not encrypt with an empty one."""

PATIENCE: Final = 10.0
"""Seconds until the rig itself is taken to be broken."""

SECRETS: Final = "org.freedesktop.secrets"
SERVICE: Final = DBusAddress("/org/freedesktop/secrets", SECRETS, "org.freedesktop.Secret.Service")
WITHOUT_PROMPT: Final = DBusAddress(
    "/org/freedesktop/secrets", SECRETS, "org.gnome.keyring.InternalUnsupportedGuiltRiddenInterface"
)
"""gnome-keyring's own way to make and unlock a collection without a dialogue."""

BUS: Final = """\
<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path={socket}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow own="*"/><allow send_destination="*"/><allow receive_sender="*"/>
  </policy>
</busconfig>
"""
"""A bus that starts no service by itself."""


class SecretService:
    """gnome-keyring-daemon on a bus of its own, all in `directory`.

    Right after `start` there is no collection yet, as before the first sign-in at a desktop.
    """

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._socket = directory / "bus"
        self.address = f"unix:path={self._socket}"
        self._children: list[subprocess.Popen[bytes]] = []

    @classmethod
    @contextmanager
    def running(cls, directory: Path) -> Iterator[SecretService]:
        """One with an unlocked default collection."""
        service = cls(directory)
        try:
            service.start_bus()
            service.start_daemon()
            service.make_collection()
            yield service
        finally:
            service.stop()

    def start_bus(self) -> None:
        config = self._directory / "bus.conf"
        config.write_text(BUS.format(socket=self._socket))
        bus = self._start("dbus-daemon", "--nofork", "--print-address", f"--config-file={config}")
        assert bus.stdout is not None
        assert bus.stdout.readline(), "the bus tells its address when it is ready"

    def start_daemon(self) -> None:
        self.daemon = self._start_owning(
            SECRETS,
            *("gnome-keyring-daemon", "--foreground", "--components=secrets"),
            f"--control-directory={self._directory}",
        )

    @contextmanager
    def prompter(self, how: str) -> Iterator[Path]:
        """Somebody at the unlock dialogue, who `cancels` or `hangs`; gives a file that tells of each one."""
        log = self._directory / "dialogues"
        log.write_text("")
        prompter = self._start_owning(
            "org.gnome.keyring.SystemPrompter", sys.executable, "-m", "tests.store.prompter", how, str(log)
        )
        try:
            yield log
        finally:
            _end(prompter)

    def make_collection(self) -> None:
        """The default collection, unlocked."""
        label = {"org.freedesktop.Secret.Collection.Label": ("s", "login")}
        with self._connected() as bus:
            (self.collection,) = _call(
                bus, WITHOUT_PROMPT, "CreateWithMasterPassword", "a{sv}(oayays)", label, _password(bus)
            )
            _call(bus, SERVICE, "SetAlias", "so", "default", self.collection)

    def lock(self) -> None:
        with self._connected() as bus:
            _call(bus, SERVICE, "Lock", "ao", [self.collection])

    def unlock(self) -> None:
        with self._connected() as bus:
            _call(
                bus, WITHOUT_PROMPT, "UnlockWithMasterPassword", "o(oayays)", self.collection, _password(bus)
            )

    def freeze(self) -> None:
        self.daemon.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self.daemon.send_signal(signal.SIGCONT)

    def kill_daemon(self) -> None:
        _end(self.daemon)

    def stop(self) -> None:
        for child in reversed(self._children):
            _end(child)
        self._socket.unlink(missing_ok=True)

    def forget(self) -> None:
        """Remove all collections, while the daemon is not running."""
        for file in self._directory.rglob("*.keyring"):
            file.unlink()

    def on_disk(self) -> bytes:
        """All that the daemon has written."""
        return b"".join(file.read_bytes() for file in self._directory.rglob("*.keyring"))

    @contextmanager
    def _connected(self) -> Iterator[DBusConnection]:
        with closing(open_dbus_connection(self.address)) as bus:
            yield bus

    def _start(self, *command: str) -> subprocess.Popen[bytes]:
        child = subprocess.Popen(
            command,
            cwd=Path(__file__).parent.parent.parent,
            env={
                **os.environ,
                "HOME": str(self._directory),
                "DBUS_SESSION_BUS_ADDRESS": self.address,
            },
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self._children.append(child)
        return child

    def _start_owning(self, name: str, *command: str) -> subprocess.Popen[bytes]:
        """Start what takes `name` on the bus, and wait until it has."""
        owned = MatchRule(
            type="signal",
            interface="org.freedesktop.DBus",
            member="NameOwnerChanged",
            path=message_bus.object_path,
        )
        owned.add_arg_condition(0, name)
        with self._connected() as bus:
            Proxy(message_bus, bus).AddMatch(owned)
            with bus.filter(owned) as signals:
                child = self._start(*command)
                while not bus.recv_until_filtered(signals, timeout=PATIENCE).body[2]:
                    """Not yet: that was an earlier owner's end."""
        return child


def _password(bus: DBusConnection) -> Any:
    return format_secret(open_session(bus), MASTER_PASSWORD, "text/plain")


def _call(bus: DBusConnection, where: DBusAddress, method: str, signature: str, *body: object) -> Any:
    reply = bus.send_and_get_reply(new_method_call(where, method, signature, body), timeout=PATIENCE)
    assert reply.header.message_type.name == "method_return", reply.body
    return reply.body


def _end(child: subprocess.Popen[bytes]) -> None:
    child.kill()
    child.wait()
    if child.stdout:
        child.stdout.close()
