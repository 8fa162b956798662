"""What stands in place of a list when nobody may ask for it."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Center, Middle, Vertical
from textual.widgets import Static

from cognito_tui.cognito.errors import CognitoError
from cognito_tui.tui.say import DONE, NEEDS, say
from cognito_tui.tui.widgets.offers import Offer, Offers

AWS_PROFILE, AGAIN, POLICY, SANDBOX = "aws profile", "again", "policy", "sandbox"
"""What can be done about it; the values of the offers."""


class NoCredentialsPane(Middle):
    """What is missing, where we looked, what to do, and what works without.

    `what` needs the credentials, as in "Listing users"; `works` names the keys that need none.
    """

    def __init__(self, error: CognitoError, what: str, offers: Sequence[Offer], works: str) -> None:
        super().__init__()
        self._error = error
        self._what = what
        self._offers = offers
        self._works = works

    def compose(self) -> ComposeResult:
        """In the middle of the place."""
        with Center(), Vertical(id="welcome"):
            words = "[b]$what is an admin call: it needs AWS credentials.[/]"
            yield Static(say(words, what=self._what))
            yield Static(say(f"{NEEDS} $why", why=self._error.sentence), classes="gap")
            yield Offers(self._offers, id="offers")
            works = "[$foreground 72%]Without credentials these still work:[/] $works"
            yield Static(say(f"{DONE} {works}", works=self._works), classes="gap")

    def begin(self) -> None:
        """Put the focus on the ways out."""
        self.query_one(Offers).focus()


def look_again() -> Offer:
    """Ask once more."""
    return Offer("r", "Look again", "when you have signed in to AWS", AGAIN)


def copy_policy(policy: str, whose: str) -> Offer:
    """Copy the `policy` that `whose` actions need."""
    number = policy.count('"cognito-idp:')
    text = f"an IAM policy with the {number} actions of {whose}"
    return Offer("c", "Copy what the identity must be allowed", text, POLICY)
