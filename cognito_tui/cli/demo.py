"""`cognito-tui demo`: the app, on the sandbox."""

from __future__ import annotations

import argparse

from cognito_tui.cli.app import add_theme, show
from cognito_tui.cli.status import Status


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Its arguments."""
    add_theme(parser)


def run(args: argparse.Namespace) -> Status:
    """Open the app in the sandbox. Nothing of this machine's configuration is read."""
    return show(args, demo=True)
