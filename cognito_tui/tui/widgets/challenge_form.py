"""The form of a challenge: what Cognito wants to know now, and how long it waits."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from rich.console import RenderableType
from textual import on
from textual.app import ComposeResult
from textual.containers import HorizontalGroup, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Button, Input, Select, Static

from cognito_tui.cognito import challenges
from cognito_tui.cognito.described import UserPoolDescription
from cognito_tui.cognito.errors import CognitoError
from cognito_tui.cognito.model import Secret
from cognito_tui.cognito.password_policy import PasswordPolicy
from cognito_tui.cognito.steps import Prompt
from cognito_tui.tui.say import DONE, OPEN, plain, quiet, say
from cognito_tui.tui.widgets.clock_bar import ClockBar
from cognito_tui.tui.widgets.columns import flowed
from cognito_tui.tui.widgets.form_row import FormRow
from cognito_tui.tui.widgets.inputs import LineInput, SecretInput
from cognito_tui.tui.widgets.pane import Pane

NARROWEST: Final = 33
"""Cells of a field in the narrowest form, for before it has a size."""

SESSION_SECONDS: Final = 180.0
"""AuthSessionValidity unless the client has its own (service model: 3 to 15 minutes, default 3)."""


class ChallengeForm(Pane):
    """Asks what `challenges.form` says, for one challenge; it comes back when an answer is refused."""

    @dataclass
    class Answered(Message):
        """The person has answered; keys are Cognito's own."""

        answers: Mapping[str, str | Secret]

    class StartAgain(Message):
        """The person wants to go back to the first form."""

    def __init__(
        self,
        prompt: Prompt,
        pool: UserPoolDescription | None,
        now: Callable[[], float],
        typed: Mapping[str, str | Secret],
    ) -> None:
        super().__init__(
            title="What Cognito asks now", subtitle="* required", classes="grow", id="challenge-form"
        )
        self._challenge = prompt.challenge
        self._pool = pool
        self._form = challenges.form(self._challenge, pool)
        self._clock = ClockBar(self._challenge.name, SESSION_SECONDS, now)
        self._rows: dict[str, tuple[FormRow, LineInput]] = {}
        self._complaint = Static("", id="complaint")
        self._warned: dict[str, str] | None = None
        for field in self._form.fields:
            self._add(field)
        for name in typed.keys() - self._rows.keys():
            self._add(self._field(name))
        for name, value in typed.items():
            self._rows[name][1].value = value.reveal() if isinstance(value, Secret) else value

    @property
    def typed(self) -> dict[str, str | Secret]:
        """What stands in the fields, keyed by Cognito's own names."""
        return {
            name: entry.secret if isinstance(entry, SecretInput) else entry.value
            for name, (_row, entry) in self._rows.items()
        }

    def _add(self, field: challenges.Field) -> FormRow:
        entry = SecretInput(on_value=self._tick_off) if field.secret else LineInput()
        row = FormRow(field.label, entry, help=field.help, required=field.required)
        self._rows[field.name] = (row, entry)
        return row

    def compose(self) -> ComposeResult:
        """Clock, what is wanted and why, the fields, the ways on."""
        yield self._clock
        with VerticalScroll(can_focus=False, id="challenge-fields"):
            yield Static(quiet(self._form.intro), classes="intro")
            if not self._form.known:
                yield Static(_parameters(self._challenge.parameters), classes="parameters")
            yield from (row for row, _entry in self._rows.values())
            if "NEW_PASSWORD" in self._rows:
                yield Select(self._more(), prompt="add an attribute …", compact=True, id="more")
            yield self._complaint
            with HorizontalGroup(classes="buttons"):
                yield Button("Answer  enter", variant="primary", id="answer")
                yield Button("Start again", id="start-again")

    def on_mount(self) -> None:
        """Nothing to complain of yet."""
        self._complaint.display = False
        self._tick_off(self._typed("NEW_PASSWORD"))
        self.begin()

    def on_resize(self) -> None:
        """The check list flows in the width there is."""
        self._tick_off(self._typed("NEW_PASSWORD"))

    def begin(self) -> None:
        """Put the focus on the first field that is wrong, else the first that is empty."""
        wrong = [entry for row, entry in self._rows.values() if row.has_class("-wrong")]
        empty = [entry for _row, entry in self._rows.values() if not entry.value]
        for entry in [*wrong, *empty, *(entry for _row, entry in self._rows.values())][:1]:
            entry.focus()

    def describe(self, pool: UserPoolDescription | None, session_minutes: int | None) -> None:
        """Take in what the account tells of the pool and the client, while the form is open."""
        if session_minutes is not None:
            self._clock.lasts(session_minutes * 60.0)
        if pool is not None:
            self._pool = pool
            self._form = challenges.form(self._challenge, pool)
            self._tick_off(self._typed("NEW_PASSWORD"))

    def show_secrets(self, *, show: bool) -> None:
        """Show or mask what is typed into fields for secrets."""
        for _row, entry in self._rows.values():
            if isinstance(entry, SecretInput):
                entry.password = not show

    def refuse(self, error: CognitoError) -> None:
        """Say at the field it is about why Cognito did not take the answer, and keep all that was typed."""
        about = _row_named(error.sentence, self._rows)
        if error.name in {"InvalidPasswordException", "PasswordHistoryPolicyViolationException"}:
            about = "NEW_PASSWORD"
        if about in self._rows:
            self._rows[about][0].show_problem(error.sentence)
        self._complain(say("[$text-error]× $name[/] $why", name=error.name, why=error.sentence))
        self.begin()

    @on(Input.Submitted)
    @on(Button.Pressed, "#answer")
    def _answer(self, event: Input.Submitted | Button.Pressed) -> None:
        event.stop()
        last = list(self._rows.values())[-1][1]
        last.call_later(self._send_what_was_typed)

    def _send_what_was_typed(self) -> None:
        typed = {name: entry.value for name, (_row, entry) in self._rows.items()}
        if self._problems(typed) and self._warned != typed:
            self._warned = typed
            self._complain(quiet("enter again sends it as it is"))
            self.begin()
            return
        self.post_message(self.Answered(self.typed))

    def _problems(self, typed: Mapping[str, str]) -> bool:
        """Show what is wrong with the values; whether anything is."""
        found = False
        for name, (row, _entry) in self._rows.items():
            problem = self._problem(name, typed[name])
            if self._field(name).is_new_password and typed[name]:
                row.set_class(problem is not None, "-wrong")  # its line stays the policy
            else:
                row.show_problem(problem)
            found = found or problem is not None
        return found

    def _problem(self, name: str, value: str) -> str | None:
        field = self._field(name)
        if not value:
            return "required" if field.required else None
        if field.is_new_password:
            return None if self._password_policy.met_by(value) else "the policy is not met yet"
        return field.problem(value)

    def _field(self, name: str) -> challenges.Field:
        for field in self._form.fields:
            if field.name == name:
                return field
        return challenges.attribute_field(
            name.removeprefix(challenges.USER_ATTRIBUTE), self._pool, required=False
        )

    @on(Select.Changed, "#more")
    async def _add_attribute(self, event: Select.Changed) -> None:
        event.stop()
        if event.select.is_blank():
            return
        row = self._add(challenges.attribute_field(str(event.value), self._pool, required=False))
        await self.query_one("#challenge-fields").mount(row, before="#more")
        self.query_one("#more", Select).set_options(self._more())
        event.select.display = bool(self._more())
        row.query_one(LineInput).focus()

    def _more(self) -> list[tuple[RenderableType, str]]:
        """What may still be added, as options."""
        names = challenges.more_attributes(self._challenge, self._pool)
        return [(name, name) for name in names if challenges.USER_ATTRIBUTE + name not in self._rows]

    @on(Button.Pressed, "#start-again")
    def _again(self, event: Button.Pressed) -> None:
        event.stop()
        self.post_message(self.StartAgain())

    @property
    def _password_policy(self) -> PasswordPolicy:
        return self._pool.password_policy if self._pool else PasswordPolicy()

    def _typed(self, name: str) -> str:
        return self._rows[name][1].value if name in self._rows else ""

    def _tick_off(self, password: str) -> None:
        if "NEW_PASSWORD" not in self._rows:
            return
        missing = "[$text-warning]○[/] [b]$word missing[/]" if password else f"{OPEN} $word"
        words = [
            say(f"{DONE} $word" if rule.met else missing, word=rule.word)
            for rule in self._password_policy.rules(password)
        ]
        whose = plain("") if self._pool else quiet("\nCognito's default policy: this pool's is not known")
        row, entry = self._rows["NEW_PASSWORD"]
        row.show_help(flowed(words, entry.size.width or NARROWEST) + whose)

    def _complain(self, words: Content) -> None:
        self._complaint.update(words)
        self._complaint.display = True


def _row_named(sentence: str, rows: Mapping[str, object]) -> str:
    """The row whose attribute the sentence names: "Invalid attributes given, phone_number is missing"."""
    words = {word.strip(".,:;'\"") for word in sentence.split()}
    return next((name for name in rows if name.removeprefix(challenges.USER_ATTRIBUTE) in words), "")


def _parameters(parameters: Mapping[str, str]) -> Content:
    if not parameters:
        return quiet("It came without ChallengeParameters.")
    return Content("\n").join(
        say("[$text-primary]$name[/]  $value", name=name, value=value) for name, value in parameters.items()
    )
