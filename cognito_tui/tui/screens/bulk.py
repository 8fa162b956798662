"""Many users at once: a dry run first, then each user's result as it comes, and a report at the end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import UTC
from enum import Enum, auto
from functools import partial
from pathlib import Path
from typing import ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import HorizontalGroup, VerticalGroup
from textual.content import Content
from textual.widgets import Button, Input, ProgressBar, Static

from cognito_tui.bulk.look import Waiting
from cognito_tui.bulk.preview import COUNTED, Preview, Prospect, left_out, look_over, preview
from cognito_tui.bulk.records import Record, State
from cognito_tui.bulk.run import Ending, Run
from cognito_tui.bulk.table import report_as_csv, report_as_json
from cognito_tui.bulk.work import USUAL_RATE
from cognito_tui.cognito.errors import CognitoError
from cognito_tui.cognito.user_actions import Action
from cognito_tui.cognito.visible import visible
from cognito_tui.off_loop import off_loop
from cognito_tui.store.errors import StoreError
from cognito_tui.store.paths import shown
from cognito_tui.store.typed_path import typed_path
from cognito_tui.tui.admin import AdminCalls
from cognito_tui.tui.bulk_work import Left, Plan, Work, begun, gone_on_with
from cognito_tui.tui.say import DONE, FAILED, NEEDS, OPEN, key, plain, quiet, say
from cognito_tui.tui.screens.bulk_choice import ForMany
from cognito_tui.tui.screens.dialog import Dialog
from cognito_tui.tui.sight import relabel
from cognito_tui.tui.user_admin import UserAdmin, as_whom
from cognito_tui.tui.widgets.form_row import FormRow
from cognito_tui.tui.widgets.inputs import LineInput
from cognito_tui.tui.widgets.pane import Head, Pane, Section
from cognito_tui.tui.widgets.result_list import ResultHead, ResultList
from cognito_tui.tui.working import begin

REASONS: Final = 4
"""Lines for why users are skipped; the others are counted together."""

SKIPPED: Final = 4
"""Lines of the list of who is skipped; it scrolls."""


class Stage(Enum):
    """How far it has come."""

    LOOKING = auto()
    READY = auto()
    RUNNING = auto()
    OVER = auto()


class Bulk(Dialog[bool]):
    """One action on many users. Gives True when anything may have been changed.

    `left` is a run that was left, which is gone on with in place of a new one.
    """

    HELP = """
    # Many at once

    The dry run looks at each user and changes nothing. It says who will change, and of all others why
    not. The button with the action's name begins; its key stands beside it.

    While it runs, `p` pauses it and goes on, and `s` sends no more: what is under way is waited for.
    Afterwards `o` saves a report of everybody, and `f` tries those that failed again, after a dry run.

    Each user is written down in a journal, without passwords: in *Users*, `u` goes on with a run that was
    left. In the sandbox no journal is kept.
    """
    AUTO_FOCUS = ""  # nothing: what is typed during the dry run is for no field

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "go", "Go", show=False),
        Binding("p", "pause", "Pause", show=False),
        Binding("s", "stop", "Stop", show=False),
        Binding("o", "report", "Report", show=False),
        Binding("f", "retry", "Failed again", show=False),
    ]

    def __init__(
        self,
        chosen: ForMany,
        calls: AdminCalls,
        admin: UserAdmin,
        *,
        keeps_journal: bool,
        left: Left | None = None,
    ) -> None:
        super().__init__()
        self._chosen = chosen
        self._calls = calls
        self._admin = admin
        self._keeps_journal = keeps_journal
        self._left = left
        self._stage = Stage.LOOKING
        self._prospects: tuple[Prospect, ...] = ()
        self._left_out: tuple[Record, ...] = ()
        self._looked_at = 0
        self._records: dict[str, Record] = {}
        self._run: Run | None = None
        self._changed = False
        self._head = Head(Content(), Content(), classes="bulk-head")
        self._plan = Static("", id="bulk-plan")
        self._skipped = ResultList(id="bulk-skipped-list")
        self._cost = Static(quiet(COUNTED), id="bulk-cost")
        self._rate = LineInput(f"{USUAL_RATE:g}")
        self._rate_row = FormRow("Rate", self._rate, help="changes a second; slowed when Cognito throttles")
        self._path = LineInput()
        self._path_row = FormRow(
            "Passwords to", self._path, help="a new file, 0600: whoever reads it can sign in"
        )
        self._number = LineInput()
        self._number_row = FormRow("How many", self._number, help="type the number of users to delete")
        self._pace = Head(Content(), Content(), classes="bulk-head")
        self._bar = ProgressBar(total=1, show_percentage=False, show_eta=False)
        self._results = ResultList(id="bulk-results")
        self._report = Static("", id="bulk-report")
        self._report_path = LineInput()
        self._report_row = FormRow("Save as", self._report_path, help=".csv or .json; enter saves")

    @property
    def _label(self) -> str:
        return self._chosen.action.label.rstrip("…")

    @property
    def _go_key(self) -> str:
        """The key that begins; enter where letters are for a field."""
        action = self._chosen.action
        has_field = self._left is None and (action.sets_password or action is Action.DELETE)
        return "enter" if has_field else "y"

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Letters begin nothing where they are for a field."""
        return action != "go" or self._go_key == "y"

    def compose(self) -> ComposeResult:
        """Dry run, form, running, report, buttons."""
        count = len(self._chosen.usernames)
        title = f"{self._label} · {count:,} user{'' if count == 1 else 's'}"
        with Pane(title=title, classes="dialog bulk"):
            yield self._head
            yield self._plan
            with VerticalGroup(id="bulk-skipped"):
                yield ResultHead("Why")
                yield self._skipped
            yield self._cost
            with VerticalGroup(id="bulk-form"):
                yield self._path_row
                yield self._number_row
                yield self._rate_row
            with VerticalGroup(id="bulk-running"):
                yield Section("Running")
                yield self._pace
                yield self._bar
                yield ResultHead()
                yield self._results
            with VerticalGroup(id="bulk-reporting"):
                yield Section("Report")
                yield self._report
                yield self._report_row
            with HorizontalGroup(classes="buttons"):
                yield Button("Cancel  esc", id="close")
                yield Button(f"{self._label}  {self._go_key}", variant="primary", id="go")
                yield Button("Pause  p", variant="primary", id="pause")
                yield Button("Stop after these  s", id="stop")
                yield Button("Failed ones again  f", id="retry")
                yield Button("Save report  o", id="report")

    def on_mount(self) -> None:
        """Look at everybody, or go on with what was left."""
        self._report_row.display = False
        self._path_row.display = self._chosen.action.sets_password
        self._number_row.display = self._chosen.action is Action.DELETE
        self._enter(Stage.LOOKING)
        if self._left is None:
            begin(self, self._look_over, "bulk", "a dry run")
        else:
            self._show_left(self._left)

    # The dry run

    async def _look_over(self) -> None:
        chosen = self._chosen
        self._tell_looking()
        try:
            self._prospects = await look_over(
                chosen.action,
                self._admin.user_pool_id,
                chosen.usernames,
                call=self._calls.send,
                tell=self._looked,
            )
        except CognitoError as error:
            self._plan.update(
                say(f"{FAILED} [b $text-error]$name[/] $why", name=error.name, why=error.sentence)
            )
            self._enter(Stage.OVER)
            return
        self._left_out = left_out(self._prospects, self._admin.means.now().astimezone(UTC))
        identity, pool = await self._admin.identity(), await self._admin.describe_pool()
        seen = preview(chosen.action, self._prospects, self._typed_rate or USUAL_RATE, pool)
        self._show_preview(seen, identity)
        self._enter(Stage.READY if seen.will_change else Stage.OVER)
        if seen.will_change:
            self._focus_form()

    def _looked(self, told: Prospect | Waiting) -> None:
        if isinstance(told, Prospect):
            self._looked_at += 1
        self._tell_looking()

    def _tell_looking(self) -> None:
        words = "[b]Dry run[/] [$foreground 72%]looking at each user, changing nothing[/]"
        count = f"{self._looked_at:,} of {len(self._chosen.usernames):,}"
        self._head.show(say(words), say("[$foreground 72%]$count[/]", count=count))

    def _show_preview(self, seen: Preview, identity: str) -> None:
        now = self._admin.means.now().astimezone(self._admin.zone)
        self._head.show(
            say("[b]Dry run[/] [$foreground 72%]done before the first change[/]"), plain(f"{now:%H:%M}")
        )
        fails = {each.message for each in self._left_out if each.state is State.FAILED}
        self._plan.update(Content("\n").join(_preview_lines(seen, fails, self._admin, identity)))
        self._skipped.show([replace(each, code="") for each in self._left_out])
        self._skipped.styles.height = min(len(self._left_out), SKIPPED)

    def _focus_form(self) -> None:
        if self._left is not None:
            self.query_one("#bulk-form").display = False
            self.query_one("#go").focus()
            return
        for row, field in ((self._path_row, self._path), (self._number_row, self._number)):
            if row.display:
                field.focus()
                return
        self.query_one("#close" if self._chosen.action.destructive else "#go").focus()

    def _show_left(self, left: Left) -> None:
        states = Counter(each.state for each in left.records)
        begun_at = left.about.at.astimezone(self._admin.zone)
        self._head.show(say("[b]A run that was left[/]"), quiet(f"begun {begun_at:%Y-%m-%d %H:%M}"))
        lines = [
            say(f"{DONE} [b]$count[/] done", count=f"{states[State.DONE]:,}"),
            say(f"{OPEN} [b]$count[/] left to do", count=f"{states[State.PLANNED]:,}"),
        ]
        if states[State.SENT]:
            words = f"{NEEDS} [b]$count[/] were sent and have no answer: looked at first, never sent blindly"
            lines.append(say(words, count=f"{states[State.SENT]:,}"))
        if states[State.FAILED]:
            lines.append(say(f"{FAILED} [b]$count[/] failed", count=f"{states[State.FAILED]:,}"))
        self._plan.update(Content("\n").join(lines))
        self._enter(Stage.READY)
        self._focus_form()

    # Going

    @on(Button.Pressed, "#go")
    def action_go(self) -> None:
        """Begin, when the form is right."""
        if self._stage is not Stage.READY:
            return
        if self._left is not None:
            begin(self, partial(self._carry_out, None, self._left), "bulk", "a bulk run")
        elif (plan := self._planned()) is not None:
            begin(self, partial(self._carry_out, plan, None), "bulk", "a bulk run")

    def _planned(self) -> Plan | None:
        rate, path = self._typed_rate, None
        self._rate_row.show_problem(None if rate else "a number above 0")
        if rate is None:
            return None
        names = tuple(each.username for each in self._prospects if each.state is State.PLANNED)
        if self._chosen.action is Action.DELETE and self._number.value.strip() != str(len(names)):
            self._number_row.show_problem(f"to delete {len(names)} users, type {len(names)}")
            self._number.focus()
            return None
        if self._chosen.action.sets_password:
            if not self._path.value.strip():
                self._path_row.show_problem("name a file for the passwords")
                self._path.focus()
                return None
            try:
                path = typed_path(self._path.value.strip())
            except StoreError as error:
                self._path_row.show_problem(error.sentence)
                self._path.focus()
                return None
        return Plan(self._chosen.action, names, rate, path)

    @property
    def _typed_rate(self) -> float | None:
        try:
            rate = float(self._rate.value)
        except ValueError:
            return None
        return rate if 0 < rate < float("inf") else None

    async def _carry_out(self, plan: Plan | None, left: Left | None) -> None:
        self._enter(Stage.RUNNING)
        try:
            if left is not None:
                work = await gone_on_with(left, self._admin)
            elif plan is not None:
                work = await begun(plan, self._admin, keeps_journal=self._keeps_journal)
            else:
                return
        except StoreError as error:
            self._say_trouble(error.sentence)
            self._enter(Stage.READY)
            self._focus_form()
            return
        try:
            await self._go(work)
        finally:
            await off_loop(None, work.close)

    async def _go(self, work: Work) -> None:
        self._records = {record.username: record for record in work.records}
        self._run = Run(
            work.order,
            work.records,
            call=self._calls.send_for_good,
            journal=work.journal,
            tell=partial(self._came, work),
        )
        self._changed = True
        self._tell_report(work)
        self._tell_pace(work)
        timer = self.set_interval(0.5, partial(self._tell_pace, work))
        try:
            ending = await self._run.go()
        except (StoreError, OSError) as error:
            self._say_trouble(error.sentence if isinstance(error, StoreError) else str(error.strerror))
        else:
            self._tell_ending(ending)
        finally:
            timer.stop()
        self._enter(Stage.OVER)
        self._tell_pace(work)

    def _came(self, work: Work, told: Record | Waiting) -> None:
        if isinstance(told, Record):
            self._records[told.username] = told
        self._results.add(told)
        self._tell_pace(work)

    def _tell_pace(self, work: Work) -> None:
        states = Counter(each.state for each in self._records.values())
        total = len(self._records)
        over = sum(n for state, n in states.items() if state.is_outcome)
        parts = [say("[b]$over[/] of $total", over=f"{over:,}", total=f"{total:,}")]
        for state, template in _COUNTED.items():
            if states[state]:
                parts.append(say(template, count=f"{states[state]:,}"))
        if self._results.waiting:
            parts.append(say("[$text-warning]! $count waits[/]", count=self._results.waiting))
        rate = self._run.gate.rate if self._run else work.order.rate
        self._pace.show(Content(" · ").join(parts), self._how_fast(work, rate, total - over))
        self._bar.update(total=max(total, 1), progress=over)

    def _how_fast(self, work: Work, rate: float, left: int) -> Content:
        if not left:
            return plain("")
        if self._stage is Stage.OVER:
            goes_on = f", {key('u')} goes on" if work.path else ""
            return say(f"[$text-warning]stopped, $left left[/]{goes_on}", left=f"{left:,}")
        if self._run is not None and self._run.gate.stopped:
            return say("[$text-warning]stopping after these[/]")
        if self._run is not None and self._run.gate.paused:
            return say("[$text-warning]paused[/]")
        return quiet(f"{rate:.3g} a second · {_duration(left / rate if rate else 0)} left")

    def _tell_ending(self, ending: Ending) -> None:
        if ending.why:
            self._say_trouble(ending.why)

    def _say_trouble(self, sentence: str) -> None:
        self._plan.update(self._plan_words() + say(f"\n{FAILED} $why", why=sentence))

    def _plan_words(self) -> Content:
        words = self._plan.content
        return words if isinstance(words, Content) else plain("")

    @on(Button.Pressed, "#pause")
    def action_pause(self) -> None:
        """Let nothing go until it is pressed again."""
        if self._stage is not Stage.RUNNING or self._run is None:
            return
        if self._run.gate.paused:
            self._run.gate.go_on()
        else:
            self._run.gate.pause()
        relabel(self.query_one("#pause", Button), "Go on  p" if self._run.gate.paused else "Pause  p")

    @on(Button.Pressed, "#stop")
    def action_stop(self) -> None:
        """Send no more; those that were sent are waited for."""
        if self._stage is Stage.RUNNING and self._run is not None:
            self._run.gate.stop()

    # Afterwards

    def _tell_report(self, work: Work) -> None:
        lines = []
        if work.passwords is not None:
            file = visible(shown(work.passwords.path.absolute()))
            lines.append(say(f"{NEEDS} Passwords: $file, delete it when done", file=file))
        if work.path is None:
            lines.append(quiet("In the sandbox no journal is kept: what is left of a run is forgotten."))
        else:
            before, slash, name = visible(shown(work.path)).rpartition("/")
            lines.append(say("[$foreground 72%]$before[/]$name", before=before + slash, name=name))
            lines.append(quiet("one line a user; no password is ever in it"))
        self._report.update(Content("\n").join(lines))

    @on(Button.Pressed, "#report")
    def action_report(self) -> None:
        """Ask where the report goes."""
        if self._stage is Stage.OVER and self._records:
            self._report_row.display = True
            if not self._report_path.value:
                self._report_path.value = f"{self._chosen.action.value}-report.csv"
            self._report_path.focus()

    @on(Input.Submitted)
    async def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        if event.input is not self._report_path:
            self.action_go()
            return
        try:
            path = typed_path(event.value.strip())
        except StoreError as error:
            self._report_row.show_problem(error.sentence)
            return
        try:
            await off_loop(None, _save, path, self._reported)
        except OSError as error:
            self._report_row.show_problem(f"{shown(path)}: {error.strerror}")
        else:
            self._report_row.display = False
            self.notify(shown(path.absolute()), title="Report saved", markup=False)
            self.query_one("#close").focus()

    @property
    def _reported(self) -> list[Record]:
        """Everybody that was chosen, in that order: what became of each, or why nothing was sent."""
        known = {each.username: each for each in self._left_out} | self._records
        return [known[name] for name in self._chosen.usernames if name in known]

    @on(Button.Pressed, "#retry")
    def action_retry(self) -> None:
        """A dry run with those that failed."""
        failed = self._failed
        if self._stage is not Stage.OVER or not failed:
            return
        self._chosen = replace(self._chosen, usernames=failed)
        self._left, self._run, self._records, self._looked_at = None, None, {}, 0
        self._left_out = ()
        self._enter(Stage.LOOKING)
        begin(self, self._look_over, "bulk", "a dry run")

    @property
    def _failed(self) -> tuple[str, ...]:
        """Whom Cognito said no to, and of whom it is not known."""
        again = {State.FAILED, State.UNKNOWN}
        return tuple(name for name, record in self._records.items() if record.state in again)

    @on(Button.Pressed, "#close")
    def action_cancel(self) -> None:
        """Leave; a run that is under way is stopped first."""
        if self._stage is Stage.RUNNING:
            self.action_stop()
            return
        self.workers.cancel_group(self, "bulk")
        self.dismiss(self._changed)

    def _enter(self, stage: Stage) -> None:
        self._stage = stage
        for each in Stage:
            self.set_class(stage is each, f"-{each.name.lower()}")
        self.set_class(bool(self._records) or stage is Stage.RUNNING, "-has-run")
        shows = {
            "close": stage is not Stage.RUNNING,
            "go": stage is Stage.READY,
            "pause": stage is Stage.RUNNING,
            "stop": stage is Stage.RUNNING,
            "retry": stage is Stage.OVER and bool(self._failed),
            "report": stage is Stage.OVER and bool(self._records),
        }
        for name, wanted in shows.items():
            self.query_one(f"#{name}", Button).display = wanted
        seen = stage in {Stage.READY, Stage.OVER} and not self._records
        self.query_one("#bulk-skipped").display = seen and bool(self._left_out)
        self._cost.display = stage in {Stage.LOOKING, Stage.READY}
        self.query_one("#bulk-form").display = stage is Stage.READY
        relabel(self.query_one("#go", Button), f"{self._label}  {self._go_key}")
        relabel(self.query_one("#close", Button), "Close  esc" if stage is Stage.OVER else "Cancel  esc")
        if stage is Stage.LOOKING:
            self.set_focus(None)
        elif stage is Stage.RUNNING:
            self._results.focus()
        elif stage is Stage.OVER:
            self.query_one("#close").focus()


