"""A blocking call in a daemon thread with a time-out; neither the event loop nor the exit ever waits for it.

A keyring may wait for an unlock dialogue that nobody answers, a network for a peer that is gone. Threads of
`asyncio.to_thread` and of Textual's thread workers are joined at exit, so one stuck call would keep the
process, and a blank screen, for ever.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


async def off_loop(timeout: float | None, call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Await `call(*args, **kwargs)`, run in a thread of its own.

    Raises:
        TimeoutError: after `timeout` seconds. The call goes on; what comes of it is dropped.
        Exception: whatever the call raises; `RuntimeError` for a StopIteration.
    """
    return await asyncio.wait_for(asyncio.wrap_future(_start(call, *args, **kwargs)), timeout)


def in_thread(timeout: float | None, call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """The same for a program without an event loop: wait for `call(*args, **kwargs)`, but not for ever.

    Raises:
        TimeoutError: after `timeout` seconds.
        Exception: whatever the call raises.
    """
    return _start(call, *args, **kwargs).result(timeout)


def _start(call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> Future[T]:
    future: Future[T] = Future()

    def body() -> None:
        if not future.set_running_or_notify_cancel():
            return
        try:
            result = call(*args, **kwargs)
        except StopIteration:
            # no coroutine may raise it (PEP 479); asyncio would drop it and leave the waiting waiting
            future.set_exception(RuntimeError("the call raised StopIteration"))
        except BaseException as error:
            future.set_exception(error)
        else:
            future.set_result(result)

    threading.Thread(target=body, name=getattr(call, "__name__", "call"), daemon=True).start()
    return future
