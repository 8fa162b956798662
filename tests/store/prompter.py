"""Stands in for the unlock dialogue of GNOME on a private bus.

`python -m tests.store.prompter cancels|hangs FILE`: presses Cancel at once, or never answers. Writes a line
to FILE for each dialogue.
"""

# jeepney has no types, and is there on Linux only
# mypy: disable-error-code="import-untyped, import-not-found"
from __future__ import annotations

import sys
from pathlib import Path

from jeepney import DBusAddress, HeaderFields, Message, message_bus, new_method_call, new_method_return
from jeepney.io.blocking import DBusConnection, Proxy, open_dbus_connection

CALLBACK = "org.gnome.keyring.internal.Prompter.Callback"


def main(how: str, log: Path) -> None:
    """Answer as gcr-prompter does, until killed."""
    bus = open_dbus_connection()
    Proxy(message_bus, bus).RequestName("org.gnome.keyring.SystemPrompter", 4)
    while True:
        message = bus.receive()
        method = message.header.fields.get(HeaderFields.member)
        if method not in {"BeginPrompting", "PerformPrompt", "StopPrompting"}:
            continue
        bus.send(new_method_return(message))
        if method == "PerformPrompt" or (method == "BeginPrompting" and how == "hangs"):
            with log.open("a") as file:
                file.write("asked\n")
        if method == "StopPrompting":
            _tell(bus, message, "PromptDone")
        elif how == "cancels":
            answer = "no" if method == "PerformPrompt" else ""
            _tell(bus, message, "PromptReady", "sa{sv}s", (answer, {}, ""))


def _tell(
    bus: DBusConnection,
    message: Message,
    method: str,
    signature: str | None = None,
    body: tuple[object, ...] = (),
) -> None:
    """Call back whoever sent `message`, at the object it names."""
    callback = DBusAddress(message.body[0], message.header.fields[HeaderFields.sender], CALLBACK)
    bus.send(new_method_call(callback, method, signature, body))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
