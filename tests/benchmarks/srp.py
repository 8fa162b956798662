"""What a sign-in by SRP costs this machine, beside pycognito: `python -m tests.benchmarks.srp`.

Both do the same work for one sign-in: SRP_A, then the proof for PASSWORD_VERIFIER. Figures of one run, in
milliseconds of processor time; their ratio is what can be compared between machines.
"""

from __future__ import annotations

import secrets
import statistics
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final

from pycognito.aws_srp import AWSSRP

from cognito_tui.cognito import srp
from cognito_tui.cognito.model import AppClient, Secret
from cognito_tui.cognito.srp import Ephemeral, Prover

ROUNDS: Final = 40
POOL, USER, PASSWORD = "eu-west-1_AbCdEf123", "7d1f0c52", "Correct-Horse7"
SALT: Final = secrets.token_hex(16)
SRP_B: Final = f"{pow(srp.G, secrets.randbits(256), srp.N):x}"
BLOCK: Final = "c2VjcmV0IGJsb2Nr" * 80


def ours() -> None:
    """SRP_A and the proof by `cognito.srp`."""
    prover = Prover.user(AppClient(POOL, "client"), USER, Secret(PASSWORD))
    ephemeral = Ephemeral.of(secrets.token_bytes(srp.EPHEMERAL_BYTES))
    key = srp.session_key(prover, ephemeral, int(SALT, 16), int(SRP_B, 16))
    srp.signature(prover, key, BLOCK, srp.timestamp(datetime.now(UTC)))


def pycognitos() -> None:
    """The same by pycognito, whose random `a` has 128 bytes."""
    client = AWSSRP(USER, PASSWORD, POOL, "client", client=object())
    parameters = {"USER_ID_FOR_SRP": USER, "SALT": SALT, "SRP_B": SRP_B, "SECRET_BLOCK": BLOCK}
    client.process_challenge(parameters, {"USERNAME": USER})


def milliseconds(work: Callable[[], None]) -> float:
    """The median of its processor time."""
    took = []
    for _ in range(ROUNDS):
        began = time.process_time()
        work()
        took.append((time.process_time() - began) * 1000)
    return statistics.median(took)


def main() -> None:
    """Measure both and print them."""
    for work in (ours, pycognitos):
        work()
    mine, theirs = milliseconds(ours), milliseconds(pycognitos)
    print(f"a sign-in by SRP: {mine:.1f} ms here, {theirs:.1f} ms in pycognito; {mine / theirs:.2f} of it")


if __name__ == "__main__":
    main()
