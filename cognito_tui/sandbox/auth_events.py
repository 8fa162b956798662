"""What a pool with threat protection remembers of sign-ins."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from cognito_tui.sandbox.identifiers import uuid_of


@dataclass(frozen=True)
class AuthEvent:
    """A sign-in that succeeded or failed; `challenges` are what was asked, each with how it went."""

    event_id: str
    created: datetime
    passed: bool
    challenges: tuple[tuple[str, bool], ...]

    def described(self, created: float) -> dict[str, Any]:
        """`AuthEventType`; nothing here is ever found risky."""
        return {
            "EventId": self.event_id,
            "EventType": "SignIn",
            "CreationDate": created,
            "EventResponse": "Pass" if self.passed else "Fail",
            "EventRisk": {"RiskDecision": "NoRisk", "CompromisedCredentialsDetected": False},
            "ChallengeResponses": [
                {"ChallengeName": name, "ChallengeResponse": "Success" if went else "Failure"}
                for name, went in self.challenges
            ],
            "EventContextData": {"IpAddress": "127.0.0.1"},
        }


@dataclass
class AuthEvents:
    """All events, by the `sub` of whose they are, oldest first."""

    _of: dict[str, list[AuthEvent]] = field(default_factory=lambda: defaultdict(list))

    def record(self, sub: str, now: datetime, *, passed: bool, challenges: dict[str, bool]) -> None:
        """Note a sign-in. The ids are the same whatever else is random here."""
        event_id = uuid_of("event", sub, str(len(self._of[sub])))
        self._of[sub].append(AuthEvent(event_id, now, passed, tuple(challenges.items())))

    def newest_first(self, sub: str) -> list[AuthEvent]:
        """The events of a user."""
        return self._of[sub][::-1] if sub in self._of else []
