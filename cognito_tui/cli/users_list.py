"""`cognito-tui users list` and `users show`: users as Cognito has them, however many."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

from cognito_tui.cli.lines import as_csv, as_json, as_text, emit, moment
from cognito_tui.cli.options import given
from cognito_tui.cli.pool import Reader, pool_chosen
from cognito_tui.cli.status import Status
from cognito_tui.cli.streams import say
from cognito_tui.cognito import requests
from cognito_tui.cognito.admin_requests import PAGE, list_users
from cognito_tui.cognito.attributes import STANDARD
from cognito_tui.cognito.described import UserPoolDescription
from cognito_tui.cognito.model import UserStatus
from cognito_tui.cognito.user_filters import LONGEST, list_users_filter
from cognito_tui.cognito.users import User, temporary_password_expires, user_from

Line = Callable[[User], str]


def add_list(parser: argparse.ArgumentParser) -> None:
    """The arguments of `list`."""
    which = parser.add_mutually_exclusive_group()
    which.add_argument(
        "--status", type=_status, metavar="S", help=f"only those: {', '.join(map(str, UserStatus))}"
    )
    which.add_argument("--stuck", action="store_true", help="those in FORCE_CHANGE_PASSWORD, enabled or not")
    parser.add_argument(
        "--filter", type=_filter, metavar="F", help="Cognito's own, such as 'email ^= \"ana\"'"
    )
    parser.add_argument("--limit", type=_number, metavar="N", help="no more than these")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="one object a line")
    form.add_argument("--csv", action="store_true", help="for a spreadsheet, with a header")
    parser.set_defaults(run=_list)


def add_show(parser: argparse.ArgumentParser) -> None:
    """The arguments of `show`."""
    parser.add_argument("username", metavar="USER", type=given)
    parser.add_argument("--json", action="store_true", help="one object")
    parser.set_defaults(run=_show)


def _status(value: str) -> str:
    status = value.upper().replace("-", "_")
    if status not in set(UserStatus):
        raise argparse.ArgumentTypeError(f"takes one of {', '.join(map(str, UserStatus))}")
    return status


def _filter(value: str) -> str:
    if len(given(value)) > LONGEST:
        raise argparse.ArgumentTypeError(f"takes {LONGEST} characters, these are {len(value)}")
    return value


def _number(value: str) -> int:
    if not (value.isascii() and value.isdigit() and int(value[:9]) > 0):
        raise argparse.ArgumentTypeError("takes a number from 1 on")
    return int(value)


def _list(args: argparse.Namespace) -> Status:
    """Print users page by page; nothing is kept of those that were printed."""
    choice = pool_chosen(args)
    status = UserStatus.FORCE_CHANGE_PASSWORD if args.stuck else args.status
    reader = Reader(choice)
    pool, note = reader.pool()
    line = _line(args, pool)
    head = [as_csv((*FACTS, *_attributes(pool)))] if args.csv else []
    left = args.limit
    for page in _pages(reader, choice.user_pool_id, status, args.filter or "", left):
        users = page[:left]
        emit((*head, *map(line, users)))
        head = []
        if left is not None and (left := left - len(users)) <= 0:
            break
    emit(head)  # of nobody
    if note:
        say(f"{note}\nWithout it {_unknown(args)}")
    return Status.DONE


def _unknown(args: argparse.Namespace) -> str:
    custom = " and custom attributes have no column" if args.csv else ""
    return f"it is not known when temporary passwords expire{custom}."


def _pages(
    reader: Reader, user_pool_id: str, status: str | None, user_filter: str, limit: int | None
) -> Iterator[list[User]]:
    """The users page by page, none of them empty. ListUsers takes one filter: a second one is ours."""
    ours = bool(status and user_filter)
    if status and not user_filter:
        user_filter = list_users_filter("cognito:user_status", status, exact=True)
    size = PAGE if limit is None or ours else min(PAGE, limit)
    token = ""
    while True:
        call = list_users(user_pool_id, user_filter=user_filter, pagination_token=token, limit=size)
        answer = reader.answer(call)
        users = [user_from(each) for each in answer.get("Users") or ()]
        if found := [each for each in users if not ours or each.status == status]:
            yield found
        token = str(answer.get("PaginationToken") or "")
        if not token:
            return


FACTS: Final = (
    "Username",
    "Enabled",
    "UserStatus",
    "UserCreateDate",
    "UserLastModifiedDate",
    "TemporaryPasswordExpires",
)


def _line(args: argparse.Namespace, pool: UserPoolDescription | None) -> Line:
    if args.json:
        return lambda user: as_json(_object(user, pool))
    if args.csv:
        names = _attributes(pool)
        return lambda user: as_csv((*_facts(user, pool), *(user.attributes.get(name, "") for name in names)))
    return lambda user: as_text(
        (
            user.username,
            user.status,
            "" if user.enabled else "disabled",
            user.email or user.phone_number,
            _expiry(user, pool),
        )
    )


def _attributes(pool: UserPoolDescription | None) -> tuple[str, ...]:
    """The attributes that have a column: those of the pool's schema."""
    if pool is not None and pool.schema:
        return tuple(each.name for each in pool.schema)
    return ("sub", *STANDARD, "email_verified", "phone_number_verified")


def _object(user: User, pool: UserPoolDescription | None) -> dict[str, Any]:
    expires = temporary_password_expires(user, _days(pool)) if pool else None
    return {
        "Username": user.username,
        "Attributes": dict(user.attributes),
        "Enabled": user.enabled,
        "UserStatus": str(user.status),
        "UserCreateDate": moment(user.created),
        "UserLastModifiedDate": moment(user.modified),
        "TemporaryPasswordExpires": moment(expires),
    }


def _facts(user: User, pool: UserPoolDescription | None) -> Iterable[str]:
    found = _object(user, pool)
    return (_word(found[name]) for name in FACTS)


def _word(value: str | bool | None) -> str:
    return value if isinstance(value, str) else {None: "", True: "true", False: "false"}[value]


def _expiry(user: User, pool: UserPoolDescription | None) -> str:
    expires = temporary_password_expires(user, _days(pool)) if pool else None
    return f"expires {expires:%Y-%m-%d %H:%M} UTC or before" if expires else ""


def _days(pool: UserPoolDescription) -> int:
    return pool.password_policy.temporary_password_days


def _show(args: argparse.Namespace) -> Status:
    """Print one user, as AdminGetUser has it."""
    choice = pool_chosen(args)
    reader = Reader(choice)
    user = user_from(
        reader.answer(requests.admin_get_user(choice.user_pool_id, args.username), args.username)
    )
    pool, note = reader.pool()
    found = _object(user, pool)
    found |= {"PreferredMfaSetting": user.preferred_mfa or None, "UserMFASettingList": list(user.mfa or ())}
    if args.json:
        emit([as_json(found, indent=2)])
    else:
        emit(_text(found))
    if note:
        say(f"{note}\nWithout it it is not known when the temporary password expires.")
    return Status.DONE


def _text(found: dict[str, Any]) -> Iterator[str]:
    for name, value in found.items():
        if isinstance(value, dict):
            yield from (as_text((each, text)) for each, text in value.items())
        else:
            yield as_text((name, ", ".join(value) if isinstance(value, list) else _word(value)))
