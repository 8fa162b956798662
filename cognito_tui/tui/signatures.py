"""Whether the pool has signed a token: looked at off the event loop, once for each token."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cognito_tui.cognito.expected import Expected
from cognito_tui.cognito.explain.values import Check
from cognito_tui.cognito.model import Secret
from cognito_tui.cognito.tokens import Jwt
from cognito_tui.off_loop import off_loop

if TYPE_CHECKING:
    from cognito_tui.aws.jwks import Jwks


class Signatures:
    """What is known of signatures. cryptography is imported at the first look, in its thread."""

    def __init__(self) -> None:
        self._jwks: Jwks | None = None
        self._known: dict[tuple[Secret, Expected], Check] = {}

    def known(self, jwt: Jwt, expected: Expected) -> Check | None:
        """What was found; None before that."""
        return self._known.get(_about(jwt, expected))

    async def look(self, jwt: Jwt, expected: Expected, *, anew: bool = False) -> Check:
        """Look, where nobody has yet; `anew` where the keys could not be had, too."""
        about = _about(jwt, expected)
        known = self._known.get(about)
        if known is None or (anew and known.good is None):
            self._known[about] = known = await off_loop(None, self._look, jwt, expected)
        return known

    def _look(self, jwt: Jwt, expected: Expected) -> Check:
        if self._jwks is None:
            from cognito_tui.aws.jwks import Jwks  # noqa: PLC0415 after the first paint

            self._jwks = Jwks()
        return self._jwks.signature(jwt, expected)


def _about(jwt: Jwt, expected: Expected) -> tuple[Secret, Expected]:
    return jwt.text, replace(expected, token_use="")
