"""Options that several commands share, and the app client they say."""

from __future__ import annotations

import argparse
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NoReturn

from cognito_tui.cli.status import Status, Stop
from cognito_tui.cli.streams import say, secret_from_stdin
from cognito_tui.cognito.model import AppClient, Secret, region_of
from cognito_tui.store.errors import RefusedValue, StoreError
from cognito_tui.store.paths import config_dir, profiles_file
from cognito_tui.store.profile import Profile


class Parser(argparse.ArgumentParser):
    """Says what is wrong with the arguments, and never repeats one it did not expect: it may be a secret."""

    def error(self, message: str) -> NoReturn:
        """End with the usage and a sentence."""
        say(self.format_usage().rstrip())
        raise Stop(Status.USAGE, f"cognito-tui: {_without_values(message)}")


NEVER_AN_ARGUMENT: Final = "A secret or a token is never an argument: it comes by stdin."


def _without_values(message: str) -> str:
    """A message of argparse's without the argument it quotes."""
    option, no_value, _ = message.partition(": ignored explicit argument ")
    if no_value:
        return f"{option}: takes no value. {NEVER_AN_ARGUMENT}"
    option, quoted, _ = message.partition(": invalid ")
    _, several, choices = message.rpartition(" (choose from ")
    takes = f"takes one of {choices.rstrip(')').replace(chr(39), '')}" if several else "no value it takes"
    return f"{option}: {takes}" if quoted else message


def given(value: str) -> str:
    """An argument that says something: an empty one is an unset variable of a script.

    Raises:
        argparse.ArgumentTypeError: it is empty.
    """
    if not value:
        raise argparse.ArgumentTypeError("must not be empty")
    return value


def directory(value: str) -> Path:
    """A directory; an empty argument would mean the one we are in.

    Raises:
        argparse.ArgumentTypeError: it is empty.
    """
    return Path(given(value))


def port(value: str) -> int:
    """The number of a port; 0 is any that is free.

    Raises:
        argparse.ArgumentTypeError: it is none.
    """
    if not (value.isascii() and value.isdigit() and int(value[:6]) <= LAST_PORT):
        raise argparse.ArgumentTypeError(f"takes a port number, from 0 to {LAST_PORT}")
    return int(value)


LAST_PORT: Final = 65535


def add_config_dir(parser: argparse.ArgumentParser, default: str | None = None) -> None:
    """`--config-dir`; with SUPPRESS for `default` a subcommand leaves what stood before it."""
    parser.add_argument(
        "--config-dir", type=directory, metavar="DIR", default=default, help="where profiles.toml is"
    )


def add_client(parser: argparse.ArgumentParser) -> None:
    """The options that say an app client and where it is."""
    group = parser.add_argument_group(
        "which client", "a profile, or the options themselves, which come before it"
    )
    group.add_argument("--profile", type=given, metavar="NAME", help="a profile (or COGNITO_TUI_PROFILE)")
    add_client_values(group)
    add_config_dir(parser)


def add_client_values(group: argparse._ArgumentGroup) -> None:
    """What a profile consists of."""
    group.add_argument("--user-pool-id", type=given, metavar="ID")
    group.add_argument("--client-id", type=given, metavar="ID")
    group.add_argument("--region", type=given, metavar="REGION", help="default: what the pool id begins with")
    group.add_argument("--endpoint-url", type=given, metavar="URL", help="an emulator or a private endpoint")
    group.add_argument(
        "--aws-profile", type=given, metavar="NAME", help="signs admin calls; default: the default chain"
    )
    secret = group.add_mutually_exclusive_group()
    secret.add_argument(
        "--secret-stdin", action="store_true", help="the client secret is the first line of stdin"
    )
    secret.add_argument("--no-secret", action="store_true", help="the client has no secret")


@dataclass(frozen=True)
class Chosen:
    """The client that the options and the profile say; `secret` when it came by stdin."""

    profile: Profile
    secret: Secret | None


def profile_named(args: argparse.Namespace) -> Profile | None:
    """The profile that `--profile` or COGNITO_TUI_PROFILE names.

    Raises:
        Stop: there is none of that name, or the file cannot be read.
    """
    name = args.profile or os.environ.get("COGNITO_TUI_PROFILE")
    if not name:
        return None
    for profile in load_profiles(args):
        if profile.name == name:
            return profile
    raise Stop(Status.USAGE, f"cognito-tui: there is no profile {name!r}. See: cognito-tui profiles list")


def load_profiles(args: argparse.Namespace) -> tuple[Profile, ...]:
    """All profiles of this machine.

    Raises:
        Stop: the file cannot be read.
    """
    from cognito_tui.store.profiles import ProfileFile  # noqa: PLC0415 only where it is needed

    try:
        return ProfileFile(profiles_file(config_dir(args.config_dir))).load()
    except StoreError as error:
        raise Stop(Status.USAGE, f"cognito-tui: {error.sentence}") from None


def chosen(args: argparse.Namespace) -> Chosen:
    """The client to call: the profile's values, each overridden by its option.

    Raises:
        Stop: values are missing or refused.
    """
    base = profile_named(args)
    pool = args.user_pool_id or (base.user_pool_id if base else "")
    client = args.client_id or (base.client_id if base else "")
    if not pool or not client:
        raise Stop(
            Status.USAGE, "cognito-tui: say which client: --profile, or --user-pool-id and --client-id"
        )
    region = args.region or (base.region if base and not args.user_pool_id else region_of(pool))
    has_secret = args.secret_stdin or (bool(base and base.has_secret) and not args.no_secret)
    try:
        profile = Profile(
            base.name if base else "command line",
            pool,
            client,
            region=region,
            endpoint_url=args.endpoint_url or (base.endpoint_url if base else None),
            aws_profile=args.aws_profile or (base.aws_profile if base else None),
            auth_flow=base.auth_flow if base else None,
            has_secret=has_secret,
            read_only=bool(base and base.read_only),
        )
    except RefusedValue as error:
        raise Stop(Status.USAGE, f"cognito-tui: --{error.key.replace('_', '-')} {error.problem}") from None
    return Chosen(profile, secret_from_stdin() if args.secret_stdin else None)


def app_client(choice: Chosen) -> AppClient:
    """The client with its secret, from stdin or the vault.

    Raises:
        Stop: the vault does not give it.
    """
    secret = choice.secret
    if secret is None and choice.profile.has_secret:
        secret = secret_from_vault(choice.profile)
    return AppClient(choice.profile.user_pool_id, choice.profile.client_id, secret)


def secret_from_vault(profile: Profile) -> Secret:
    """The client secret of a profile.

    Raises:
        Stop: it is not there, or the vault cannot be asked.
    """
    from cognito_tui.store.patience import waited_for  # noqa: PLC0415 keyring is slow to load
    from cognito_tui.store.trouble import VaultError  # noqa: PLC0415 as above
    from cognito_tui.store.vault import KeyringVault  # noqa: PLC0415 as above

    try:
        found = waited_for(KeyringVault().find, profile.item())
    except VaultError as error:
        raise Stop(
            Status.VAULT,
            f"cognito-tui: {error.sentence}",
            "Ways round: give the secret to this command by --secret-stdin, or to the app, which keeps it "
            "for a run.",
        ) from None
    if found is None:
        raise Stop(
            Status.VAULT,
            f"cognito-tui: the client secret of profile {profile.name!r} is not in the keyring. "
            "Give it by --secret-stdin, or keep it: cognito-tui profiles add --replace",
        )
    return found.secret
