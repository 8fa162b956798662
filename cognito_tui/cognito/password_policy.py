"""A user pool's password policy, as a list one can tick off while typing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

SYMBOLS: Final = frozenset("^$*.[]{}()?\"!@#%&/\\,><':;|_~`=+- ")
"""What counts as a symbol (Developer Guide, "Password policies"); a blank only inside the password."""

LONGEST: Final = 256
"""Service model, PasswordType."""


@dataclass(frozen=True)
class Rule:
    """One demand of the policy: `word` is its name in a list, `met` whether the password meets it."""

    word: str
    met: bool


@dataclass(frozen=True)
class PasswordPolicy:
    """`PasswordPolicyType`. The defaults are those of a pool made without a policy of its own."""

    minimum_length: int = 8
    uppercase: bool = True
    lowercase: bool = True
    numbers: bool = True
    symbols: bool = True
    history_size: int = 0
    temporary_password_days: int = 7

    @classmethod
    def of(cls, policy: Mapping[str, Any]) -> PasswordPolicy:
        """From `Policies.PasswordPolicy` of DescribeUserPool; 0 days means the default of 7."""
        return cls(
            minimum_length=int(policy.get("MinimumLength") or 8),
            uppercase=bool(policy.get("RequireUppercase", False)),
            lowercase=bool(policy.get("RequireLowercase", False)),
            numbers=bool(policy.get("RequireNumbers", False)),
            symbols=bool(policy.get("RequireSymbols", False)),
            history_size=int(policy.get("PasswordHistorySize") or 0),
            temporary_password_days=int(policy.get("TemporaryPasswordValidityDays") or 7),
        )

    def rules(self, password: str) -> tuple[Rule, ...]:
        """What the policy demands, and whether `password` meets it, one by one."""
        wanted = [Rule(f"{self.minimum_length}+ long", len(password) >= self.minimum_length)]
        if self.uppercase:
            wanted.append(Rule("upper", any("A" <= each <= "Z" for each in password)))
        if self.lowercase:
            wanted.append(Rule("lower", any("a" <= each <= "z" for each in password)))
        if self.numbers:
            wanted.append(Rule("number", any("0" <= each <= "9" for each in password)))
        if self.symbols:
            wanted.append(Rule("symbol", any(each in SYMBOLS for each in password.strip(" "))))
        if len(password) > LONGEST:
            wanted.append(Rule(f"at most {LONGEST}", met=False))
        return tuple(wanted)

    def met_by(self, password: str) -> bool:
        """Whether `password` meets every demand that can be seen from here (a history cannot)."""
        return all(rule.met for rule in self.rules(password))
