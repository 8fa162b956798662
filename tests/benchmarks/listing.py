"""`cognito-tui users list` beside `aws cognito-idp list-users`: `python -m tests.benchmarks.listing [USERS]`.

Both list the same users of one sandbox, one after the other, in processes of their own: rows a second and the
most memory each took. Needs the AWS CLI on the PATH, which is no dependency of the tests.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final

USERS: Final = 100_000
OURS: Final = (sys.executable, "-m", "cognito_tui")
STAND_IN: Final = {"AWS_ACCESS_KEY_ID": "stand-in", "AWS_SECRET_ACCESS_KEY": "stand-in", "AWS_PAGER": ""}


@contextmanager
def sandbox(users: int) -> Iterator[tuple[str, str]]:
    """A pool of so many users: its endpoint and its id."""
    command = [*OURS, "sandbox", "--json", "--users", str(users)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as serving:
        assert serving.stdout is not None
        served: dict[str, Any] = json.loads(serving.stdout.readline())
        try:
            yield served["endpoint"], served["pools"][-1]["UserPoolId"]
        finally:
            serving.terminate()


def measured(name: str, command: Sequence[str]) -> float:
    """Run it, print its figures, and give its seconds."""
    began = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, env={**os.environ, **STAND_IN}) as listing:
        assert listing.stdout is not None
        found = sum(chunk.count(b'"UserStatus"') for chunk in iter(listing.stdout.readline, b""))
    took = time.perf_counter() - began
    assert listing.returncode == 0, name
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"{name:28} {found:7,} users  {found / took:7,.0f} a second  {most:6,.0f} MB at most so far")
    return took


def main() -> None:
    """List, list again, and print what came of it; ours first, since the memory told is the most so far."""
    users = int(sys.argv[1]) if len(sys.argv) > 1 else USERS
    if shutil.which("aws") is None:
        sys.exit("There is no aws on the PATH.")
    with sandbox(users) as (endpoint, pool):
        where = ("--user-pool-id", pool, "--endpoint-url", endpoint, "--region", "local")
        ours = measured("cognito-tui users list", (*OURS, "users", "list", *where, "--json"))
        theirs = measured(
            "aws cognito-idp list-users", ("aws", "cognito-idp", "list-users", *where, "--output", "json")
        )
    print(f"ours takes {ours / theirs:.2f} of the time")


if __name__ == "__main__":
    main()
