"""Uses the vault in whatever environment it is started in.

`python -m tests.store.vault_run` prints a line of JSON for each step: its name, what kind of outcome, what
was said.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable

from cognito_tui.store.trouble import VaultError
from cognito_tui.store.vault import KeyringVault
from tests.store.test_vault import ITEM, ONE


def main() -> None:
    """Keep, find and drop a secret."""
    logging.basicConfig(level=logging.DEBUG)
    vault = KeyringVault()
    backend = vault.backend()
    print(json.dumps(["backend", backend.kept.name, backend.why]))  # noqa: T201 read by the test
    steps: dict[str, Callable[[], object]] = {
        "keep": lambda: vault.keep(ITEM, ONE),
        "find": lambda: vault.find(ITEM),
        "drop": lambda: vault.drop(ITEM),
        "look": lambda: vault.find(ITEM),
    }
    for name, step in steps.items():
        try:
            outcome, said = "done", str(step())
        except VaultError as error:
            outcome, said = error.trouble.name, error.sentence
        print(json.dumps([name, outcome, said]))  # noqa: T201 read by the test


if __name__ == "__main__":
    main()
