"""Each challenge of the sandbox: who meets it, and the keys that lead through it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from tests.tui.stage import Stage
from tests.tui.worlds import INHABITANTS


@dataclass(frozen=True)
class Answer:
    """What is asked, by words on the screen, and the keys that answer it; `typed` goes before them."""

    asked: str
    keys: str = "enter"
    typed: str = ""

    @property
    def seen(self) -> str:
        """What stands there when it is asked; a challenge's name heads its form, and may be a choice, too."""
        return f"│ {self.asked} " if self.asked.isupper() else f" {self.asked} "

    async def give(self, stage: Stage) -> None:
        """Wait until it is asked, and answer."""
        await stage.sees(self.seen)
        await stage.type(self.typed)
        await stage.press(*self.keys.split())


class Walk:
    """Who signs in, and the answers to what is asked then."""

    def __init__(self, name: str, *answers: Answer) -> None:
        self.name = name
        self.answers = answers


FILLED_IN: Final = "ctrl+o enter"
"""The sandbox has the code at hand."""

BEN: Final = Answer("NEW_PASSWORD_REQUIRED", typed="Correct-Horse7\tBen\t+351912345678")
BY_E_MAIL: Final = Answer("EMAIL_OTP", FILLED_IN)
BY_SMS: Final = Answer("SMS_OTP", FILLED_IN)
ADA_CHOOSES: Final = "SELECT_CHALLENGE"

WALKS: Final = {
    "new password": Walk("ben", BEN),
    "sms": Walk("ida", Answer("SMS_MFA", FILLED_IN)),
    "e-mail": Walk("eli", BY_E_MAIL),
    "authenticator app": Walk("pia", Answer("SOFTWARE_TOKEN_MFA", FILLED_IN)),
    "one of three": Walk(
        "uma",
        Answer("SELECT_MFA_TYPE", "down enter"),
        Answer("SOFTWARE_TOKEN_MFA", FILLED_IN),
    ),
    "custom": Walk(
        "rio",
        Answer("eighty-eight keys", typed="a piano"),
        Answer("caught", typed="cold"),
    ),
    "choice of the password": Walk("ada", Answer(ADA_CHOOSES)),
    "choice of srp": Walk("ada", Answer(ADA_CHOOSES, "down enter")),
    "choice of an e-mail": Walk("ada", Answer(ADA_CHOOSES, "down down enter"), BY_E_MAIL),
    "choice of an sms": Walk("ada", Answer(ADA_CHOOSES, "down down down enter"), BY_SMS),
    "choice of a passkey": Walk(
        "ada",
        Answer(ADA_CHOOSES, "down down down down enter"),
        Answer("WEB_AUTHN", FILLED_IN),
    ),
    "e-mail pool": Walk(
        "ola@example.com",
        Answer(ADA_CHOOSES, "down down enter"),
        BY_E_MAIL,
    ),
    "set-up": Walk("noa", Answer("MFA_SETUP", FILLED_IN)),
    "devices": Walk("sol", Answer("SOFTWARE_TOKEN_MFA", FILLED_IN)),
}
"""Every challenge at least once."""


async def choose(stage: Stage, name: str) -> None:
    """Choose an inhabitant; the form has the focus then, and nothing was sent."""
    await stage.sees("Who would you like to be?")
    await stage.press(*["down"] * INHABITANTS.index(name), "enter")
    await stage.sees("Sign in to the pool", name)


async def begin(stage: Stage, name: str) -> None:
    """Choose an inhabitant and send the first request."""
    await choose(stage, name)
    await stage.press("enter")
