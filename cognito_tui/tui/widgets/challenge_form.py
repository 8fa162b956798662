"""The form of a challenge: what Cognito wants to know now, and how long it waits."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import ClassVar, Final

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import HorizontalGroup
from textual.content import Content
from textual.message import Message
from textual.widgets import Button, Input, Select, Static

from cognito_tui.cognito import challenges
from cognito_tui.cognito.described import UserPoolDescription
from cognito_tui.cognito.errors import CognitoError
from cognito_tui.cognito.model import Secret
from cognito_tui.cognito.password_policy import PasswordPolicy
from cognito_tui.cognito.steps import Answers, Prompt
from cognito_tui.tui.say import DONE, OPEN, plain, quiet, say
from cognito_tui.tui.widgets.answer_row import AnswerRow
from cognito_tui.tui.widgets.body import Body
from cognito_tui.tui.widgets.choice import Choice
from cognito_tui.tui.widgets.clock_bar import ClockBar
from cognito_tui.tui.widgets.columns import flowed
from cognito_tui.tui.widgets.pane import Pane
from cognito_tui.tui.widgets.told import Told
from cognito_tui.tui.widgets.totp_set_up import TotpSetUp

NARROWEST: Final = 33
"""Cells of a field in the narrowest form, for before it has a size."""

AROUND_QR: Final = 6
"""Rows that clock, fields and buttons of a set-up take beside its QR code."""

COPIED: Final = "CREDENTIAL_REQUEST_OPTIONS"
"""The parameter that is needed elsewhere: in a browser."""

SESSION_SECONDS: Final = 180.0
"""AuthSessionValidity unless the client has its own (service model: 3 to 15 minutes, default 3)."""


class ChallengeForm(Pane):
    """Asks what `challenges.form` says, for one prompt; it comes back when an answer is refused.

    `began` is when the Session was given, by the clock `now`; `typed` what was answered to the same before;
    `can_fill_in` whether `FillIn` would be heard: in the sandbox, where the code is at hand.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "answer", "Answer", show=False)]

    @dataclass
    class Answered(Message):
        """The person has answered; keys are Cognito's own."""

        answers: Answers

    class StartAgain(Message):
        """The person wants to go back to the first form."""

    class FillIn(Message):
        """The person wants the code that the sandbox has sent, or that the app shows."""

    def __init__(
        self,
        prompt: Prompt,
        pool: UserPoolDescription | None,
        now: Callable[[], float],
        typed: Answers,
        *,
        began: float,
        can_fill_in: bool = False,
    ) -> None:
        super().__init__(title="What Cognito asks now", subtitle="* required", classes="grow")
        self.prompt = prompt
        self._challenge = prompt.challenge
        self._pool = pool
        self._form = challenges.form(self._challenge, pool, prompt.software_token)
        self._clock = ClockBar(self._challenge.name, SESSION_SECONDS, now, began)
        self.can_fill_in = can_fill_in
        self._set_up = TotpSetUp(prompt.software_token) if prompt.software_token else None
        self._rows: dict[str, AnswerRow] = {}
        self._intro = Static(quiet(self._form.intro), classes="intro")
        self._complaint = Static("", id="complaint")
        self._warned: dict[str, str] | None = None
        for field in self._form.fields:
            self._add(field)
        for name, value in typed.items():
            self._add_once(name).fill(value)
        self.set_class(self._set_up is not None, "-set-up")
        self.set_class(len(self._rows) > 2, "-many-fields")

    @property
    def typed(self) -> dict[str, str | Secret]:
        """What stands in the fields, keyed by Cognito's own names."""
        return {name: row.answer for name, row in self._rows.items()}

    def asks_the_same(self, prompt: Prompt) -> bool:
        """Whether `prompt` is about the challenge that this form asks."""
        ours, theirs = self.prompt, prompt
        return (ours.challenge.name, ours.software_token) == (theirs.challenge.name, theirs.software_token)

    def _add(self, field: challenges.Field) -> AnswerRow:
        follows = self._tick_off if field.is_new_password else None
        self._rows[field.name] = AnswerRow(field, follows)
        return self._rows[field.name]

    def _add_once(self, name: str) -> AnswerRow:
        return self._rows.get(name) or self._add(self._field(name))

    def compose(self) -> ComposeResult:
        """Clock, what is wanted and why, the fields, the ways on."""
        yield self._clock
        with Body(id="challenge-fields"):
            yield self._intro
            if self._set_up is not None:
                yield self._set_up
            if self._form.shown is not None:
                yield Told(self._form.shown, COPIED)
            yield from self._rows.values()
            if "NEW_PASSWORD" in self._rows:
                yield Select(self._more(), prompt="add an attribute …", compact=True, id="more")
            yield self._complaint
            with HorizontalGroup(classes="buttons"):
                yield Button("Answer  enter", variant="primary", id="answer")
                if self.can_fill_in:
                    yield Button("Fill in  ^o", id="fill-in")
                yield Button("Start again", id="start-again")

    def on_mount(self) -> None:
        """Nothing to complain of yet."""
        self._complaint.display = False
        self._tick_off(self._typed("NEW_PASSWORD"))
        self.begin()

    def on_resize(self) -> None:
        """The check list flows in the width there is, and the QR code is there when it has room."""
        row = self._rows.get("NEW_PASSWORD")
        if row is not None and not row.has_class("-wrong"):  # what was refused stays said
            self._tick_off(self._typed("NEW_PASSWORD"))
        if self._set_up is not None:
            fits = self._set_up.fit(self.content_size.width, self.content_size.height - AROUND_QR)
            self._intro.display = not fits  # with the code in sight, it goes without saying

    def begin(self) -> None:
        """Put the focus on the first field that is wrong, else the first that is empty."""
        rows = list(self._rows.values())
        wrong = [row for row in rows if row.has_class("-wrong")]
        empty = [row for row in rows if row.is_empty]
        for row in [*wrong, *empty, *rows][:1]:
            self.query_one(Body).begin(row.entry)

    def describe(self, pool: UserPoolDescription | None, session_minutes: int | None) -> None:
        """Take in what the account tells of the pool and the client, while the form is open."""
        if session_minutes is not None:
            self._clock.lasts(session_minutes * 60.0)
        if pool is not None:
            self._pool = pool
            self._form = challenges.form(self._challenge, pool, self.prompt.software_token)
            self._tick_off(self._typed("NEW_PASSWORD"))

    def show_secrets(self, *, show: bool) -> None:
        """Show or mask the TOTP key, and what is typed into fields for secrets."""
        for part in [*self._rows.values(), *self.query(TotpSetUp)]:
            part.show_secrets(show=show)

    def copy_key(self) -> None:
        """Copy the TOTP key, where there is one."""
        if self._set_up is not None:
            self._set_up.copy_key()

    def fill_in(self, answer: Secret) -> None:
        """Put a code or a credential in the field it is for."""
        name = next((row.asked.name for row in self._rows.values() if row.asked.is_code), "CREDENTIAL")
        if name in self._rows:
            self._rows[name].fill(answer)
            self._rows[name].entry.focus()

    def refuse(self, error: CognitoError) -> None:
        """Say at the field it is about why Cognito did not take the answer, and keep all that was typed."""
        about = _row_named(error.sentence, self._rows)
        if error.name in {"InvalidPasswordException", "PasswordHistoryPolicyViolationException"}:
            about = "NEW_PASSWORD"
        elif not about and "NEW_PASSWORD" not in self._rows:
            about = next(iter(self._rows), "")
        if about in self._rows:
            self._rows[about].show_problem(error.sentence)
        why = "" if about in self._rows else error.sentence
        self._complain(say("[$text-error]× $name[/] $why", name=error.name, why=why))
        self.begin()

    @on(Input.Changed)
    def _mended(self, event: Input.Changed) -> None:
        """What is being corrected is no longer called wrong."""
        event.stop()
        for row in self._rows.values():
            if row.entry is event.input and row.has_class("-wrong"):
                self._complaint.display = False
                if row.asked.is_new_password:
                    row.remove_class("-wrong")
                else:
                    row.show_problem(None)

    @on(Input.Submitted)
    @on(Button.Pressed, "#answer")
    def _answer(self, event: Input.Submitted | Button.Pressed) -> None:
        event.stop()
        self.action_answer()

    def action_answer(self) -> None:
        """Answer with what was typed, when the last field has taken all its keys."""
        last = list(self._rows.values())[-1].entry
        last.call_later(self._send_what_was_typed)

    def _send_what_was_typed(self) -> None:
        typed = {name: row.text for name, row in self._rows.items()}
        if self._problems(typed) and self._warned != typed:
            self._warned = typed
            self._complain(quiet("enter again sends it as it is"))
            self.begin()
            return
        self.post_message(self.Answered(self.typed))

    def _problems(self, typed: Mapping[str, str]) -> bool:
        """Show what is wrong with the values; whether anything is."""
        found = False
        for name, row in self._rows.items():
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

    @on(Choice.Changed)
    def _chosen_another(self, event: Choice.Changed) -> None:
        event.stop()
        self._complaint.display = False
        for row in self._rows.values():
            row.show_problem(None)

    @on(Select.Changed, "#more")
    async def _add_attribute(self, event: Select.Changed) -> None:
        event.stop()
        if event.select.is_blank():
            return
        row = self._add(challenges.attribute_field(str(event.value), self._pool, required=False))
        await self.query_one("#challenge-fields").mount(row, before="#more")
        self.query_one("#more", Select).set_options(self._more())
        event.select.display = bool(self._more())
        row.entry.focus()

    def _more(self) -> list[tuple[Text, str]]:
        """What may still be added, as options."""
        names = challenges.more_attributes(self._challenge, self._pool)
        return [(Text(name), name) for name in names if challenges.USER_ATTRIBUTE + name not in self._rows]

    @on(Button.Pressed, "#start-again")
    def _again(self, event: Button.Pressed) -> None:
        event.stop()
        self.post_message(self.StartAgain())

    @on(Button.Pressed, "#fill-in")
    def _want_code(self, event: Button.Pressed) -> None:
        event.stop()
        self.post_message(self.FillIn())

    @property
    def _password_policy(self) -> PasswordPolicy:
        return self._pool.password_policy if self._pool else PasswordPolicy()

    def _typed(self, name: str) -> str:
        return self._rows[name].text if name in self._rows else ""

    def _tick_off(self, password: str) -> None:
        if "NEW_PASSWORD" not in self._rows:
            return
        missing = "[$text-warning]○[/] [b]$word missing[/]" if password else f"{OPEN} $word"
        words = [
            say(f"{DONE} $word" if rule.met else missing, word=rule.word)
            for rule in self._password_policy.rules(password)
        ]
        whose = plain("") if self._pool else quiet("\nCognito's default policy: this pool's is not known")
        row = self._rows["NEW_PASSWORD"]
        row.show_help(flowed(words, row.entry.size.width or NARROWEST) + whose)

    def _complain(self, words: Content) -> None:
        self._complaint.update(words)
        self._complaint.display = True


def _row_named(sentence: str, rows: Mapping[str, object]) -> str:
    """The row whose attribute the sentence names: "Invalid attributes given, phone_number is missing"."""
    words = {word.strip(".,:;'\"") for word in sentence.split()}
    return next((name for name in rows if name.removeprefix(challenges.USER_ATTRIBUTE) in words), "")
