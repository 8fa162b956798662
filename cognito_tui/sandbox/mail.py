"""Sending messages, as far as the sender of a pool lets it."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from cognito_tui.sandbox.refusal import Refusal

if TYPE_CHECKING:
    from cognito_tui.sandbox.outbox import Message
    from cognito_tui.sandbox.state import State

DAILY_LIMIT: Final = 50
"""E-mails a day for all pools that leave sending to Cognito (Developer Guide, quotas)."""


class EmailSender(StrEnum):
    """`EmailSendingAccount`: Cognito itself, or the developer's Amazon SES, which has no limit here."""

    COGNITO_DEFAULT = "COGNITO_DEFAULT"
    DEVELOPER = "DEVELOPER"

    def described(self) -> dict[str, Any]:
        """`EmailConfigurationType`, as DescribeUserPool tells it."""
        address = {"SourceArn": "arn:aws:ses:eu-west-1:123456789012:identity/no-reply@example.com"}
        return {"EmailSendingAccount": str(self), **(address if self is EmailSender.DEVELOPER else {})}


def send(state: State, *messages: Message) -> None:
    """Put messages of one user into the outbox: all of them, or none. Days are those of UTC (inferred).

    Raises:
        Refusal: row 58. AdminCreateUser answers it too, though the model does not say so (public record).
    """
    if any(_counts(state, message) for message in messages):
        today = messages[0].sent.date()
        sent = [each for each in state.outbox.messages if each.sent.date() == today]
        if sum(_counts(state, message) for message in (*sent, *messages)) > DAILY_LIMIT:
            raise Refusal(
                "LimitExceededException",
                "Exceeded daily email limit for the operation or the account. If a higher limit is required, "
                "please configure your user pool to use your own Amazon SES configuration for sending email.",
            )
    for message in messages:
        state.outbox.send(message)


def _counts(state: State, message: Message) -> bool:
    pool = state.pools.get(message.user_pool_id)
    return message.medium == "EMAIL" and pool is not None and pool.email_sender == EmailSender.COGNITO_DEFAULT
