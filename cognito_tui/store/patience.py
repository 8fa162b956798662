"""Asking the vault, but not for ever: a door for the app and one for the command line.

A keyring may wait for a dialogue that nobody sees. What is given up here goes on in its thread, and may
still happen; neither the event loop nor the exit waits for it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeVar, TypeVarTuple

from cognito_tui.store.trouble import Trouble, VaultError

Ts = TypeVarTuple("Ts")
T = TypeVar("T")

PATIENCE: Final = 20.0
"""Seconds: enough to see a dialogue and to type a password into it."""


async def awaited(call: Callable[[*Ts], T], *args: *Ts, patience: float = PATIENCE) -> T:
    """What a method of a vault returns, awaited for at most `patience` seconds.

    Raises:
        VaultError: the method's own, or `TIMEOUT`.
    """
    from cognito_tui.off_loop import off_loop  # noqa: PLC0415 it loads asyncio

    try:
        return await off_loop(patience, call, *args)
    except TimeoutError:
        raise _no_answer(patience) from None


def waited_for(call: Callable[[*Ts], T], *args: *Ts, patience: float = PATIENCE) -> T:
    """The same for a program without an event loop.

    Raises:
        VaultError: the method's own, or `TIMEOUT`.
    """
    from cognito_tui.off_loop import in_thread  # noqa: PLC0415 it loads asyncio

    try:
        return in_thread(patience, call, *args)
    except TimeoutError:
        raise _no_answer(patience) from None


def _no_answer(patience: float) -> VaultError:
    return VaultError(
        Trouble.TIMEOUT,
        f"The keyring has not answered in {patience:g} s. It may be waiting for an unlock dialogue, perhaps "
        "on another screen: answer that, then retry.",
    )
