"""`cognito-tui` alone: the app."""

from __future__ import annotations

import argparse
import contextlib
import gc
import os
from typing import TYPE_CHECKING

from cognito_tui.cli.options import add_config_dir, profile_named
from cognito_tui.cli.status import Status, Stop
from cognito_tui.store.errors import StoreError
from cognito_tui.store.paths import config_dir, profiles_file, settings_file, shown
from cognito_tui.store.settings import Settings, SettingsFile, theme

DARK = "cognito-dark"
"""The theme when none is chosen: a terminal does not say whether its ground is light."""

if TYPE_CHECKING:
    from cognito_tui.tui.app import CognitoApp


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the app."""
    parser.add_argument("--profile", metavar="NAME", help="begin with this profile (or COGNITO_TUI_PROFILE)")
    add_theme(parser)
    add_config_dir(parser)


def add_theme(parser: argparse.ArgumentParser) -> None:
    """`--theme`."""
    parser.add_argument("--theme", metavar="NAME", help="colours (or COGNITO_TUI_THEME)")


def run(args: argparse.Namespace) -> Status:
    """Open the app."""
    return show(args, demo=False)


def show(args: argparse.Namespace, *, demo: bool) -> Status:
    """Open the app on this machine's profiles, or on the sandbox.

    Raises:
        Stop: there is no suitable terminal, or no such profile.
    """
    from cognito_tui.tui import hygiene  # noqa: PLC0415 before Textual is imported

    if problem := hygiene.terminal_problem(os.environ):
        raise Stop(Status.USAGE, f"cognito-tui: {problem}")
    hygiene.silence_textual(os.environ)
    hygiene.harden()
    # Places are made of thousands of objects that stay: looking for garbage among them so often took a third.
    gc.set_threshold(10_000)
    app = _in_the_sandbox(args) if demo else _on_this_machine(args)
    try:
        app.run()
    finally:
        app.finish()
    # Textual's run() returns quietly after a crash
    return Status(app.return_code) if app.return_code in set(Status) else Status.REFUSED


def _in_the_sandbox(args: argparse.Namespace) -> CognitoApp:
    from cognito_tui.tui.app import CognitoApp  # noqa: PLC0415 Textual is for the app alone
    from cognito_tui.tui.practice import practice_world  # noqa: PLC0415 as above

    return CognitoApp(practice_world(os.environ), theme=theme(args.theme, Settings(), DARK))


def _on_this_machine(args: argparse.Namespace) -> CognitoApp:
    first = profile_named(args)
    from cognito_tui.store.profiles import ProfileFile  # noqa: PLC0415 not for the demo
    from cognito_tui.store.vault import KeyringVault  # noqa: PLC0415 not for the demo
    from cognito_tui.tui.app import CognitoApp  # noqa: PLC0415 Textual is for the app alone
    from cognito_tui.tui.world import World  # noqa: PLC0415 as above

    config = config_dir(args.config_dir)
    file = SettingsFile(settings_file(config))
    settings, problem = file.load()
    path = profiles_file(config)
    return CognitoApp(
        World(ProfileFile(path), KeyringVault(), os.environ, profiles_at=shown(path)),
        first=first,
        theme=theme(args.theme, settings, DARK),
        keep_theme=lambda name: _keep(file, name),
        told_at_start=(problem,) if problem else (),
    )


def _keep(file: SettingsFile, name: str) -> None:
    # a theme that is not kept is not worth a word; the file's flaw was told at the start
    with contextlib.suppress(StoreError):
        file.put(Settings(theme=name))
