"""`cognito-tui users resend` and its like: one action on any number of users, new or gone on with.

Who would change is looked at, shown and asked about; then a journal is begun, and the run goes.
"""

from __future__ import annotations

import argparse
import contextlib
import math
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from cognito_tui.aws.endpoint import VARIABLES, Endpoint
from cognito_tui.bulk.orders import request_for
from cognito_tui.bulk.records import Record, State, latest
from cognito_tui.bulk.table import NoNames, usernames
from cognito_tui.bulk.work import USUAL_RATE
from cognito_tui.cli.bulk import BulkRun
from cognito_tui.cli.identity import signer_of
from cognito_tui.cli.options import given, profile_named
from cognito_tui.cli.passwords import passwords, typed_password
from cognito_tui.cli.pool import PoolChoice, Reader, checked, endpoint_chosen, pool_chosen
from cognito_tui.cli.status import Status, Stop
from cognito_tui.cli.streams import ask, has_terminal, rest_of_stdin, say
from cognito_tui.cli.users_preview import agreed, dry_run
from cognito_tui.cognito.checks import line_problem
from cognito_tui.cognito.described import UserPoolDescription
from cognito_tui.cognito.read_only import refusal_when_read_only
from cognito_tui.cognito.steps import Call
from cognito_tui.cognito.user_actions import Action
from cognito_tui.store.changes import Place
from cognito_tui.store.errors import StoreError
from cognito_tui.store.journal import About, JournalFile, read
from cognito_tui.store.paths import shown

_SET_PASSWORD: Final = (Action.SET_TEMPORARY_PASSWORD, Action.SET_PERMANENT_PASSWORD)


def add_change(parser: argparse.ArgumentParser, *actions: Action) -> None:
    """The arguments of an action; of several, one of which further arguments say."""
    parser.add_argument("usernames", metavar="USER", nargs="*", type=given)
    parser.add_argument(
        "--from-file",
        type=given,
        metavar="FILE",
        help="usernames, one a line, or CSV with a username header; - for stdin",
    )
    parser.add_argument("--dry-run", action="store_true", help="say what would happen, and change nothing")
    parser.add_argument(
        "--rate", type=_rate, metavar="N", help=f"changes a second at most, default {USUAL_RATE:g}"
    )
    parser.add_argument("--resume", type=_file, metavar="JOURNAL", help="go on with a run that was left")
    parser.add_argument("--yes", action="store_true", help="do not ask")
    parser.set_defaults(run=_change, actions=actions, action=None, password_stdin=False, generate=None)


def add_set_password(parser: argparse.ArgumentParser) -> None:
    """The arguments of `set-password`."""
    add_change(parser, *_SET_PASSWORD)
    which = parser.add_mutually_exclusive_group()
    for option, action in zip(("--temporary", "--permanent"), _SET_PASSWORD, strict=True):
        which.add_argument(option, dest="action", action="store_const", const=action, help=action.consequence)
    source = parser.add_mutually_exclusive_group()
    source.add_argument(
        "--password-stdin", action="store_true", help="the first line of stdin, the same for everybody"
    )
    source.add_argument(
        "--generate", type=_file, metavar="FILE", help="one for each, into a new file: username,password"
    )


def _rate(value: str) -> float:
    try:
        rate = float(value)
    except ValueError:
        rate = 0.0
    if not (rate > 0 and math.isfinite(rate)):
        raise argparse.ArgumentTypeError("takes a number above 0")
    return rate


def _file(value: str) -> Path:
    return Path(given(value))


def _change(args: argparse.Namespace) -> Status:
    return _new(args) if args.resume is None else _resumed(args)


def _new(args: argparse.Namespace) -> Status:
    """Do it to those who are named."""
    action = _action(args)
    choice = pool_chosen(args)
    typed = typed_password(args)
    names = _names(args)
    rate = args.rate or USUAL_RATE
    if args.dry_run:
        dry_run(action, choice, names, rate=rate, pool=_described(choice))
        return Status.DONE
    _check_may_change(args, action, choice)
    pool = _described(choice) if action.sets_password or not args.yes else None
    signer = signer_of(choice)
    if not args.yes and not agreed(action, choice, names, rate=rate, pool=pool, signer=signer.sentence):
        say("Nothing was changed.")
        return Status.DONE
    about = About(
        str(action),
        action.operation,
        Place(choice.user_pool_id, choice.region, choice.endpoint.url, signer.arn),
        rate,
        datetime.now(UTC),
        aws_profile=choice.aws_profile,
        passwords_at=str(args.generate.absolute()) if args.generate else "",
    )
    with (
        passwords(typed, args.generate, "", pool) as password_for,
        _opened(lambda: JournalFile.begin(about, names)) as journal,
    ):
        request = request_for(action, choice.user_pool_id, password_for)
        announced = signer.sentence if args.yes else ""
        return BulkRun(action, args.subcommand, choice, journal, request, rate, announced).go()


def _resumed(args: argparse.Namespace) -> Status:
    """Do it to those who are left of a journal."""
    if args.usernames or args.from_file or args.dry_run:
        raise Stop(Status.USAGE, "cognito-tui: --resume has its users from the journal, and no --dry-run")
    about, records = _read(args.resume)
    action = _action_of(args, about)
    choice = _place_of(args, about)
    typed = typed_password(args)
    if action.sets_password and not (typed or args.generate or about.passwords_at):
        raise _no_password()
    _check_may_change(args, action, choice)
    signer = signer_of(choice)
    if not args.yes and not _goes_on(action, latest(records), signer.sentence):
        say("Nothing was changed.")
        return Status.DONE
    pool = _described(choice) if action.sets_password else None
    with (
        passwords(typed, args.generate, about.passwords_at, pool) as password_for,
        _opened(lambda: JournalFile.reopen(args.resume, signer.arn)) as journal,
    ):
        request = request_for(action, choice.user_pool_id, password_for)
        rate, announced = args.rate or about.rate, signer.sentence if args.yes else ""
        return BulkRun(action, args.subcommand, choice, journal, request, rate, announced).go()


