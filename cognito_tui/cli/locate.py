"""`cognito-tui locate`: where things are."""

from __future__ import annotations

import argparse

from cognito_tui.cli.options import add_config_dir
from cognito_tui.cli.status import Status
from cognito_tui.store.paths import config_dir, profiles_file, settings_file, state_dir


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Its arguments."""
    add_config_dir(parser)


def run(args: argparse.Namespace) -> Status:
    """Print one path a line, each after its name and a tab."""
    config = config_dir(args.config_dir)
    print(f"profiles\t{profiles_file(config)}")
    print(f"settings\t{settings_file(config)}")
    print(f"state\t{state_dir()}")
    return Status.DONE
