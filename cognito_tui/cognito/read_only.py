"""What a read-only profile lets through."""

from __future__ import annotations

from cognito_tui.cognito.steps import Call


def allowed_when_read_only(call: Call) -> bool:
    """Whether a read-only profile lets `call` go out."""
    return call.reads_only


def refusal_when_read_only(call: Call) -> str:
    """Why a read-only profile does not let `call` go out, in one sentence."""
    return f"The profile is read only: {call.operation} would change the user pool, so it was not sent."
