"""`cognito-tui profiles`: add, import, list, show, remove."""

from __future__ import annotations

import argparse
import json
import re
import sys
import unicodedata
from collections.abc import Iterable
from typing import Any, Final

from cognito_tui.cli.options import add_client_values, add_config_dir, given, load_profiles
from cognito_tui.cli.status import Status, Stop
from cognito_tui.cli.streams import ask, clean, has_terminal, say, secret_from_stdin, tell
from cognito_tui.cognito import checks
from cognito_tui.cognito.auth_flows import SIGN_IN
from cognito_tui.cognito.model import Secret, region_of
from cognito_tui.store.errors import ProfileExists, RefusedValue, StoreError
from cognito_tui.store.paths import config_dir, profiles_file, shown
from cognito_tui.store.patience import waited_for
from cognito_tui.store.profile import Profile
from cognito_tui.store.profiles import ProfileFile
from cognito_tui.store.saving import delete, save
from cognito_tui.store.trouble import VaultError
from cognito_tui.store.vault import KeyringVault


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Its subcommands, and the arguments of each."""
    commands = parser.add_subparsers(dest="subcommand", required=True, metavar="COMMAND")
    add = commands.add_parser("add", help="make a profile", allow_abbrev=False)
    add.add_argument("name", metavar="NAME")
    add_client_values(add.add_argument_group("the client"))
    add.add_argument(
        "--flow", type=given, metavar="FLOW", help=f"auth flow to begin with: {', '.join(SIGN_IN)}"
    )
    add.add_argument("--read-only", action="store_true", help="refuse admin changes in the user pool")
    add.add_argument("--replace", action="store_true", help="in place of a profile of that name")
    add.set_defaults(run=_add)
    importing = commands.add_parser("import", help="make profiles from an AWS account", allow_abbrev=False)
    _add_import(importing)
    listing = commands.add_parser("list", help="all profiles", allow_abbrev=False)
    listing.add_argument("--json", action="store_true", help="an array of objects")
    listing.set_defaults(run=_list)
    show = commands.add_parser("show", help="one profile, and where its secret is", allow_abbrev=False)
    show.add_argument("name", metavar="NAME")
    show.add_argument("--json", action="store_true", help="one object")
    show.set_defaults(run=_show)
    remove = commands.add_parser("remove", help="forget a profile", allow_abbrev=False)
    remove.add_argument("name", metavar="NAME")
    remove.add_argument("--yes", action="store_true", help="do not ask")
    remove.set_defaults(run=_remove)
    add_config_dir(parser)
    for each in (add, importing, listing, show, remove):
        add_config_dir(each, argparse.SUPPRESS)


def _add_import(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--region", type=given, metavar="REGION", help="default: the pool id's, else that of the AWS CLI"
    )
    parser.add_argument("--user-pool-id", type=given, metavar="ID", help="only this pool")
    parser.add_argument("--all", action="store_true", help="every app client; do not ask")
    parser.add_argument("--endpoint-url", type=given, metavar="URL", help="an emulator or a private endpoint")
    parser.add_argument(
        "--aws-profile", type=given, metavar="NAME", help="whose account; default: the default chain"
    )
    parser.set_defaults(run=_import)


def run(args: argparse.Namespace) -> Status:
    """What the subcommand does."""
    status: Status = args.run(args)
    return status


def _file(args: argparse.Namespace) -> ProfileFile:
    return ProfileFile(profiles_file(config_dir(args.config_dir)))


def _add(args: argparse.Namespace) -> Status:
    known = {profile.name for profile in load_profiles(args)}
    if args.name in known and not args.replace:
        raise Stop(
            Status.USAGE, f"cognito-tui: there is a profile {args.name!r} already. To change it: --replace"
        )
    profile = _made(args, has_secret=not args.no_secret)
    secret = None if args.no_secret else _secret(args)
    for oddity in _oddities(profile, secret):
        say(f"warning: {oddity}")
    replacing = args.name if args.name in known else None
    try:
        _, left = waited_for(lambda: save(_file(args), KeyringVault(), profile, secret, replacing=replacing))
    except VaultError as error:
        raise Stop(
            Status.VAULT,
            f"cognito-tui: {error.sentence}",
            "Nothing was saved. Ways round: sign-in, tokens and secret-hash take --user-pool-id, --client-id "
            "and --secret-stdin instead of a profile; the app keeps the secret for a run.",
        ) from None
    except ProfileExists as error:
        raise Stop(Status.USAGE, f"cognito-tui: {error.sentence} To change it: --replace") from None
    except StoreError as error:
        raise Stop(Status.USAGE, f"cognito-tui: {error.sentence}") from None
    if left:
        say(f"warning: {left}")
    where = "its client secret is in the keyring" if secret else "its client has no secret"
    say(f"saved profile {profile.name!r} in {shown(profiles_file(config_dir(args.config_dir)))}; {where}")
    return Status.DONE


def _made(args: argparse.Namespace, *, has_secret: bool) -> Profile:
    for option in ("user_pool_id", "client_id"):
        if getattr(args, option) is None:
            raise Stop(Status.USAGE, f"cognito-tui: --{option.replace('_', '-')} is missing")
    try:
        return Profile(
            args.name,
            args.user_pool_id,
            args.client_id,
            region=args.region or "",
            endpoint_url=args.endpoint_url,
            aws_profile=args.aws_profile,
            auth_flow=args.flow,
            has_secret=has_secret,
            read_only=args.read_only,
        )
    except RefusedValue as error:
        what = "NAME" if error.key == "name" else f"--{_option(error.key)}"
        raise Stop(Status.USAGE, f"cognito-tui: {what} {error.problem}") from None


def _option(key: str) -> str:
    return "flow" if key == "auth_flow" else key.replace("_", "-")


def _secret(args: argparse.Namespace) -> Secret:
    if args.secret_stdin:
        secret = secret_from_stdin()
    elif has_terminal():
        tell("A client without a secret? End this with ctrl+c, and say --no-secret.")
        secret = Secret(ask("Client secret", hidden=True, required=True))
    else:
        raise Stop(
            Status.USAGE, "cognito-tui: say --secret-stdin or --no-secret: there is no terminal to ask on"
        )
    if problem := checks.line_problem(secret.reveal()):
        raise Stop(Status.USAGE, f"cognito-tui: the client secret {problem}")
    return secret


def _oddities(profile: Profile, secret: Secret | None) -> list[str]:
    found = [
        checks.around("the name", profile.name),
        checks.around("the AWS profile", profile.aws_profile or ""),
        checks.client_id_oddity(profile.client_id),
        checks.secret_oddity(secret, profile.client_id) if secret else None,
        checks.endpoint_oddity(profile.endpoint_url or ""),
    ]
    if profile.auth_flow and profile.auth_flow not in SIGN_IN:
        found.append(f"this app does not know the auth flow {profile.auth_flow}")
    if profile.region != region_of(profile.user_pool_id):
        found.append(
            f"the region is {profile.region}, and the pool id begins with {region_of(profile.user_pool_id)}"
        )
    return [oddity for oddity in found if oddity]


def _import(args: argparse.Namespace) -> Status:
    from cognito_tui.cli.profiles_import import import_profiles  # noqa: PLC0415 the others need none of it

    return import_profiles(args)


def _list(args: argparse.Namespace) -> Status:
    profiles = load_profiles(args)
    if args.json:
        print(_json([_object(profile) for profile in profiles]))
    elif sys.stdout is not None and sys.stdout.isatty():
        if not profiles:
            say("There are none. To make one: cognito-tui profiles add --help")
            return Status.DONE
        _print_table(profiles)
    else:
        _print_columns((each.name, each.user_pool_id, each.client_id, _endpoint(each)) for each in profiles)
    return Status.DONE


_AWS_REGION: Final = re.compile(r"[a-z]{2,4}(-[a-z]+)+-\d{1,2}")


def _endpoint(profile: Profile) -> str:
    if profile.endpoint_url:
        return profile.endpoint_url
    return "AWS" if _AWS_REGION.fullmatch(profile.region) else f"none, and {profile.region} is no AWS region"


def _print_table(profiles: Iterable[Profile]) -> None:
    rows = [("NAME", "USER POOL ID", "CLIENT ID", "SECRET", "ENDPOINT")]
    for each in profiles:
        secret = "yes" if each.has_secret else "none"
        rows.append((clean(each.name), each.user_pool_id, each.client_id, secret, clean(_endpoint(each))))
    widths = [max(map(_cells, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        padded = (text + " " * (width - _cells(text)) for text, width in zip(row, widths, strict=True))
        print("  ".join(padded).rstrip())


def _cells(text: str) -> int:
    """How many cells of a terminal `text` takes (UAX 11)."""
    return sum(
        0 if unicodedata.combining(each) else 2 if unicodedata.east_asian_width(each) in "WF" else 1
        for each in text
    )


def _object(profile: Profile) -> dict[str, Any]:
    return {
        "name": profile.name,
        "user_pool_id": profile.user_pool_id,
        "client_id": profile.client_id,
        "region": profile.region,
        "endpoint_url": profile.endpoint_url,
        "aws_profile": profile.aws_profile,
        "auth_flow": profile.auth_flow,
        "has_secret": profile.has_secret,
        "read_only": profile.read_only,
    }


def _show(args: argparse.Namespace) -> Status:
    profile = _named(args)
    found = {**_object(profile), "secret": _where_the_secret_is(profile)}
    if args.json:
        print(_json(found))
    else:
        _print_columns((name, _as_text(value)) for name, value in found.items())
    return Status.DONE


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)


def _as_text(value: str | bool | None) -> str:
    return value if isinstance(value, str) else {None: "", True: "yes", False: "no"}[value]


def _print_columns(lines: Iterable[tuple[str, ...]]) -> None:
    print("".join("\t".join(map(clean, line)) + "\n" for line in lines), end="")


def _where_the_secret_is(profile: Profile) -> str:
    if not profile.has_secret:
        return "none"
    try:
        found = waited_for(KeyringVault().find, profile.item())
    except VaultError as error:
        say(f"warning: {error.sentence}")
        return "unavailable"
    return "keyring" if found else "missing"


def _named(args: argparse.Namespace) -> Profile:
    for profile in load_profiles(args):
        if profile.name == args.name:
            return profile
    raise Stop(Status.USAGE, f"cognito-tui: there is no profile {args.name!r}")


def _remove(args: argparse.Namespace) -> Status:
    profile = _named(args)
    if not args.yes:
        if not has_terminal():
            raise Stop(
                Status.USAGE, "cognito-tui: there is no terminal to ask on. To remove without asking: --yes"
            )
        if ask(f"Remove profile {profile.name!r}? [y/N]", hidden=False).strip().lower() not in {"y", "yes"}:
            say("Nothing was removed.")
            return Status.DONE
    try:
        dropped = waited_for(lambda: delete(_file(args), KeyringVault(), profile.name))
    except VaultError as error:
        raise Stop(
            Status.VAULT,
            f"cognito-tui: {error.sentence}",
            "The profile is gone; its secret may still be in the keyring.",
        ) from None
    except StoreError as error:
        raise Stop(Status.USAGE, f"cognito-tui: {error.sentence}") from None
    if dropped:
        say("Its client secret is no longer in the keyring.")
    elif profile.has_secret:
        say("Its client secret stays in the keyring: another profile uses the client.")
    return Status.DONE