def _action(args: argparse.Namespace) -> Action:
    if len(args.actions) == 1:
        action: Action = args.actions[0]
        return action
    if args.action is None:
        raise Stop(Status.USAGE, "cognito-tui: say --temporary or --permanent")
    if not (args.password_stdin or args.generate or args.dry_run):
        raise _no_password()
    chosen: Action = args.action
    return chosen


def _no_password() -> Stop:
    return Stop(
        Status.USAGE, "cognito-tui: say where the passwords come from: --password-stdin or --generate"
    )


def _names(args: argparse.Namespace) -> tuple[str, ...]:
    """The users that are named, each once."""
    for name in args.usernames:
        checked("USER", name, line_problem(name))
    names = (*args.usernames, *_names_in(args.from_file)) if args.from_file else args.usernames
    if not names:
        raise Stop(Status.USAGE, "cognito-tui: say which users: USER ..., --from-file or --resume")
    return tuple(dict.fromkeys(names))


def _names_in(file: str) -> tuple[str, ...]:
    try:
        content = rest_of_stdin() if file == "-" else Path(file).read_bytes()
        return usernames(content.decode())
    except OSError as error:
        raise Stop(Status.USAGE, f"cognito-tui: --from-file: {error.strerror}") from None
    except UnicodeDecodeError:
        raise Stop(Status.USAGE, "cognito-tui: --from-file: this is not text in UTF-8") from None
    except NoNames as error:
        raise Stop(Status.USAGE, f"cognito-tui: --from-file: {error}") from None


def _described(choice: PoolChoice) -> UserPoolDescription | None:
    """The pool, if it may be described; else that is said."""
    pool, note = Reader(choice).pool()
    if note:
        say(note)
    return pool


def _check_may_change(args: argparse.Namespace, action: Action, choice: PoolChoice) -> None:
    """See that changes are wanted at all, before there is any call.

    Raises:
        Stop: the profile is read only, or nobody can be asked.
    """
    if choice.read_only:
        refusal = refusal_when_read_only(Call(action.operation, {}))
        raise Stop(Status.USAGE, f"cognito-tui: profile {choice.profile!r}: {refusal}")
    if not args.yes and not has_terminal():
        raise Stop(
            Status.USAGE, "cognito-tui: there is no terminal to ask on. To change without asking: --yes"
        )


@contextlib.contextmanager
def _opened(opening: Callable[[], JournalFile]) -> Iterator[JournalFile]:
    """The journal, until it is closed; what keeps it from either is the end."""
    try:
        with opening() as journal:
            yield journal
    except StoreError as error:
        raise Stop(Status.USAGE, f"cognito-tui: {error.sentence}") from None


def _read(path: Path) -> tuple[About, list[Record]]:
    try:
        return read(path)
    except StoreError as error:
        raise Stop(Status.USAGE, f"cognito-tui: {error.sentence}") from None


def _action_of(args: argparse.Namespace, about: About) -> Action:
    """The journal's action, which has to be the command's."""
    actions: Sequence[Action] = (args.action,) if args.action else args.actions
    for action in actions:
        if action == about.action:
            return action
    raise Stop(Status.USAGE, f"cognito-tui: {shown(args.resume)} is a journal of the action {about.action!r}")


def _place_of(args: argparse.Namespace, about: About) -> PoolChoice:
    """Where the run was begun; a profile, options and variables may only say the same, and as whom.

    Raises:
        Stop: they say another pool, region or endpoint than the journal.
    """
    place = about.place
    base = profile_named(args)
    named = pool_chosen(args) if base or args.user_pool_id else None
    endpoint = endpoint_chosen(args.endpoint_url, base.endpoint_url if base else None)
    by_variable = "COGNITO_TUI_PROFILE" if base and not args.profile else ""
    by = "" if args.user_pool_id else by_variable
    _check_same(args, "user pool", named.user_pool_id if named else None, place.user_pool_id, by)
    region = named.region if named and base and not args.user_pool_id else args.region
    _check_same(args, "region", region, place.region, "" if args.region else by)
    by = endpoint.said_by if endpoint.said_by in VARIABLES else by_variable
    _check_same(
        args, "endpoint", endpoint.url, place.endpoint_url or "of AWS", "" if args.endpoint_url else by
    )
    return PoolChoice(
        place.user_pool_id,
        place.region,
        Endpoint(place.endpoint_url, "the journal") if place.endpoint_url else Endpoint(),
        args.aws_profile or (named.aws_profile if named and args.profile else None) or about.aws_profile,
        read_only=bool(named and named.read_only),
        profile=named.profile if named else "",
    )


def _check_same(args: argparse.Namespace, what: str, said: str | None, begun: str, by: str) -> None:
    """See that what is said, if anything is, is what the journal was begun with; `by` is the variable."""
    if said and said.rstrip("/") != begun.rstrip("/"):
        raise Stop(
            Status.USAGE,
            f"cognito-tui: {shown(args.resume)} is a journal of the {what} {begun}, not of {said}"
            + (f", as {by} says" if by else ""),
        )


def _goes_on(action: Action, records: Mapping[str, Record], signer: str) -> bool:
    states = Counter(each.state for each in records.values())
    doubtful = states[State.SENT] + states[State.UNKNOWN]
    say(f"{action.label.rstrip('…')}: {states[State.PLANNED]} left to do, {doubtful} to look into first")
    if signer:
        say(signer)
    return ask("Go on? [y/N]", hidden=False).strip().lower() in {"y", "yes"}
