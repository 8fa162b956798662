"""What the sandbox would have sent: invitations and codes, by e-mail and SMS."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from cognito_tui.cognito.model import Secret


@dataclass(frozen=True)
class Message:
    """One message: an invitation with a temporary password, or a code.

    `medium` is EMAIL or SMS, `username` the canonical one, `sent` by the sandbox's clock.
    """

    user_pool_id: str
    username: str
    medium: str
    destination: str
    sent: datetime
    password: Secret | None = None
    code: Secret | None = None

    @property
    def masked(self) -> str:
        """The destination as CODE_DELIVERY_DESTINATION tells it."""
        return masked(self.destination)


@dataclass
class Outbox:
    """Every message, oldest first, and who wants to hear of new ones."""

    messages: list[Message] = field(default_factory=list)
    _listeners: list[Callable[[Message], None]] = field(default_factory=list)
    _unheard: deque[Message] = field(default_factory=deque)

    def listen(self, heard: Callable[[Message], None]) -> Callable[[], None]:
        """Have `heard` called with each new message; what this returns ends it.

        It is called in the thread that serves the request, when the request has been answered and nothing is
        locked, but before the answer leaves: it may ask the sandbox, and should not dawdle.
        """
        self._listeners.append(heard)
        return lambda: self._listeners.remove(heard)

    def send(self, message: Message) -> None:
        """Put `message` in; it is told to the listeners by `deliver`."""
        self.messages.append(message)
        self._unheard.append(message)

    def deliver(self) -> None:
        """Tell the listeners what they have not heard yet."""
        while self._unheard:
            message = self._unheard.popleft()
            for heard in tuple(self._listeners):
                heard(message)


def masked(destination: str) -> str:
    """An address as AWS shows it: `a***@e***`, or a phone number's last four digits: `+********0000`."""
    name, at, domain = destination.partition("@")
    if at:
        return f"{name[:1]}***@{domain[:1]}***"
    digits = destination.removeprefix("+")
    return f"+{'*' * (len(digits) - 4)}{digits[-4:]}"
