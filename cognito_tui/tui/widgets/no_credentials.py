"""What stands in place of the users when nobody may ask for them."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Center, Middle, Vertical
from textual.widgets import Static

from cognito_tui.cognito.errors import CognitoError
from cognito_tui.cognito.iam_policy import policy
from cognito_tui.store.profile import Profile
from cognito_tui.tui.say import DONE, NEEDS, say
from cognito_tui.tui.widgets.offers import Offer, Offers

AWS_PROFILE, AGAIN, POLICY, SANDBOX = "aws profile", "again", "policy", "sandbox"
"""What can be done about it; the values of the offers."""


class NoCredentialsPane(Middle):
    """What is missing, where we looked, what to do, and what works without."""

    def __init__(self, error: CognitoError, profile: Profile, *, in_sandbox: bool) -> None:
        super().__init__()
        self._error = error
        self._profile = profile
        self._in_sandbox = in_sandbox

    def compose(self) -> ComposeResult:
        """In the middle of the place."""
        with Center(), Vertical(id="welcome"):
            yield Static(say("[b]Listing users is an admin call: it needs AWS credentials.[/]"))
            yield Static(say(f"{NEEDS} $why", why=self._error.sentence), classes="gap")
            yield Offers(self._offers(), id="offers")
            works = "[$foreground 72%]Without credentials these still work:[/] F3 Sign in, F6 Secret hash"
            yield Static(say(f"{DONE} {works}"), classes="gap")

    def _offers(self) -> list[Offer]:
        profile = self._profile
        number = policy(profile.user_pool_id, profile.region).count("cognito-idp:") - 1
        offers = [
            Offer(
                "p",
                f"Choose an AWS profile for “{profile.name}”",
                "its name goes into the profile's form; empty: the default chain",
                AWS_PROFILE,
            ),
            Offer("r", "Look again", "when you have signed in to AWS", AGAIN),
            Offer(
                "c",
                "Copy what the identity must be allowed",
                f"an IAM policy with the {number} actions of this place",
                POLICY,
            ),
            Offer("t", "Look at the users of the sandbox", "nothing to set up", SANDBOX),
        ]
        return offers[:-1] if self._in_sandbox else offers

    def begin(self) -> None:
        """Put the focus on the ways out."""
        self.query_one(Offers).focus()
