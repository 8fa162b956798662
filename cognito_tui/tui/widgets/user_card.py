"""The selected user: who it is, what can be done now, and what else Cognito tells."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import ClassVar, Final

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.selection import Selection
from textual.strip import Strip
from textual.style import Style
from textual.visual import Visual

from cognito_tui.cognito.model import UserStatus
from cognito_tui.cognito.users import User
from cognito_tui.cognito.visible import visible
from cognito_tui.tui import user_facts
from cognito_tui.tui.cells import cut
from cognito_tui.tui.deeds import NotNow, Offered, can_be_done, cannot_be_done
from cognito_tui.tui.say import DONE, NEEDS, OPEN, key, plain, quiet, ruled, say
from cognito_tui.tui.user_facts import DEVICES, EVENTS, FACTORS, GET, GROUPS, SESSIONS, Facts, why_missing
from cognito_tui.tui.user_rows import Moment, UserRow, date_words, day, lives, span
from cognito_tui.tui.widgets.role_lines import SCROLLBAR

WIDE: Final = 60
"""Cells from which a deed has room for one line with everything."""

ATTRIBUTES: Final = "Attributes"

LABEL: Final = 9
"""Cells for the name of a fact."""


@dataclass(frozen=True)
class Known:
    """What is known of the selected user: the row of the list, and the facts that were asked for."""

    row: UserRow
    facts: Facts = Facts()  # noqa: RUF009 it is frozen
    asked: bool = False

    @property
    def user(self) -> User:
        """The user as Cognito told last."""
        row = self.row
        if self.facts.user is not None:
            return self.facts.user
        modified = datetime.fromtimestamp(row.modified, UTC) if row.modified else None
        return User(row.username, enabled=row.enabled, status=row.status, modified=modified)


class UserCard(ScrollView):
    """All there is to know of one user. A click on what can be done does it.

    Its lines are painted as they are: with widgets in it, the screen would be laid out anew for each user.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "scroll_down", "Down", show=False),
        Binding("k", "scroll_up", "Up", show=False),
    ]

    def __init__(self) -> None:
        super().__init__(classes="pane", id="user-card")
        self.border_title = "Selected user"
        self.auto_links = False  # they look like all that is on a key
        self._words = Content()
        self._strips: list[Strip] | None = None
        self._stays_at_end = False
        self._known: Known | None = None
        self._moment = Moment(0.0)
        self._why = ""
        self._read_only = False

    def show(self, known: Known, moment: Moment, *, read_only: bool) -> None:
        """Show what is known of a user."""
        if self._known is None or self._known.row.username != known.row.username:
            self._stays_at_end = False
            self.scroll_home(animate=False)
        self._known, self._moment, self._read_only = known, moment, read_only
        self._paint()

    def show_nobody(self, why: str) -> None:
        """There is no user to show."""
        self._known, self._why = None, why
        self._paint()

    def action_scroll_end(self) -> None:
        """Go to the end, and stay there while more comes."""
        self._stays_at_end = True
        self.scroll_end(animate=False)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Whoever scrolls away from the end has left it."""
        super().watch_scroll_y(old_value, new_value)
        if new_value < old_value:
            self._stays_at_end = False

    def on_resize(self) -> None:
        """The texts are broken where the card ends."""
        self._paint()

    def _paint(self) -> None:
        self._words = quiet(self._why) if self._known is None else self._all_of(self._known)
        self._strips = None
        if self.is_mounted:
            self._grow(len(self._lines))
            self.refresh()

    def _all_of(self, known: Known) -> Content:
        width = self._room
        sections = [
            head(known.row, self._moment),
            *_deeds(known.user, width, read_only=self._read_only),
        ]
        return Content("\n\n").join([*sections, *_facts(known, width, self._moment)])

    # Painting

    @property
    def _room(self) -> int:
        return max(self.size.width - SCROLLBAR, 20)

    def _grow(self, lines: int) -> None:
        size, before, height = Size(self._room, lines), self.virtual_size.height, self.size.height
        if (lines > height) is (before > height):
            # as `virtual_size` it would have the whole screen laid out anew, which takes longer than a key
            self.set_reactive(UserCard.virtual_size, size)
            self.vertical_scrollbar.window_virtual_size = lines
            self.scroll_to(y=self.scroll_y, animate=False, immediate=True)
        else:
            self.virtual_size = size
        if self._stays_at_end:
            self.scroll_end(animate=False)

    @property
    def _lines(self) -> list[Strip]:
        if self._strips is None:
            self._strips = Visual.to_strips(self, self._words, self._room, None, self.visual_style)
        return self._strips

    def render(self) -> Content:
        """All of it, from which what is selected with the mouse is taken."""
        return self._words

    def render_line(self, y: int) -> Strip:
        """The line `y` of those in sight."""
        lines, at = self._lines, self.scroll_offset.y + y
        ground = Style(self.visual_style.background).rich_style
        line = lines[at] if at < len(lines) else Strip.blank(self._room, ground)
        return line.extend_cell_length(self.size.width, ground)

    def notify_style_update(self) -> None:
        """Another theme, or the focus has come or gone."""
        self._strips = None
        super().notify_style_update()

    def selection_updated(self, selection: Selection | None) -> None:
        """Something else is selected with the mouse."""
        self._strips = None
        super().selection_updated(selection)


def head(row: UserRow, moment: Moment) -> Content:
    """Who it is, and what its status means."""
    contact = "" if row.contact == row.username else row.contact
    who = say("[b]$username[/]", username=visible(row.username))
    where = say("\n[$foreground 72%]$contact[/]", contact=visible(contact)) if contact else plain("")
    return who + where + "\n\n" + standing(row, moment)


SIGNS: Final[Mapping[UserStatus, str]] = {
    UserStatus.CONFIRMED: "[$text-success]● $status[/]",
    UserStatus.EXTERNAL_PROVIDER: "[$foreground 72%]● $status[/]",
    UserStatus.UNCONFIRMED: "[$text-warning]○ $status[/]",
}


def standing(row: UserRow, moment: Moment) -> Content:
    """The status in full, and below it what it means."""
    words = say(SIGNS.get(row.status, "[$text-warning]! $status[/]"), status=row.status)
    if not row.enabled:
        words += say("\n[$text-error]×[/] disabled: no sign-in until it is enabled")
    if row.enabled or row.status is not UserStatus.CONFIRMED:
        words += say("\n[$foreground 72%]$meaning[/]", meaning=meaning(row, moment))
    return words


_MEANS: Final[Mapping[UserStatus, str]] = {
    UserStatus.CONFIRMED: "signs in",
    UserStatus.EXTERNAL_PROVIDER: "signs in with another identity provider",
    UserStatus.UNCONFIRMED: "has signed up and never confirmed it",
    UserStatus.RESET_REQUIRED: "has to set a new password with a code before signing in",
    UserStatus.ARCHIVED: "a status that is no longer used",
    UserStatus.COMPROMISED: "a status that is no longer used",
    UserStatus.UNKNOWN: "a status that this app does not know",
}


def meaning(row: UserRow, moment: Moment) -> str:
    """What a status means for the user."""
    if row.status is not UserStatus.FORCE_CHANGE_PASSWORD:
        return _MEANS[row.status]
    left = lives(row, moment)
    if left is None:
        return "has a temporary password only"
    if left <= 0:
        return "temporary password has expired"
    return f"temporary password dies in {span(left)}"


# What can be done


def _deeds(user: User, width: int, *, read_only: bool) -> Iterable[Content]:
    if read_only:
        yield say(f"{NEEDS} The profile is read only: changes are refused.")
    if possible := [each for each in can_be_done(user) if not each.deed.section]:
        yield Content("\n").join(
            [ruled("What you can do now", width), *(_offered(each, width) for each in possible)]
        )
    if refused := cannot_be_done(user):
        lines = [_not_now(each, width) for each in refused]
        palette = say(f"{key('^p')} [$foreground 72%]sends them all the same[/]")
        yield Content("\n").join([ruled("Not now", width), *lines, palette])


def _offered(offered: Offered, width: int) -> Content:
    """In two lines; in one, with the operation, where the card has the whole screen."""
    deed = offered.deed
    perhaps = "" if offered.certain else " [$text-warning]?[/]"
    title = f"[b $text-accent]{deed.key}[/]  $label{perhaps}"
    if width < WIDE:
        known = deed.brief if offered.certain else "not known whether it works"
        words = say(f"{title}\n   [$foreground 72%]$brief[/]", label=deed.label, brief=known)
    else:
        words = say(
            f"{title} [$text-primary]$operation[/]  [$foreground 72%]$consequence[/]",
            label=deed.label.ljust(24 if offered.certain else 22),
            operation=offered.operation,
            consequence=deed.consequence,
        ).truncate(width, ellipsis=True)
    return words.stylize(f"@click=screen.deed('{deed.key}')")


def _not_now(refused: NotNow, width: int) -> Content:
    lines = textwrap.wrap(f"{refused.deed.label}: {refused.reason}", max(10, width))
    return quiet("\n".join(lines))


# What Cognito tells


def _facts(known: Known, width: int, moment: Moment) -> Iterable[Content]:
    facts, possible = known.facts, can_be_done(known.user)

    def section(title: str, operation: str, lines: list[Content] | None) -> Content:
        error = facts.errors.get(operation)
        if error is not None:
            lines = [quiet(f"○ {line}") for line in textwrap.wrap(why_missing(error), max(10, width - 2))[:1]]
            lines += [
                quiet(f"  {line}") for line in textwrap.wrap(why_missing(error), max(10, width - 2))[1:]
            ]
        deeds = [_offered(each, width) for each in possible if each.deed.section == title]
        if lines is None and title == ATTRIBUTES:  # they tell what there is to verify
            deeds = []
        return Content("\n").join([ruled(title, width), *([quiet("…")] if lines is None else lines), *deeds])

    def listed(items: Iterable[str] | None) -> list[Content] | None:
        if items is None:
            return None
        lines = [plain(cut(visible(each), width).rstrip()) for each in items]
        return lines or [quiet("none")]

    def when(at: datetime) -> str:
        return day(at.timestamp(), moment)

    yield section(ATTRIBUTES, GET, _attributes(facts.user, width, moment))
    yield section("Groups", GROUPS, listed(facts.groups))
    yield section("MFA", GET, _mfa(facts.user))
    yield section("Sign-in factors", FACTORS, listed(facts.factors))
    yield section("Devices", DEVICES, listed(_each(facts.devices, user_facts.device_words)))
    yield section("Sessions", SESSIONS, listed(_each(facts.sessions, _told(user_facts.session_words, when))))
    yield section("Last sign-ins", EVENTS, listed(_each(facts.events, _told(user_facts.event_words, when))))


def _told(
    words: Callable[[Mapping[str, object], Callable[[datetime], str]], str], when: Callable[[datetime], str]
) -> Callable[[Mapping[str, object]], str]:
    return lambda row: words(row, when)


def _each(
    rows: tuple[Mapping[str, object], ...] | None, words: Callable[[Mapping[str, object]], str]
) -> list[str] | None:
    return None if rows is None else [words(each) for each in rows]


def _attributes(user: User | None, width: int, moment: Moment) -> list[Content] | None:
    if user is None:
        return None
    attributes = {name: value for name, value in user.attributes.items() if not name.endswith("_verified")}
    lines = []
    for name, value in attributes.items():
        lines.append(_fact(name, value, width))
        if name in {"email", "phone_number"}:
            verified = user.email_verified if name == "email" else user.phone_number_verified
            lines.append(
                say(f"{' ' * (LABEL + 1)}{f'{DONE} verified' if verified else f'{OPEN} not verified'}")
            )
    for name, date in (("created", user.created), ("changed", user.modified)):
        if date is not None:
            lines.append(_fact(name, date_words(date.astimezone(moment.zone)), width))
    return lines


def _fact(name: str, value: str, width: int) -> Content:
    label = visible(name)
    label = label.ljust(LABEL) if len(label) <= LABEL else label
    room = max(8, width - len(label) - 1)
    return say("[$foreground 72%]$label[/] $value", label=label, value=cut(visible(value), room).rstrip())


def _mfa(user: User | None) -> list[Content] | None:
    if user is None or user.mfa is None:
        return None
    lines = [
        say(
            f"{DONE} $factor$preferred",
            factor=factor,
            preferred=" · preferred" if factor == user.preferred_mfa else "",
        )
        for factor in user.mfa
    ]
    return lines or [quiet("none")]


def with_row(known: Known | None, row: UserRow) -> Known:
    """What is known when the row is this one: the facts stay where it is the same user."""
    if known is not None and known.row.username == row.username:
        return replace(known, row=row)
    return Known(row)
