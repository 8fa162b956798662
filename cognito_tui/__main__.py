"""`cognito-tui`, and `python -m cognito_tui`."""

from __future__ import annotations

import sys


def main() -> None:
    """Run what the command line says, and end with its exit status."""
    from cognito_tui.cli.main import run  # noqa: PLC0415 nothing is loaded before it is asked for

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
