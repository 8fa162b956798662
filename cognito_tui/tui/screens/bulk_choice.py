"""Choosing what is done to many users, and who they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Input, Static

from cognito_tui.bulk.preview import COUNTED
from cognito_tui.bulk.table import NoNames, usernames
from cognito_tui.cognito.user_actions import Action
from cognito_tui.off_loop import off_loop
from cognito_tui.store.errors import StoreError
from cognito_tui.store.paths import shown
from cognito_tui.store.typed_path import typed_path
from cognito_tui.tui.say import DONE, quiet, say
from cognito_tui.tui.screens.dialog import Dialog
from cognito_tui.tui.widgets.form_row import FormRow
from cognito_tui.tui.widgets.inputs import LineInput
from cognito_tui.tui.widgets.offers import Offer, Offers
from cognito_tui.tui.widgets.pane import Pane

FOR_MANY: Final = {
    "r": Action.RESEND_INVITATION,
    "t": Action.SET_TEMPORARY_PASSWORD,
    "p": Action.SET_PERMANENT_PASSWORD,
    "c": Action.CONFIRM,
    "w": Action.RESET_PASSWORD,
    "e": Action.ENABLE,
    "x": Action.DISABLE,
    "v": Action.VERIFY_EMAIL,
    "V": Action.VERIFY_PHONE,
    "q": Action.SIGN_OUT_EVERYWHERE,
    "a": Action.REMOVE_TOTP,
    "d": Action.DELETE,
}
"""Actions that need nothing but a username, and perhaps a password, each with its key."""

FROM_FILE: Final = "from file"

LARGEST: Final = 64 * 1024 * 1024
"""Bytes of a file of usernames that is read."""


@dataclass(frozen=True)
class ForMany:
    """An action, and whom it is for."""

    action: Action
    usernames: tuple[str, ...]


class BulkChoice(Dialog[ForMany]):
    """Which action is for the users that were selected, or for those in a file."""

    HELP = """
    # Many at once

    One action for those users that are selected, for all that are shown where nobody is, or,
    with `f`, for those in a file: one username a line, or CSV with a `username` header.

    The key of an action chooses it. A **dry run** follows, which looks at each user and changes nothing;
    only after that it can begin.
    """
    BINDINGS: ClassVar[list[BindingType]] = []

    def __init__(self, names: Sequence[str], *, selected: bool) -> None:
        super().__init__()
        self._names = tuple(names)
        self._selected = selected
        self._whom = Static("")
        self._path = LineInput()
        self._row = FormRow("File", self._path, help="one username a line, or CSV with a username header")
        actions = [
            Offer(key, each.label.rstrip("…"), each.consequence, each) for key, each in FOR_MANY.items()
        ]
        file = Offer("f", "Other users", "usernames from a file, or a CSV", FROM_FILE)
        self._offers = Offers([*actions, file], short=True)

    def compose(self) -> ComposeResult:
        """Whom, then what."""
        with Pane(title="Many at once", subtitle="nothing is sent before a dry run", classes="dialog bulk"):
            yield self._whom
            yield self._row
            yield Static(quiet("What is to be done?"), classes="gap")
            yield self._offers
            yield Static(quiet(f"A dry run comes first. {COUNTED}"), classes="gap")

    def on_mount(self) -> None:
        """The actions, or the file where nobody is selected."""
        self._row.display = not self._names
        self._tell()
        (self._offers if self._names else self._path).focus()

    def _tell(self) -> None:
        if not self._names:
            self._whom.update(quiet("Nobody is selected. Name a file of usernames."))
            return
        few = ", ".join(self._names[:3])
        more = f" and {len(self._names) - 3:,} more" if len(self._names) > 3 else ""
        how = "selected" if self._selected else "shown"
        words = f"{DONE} [b]$count[/] $how  [$foreground 72%]$names$more[/]"
        self._whom.update(say(words, count=f"{len(self._names):,}", how=how, names=few, more=more))

    @on(Offers.Chosen)
    def _chosen(self, event: Offers.Chosen) -> None:
        event.stop()
        if not self.is_current:  # chosen already: a second key came in one burst with the first
            return
        if event.value == FROM_FILE:
            self._row.display = True
            self._path.focus()
        elif isinstance(event.value, Action):
            if self._names:
                self.dismiss(ForMany(event.value, self._names))
            else:
                self._row.show_problem("name a file of usernames first")
                self._path.focus()

    @on(Input.Submitted)
    async def _read(self, event: Input.Submitted) -> None:
        event.stop()
        try:
            path = typed_path(event.value.strip())
        except StoreError as error:
            self._row.show_problem(error.sentence)
            return
        try:
            names = await off_loop(None, _names_in, path)
        except (OSError, NoNames, UnicodeDecodeError) as error:
            self._row.show_problem(_why(path, error))
            return
        self._names, self._selected = names, True
        self._row.show_problem(None)
        self._tell()
        self._offers.focus()


def _names_in(path: Path) -> tuple[str, ...]:
    with path.open("rb") as file:
        content = file.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise NoNames(f"it has more than {LARGEST // 1024 // 1024} MB")
    return usernames(content.decode())


def _why(path: Path, error: Exception) -> str:
    if isinstance(error, UnicodeDecodeError):
        return f"{shown(path)} is not text in UTF-8"
    if isinstance(error, OSError):
        return f"{shown(path)}: {error.strerror}"
    return f"{shown(path)}: {error}"
