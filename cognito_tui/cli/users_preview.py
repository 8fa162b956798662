"""What a run would do, on the terminal: to be read before anything changes."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Iterator, Sequence

from cognito_tui.bulk.look import Waiting
from cognito_tui.bulk.preview import COUNTED, Preview, Prospect, look_over, preview
from cognito_tui.bulk.records import State
from cognito_tui.bulk.table import COLUMNS
from cognito_tui.cli.bulk import sender, tell_waiting
from cognito_tui.cli.lines import Unheard, as_json
from cognito_tui.cli.pool import PoolChoice
from cognito_tui.cli.streams import ask, say, tell
from cognito_tui.cognito.described import UserPoolDescription
from cognito_tui.cognito.errors import CognitoError
from cognito_tui.cognito.user_actions import Action


def dry_run(
    action: Action,
    choice: PoolChoice,
    names: Sequence[str],
    *,
    rate: float,
    pool: UserPoolDescription | None,
) -> None:
    """Print what would become of each, one JSON line a user; say on stderr what it comes to.

    Raises:
        Stop: users cannot be looked at.
    """
    out = Unheard()
    prospects = _looked_over(action, choice, names, lambda each: out.emit(as_json(_line(each))))
    for line in _summary(preview(action, prospects, rate, pool), rate):
        say(line)
    say("Nothing was sent but looks at users.")


def agreed(
    action: Action,
    choice: PoolChoice,
    names: Sequence[str],
    *,
    rate: float,
    pool: UserPoolDescription | None,
    signer: str,
) -> bool:
    """Whether the person at the terminal wants it, having read what it comes to.

    Raises:
        Stop: users cannot be looked at, or nobody answers.
    """
    prospects = _looked_over(action, choice, names)
    seen = preview(action, prospects, rate, pool)
    for line in filter(None, (*_summary(seen, rate), signer)):
        tell(line)
    changing = [each.username for each in prospects if each.state is State.PLANNED]
    if not changing:
        return True  # there is nothing to agree to: whoever is not changed is told as an outcome
    if action is not Action.DELETE:
        return ask("Go on? [y/N]", hidden=False).strip().lower() in {"y", "yes"}
    if len(changing) == 1:
        return ask(f"To delete {changing[0]!r}, type the username", hidden=False) == changing[0]
    return ask(f"To delete {len(changing)} users, type their number", hidden=False) == str(len(changing))


def _looked_over(
    action: Action,
    choice: PoolChoice,
    names: Sequence[str],
    print_one: Callable[[Prospect], None] = lambda _one: None,
) -> tuple[Prospect, ...]:
    def told(each: Prospect | Waiting) -> None:
        if isinstance(each, Waiting):
            tell_waiting(each)
        else:
            print_one(each)

    looking = look_over(action, choice.user_pool_id, names, call=sender(choice), tell=told)
    try:
        with contextlib.closing(asyncio.new_event_loop()) as loop:
            return loop.run_until_complete(looking)
    except CognitoError as error:
        raise choice.stop_for(error) from None


def _line(prospect: Prospect) -> dict[str, str]:
    message = prospect.why or prospect.warning
    values = (prospect.username, str(prospect.state), prospect.code, message)
    return dict(zip(COLUMNS, values, strict=True))


def _summary(seen: Preview, rate: float) -> Iterator[str]:
    action = seen.action
    yield f"{action.label.rstrip('…')}: {_users(seen.will_change)} will change ({action.operation})"
    if seen.will_change:
        yield f"  {action.consequence}"
    for reason, count in seen.reasons.most_common():
        yield f"{_users(count)} will not: {reason}"
    for warning, count in seen.warnings.most_common():
        yield f"warning, for {_users(count)}: {warning}"
    if seen.messages:
        messages = "1 message" if seen.messages == 1 else f"{seen.messages} messages"
        yield f"It sends {messages}. {seen.mail_limit}".rstrip()
    if seen.seconds >= 1:
        yield f"It takes about {_duration(seen.seconds)} at {rate:g} a second."
    yield COUNTED


def _users(count: int) -> str:
    return f"{count} user{'' if count == 1 else 's'}"


def _duration(seconds: float) -> str:
    if seconds < 120:
        return f"{seconds:.0f} s"
    minutes = seconds / 60
    return f"{minutes:.0f} min" if minutes < 120 else f"{minutes / 60:.1f} h"