_COUNTED: Final = {
    State.DONE: "[$text-success]● $count done[/]",
    State.SKIPPED: "[$foreground 72%]○ $count skipped[/]",
    State.FAILED: "[$text-error]× $count failed[/]",
    State.UNKNOWN: "[$text-warning]! $count not known[/]",
}


def _preview_lines(
    seen: Preview, fails: Collection[str], admin: UserAdmin, identity: str
) -> Iterable[Content]:
    """What is known before; `fails` are the reasons that are failures, others are for being skipped."""
    action = seen.action
    yield say(
        f"{DONE} [b]$count[/] will change: $operation, $what",
        count=f"{seen.will_change:,}",
        operation=action.operation,
        what=action.consequence,
    )
    for reason, count in seen.reasons.most_common(REASONS):
        sign, word = (FAILED, "would fail") if reason in fails else (OPEN, "skipped")
        yield say(f"{sign} [b]$count[/] {word}: $reason", count=f"{count:,}", reason=reason)
    if others := sum(n for _, n in seen.reasons.most_common()[REASONS:]):
        yield say(f"{OPEN} [b]$count[/] will not for other reasons", count=f"{others:,}")
    for warning, count in seen.warnings.most_common():
        yield say(f"{NEEDS} [b]$count[/]: $warning", count=f"{count:,}", warning=warning)
    if seen.messages:
        limit = f" {seen.mail_limit}" if seen.mail_limit else ""
        yield say(
            f"{NEEDS if limit else OPEN} sends [b]$count[/] messages.$limit",
            count=f"{seen.messages:,}",
            limit=limit,
        )
    profile = admin.in_use.profile
    whose = f" as {as_whom(identity)}" if identity else ""
    time = f"; about {_duration(seen.seconds)}" if seen.will_change else ""
    yield quiet(f"in the pool {profile.user_pool_id}, {profile.name}{whose}{time}")


def _duration(seconds: float) -> str:
    if seconds < 120:
        return f"{max(1, round(seconds))} s"
    return f"{seconds / 60:.0f} min" if seconds < 7200 else f"{seconds / 3600:.1f} h"


def _save(path: Path, records: Sequence[Record]) -> None:
    text = report_as_json(records) if path.suffix == ".json" else report_as_csv(records)
    path.write_text(text, encoding="utf-8", newline="")
