"""Why a token is called verified, or not: every check with what it found."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from cognito_tui.cognito.explain.values import Check
from cognito_tui.cognito.trust import Verdict, verdict
from cognito_tui.tui.say import DONE, FAILED, OPEN, key, quiet, say
from cognito_tui.tui.widgets.columns import flowed
from cognito_tui.tui.widgets.pane import Pane

_SIGNS: Final = {True: DONE, False: FAILED, None: OPEN}
_COLOURS: Final = {True: "$foreground", False: "$text-error", None: "$foreground 72%"}

_TITLES: Final = {
    Verdict.VALID: "Why we say verified",
    Verdict.INVALID: "Why we say not valid",
    Verdict.NOT_VERIFIED: "Why we say not verified",
}


_WIDTH: Final = 54
"""Cells for a line before the pane has a size."""


class TrustPane(Pane):
    """The checks; those that keep the token from being valid come first."""

    def __init__(self) -> None:
        super().__init__(title="Why", classes="half", id="trust")
        self._lines = Static("", id="trust-lines")
        self._told: list[Content] = []

    def compose(self) -> ComposeResult:
        """The lines."""
        yield self._lines

    def show(self, checks: Sequence[Check], *, why_not: str, over: str) -> None:
        """Show the checks; `why_not` when there are none, `over` when the token has been ended."""
        self.border_title = _TITLES[verdict(checks)] if checks else "Why"
        order = {False: 0, None: 1, True: 2}
        lines = [check_line(check) for check in sorted(checks, key=lambda check: order[check.good])]
        if over:
            lines.insert(0, _over(over) + quiet("; others do as below"))
        self._told = lines or [quiet(why_not)]
        self._flow()

    def on_resize(self) -> None:
        """The checks flow in the width there is."""
        self._flow()

    def _flow(self) -> None:
        self._lines.update(flowed(self._told, self._lines.size.width or _WIDTH))


def check_line(check: Check) -> Content:
    """A check in one line."""
    return say(
        f"{_SIGNS[check.good]} [{_COLOURS[check.good]}]$text $result[/]",
        text=check.text,
        result=check.result,
    )


def summary(checks: Sequence[Check], *, why_not: str, over: str) -> Content:
    """The same in one line, for where there is no room: the first that is not good, or that all are."""
    if over:
        return _over(over)
    for good in (False, None):
        for check in checks:
            if check.good is good:
                return check_line(check)
    if not checks:
        return quiet(why_not)
    names = ", ".join(each.text for each in checks)
    return say(f"{DONE} verified: $names  {key('c')} [$foreground 72%]again[/]", names=names)


def _over(over: str) -> Content:
    return say(f"{FAILED} [$text-error]$over[/]: [$foreground 72%]Cognito takes it no more[/]", over=over)
