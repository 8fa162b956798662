"""`cognito-tui profiles import`: profiles from what an AWS account has, secrets straight into the vault."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from cognito_tui.cli.failing import warning
from cognito_tui.cli.lines import as_text, emit
from cognito_tui.cli.pool import PoolChoice, Reader, aws_profile_chosen, checked, endpoint_chosen
from cognito_tui.cli.status import Status, Stop
from cognito_tui.cli.streams import ask, has_terminal, say, tell
from cognito_tui.cognito import requests
from cognito_tui.cognito.checks import region_problem, user_pool_id_problem
from cognito_tui.cognito.described import AppClientDescription
from cognito_tui.cognito.errors import CognitoError
from cognito_tui.cognito.listed import ListPages, Named, app_clients, user_pools
from cognito_tui.cognito.model import Secret, region_of
from cognito_tui.cognito.steps import Answer, Call
from cognito_tui.store.errors import StoreError
from cognito_tui.store.importing import FoundClient, Source, import_client
from cognito_tui.store.paths import config_dir, profiles_file
from cognito_tui.store.patience import waited_for
from cognito_tui.store.profiles import ProfileFile
from cognito_tui.store.trouble import Trouble, VaultError
from cognito_tui.store.vault import KeyringVault


@dataclass
class _Import:
    """An import under way: what was made, and what could not be."""

    args: argparse.Namespace
    choice: PoolChoice
    reader: Reader
    profiles: ProfileFile
    made: int = 0
    refused: list[CognitoError] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def source(self) -> Source:
        """Where the profiles are from."""
        return Source(self.choice.region, self.choice.endpoint.url, self.choice.aws_profile)

    def pools(self) -> Sequence[Named]:
        """The pools to look into: the one that is said, or those that are picked.

        Raises:
            Stop: they may not be listed.
        """
        if self.choice.user_pool_id:
            pool, note = self.reader.pool()
            if note:
                self.notes.append(note)
            return [Named(self.choice.user_pool_id, pool.name if pool else "")]
        found = _all(user_pools(), self.reader.answer)
        if not found:
            say(f"There are no user pools in {self.choice.region}.")
        return self._picked("user pool", found)

    def take(self, pool: Named) -> None:
        """Make profiles of the app clients of `pool`, or of those that are picked.

        Raises:
            Stop: the vault or the file does not take one.
        """
        try:
            clients = _all(app_clients(pool.id), self.reader.tried)
        except CognitoError as error:
            self._note(error, f"user pool {pool.id}")
            return
        if not clients:
            say(f"User pool {pool.id} has no app client.")
        for client in self._picked(f"app client of {pool.name or pool.id}", clients):
            self._take_client(FoundClient(self.source, pool, client))

    def _take_client(self, found: FoundClient) -> None:
        client = found.client.id
        if known := found.known_as(self.profiles.load()):
            say(f"app client {client}: profile {known.name!r} is about it already")
            return
        try:
            answer = self.reader.tried(requests.describe_user_pool_client(found.pool.id, client))
        except CognitoError as error:
            self._note(error, f"app client {client}")
            return
        self._keep(found, AppClientDescription.of(answer).secret)

    def _keep(self, found: FoundClient, secret: Secret | None) -> None:
        profile = waited_for(import_client, self.profiles, KeyringVault(), found, secret)
        self.made += 1
        emit([as_text((profile.name, profile.user_pool_id, profile.client_id))])
        where = "its client secret is in the keyring" if secret else "its client has no secret"
        say(f"saved profile {profile.name!r}; {where}")

    def _note(self, error: CognitoError, what: str) -> None:
        """Note what could not be had, and the IAM action that is missing."""
        self.refused.append(error)
        self.notes.append(warning(error, what))

    def _picked(self, what: str, found: Sequence[Named]) -> Sequence[Named]:
        """Those of `found` that the person at the terminal wants; all with `--all`."""
        if self.args.all or not found:
            return found
        for number, each in enumerate(found, 1):
            tell(f"  {number} {each.name}  {each.id}")
        while True:
            typed = ask(f"Which {what}? (numbers, or all)", hidden=False)
            picked = _numbers(typed, len(found))
            if picked is not None:
                return [found[number - 1] for number in picked]
            tell(f"  numbers from 1 to {len(found)}, with blanks or commas between them")


def import_profiles(args: argparse.Namespace) -> Status:
    """Make profiles; stdout gets one line each: name, pool, client."""
    if not args.all and not has_terminal():
        raise Stop(Status.USAGE, "cognito-tui: there is no terminal to ask on. To import all: --all")
    choice = _choice(args)
    profiles = ProfileFile(profiles_file(config_dir(args.config_dir)))
    going = _Import(args, choice, Reader(choice), profiles)
    try:
        profiles.load()
        for pool in going.pools():
            going.take(pool)
    except VaultError as error:
        raise Stop(
            Status.VAULT,
            f"cognito-tui: {error.sentence}",
            "It may still be saved once the keyring is answered: look before you import it again."
            if error.trouble is Trouble.TIMEOUT
            else "Nothing was saved of this app client.",
            f"Profiles made before: {going.made}",
        ) from None
    except StoreError as error:
        raise Stop(Status.USAGE, f"cognito-tui: {error.sentence}") from None
    if going.refused and not going.made:
        raise choice.stop_for(going.refused[0]).and_then(*going.notes)
    for note in going.notes:
        say(note)
    return Status.PARTLY if going.refused else Status.DONE


def _choice(args: argparse.Namespace) -> PoolChoice:
    pool = args.user_pool_id or ""
    if pool:
        checked("--user-pool-id", pool, user_pool_id_problem(pool))
    aws_profile = aws_profile_chosen(args.aws_profile)
    region = args.region or (region_of(pool) if pool else _usual_region(aws_profile))
    if not region:
        raise Stop(Status.USAGE, "cognito-tui: say which region: --region, or --user-pool-id")
    checked("--region", region, region_problem(region))
    return PoolChoice(pool, region, endpoint_chosen(args.endpoint_url), aws_profile)


def _usual_region(aws_profile: str | None) -> str | None:
    from cognito_tui.aws.account import usual_region  # noqa: PLC0415 botocore is slow to load

    return usual_region(aws_profile)


def _all(pages: ListPages, answer: Callable[[Call], Answer]) -> list[Named]:
    """What all the pages have."""
    found: list[Named] = []
    while not pages.over:
        found += pages.take(answer(pages.call))
    return found


def _numbers(typed: str, count: int) -> list[int] | None:
    """The numbers in `typed`, each once; None where it is something else."""
    if typed.strip().lower() == "all":
        return list(range(1, count + 1))
    words = [word for word in re.split(r"[\s,]+", typed) if word]
    if not all(word.isascii() and word.isdigit() and 1 <= int(word[:9]) <= count for word in words):
        return None
    return list(dict.fromkeys(map(int, words)))
