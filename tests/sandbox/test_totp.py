"""RFC 6238's own examples."""

from __future__ import annotations

import base64
from datetime import UTC, datetime

import pytest

from cognito_tui.cognito.model import Secret
from cognito_tui.sandbox.totp import SoftwareToken

TOKEN = SoftwareToken(Secret(base64.b32encode(b"12345678901234567890").decode()))


@pytest.mark.parametrize(
    ("seconds", "eight_digits"),
    [
        (59, "94287082"),
        (1111111109, "07081804"),
        (1111111111, "14050471"),
        (1234567890, "89005924"),
        (2000000000, "69279037"),
        (20000000000, "65353130"),
    ],
)
def test_the_examples_of_the_rfc_come_out(seconds: int, eight_digits: str) -> None:
    """Appendix B has eight digits; fewer are its last ones."""
    moment = datetime.fromtimestamp(seconds, UTC)
    assert TOKEN.code(moment) == eight_digits[-6:]
    assert TOKEN.step_of(eight_digits[-6:], moment) == seconds // 30
