"""Passwords: the pool's policy, what was used before, and how long a temporary one lives."""

from __future__ import annotations

import string
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from cognito_tui.cognito.model import Secret
from cognito_tui.sandbox.identifiers import TokenBytes, letters
from cognito_tui.sandbox.refusal import Refusal

_SYMBOLS: Final = "^$*.[]{}()?-\"!@#%&/\\,><':;|_~`+="
_LONGEST: Final = 256
"""Service model, PasswordType."""

LONGEST_HISTORY: Final = 24
"""Service model, PasswordHistorySizeType."""


@dataclass(frozen=True)
class PasswordPolicy:
    """`PasswordPolicyType`, with Cognito's defaults."""

    minimum_length: int = 8
    uppercase: bool = True
    lowercase: bool = True
    numbers: bool = True
    symbols: bool = True
    history_size: int = 0
    temporary_password_days: int = 7

    def described(self) -> dict[str, Any]:
        """As DescribeUserPool tells it."""
        return {
            "MinimumLength": self.minimum_length,
            "RequireUppercase": self.uppercase,
            "RequireLowercase": self.lowercase,
            "RequireNumbers": self.numbers,
            "RequireSymbols": self.symbols,
            **({"PasswordHistorySize": self.history_size} if self.history_size else {}),
            "TemporaryPasswordValidityDays": self.temporary_password_days,
        }

    def check(self, password: str) -> None:
        """See that `password` conforms.

        A blank counts as a symbol when it is neither first nor last (Developer Guide, password
        requirements). Which failure is named first is inferred, and so are the words for one too long.

        Raises:
            Refusal: InvalidPasswordException, row 56.
        """
        demands = (
            (len(password) >= self.minimum_length, "Password not long enough"),
            (len(password) <= _LONGEST, "Password too long"),
            (
                not self.uppercase or _any_of(string.ascii_uppercase, password),
                "Password must have uppercase characters",
            ),
            (
                not self.lowercase or _any_of(string.ascii_lowercase, password),
                "Password must have lowercase characters",
            ),
            (
                not self.numbers or _any_of(string.digits, password),
                "Password must have numeric characters",
            ),
            (
                not self.symbols or _any_of(_SYMBOLS, password) or " " in password.strip(" "),
                "Password must have symbol characters",
            ),
        )
        for met, words in demands:
            if not met:
                raise Refusal("InvalidPasswordException", f"Password does not conform to policy: {words}")

    def check_history(self, password: Secret, used: tuple[Secret, ...]) -> None:
        """See that `password` is none of the last `history_size` used ones, newest first.

        Raises:
            Refusal: PasswordHistoryPolicyViolationException; its words are inferred.
        """
        if password in used[: self.history_size]:
            raise Refusal(
                "PasswordHistoryPolicyViolationException",
                f"Password must not be one of the last {self.history_size} passwords.",
            )

    def expired(self, since: datetime | None, now: datetime) -> bool:
        """Whether a temporary password set at `since` is dead; 0 days mean the default of 7."""
        return since is not None and now - since > timedelta(days=self.temporary_password_days or 7)

    def temporary_password(self, token_bytes: TokenBytes) -> str:
        """A password that conforms, as AdminCreateUser makes one when it is given none."""
        return "Tp1-" + letters(token_bytes, max(self.minimum_length, 8))


def _any_of(wanted: str, password: str) -> bool:
    return any(each in wanted for each in password)
